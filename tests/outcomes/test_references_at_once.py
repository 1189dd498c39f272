"""What a value names stays, also when both happen at the same time in two transactions."""

import threading
import time

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg import sql

from outcomes.models import Observation, PeriodRow, Release
from tests.factories.authorities import CouncilFactory
from tests.factories.outcomes import (
    BreakdownFactory,
    IndicatorFactory,
    PeriodFactory,
    ReleaseFactory,
)

PATIENCE = 20
NAMED = ("indicator", "period", "breakdown", "release")

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def named(transactional_db):
    return {
        "indicator": IndicatorFactory(),
        "period": PeriodFactory(),
        "breakdown": BreakdownFactory(),
        "release": ReleaseFactory(),
        "area": CouncilFactory(),
    }


def insert(named):
    Observation.objects.bulk_create([Observation(**named, area_code="E06000001", value=60.1)])


def delete(row):
    table, key = sql.Identifier(row._meta.db_table), sql.Literal(row.pk)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DELETE FROM {} WHERE id = {}").format(table, key))


class Other(threading.Thread):
    """A second session, which keeps why it was refused."""

    def __init__(self, act):
        super().__init__()
        self.act = act
        self.refused = None
        self.is_done = False

    def run(self):
        try:
            self.act()
            self.is_done = True
        except IntegrityError as error:
            self.refused = str(error)
        finally:
            connection.close()


def wait_until_somebody_waits_for_us():
    end = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    pytest.fail("nobody waits")


@pytest.mark.parametrize("name", NAMED)
def test_a_delete_waits_for_a_value_that_comes_in_and_is_refused(named, name):
    other = Other(lambda: delete(named[name]))

    with transaction.atomic():
        insert(named)
        other.start()
        wait_until_somebody_waits_for_us()
    other.join(timeout=PATIENCE)

    assert f"values name this {name}" in other.refused
    assert type(named[name]).objects.filter(pk=named[name].pk).exists()
    assert Observation.objects.count() == 1


@pytest.mark.parametrize("name", NAMED)
def test_a_value_waits_for_a_delete_of_what_it_names_and_is_refused(named, name):
    other = Other(lambda: insert(named))

    with transaction.atomic():
        delete(named[name])
        other.start()
        wait_until_somebody_waits_for_us()
    other.join(timeout=PATIENCE)

    assert "a value names a row of" in other.refused
    assert not Observation.objects.exists()


def test_a_delete_goes_through_when_the_value_did_not_come_after_all(named):
    other = Other(lambda: delete(named["period"]))

    with transaction.atomic():
        insert(named)
        other.start()
        wait_until_somebody_waits_for_us()
        transaction.set_rollback(True)
    other.join(timeout=PATIENCE)

    assert other.is_done
    assert not PeriodRow.objects.exists()


def test_two_values_that_name_the_same_do_not_wait_for_each_other(named):
    other = Other(lambda: insert(named | {"area": CouncilFactory()}))

    with transaction.atomic():
        insert(named)
        other.start()
        other.join(timeout=PATIENCE)
        assert other.is_done

    assert Observation.objects.count() == 2
    assert Release.objects.count() == 1
