"""What the jobs page shows of the steps that rounds take by themselves."""

from dataclasses import dataclass

from django.urls import reverse

from duty import words
from duty.queries.due_rounds import RoundTurn
from duty.round_lifecycle import RoundEvent

_TURNS = {
    RoundEvent.OPEN: "Opens",
    RoundEvent.CLOSE: "Closes",
    RoundEvent.START_REPLY: "The reply starts",
    RoundEvent.END_REPLY: "The reply ends",
    RoundEvent.PUBLISH: "Is published",
}


@dataclass(frozen=True)
class TurnLine:
    """What the job will do with a round, and when in London."""

    name: str
    url: str
    what: str
    day: str
    held_up: str


def turn_lines(*, turns: tuple[RoundTurn, ...]) -> tuple[TurnLine, ...]:
    """Return what the job will do with each round, and what holds one up."""
    return tuple(
        TurnLine(
            name=turn.round.called,
            url=reverse("rounds:control", args=[turn.round.slug]),
            what=_TURNS[turn.event],
            day=words.london_datetime(moment=turn.round.publish_at)
            if turn.event is RoundEvent.PUBLISH and turn.round.publish_at
            else f"The start of {words.london_weekday(moment=turn.day)}",
            held_up=turn.held_up_by or ("Is done within minutes" if turn.is_due else "Nothing"),
        )
        for turn in turns
    )
