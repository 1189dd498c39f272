"""How far a return is, how long there is, and what locks it."""

from dataclasses import dataclass
from datetime import date, datetime

from authorities.models import LOCAL_ROLES
from duty.bank_holidays import england
from duty.deadlines import CalendarTooShortError, days_left, london_date, working_days_left
from duty.lifecycle import ReturnEvent, ReturnState
from duty.models import ReturnEvent as StoredEvent
from duty.models import RoundState
from duty.presenters.addresses import ReturnAddresses
from duty.queries.loaded import Closing, LoadedReturn
from duty.queries.returns import People
from duty.queries.review import body_names, role_words
from duty.queries.standing import Standing
from duty.sections import SectionState

# A state in words, with the colour of its tag; none where the words stand alone.
SECTION_WORDS = {
    SectionState.CANNOT_START: ("Cannot start yet", ""),
    SectionState.NOT_STARTED: ("Not started", "blue"),
    SectionState.IN_PROGRESS: ("In progress", "teal"),
    SectionState.COMPLETED: ("Completed", ""),
    SectionState.NOT_NEEDED: ("Not needed", ""),
    SectionState.CHECK_AGAIN: ("Check again", "yellow"),
    SectionState.CHANGES_REQUESTED: ("Changes requested", "orange"),
    SectionState.CHANGES_MADE: ("Changes made", ""),
}
RETURN_WORDS = {
    ReturnState.NOT_STARTED: ("Not started", "blue"),
    ReturnState.IN_PROGRESS: ("In progress", "teal"),
    ReturnState.READY: ("Ready to send", "teal"),
    ReturnState.AWAITING_SIGN_OFF: ("Awaiting sign-off", "purple"),
    ReturnState.SUBMITTED: ("Submitted", "green"),
    ReturnState.CHANGES_REQUESTED: ("Changes requested", "orange"),
    ReturnState.SUBMITTED_WITH_CHANGES: ("Submitted with changes", "green"),
    ReturnState.ACCEPTED: ("Accepted", "green"),
    ReturnState.NOT_SUBMITTED: ("Not submitted", "grey"),
}
ROUND_TEAM = "Ask the team at the Department of Health and Social Care that runs the round."
_NOT_OPEN_YET = frozenset({RoundState.DRAFT, RoundState.SCHEDULED})
# From its reply on, a round takes no extension, and no return is asked for again.
FOR_GOOD: dict[str, str] = {
    RoundState.IN_REPLY: "It stays as it is: bodies are replying to their findings, and no "
    "extension can be given any more.",
    RoundState.FINALISING: "It stays as it is: the round is being made ready for publication, and "
    "no extension can be given any more.",
    RoundState.PUBLISHED: "It stays as it is: the round has been published.",
}
_CAME_BACK = {
    ReturnEvent.DECLINE: "declined to sign",
    ReturnEvent.REQUEST_CHANGES: "asked for changes",
    ReturnEvent.REOPEN: "reopened the return at your authority’s request",
    ReturnEvent.UNACCEPT: "took the acceptance back",
}
_HINTS = {
    ReturnEvent.DECLINE: "Your answers are kept. Sections marked “Check again” only need one step "
    "if nothing has changed.",
    ReturnEvent.REQUEST_CHANGES: "Your answers are kept. Sections that are not named stay complete "
    "unless you change them.",
    ReturnEvent.REOPEN: "Your answers are kept. Sections marked “Check again” only need one step "
    "if nothing has changed.",
    ReturnEvent.UNACCEPT: "The return counts as submitted. You need not do anything unless changes "
    "are asked for.",
}
SENT = frozenset({ReturnState.SUBMITTED, ReturnState.SUBMITTED_WITH_CHANGES, ReturnState.ACCEPTED})


@dataclass(frozen=True)
class Deadline:
    """How long there is. Days left are negative once it is past; working days may be unknown."""

    due_on: date
    edits_until: date
    days_left: int
    working_days_left: int | None
    extended: bool
    extension_reason: str

    @property
    def is_past(self) -> bool:
        """Whether the due day is over."""
        return self.days_left < 0

    @property
    def is_today(self) -> bool:
        """Whether it is due today."""
        return self.days_left == 0

    @property
    def left(self) -> str:
        """How long there is, in words."""
        if self.is_past:
            return f"{_count(-self.days_left, 'day')} past the due date."
        if self.is_today:
            return "Due today, by midnight in London."
        if self.working_days_left is None:
            return f"{_count(self.days_left, 'day')} left."
        return f"{_count(self.working_days_left, 'working day')} left."


