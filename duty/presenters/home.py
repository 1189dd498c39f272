"""What the home page of an authority says of its return."""

from dataclasses import dataclass
from datetime import date, datetime

from authorities.models import StrategicAuthority, User
from duty.deadlines import london_date
from duty.lifecycle import ReturnState
from duty.presenters.addresses import ReturnAddresses
from duty.presenters.progress import RETURN_WORDS, SENT, Deadline, deadline_of, sent_back
from duty.presenters.questions import heading_of
from duty.presenters.tasks import section_address
from duty.queries.loaded import LoadedReturn, StoredAnswer, load
from duty.queries.returns import last_submission, open_round_for
from duty.queries.standing import Standing, standing
from duty.sections import SectionState
from duty.words import london_datetime


@dataclass(frozen=True)
class WaitingItem:
    """Something that waits for the people of an authority."""

    title: str
    url: str
    since: datetime | None
    note: str


@dataclass(frozen=True)
class StoppedAt:
    """The question that was last answered."""

    heading: str
    url: str
    at: datetime
    by_reader: bool


@dataclass(frozen=True)
class Receipt:
    """The return that was submitted last, with the way to its receipt."""

    round_slug: str
    words: str
    url: str


@dataclass(frozen=True)
class ReturnHome:
    """An authority's return in the open round, for its home page."""

    round_slug: str
    round_name: str
    geography_date: date
    state: str
    status: str
    colour: str
    deadline: Deadline
    completed: int
    needed: int
    sent_back_sections: int
    started: bool
    submitted: bool
    tasks_url: str
    carry_on_url: str
    carry_on_words: str
    stopped_at: StoppedAt | None
    waits: tuple[WaitingItem, ...]
    waits_for_signature: bool


def return_home(
    *, authority: StrategicAuthority, person: User, may_sign: bool, now: datetime
) -> ReturnHome | None:
    """Return what the home page says of the return; None while no round is open for it."""
    round_ = open_round_for(authority=authority, today=london_date(now=now))
    if round_ is None:
        return None
    loaded = load(round_=round_, authority=authority)
    where = standing(loaded=loaded, now=now)
    addresses = ReturnAddresses(round_.slug, authority.slug)
    words, colour = RETURN_WORDS[where.state]
    carry_on_url, carry_on_words = _carry_on(loaded, where, addresses, may_sign)
    return ReturnHome(
        round_slug=round_.slug,
        round_name=round_.name,
        geography_date=round_.geography_date,
        state=where.state.value,
        status=words,
        colour=colour,
        deadline=deadline_of(closing=loaded.closing, now=now),
        completed=len(where.completed),
        needed=len(where.needed),
        sent_back_sections=sum(
            state == SectionState.CHANGES_REQUESTED for state in where.sections.values()
        ),
        started=loaded.duty_return is not None,
        submitted=where.state in SENT,
        tasks_url=addresses.tasks,
        carry_on_url=carry_on_url,
        carry_on_words=carry_on_words,
        stopped_at=_stopped_at(loaded, addresses, person),
        waits=_waits(loaded, where, addresses, may_sign),
        waits_for_signature=where.state == ReturnState.AWAITING_SIGN_OFF,
    )


def receipt_of(*, authority: StrategicAuthority) -> Receipt | None:
    """Return where the authority's last submitted return stands; None while there is none."""
    sent = last_submission(authority=authority)
    if sent is None:
        return None
    round_ = sent.duty_return.round
    return Receipt(
        round_slug=round_.slug,
        words=f"{round_.name}, submitted on {london_datetime(moment=sent.submitted_at)}",
        url=ReturnAddresses(round_.slug, authority.slug).submitted,
    )


def _carry_on(
    loaded: LoadedReturn, where: Standing, addresses: ReturnAddresses, may_sign: bool
) -> tuple[str, str]:
    if loaded.duty_return is None:
        return addresses.tasks, "Start your return"
    if where.state in SENT:
        return addresses.submitted, "See the receipt"
    if where.state == ReturnState.AWAITING_SIGN_OFF:
        words = "Read and sign the return" if may_sign else "See who can sign"
        return addresses.sign_off, words
    if where.state == ReturnState.READY:
        if loaded.round.requires_sign_off:
            return addresses.sign_off, "Send the return for sign-off"
        return addresses.sign_off, "Submit the return"
    newest = _newest(loaded)
    if newest is not None:
        section = newest.row.question.section
        url = section_address(
            state=where.sections[section],
            judgement=where.judgements[section],
            addresses=addresses,
            locked=where.state == ReturnState.NOT_SUBMITTED,
        )
        return url, "Carry on where you stopped"
    return addresses.tasks, "Answer the first question"


def _newest(loaded: LoadedReturn) -> StoredAnswer | None:
    # What was only proposed is nobody's work, and what is not asked now is out of sight.
    worked_on = [
        one for one in loaded.answers.values() if loaded.asks(one.key) and not one.row.needs_review
    ]
    return max(worked_on, key=lambda one: (one.row.updated_at, one.row.pk), default=None)


def _stopped_at(loaded: LoadedReturn, addresses: ReturnAddresses, person: User) -> StoppedAt | None:
    newest = _newest(loaded)
    if newest is None:
        return None
    question = next(q for q in loaded.questions if q.code == newest.key.code)
    return StoppedAt(
        heading=heading_of(question=question, board=loaded.board(newest.key.board)),
        url=addresses.question(question.specification, newest.key),
        at=newest.row.updated_at,
        by_reader=newest.row.updated_by_id == person.pk,
    )


def _waits(
    loaded: LoadedReturn, where: Standing, addresses: ReturnAddresses, may_sign: bool
) -> tuple[WaitingItem, ...]:
    items = []
    back = sent_back(loaded=loaded)
    for code, state in where.sections.items():
        title = loaded.title(code)
        if state == SectionState.CHANGES_REQUESTED:
            items.append(
                WaitingItem(
                    title=f"{title} section: answer the request for changes",
                    url=addresses.section_check(code),
                    since=back.at if back else None,
                    note=back.reason if back else "",
                )
            )
        elif state == SectionState.CHECK_AGAIN:
            items.append(
                WaitingItem(
                    title=f"{title} section: check it again",
                    url=addresses.section_check(code),
                    since=back.at if back else None,
                    note="One step confirms it if nothing has changed",
                )
            )
    if where.state == ReturnState.AWAITING_SIGN_OFF and may_sign:
        items.append(
            WaitingItem(
                title=f"{loaded.round.name} return: read and sign",
                url=addresses.sign_off,
                since=loaded.events[-1].at,
                note="",
            )
        )
    if where.state == ReturnState.READY:
        items.append(
            WaitingItem(
                title=f"{loaded.round.name} return: "
                + ("send it for sign-off" if loaded.round.requires_sign_off else "submit it"),
                url=addresses.sign_off,
                since=loaded.events[-1].at,
                note="All sections are completed",
            )
        )
    return tuple(items)
