"""The life of an upload: one table of transitions, and why a step is refused.

The table holds every event that a person or a worker may bring, from which states and under which
guard. Callers work the guards out and say which hold; nothing here asks a database. The database
refuses every change of state that the table does not hold, by a trigger made from it.
"""

from enum import StrEnum

from authorities.state_table import RefusedError, StateTable, Step


class State(StrEnum):
    """Where an upload is; the values of `UploadState`."""

    UPLOADED = "uploaded"
    CHECKING = "checking"
    REJECTED_FILE = "rejected_file"
    SETUP_ERRORS = "setup_errors"
    BLOCKING_ERRORS = "blocking_errors"
    NEEDS_CONFIRMING = "needs_confirming"
    READY = "ready"
    STORING = "storing"
    COMMITTED = "committed"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Event(StrEnum):
    """What may happen to an upload."""

    # A worker's.
    START_CHECKING = "start_checking"
    REJECT_FILE = "reject_file"
    FIND_SETUP_ERRORS = "find_setup_errors"
    FIND_ERRORS = "find_errors"
    FIND_WARNINGS = "find_warnings"
    FIND_NOTHING = "find_nothing"
    START_STORING = "start_storing"
    COMMIT = "commit"
    GIVE_UP = "give_up"
    # A person's.
    GIVE_REASONS = "give_reasons"
    CONFIRM = "confirm"
    CANCEL = "cancel"


class Guard(StrEnum):
    """A fact that must hold before a step; its refusal is in `REFUSALS`."""

    TRIES_LEFT = "tries_left"
    NO_TRIES_LEFT = "no_tries_left"
    EVERY_WARNING_HAS_A_REASON = "every_warning_has_a_reason"
    SEEN_AS_IT_IS = "seen_as_it_is"
    SAME_EFFECT_AS_SEEN = "same_effect_as_seen"


REFUSALS = {
    Guard.TRIES_LEFT: "Reading it stopped too often.",
    Guard.NO_TRIES_LEFT: "It may be tried again.",
    Guard.EVERY_WARNING_HAS_A_REASON: "Say for each kind of warning why the figures are right.",
    Guard.SEEN_AS_IT_IS: (
        "What the file would do has changed since you opened the page. Look at it again."
    ),
    Guard.SAME_EFFECT_AS_SEEN: "What the file would do has changed since it was confirmed.",
}

STATE_WORDS = {
    State.UPLOADED: "waits to be read",
    State.CHECKING: "is being checked",
    State.REJECTED_FILE: "could not be read",
    State.SETUP_ERRORS: "names what we do not know",
    State.BLOCKING_ERRORS: "has errors",
    State.NEEDS_CONFIRMING: "waits for your reasons",
    State.READY: "waits for your word",
    State.STORING: "is being stored",
    State.COMMITTED: "is stored",
    State.CANCELLED: "was cancelled",
    State.FAILED: "was stopped by a fault of ours",
}

EVENT_WORDS = {
    Event.START_CHECKING: "check it",
    Event.REJECT_FILE: "reject it",
    Event.FIND_SETUP_ERRORS: "report errors",
    Event.FIND_ERRORS: "report errors",
    Event.FIND_WARNINGS: "report warnings",
    Event.FIND_NOTHING: "report that it is ready",
    Event.START_STORING: "store it",
    Event.COMMIT: "store it",
    Event.GIVE_UP: "give it up",
    Event.GIVE_REASONS: "give reasons for its warnings",
    Event.CONFIRM: "store it",
    Event.CANCEL: "cancel it",
}


class UploadRefusedError(RefusedError):
    """A step of an upload may not be taken."""


_READ = frozenset({State.CHECKING, State.STORING})

# A worker reads a file twice: to check it, and to store it. What it finds the second time may be
# something else, since the register or the stored values have changed in between.
TRANSITIONS: tuple[Step[State, Event, Guard], ...] = (
    Step(
        frozenset({State.UPLOADED, State.CHECKING}),
        Event.START_CHECKING,
        State.CHECKING,
        (Guard.TRIES_LEFT,),
    ),
    Step(_READ, Event.REJECT_FILE, State.REJECTED_FILE),
    Step(_READ, Event.FIND_SETUP_ERRORS, State.SETUP_ERRORS),
    Step(_READ, Event.FIND_ERRORS, State.BLOCKING_ERRORS),
    Step(_READ, Event.FIND_WARNINGS, State.NEEDS_CONFIRMING),
    Step(_READ, Event.FIND_NOTHING, State.READY),
    Step(
        frozenset({State.NEEDS_CONFIRMING}),
        Event.GIVE_REASONS,
        State.READY,
        (Guard.EVERY_WARNING_HAS_A_REASON,),
    ),
    Step(frozenset({State.READY}), Event.CONFIRM, State.STORING, (Guard.SEEN_AS_IT_IS,)),
    Step(frozenset({State.STORING}), Event.START_STORING, State.STORING, (Guard.TRIES_LEFT,)),
    Step(frozenset({State.STORING}), Event.COMMIT, State.COMMITTED, (Guard.SAME_EFFECT_AS_SEEN,)),
    Step(
        frozenset({State.UPLOADED, State.CHECKING, State.NEEDS_CONFIRMING, State.READY}),
        Event.CANCEL,
        State.CANCELLED,
    ),
    Step(
        frozenset({State.UPLOADED, State.CHECKING, State.STORING}),
        Event.GIVE_UP,
        State.FAILED,
        (Guard.NO_TRIES_LEFT,),
    ),
)

# A worker has something to do.
UNFINISHED = (State.UPLOADED, State.CHECKING, State.STORING)
# Nothing was stored, and the file must be corrected.
REFUSED = (State.REJECTED_FILE, State.SETUP_ERRORS, State.BLOCKING_ERRORS)
# A person has something to do.
WAITING_FOR_SENDER = (State.NEEDS_CONFIRMING, State.READY)


def _says(state: str, event: Event) -> str:
    return f"The file {STATE_WORDS[State(state)]}, so you cannot {EVENT_WORDS[event]}."


LIFE = StateTable(TRANSITIONS, REFUSALS, _says, UploadRefusedError)
next_state, may, changes = LIFE.next_state, LIFE.may, LIFE.changes
