"""A worker is killed while it publishes: all see it at its instant, the rest is done once."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from authorities.models import AuditEvent, Notice
from duty.actions import round_jobs
from duty.models import Round, RoundHappening, RoundState
from engagement.actions import placements
from engagement.actions.publication_messages import PUBLISHED
from engagement.models import Publication
from engagement.queries.placements import current_publications
from outcomes.models import RecomputeRequest
from tests.engagement.actions.test_publications import approved, let_the_instant_pass, set_
from tests.factories import engagement as make
from tests.factories.engagement_assessments import settle
from tests.solo_worker import PATIENCE, Worker, send, solo_worker, wait_until_somebody_waits_for

STEP = "round.published"


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[Worker]:
    with solo_worker(folder=tmp_path) as made:
        yield made


@pytest.fixture
def due(pair) -> Round:
    """A round with one pair, approved, whose instant has just come."""
    made = make.earlier_round(state=RoundState.OPEN)
    for side in ("sa", "icb"):
        make.confirmed(pair=pair, round=made, side=side, level="high")
    settle(round=made)
    placements.recompute_round(round=made, at=make.NOW)
    set_(made, state=RoundState.FINALISING, publish_at=timezone.now() + timedelta(hours=1))
    let_the_instant_pass(approved(made))
    set_(made, publish_at=timezone.now() - timedelta(seconds=1))
    return made


def left_behind() -> tuple[int, ...]:
    """How many events, audit rows, notices and rows of the ledger tell of the publication."""
    return (
        RoundHappening.objects.filter(type="publish").count(),
        AuditEvent.objects.filter(action=STEP).count(),
        Notice.objects.filter(kind=PUBLISHED).count(),
        RecomputeRequest.objects.filter(reason=STEP).count(),
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_publishes_leaves_nothing_and_another_does_it_once(worker, due):
    process, queue = worker
    revision = Publication.objects.get()

    # The ledger's row is written last, so the worker stops in the middle here.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE outcomes_recomputerequest IN SHARE MODE")
        send(queue=queue, task="duty.open_and_close_rounds")
        wait_until_somebody_waits_for("outcomes_recomputerequest")
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    due.refresh_from_db()
    assert due.state == RoundState.FINALISING
    assert left_behind() == (0, 0, 0, 0)
    # The embargo has lifted all the same: no job is waited for.
    assert list(current_publications()) == [revision]

    # The row stays locked until the server has noticed the death.
    end = time.monotonic() + PATIENCE
    while due.state == RoundState.FINALISING and time.monotonic() < end:
        round_jobs.turn_due(at=timezone.now())
        due.refresh_from_db()
        time.sleep(0.1)
    round_jobs.turn_due(at=timezone.now())
    assert due.state == RoundState.PUBLISHED
    # Both sides of the one pair are told.
    assert left_behind() == (1, 1, 2, 1)
    assert list(current_publications()) == [revision]
