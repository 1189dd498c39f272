"""Periods are locked and unlocked, each with a reason."""

from datetime import date

import pytest

from authorities.models import AuditEvent
from outcomes.actions import period_locks
from outcomes.models import PeriodLock
from outcomes.queries.period_locks import lock_page, locks_hit
from tests.factories.authorities import StrategicAuthorityFactory, UserFactory
from tests.factories.outcomes import NOW, IndicatorFactory, PeriodFactory, PeriodLockFactory

pytestmark = pytest.mark.django_db


def lock(**said):
    facts = {
        "start_date": date(2022, 1, 1),
        "end_date": date(2025, 1, 1),
        "indicator": None,
        "body": None,
        "reason": "The round is closed.",
        "by": UserFactory(),
        "at": NOW,
    }
    return period_locks.lock(**(facts | said))


def test_a_lock_is_kept_with_its_reason():
    made = lock(reason=" The round is closed. ")

    assert made.reason == "The round is closed."
    assert AuditEvent.objects.filter(action="periods.locked", target_id=str(made.pk)).count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"end_date": date(2022, 1, 1)}, "last_day"),
    ],
)
def test_a_lock_that_says_too_little_is_refused(said, field):
    with pytest.raises(period_locks.LockRefusedError) as refused:
        lock(**said)

    assert refused.value.field == field
    assert not PeriodLock.objects.exists()


def test_the_same_lock_stands_once():
    lock()

    with pytest.raises(period_locks.LockRefusedError, match="already"):
        lock()

    assert PeriodLock.objects.count() == 1


def test_a_lock_is_lifted_once_and_stays_on_record():
    made, lead = lock(), UserFactory()

    period_locks.lift(lock_id=made.pk, reason="A late correction.", by=lead, at=NOW)

    made.refresh_from_db()
    assert (made.lifted_by, made.lifted_reason) == (lead, "A late correction.")
    with pytest.raises(period_locks.LockRefusedError, match="already"):
        period_locks.lift(lock_id=made.pk, reason="Again.", by=lead, at=NOW)
    with pytest.raises(period_locks.LockRefusedError, match="why"):
        period_locks.lift(lock_id=lock().pk, reason="", by=lead, at=NOW)
    assert AuditEvent.objects.filter(action="periods.unlocked").count() == 1


def test_values_are_found_under_the_newest_lock_that_holds_them():
    owner, indicator, period = StrategicAuthorityFactory(), IndicatorFactory(), PeriodFactory()
    other = PeriodFactory(start_date=date(2015, 1, 1), end_date=date(2018, 1, 1), label="2015 - 17")
    PeriodLockFactory(body=StrategicAuthorityFactory(), reason="Another's")
    PeriodLockFactory(indicator=IndicatorFactory(), reason="Of another indicator")
    PeriodLockFactory(reason="For all")

    hits = locks_hit(owner=owner.pk, pairs=[(indicator.pk, period.pk), (indicator.pk, other.pk)])

    assert [(hit.period, hit.reason) for hit in hits] == [("2022 - 24", "For all")]


def test_without_a_lock_nothing_is_hit():
    assert locks_hit(owner=StrategicAuthorityFactory().pk, pairs=[(1, 1)]) == ()


def test_the_list_has_locks_in_force_first():
    lifted = lock(start_date=date(2010, 1, 1))
    period_locks.lift(lock_id=lifted.pk, reason="Done.", by=UserFactory(), at=NOW)
    held = lock()

    found = lock_page(page=99, today=NOW.date())

    assert [row.id for row in found.rows] == [held.pk, lifted.pk]
    assert (found.page, found.pages, found.count) == (1, 1, 2)
