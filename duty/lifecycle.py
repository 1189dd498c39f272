"""The life of a duty return: one table of transitions, and why a step is refused.

The table holds every event that a person or a job may bring, from which states, by whom, under
which guards. Callers work the guards out and say which hold; nothing here asks a database.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

EDITOR = "editor"
SIGNATORY = "signatory"
ANALYST = "analyst"
MODERATOR = "moderator"
LEAD_ANALYST = "lead_analyst"
READER = "reader"
ADMINISTRATOR = "administrator"
# Nobody's role: what a round's date does.
JOB = "job"


class ReturnState(StrEnum):
    """Where a return stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    READY = "ready"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    SUBMITTED_WITH_CHANGES = "submitted_with_changes"
    ACCEPTED = "accepted"
    NOT_SUBMITTED = "not_submitted"


class ReturnEvent(StrEnum):
    """What may happen to a return."""

    START = "start"
    SAVE_ANSWER = "save_answer"
    COMPLETE_SECTION = "complete_section"
    SEND_FOR_SIGN_OFF = "send_for_sign_off"
    DECLINE = "decline"
    RECALL = "recall"
    SIGN = "sign"
    SUBMIT = "submit"
    REQUEST_CHANGES = "request_changes"
    REOPEN = "reopen"
    ACCEPT = "accept"
    UNACCEPT = "unaccept"
    CLOSE_ROUND = "close_round"


class Guard(StrEnum):
    """A fact that must hold before a step; its refusal is in `REFUSALS`."""

    ROUND_OPEN = "round_open"
    ROUND_OPEN_OR_EXTENDED = "round_open_or_extended"
    BODY_EXPECTED_OR_EXTENDED = "body_expected_or_extended"
    ANSWERS_NOT_LOCKED = "answers_not_locked"
    VERSION_MATCHES = "version_matches"
    REQUIRED_ANSWERS_VALID = "required_answers_valid"
    EVIDENCE_RULE_MET = "evidence_rule_met"
    SOFT_WARNINGS_CONFIRMED = "soft_warnings_confirmed"
    SIGN_OFF_REQUIRED = "sign_off_required"
    SIGN_OFF_NOT_REQUIRED = "sign_off_not_required"
    ANSWERS_STILL_VALID = "answers_still_valid"
    HAS_SIGNATORY = "has_signatory"
    REASON_GIVEN = "reason_given"
    NOT_YET_SIGNED = "not_yet_signed"
    MAY_SIGN_FOR_BODY = "may_sign_for_body"
    DECLARATION_TICKED = "declaration_ticked"
    NOT_DRAFTER_OF_FINDING = "not_drafter_of_finding"
    ROUND_NOT_PUBLISHED = "round_not_published"


class Condition(StrEnum):
    """A fact that chooses between two results of one event; it refuses nothing.

    `duty.sections.derive_conditions` works them out.
    """

    LAST_SECTION_COMPLETED = "last_section_completed"
    WORK_CAME_BACK_BY_REQUEST = "work_came_back_by_request"
    CHANGES_WERE_REQUESTED = "changes_were_requested"
    ANSWERS_DIFFER_FROM_SNAPSHOT = "answers_differ_from_snapshot"


