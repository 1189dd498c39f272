"""Changes are applied on their day: whole or not at all, once, and after a failure again."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from authorities.actions import reorganisation_jobs, reorganisations
from authorities.models import (
    AuditEvent,
    Body,
    Membership,
    Pair,
    PairOverlap,
    Reorganisation,
    RightsMove,
    Succession,
)
from authorities.reorganisation.operations import Rename
from authorities.tasks import apply_due_reorganisations
from engagement.models import Commitment
from outcomes.models import RecomputeRequest
from tests.factories import reorganisations as change
from tests.factories.authorities import BoardFactory, MembershipFactory, UserFactory
from tests.factories.engagement_commitments import AgreedCommitmentFactory
from tests.solo_worker import PATIENCE, Worker, send, solo_worker, wait_until_somebody_waits_for

FAILING = [*site_settings.REORGANISATION_EFFECTS, "tests.authorities.actions.failing_effects"]


def everything() -> tuple[object, ...]:
    """All rows that a change touches, in every app."""
    models = (Body, Pair, PairOverlap, Succession, Membership, RightsMove, Commitment)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    return (*rows, RecomputeRequest.objects.count())


def ready_to_apply(**said: Any) -> Reorganisation:
    """A merger of boards with people and promises, set for today."""
    country = change.small_country()
    MembershipFactory(body=country.mid)
    AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    return change.scheduled(change.drafted(change.boards_merge(), **said))


@pytest.mark.django_db
def test_a_change_is_applied_by_the_job_and_says_what_it_did() -> None:
    row = ready_to_apply()

    assert apply_due_reorganisations() == 1

    row.refresh_from_db()
    assert (row.state, row.failure) == ("applied", "")
    assert row.applied_at
    assert not row.bodies.filter(pending=True).exists()
    event = AuditEvent.objects.get(action="reorganisation.applied")
    assert sorted(event.detail["endings"]) == ["mid", "west"]
    assert event.detail["pairs_ended"] == 3
    assert apply_due_reorganisations() == 0


@pytest.mark.django_db
def test_a_failure_at_the_very_end_leaves_nothing_changed_and_says_why() -> None:
    row = ready_to_apply()
    before = everything()

    with override_settings(REORGANISATION_EFFECTS=FAILING):
        assert change.apply_due() == 0

    row.refresh_from_db()
    assert row.state == "failed"
    assert "pair_once" in row.failure
    assert everything() == before
    assert AuditEvent.objects.filter(action="reorganisation.failed").count() == 1
    assert not AuditEvent.objects.filter(action="reorganisation.applied").exists()


@pytest.mark.django_db
def test_a_failed_change_is_set_again_and_then_succeeds() -> None:
    row = ready_to_apply()
    with override_settings(REORGANISATION_EFFECTS=FAILING):
        change.apply_due()
    assert change.apply_due() == 0
    row.refresh_from_db()

    reorganisations.schedule(
        reorganisation=row,
        version=row.version,
        override_reason="",
        by=UserFactory(),
        at=timezone.now(),
    )

    assert change.apply_due() == 1
    row.refresh_from_db()
    assert (row.state, row.failure) == ("applied", "")
    assert Commitment.objects.get().pair == change.pair("south", "west-and-mid")


@pytest.mark.django_db
def test_one_that_fails_stops_no_other() -> None:
    row = ready_to_apply()
    fine = change.scheduled(
        change.drafted([Rename(body=change.board("east"), name="NHS Far East", short_name="Far")])
    )
    # Since the approval the register has the body that the first one would open.
    BoardFactory(slug="west-and-mid", opened_on=timezone.localdate() - timedelta(days=1))

    assert change.apply_due() == 1

    row.refresh_from_db()
    fine.refresh_from_db()
    assert (row.state, fine.state) == ("failed", "applied")
    assert "never used again" in row.failure


@pytest.mark.django_db
def test_what_would_do_something_else_than_was_approved_is_not_applied() -> None:
    row = ready_to_apply()
    body = Body.objects.get(slug="norbury")
    parts = body.council.part_councils.get().part
    parts.population += 1
    parts.save()

    assert change.apply_due() == 0

    row.refresh_from_db()
    assert row.state == "failed"
    assert "Cancel it, enter it again" in row.failure
    assert not Body.objects.filter(slug="west-and-mid").exists()


@pytest.mark.django_db
def test_changes_of_one_day_are_applied_in_the_order_in_which_they_were_set() -> None:
    change.small_country()
    first = change.scheduled(change.drafted(change.boards_merge()))
    second = change.scheduled(
        change.drafted([Rename(body=change.board("east"), name="NHS Far East", short_name="Far")])
    )

    assert change.apply_due() == 2

    done = Reorganisation.objects.filter(pk__in=[first.pk, second.pk])
    assert set(done.values_list("state", flat=True)) == {"applied"}


@pytest.mark.django_db
def test_a_change_that_a_killed_worker_left_being_applied_is_begun_again() -> None:
    row = ready_to_apply()
    Reorganisation.objects.filter(pk=row.pk).update(state="applying", started_at=timezone.now())

    assert change.apply_due() == 1

    row.refresh_from_db()
    assert row.state == "applied"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_apply_once() -> None:
    row = ready_to_apply()

    results = at_once(change.apply_due, change.apply_due, change.apply_due)

    assert sorted(results) == [0, 0, 1]
    row.refresh_from_db()
    assert row.state == "applied"
    assert AuditEvent.objects.filter(action="reorganisation.applied").count() == 1
    assert Body.objects.filter(slug="west-and-mid").count() == 1
    assert Membership.objects.filter(body__slug="west-and-mid").count() == 1


def at_once(*jobs: Callable[[], int]) -> list[int]:
    """Run jobs in threads that set off together, on connections of their own."""
    results = [-1] * len(jobs)
    start = Barrier(len(jobs))

    def run(number: int, job: Callable[[], int]) -> None:
        start.wait()
        try:
            results[number] = job()
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number, job)) for number, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[Worker]:
    with solo_worker(folder=tmp_path) as made:
        yield made


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_nothing_and_another_applies_all(
    worker: Worker,
) -> None:
    process, queue = worker
    row = ready_to_apply()
    before = everything()

    # The ledger is asked after bodies, pairs and rights are stored: the worker stops there.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE outcomes_recomputerequest IN SHARE MODE")
        send(queue=queue, task="authorities.apply_due_reorganisations")
        wait_until_somebody_waits_for("outcomes_recomputerequest")
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    row.refresh_from_db()
    assert row.state == "applying"
    assert everything() == before
    assert applied_when_the_dead_session_is_gone(row) == "applied"
    assert Commitment.objects.get().pair == change.pair("south", "west-and-mid")
    assert AuditEvent.objects.filter(action="reorganisation.applied").count() == 1


def applied_when_the_dead_session_is_gone(row: Reorganisation) -> str:
    """Try again as soon as the server has noticed the death, as the clock does."""
    end = time.monotonic() + PATIENCE
    while row.state == "applying" and time.monotonic() < end:
        change.apply_due()
        row.refresh_from_db()
        time.sleep(0.1)
    return str(row.state)


@pytest.mark.django_db
def test_a_change_that_nobody_set_is_not_applied() -> None:
    change.small_country()
    row = change.approved(change.previewed(change.drafted(change.boards_merge())))

    done = reorganisation_jobs.apply_one(
        reorganisation_id=row.pk, today=timezone.localdate(), at=timezone.now()
    )

    assert done == 0
    row.refresh_from_db()
    assert row.state == "approved"
