"""What the centre's pages show of rounds: the list, the control page, the chase list."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from duty import words
from duty.deadlines import london_date
from duty.lifecycle import ReturnState
from duty.models import Round, RoundState
from duty.presenters.documents import round_downloads
from duty.presenters.progress import RETURN_WORDS
from duty.queries.due_rounds import turns_ahead
from duty.queries.round_checks import Checked
from duty.queries.rounds import ChaseRow, ExpectedPage, ExpectedRow, RoundPage, RoundRow, Show
from duty.round_lifecycle import RoundEvent
from duty.ui.components import Action, Count, Download, SummaryRow, Tag, TagColour

_COLOURS: dict[str, TagColour] = {
    RoundState.DRAFT: "grey",
    RoundState.SCHEDULED: "blue",
    RoundState.OPEN: "green",
    RoundState.CLOSED: "purple",
    RoundState.IN_REPLY: "teal",
    RoundState.FINALISING: "orange",
    RoundState.PUBLISHED: "",
}
SHOW_WORDS = {
    Show.ALL: "Expected",
    Show.STARTED: "Started",
    Show.AWAITING_SIGNATURE: "Waiting for a signature",
    Show.SUBMITTED: "Submitted",
    Show.OVERDUE: "Overdue",
    Show.EXTENDED: "Extended",
    Show.NOT_STARTED: "Not started",
    Show.NO_SIGNATORY: "No signatory",
}
_KINDS = {Show.OVERDUE: "off", Show.NOT_STARTED: "na", Show.NO_SIGNATORY: "off"}
# What the days of the reply are for.
REPLY = "Both bodies of each pair read what the centre found of them, and may reply."
# What an administrator may do from where the round stands, in words, with the page for it.
_STEPS = {
    RoundEvent.CHANGE: ("Change dates and name", "rounds:edit"),
    RoundEvent.EXPECT: ("Change who is expected", "rounds:expected"),
    RoundEvent.SCHEDULE: ("Schedule the round", "rounds:schedule"),
    RoundEvent.BACK_TO_DRAFT: ("Make it a draft again", "rounds:back-to-draft"),
    RoundEvent.OPEN: ("Open the round now", "rounds:open"),
    RoundEvent.CLOSE: ("Close the round", "rounds:close"),
    RoundEvent.REOPEN: ("Give every authority more days", "rounds:reopen"),
    RoundEvent.START_REPLY: ("Start the reply", "rounds:start-reply"),
    RoundEvent.END_REPLY: ("End the reply", "rounds:end-reply"),
    RoundEvent.REOPEN_REPLY: ("Give the reply more days", "rounds:reopen-reply"),
    RoundEvent.MOVE_PUBLICATION: ("Change the time of publication", "rounds:move-publication"),
}


@dataclass(frozen=True)
class ListedRound:
    """A round of the list."""

    name: str
    url: str
    covers: str
    due: str
    tag: Tag
    is_test: bool
    returns: str


@dataclass(frozen=True)
class RoundListPage:
    """All that the list shows."""

    rows: tuple[ListedRound, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class Filter:
    """One of the lists of the control page."""

    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class ExpectedLine:
    """One authority of the control page."""

    name: str
    state: Tag
    note: str
    due: str
    overdue: bool
    extension: str
    nobody_signs: bool
    read_url: str
    extend_url: str


@dataclass(frozen=True)
class ControlPage:
    """All that the control page shows."""

    name: str
    is_test: bool
    tag: Tag
    lead: str
    held_up: str
    undecided: int
    counts: tuple[Count, ...]
    filters: tuple[Filter, ...]
    lines: tuple[ExpectedLine, ...]
    page: int
    pages: int
    page_url: str
    facts: tuple[SummaryRow, ...]
    steps: tuple[Action, ...]
    links: tuple[Action, ...]
    downloads: tuple[Download, ...]


@dataclass(frozen=True)
class ChaseLine:
    """An authority to chase, and whom to write to."""

    name: str
    state: str
    due: str
    overdue: bool
    nobody_signs: bool
    people: tuple[tuple[str, str, str], ...]


def state_tag(*, round_: Round) -> Tag:
    """Return where a round stands."""
    return Tag(RoundState(round_.state).label, _COLOURS[round_.state])


def list_page(*, found: RoundPage) -> RoundListPage:
    """Return a page of the list."""
    return RoundListPage(
        rows=tuple(_listed(row) for row in found.rows), page=found.page, pages=found.pages
    )


def control_page(
    *,
    round_: Round,
    counts: dict[Show, int],
    found: ExpectedPage,
    show: Show,
    checks: Checked,
    events: tuple[RoundEvent, ...],
    may_manage: bool,
    may_extend: bool,
    may_read_messages: bool,
    now: datetime,
) -> ControlPage:
    """Return the control page; `events` are the steps that the person may try."""
    url = reverse("rounds:control", args=[round_.slug])
    turn = next((t for t in turns_ahead(now=now) if t.round.pk == round_.pk), None)
    return ControlPage(
        name=round_.name,
        is_test=round_.is_test,
        tag=state_tag(round_=round_),
        lead=_lead(round_),
        held_up=turn.held_up_by if turn else "",
        undecided=len(checks.undecided) if round_.state in _CHECKED else 0,
        counts=tuple(
            Count(
                number=str(counts[shown]),
                of="" if shown is Show.ALL else str(counts[Show.ALL]),
                label=label,
                kind=_KINDS.get(shown, ""),  # type: ignore[arg-type]
            )
            for shown, label in SHOW_WORDS.items()
            if shown is not Show.NOT_STARTED
        ),
        filters=tuple(
            Filter(
                label=label,
                count=counts[shown],
                url=f"{url}?show={shown.value}",
                current=shown is show,
            )
            for shown, label in SHOW_WORDS.items()
        ),
        lines=tuple(
            _line(row, round_, begun=round_.has_begun, may_extend=may_extend) for row in found.rows
        ),
        page=found.page,
        pages=found.pages,
        page_url=f"?show={show.value}&page=",
        facts=_facts(round_),
        steps=_steps(round_, events, may_manage, now),
        links=_links(round_, may_extend=may_extend, may_read_messages=may_read_messages),
        downloads=round_downloads(round_slug=round_.slug),
    )


def chase_lines(*, rows: tuple[ChaseRow, ...], begun: bool) -> tuple[ChaseLine, ...]:
    """Return whom to write to, the overdue first.

    begun: whether the round has been opened.
    """
    ordered = sorted(rows, key=lambda row: (not row.expected.overdue, row.expected.due_on))
    return tuple(
        ChaseLine(
            name=row.expected.name,
            state=return_tag(row=row.expected, begun=begun).text,
            due=words.london_weekday(moment=row.expected.due_on),
            overdue=row.expected.overdue,
            nobody_signs=not row.expected.can_sign,
            people=tuple(
                (
                    f"{person.role}, never signed in" if person.never_signed_in else person.role,
                    person.name,
                    person.email,
                )
                for person in row.people
            ),
        )
        for row in ordered
    )


def return_tag(*, row: ExpectedRow, begun: bool = True) -> Tag:
    """Return where a return stands: not submitted, once nobody may work on it any more."""
    if begun and not row.submitted and not row.takes_work:
        return _tag(ReturnState.NOT_SUBMITTED)
    return _tag(ReturnState(row.state) if row.state else ReturnState.NOT_STARTED)


def days_of(*, round_: Round) -> tuple[tuple[str, str], ...]:
    """Return the dates of a round in words, in their order."""
    day = words.london_weekday
    return (
        (
            "Covers",
            (
                f"{words.london_date(moment=round_.covers_from)} to "
                f"{words.london_date(moment=round_.covers_to)}"
            ),
        ),
        ("Bodies and areas as at", words.london_date(moment=round_.geography_date)),
        ("Opens", day(moment=round_.opens_on)),
        ("Due", day(moment=round_.due_on)),
        ("Last day for edits", day(moment=round_.edits_until)),
        (
            "Reply",
            f"{day(moment=round_.reply_opens_on)} to {day(moment=round_.reply_closes_on)}"
            if round_.reply_opens_on and round_.reply_closes_on
            else "No days yet",
        ),
        (
            "Published",
            words.london_datetime(moment=round_.publish_at) if round_.publish_at else "No day yet",
        ),
    )


def indicators_asked(*, round_: Round) -> str:
    """Return in words of which indicators a round asks figures."""
    frozen = round_.indicator_set_version
    if frozen is not None:
        number = len(frozen.indicators)
        noun = "indicator" if number == 1 else "indicators"
        return f"{frozen.name}, version {frozen.number}: {number} {noun}"
    if round_.indicator_set is not None:
        return f"{round_.indicator_set.name}, as it stands when the round is scheduled"
    return "No set: each authority sends in what it has"


_LATER = (RoundState.CLOSED, RoundState.IN_REPLY, RoundState.FINALISING, RoundState.PUBLISHED)
_CHECKED = (RoundState.DRAFT, RoundState.SCHEDULED, RoundState.OPEN)


def _listed(row: RoundRow) -> ListedRound:
    round_ = row.round
    return ListedRound(
        name=round_.name,
        url=reverse("rounds:control", args=[round_.slug]),
        covers=f"{words.london_date(moment=round_.covers_from)} to "
        f"{words.london_date(moment=round_.covers_to)}",
        due=words.london_date(moment=round_.due_on),
        tag=state_tag(round_=round_),
        is_test=round_.is_test,
        returns=f"{row.submitted} of {row.expected}",
    )


def _lead(round_: Round) -> str:
    day = words.london_weekday
    opens, closes = round_.reply_opens_on, round_.reply_closes_on
    return {
        RoundState.DRAFT: "Nobody outside the centre sees a draft. Schedule it when it is ready.",
        RoundState.SCHEDULED: f"Opens by itself on {day(moment=round_.opens_on)}.",
        RoundState.OPEN: f"Due {day(moment=round_.due_on)}. Closes by itself after "
        f"{day(moment=round_.edits_until)}.",
        RoundState.CLOSED: "Only authorities with an extension can still work on their returns."
        + (f" The reply starts by itself on {day(moment=opens)}." if opens else ""),
        RoundState.IN_REPLY: f"The days of the reply. {REPLY}"
        + (f" The reply ends by itself after {day(moment=closes)}." if closes else ""),
        RoundState.FINALISING: "The days of the reply are over. The publication is proposed by one "
        "person and approved by another.",
        RoundState.PUBLISHED: "Everybody can read the placements of this round.",
    }[RoundState(round_.state)]


def _line(row: ExpectedRow, round_: Round, *, begun: bool, may_extend: bool) -> ExpectedLine:
    tag = return_tag(row=row, begun=begun)
    ended = tag.text == RETURN_WORDS[ReturnState.NOT_SUBMITTED][0]
    # One that has submitted may need days for its own views, or for changes that are asked for.
    extendable = round_.state in (RoundState.OPEN, RoundState.CLOSED)
    return ExpectedLine(
        name=row.name,
        state=tag,
        note=("Started, not submitted" if row.state else "Did not start") if ended else "",
        due=words.london_short_date(moment=row.due_on),
        overdue=row.overdue,
        nobody_signs=not row.can_sign,
        extension=f"Until {words.london_date(moment=row.edits_until)}: {row.extension_reason}"
        if row.extended
        else "",
        read_url=reverse("duty:return-submitted", args=[round_.slug, row.slug])
        if row.submitted
        else "",
        extend_url=reverse("rounds:extend", args=[round_.slug, row.slug])
        if may_extend and extendable
        else "",
    )


def _facts(round_: Round) -> tuple[SummaryRow, ...]:
    more = [("Questions", f"Version {round_.specification.version}")]
    more.append(("Indicators", indicators_asked(round_=round_)))
    more.append(("Signature", "Asked for" if round_.requires_sign_off else "Not asked for"))
    days = round_.reminder_working_days
    before = "1 working day" if days == 1 else f"{days} working days"
    more.append(("Reminder", f"{before} before a return is due"))
    if round_.copied_from:
        more.append(("Copied from", round_.copied_from.name))
    return tuple(
        SummaryRow(key=key, value=value) for key, value in (*days_of(round_=round_), *more)
    )


def _steps(
    round_: Round, events: tuple[RoundEvent, ...], may_manage: bool, now: datetime
) -> tuple[Action, ...]:
    today = london_date(now=now)
    found = []
    for event, (label, name) in _STEPS.items():
        if event not in events or _is_early(event, round_, today):
            continue
        if event is RoundEvent.REOPEN and round_.state == RoundState.CLOSED:
            label = "Reopen the round"
        found.append(Action(label=label, url=reverse(name, args=[round_.slug])))
    if may_manage:
        found.append(
            Action("Copy it for another period", reverse("rounds:copy", args=[round_.slug]))
        )
    return tuple(found)


def _is_early(event: RoundEvent, round_: Round, today: date) -> bool:
    """Return whether the day of a step has not come, so that it need not be offered."""
    opens, closes = round_.reply_opens_on, round_.reply_closes_on
    return {
        RoundEvent.CLOSE: today <= round_.edits_until,
        RoundEvent.START_REPLY: opens is not None and today < opens,
        RoundEvent.END_REPLY: closes is not None and today <= closes,
    }.get(event, False)


def _links(round_: Round, *, may_extend: bool, may_read_messages: bool) -> tuple[Action, ...]:
    pages = [
        ("Checks and decisions", "rounds:checks"),
        ("History", "rounds:history"),
        ("Take the list as CSV", "rounds:returns-csv"),
    ]
    if may_read_messages:
        pages.insert(2, ("Messages due and sent", "rounds:messages"))
    if may_extend and round_.state in (RoundState.OPEN, RoundState.CLOSED):
        pages.insert(0, ("Who has not submitted", "rounds:chase"))
    if round_.state in _LATER and not round_.is_test:
        pages.insert(0, ("Publication", "publications:publish"))
    return tuple(
        Action(label=label, url=reverse(name, args=[round_.slug])) for label, name in pages
    )


def _tag(state: ReturnState) -> Tag:
    text, colour = RETURN_WORDS[state]
    return Tag(text, colour)  # type: ignore[arg-type]