REFUSALS = {
    Guard.ROUND_OPEN: "The round is not open.",
    Guard.ROUND_OPEN_OR_EXTENDED: "The round is closed and this authority has no extension.",
    Guard.BODY_EXPECTED_OR_EXTENDED: "No return is expected from this authority in this round.",
    Guard.ANSWERS_NOT_LOCKED: "The answers are locked.",
    Guard.VERSION_MATCHES: "Your copy has changed since you opened it. Compare both texts.",
    Guard.REQUIRED_ANSWERS_VALID: "Some required answers are missing or need correcting.",
    Guard.EVIDENCE_RULE_MET: "Some answers need evidence. Add a link or a file.",
    Guard.SOFT_WARNINGS_CONFIRMED: "Some warnings are not confirmed. Say why the answer is right.",
    Guard.SIGN_OFF_REQUIRED: "This round does not ask for sign-off. Submit the return instead.",
    Guard.SIGN_OFF_NOT_REQUIRED: "This round asks for sign-off. Send the return for sign-off.",
    Guard.ANSWERS_STILL_VALID: "Some answers need correcting before this step.",
    Guard.HAS_SIGNATORY: "This authority has no signatory. Ask an administrator to add one.",
    Guard.REASON_GIVEN: "Give a reason.",
    Guard.NOT_YET_SIGNED: "The return has been signed, so it cannot be recalled.",
    Guard.MAY_SIGN_FOR_BODY: "You are not a signatory of this authority.",
    Guard.DECLARATION_TICKED: "Tick the declaration to sign.",
    Guard.NOT_DRAFTER_OF_FINDING: "You drafted the finding, so another analyst must accept.",
    Guard.ROUND_NOT_PUBLISHED: "The round has been published, so this cannot be undone.",
}

STATE_WORDS = {
    ReturnState.NOT_STARTED: "has not been started",
    ReturnState.IN_PROGRESS: "is in progress",
    ReturnState.READY: "is ready to send",
    ReturnState.AWAITING_SIGN_OFF: "is awaiting sign-off",
    ReturnState.SUBMITTED: "has been submitted",
    ReturnState.CHANGES_REQUESTED: "has changes requested",
    ReturnState.SUBMITTED_WITH_CHANGES: "has been submitted with changes",
    ReturnState.ACCEPTED: "has been accepted",
    ReturnState.NOT_SUBMITTED: "was not submitted before the round closed",
}

EVENT_WORDS = {
    ReturnEvent.START: "start the return",
    ReturnEvent.SAVE_ANSWER: "change an answer",
    ReturnEvent.COMPLETE_SECTION: "mark a section as complete",
    ReturnEvent.SEND_FOR_SIGN_OFF: "send the return for sign-off",
    ReturnEvent.DECLINE: "decline to sign",
    ReturnEvent.RECALL: "recall the return from sign-off",
    ReturnEvent.SIGN: "sign and submit the return",
    ReturnEvent.SUBMIT: "submit the return",
    ReturnEvent.REQUEST_CHANGES: "ask for changes",
    ReturnEvent.REOPEN: "reopen the return",
    ReturnEvent.ACCEPT: "accept the return",
    ReturnEvent.UNACCEPT: "take back the acceptance",
    ReturnEvent.CLOSE_ROUND: "close the round for this return",
}


class TransitionRefusedError(Exception):
    """A step may not be taken; the message says why to the person who tried.

    `guards` names those that did not hold; it is empty when the state or the role refused.
    """

    def __init__(self, message: str, *, guards: tuple[Guard, ...] = ()) -> None:
        self.guards = guards
        super().__init__(message)


@dataclass(frozen=True)
class Transition:
    """One row of the table. `to` None keeps the state; `when` must all hold to choose the row."""

    name: str
    from_states: frozenset[ReturnState]
    event: ReturnEvent
    roles: frozenset[str]
    guards: tuple[Guard, ...]
    to: ReturnState | None
    when: tuple[Condition, ...] = ()


_OWN = frozenset({EDITOR, SIGNATORY})
_SIGNATORY = frozenset({SIGNATORY})
_ANALYSTS = frozenset({ANALYST, LEAD_ANALYST})
_S = ReturnState
_EDITABLE = frozenset({_S.IN_PROGRESS, _S.CHANGES_REQUESTED})
_SUBMITTED = frozenset({_S.SUBMITTED, _S.SUBMITTED_WITH_CHANGES})
_SAVE = (Guard.ANSWERS_NOT_LOCKED, Guard.VERSION_MATCHES)
_COMPLETE = (
    Guard.ANSWERS_NOT_LOCKED,
    Guard.REQUIRED_ANSWERS_VALID,
    Guard.EVIDENCE_RULE_MET,
    Guard.SOFT_WARNINGS_CONFIRMED,
)
_SIGN = (Guard.MAY_SIGN_FOR_BODY, Guard.ANSWERS_STILL_VALID, Guard.DECLARATION_TICKED)
_SUBMIT = (Guard.SIGN_OFF_NOT_REQUIRED, Guard.ANSWERS_STILL_VALID)
_CHANGED = (Condition.CHANGES_WERE_REQUESTED, Condition.ANSWERS_DIFFER_FROM_SNAPSHOT)

