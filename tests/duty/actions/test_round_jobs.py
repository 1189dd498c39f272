"""The job that opens and closes rounds on their days."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from duty.actions import round_jobs, round_stages
from duty.models import Round, RoundHappening, RoundState
from duty.queries.due_rounds import due_rounds, turns_ahead
from duty.round_checks import digest
from duty.round_lifecycle import RoundEvent
from tests.factories.authorities import NationalMembershipFactory
from tests.factories.duty import ExpectedReturnFactory, RoundFactory, send, tell_return, today

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_time")]


def scheduled(**more):
    """A scheduled round with a body, stored as it is."""
    made = RoundFactory(state=RoundState.SCHEDULED, **more)
    ExpectedReturnFactory(round=made)
    return made


def happened(type_):
    return RoundHappening.objects.filter(type=type_).count()


@pytest.mark.parametrize(
    ("now", "state"),
    [
        # Midnight in London is an hour before midnight in UTC in summer.
        (datetime(2027, 5, 31, 22, 59, tzinfo=UTC), RoundState.SCHEDULED),
        (datetime(2027, 5, 31, 23, 0, tzinfo=UTC), RoundState.OPEN),
    ],
)
def test_a_round_opens_when_its_day_begins_in_london(now, state):
    made = scheduled(
        opens_on=date(2027, 6, 1), due_on=date(2027, 7, 1), edits_until=date(2027, 7, 8)
    )

    round_jobs.turn_due(at=now)

    made.refresh_from_db()
    assert made.state == state


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (datetime(2027, 7, 8, 22, 59, tzinfo=UTC), RoundState.OPEN),
        (datetime(2027, 7, 8, 23, 0, tzinfo=UTC), RoundState.CLOSED),
    ],
)
def test_the_last_day_belongs_to_the_round(now, state):
    made = RoundFactory(
        opens_on=date(2027, 6, 1), due_on=date(2027, 7, 1), edits_until=date(2027, 7, 8)
    )

    round_jobs.turn_due(at=now)

    made.refresh_from_db()
    assert made.state == state


def test_a_round_is_opened_once_however_often_the_job_comes():
    scheduled(opens_on=today())

    turned = [round_jobs.turn_due(at=timezone.now()) for _time in range(3)]

    assert turned == [1, 0, 0]
    assert happened("open") == 1


def test_drafts_and_closed_rounds_are_left_alone():
    for state in (RoundState.DRAFT, RoundState.CLOSED, RoundState.PUBLISHED):
        RoundFactory(state=state, due_on=today() - timedelta(9), edits_until=today() - timedelta(1))

    assert due_rounds(now=timezone.now()) == []
    assert round_jobs.turn_due(at=timezone.now()) == 0


@pytest.mark.slow
def test_a_close_that_awaits_sign_off_is_held_up_once_in_words_until_somebody_confirms():
    story = tell_return()
    send(story)
    at = timezone.now() + timedelta(days=(story.round.edits_until - today()).days + 1)
    day = story.round.edits_until + timedelta(days=1)

    for _time in range(3):
        assert round_jobs.turn_due(at=at) == 0

    turn = turns_ahead(now=at)[0]
    assert happened("hold_up") == 1
    assert (turn.event, turn.day, turn.is_due) == (RoundEvent.CLOSE, day, True)
    assert "The job cannot close the round. Some returns await sign-off." in turn.held_up_by

    round_stages.close(
        round_=story.round,
        confirmed=digest(keys=[story.authority.slug]),
        by=NationalMembershipFactory(role="administrator").user,
        at=at,
    )

    assert [turn.event for turn in turns_ahead(now=at)] == [RoundEvent.START_REPLY]


def test_a_round_that_cannot_open_stops_no_other():
    stuck = RoundFactory(state=RoundState.SCHEDULED, opens_on=today() - timedelta(1))
    other = scheduled(opens_on=today())

    assert round_jobs.turn_due(at=timezone.now()) == 1

    other.refresh_from_db()
    stuck.refresh_from_db()
    assert (other.state, stuck.state) == (RoundState.OPEN, RoundState.SCHEDULED)
    assert "No authority is expected" in turns_ahead(now=timezone.now())[0].held_up_by


def test_what_is_ahead_says_day_and_step():
    later = scheduled(opens_on=today() + timedelta(days=3))
    RoundFactory()

    turns = turns_ahead(now=timezone.now())

    assert [turn.event for turn in turns] == [RoundEvent.OPEN, RoundEvent.CLOSE]
    assert (turns[0].round, turns[0].day, turns[0].is_due) == (later, later.opens_on, False)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_open_a_round_once():
    made = scheduled(opens_on=today())
    start = Barrier(2)
    turned = []

    def work():
        start.wait()
        try:
            turned.append(round_jobs.turn_due(at=timezone.now()))
        finally:
            connection.close()

    threads = [Thread(target=work) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(turned) == 1
    assert happened("open") == 1
    assert Round.objects.get(pk=made.pk).state == RoundState.OPEN
