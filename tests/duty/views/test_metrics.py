"""Metrics: given to whoever shows the token alone, right over several processes, and of nobody."""

import http.client
import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.actions import job_records
from authorities.models import JobRecord, Notice
from tests.factories.authorities import UserFactory
from tests.solo_worker import PATIENCE, send, solo_worker

TOKEN = "a-token-of-a-test-with-many-characters"
PAGE = "/health/metrics/"


def _shown(client: Client, *, token: str = TOKEN):
    return client.get(PAGE, headers={"Authorization": f"Bearer {token}"})


def _value(text: str, series: str) -> float | None:
    found = re.search(rf"^{re.escape(series)} (\S+)$", text, re.MULTILINE)
    return None if found is None else float(found[1])


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "another-token-of-a-test-of-many-characters"])
def test_nobody_finds_them_without_the_token(client, settings, token: str) -> None:
    settings.METRICS_TOKEN = TOKEN

    assert _shown(client, token=token).status_code == 404
    assert client.get(PAGE).status_code == 404
    assert client.get(PAGE, {"token": TOKEN}).status_code == 404


@pytest.mark.django_db
def test_without_a_token_in_the_configuration_there_are_none(client, settings) -> None:
    settings.METRICS_TOKEN = ""

    assert _shown(client, token="").status_code == 404
    assert client.get(PAGE, headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
def test_requests_are_counted_by_the_name_of_their_address(client, settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    person = UserFactory(email="robin.secret@body.example")
    client.force_login(person)
    series = 'health_duty_requests_total{method="GET",route="health-live",status="200"}'
    before = _value(_shown(client).text, series) or 0

    client.get("/health/live/")
    client.get("/authorities/no-such-body/?q=robin.secret")
    client.get("/no/such/robin.secret/")
    client.generic("ROBIN", "/health/live/")
    answer = _shown(client)

    assert answer.headers["Cache-Control"] == "no-store"
    assert _value(answer.text, series) == before + 1
    assert 'route="no address"' in answer.text
    assert 'health_duty_requests_total{method="other",route="health-live",status="405"}' in (
        answer.text
    )
    assert "health_duty_request_seconds_bucket" in answer.text
    assert "robin" not in answer.text.lower()
    assert "no-such-body" not in answer.text


@pytest.mark.django_db
def test_what_waits_and_what_jobs_did_is_told(client, settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    now = timezone.now()
    Notice.objects.create(
        kind="return.submitted",
        key="1",
        about="7f1f3a52-5d0c-4c2b-9f41-2f5a7f6a5f10",
        due_at=now - timedelta(minutes=9),
        next_attempt_at=now - timedelta(minutes=9),
    )
    job_records.note(job="a.job", succeeded=True, seconds=2, at=now)
    job_records.note(job="a.job", succeeded=True, seconds=1.5, at=now + timedelta(seconds=1))
    job_records.note(job="a.job", succeeded=False, seconds=4, at=now + timedelta(seconds=2))

    text = _shown(client).text

    assert _value(text, 'health_duty_waiting{kind="notices"}') == 1
    assert _value(text, 'health_duty_waiting{kind="uploads"}') == 0
    owed = _value(text, 'health_duty_oldest_owed_seconds{kind="notices"}')
    assert owed is not None
    assert 540 <= owed < 560
    assert _value(text, 'health_duty_oldest_owed_seconds{kind="recomputes"}') == 0
    done = 'job="a.job",outcome="succeeded"'
    assert _value(text, f"health_duty_job_seconds_count{{{done}}}") == 2
    assert _value(text, f"health_duty_job_seconds_sum{{{done}}}") == 3.5
    failed = 'job="a.job",outcome="failed"'
    assert _value(text, f"health_duty_job_seconds_count{{{failed}}}") == 1
    last = "health_duty_job_last_success_timestamp_seconds"
    assert _value(text, f'{last}{{job="a.job"}}') == pytest.approx(now.timestamp() + 1, abs=0.01)
    # A job of the night that was never done stands out.
    assert _value(text, f'{last}{{job="authorities.check_integrity"}}') == 0


@pytest.mark.django_db
def test_the_figures_take_a_constant_number_of_queries(
    client, settings, django_assert_max_num_queries
) -> None:
    settings.METRICS_TOKEN = TOKEN
    for number in range(30):
        job_records.note(job=f"job.{number}", succeeded=True, seconds=1, at=timezone.now())

    with django_assert_max_num_queries(8):
        _shown(client)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_counts_what_it_did(tmp_path) -> None:
    with solo_worker(folder=tmp_path) as (process, queue):
        send(queue=queue, task="authorities.forget_keyed_requests")
        # Given something that is no key, this one fails.
        send(queue=queue, task="authorities.process_boundary_import", import_id="no key")
        end = time.monotonic() + PATIENCE
        while JobRecord.objects.count() < 2 and time.monotonic() < end:
            assert process.poll() is None
            time.sleep(0.1)

    done = JobRecord.objects.get(name="authorities.forget_keyed_requests")
    failed = JobRecord.objects.get(name="authorities.process_boundary_import")
    assert (done.succeeded, done.failed) == (1, 0)
    assert done.succeeded_at is not None
    assert (failed.succeeded, failed.failed) == (0, 1)
    assert failed.succeeded_at is None


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_several_processes_count_together(request, monkeypatch) -> None:
    monkeypatch.setenv("METRICS_TOKEN", TOKEN)
    host = request.getfixturevalue("gunicorn")

    def get(path: str) -> str:
        # A connection each, so that both processes are asked.
        connection = http.client.HTTPConnection(host, timeout=30)
        connection.request("GET", path, headers={"Authorization": f"Bearer {TOKEN}"})
        text = connection.getresponse().read().decode()
        connection.close()
        return text

    for _ in range(40):
        get(reverse("health-live"))
    series = 'health_duty_requests_total{method="GET",route="health-live",status="200"}'

    assert {_value(get(PAGE), series) for _ in range(10)} == {40.0}