# Read from the top: of the rows with the same event and state, the first whose conditions hold.
# R3 and R4 are also steps of a section, in `duty.sections`.
TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        "R1",
        frozenset({_S.NOT_STARTED}),
        ReturnEvent.START,
        _OWN,
        (Guard.ROUND_OPEN_OR_EXTENDED, Guard.BODY_EXPECTED_OR_EXTENDED),
        _S.IN_PROGRESS,
    ),
    Transition("R2", _EDITABLE, ReturnEvent.SAVE_ANSWER, _OWN, _SAVE, None),
    Transition(
        "R3 after a request",
        frozenset({_S.READY}),
        ReturnEvent.SAVE_ANSWER,
        _OWN,
        _SAVE,
        _S.CHANGES_REQUESTED,
        when=(Condition.WORK_CAME_BACK_BY_REQUEST,),
    ),
    Transition("R3", frozenset({_S.READY}), ReturnEvent.SAVE_ANSWER, _OWN, _SAVE, _S.IN_PROGRESS),
    Transition(
        "R4 the last section",
        _EDITABLE,
        ReturnEvent.COMPLETE_SECTION,
        _OWN,
        _COMPLETE,
        _S.READY,
        when=(Condition.LAST_SECTION_COMPLETED,),
    ),
    Transition("R4", _EDITABLE, ReturnEvent.COMPLETE_SECTION, _OWN, _COMPLETE, None),
    Transition(
        "R5",
        frozenset({_S.READY}),
        ReturnEvent.SEND_FOR_SIGN_OFF,
        _OWN,
        (Guard.SIGN_OFF_REQUIRED, Guard.ANSWERS_STILL_VALID, Guard.HAS_SIGNATORY),
        _S.AWAITING_SIGN_OFF,
    ),
    Transition(
        "R6",
        frozenset({_S.AWAITING_SIGN_OFF}),
        ReturnEvent.DECLINE,
        _SIGNATORY,
        (Guard.REASON_GIVEN,),
        _S.IN_PROGRESS,
    ),
    Transition(
        "R7",
        frozenset({_S.AWAITING_SIGN_OFF}),
        ReturnEvent.RECALL,
        _OWN,
        (Guard.NOT_YET_SIGNED,),
        _S.IN_PROGRESS,
    ),
    Transition(
        "R12 signed",
        frozenset({_S.AWAITING_SIGN_OFF}),
        ReturnEvent.SIGN,
        _SIGNATORY,
        _SIGN,
        _S.SUBMITTED_WITH_CHANGES,
        when=_CHANGED,
    ),
    Transition(
        "R8",
        frozenset({_S.AWAITING_SIGN_OFF}),
        ReturnEvent.SIGN,
        _SIGNATORY,
        _SIGN,
        _S.SUBMITTED,
    ),
    Transition(
        "R12 submitted",
        frozenset({_S.READY}),
        ReturnEvent.SUBMIT,
        _OWN,
        _SUBMIT,
        _S.SUBMITTED_WITH_CHANGES,
        when=_CHANGED,
    ),
    Transition("R9", frozenset({_S.READY}), ReturnEvent.SUBMIT, _OWN, _SUBMIT, _S.SUBMITTED),
    Transition(
        "R10",
        _SUBMITTED,
        ReturnEvent.REQUEST_CHANGES,
        _ANALYSTS,
        (Guard.ROUND_OPEN_OR_EXTENDED, Guard.REASON_GIVEN),
        _S.CHANGES_REQUESTED,
    ),
    Transition(
        "R11",
        _SUBMITTED,
        ReturnEvent.REOPEN,
        _ANALYSTS,
        (Guard.ROUND_OPEN, Guard.REASON_GIVEN),
        _S.IN_PROGRESS,
    ),
    Transition(
        "R13",
        _SUBMITTED,
        ReturnEvent.ACCEPT,
        _ANALYSTS,
        (Guard.NOT_DRAFTER_OF_FINDING,),
        _S.ACCEPTED,
    ),
    Transition(
        "R14",
        frozenset({_S.ACCEPTED}),
        ReturnEvent.UNACCEPT,
        frozenset({LEAD_ANALYST}),
        (Guard.REASON_GIVEN, Guard.ROUND_NOT_PUBLISHED),
        _S.SUBMITTED,
    ),
    # The closing of a round stores no event at a return, and is no step that anybody takes there:
    # `duty.sections.derive_return_state` derives what these two rows say, an extension counted, and
    # a round that is reopened finds every return as it was. Tests hold both to each other.
    Transition(
        "R15 sent",
        _SUBMITTED | {_S.ACCEPTED, _S.NOT_SUBMITTED},
        ReturnEvent.CLOSE_ROUND,
        frozenset({ADMINISTRATOR, JOB}),
        (),
        None,
    ),
    Transition(
        "R15 not sent",
        _EDITABLE | {_S.NOT_STARTED, _S.READY, _S.AWAITING_SIGN_OFF},
        ReturnEvent.CLOSE_ROUND,
        frozenset({ADMINISTRATOR, JOB}),
        (),
        _S.NOT_SUBMITTED,
    ),
)


