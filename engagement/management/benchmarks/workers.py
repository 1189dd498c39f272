"""A real worker beside a measure."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

_PATIENCE = 60.0


@contextmanager
def worker(*, processes: int) -> Iterator[None]:
    """Run a worker as the site does, with so many processes, until the block ends."""
    command = [sys.executable, "-m", "celery", "-A", "duty.config.celery", "worker"]
    with TemporaryDirectory() as folder:
        log = Path(folder) / "worker.log"
        with log.open("wb") as written:
            running = subprocess.Popen(  # noqa: S603 - this project's own worker
                [*command, "--concurrency", str(processes), "--loglevel", "info"],
                cwd=settings.BASE_DIR,
                stdout=written,
                stderr=written,
            )
        try:
            wait_until(lambda: " ready." in log.read_text(), what="The worker is not ready")
            yield
        finally:
            running.terminate()
            running.wait()


def wait_until(is_so: Callable[[], bool], *, what: str) -> None:
    """Wait until something is so.

    Raises:
        RuntimeError: it is not so after a minute; `what` says what is amiss.
    """
    deadline = time.monotonic() + _PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what} after {_PATIENCE:g} seconds.")
        time.sleep(0.02)
