"""The life of a framework's version: every state with every event, told a second time by hand."""

import pytest

from outcomes.framework_lifecycle import (
    REFUSALS,
    STATE_WORDS,
    TRANSITIONS,
    Event,
    FrameworkRefusedError,
    Guard,
    State,
    changes,
    may,
    next_state,
)

D, P, S, A = State.DRAFT, State.PROPOSED, State.PARTLY_SIGNED, State.AGREED
# Where each event leads, from each state from which it may happen, and what must hold for it.
LEADS: dict[Event, tuple[dict[State, State], frozenset[Guard]]] = {
    Event.EDIT: ({D: D, P: D, S: D}, frozenset({Guard.VERSION_MATCHES})),
    Event.PROPOSE: (
        {D: P},
        frozenset({Guard.VERSION_MATCHES, Guard.OWNERS_KNOWN, Guard.COMPLETE}),
    ),
    Event.SIGN: ({P: S, S: S}, frozenset({Guard.SAME_CONTENT, Guard.NOT_YET_SIGNED})),
    Event.SIGN_LAST: ({P: A, S: A}, frozenset({Guard.SAME_CONTENT, Guard.NOT_YET_SIGNED})),
    Event.DECLINE: ({P: D, S: D}, frozenset({Guard.SAME_CONTENT, Guard.REASON_GIVEN})),
    Event.DISCARD: (
        dict.fromkeys((D, P, S), State.DISCARDED),
        frozenset({Guard.VERSION_MATCHES, Guard.REASON_GIVEN}),
    ),
    Event.PROPOSE_CHANGE: ({A: A}, frozenset({Guard.REASON_GIVEN, Guard.NOTHING_OPEN})),
    Event.PARTNER_MERGED: ({A: A}, frozenset()),
    Event.ADOPT: ({A: A}, frozenset({Guard.WAITS_TO_BE_ADOPTED})),
    Event.UNASSIGN: ({A: A, D: D}, frozenset()),
    Event.ASSIGN: (
        {A: A, D: D},
        frozenset({Guard.AUTHORITY_CHOOSES, Guard.WAITS_FOR_AN_OWNER, Guard.FOLLOWS}),
    ),
    Event.END: ({A: State.ENDED}, frozenset({Guard.REASON_GIVEN})),
    Event.SUPERSEDE: ({A: State.SUPERSEDED}, frozenset()),
}
EVERY = [(state, event) for state in State for event in Event]


@pytest.mark.parametrize(("state", "event"), EVERY)
def test_an_event_leads_where_the_table_says_or_is_refused_in_words(state, event):
    leads, needed = LEADS[event]

    if state in leads:
        assert next_state(state=state, event=event, holding=needed) == leads[state]
        assert may(state=state, event=event)
    else:
        with pytest.raises(FrameworkRefusedError, match=STATE_WORDS[state]) as refused:
            next_state(state=state, event=event, holding=frozenset(Guard))
        assert refused.value.guard is None
        assert not may(state=state, event=event)


@pytest.mark.parametrize(
    ("state", "event", "guard"),
    [
        (state, event, guard)
        for event, (leads, needed) in LEADS.items()
        for state in leads
        for guard in sorted(needed)
    ],
)
def test_each_guard_alone_keeps_a_step_from_being_taken(state, event, guard):
    with pytest.raises(FrameworkRefusedError) as refused:
        next_state(state=state, event=event, holding=LEADS[event][1] - {guard})

    assert refused.value.guard is guard
    assert str(refused.value) == REFUSALS[guard]


def test_what_was_replaced_given_up_or_ended_stays_so():
    for state in (State.SUPERSEDED, State.DISCARDED, State.ENDED):
        assert not any(may(state=state, event=event) for event in Event)


def test_the_changes_of_state_are_those_of_the_table():
    by_hand = {
        (before.value, after.value)
        for leads, _ in LEADS.values()
        for before, after in leads.items()
        if before != after
    }

    assert set(changes()) == by_hand


def test_every_event_has_one_row_of_the_table_for_each_state():
    asked = [(row.event, state) for row in TRANSITIONS for state in row.from_states]

    assert len(asked) == len(set(asked))
    assert {event for event, _ in asked} == set(Event)