def next_state(
    *,
    state: ReturnState,
    event: ReturnEvent,
    role: str,
    holding: Collection[Guard],
    conditions: Collection[Condition] = frozenset(),
) -> ReturnState:
    """Return the state that a step leads to, or say why it may not be taken.

    Args:
        state: where the return stands.
        event: what somebody wants to do.
        role: as whom: one role of theirs at the body, or at the centre; `JOB` for a round's date.
        holding: the guards that hold. One that is not named does not hold.
        conditions: the facts that choose between two results.

    Returns:
        The new state; the same one where the step keeps it.

    Raises:
        TransitionRefusedError: the state does not allow the step, the role may not take it, or a
            guard does not hold; asked in this order, with all guards said at once.

    Source: the project's own table, rows R1 to R15.
    """
    rows = [row for row in TRANSITIONS if row.event == event and state in row.from_states]
    if not rows:
        raise TransitionRefusedError(
            f"The return {STATE_WORDS[state]}, so you cannot {EVENT_WORDS[event]}."
        )
    # The rows of one event and state share roles and guards; a test holds the table to it.
    row = next(row for row in rows if set(row.when) <= set(conditions))
    if role not in row.roles:
        allowed = " or ".join(sorted(name.replace("_", " ") for name in row.roles - {JOB}))
        raise TransitionRefusedError(
            f"You cannot {EVENT_WORDS[event]} as {role.replace('_', ' ')}. Ask the {allowed}."
        )
    if failed := tuple(guard for guard in row.guards if guard not in holding):
        raise TransitionRefusedError(
            f"You cannot {EVENT_WORDS[event]}. {' '.join(REFUSALS[guard] for guard in failed)}",
            guards=failed,
        )
    return state if row.to is None else row.to


def allowed_events(*, state: ReturnState, role: str) -> tuple[ReturnEvent, ...]:
    """Return what a role may try from a state, guards aside, in the table's order.

    Args:
        state: where the return stands.
        role: one role of a person's, or `JOB`.

    Returns:
        The events, each once; for choosing what a page offers.

    Source: the project's own table, rows R1 to R15.
    """
    return tuple(
        dict.fromkeys(
            row.event for row in TRANSITIONS if state in row.from_states and role in row.roles
        )
    )
