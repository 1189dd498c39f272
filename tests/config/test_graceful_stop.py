"""Asked to stop, web server and worker finish what they are at; a killed job is taken up again."""

import http.client
import signal
import socket
import threading
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections, transaction
from django.utils import timezone

from authorities.models import KeyedRequest
from duty.config.servers import processes
from duty.config.servers.web import ADDRESS, start_web, wait_until_ready
from tests.factories.authorities import UserFactory
from tests.solo_worker import (
    PATIENCE,
    environment_of,
    send,
    solo_worker,
    wait_until_somebody_waits_for,
)

PROJECT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def _lock(table: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{table}" IN ACCESS EXCLUSIVE MODE')


def _old_request() -> None:
    KeyedRequest.objects.create(
        user=UserFactory(),
        credential="user:1",
        key="of-last-week",
        method="PUT",
        path="/",
        body_sha256="0" * 64,
        status=200,
        answered_at=timezone.now() - timedelta(days=9),
    )


def test_a_request_under_way_is_answered_before_the_web_server_stops(tmp_path) -> None:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port: int = probe.getsockname()[1]
    web = start_web(
        project=PROJECT,
        port=port,
        environment=environment_of(folder=tmp_path, queue=f"test-{uuid.uuid4()}"),
        log=tmp_path / "web.log",
    )
    answered: list[int] = []

    def ask() -> None:
        connection = http.client.HTTPConnection(ADDRESS, port, timeout=PATIENCE)
        connection.request("GET", "/health/queue/")
        answered.append(connection.getresponse().status)
        connection.close()

    try:
        wait_until_ready(port=port, children=[web])
        asking = threading.Thread(target=ask)
        with transaction.atomic():
            _lock("authorities_notice")
            asking.start()
            wait_until_somebody_waits_for("authorities_notice")
            web.process.send_signal(signal.SIGTERM)
            # Time enough for a server that would drop it.
            time.sleep(2)
        asking.join(timeout=PATIENCE)
        web.process.wait(timeout=PATIENCE)
    finally:
        processes.stop(children=[web])

    assert answered == [200]
    assert web.process.returncode == 0


def test_a_job_under_way_is_finished_before_the_worker_stops(tmp_path) -> None:
    _old_request()
    with solo_worker(folder=tmp_path) as (process, queue):
        with transaction.atomic():
            _lock("authorities_keyedrequest")
            send(queue=queue, task="authorities.forget_keyed_requests")
            wait_until_somebody_waits_for("authorities_keyedrequest")
            process.send_signal(signal.SIGTERM)
            time.sleep(2)
            stopped_early = process.poll() is not None
        process.wait(timeout=PATIENCE)

    assert not stopped_early
    assert process.returncode == 0
    assert not KeyedRequest.objects.exists()


def test_a_job_whose_worker_is_killed_is_done_when_it_is_asked_for_again(tmp_path) -> None:
    _old_request()
    with solo_worker(folder=tmp_path) as (process, queue), transaction.atomic():
        _lock("authorities_keyedrequest")
        send(queue=queue, task="authorities.forget_keyed_requests")
        wait_until_somebody_waits_for("authorities_keyedrequest")
        process.kill()
        process.wait()
    kept = KeyedRequest.objects.count()

    with solo_worker(folder=tmp_path) as (process, queue):
        send(queue=queue, task="authorities.forget_keyed_requests")
        end = time.monotonic() + PATIENCE
        while KeyedRequest.objects.exists() and time.monotonic() < end:
            assert process.poll() is None
            time.sleep(0.1)

    assert kept == 1
    assert not KeyedRequest.objects.exists()
