"""The life of a draft of how engagement is read: one table of steps, and why one is refused.

Nothing here asks a database. A trigger made from the table refuses every other change of state.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a draft is; the values of `DraftState`."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    DISCARDED = "discarded"


class Event(StrEnum):
    """What may happen to a draft."""

    EDIT = "edit"
    PROPOSE = "propose"
    DECLINE = "decline"
    APPROVE = "approve"
    DISCARD = "discard"


class Guard(StrEnum):
    """A fact that must hold before a step; its refusal is in `REFUSALS`."""

    REVISION_MATCHES = "revision_matches"
    WITHOUT_FAULTS = "without_faults"
    SECOND_PERSON = "second_person"
    REASON_GIVEN = "reason_given"


REFUSALS = {
    Guard.REVISION_MATCHES: (
        "This draft was changed or decided on since you opened it. Read it again first."
    ),
    Guard.WITHOUT_FAULTS: "The draft has faults. Correct those that its page lists.",
    Guard.SECOND_PERSON: "You wrote in this draft, so another person must approve it.",
    Guard.REASON_GIVEN: "Enter why",
}

EVENT_WORDS = {
    Event.EDIT: "changed",
    Event.PROPOSE: "proposed",
    Event.DECLINE: "declined",
    Event.APPROVE: "approved",
    Event.DISCARD: "discarded",
}

STATE_WORDS = {
    State.DRAFT: "Draft",
    State.PROPOSED: "Waits for approval",
    State.APPROVED: "Approved",
    State.DISCARDED: "Discarded",
}


class StepRefusedError(ValueError):
    """A step may not be taken; the message says why. `guard` is None where the state refused."""

    def __init__(self, message: str, *, guard: Guard | None = None) -> None:
        self.guard = guard
        super().__init__(message)


@dataclass(frozen=True)
class Transition:
    """One row of the table."""

    from_states: frozenset[State]
    event: Event
    to: State
    guards: tuple[Guard, ...]


OPEN = frozenset({State.DRAFT, State.PROPOSED})

TRANSITIONS = (
    # Whoever reads a proposal reads what would be approved: a change takes it back.
    Transition(OPEN, Event.EDIT, State.DRAFT, (Guard.REVISION_MATCHES,)),
    Transition(
        frozenset({State.DRAFT}),
        Event.PROPOSE,
        State.PROPOSED,
        (Guard.REVISION_MATCHES, Guard.WITHOUT_FAULTS),
    ),
    Transition(
        frozenset({State.PROPOSED}),
        Event.DECLINE,
        State.DRAFT,
        (Guard.REVISION_MATCHES, Guard.REASON_GIVEN),
    ),
    Transition(
        frozenset({State.PROPOSED}),
        Event.APPROVE,
        State.APPROVED,
        (
            Guard.REVISION_MATCHES,
            Guard.SECOND_PERSON,
            Guard.WITHOUT_FAULTS,
        ),
    ),
    Transition(OPEN, Event.DISCARD, State.DISCARDED, (Guard.REVISION_MATCHES, Guard.REASON_GIVEN)),
)


def step(*, state: State, event: Event, held: frozenset[Guard]) -> State:
    """Return the state after an event.

    Args:
        state: where the draft is.
        event: what shall happen.
        held: the guards that hold.

    Returns:
        The state that it leads to.

    Raises:
        StepRefusedError: the state takes no such step, or a guard does not hold.
    """
    row = next(
        (one for one in TRANSITIONS if one.event == event and state in one.from_states), None
    )
    if row is None:
        raise StepRefusedError(
            f"This draft cannot be {EVENT_WORDS[event]} now: it is {STATE_WORDS[state].lower()}."
            if state is not State.PROPOSED
            else f"This draft cannot be {EVENT_WORDS[event]} now: it waits for approval."
        )
    for guard in row.guards:
        if guard not in held:
            raise StepRefusedError(REFUSALS[guard], guard=guard)
    return row.to


def changes() -> tuple[tuple[State, State], ...]:
    """Return every change of state that the table holds, in order."""
    return tuple(
        sorted(
            {
                (before, row.to)
                for row in TRANSITIONS
                for before in row.from_states
                if before is not row.to
            }
        )
    )
