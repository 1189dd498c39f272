"""A file may change no value of a locked period, and its sender is told why."""

import threading
import time
import uuid
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction

from authorities.models import AuditEvent, Body
from outcomes.actions import observations, period_locks, reading, upload_steps, uploads
from outcomes.actions.locked_values import LockedPeriodError, hold_locks
from outcomes.models import Observation, PeriodLock, PeriodRow, Release, Severity, UploadState
from tests.factories.authorities import StrategicAuthorityFactory, UserFactory
from tests.factories.outcomes import (
    NOW,
    IndicatorFactory,
    ObservationFactory,
    PeriodLockFactory,
    ReleaseFactory,
    file_of,
    file_row,
)
from tests.outcomes.rows import row

LATER = NOW + timedelta(minutes=5)
EARLIER = file_row(area_code="E06000002", period="2015 - 17")
LOCKED = file_row(area_code="E06000001")
FILE = file_of(EARLIER, LOCKED)


@pytest.fixture(autouse=True)
def indicator(db):
    return IndicatorFactory(fingertips_id=90362)


@pytest.fixture
def send(editor):
    def sent(content=FILE):
        return uploads.receive(
            body=editor.body,
            file=ContentFile(content),
            file_name="values.csv",
            form_key=uuid.uuid4(),
            by=editor.user,
            at=NOW,
        )

    return sent


def read(upload):
    reading.process(upload_id=upload.pk, at=LATER)
    upload.refresh_from_db()
    return upload


def confirm(upload):
    upload_steps.confirm(
        upload=upload, seen=upload.summary["fingerprint"], by=upload.uploaded_by, at=LATER
    )
    return upload


def assert_refused_for_its_lock(upload):
    assert upload.state == UploadState.BLOCKING_ERRORS
    problem = upload.problems.get()
    assert (problem.row, problem.column, problem.heading) == (3, "L", "Time period")
    assert (problem.given, problem.severity) == ("2022 - 24", Severity.HARD)
    assert problem.code == "period-locked"
    assert problem.message == (
        "2022 - 24 has been locked since 23 November 2026: The round is closed."
    )
    assert problem.fix == (
        "Remove this row, or ask the team at the Department of Health and Social Care to lift "
        "the lock."
    )
    assert upload.problem_count == 1
    assert not Observation.objects.exists()
    assert not Release.objects.exists()
    assert not PeriodRow.objects.exists()


def test_a_value_of_a_locked_period_is_an_error_of_its_cell(send):
    PeriodLockFactory()

    upload = read(send())

    assert_refused_for_its_lock(upload)
    assert AuditEvent.objects.get(action="upload.refused").detail["codes"] == ["period-locked"]


def test_a_lock_that_came_after_the_word_refuses_in_the_same_words(send):
    upload = confirm(read(send()))
    PeriodLockFactory()

    read(upload)

    assert_refused_for_its_lock(upload)
    assert (upload.confirmed_at, upload.confirmed_by) == (None, None)


def test_a_lock_that_comes_while_a_worker_reads_refuses_too(send, monkeypatch):
    upload = confirm(read(send()))
    store = reading._store

    def lock_first(**given):
        PeriodLockFactory()
        store(**given)

    monkeypatch.setattr(reading, "_store", lock_first)

    read(upload)

    assert_refused_for_its_lock(upload)


def test_what_is_unusual_is_not_asked_about_while_a_lock_stands(send, indicator):
    ObservationFactory(indicator=indicator, area=Body.objects.get(slug="ashby"))
    PeriodLockFactory(start_date=date(2025, 1, 1), end_date=date(2030, 1, 1))

    upload = read(send(file_of(file_row(area_code="E06000001", value="90", period="2025 - 27"))))

    assert upload.state == UploadState.BLOCKING_ERRORS
    assert upload.problems.get().code == "period-locked"


def test_a_value_that_stays_as_it_is_may_stand_in_a_file(send):
    read(confirm(read(send(file_of(LOCKED)))))
    PeriodLockFactory()

    upload = read(confirm(read(send())))

    assert upload.state == UploadState.COMMITTED
    assert (upload.added, upload.unchanged) == (1, 1)


@pytest.mark.parametrize("of_another", ["body", "indicator"])
def test_a_lock_of_something_else_lets_a_file_in(send, of_another):
    made = {"body": StrategicAuthorityFactory, "indicator": IndicatorFactory}[of_another]()
    PeriodLockFactory(**{of_another: made})

    assert read(confirm(read(send()))).state == UploadState.COMMITTED


def test_a_file_is_taken_once_the_lock_is_lifted(send):
    held = PeriodLockFactory()
    read(send())
    period_locks.lift(lock_id=held.pk, reason="A correction.", by=UserFactory(), at=LATER)

    assert read(confirm(read(send()))).state == UploadState.COMMITTED


def test_whoever_stores_values_of_a_body_is_refused_in_words(authority):
    ashby = Body.objects.get(slug="ashby")
    PeriodLockFactory(reason="The round is closed")

    with pytest.raises(LockedPeriodError) as caught:
        observations.store(
            rows=[row(area=ashby), row(area=ashby, sex="Female")],
            release=ReleaseFactory(body=authority),
            owner=authority,
            at=LATER,
        )

    assert str(caught.value) == (
        "2022 - 24 has been locked since 23 November 2026: The round is closed. To change its "
        "values, ask the team at the Department of Health and Social Care to lift the lock."
    )
    assert not Observation.objects.exists()


def test_a_national_release_changes_values_of_a_locked_period(authority):
    PeriodLockFactory()

    counts = observations.store(
        rows=[row(area=Body.objects.get(slug="ashby"))],
        release=ReleaseFactory(),
        owner=None,
        at=LATER,
    )

    assert counts.added == 1


def wait_until_somebody_waits():
    end = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    pytest.fail("nobody waits for the locks")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_lock_waits_for_values_that_are_being_stored():
    by = UserFactory()

    def lock():
        try:
            period_locks.lock(
                start_date=date(2022, 1, 1),
                end_date=date(2025, 1, 1),
                indicator=None,
                body=None,
                reason="The round is closed.",
                by=by,
                at=LATER,
            )
        finally:
            connection.close()

    other = threading.Thread(target=lock)
    with transaction.atomic():
        hold_locks(alone=False)
        other.start()
        wait_until_somebody_waits()
        assert not PeriodLock.objects.exists()
    other.join(timeout=20)

    assert PeriodLock.objects.count() == 1
