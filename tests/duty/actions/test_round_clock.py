"""The steps of a round are judged by the database's clock, whatever a server's own clock says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from duty.actions import round_bodies, round_jobs, round_stages
from duty.models import ExpectedReturn, Round, RoundState
from duty.round_lifecycle import RoundRefusedError
from tests.factories import rounds as make
from tests.factories.authorities import StrategicAuthorityFactory
from tests.factories.duty import today

pytestmark = pytest.mark.django_db
_MONTHS = timedelta(days=90)


@pytest.fixture
def by():
    StrategicAuthorityFactory()
    return make.make_centre().administrator


def test_a_fast_clock_opens_no_round_before_its_day(by):
    make.scheduled_round(by)

    assert round_jobs.turn_due(at=timezone.now() + timedelta(days=2)) == 0

    assert Round.objects.get().state == RoundState.SCHEDULED


def test_a_slow_clock_keeps_no_round_from_opening_on_its_day(by):
    make.scheduled_round(by, opens_on=today())

    assert round_jobs.turn_due(at=timezone.now() - _MONTHS) == 1

    assert Round.objects.get().state == RoundState.OPEN


def test_a_fast_clock_closes_no_round_on_its_last_day(by):
    made = make.opened_round(by, opens_on=today())
    Round.objects.filter(pk=made.pk).update(due_on=today(), edits_until=today())

    with pytest.raises(RoundRefusedError, match="last day for edits is not over"):
        round_stages.close(round_=made, by=by, at=timezone.now() + timedelta(days=1))
    assert round_jobs.turn_due(at=timezone.now() + timedelta(days=1)) == 0

    assert Round.objects.get().state == RoundState.OPEN


def test_a_slow_clock_gives_no_extension_that_is_over(by):
    made = make.opened_round(by, opens_on=today())
    past = today() - timedelta(days=1)
    Round.objects.filter(pk=made.pk).update(
        opens_on=today() - timedelta(days=9),
        due_on=past - timedelta(days=2),
        edits_until=past - timedelta(days=1),
    )
    authority = ExpectedReturn.objects.get().authority

    with pytest.raises(RoundRefusedError, match="must be today or later"):
        round_bodies.extend(
            round_=made,
            authority=authority,
            due_on=past,
            edits_until=past,
            reason="Flood",
            by=by,
            at=timezone.now() - _MONTHS,
        )

    assert ExpectedReturn.objects.get().extended_edits_until is None
