"""The table of an upload's steps, and the database that holds it."""

import pytest
from django.db import IntegrityError, transaction

from outcomes.models import Upload, UploadState
from outcomes.upload_lifecycle import (
    EVENT_WORDS,
    REFUSALS,
    REFUSED,
    STATE_WORDS,
    TRANSITIONS,
    UNFINISHED,
    WAITING_FOR_SENDER,
    Event,
    Guard,
    State,
    UploadRefusedError,
    changes,
    may,
    next_state,
)
from tests.factories.authorities import StrategicAuthorityFactory, UserFactory
from tests.factories.outcomes import NOW, ReleaseFactory, UploadFactory


def test_the_table_and_the_model_name_the_same_states():
    assert {state.value for state in State} == set(UploadState.values)


def test_every_state_event_and_guard_has_its_words_and_its_place():
    assert set(STATE_WORDS) == set(State)
    assert set(EVENT_WORDS) == set(Event) == {row.event for row in TRANSITIONS}
    assert set(REFUSALS) == set(Guard) == {guard for row in TRANSITIONS for guard in row.guards}


def test_an_event_leads_one_way_from_each_state():
    pairs = [(state, row.event) for row in TRANSITIONS for state in row.from_states]

    assert len(pairs) == len(set(pairs))


def test_whoever_waits_is_known_in_every_state():
    ended = {State.COMMITTED, State.CANCELLED, State.FAILED}

    assert {*UNFINISHED, *REFUSED, *WAITING_FOR_SENDER, *ended} == set(State)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", Event)
def test_a_step_is_taken_where_the_table_has_it_and_refused_elsewhere(state, event):
    rows = [row for row in TRANSITIONS if row.event == event and state in row.from_states]

    if rows:
        assert next_state(state=state, event=event, holding=list(Guard)) == rows[0].to
    else:
        with pytest.raises(UploadRefusedError, match=STATE_WORDS[state]) as caught:
            next_state(state=state, event=event, holding=list(Guard))
        assert caught.value.guard is None
    assert may(state=state, event=event) == bool(rows)


@pytest.mark.parametrize("row", [row for row in TRANSITIONS if row.guards])
def test_a_guard_that_does_not_hold_refuses_the_step(row):
    (guard,) = row.guards
    state = next(iter(row.from_states))

    with pytest.raises(UploadRefusedError) as caught:
        next_state(state=state, event=row.event, holding=set(Guard) - {guard})

    assert caught.value.guard == guard
    assert str(caught.value) == REFUSALS[guard]


def test_nothing_is_stored_that_nobody_confirmed():
    into_storing = {before for before, after in changes() if after == State.STORING}
    into_committed = {before for before, after in changes() if after == State.COMMITTED}

    assert into_storing == {State.READY}
    assert into_committed == {State.STORING}


def refused_by_the_database(upload, state):
    """Try a change of state, and undo it."""
    try:
        with transaction.atomic():
            Upload.objects.filter(pk=upload.pk).update(state=state)
            transaction.set_rollback(True)
    except IntegrityError as error:
        return "an upload does not go from" in str(error)
    return False


@pytest.mark.django_db
@pytest.mark.parametrize("before", UploadState.values)
def test_the_database_takes_the_steps_of_the_table_and_no_others(before):
    upload = UploadFactory(
        state=before,
        confirmed_at=NOW,
        confirmed_by=UserFactory(),
        release=ReleaseFactory(body=StrategicAuthorityFactory()),
    )

    refused = {
        after
        for after in UploadState.values
        if after != before and refused_by_the_database(upload, after)
    }

    allowed = {after for step, after in changes() if step == before}
    assert refused == set(UploadState.values) - allowed - {before}
