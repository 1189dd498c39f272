"""Two files of one body are confirmed at the same time, in two sessions: none is counted twice."""

import threading
import time
import uuid

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from outcomes.actions import observations, reading, upload_steps, uploads
from outcomes.models import Observation, Release, UploadState
from tests.factories.authorities import MembershipFactory
from tests.factories.outcomes import IndicatorFactory, file_of, file_row
from tests.outcomes.conftest import make_authority

PATIENCE = 20

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def member(transactional_db):
    IndicatorFactory(fingertips_id=90362)
    return MembershipFactory(body=make_authority())


def file(value):
    return file_of(
        file_row(area_code="E06000001", value=value), file_row(area_code="E06000002", value=value)
    )


def checked(member, content):
    """Send a file in and have it checked; nobody has confirmed it yet."""
    upload = uploads.receive(
        body=member.body,
        file=ContentFile(content),
        file_name="values.csv",
        form_key=uuid.uuid4(),
        by=member.user,
        at=timezone.now(),
    )
    reading.process(upload_id=upload.pk, at=timezone.now())
    upload.refresh_from_db()
    assert (upload.state, upload.added) == (UploadState.READY, 2)
    return upload


def confirm_and_store(upload):
    upload_steps.confirm(
        upload=upload,
        seen=upload.summary["fingerprint"],
        by=upload.uploaded_by,
        at=timezone.now(),
    )
    reading.process(upload_id=upload.pk, at=timezone.now())


class Session(threading.Thread):
    """A session of its own, in which a file is confirmed and stored."""

    def __init__(self, upload):
        super().__init__()
        self.upload = upload
        self.failure = None

    def run(self):
        try:
            confirm_and_store(self.upload)
        except Exception as error:
            self.failure = error
            raise
        finally:
            connection.close()


def wait_until_both_wait_for_us():
    end = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0] == 2:
                return
            time.sleep(0.02)
    pytest.fail("they do not wait for the values")


def store_at_once(member, *both):
    sessions = [Session(upload) for upload in both]
    # Whoever holds the body's values lets both come to the same point.
    with transaction.atomic():
        observations.lock_values(owner=member.body)
        for session in sessions:
            session.start()
        wait_until_both_wait_for_us()
    for session in sessions:
        session.join(PATIENCE)
        assert not session.is_alive()
        assert session.failure is None
    for upload in both:
        upload.refresh_from_db()
    return sorted(both, key=lambda upload: upload.state != UploadState.COMMITTED)


def doubled():
    current = Observation.objects.current().order_by().values("indicator", "area", "period")
    return current.annotate(number=Count("pk")).filter(number__gt=1).exists()


@pytest.mark.parametrize(
    ("other_value", "unchanged", "superseded"), [("60.1", 2, 0), ("61.5", 0, 2)]
)
def test_one_of_two_files_is_stored_and_the_other_shown_its_counts_again(
    member, other_value, unchanged, superseded
):
    both = checked(member, file("60.1")), checked(member, file(other_value))

    first, second = store_at_once(member, *both)

    assert (first.state, first.added) == (UploadState.COMMITTED, 2)
    assert second.state == UploadState.READY
    assert second.summary["changed"] is True
    assert (second.added, second.unchanged, second.superseded) == (0, unchanged, superseded)
    assert (second.confirmed_at, second.release) == (None, None)
    assert Observation.objects.count() == 2
    assert Release.objects.get() == first.release
    confirm_and_store(second)
    second.refresh_from_db()
    assert second.state == UploadState.COMMITTED
    assert Observation.objects.count() == 2 + superseded
    assert Observation.objects.current().count() == 2
    assert not doubled()
    # What waits for approval is the file of which a value stands.
    (waiting,) = Release.objects.waiting()
    assert waiting == (second.release if superseded else first.release)
