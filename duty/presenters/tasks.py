"""What the task list of a return shows."""

from dataclasses import dataclass
from datetime import date, datetime

from authorities.models import User
from duty.answers import FloorMet
from duty.deadlines import london_date
from duty.lifecycle import ReturnState
from duty.models import Section
from duty.presenters.addresses import ReturnAddresses
from duty.presenters.board_signatures import framework_lines
from duty.presenters.documents import return_downloads
from duty.presenters.progress import (
    RETURN_WORDS,
    SECTION_WORDS,
    SENT,
    Deadline,
    LockNotice,
    SectionRequest,
    SentBack,
    deadline_of,
    differences_url,
    lock_of,
    requests_of,
    sent_back,
)
from duty.queries.loaded import LoadedReturn
from duty.queries.returns import People
from duty.queries.standing import Standing
from duty.sections import SectionState
from duty.slots import SectionJudgement
from duty.ui.components import Download

FLOOR_WORDS = {
    FloorMet.YES: "met",
    FloorMet.NO: "not met",
    FloorMet.NOT_ANSWERED: "not answered yet",
}
_DONE = frozenset({SectionState.COMPLETED, SectionState.CHANGES_MADE})


@dataclass(frozen=True)
class SectionRow:
    """One section of the task list."""

    code: str
    title: str
    url: str
    status: str
    colour: str
    answered: int
    asked: int
    derived: int
    waiting: int
    unreviewed: str
    floor: str
    edited_at: datetime | None
    edited_by: str
    edited_today: bool
    request: str
    requested: SectionRequest | None
    # How the outcomes framework with each ICB stands, where the section asks it.
    frameworks: tuple[str, ...]


@dataclass(frozen=True)
class SignRow:
    """The last task: send, sign, or read the receipt. Without an address it cannot start yet."""

    title: str
    hint: str
    url: str
    status: str
    colour: str


@dataclass(frozen=True)
class TaskListPage:
    """The task list of one authority's return."""

    round_name: str
    authority_name: str
    covers_from: date
    covers_to: date
    expected: bool
    started: bool
    can_start: bool
    can_bring_over: bool
    unreviewed: str
    requires_sign_off: bool
    status: str
    colour: str
    deadline: Deadline
    completed: int
    needed: int
    sent_back: SentBack | None
    lock: LockNotice | None
    duty_sections: tuple[SectionRow, ...]
    about_sections: tuple[SectionRow, ...]
    sign: SignRow
    colleagues: tuple[str, ...]
    differences_url: str
    downloads: tuple[Download, ...]
    addresses: ReturnAddresses


def task_list_page(
    *,
    loaded: LoadedReturn,
    standing: Standing,
    people: People,
    person: User,
    may_sign: bool,
    now: datetime,
) -> TaskListPage:
    """Return what the task list shows to a person of the authority."""
    addresses = ReturnAddresses(loaded.round.slug, loaded.authority.slug)
    requests = requests_of(loaded=loaded)
    rows = tuple(
        _section_row(
            loaded, standing, judgement, addresses, person, now, requests.get(judgement.code)
        )
        for judgement in standing.judgements.values()
        if judgement.has_questions
    )
    lock = lock_of(loaded=loaded, standing=standing, people=people, now=now)
    words, colour = RETURN_WORDS[standing.state]
    return TaskListPage(
        round_name=loaded.round.name,
        authority_name=loaded.facts.name,
        covers_from=loaded.round.covers_from,
        covers_to=loaded.round.covers_to,
        expected=loaded.expected,
        started=loaded.duty_return is not None,
        can_start=loaded.expected and lock is None,
        can_bring_over=loaded.duty_return is not None and lock is None and _has_blanks(standing),
        unreviewed=unreviewed_words(
            count=sum(len(one.unreviewed) for one in standing.judgements.values())
        ),
        requires_sign_off=loaded.round.requires_sign_off,
        status=words,
        colour=colour,
        deadline=deadline_of(closing=loaded.closing, now=now),
        completed=len(standing.completed),
        needed=len(standing.needed),
        sent_back=sent_back(loaded=loaded),
        lock=lock,
        duty_sections=tuple(row for row in rows if row.code != Section.ABOUT),
        about_sections=tuple(row for row in rows if row.code == Section.ABOUT),
        sign=_sign_row(loaded, standing, people, addresses, may_sign),
        colleagues=_colleagues(loaded, person),
        downloads=return_downloads(
            round_slug=loaded.round.slug, authority_slug=loaded.authority.slug
        )
        if loaded.duty_return is not None
        else (),
        differences_url=differences_url(loaded=loaded, standing=standing, addresses=addresses),
        addresses=addresses,
    )


