"""The life of a lever: one table of steps, and why one is refused.

A lever is drafted, kept on the authority's list once it is judged, and archived with a reason
instead of deleted; what was archived can be brought back as a draft. Sharing is no state: it copies
what may be read by others, and ends by itself when the lever leaves the list. The database refuses
every change of state that the table does not hold, by a trigger made from it.
"""

from enum import StrEnum

from authorities.state_table import RefusedError, StateTable, Step


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


class LeverRefusedError(RefusedError):
    """A step of a lever may not be taken."""


_DRAFT, _KEPT = frozenset({State.DRAFT}), frozenset({State.KEPT})
_ARCHIVED = frozenset({State.ARCHIVED})
_SEEN = (Guard.VERSION_MATCHES,)
TRANSITIONS: tuple[Step[State, Event, Guard], ...] = (
    Step(_DRAFT, Event.EDIT, State.DRAFT, _SEEN),
    # What is on the list stays judged.
    Step(_KEPT, Event.EDIT, State.KEPT, (*_SEEN, Guard.JUDGED)),
    Step(_DRAFT, Event.KEEP, State.KEPT, (*_SEEN, Guard.JUDGED)),
    Step(_DRAFT | _KEPT, Event.ARCHIVE, State.ARCHIVED, (*_SEEN, Guard.REASON_GIVEN)),
    Step(_ARCHIVED, Event.BRING_BACK, State.DRAFT, _SEEN),
    Step(_KEPT, Event.SHARE, State.KEPT, _SEEN),
    Step(_KEPT, Event.STOP_SHARING, State.KEPT, (*_SEEN, Guard.IS_SHARED)),
    Step(_KEPT, Event.TURN, State.KEPT, (Guard.NOT_TURNED,)),
)


def _says(state: str, event: Event) -> str:
    return f"This lever {STATE_WORDS[State(state)]}, so you cannot {EVENT_WORDS[event]}."


LIFE = StateTable(TRANSITIONS, REFUSALS, _says, LeverRefusedError)
next_state, may, changes = LIFE.next_state, LIFE.may, LIFE.changes
