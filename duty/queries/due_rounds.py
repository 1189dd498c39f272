"""Rounds whose next step the job takes: which are due, and what holds one up."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from duty.deadlines import london_date
from duty.models import Round, RoundHappening, RoundState
from duty.round_lifecycle import RoundEvent

_ONE_DAY = timedelta(days=1)
_STEPS: dict[str, RoundEvent] = {
    RoundState.SCHEDULED.value: RoundEvent.OPEN,
    RoundState.OPEN.value: RoundEvent.CLOSE,
    RoundState.CLOSED.value: RoundEvent.START_REPLY,
    RoundState.IN_REPLY.value: RoundEvent.END_REPLY,
    RoundState.FINALISING.value: RoundEvent.PUBLISH,
}
# After these another step is next, or the same one has other dates.
_SETTLING = (
    RoundEvent.HOLD_UP,
    RoundEvent.OPEN,
    RoundEvent.CLOSE,
    RoundEvent.REOPEN,
    RoundEvent.START_REPLY,
    RoundEvent.END_REPLY,
    RoundEvent.REOPEN_REPLY,
    RoundEvent.MOVE_PUBLICATION,
    RoundEvent.APPROVE,
)


@dataclass(frozen=True)
class RoundTurn:
    """A round's next step by its dates; `day` is the London day on which the job takes it."""

    round: Round
    event: RoundEvent
    day: date
    is_due: bool
    held_up_at: datetime | None
    held_up_by: str


def due_rounds(*, now: datetime) -> list[tuple[UUID, RoundEvent]]:
    """Return the rounds with a step that is due, the earliest first.

    A last day belongs to the round: its step is due when the next day begins in London. A test
    round is never published.
    """
    today = london_date(now=now)
    rows = (
        Round.objects.filter(
            Q(state=RoundState.SCHEDULED, opens_on__lte=today)
            | Q(state=RoundState.OPEN, edits_until__lt=today)
            | Q(state=RoundState.CLOSED, reply_opens_on__lte=today)
            | Q(state=RoundState.IN_REPLY, reply_closes_on__lt=today)
            | Q(state=RoundState.FINALISING, publish_at__lte=now, is_test=False)
        )
        .order_by("opens_on", "slug")
        .values_list("pk", "state")
    )
    return [(key, _STEPS[state]) for key, state in rows]


def turns_ahead(*, now: datetime) -> tuple[RoundTurn, ...]:
    """Return what the job will do with each round, the earliest day first, from two queries."""
    today = london_date(now=now)
    rounds = list(
        Round.objects.filter(state__in=_STEPS)
        .exclude(state=RoundState.FINALISING, is_test=True)
        .order_by("slug")
    )
    held_up: dict[UUID, RoundHappening] = {}
    for happening in RoundHappening.objects.filter(
        round__in=rounds, type__in=[event.value for event in _SETTLING]
    ).order_by("at", "pk"):
        # What happened since settles it, and what the dates say decides when it is tried again.
        if happening.type == RoundEvent.HOLD_UP.value:
            held_up[happening.round_id] = happening
        else:
            held_up.pop(happening.round_id, None)
    found = []
    for round_ in rounds:
        day = _day_of(round_)
        is_due = day <= today
        if round_.state == RoundState.FINALISING and round_.publish_at is not None:
            is_due = round_.publish_at <= now
        stop = held_up.get(round_.pk) if is_due else None
        found.append(
            RoundTurn(
                round=round_,
                event=_STEPS[round_.state],
                day=day,
                is_due=is_due,
                held_up_at=stop.at if stop else None,
                held_up_by=stop.reason if stop else "",
            )
        )
    return tuple(sorted(found, key=lambda turn: (turn.day, turn.round.slug)))


def last_hold_up(*, round_: Round) -> str:
    """Return why the job could not take its step, where that was the last thing to happen."""
    last = RoundHappening.objects.filter(round=round_).order_by("-at", "-pk").first()
    return last.reason if last is not None and last.type == RoundEvent.HOLD_UP.value else ""


def _day_of(round_: Round) -> date:
    """Return the London day on which the job takes the next step of a round."""
    # A round beyond a draft has every date; the constraint of the table says so.
    opens, closes, publishes = round_.reply_opens_on, round_.reply_closes_on, round_.publish_at
    if opens is None or closes is None or publishes is None:
        raise ValueError(f"{round_.slug} has no days of reply or publication.")
    return {
        RoundState.SCHEDULED: round_.opens_on,
        RoundState.OPEN: round_.edits_until + _ONE_DAY,
        RoundState.CLOSED: opens,
        RoundState.IN_REPLY: closes + _ONE_DAY,
        RoundState.FINALISING: london_date(now=publishes),
    }[RoundState(round_.state)]
