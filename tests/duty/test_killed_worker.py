"""A worker is killed while it opens a round: nothing is half there, and another opens it."""

import os
import signal
import time

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from authorities.models import AuditEvent
from duty.actions import round_jobs
from duty.models import Round, RoundHappening, RoundState
from outcomes.models import RecomputeRequest
from tests.factories.duty import ExpectedReturnFactory, RoundFactory, today
from tests.outcomes.test_killed_worker import (
    PATIENCE,
    wait_until_somebody_waits_for,
    worker,
)

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
