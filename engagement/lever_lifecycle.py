"""The life of a lever: one table of steps, and why one is refused.

A lever is drafted, kept on the authority's list once it is judged, and archived with a reason
instead of deleted; what was archived can be brought back as a draft. Sharing is no state: it copies
what may be read by others, and ends by itself when the lever leaves the list. The database refuses
every change of state that the table does not hold, by a trigger made from it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a lever is; the values of the model's states."""

    DRAFT = "draft"
    KEPT = "kept"
    ARCHIVED = "archived"


class Event(StrEnum):
    """What may happen to a lever."""

    EDIT = "edit"
    KEEP = "keep"
    ARCHIVE = "archive"
    BRING_BACK = "bring-back"
    SHARE = "share"
    STOP_SHARING = "stop-sharing"
    TURN = "turn"


class Guard(StrEnum):
    """A fact that must hold before a step; its refusal is in `REFUSALS`."""

    REASON_GIVEN = "reason_given"
    VERSION_MATCHES = "version_matches"
    JUDGED = "judged"
    IS_SHARED = "is_shared"
    NOT_TURNED = "not_turned"


REFUSALS = {
    Guard.REASON_GIVEN: "Say why it is archived, so that colleagues can read it later.",
    Guard.VERSION_MATCHES: (
        "Somebody else changed this lever since you opened the page. Open it again to see what "
        "they wrote; what you typed is still here."
    ),
    Guard.JUDGED: (
        "Judge strategic fit, public health impact and window of opportunity first, each with a "
        "word of reason."
    ),
    Guard.IS_SHARED: "This lever is not shared, so there is nothing to stop.",
    Guard.NOT_TURNED: (
        "This lever is a commitment with this ICB already. Open that one, or choose another ICB."
    ),
}
STATE_WORDS = {
    State.DRAFT: "is a draft",
    State.KEPT: "is on the list",
    State.ARCHIVED: "is archived",
}
EVENT_WORDS = {
    Event.EDIT: "change it",
    Event.KEEP: "put it on the list",
    Event.ARCHIVE: "archive it",
    Event.BRING_BACK: "bring it back",
    Event.SHARE: "share it",
    Event.STOP_SHARING: "stop sharing it",
    Event.TURN: "make a commitment of it",
}


class LeverRefusedError(Exception):
    """A step may not be taken; `guard` did not hold, None where the state refused."""

    def __init__(self, message: str, *, guard: Guard | None = None) -> None:
        self.guard = guard
        super().__init__(message)


@dataclass(frozen=True)
class Transition:
    """One row of the table."""

    from_states: frozenset[State]
    event: Event
    to: State
    guards: tuple[Guard, ...] = ()


_DRAFT, _KEPT = frozenset({State.DRAFT}), frozenset({State.KEPT})
_ARCHIVED = frozenset({State.ARCHIVED})
_SEEN = (Guard.VERSION_MATCHES,)
TRANSITIONS: tuple[Transition, ...] = (
    Transition(_DRAFT, Event.EDIT, State.DRAFT, _SEEN),
    # What is on the list stays judged.
    Transition(_KEPT, Event.EDIT, State.KEPT, (*_SEEN, Guard.JUDGED)),
    Transition(_DRAFT, Event.KEEP, State.KEPT, (*_SEEN, Guard.JUDGED)),
    Transition(_DRAFT | _KEPT, Event.ARCHIVE, State.ARCHIVED, (*_SEEN, Guard.REASON_GIVEN)),
    Transition(_ARCHIVED, Event.BRING_BACK, State.DRAFT, _SEEN),
    Transition(_KEPT, Event.SHARE, State.KEPT, _SEEN),
    Transition(_KEPT, Event.STOP_SHARING, State.KEPT, (*_SEEN, Guard.IS_SHARED)),
    Transition(_KEPT, Event.TURN, State.KEPT, (Guard.NOT_TURNED,)),
)


def next_state(*, state: str, event: Event, holding: Collection[Guard] = ()) -> State:
    """Return the state that a step leads to, or say why it may not be taken.

    Args:
        state: where the lever is, a value of `State`.
        event: what is to happen.
        holding: the guards that hold. One that is not named does not hold.

    Returns:
        The new state.

    Raises:
        LeverRefusedError: the state does not allow the step, or a guard does not hold.

    Source: the project's own table.
    """
    for row in TRANSITIONS:
        if row.event == event and state in row.from_states:
            for guard in row.guards:
                if guard not in holding:
                    raise LeverRefusedError(REFUSALS[guard], guard=guard)
            return row.to
    raise LeverRefusedError(
        f"This lever {STATE_WORDS[State(state)]}, so you cannot {EVENT_WORDS[event]}."
    )


def may(*, state: str, event: Event) -> bool:
    """Return whether a step is open from a state, guards aside; for what a page offers.

    Args:
        state: where the lever is.
        event: what is to happen.

    Returns:
        Whether the table has it.

    Source: the project's own table.
    """
    return any(row.event == event and state in row.from_states for row in TRANSITIONS)


def changes() -> tuple[tuple[str, str], ...]:
    """Return each change of state that the table allows, once, in order.

    Returns:
        State before and state after.

    Source: the project's own table.
    """
    return tuple(
        sorted(
            {
                (before.value, row.to.value)
                for row in TRANSITIONS
                for before in row.from_states
                if before != row.to
            }
        )
    )
