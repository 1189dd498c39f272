"""The life of a version of a practice example: one table of steps, and why one is refused.

A body drafts and proposes, the centre publishes or returns; what is published is public until a
later version replaces it or the centre withdraws it with a reason. The database refuses every
change of state that the table does not hold, by a trigger made from it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a version is; the values of the model's states."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    RETURNED = "returned"
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What may happen to a version."""

    EDIT = "edit"
    PROPOSE = "propose"
    PUBLISH = "publish"
    RETURN = "return"
    WITHDRAW = "withdraw"
    # A later version was published.
    REPLACE = "replace"


class Actor(StrEnum):
    """Who takes a step."""

    BODY = "body"
    CENTRE = "centre"


class Guard(StrEnum):
    """A fact that must hold before a step; its refusal is in `REFUSALS`."""

    REASON_GIVEN = "reason_given"
    VERSION_MATCHES = "version_matches"


REFUSALS = {
    Guard.REASON_GIVEN: "Say why, so that the body can read it.",
    Guard.VERSION_MATCHES: (
        "Somebody else changed this example since you opened the page. Look at it again."
    ),
}
STATE_WORDS = {
    State.DRAFT: "is a draft",
    State.PROPOSED: "is proposed and waits for the national team",
    State.RETURNED: "was returned",
    State.PUBLISHED: "is published",
    State.REPLACED: "was replaced by a later version",
    State.WITHDRAWN: "was withdrawn",
}
EVENT_WORDS = {
    Event.EDIT: "change it",
    Event.PROPOSE: "propose it",
    Event.PUBLISH: "publish it",
    Event.RETURN: "return it",
    Event.WITHDRAW: "withdraw it",
    Event.REPLACE: "replace it",
}


class PracticeRefusedError(Exception):
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
    actor: Actor
    guards: tuple[Guard, ...] = ()


_OPEN = frozenset({State.DRAFT, State.RETURNED})
_WAITING = frozenset({State.PROPOSED})
_PUBLIC = frozenset({State.PUBLISHED})
TRANSITIONS: tuple[Transition, ...] = (
    Transition(_OPEN, Event.EDIT, State.DRAFT, Actor.BODY, (Guard.VERSION_MATCHES,)),
    Transition(_OPEN, Event.PROPOSE, State.PROPOSED, Actor.BODY, (Guard.VERSION_MATCHES,)),
    Transition(_WAITING, Event.PUBLISH, State.PUBLISHED, Actor.CENTRE, (Guard.VERSION_MATCHES,)),
    Transition(_WAITING, Event.RETURN, State.RETURNED, Actor.CENTRE, (Guard.REASON_GIVEN,)),
    Transition(_PUBLIC, Event.WITHDRAW, State.WITHDRAWN, Actor.CENTRE, (Guard.REASON_GIVEN,)),
    Transition(_PUBLIC, Event.REPLACE, State.REPLACED, Actor.CENTRE),
)
# One of these at a time: somebody still works on it or decides about it.
OPEN_STATES = (State.DRAFT, State.PROPOSED, State.RETURNED)


def next_state(*, state: str, event: Event, actor: Actor, holding: Collection[Guard] = ()) -> State:
    """Return the state that a step leads to, or say why it may not be taken.

    Args:
        state: where the version is, a value of `State`.
        event: what is to happen.
        actor: who brings it.
        holding: the guards that hold. One that is not named does not hold.

    Returns:
        The new state.

    Raises:
        PracticeRefusedError: the state does not allow the step, another takes it, or a guard does
            not hold.

    Source: the project's own table.
    """
    for row in TRANSITIONS:
        if row.event == event and row.actor == actor and state in row.from_states:
            for guard in row.guards:
                if guard not in holding:
                    raise PracticeRefusedError(REFUSALS[guard], guard=guard)
            return row.to
    raise PracticeRefusedError(
        f"This version {STATE_WORDS[State(state)]}, so you cannot {EVENT_WORDS[event]}."
    )


def may(*, state: str, event: Event) -> bool:
    """Return whether a step is open from a state, guards aside; for what a page offers.

    Args:
        state: where the version is.
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
