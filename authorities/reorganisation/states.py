"""The states of a reorganisation, and which step leads from which to which."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a reorganisation is."""

    INCOMPLETE = "incomplete"
    READY = "ready"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    APPLYING = "applying"
    APPLIED = "applied"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What moves it on."""

    EDIT = "edit"
    PREVIEW = "preview"
    APPROVE = "approve"
    SCHEDULE = "schedule"
    BEGIN = "begin"
    FINISH = "finish"
    FAIL = "fail"
    CANCEL = "cancel"


class WrongStateError(ValueError):
    """The step is not possible in the state; the message says which steps are."""


@dataclass(frozen=True)
class _Way:
    sources: frozenset[State]
    target: State


# A job that was killed while it applied begins again: nothing of it was stored.
TRANSITIONS: dict[Step, _Way] = {
    Step.EDIT: _Way(frozenset({State.INCOMPLETE, State.READY}), State.INCOMPLETE),
    Step.PREVIEW: _Way(frozenset({State.INCOMPLETE, State.READY}), State.READY),
    Step.APPROVE: _Way(frozenset({State.READY}), State.APPROVED),
    Step.SCHEDULE: _Way(frozenset({State.APPROVED, State.FAILED}), State.SCHEDULED),
    Step.BEGIN: _Way(frozenset({State.SCHEDULED, State.APPLYING}), State.APPLYING),
    Step.FINISH: _Way(frozenset({State.APPLYING}), State.APPLIED),
    Step.FAIL: _Way(frozenset({State.APPLYING}), State.FAILED),
    Step.CANCEL: _Way(
        frozenset({State.INCOMPLETE, State.READY, State.APPROVED, State.SCHEDULED, State.FAILED}),
        State.CANCELLED,
    ),
}

# Its bodies may be in no other change.
PENDING = frozenset(set(State) - {State.APPLIED, State.CANCELLED})
_WORDS = {
    State.INCOMPLETE: "is not complete",
    State.READY: "is ready and waits for approval",
    State.APPROVED: "is approved and waits to be scheduled",
    State.SCHEDULED: "is scheduled",
    State.APPLYING: "is being applied",
    State.APPLIED: "has been applied",
    State.FAILED: "has failed and may be scheduled again",
    State.CANCELLED: "has been cancelled",
}


def next_state(*, state: State, step: Step) -> State:
    """Return where the step leads.

    Raises:
        WrongStateError: the step is not possible in this state.
    """
    way = TRANSITIONS[step]
    if state not in way.sources:
        raise WrongStateError(
            f"You cannot {step.value} this change: it {_WORDS[state]}. Reload the page."
        )
    return way.target
