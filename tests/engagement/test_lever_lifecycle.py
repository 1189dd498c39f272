"""The table of a lever's life."""

import pytest

from engagement.lever_lifecycle import (
    EVENT_WORDS,
    REFUSALS,
    STATE_WORDS,
    TRANSITIONS,
    Event,
    Guard,
    LeverRefusedError,
    State,
    changes,
    may,
    next_state,
)

ALL = set(Guard)


@pytest.mark.parametrize(
    ("before", "event", "after"),
    [
        (State.DRAFT, Event.EDIT, State.DRAFT),
        (State.DRAFT, Event.KEEP, State.KEPT),
        (State.DRAFT, Event.ARCHIVE, State.ARCHIVED),
        (State.KEPT, Event.EDIT, State.KEPT),
        (State.KEPT, Event.ARCHIVE, State.ARCHIVED),
        (State.KEPT, Event.SHARE, State.KEPT),
        (State.KEPT, Event.STOP_SHARING, State.KEPT),
        (State.KEPT, Event.TURN, State.KEPT),
        (State.ARCHIVED, Event.BRING_BACK, State.DRAFT),
    ],
)
def test_a_step_leads_where_the_table_says(before, event, after):
    assert may(state=before, event=event)
    assert next_state(state=before, event=event, holding=ALL) == after


def test_no_other_step_is_taken():
    allowed = {(before, row.event) for row in TRANSITIONS for before in row.from_states}
    others = [(state, event) for state in State for event in Event if (state, event) not in allowed]

    for state, event in others:
        assert not may(state=state, event=event)
        with pytest.raises(LeverRefusedError, match=STATE_WORDS[state]):
            next_state(state=state, event=event, holding=ALL)
    assert len(others) == len(State) * len(Event) - 9


@pytest.mark.parametrize(
    ("state", "event", "guard"),
    [
        (state, row.event, guard)
        for row in TRANSITIONS
        for state in State
        if state in row.from_states
        for guard in row.guards
    ],
)
def test_a_guard_that_does_not_hold_says_why(state, event, guard):
    with pytest.raises(LeverRefusedError) as refused:
        next_state(state=state, event=event, holding=ALL - {guard})

    assert refused.value.guard is guard
    assert str(refused.value) == REFUSALS[guard]


def test_the_database_is_told_of_each_change_of_state():
    assert changes() == (
        ("archived", "draft"),
        ("draft", "archived"),
        ("draft", "kept"),
        ("kept", "archived"),
    )


def test_every_word_is_there():
    assert set(EVENT_WORDS) == set(Event)
    assert set(STATE_WORDS) == set(State)
    assert set(REFUSALS) == set(Guard)
