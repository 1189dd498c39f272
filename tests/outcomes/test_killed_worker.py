"""A worker is killed in the middle of storing a file: nothing is half there, nothing is lost."""

import os
import signal
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from outcomes.actions import reading, upload_steps, uploads
from outcomes.models import (
    Observation,
    PeriodRow,
    RecomputeRequest,
    Release,
    Upload,
    UploadState,
)
from outcomes.upload_lifecycle import UNFINISHED
from tests.factories.authorities import MembershipFactory
from tests.factories.outcomes import IndicatorFactory, file_of, file_row
from tests.outcomes.conftest import make_authority
from tests.solo_worker import PATIENCE, Worker, send, solo_worker, wait_until_somebody_waits_for

FILE = file_of(
    *(
        file_row(area_code=code, sex=sex, period=f"20{year:02d}")
        for code in ("E06000001", "E06000002")
        for sex in ("Male", "Female")
        for year in range(1, 21)
    )
)


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[Worker]:
    with solo_worker(folder=tmp_path) as made:
        yield made


def received() -> Upload:
    member = MembershipFactory(body=make_authority())
    IndicatorFactory(fingertips_id=90362)
    return uploads.receive(
        body=member.body,
        file=ContentFile(FILE),
        file_name="values.csv",
        form_key=uuid.uuid4(),
        by=member.user,
        at=timezone.now(),
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_stores_leaves_nothing_and_another_stores_all(worker):
    process, queue = worker
    upload = received()
    reading.process(upload_id=upload.pk, at=timezone.now())
    upload.refresh_from_db()
    upload_steps.confirm(
        upload=upload, seen=upload.summary["fingerprint"], by=upload.uploaded_by, at=timezone.now()
    )

    # The ledger's row is written after the values, so the worker stops in the middle here.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE outcomes_recomputerequest IN SHARE MODE")
        send(queue=queue, task=upload_steps.PROCESS_TASK, upload_id=str(upload.pk))
        wait_until_somebody_waits_for("outcomes_recomputerequest")
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    upload.refresh_from_db()
    assert (upload.state, upload.attempts) == (UploadState.STORING, 1)
    for model in (Observation, Release, PeriodRow, RecomputeRequest):
        assert not model.objects.exists()

    later = timezone.now() + timedelta(minutes=2)
    assert uploads.sweep(at=later) == 1
    read_when_the_dead_session_is_gone(upload=upload, at=later)
    assert (upload.state, upload.added, upload.attempts) == (UploadState.COMMITTED, 80, 2)
    assert Observation.objects.count() == 80
    assert RecomputeRequest.objects.count() == 1


def read_when_the_dead_session_is_gone(*, upload: Upload, at) -> None:
    """Read again as soon as the server has noticed the death, as the sweep's messages do."""
    end = time.monotonic() + PATIENCE
    while upload.state in UNFINISHED and time.monotonic() < end:
        reading.process(upload_id=upload.pk, at=at)
        upload.refresh_from_db()
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_checks_leaves_nothing_and_another_checks_all(worker):
    process, queue = worker
    upload = received()

    # What is found is written as problems, so the worker stops before it says so.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE outcomes_uploadproblem IN ACCESS EXCLUSIVE MODE")
        send(queue=queue, task=upload_steps.PROCESS_TASK, upload_id=str(upload.pk))
        wait_until_somebody_waits_for("outcomes_uploadproblem")
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    upload.refresh_from_db()
    assert (upload.state, upload.attempts) == (UploadState.CHECKING, 1)

    later = timezone.now() + timedelta(minutes=2)
    assert uploads.sweep(at=later) == 1
    read_when_the_dead_session_is_gone(upload=upload, at=later)
    assert (upload.state, upload.added, upload.attempts) == (UploadState.READY, 80, 2)
    assert not Observation.objects.exists()
