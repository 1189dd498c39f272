"""The life of an example's version: every state with every event, told a second time by hand."""

import pytest

from engagement.practice_lifecycle import (
    OPEN_STATES,
    REFUSALS,
    STATE_WORDS,
    Actor,
    Event,
    Guard,
    PracticeRefusedError,
    State,
    changes,
    may,
    next_state,
)

B, C = Actor.BODY, Actor.CENTRE
SEEN, SAID = frozenset({Guard.VERSION_MATCHES}), frozenset({Guard.REASON_GIVEN})
OPEN = {State.DRAFT, State.RETURNED}
LEADS = {
    Event.EDIT: (OPEN, State.DRAFT, B, SEEN),
    Event.PROPOSE: (OPEN, State.PROPOSED, B, SEEN),
    Event.PUBLISH: ({State.PROPOSED}, State.PUBLISHED, C, SEEN),
    Event.RETURN: ({State.PROPOSED}, State.RETURNED, C, SAID),
    Event.WITHDRAW: ({State.PUBLISHED}, State.WITHDRAWN, C, SAID),
    Event.REPLACE: ({State.PUBLISHED}, State.REPLACED, C, frozenset()),
}


@pytest.mark.parametrize("actor", Actor)
@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("state", State)
def test_an_event_leads_where_the_table_says_or_is_refused_in_words(state, event, actor):
    sources, target, who, needed = LEADS[event]

    assert may(state=state, event=event) is (state in sources)
    if state in sources and actor is who:
        assert next_state(state=state, event=event, actor=actor, holding=needed) is target
    else:
        with pytest.raises(PracticeRefusedError, match=STATE_WORDS[state]) as refused:
            next_state(state=state, event=event, actor=actor, holding=frozenset(Guard))
        assert refused.value.guard is None


@pytest.mark.parametrize(
    ("event", "guard"), [(event, guard) for event, row in LEADS.items() for guard in row[3]]
)
def test_each_guard_alone_keeps_a_step_from_being_taken(event, guard):
    sources, _, actor, needed = LEADS[event]
    for state in sources:
        with pytest.raises(PracticeRefusedError) as refused:
            next_state(state=state, event=event, actor=actor, holding=needed - {guard})
        assert (refused.value.guard, str(refused.value)) == (guard, REFUSALS[guard])


def test_changes_are_those_of_the_table_and_no_other():
    assert set(changes()) == {
        (source.value, target.value)
        for sources, target, _, _ in LEADS.values()
        for source in sources
        if source is not target
    }


def test_what_is_replaced_or_withdrawn_stays_so():
    for state in (State.REPLACED, State.WITHDRAWN):
        assert state not in OPEN_STATES
        assert not any(may(state=state, event=event) for event in Event)
