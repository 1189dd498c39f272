"""The ledger: what a change asks for is done once, again after a failure, and never lost."""

from datetime import timedelta

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone

from authorities.models import Council
from outcomes import recompute, tasks
from outcomes.actions import indicator_pages
from outcomes.models import AuthorityIndicator, RecomputeRequest, RecomputeStep, Subject
from tests.factories.authorities import PairFactory
from tests.factories.outcomes import ObservationFactory, RecomputeRequestFactory
from tests.outcomes.conftest import OWN_STEP, make_authority


@pytest.fixture
def failing_step(settings, monkeypatch):
    """A step that fails as long as `broken` holds anything."""
    broken = ["no space left"]

    @current_app.task(name="tests.step_that_fails")
    def step(*, subject, subject_id):
        if broken:
            raise OSError(broken[0])
        return 0

    settings.RECOMPUTE_TASKS = [tasks.refresh_authority_indicators.name, step.name]
    yield broken
    current_app.tasks.unregister(step.name)


def ask(authority, reason="values stored"):
    recompute.request(
        subject=Subject.AUTHORITY, subject_id=authority.pk, reason=reason, at=timezone.now()
    )


def make_due():
    RecomputeRequest.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))


def test_requests_that_wait_for_the_same_subject_are_one(authority):
    ask(authority)
    ask(authority, reason="again")

    assert RecomputeRequest.objects.get().reason == "values stored"


def test_a_change_while_running_is_a_request_of_its_own(authority):
    RecomputeRequestFactory(subject_id=authority.pk, started_at=timezone.now())

    ask(authority)

    assert RecomputeRequest.objects.count() == 2


def test_a_request_is_run_and_its_steps_are_kept(authority):
    ObservationFactory(area=Council.objects.get(slug="ashby"))
    ask(authority)

    finished = recompute.run_pending()

    assert finished == 1
    row = RecomputeRequest.objects.get()
    assert row.finished_at is not None
    assert (row.error, row.attempts) == ("", 1)
    step = RecomputeStep.objects.get()
    assert (step.task, step.rows_changed) == (OWN_STEP, 1)


def test_a_second_run_changes_nothing(authority):
    ObservationFactory(area=Council.objects.get(slug="ashby"))
    ask(authority)
    recompute.run_pending()
    before = list(AuthorityIndicator.objects.values())
    ask(authority)

    recompute.run_pending()

    assert RecomputeStep.objects.order_by("pk").last().rows_changed == 0
    assert list(AuthorityIndicator.objects.values()) == before


def test_a_failure_is_kept_undone_and_tried_again_later(authority, failing_step):
    ObservationFactory(area=Council.objects.get(slug="ashby"))
    ask(authority)

    finished = recompute.run_pending()

    row = RecomputeRequest.objects.get()
    assert finished == 0
    assert row.error == "OSError: no space left"
    assert row.finished_at is None
    # The earlier step is taken back with it: all steps of a request, or none.
    assert not AuthorityIndicator.objects.exists()
    assert recompute.run_pending() == 0

    failing_step.clear()
    make_due()
    assert recompute.run_pending() == 1
    row.refresh_from_db()
    assert (row.error, row.attempts) == ("", 2)
    assert AuthorityIndicator.objects.count() == 1


def test_the_wait_after_each_failure_is_longer(authority, failing_step):
    ask(authority)
    waits = []

    for _ in range(4):
        make_due()
        recompute.run_pending()
        row = RecomputeRequest.objects.get()
        waits.append((row.next_attempt_at - row.started_at).total_seconds())

    assert waits == [10, 20, 40, 80]


def test_after_many_failures_a_request_waits_for_a_person(authority, failing_step):
    ask(authority)
    RecomputeRequest.objects.update(attempts=recompute.MOST_ATTEMPTS)

    assert recompute.run_pending() == 0
    assert RecomputeRequest.objects.get().finished_at is None


def test_what_a_killed_worker_began_is_begun_again(authority):
    ask(authority)
    claimed = recompute._claim()
    # Here the worker dies: nothing else of it remains than the mark that it began.
    assert claimed is not None
    assert recompute.run_pending() == 0

    make_due()
    assert recompute.run_pending() == 1


def test_a_lost_broker_loses_no_request(authority, lost_broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask(authority)

    assert RecomputeRequest.objects.filter(finished_at__isnull=True).count() == 1
    assert recompute.run_pending() == 1


def test_one_transaction_nudges_once(authority, queue, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for pair in (PairFactory(), PairFactory()):
            recompute.request(
                subject=Subject.PAIR, subject_id=pair.pk, reason="tests", at=timezone.now()
            )

    assert queue == [(recompute.RUN_TASK, {})]


@pytest.mark.parametrize(("waiting", "called"), [(0, 0), (1, 0), (2, 1), (3, 1)])
def test_who_answers_calls_the_next_while_more_than_one_request_waits(
    authority, queue, waiting, called
):
    for _ in range(waiting):
        RecomputeRequestFactory(subject_id=PairFactory().pk, subject=Subject.PAIR)

    tasks.run_recompute()

    assert queue == [(recompute.RUN_TASK, {})] * called
    assert not RecomputeRequest.objects.filter(finished_at__isnull=True).exists()


def test_what_is_begun_calls_nobody(authority, queue):
    for _ in range(2):
        RecomputeRequestFactory(
            subject_id=PairFactory().pk,
            subject=Subject.PAIR,
            started_at=timezone.now(),
            next_attempt_at=timezone.now() + timedelta(minutes=1),
        )

    recompute.call_for_help()

    assert queue == []


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_taken_back_asks_for_nothing(queue):
    authority = make_authority()

    with transaction.atomic():
        ask(authority)
        transaction.set_rollback(True)

    assert not RecomputeRequest.objects.exists()
    assert queue == []


def test_a_step_leaves_other_subjects_alone(authority):
    pair = PairFactory()
    recompute.request(subject=Subject.PAIR, subject_id=pair.pk, reason="x", at=timezone.now())

    assert recompute.run_pending() == 1
    assert RecomputeStep.objects.get().rows_changed == 0


def test_the_nightly_run_asks_for_every_authority(authority):
    pair = PairFactory()

    asked = indicator_pages.request_all(at=timezone.now())

    assert asked == 2
    assert set(RecomputeRequest.objects.values_list("subject", "subject_id")) == {
        ("authority", authority.pk),
        ("authority", pair.authority_id),
    }
