"""The life of a commitment: every state x event x actor, told a second time by hand."""

import pytest

from engagement.commitment_lifecycle import (
    EVENT_WORDS,
    LIFE,
    OPEN_STATES,
    REFUSALS,
    SETTLED,
    STATE_WORDS,
    Actor,
    CommitmentRefusedError,
    Event,
    Guard,
    State,
)
from engagement.models import CommitmentState

P, A, D, CG, CD = State.PROPOSED, State.AGREED, State.DECLINED, State.CLOSING, State.CLOSED
MOVER, OTHER, CENTRE, CHANGE = Actor
BOTH = {MOVER, OTHER}
REASON = {Guard.REASON_GIVEN}
MONEY = {Guard.SOURCE_SAID, Guard.YEAR_AND_AMOUNT, Guard.NOT_STATED_YET}
# Where each event leads from each state, who takes it, and what must hold.
LEADS = {
    (P, Event.CONFIRM): (A, {OTHER}, {Guard.ASSIGNED, Guard.OWNER_NAMED}),
    (P, Event.DECLINE): (D, {OTHER}, {Guard.ASSIGNED} | REASON),
    (A, Event.UPDATE): (A, BOTH, {Guard.ASSIGNED, Guard.NARRATIVE_GIVEN}),
    (A, Event.SEND_BACK): (
        A,
        {OTHER, CENTRE},
        {Guard.NEWEST_OF_ITS_SIDE, Guard.NOT_SENT_BACK_YET, Guard.COMMENT_GIVEN},
    ),
    (A, Event.PROPOSE_CHANGE): (
        A,
        BOTH,
        REASON
        | {Guard.ASSIGNED, Guard.NO_CHANGE_WAITS, Guard.DATE_OR_REASON, Guard.SOMETHING_CHANGES},
    ),
    (A, Event.ACCEPT_CHANGE): (A, {OTHER}, {Guard.STILL_WAITS}),
    (A, Event.REFUSE_CHANGE): (A, {OTHER}, {Guard.STILL_WAITS} | REASON),
    (A, Event.TAKE_BACK_CHANGE): (A, {MOVER}, {Guard.STILL_WAITS}),
    (A, Event.PROPOSE_CLOSURE): (
        CG,
        BOTH,
        {Guard.ASSIGNED, Guard.NO_CHANGE_WAITS, Guard.FINAL_STATUS},
    ),
    (CG, Event.CONFIRM_CLOSURE): (CD, {OTHER}, {Guard.STILL_WAITS}),
    (CG, Event.REFUSE_CLOSURE): (A, {OTHER}, {Guard.STILL_WAITS} | REASON),
    (CG, Event.TAKE_BACK_CLOSURE): (A, {MOVER}, {Guard.STILL_WAITS}),
    **{
        (state, event): (state, actors, {Guard.ASSIGNED} | needed)
        for state in (P, A, CG)
        for event, actors, needed in (
            (
                Event.DESCRIBE,
                BOTH,
                {Guard.AS_IT_WAS_READ, Guard.OWNER_NAMED, Guard.SOMETHING_CHANGES},
            ),
            (Event.NAME_OWNER, BOTH, {Guard.OWNER_OF_THE_BODY}),
            (Event.STATE_MONEY, BOTH, MONEY),
            (Event.CORRECT_MONEY, {MOVER}, MONEY | {Guard.STILL_STANDS, Guard.SOMETHING_CHANGES}),
            (Event.WITHDRAW_MONEY, {MOVER}, {Guard.STILL_STANDS} | REASON),
        )
    },
    (P, Event.MOVE): (P, {CHANGE}, set()),
    (A, Event.MOVE): (A, {CHANGE}, set()),
    (CG, Event.MOVE): (A, {CHANGE}, set()),
    (P, Event.ASSIGN): (P, BOTH, {Guard.UNASSIGNED, Guard.FOLLOWS}),
    (A, Event.ASSIGN): (A, BOTH, {Guard.UNASSIGNED, Guard.FOLLOWS}),
    (P, Event.RECONFIRM): (P, BOTH, {Guard.ASSIGNED, Guard.WAITS_FOR_THE_SIDE}),
    (A, Event.RECONFIRM): (A, BOTH, {Guard.ASSIGNED, Guard.WAITS_FOR_THE_SIDE}),
}


def test_the_table_and_the_model_name_the_same_states():
    assert {state.value for state in State} == set(CommitmentState.values)
    assert set(STATE_WORDS) == set(State) == {*OPEN_STATES, *SETTLED}
    assert set(EVENT_WORDS) == set(Event) == {event for _, event in LEADS}
    assert set(REFUSALS) == set(Guard) == {guard for row in LEADS.values() for guard in row[2]}


@pytest.mark.parametrize("actor", Actor)
@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("state", State)
def test_every_step_of_every_side_leads_where_it_may_or_is_refused_in_words(state, event, actor):
    target, actors, needed = LEADS.get((state, event), (None, set(), set()))

    assert LIFE.may(state=state, event=event, actor=actor) is (actor in actors)
    if actor in actors:
        assert LIFE.next_state(state=state, event=event, actor=actor, holding=needed) is target
    else:
        words = STATE_WORDS[state] if target is None else "side"
        with pytest.raises(CommitmentRefusedError, match=words) as refused:
            LIFE.next_state(state=state, event=event, actor=actor, holding=set(Guard))
        assert refused.value.guard is None


@pytest.mark.parametrize(
    ("state", "event", "guard"),
    [(*step, guard) for step, (_, _, needed) in LEADS.items() for guard in sorted(needed)],
)
def test_each_guard_alone_keeps_a_step_from_being_taken(state, event, guard):
    _, actors, needed = LEADS[state, event]
    for actor in actors:
        with pytest.raises(CommitmentRefusedError) as refused:
            LIFE.next_state(state=state, event=event, actor=actor, holding=needed - {guard})
        assert (refused.value.guard, str(refused.value)) == (guard, REFUSALS[guard])


def test_the_changes_of_state_are_these_and_no_others():
    assert set(LIFE.changes()) == {
        (before.value, after.value)
        for (before, _), (after, _, _) in LEADS.items()
        if before != after
    }


@pytest.mark.parametrize("state", SETTLED)
def test_what_is_declined_or_closed_stays_so(state):
    assert LIFE.open_events(state=state) == ()
