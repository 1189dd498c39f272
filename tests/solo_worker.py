"""A real worker that a test may kill, on the tests' database and the test's folder."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection, connections

Worker = tuple["subprocess.Popen[bytes]", str]

_ROOT = Path(__file__).parents[1]
PATIENCE = 40


@contextmanager
def solo_worker(*, folder: Path) -> Iterator[Worker]:
    """Run a worker until the block ends; give its process and the queue of its own."""
    name = f"test-{uuid.uuid4()}"
    environment = environment_of(folder=folder, queue=name)
    command = [sys.executable, "-m", "celery", "-A", "duty.config.celery", "worker"]
    process = subprocess.Popen(
        [*command, "--pool", "solo", "--loglevel", "error"], cwd=_ROOT, env=environment
    )
    try:
        yield process, name
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def environment_of(*, folder: Path, queue: str) -> dict[str, str]:
    """Return the environment of a process of the site on the tests' database."""
    # A host may be the path of a socket.
    database = {key: quote(str(value), safe="") for key, value in connection.settings_dict.items()}
    return {
        **os.environ,
        "DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database),
        "CELERY_QUEUE": queue,
        "DATA_DIR": str(folder),
    }


def send(*, queue: str, task: str, **arguments: str) -> None:
    """Send a message as the site does, to the worker's own queue."""
    with Celery(broker=settings.CELERY_BROKER_URL, set_as_current=False) as app:
        app.send_task(task, kwargs=arguments, queue=queue)


def wait_until_somebody_waits_for(table: str) -> None:
    """Wait until a lock on the table stops somebody, or fail the test."""
    end = time.monotonic() + PATIENCE
    with connections["default"].cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass",
                [table],
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    pytest.fail("the worker did not come so far")
