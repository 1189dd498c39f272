"""Rounds that the job opens or closes: which are due, and what holds one up."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from duty.models import Round, RoundHappening, RoundState
from duty.round_lifecycle import RoundEvent

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class RoundTurn:
    """A round's next step by its dates; `day` is the London day on which the job takes it."""

    round: Round
    event: RoundEvent
    day: date
    is_due: bool
    held_up_at: datetime | None
    held_up_by: str


def due_rounds(*, today: date) -> list[tuple[UUID, RoundEvent]]:
    """Return the rounds to open or close on the day, the earliest first.

    A last day belongs to the round: it closes when the next day begins.
    """
    rows = (
        Round.objects.filter(
            Q(state=RoundState.SCHEDULED, opens_on__lte=today)
            | Q(state=RoundState.OPEN, edits_until__lt=today)
        )
        .order_by("opens_on", "slug")
        .values_list("pk", "state")
    )
    return [(key, _step(state)) for key, state in rows]


def turns_ahead(*, today: date) -> tuple[RoundTurn, ...]:
    """Return what the job will do with each round, the earliest day first, from two queries."""
    rounds = list(
        Round.objects.filter(state__in=[RoundState.SCHEDULED, RoundState.OPEN]).order_by("slug")
    )
    held_up: dict[UUID, RoundHappening] = {}
    settling = (RoundEvent.HOLD_UP.value, RoundEvent.OPEN.value, RoundEvent.REOPEN.value)
    for happening in RoundHappening.objects.filter(round__in=rounds, type__in=settling).order_by(
        "at", "pk"
    ):
        # What happened since settles it, and what the dates say decides when it is tried again.
        if happening.type == RoundEvent.HOLD_UP.value:
            held_up[happening.round_id] = happening
        else:
            held_up.pop(happening.round_id, None)
    found = []
    for round_ in rounds:
        event = _step(round_.state)
        day = round_.opens_on if event is RoundEvent.OPEN else round_.edits_until + _ONE_DAY
        stop = held_up.get(round_.pk)
        found.append(
            RoundTurn(
                round=round_,
                event=event,
                day=day,
                is_due=day <= today,
                held_up_at=stop.at if stop and day <= today else None,
                held_up_by=stop.reason if stop and day <= today else "",
            )
        )
    return tuple(sorted(found, key=lambda turn: (turn.day, turn.round.slug)))


def last_hold_up(*, round_: Round) -> str:
    """Return why the job could not take its step, where that was the last thing to happen."""
    last = RoundHappening.objects.filter(round=round_).order_by("-at", "-pk").first()
    return last.reason if last is not None and last.type == RoundEvent.HOLD_UP.value else ""


def _step(state: str) -> RoundEvent:
    return RoundEvent.OPEN if state == RoundState.SCHEDULED else RoundEvent.CLOSE
