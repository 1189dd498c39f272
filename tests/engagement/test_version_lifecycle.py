"""The table of steps of a draft."""

import itertools

import pytest

from engagement.version_lifecycle import (
    EVENT_WORDS,
    REFUSALS,
    STATE_WORDS,
    TRANSITIONS,
    Event,
    Guard,
    State,
    StepRefusedError,
    changes,
    next_state,
)

ALL = frozenset(Guard)


@pytest.mark.parametrize(
    ("state", "event", "to"),
    [
        ("draft", "edit", "draft"),
        ("proposed", "edit", "draft"),
        ("draft", "propose", "proposed"),
        ("proposed", "decline", "draft"),
        ("proposed", "approve", "approved"),
        ("draft", "discard", "discarded"),
        ("proposed", "discard", "discarded"),
    ],
)
def test_the_steps_of_a_draft(state: str, event: str, to: str) -> None:
    assert next_state(state=State(state), event=Event(event), holding=ALL) == to


def test_nothing_else_is_a_step() -> None:
    known = {(state, row.event) for row in TRANSITIONS for state in row.from_states}

    for state, event in itertools.product(State, Event):
        if (state, event) not in known:
            with pytest.raises(StepRefusedError, match="cannot be"):
                next_state(state=state, event=event, holding=ALL)
    assert len(known) == 7


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: row.event)
def test_a_guard_that_does_not_hold_is_named(row) -> None:
    for guard in row.guards:
        with pytest.raises(StepRefusedError) as refused:
            next_state(state=min(row.from_states), event=row.event, holding=ALL - {guard})
        assert refused.value.guard is guard
        assert str(refused.value) == REFUSALS[guard]


def test_an_approval_needs_a_second_person_and_no_fault() -> None:
    row = next(one for one in TRANSITIONS if one.event is Event.APPROVE)

    assert set(row.guards) >= {Guard.SECOND_PERSON, Guard.WITHOUT_FAULTS, Guard.REVISION_MATCHES}


def test_what_was_decided_on_goes_nowhere() -> None:
    assert {before for before, _ in changes()} == {State.DRAFT, State.PROPOSED}
    assert set(STATE_WORDS) == set(State)
    assert set(EVENT_WORDS) == set(Event)
