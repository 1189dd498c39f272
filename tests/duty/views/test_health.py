"""What whoever runs the site asks it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.outcomes import RecomputeRequestFactory


@pytest.mark.usefixtures("no_database")
def test_without_its_database_a_process_lives_and_is_not_ready():
    client = Client(raise_request_exception=False)

    asked = [client.get(reverse(f"health-{name}")).status_code for name in ("live", "ready")]

    assert asked == [200, 503]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["live", "ready", "queue"])
def test_where_all_is_well_it_says_so_and_is_kept_nowhere(client, name):
    answer = client.get(reverse(f"health-{name}"))

    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "status"), [(110, 200), (130, 503)])
def test_work_is_late_after_two_minutes(client, seconds, status, django_assert_num_queries):
    due = timezone.now() - timedelta(seconds=seconds)
    RecomputeRequestFactory(next_attempt_at=due)

    with django_assert_num_queries(3):
        answer = client.get(reverse("health-queue"))

    assert answer.status_code == status
    assert seconds <= answer.json()["oldest_seconds"]["recomputes"] <= seconds + 5
    assert answer.json()["oldest_seconds"]["mails"] is None


@pytest.mark.django_db
def test_work_that_is_done_or_tried_again_later_is_not_late(client):
    now = timezone.now()
    long_ago = now - timedelta(hours=1)
    RecomputeRequestFactory(next_attempt_at=long_ago, started_at=long_ago, finished_at=now)
    RecomputeRequestFactory(next_attempt_at=now + timedelta(minutes=5))

    assert client.get(reverse("health-queue")).json()["status"] == "ok"
