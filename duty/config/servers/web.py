"""The web server, started the same way for the demonstration and for tests of many at once."""

import http.client
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from duty.config.servers import processes
from duty.config.servers.processes import Child, ServerError

ADDRESS = "127.0.0.1"
WORKERS, THREADS = 2, 4


class ChildEndedError(ServerError):
    """A part of the site ended by itself."""


def start_web(
    *,
    project: Path,
    port: int,
    environment: Mapping[str, str],
    log: Path,
    workers: int = WORKERS,
) -> Child:
    """Start gunicorn on a port of this machine; `wait_until_ready` says when it answers."""
    environment = dict(environment)
    if environment.get("METRICS_TOKEN"):
        # Where processes count; an earlier start's counts are not this one's.
        folder = log.with_name("metrics")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        environment.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder))
    return processes.start(
        name="The web server",
        arguments=[
            *(sys.executable, "-m", "gunicorn", "duty.config.wsgi"),
            *("--bind", f"{ADDRESS}:{port}", "--worker-class", "gthread"),
            *("--workers", str(workers), "--threads", str(THREADS), "--no-control-socket"),
        ],
        environment=environment,
        folder=project,
        log=log,
    )


def wait_until_ready(*, port: int, children: Sequence[Child], patience: float = 60.0) -> None:
    """Wait for the first page that is not an error of the server.

    Args:
        port: where the web server listens.
        children: what must keep running meanwhile, the web server last.
        patience: for how many seconds.

    Raises:
        ChildEndedError: one of them ended.
        ServerError: the time is over.
    """
    deadline = time.monotonic() + patience
    while (status := _status(port=port)) is None or status >= 500:
        refuse_ended(children=children)
        if time.monotonic() > deadline:
            web = children[-1]
            raise ServerError(
                f"The site does not answer (last status: {status or 'none'}). From {web.log}:\n"
                f"{processes.end_of_log(log=web.log)}"
            )
        time.sleep(0.1)


def refuse_ended(*, children: Sequence[Child]) -> None:
    """Refuse to go on without one of the children.

    Raises:
        ChildEndedError: one of them ended.
    """
    for child in children:
        if child.has_ended():
            raise ChildEndedError(
                f"{child.name} ended by itself (status {child.process.returncode}). "
                f"From {child.log}:\n{processes.end_of_log(log=child.log)}"
            )


def _status(*, port: int) -> int | None:
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=30)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()
