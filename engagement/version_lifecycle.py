"""The life of a draft of how engagement is read: one table of steps, and why one is refused.

Nothing here asks a database. A trigger made from the table refuses every other change of state.
"""

from enum import StrEnum

from authorities.state_table import RefusedError, StateTable, Step


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


class StepRefusedError(RefusedError):
    """A step of a draft may not be taken."""


OPEN = frozenset({State.DRAFT, State.PROPOSED})

TRANSITIONS: tuple[Step[State, Event, Guard], ...] = (
    # Whoever reads a proposal reads what would be approved: a change takes it back.
    Step(OPEN, Event.EDIT, State.DRAFT, (Guard.REVISION_MATCHES,)),
    Step(
        frozenset({State.DRAFT}),
        Event.PROPOSE,
        State.PROPOSED,
        (Guard.REVISION_MATCHES, Guard.WITHOUT_FAULTS),
    ),
    Step(
        frozenset({State.PROPOSED}),
        Event.DECLINE,
        State.DRAFT,
        (Guard.REVISION_MATCHES, Guard.REASON_GIVEN),
    ),
    Step(
        frozenset({State.PROPOSED}),
        Event.APPROVE,
        State.APPROVED,
        (
            Guard.REVISION_MATCHES,
            Guard.SECOND_PERSON,
            Guard.WITHOUT_FAULTS,
        ),
    ),
    Step(OPEN, Event.DISCARD, State.DISCARDED, (Guard.REVISION_MATCHES, Guard.REASON_GIVEN)),
)


def _says(state: str, event: Event) -> str:
    words = STATE_WORDS[State(state)].lower()
    if state != State.PROPOSED:
        words = f"is {words}"
    return f"This draft cannot be {EVENT_WORDS[event]} now: it {words}."


LIFE = StateTable(TRANSITIONS, REFUSALS, _says, StepRefusedError)
next_state, changes = LIFE.next_state, LIFE.changes
