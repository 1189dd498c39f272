"""A real worker with its clock, on the test's database and the configured broker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kombu import Queue

from duty.config.celery import app
from tests.world import LiveWorld

_PROJECT = Path(__file__).resolve().parents[2]
_PATIENCE = 60.0


@contextmanager
def own_queue(name: str) -> Iterator[None]:
    """Send this process's messages to a queue that no other worker reads."""
    before = app.conf.task_default_queue
    # A run that was killed may have left messages.
    _delete(name)
    _use_queue(name)
    try:
        yield
    finally:
        _delete(name)
        _use_queue(before)


def _delete(name: str) -> None:
    with app.connection_for_write() as connection:
        Queue(name, channel=connection).delete()


def _use_queue(name: str) -> None:
    app.conf.task_default_queue = name
    # Celery works these out once, at the first message.
    for worked_out in ("queues", "router", "routes", "default_queue"):
        app.amqp.__dict__.pop(worked_out, None)
    app.amqp.flush_routes()


@contextmanager
def running_worker(*, world: LiveWorld, queue: str) -> Iterator[Path]:
    """Run a worker until the block ends; give its log.

    Raises:
        AssertionError: it does not start.
    """
    log = world.data_folder / "worker.log"
    environment = {
        **os.environ,
        "DATABASE_URL": world.url,
        "DATA_DIR": str(world.data_folder),
        "CELERY_QUEUE": queue,
        "DEMONSTRATION": "1",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "celery", "-A", "duty.config.celery", "worker", "-B"),
                *("--concurrency", "1", "--loglevel", "INFO", "--hostname", f"{queue}@%h"),
                *("--schedule", world.data_folder / "beat"),
                *("--without-gossip", "--without-mingle"),
            ],
            cwd=_PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # A group of its own, so that its clock and its child go with it.
            start_new_session=True,
        )
        try:
            _wait_until_ready(process=process, log=log)
            yield log
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_until_ready(*, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while b" ready." not in log.read_bytes():
        assert process.poll() is None, f"The worker ended: {log.read_text()[-2000:]}"
        assert time.monotonic() < deadline, f"The worker is not ready: {log.read_text()[-2000:]}"
        time.sleep(0.1)