@dataclass(frozen=True)
class LockNotice:
    """Why answers cannot be changed, since when, until when, and whom to ask."""

    title: str
    why: str
    since: datetime | date | None
    until: str
    ask: str


@dataclass(frozen=True)
class SectionRequest:
    """Who asked for changes in a section, with role and organisation, and when."""

    who: str
    at: datetime


@dataclass(frozen=True)
class SentBack:
    """A signatory's refusal, what the centre sent back, or an acceptance that it took back.

    `who` names the role and the organisation, too; `about` is what it concerns, in words.
    """

    who: str
    did: str
    about: str
    at: datetime
    reason: str
    hint: str


def deadline_of(*, closing: Closing, now: datetime) -> Deadline:
    """Return how long there is."""
    try:
        working = working_days_left(
            until=closing.due_on, from_=london_date(now=now), bank_holidays=england()
        )
    except CalendarTooShortError:
        working = None
    return Deadline(
        due_on=closing.due_on,
        edits_until=closing.edits_until,
        days_left=days_left(closing_date=closing.due_on, now=now),
        working_days_left=working,
        extended=closing.extended,
        extension_reason=closing.extension_reason,
    )


def lock_of(
    *, loaded: LoadedReturn, standing: Standing, people: People, now: datetime
) -> LockNotice | None:
    """Return why the answers are locked; None while they can be changed."""
    if standing.state == ReturnState.AWAITING_SIGN_OFF:
        sent = last_event(loaded, ReturnEvent.SEND_FOR_SIGN_OFF)
        return LockNotice(
            title="Answers are locked while the return waits to be signed",
            why=f"{_name(sent)} sent it for sign-off.",
            since=sent.at if sent else None,
            until="Until a signatory signs it or sends it back, or an editor takes it back.",
            ask=f"Signatories: {', '.join(people.signatories) or 'none'}.",
        )
    if standing.state == ReturnState.ACCEPTED:
        accepted = last_event(loaded, ReturnEvent.ACCEPT)
        return LockNotice(
            title="Answers are locked because the return has been accepted",
            why=f"{who_of(event=accepted)} accepted it.",
            since=accepted.at if accepted else None,
            until=FOR_GOOD[RoundState.PUBLISHED]
            if loaded.round.state == RoundState.PUBLISHED
            else "Until a lead analyst takes the acceptance back, which can happen before the "
            "round is published.",
            ask=ROUND_TEAM,
        )
    if standing.state in SENT:
        sent = last_event(loaded, ReturnEvent.SIGN, ReturnEvent.SUBMIT)
        signed = sent is not None and sent.type == ReturnEvent.SIGN
        return LockNotice(
            title="Answers are locked because the return has been submitted",
            why=f"{_name(sent)} {'signed and submitted' if signed else 'submitted'} it.",
            since=sent.at if sent else None,
            until=_until_changes(loaded, now),
            ask=ROUND_TEAM,
        )
    if loaded.closing.is_open(now=now):
        return None
    if loaded.round.state in _NOT_OPEN_YET or london_date(now=now) < loaded.round.opens_on:
        return LockNotice(
            title="The round is not open yet",
            why="No answers have been taken so far: they can be entered once it opens.",
            since=None,
            until=_until_open(loaded, now),
            ask=ROUND_TEAM,
        )
    over = FOR_GOOD.get(loaded.round.state)
    return LockNotice(
        title="Answers are locked because the round is closed",
        why="The return was not submitted again before the last day for edits. What you submitted "
        "before stands."
        if last_event(loaded, ReturnEvent.SIGN, ReturnEvent.SUBMIT)
        else "The return was not submitted before the last day for edits.",
        since=loaded.closing.edits_until,
        until=over or "Until your authority is given an extension.",
        ask=ROUND_TEAM
        if over
        else "Ask the team at the Department of Health and Social Care for an extension.",
    )


