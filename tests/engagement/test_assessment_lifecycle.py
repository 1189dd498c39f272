"""The life of a national view: every state, event and role, told a second time by hand."""

import pytest

from authorities.models import Role
from engagement.assessment_lifecycle import (
    JOB,
    REFUSALS,
    STATE_WORDS,
    TRANSITIONS,
    AssessmentRefusedError,
    Event,
    Guard,
    State,
    changes,
    may,
    next_state,
)
from engagement.assessment_terms import EVENT_LABELS, EVENT_WORDS, STATE_LABELS

N, D, I, M = State.NOT_STARTED, State.NATIONAL_DRAFT, State.IN_MODERATION, State.MODERATED  # noqa: E741 - as the table's columns
S, R, U, F, X = (
    State.SHARED,
    State.REPLIED,
    State.UNCHALLENGED,
    State.FINAL,
    State.NOT_ASSESSED,
)
G = Guard
ANALYSTS = {"analyst", "lead_analyst"}
MODERATORS = {"moderator", "lead_analyst"}
LEAD = {"lead_analyst"}
ROUND = {"administrator", "job"}
DECIDING = {G.VERSION_MATCHES, G.NO_INTEREST, G.NOT_DRAFTER}
RESOLVING = DECIDING | {
    G.CHALLENGED,
    G.NOT_RESOLVED_YET,
    G.LEVEL_IS_ANOTHER,
    G.REASON_GIVEN,
}
# Where each event leads from each state, who may bring it, and what must hold for it.
LEADS: dict[Event, tuple[dict[State, State], set[str], set[Guard]]] = {
    Event.ALLOCATE: (
        {N: N, D: D},
        LEAD,
        {
            G.NOT_PUBLISHED,
            G.ASSIGNEE_MAY_DRAFT,
            G.ASSIGNEE_HAS_NO_INTEREST,
            G.ASSIGNEE_IS_NOT_LAST_DRAFTER,
        },
    ),
    Event.TAKE_UP: (
        {N: D},
        ANALYSTS,
        {
            G.NOT_PUBLISHED,
            G.TIME_TO_DRAFT,
            G.ALLOCATED_TO_THEM,
            G.NO_INTEREST,
            G.NOT_LAST_DRAFTER,
        },
    ),
    Event.SAVE: (
        {D: D},
        ANALYSTS,
        {G.NOT_PUBLISHED, G.ALLOCATED_TO_THEM, G.NO_INTEREST, G.VERSION_MATCHES},
    ),
    Event.MARK_NOT_ASSESSED: (
        {N: X, D: X},
        ANALYSTS,
        {
            G.NOT_PUBLISHED,
            G.CLOSING_DAY_OVER,
            G.NO_OWN_VIEW,
            G.NO_EVIDENCE,
            G.NO_INTEREST,
            G.REASON_GIVEN,
        },
    ),
    Event.UNMARK: ({X: N}, LEAD, {G.NO_REVISION_STANDS, G.NO_INTEREST, G.REASON_GIVEN}),
    Event.SEND: (
        {D: I},
        ANALYSTS,
        {
            G.NOT_PUBLISHED,
            G.ALLOCATED_TO_THEM,
            G.NO_INTEREST,
            G.VERSION_MATCHES,
            G.LEVEL_ON_EACH_SIDE,
            G.CHANGE_EXPLAINED,
            G.RATIONALE_ON_EACH_SIDE,
            G.EVIDENCE_AT_HIGH_AND_LOW,
        },
    ),
    Event.RETURN: ({I: D}, MODERATORS, DECIDING | {G.REASON_GIVEN}),
    Event.AGREE: ({I: M}, MODERATORS, DECIDING | {G.NOT_LAST_DRAFTER}),
    Event.SHARE: ({M: S}, MODERATORS | ROUND, {G.REPLY_STARTED, G.READERS_ON_BOTH_SIDES}),
    Event.SHARE_WITHOUT_READER: ({M: S}, LEAD, {G.REPLY_STARTED, G.REASON_GIVEN}),
    Event.REPLY: (
        {S: S},
        {"signatory"},
        {
            G.OWN_SIDE,
            G.WINDOW_OPEN,
            G.CHOICE_MADE,
            G.DISAGREEMENT_EXPLAINED,
            G.DISAGREEMENT_SHOWN,
            G.VERSION_MATCHES,
        },
    ),
    Event.CLOSE_CHALLENGED: ({S: R}, ROUND, {G.WINDOW_OVER}),
    Event.CLOSE_UNCHALLENGED: ({S: U}, ROUND, {G.WINDOW_OVER}),
    Event.REOPEN_WINDOW: ({R: S, U: S}, ROUND, {G.REPLY_STARTED}),
    Event.RESOLVE: ({R: R}, MODERATORS, RESOLVING),
    Event.RESOLVE_LAST: ({R: F}, MODERATORS, RESOLVING),
    Event.FINALISE: ({R: F, U: F}, MODERATORS, {G.NO_INTEREST, G.CHALLENGES_RESOLVED}),
    Event.UNFINALISE: (
        {F: I},
        LEAD,
        {G.VERSION_MATCHES, G.NO_INTEREST, G.NO_REVISION_STANDS, G.REASON_GIVEN},
    ),
    Event.WITHDRAW_EVIDENCE: (
        {one: one for one in (D, I, M, S, R, U, F)},
        ANALYSTS,
        {G.NOT_WITHDRAWN_YET, G.GAVE_IT_OR_LEADS, G.REASON_GIVEN},
    ),
    Event.ANSWER_SECOND_LOOK: (
        {one: one for one in (I, M, S, R, U, F)},
        MODERATORS,
        {G.SECOND_LOOK_ASKED, G.NO_INTEREST, G.NOT_DRAFTER, G.REASON_GIVEN},
    ),
    Event.PROPOSE_CORRECTION: (
        {F: F},
        ANALYSTS,
        {
            G.ROUND_PUBLISHED,
            G.VERSION_MATCHES,
            G.NO_INTEREST,
            G.NO_CORRECTION_WAITS,
            G.CORRECTS_THE_LEVEL,
            G.CHANGE_EXPLAINED,
            G.RATIONALE_GIVEN,
            G.EVIDENCE_AT_HIGH_AND_LOW,
            G.REASON_GIVEN,
        },
    ),
    Event.APPROVE_CORRECTION: (
        {F: F},
        MODERATORS,
        {G.CORRECTION_WAITS, G.VERSION_MATCHES, G.NO_INTEREST, G.NOT_PROPOSER},
    ),
    Event.DECLINE_CORRECTION: (
        {F: F},
        MODERATORS,
        {G.CORRECTION_WAITS, G.NO_INTEREST, G.NOT_PROPOSER, G.REASON_GIVEN},
    ),
    Event.TAKE_CORRECTION_BACK: (
        {F: F},
        ANALYSTS,
        {G.CORRECTION_WAITS, G.PROPOSED_IT_OR_LEADS, G.REASON_GIVEN},
    ),
}
ROLES = [*Role.values, JOB]
EVERY = [(state, event, role) for state in State for event in Event for role in ROLES]


