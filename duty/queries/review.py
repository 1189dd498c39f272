"""What the centre reads of returns: who sent what, and what happened to it since.

Never a draft: of what an authority has not submitted only its state is asked.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from authorities.models import BodyName, Role, StrategicAuthority
from duty.lifecycle import ReturnEvent, ReturnState
from duty.models import DutyReturn, ExpectedReturn, Round, RoundState, Submission
from duty.models import ReturnEvent as StoredEvent
from duty.queries.loaded import Closing, closing_of

# What an authority does before it submits is its own.
SEEN_BY_CENTRE = (
    ReturnEvent.SIGN,
    ReturnEvent.SUBMIT,
    ReturnEvent.REQUEST_CHANGES,
    ReturnEvent.REOPEN,
    ReturnEvent.ACCEPT,
    ReturnEvent.UNACCEPT,
)
_SENT = frozenset({ReturnState.SUBMITTED, ReturnState.SUBMITTED_WITH_CHANGES, ReturnState.ACCEPTED})


@dataclass(frozen=True)
class ReturnLine:
    """An expected return as a list of the centre shows it; `submission` is the newest."""

    authority_id: UUID
    authority_slug: str
    name: str
    state: ReturnState
    duty_return: DutyReturn | None
    submission: Submission | None
    due_on: date
    extended: bool
    overdue: bool


@dataclass(frozen=True)
class HistoryLine:
    """Something that happened to a submitted return, and who did it for whom."""

    event: ReturnEvent
    at: datetime
    actor: str
    role: str
    body: str
    reason: str
    sections: tuple[str, ...]
    number: int | None


@dataclass(frozen=True)
class ReviewedReturn:
    """A return with what was submitted of it; `submissions` are newest first, never none."""

    duty_return: DutyReturn
    authority: StrategicAuthority
    round: Round
    closing: Closing
    state: ReturnState
    submissions: tuple[Submission, ...]
    history: tuple[HistoryLine, ...]


def rounds_to_review() -> tuple[Round, ...]:
    """Return the rounds that have opened: the open ones due first, then the latest.

    Rounds that only try things out come after all others.
    """
    opened = list(
        Round.objects.exclude(state__in=[RoundState.DRAFT, RoundState.SCHEDULED]).order_by(
            "-covers_to", "-opens_on", "-pk"
        )
    )
    now_open = sorted(
        (one for one in opened if one.state == RoundState.OPEN),
        key=lambda one: (one.due_on, one.slug),
    )
    later = [one for one in opened if one.state != RoundState.OPEN]
    return tuple(sorted((*now_open, *later), key=lambda one: one.is_test))


def returns_of(*, round_: Round, now: datetime) -> tuple[ReturnLine, ...]:
    """Return what the round expects, by the name of the authority; from four queries."""
    expected = list(
        ExpectedReturn.objects.filter(round=round_).select_related("authority").order_by("pk")
    )
    names = {
        body.pk: getattr(body, "name", None) or body.slug
        for body in StrategicAuthority.objects.with_facts(round_.geography_date).filter(
            pk__in=[one.authority_id for one in expected]
        )
    }
    stored = {row.authority_id: row for row in DutyReturn.objects.filter(round=round_)}
    newest = {
        row.duty_return_id: row
        for row in Submission.objects.filter(duty_return__round=round_)
        .select_related("submitted_by")
        .defer("content")
        .order_by("number")
    }
    lines = []
    for one in expected:
        row = stored.get(one.authority_id)
        submission = newest.get(row.pk) if row else None
        closing = closing_of(round_=round_, expected=one)
        state = state_of(duty_return=row, closing=closing, now=now)
        lines.append(
            ReturnLine(
                authority_id=one.authority_id,
                authority_slug=one.authority.slug,
                name=names[one.authority_id],
                state=state,
                duty_return=row,
                submission=submission,
                due_on=closing.due_on,
                extended=closing.extended,
                overdue=closing.is_overdue(came=submission is not None, now=now),
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.name, line.authority_slug)))


def state_of(*, duty_return: DutyReturn | None, closing: Closing, now: datetime) -> ReturnState:
    """Return where a return stands for those who may not look into it."""
    state = ReturnState(duty_return.state) if duty_return else ReturnState.NOT_STARTED
    if state not in _SENT and not closing.is_open(now=now):
        return ReturnState.NOT_SUBMITTED
    return state


def reviewed_return(*, return_id: UUID, now: datetime) -> ReviewedReturn | None:
    """Return what was submitted of a return; None while nothing was."""
    row = (
        DutyReturn.objects.filter(pk=return_id, submissions__isnull=False)
        .select_related("round__specification", "authority")
        .distinct()
        .first()
    )
    if row is None:
        return None
    closing = closing_of(
        round_=row.round,
        expected=ExpectedReturn.objects.filter(
            round_id=row.round_id, authority_id=row.authority_id
        ).first(),
    )
    return ReviewedReturn(
        duty_return=row,
        authority=row.authority,
        round=row.round,
        closing=closing,
        state=state_of(duty_return=row, closing=closing, now=now),
        submissions=tuple(
            Submission.objects.filter(duty_return=row)
            .select_related("submitted_by")
            .order_by("-number")
        ),
        history=history_of(duty_return=row),
    )


def history_of(*, duty_return: DutyReturn) -> tuple[HistoryLine, ...]:
    """Return what happened to what was submitted, newest first; from two queries."""
    events = list(
        StoredEvent.objects.filter(
            duty_return=duty_return, type__in=[event.value for event in SEEN_BY_CENTRE]
        )
        .select_related("actor")
        .order_by("-pk")
    )
    names = body_names(bodies=[event.actor_body_id for event in events if event.actor_body_id])
    return tuple(_line(event, names) for event in events)


def body_names(*, bodies: Collection[UUID]) -> dict[UUID, str]:
    """Return how bodies are called, by the newest name on record; from one query."""
    found: dict[UUID, str] = dict(
        BodyName.objects.filter(body_id__in=set(bodies))
        .order_by(F("valid").asc())
        .values_list("body_id", "name")
    )
    return found


def role_words(*, role: str) -> str:
    """Return a stored role in words, in lower case."""
    return Role(role).label.lower() if role in Role.values else ""


def _line(event: StoredEvent, names: dict[UUID, str]) -> HistoryLine:
    body_id = event.actor_body_id
    number = event.payload.get("number")
    return HistoryLine(
        event=ReturnEvent(event.type),
        at=event.at,
        actor=event.actor.full_name if event.actor else "The system",
        role=role_words(role=event.actor_role),
        body=names.get(body_id, "") if body_id else "",
        reason=event.reason,
        sections=tuple(event.payload.get("sections", ())),
        number=number if isinstance(number, int) else None,
    )
