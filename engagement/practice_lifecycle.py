"""The life of a version of a practice example: one table of steps, and why one is refused.

A body drafts and proposes, the centre publishes or returns; what is published is public until a
later version replaces it or the centre withdraws it with a reason. The database refuses every
change of state that the table does not hold, by a trigger made from it.
"""

from enum import StrEnum

from authorities.state_table import RefusedError, StateTable, Step


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


class PracticeRefusedError(RefusedError):
    """A step of a version may not be taken."""


_BODY, _CENTRE = frozenset({Actor.BODY}), frozenset({Actor.CENTRE})
_OPEN = frozenset({State.DRAFT, State.RETURNED})
_WAITING = frozenset({State.PROPOSED})
_PUBLIC = frozenset({State.PUBLISHED})
TRANSITIONS: tuple[Step[State, Event, Guard], ...] = (
    Step(_OPEN, Event.EDIT, State.DRAFT, (Guard.VERSION_MATCHES,), _BODY),
    Step(_OPEN, Event.PROPOSE, State.PROPOSED, (Guard.VERSION_MATCHES,), _BODY),
    Step(_WAITING, Event.PUBLISH, State.PUBLISHED, (Guard.VERSION_MATCHES,), _CENTRE),
    Step(_WAITING, Event.RETURN, State.RETURNED, (Guard.REASON_GIVEN,), _CENTRE),
    Step(_PUBLIC, Event.WITHDRAW, State.WITHDRAWN, (Guard.REASON_GIVEN,), _CENTRE),
    Step(_PUBLIC, Event.REPLACE, State.REPLACED, actors=_CENTRE),
)
# One of these at a time: somebody still works on it or decides about it.
OPEN_STATES = (State.DRAFT, State.PROPOSED, State.RETURNED)


def _says(state: str, event: Event) -> str:
    return f"This version {STATE_WORDS[State(state)]}, so you cannot {EVENT_WORDS[event]}."


LIFE = StateTable(TRANSITIONS, REFUSALS, _says, PracticeRefusedError)
next_state, may, changes = LIFE.next_state, LIFE.may, LIFE.changes