@pytest.mark.parametrize(("state", "event", "role"), EVERY)
def test_an_event_leads_where_the_table_says_or_is_refused_in_words(state, event, role):
    leads, roles, needed = LEADS[event]

    if state in leads and role in roles:
        assert next_state(state=state, event=event, role=role, holding=needed) == leads[state]
        assert may(state=state, event=event, role=role)
        return
    with pytest.raises(AssessmentRefusedError) as refused:
        next_state(state=state, event=event, role=role, holding=frozenset(Guard))
    said = f"as {role.replace('_', ' ')}" if state in leads else STATE_WORDS[state]
    assert said in str(refused.value)
    assert EVENT_WORDS[event] in str(refused.value)
    assert refused.value.guards == ()
    assert not may(state=state, event=event, role=role)


@pytest.mark.parametrize(
    ("state", "event", "role", "guard"),
    [
        (state, event, role, guard)
        for event, (leads, roles, needed) in LEADS.items()
        for state in leads
        for role in sorted(roles)
        for guard in sorted(needed)
    ],
)
def test_each_guard_alone_keeps_a_step_from_being_taken(state, event, role, guard):
    with pytest.raises(AssessmentRefusedError) as refused:
        next_state(state=state, event=event, role=role, holding=LEADS[event][2] - {guard})

    assert refused.value.guards == (guard,)
    assert REFUSALS[guard] in str(refused.value)


def test_all_that_does_not_hold_is_said_at_once():
    with pytest.raises(AssessmentRefusedError) as refused:
        next_state(state=State.NATIONAL_DRAFT, event=Event.SEND, role="analyst")

    assert set(refused.value.guards) == LEADS[Event.SEND][2]


def test_the_changes_of_state_are_those_of_the_table():
    by_hand = {
        (before.value, after.value)
        for leads, _, _ in LEADS.values()
        for before, after in leads.items()
        if before != after
    }

    assert set(changes()) == by_hand


def test_every_event_has_one_row_of_the_table_for_each_state():
    asked = [(row.event, state) for row in TRANSITIONS for state in row.from_states]

    assert len(asked) == len(set(asked))
    assert {event for event, _ in asked} == set(Event)


def test_every_state_event_and_guard_has_its_words():
    assert set(STATE_WORDS) == set(STATE_LABELS) == set(State)
    assert set(EVENT_WORDS) == set(EVENT_LABELS) == set(Event)
    assert set(REFUSALS) == set(Guard)
    assert {guard for row in TRANSITIONS for guard in row.guards} == set(Guard)