def unreviewed_words(*, count: int) -> str:
    """Return how many answers were proposed and not looked at; empty for none."""
    if not count:
        return ""
    return "1 answer not yet reviewed" if count == 1 else f"{count} answers not yet reviewed"


def _has_blanks(standing: Standing) -> bool:
    return any(
        not (slot.answered or slot.unreviewed or slot.slot.question.derived)
        for judgement in standing.judgements.values()
        for slot in judgement.slots
    )


def section_address(
    *,
    state: SectionState,
    judgement: SectionJudgement,
    addresses: ReturnAddresses,
    locked: bool,
) -> str:
    """Return where a section is worked on: its first open question, or its answers to check."""
    typed = [one for one in judgement.slots if not one.slot.question.derived]
    open_ones = [one for one in typed if not one.answered]
    sent_back_ones = state in (SectionState.CHECK_AGAIN, SectionState.CHANGES_REQUESTED)
    if locked or state in _DONE or sent_back_ones or not open_ones:
        return addresses.section_check(judgement.code)
    return addresses.question(judgement.code, open_ones[0].slot.key)


def _section_row(
    loaded: LoadedReturn,
    standing: Standing,
    judgement: SectionJudgement,
    addresses: ReturnAddresses,
    person: User,
    now: datetime,
    requested: SectionRequest | None,
) -> SectionRow:
    state = standing.sections[judgement.code]
    row = loaded.section_rows.get(judgement.code)
    words, colour = SECTION_WORDS[state]
    editor = row.edited_by if row else None
    started = loaded.duty_return is not None
    return SectionRow(
        code=judgement.code,
        title=loaded.title(judgement.code),
        url=section_address(
            state=state,
            judgement=judgement,
            addresses=addresses,
            locked=not loaded.closing.is_open(now=now) or standing.state in SENT,
        )
        if started
        else "",
        status=words,
        colour=colour,
        answered=judgement.answered,
        asked=judgement.asked,
        derived=judgement.derived,
        waiting=len({slot.question.code for slot in judgement.hidden}),
        unreviewed=unreviewed_words(count=len(judgement.unreviewed)),
        floor=FLOOR_WORDS[judgement.floor],
        edited_at=row.edited_at if row else None,
        edited_by=name_of(person=editor, reader=person),
        edited_today=bool(
            row and row.edited_at and london_date(now=row.edited_at) == london_date(now=now)
        ),
        request=row.mark_reason if row and state == SectionState.CHANGES_REQUESTED else "",
        requested=requested,
        frameworks=framework_lines(
            slots=[one.slot for one in judgement.slots], derived=loaded.derived
        )
        if loaded.boards and standing.state not in SENT
        else (),
    )


def name_of(*, person: User | None, reader: User) -> str:
    """Return how a page calls a person to somebody: 'you', or their name."""
    if person is None:
        return ""
    return "you" if person.pk == reader.pk else person.full_name


def _sign_row(
    loaded: LoadedReturn,
    standing: Standing,
    people: People,
    addresses: ReturnAddresses,
    may_sign: bool,
) -> SignRow:
    signatories = f"Signatories: {', '.join(people.signatories) or 'none yet'}."
    if standing.state in SENT:
        return SignRow(
            "Receipt",
            "Reference, time and what was submitted.",
            addresses.submitted,
            "Submitted",
            "",
        )
    if standing.state == ReturnState.AWAITING_SIGN_OFF:
        title = "Sign the return" if may_sign else "See who can sign"
        return SignRow(title, signatories, addresses.sign_off, "Awaiting sign-off", "purple")
    verb = "Send for sign-off" if loaded.round.requires_sign_off else "Submit the return"
    if standing.state == ReturnState.READY:
        return SignRow(verb, signatories, addresses.sign_off, "Ready", "teal")
    hint = f"Opens when all sections are completed. {signatories}"
    return SignRow(verb, hint, "", "Cannot start yet", "")


def _colleagues(loaded: LoadedReturn, person: User) -> tuple[str, ...]:
    """Return who else has edited the return."""
    names = {
        row.edited_by.full_name
        for row in loaded.section_rows.values()
        if row.edited_by and row.edited_by_id != person.pk
    }
    return tuple(sorted(names))
