"""The life of the national view of a pair: one table of transitions, and why a step is refused.

The table holds every event, from which states, by whom and under which guards. Callers work the
guards out and say which hold; nothing here asks a database. The database refuses every change of
state that the table does not hold, by a trigger made from it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from engagement.assessment_terms import (
    EVENT_LABELS,
    EVENT_WORDS,
    REFUSALS,
    STATE_LABELS,
    STATE_WORDS,
    Event,
    Guard,
    State,
)

__all__ = [
    "DECIDED",
    "EVENT_LABELS",
    "EVENT_WORDS",
    "JOB",
    "REFUSALS",
    "SETTLED",
    "STATE_LABELS",
    "STATE_WORDS",
    "TRANSITIONS",
    "AssessmentRefusedError",
    "Event",
    "Guard",
    "State",
    "Transition",
    "changes",
    "may",
    "next_state",
]

# Roles, as `authorities.models.Role` stores them; a job is nobody.
_SIGNATORY = frozenset({"signatory"})
_LEAD = frozenset({"lead_analyst"})
_ANALYSTS = frozenset({"analyst", "lead_analyst"})
_MODERATORS = frozenset({"moderator", "lead_analyst"})
JOB = "job"
_ROUND = frozenset({JOB, "administrator"})


class AssessmentRefusedError(Exception):
    """A step may not be taken; the message says why to the person who tried.

    `guards` names those that did not hold; it is empty when the state or the role refused.
    """

    def __init__(self, message: str, *, guards: tuple[Guard, ...] = ()) -> None:
        self.guards = guards
        super().__init__(message)


@dataclass(frozen=True)
class Transition:
    """One row of the table. `to` None keeps the state."""

    from_states: frozenset[State]
    event: Event
    roles: frozenset[str]
    guards: tuple[Guard, ...]
    to: State | None


_S, _E, _G = State, Event, Guard
_NOT_STARTED = frozenset({_S.NOT_STARTED})
_DRAFT = frozenset({_S.NATIONAL_DRAFT})
_IN_MODERATION = frozenset({_S.IN_MODERATION})
_MODERATED = frozenset({_S.MODERATED})
_SHARED = frozenset({_S.SHARED})
_REPLIED = frozenset({_S.REPLIED})
_REPLY_OVER = frozenset({_S.REPLIED, _S.UNCHALLENGED})
_FINAL = frozenset({_S.FINAL})

# Moderated or later: the findings give the pair's levels.
DECIDED = _MODERATED | _SHARED | _REPLY_OVER | _FINAL
# What lets the round's reply begin, and what lets it be published.
SETTLED = DECIDED | {_S.NOT_ASSESSED}

_DECIDING = (_G.VERSION_MATCHES, _G.NO_INTEREST, _G.NOT_DRAFTER)
_RESOLVING = (
    *_DECIDING,
    _G.CHALLENGED,
    _G.NOT_RESOLVED_YET,
    _G.LEVEL_IS_ANOTHER,
    _G.REASON_GIVEN,
)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        _NOT_STARTED | _DRAFT,
        _E.ALLOCATE,
        _LEAD,
        (
            _G.NOT_PUBLISHED,
            _G.ASSIGNEE_MAY_DRAFT,
            _G.ASSIGNEE_HAS_NO_INTEREST,
            _G.ASSIGNEE_IS_NOT_LAST_DRAFTER,
        ),
        None,
    ),
    Transition(
        _NOT_STARTED,
        _E.TAKE_UP,
        _ANALYSTS,
        (
            _G.NOT_PUBLISHED,
            _G.TIME_TO_DRAFT,
            _G.ALLOCATED_TO_THEM,
            _G.NO_INTEREST,
            _G.NOT_LAST_DRAFTER,
        ),
        _S.NATIONAL_DRAFT,
    ),
    Transition(
        _DRAFT,
        _E.SAVE,
        _ANALYSTS,
        (_G.NOT_PUBLISHED, _G.ALLOCATED_TO_THEM, _G.NO_INTEREST, _G.VERSION_MATCHES),
        None,
    ),
    Transition(
        _NOT_STARTED | _DRAFT,
        _E.MARK_NOT_ASSESSED,
        _ANALYSTS,
        (
            _G.NOT_PUBLISHED,
            _G.CLOSING_DAY_OVER,
            _G.NO_OWN_VIEW,
            _G.NO_EVIDENCE,
            _G.NO_INTEREST,
            _G.REASON_GIVEN,
        ),
        _S.NOT_ASSESSED,
    ),
    Transition(
        frozenset({_S.NOT_ASSESSED}),
        _E.UNMARK,
        _LEAD,
        (_G.NO_REVISION_STANDS, _G.NO_INTEREST, _G.REASON_GIVEN),
        _S.NOT_STARTED,
    ),
    Transition(
        _DRAFT,
        _E.SEND,
        _ANALYSTS,
        (
            _G.NOT_PUBLISHED,
            _G.ALLOCATED_TO_THEM,
            _G.NO_INTEREST,
            _G.VERSION_MATCHES,
            _G.LEVEL_ON_EACH_SIDE,
            _G.CHANGE_EXPLAINED,
            _G.RATIONALE_ON_EACH_SIDE,
            _G.EVIDENCE_AT_HIGH_AND_LOW,
        ),
        _S.IN_MODERATION,
    ),
    Transition(
        _IN_MODERATION,
        _E.RETURN,
        _MODERATORS,
        (*_DECIDING, _G.REASON_GIVEN),
        _S.NATIONAL_DRAFT,
    ),
    Transition(
        _IN_MODERATION, _E.AGREE, _MODERATORS, (*_DECIDING, _G.NOT_LAST_DRAFTER), _S.MODERATED
    ),
    Transition(
        _MODERATED,
        _E.SHARE,
        _MODERATORS | _ROUND,
        (_G.REPLY_STARTED, _G.READERS_ON_BOTH_SIDES),
        _S.SHARED,
    ),
    Transition(
        _MODERATED,
        _E.SHARE_WITHOUT_READER,
        _LEAD,
        (_G.REPLY_STARTED, _G.REASON_GIVEN),
        _S.SHARED,
    ),
    Transition(
        _SHARED,
        _E.REPLY,
        _SIGNATORY,
        (
            _G.OWN_SIDE,
            _G.WINDOW_OPEN,
            _G.CHOICE_MADE,
            _G.DISAGREEMENT_EXPLAINED,
            _G.DISAGREEMENT_SHOWN,
            _G.VERSION_MATCHES,
        ),
        None,
    ),
    Transition(_SHARED, _E.CLOSE_CHALLENGED, _ROUND, (_G.WINDOW_OVER,), _S.REPLIED),
    Transition(_SHARED, _E.CLOSE_UNCHALLENGED, _ROUND, (_G.WINDOW_OVER,), _S.UNCHALLENGED),
    Transition(_REPLY_OVER, _E.REOPEN_WINDOW, _ROUND, (_G.REPLY_STARTED,), _S.SHARED),
    Transition(_REPLIED, _E.RESOLVE, _MODERATORS, _RESOLVING, None),
    Transition(_REPLIED, _E.RESOLVE_LAST, _MODERATORS, _RESOLVING, _S.FINAL),
    # A challenge that was resolved stays so when the reply is opened again and closes.
    Transition(
        _REPLY_OVER,
        _E.FINALISE,
        _MODERATORS,
        (_G.NO_INTEREST, _G.CHALLENGES_RESOLVED),
        _S.FINAL,
    ),
    Transition(
        _FINAL,
        _E.UNFINALISE,
        _LEAD,
        (_G.VERSION_MATCHES, _G.NO_INTEREST, _G.NO_REVISION_STANDS, _G.REASON_GIVEN),
        _S.IN_MODERATION,
    ),
    # A level never follows from it: what is past the draft asks for a second look.
    Transition(
        _DRAFT | _IN_MODERATION | DECIDED,
        _E.WITHDRAW_EVIDENCE,
        _ANALYSTS,
        (_G.NOT_WITHDRAWN_YET, _G.GAVE_IT_OR_LEADS, _G.REASON_GIVEN),
        None,
    ),
    Transition(
        _IN_MODERATION | DECIDED,
        _E.ANSWER_SECOND_LOOK,
        _MODERATORS,
        (_G.SECOND_LOOK_ASKED, _G.NO_INTEREST, _G.NOT_DRAFTER, _G.REASON_GIVEN),
        None,
    ),
    # What was published stays final; a correction stands beside it.
    Transition(
        _FINAL,
        _E.PROPOSE_CORRECTION,
        _ANALYSTS,
        (
            _G.ROUND_PUBLISHED,
            _G.VERSION_MATCHES,
            _G.NO_INTEREST,
            _G.NO_CORRECTION_WAITS,
            _G.CORRECTS_THE_LEVEL,
            _G.CHANGE_EXPLAINED,
            _G.RATIONALE_GIVEN,
            _G.EVIDENCE_AT_HIGH_AND_LOW,
            _G.REASON_GIVEN,
        ),
        None,
    ),
    Transition(
        _FINAL,
        _E.APPROVE_CORRECTION,
        _MODERATORS,
        (_G.CORRECTION_WAITS, _G.VERSION_MATCHES, _G.NO_INTEREST, _G.NOT_PROPOSER),
        None,
    ),
    Transition(
        _FINAL,
        _E.DECLINE_CORRECTION,
        _MODERATORS,
        (_G.CORRECTION_WAITS, _G.NO_INTEREST, _G.NOT_PROPOSER, _G.REASON_GIVEN),
        None,
    ),
    Transition(
        _FINAL,
        _E.TAKE_CORRECTION_BACK,
        _ANALYSTS,
        (_G.CORRECTION_WAITS, _G.PROPOSED_IT_OR_LEADS, _G.REASON_GIVEN),
        None,
    ),
)


def next_state(*, state: str, event: Event, role: str, holding: Collection[Guard] = ()) -> State:
    """Return the state that a step leads to, or say why it may not be taken.

    Args:
        state: where the assessment is, a value of `State`.
        event: what somebody wants to do.
        role: as whom: one role of theirs at the centre or at the body; `JOB` for a round's date.
        holding: the guards that hold. One that is not named does not hold.

    Returns:
        The new state; the same one where the step keeps it.

    Raises:
        AssessmentRefusedError: the state does not allow the step, the role may not take it, or a
            guard does not hold; asked in this order, with all guards said at once.

    Source: the project's own table.
    """
    row = _row(state=state, event=event)
    if row is None:
        raise AssessmentRefusedError(
            f"This national view {STATE_WORDS[State(state)]}, so you cannot {EVENT_WORDS[event]}."
        )
    if role not in row.roles:
        allowed = " or ".join(sorted(name.replace("_", " ") for name in row.roles - {JOB}))
        raise AssessmentRefusedError(
            f"You cannot {EVENT_WORDS[event]} as {role.replace('_', ' ')}. Ask the {allowed}."
        )
    if failed := tuple(guard for guard in row.guards if guard not in holding):
        raise AssessmentRefusedError(
            f"You cannot {EVENT_WORDS[event]}. {' '.join(REFUSALS[guard] for guard in failed)}",
            guards=failed,
        )
    return State(state) if row.to is None else row.to


def _row(*, state: str, event: Event) -> Transition | None:
    return next(
        (row for row in TRANSITIONS if row.event == event and state in row.from_states), None
    )


def may(*, state: str, event: Event, role: str) -> bool:
    """Return whether a role may try a step from a state, guards aside; for what a page offers."""
    row = _row(state=state, event=event)
    return row is not None and role in row.roles


def changes() -> tuple[tuple[str, str], ...]:
    """Return each change of state that the table allows, once, in order."""
    return tuple(
        sorted(
            {
                (before.value, row.to.value)
                for row in TRANSITIONS
                for before in row.from_states
                if row.to is not None and before != row.to
            }
        )
    )