def _until_open(loaded: LoadedReturn, now: datetime) -> str:
    """Say when a round opens; one that is held up has a day that is past."""
    day = _day(loaded.round.opens_on)
    if loaded.round.state == RoundState.DRAFT:
        return f"It is still being prepared. It is planned to open on {day}."
    if london_date(now=now) < loaded.round.opens_on:
        return f"It opens on {day}."
    return (
        f"It was to open on {day}, and opens once the team that runs it has settled what is left."
    )


def _until_changes(loaded: LoadedReturn, now: datetime) -> str:
    """Say until when a submitted return stays as it is."""
    if loaded.closing.is_open(now=now):
        return (
            "Until an analyst asks for changes or reopens it at your request, which can happen "
            f"until {_day(loaded.closing.edits_until)}."
        )
    return FOR_GOOD.get(
        loaded.round.state,
        "The round is closed, so it stays as it was submitted, unless your authority is given an "
        "extension and an analyst asks for changes.",
    )


def sent_back(*, loaded: LoadedReturn) -> SentBack | None:
    """Return what the return came back with; None once it was sent or accepted again."""
    event = last_event(
        loaded,
        *_CAME_BACK,
        ReturnEvent.RECALL,
        ReturnEvent.SEND_FOR_SIGN_OFF,
        ReturnEvent.SIGN,
        ReturnEvent.SUBMIT,
        ReturnEvent.ACCEPT,
    )
    if event is None or event.type not in _CAME_BACK:
        return None
    named = event.payload["sections"]
    return SentBack(
        who=who_of(event=event),
        did=_CAME_BACK[ReturnEvent(event.type)],
        about=_about(loaded.round.specification.section_titles(named), event),
        at=event.at,
        reason=event.reason,
        hint=_HINTS[ReturnEvent(event.type)],
    )


def requests_of(*, loaded: LoadedReturn) -> dict[str, SectionRequest]:
    """Return who last asked for changes in each section that anybody asked for."""
    newest: dict[str, StoredEvent] = {}
    for event in loaded.events:
        named = event.payload.get("sections", ())
        if event.type == ReturnEvent.REQUEST_CHANGES:
            newest |= dict.fromkeys(named or loaded.round.specification.section_order, event)
        elif event.type == ReturnEvent.DECLINE:
            newest |= dict.fromkeys(named, event)
    # Most often one event asked for all of them.
    who = {
        event.pk: who_of(event=event) for event in {one.pk: one for one in newest.values()}.values()
    }
    return {code: SectionRequest(who=who[event.pk], at=event.at) for code, event in newest.items()}


def who_of(*, event: StoredEvent | None) -> str:
    """Return who took a step: the name, and for the centre the role and the organisation."""
    if event is None or event.actor is None:
        return "The system"
    body = event.actor_body
    if event.actor_role in LOCAL_ROLES or body is None:
        return event.actor.full_name
    name = body_names(bodies=[body.pk]).get(body.pk, "")
    parts = (event.actor.full_name, role_words(role=event.actor_role), name)
    return ", ".join(part for part in parts if part)


def _about(titles: list[str], event: StoredEvent) -> str:
    before = "in" if event.type == ReturnEvent.REQUEST_CHANGES else "because of"
    if titles:
        count = "one section" if len(titles) == 1 else f"{len(titles)} sections"
        return f"{before} {count}: {', '.join(titles)}"
    return "in all sections" if event.type == ReturnEvent.REQUEST_CHANGES else ""


def differences_url(*, loaded: LoadedReturn, standing: Standing, addresses: ReturnAddresses) -> str:
    """Return where to see what changed since the last submission; empty where nothing can have."""
    sent = last_event(loaded, ReturnEvent.SIGN, ReturnEvent.SUBMIT)
    if sent is None or (standing.state in SENT and sent.payload.get("number") == 1):
        return ""
    return addresses.differences


def last_event(loaded: LoadedReturn, *types: ReturnEvent) -> StoredEvent | None:
    """Return the newest event of these types."""
    wanted = {one.value for one in types}
    return next((event for event in reversed(loaded.events) if event.type in wanted), None)


def _name(event: StoredEvent | None) -> str:
    return event.actor.full_name if event and event.actor else "The system"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
