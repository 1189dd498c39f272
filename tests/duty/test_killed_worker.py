"""A worker is killed while it opens a round, or makes a document: another does all of it, once."""

import os
import signal
import time
from datetime import timedelta
from hashlib import sha256

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from authorities.models import AuditEvent
from duty.actions import documents, round_jobs
from duty.models import DocumentState, ReturnDocument, Round, RoundHappening, RoundState
from outcomes.models import RecomputeRequest
from tests.factories.duty import ExpectedReturnFactory, RoundFactory, SubmissionFactory, today
from tests.outcomes.test_killed_worker import worker
from tests.solo_worker import PATIENCE, send, wait_until_somebody_waits_for

__all__ = ["worker"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_opens_leaves_nothing_and_another_opens(worker):
    process, queue = worker
    made = RoundFactory(state=RoundState.SCHEDULED, opens_on=today())
    ExpectedReturnFactory(round=made)

    # The ledger's row is written last, so the worker stops in the middle here.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE outcomes_recomputerequest IN SHARE MODE")
        with Celery(broker=settings.CELERY_BROKER_URL, set_as_current=False) as app:
            app.send_task("duty.open_and_close_rounds", queue=queue)
        wait_until_somebody_waits_for("outcomes_recomputerequest")
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    made.refresh_from_db()
    assert made.state == RoundState.SCHEDULED
    assert not AuditEvent.objects.filter(action__startswith="round.").exists()
    for model in (RoundHappening, RecomputeRequest):
        assert not model.objects.exists()

    # The row stays locked until the server has noticed the death.
    end = time.monotonic() + PATIENCE
    while made.state == RoundState.SCHEDULED and time.monotonic() < end:
        round_jobs.turn_due(at=timezone.now())
        made.refresh_from_db()
        time.sleep(0.1)
    assert Round.objects.get().state == RoundState.OPEN
    assert RoundHappening.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_makes_a_document_leaves_none_and_another_makes_it(
    worker, own_files
):
    process, queue = worker
    submission = SubmissionFactory()
    asked = ReturnDocument.objects.get(submission=submission)

    # The audit row is written last, after the file: the worker stops in the middle here.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE authorities_auditevent IN SHARE MODE")
        send(queue=queue, task=documents.MAKE_TASK, document_id=str(asked.pk))
        wait_until_somebody_waits_for("authorities_auditevent")
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    asked.refresh_from_db()
    assert (asked.state, asked.file.name, asked.attempts) == (DocumentState.WAITING, "", 1)
    assert [path.name for path in own_files.rglob("*.pdf")] == [f"{submission.pk}.pdf"]
    assert not AuditEvent.objects.filter(action="return.document_made").exists()

    later = timezone.now() + documents.SILENCE + timedelta(minutes=1)
    assert documents.sweep(at=later) == 1
    # The row stays locked until the server has noticed the death.
    end = time.monotonic() + PATIENCE
    while asked.state == DocumentState.WAITING and time.monotonic() < end:
        documents.make(document_id=asked.pk, at=later)
        asked.refresh_from_db()
        time.sleep(0.1)
    (made,) = own_files.rglob("*.pdf")
    assert (asked.state, asked.attempts) == (DocumentState.MADE, 2)
    assert sha256(made.read_bytes()).hexdigest() == asked.sha256
    assert AuditEvent.objects.filter(action="return.document_made").count() == 1
