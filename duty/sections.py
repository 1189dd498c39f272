"""The state of sections and of a whole return, worked out from what happened and what is answered.

States are never stored as the truth: events are, and these functions read them in time order.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from duty.lifecycle import Condition, ReturnEvent, ReturnState


class SectionState(StrEnum):
    """Where a section stands."""

    CANNOT_START = "cannot_start"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    NOT_NEEDED = "not_needed"
    CHECK_AGAIN = "check_again"
    CHANGES_REQUESTED = "changes_requested"
    CHANGES_MADE = "changes_made"


class EventOrderError(ValueError):
    """Events are not in time order."""


@dataclass(frozen=True)
class ReturnHappening:
    """One stored event of a return.

    sections: codes that it is about: the section completed; those whose answers, or visible
        questions, a save changed; those named by a decline or a request for changes. A request
        for changes that names none is about all; a decline that names none is about none.
    answers_differ: of sign and submit: whether any answer differs from the last snapshot.
    """

    event: ReturnEvent
    at: datetime
    sections: frozenset[str] = frozenset()
    answers_differ: bool = False


@dataclass(frozen=True)
class SectionAnswers:
    """What is answered in a section now.

    available: False while the return has still to be started.
    """

    code: str
    visible_questions: int
    answered_questions: int
    available: bool = True


_DONE = frozenset({SectionState.COMPLETED, SectionState.CHANGES_MADE})
_SENT_BACK = frozenset({ReturnEvent.DECLINE, ReturnEvent.RECALL, ReturnEvent.REOPEN})
_BASE = {
    ReturnEvent.START: ReturnState.IN_PROGRESS,
    ReturnEvent.SEND_FOR_SIGN_OFF: ReturnState.AWAITING_SIGN_OFF,
    ReturnEvent.DECLINE: ReturnState.IN_PROGRESS,
    ReturnEvent.RECALL: ReturnState.IN_PROGRESS,
    ReturnEvent.REQUEST_CHANGES: ReturnState.CHANGES_REQUESTED,
    ReturnEvent.REOPEN: ReturnState.IN_PROGRESS,
    ReturnEvent.ACCEPT: ReturnState.ACCEPTED,
    ReturnEvent.UNACCEPT: ReturnState.SUBMITTED,
}
_EDITABLE = frozenset({ReturnState.IN_PROGRESS, ReturnState.CHANGES_REQUESTED})
_SENT = frozenset({ReturnState.SUBMITTED, ReturnState.SUBMITTED_WITH_CHANGES, ReturnState.ACCEPTED})


def derive_section_state(
    *, section: SectionAnswers, happenings: Sequence[ReturnHappening]
) -> SectionState:
    """Return where a section stands.

    A section without visible questions is not needed, whatever happened before. A completed
    section falls back to in progress when one of its answers changes, and to 'check again' when
    the return is declined, recalled or reopened: its answers stay, one step confirms them. A
    section with a change requested stays so until it is completed, and is then 'changes made';
    another edit makes the request open again.

    Args:
        section: what is answered now.
        happenings: every event of the return, oldest first.

    Returns:
        One of the eight states.

    Raises:
        EventOrderError: an event is older than the one before it.

    Source: the project's own table, rows R3, R4, R6, R7, R10 and R11.
    """
    _check_order(happenings)
    if section.visible_questions == 0:
        return SectionState.NOT_NEEDED
    mark = _mark(section.code, happenings)
    if mark is not None:
        return mark
    if section.answered_questions > 0:
        return SectionState.IN_PROGRESS
    return SectionState.NOT_STARTED if section.available else SectionState.CANNOT_START


def derive_return_state(
    *,
    happenings: Sequence[ReturnHappening],
    sections: Collection[SectionState],
    round_closed: bool,
) -> ReturnState:
    """Return where a return stands.

    Args:
        happenings: every event of the return, oldest first.
        sections: the state of each of its sections.
        round_closed: whether the round is closed for this authority, extensions counted. When
            it is reopened the state is what it was before, because nothing is overwritten.

    Returns:
        One of the nine states. Ready when every needed section is done; not submitted when the
        round closed over work that was not sent.

    Raises:
        EventOrderError: an event is older than the one before it.

    Source: the project's own table, rows R1 to R15.
    """
    _check_order(happenings)
    state, _ = _base_state(happenings)
    if state in _EDITABLE and _all_done(sections):
        state = ReturnState.READY
    if round_closed and state not in _SENT:
        return ReturnState.NOT_SUBMITTED
    return state


def derive_conditions(
    *,
    happenings: Sequence[ReturnHappening],
    sections_after: Collection[SectionState],
    answers_differ: bool,
) -> frozenset[Condition]:
    """Return the facts that choose between two results of the step that comes next.

    Args:
        happenings: every event of the return so far, oldest first.
        sections_after: the state of each section once the step is taken.
        answers_differ: whether any answer differs from the last snapshot; False without one.

    Returns:
        The conditions that hold, for `duty.lifecycle.next_state`.

    Raises:
        EventOrderError: an event is older than the one before it.

    Source: the project's own table, rows R3, R4 and R12.
    """
    _check_order(happenings)
    found = set()
    if _all_done(sections_after):
        found.add(Condition.LAST_SECTION_COMPLETED)
    if answers_differ:
        found.add(Condition.ANSWERS_DIFFER_FROM_SNAPSHOT)
    base, requested = _base_state(happenings)
    if base == ReturnState.CHANGES_REQUESTED:
        found.add(Condition.WORK_CAME_BACK_BY_REQUEST)
    if requested:
        found.add(Condition.CHANGES_WERE_REQUESTED)
    return frozenset(found)


def _base_state(happenings: Sequence[ReturnHappening]) -> tuple[ReturnState, bool]:
    """Return the state without regard to sections, and whether a request waits for an answer."""
    state = ReturnState.NOT_STARTED
    requested = False
    for happening in happenings:
        if happening.event in (ReturnEvent.SIGN, ReturnEvent.SUBMIT):
            changed = requested and happening.answers_differ
            state = ReturnState.SUBMITTED_WITH_CHANGES if changed else ReturnState.SUBMITTED
            requested = False
        elif happening.event in _BASE:
            state = _BASE[happening.event]
            requested = requested or happening.event == ReturnEvent.REQUEST_CHANGES
    return state, requested


def _all_done(sections: Collection[SectionState]) -> bool:
    needed = [state for state in sections if state != SectionState.NOT_NEEDED]
    return bool(needed) and all(state in _DONE for state in needed)


def _mark(code: str, happenings: Sequence[ReturnHappening]) -> SectionState | None:
    """Return the state that events left the section in; None if none said anything of it."""
    mark: SectionState | None = None
    # Whether a request for changes, or a decline by name, still waits for this section.
    requested = False
    for happening in happenings:
        named = code in happening.sections
        if happening.event == ReturnEvent.COMPLETE_SECTION and named:
            mark = SectionState.CHANGES_MADE if requested else SectionState.COMPLETED
        elif happening.event == ReturnEvent.SAVE_ANSWER and named and mark is not None:
            mark = SectionState.CHANGES_REQUESTED if requested else SectionState.IN_PROGRESS
        elif happening.event == ReturnEvent.REQUEST_CHANGES:
            requested = named or not happening.sections
            if requested:
                mark = SectionState.CHANGES_REQUESTED
            elif mark == SectionState.CHANGES_MADE:
                mark = SectionState.COMPLETED
        elif happening.event == ReturnEvent.DECLINE and named:
            requested = True
            mark = SectionState.CHANGES_REQUESTED
        elif happening.event in _SENT_BACK and mark in _DONE:
            mark = SectionState.CHECK_AGAIN
        elif happening.event in (ReturnEvent.SIGN, ReturnEvent.SUBMIT):
            requested = False
    return mark


def _check_order(happenings: Sequence[ReturnHappening]) -> None:
    for earlier, later in pairwise(happenings):
        if later.at < earlier.at:
            raise EventOrderError("The events of this return are not in time order.")
