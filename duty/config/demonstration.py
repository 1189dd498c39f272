"""The demonstration: servers, worker and site under one roof, until it is told to stop."""

import hashlib
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from duty.config.servers import processes
from duty.config.servers.home import Home, find_home
from duty.config.servers.processes import Child, ServerError
from duty.config.servers.services import (
    configured,
    environment_for,
    record,
    sole_use,
    start_services,
)
from duty.config.servers.web import ADDRESS, refuse_ended, start_web, wait_until_ready


class PortBusyError(ServerError):
    """Another program listens where the site should."""


class FreshRefusedError(ServerError):
    """Only data that we made ourselves are thrown away."""


def run_demonstration(
    *, project: Path, port: int, fresh: bool, report: Callable[[str], None]
) -> None:
    """Run the demonstration until a signal ends it.

    Raises:
        FreshRefusedError: the database is not ours to throw away.
        PortBusyError: the port is taken.
        ChildEndedError: a part ended by itself.
        ServerError: a server does not start.
    """
    if fresh and configured(name="DATABASE_URL"):
        raise FreshRefusedError(
            "--fresh throws away the included database only, and DATABASE_URL names another one. "
            "Empty that one yourself, or unset DATABASE_URL."
        )
    home = find_home(project=project)
    if home.folder != project / "var":
        report(f"Data are kept in {home.folder}: the database's user cannot reach this folder")
    with sole_use(home=home), ExitStack() as stack:
        check_port(port=port)
        if fresh:
            forget(home=home)
            report("The data of earlier demonstrations are gone")
        services = start_services(home=home, stack=stack, report=report)
        site_url = f"http://{ADDRESS}:{port}"
        environment = environment_for(
            services=services, home=home, site_url=site_url, demonstration=True
        )
        accounts = home.folder / "accounts.txt"
        _prepare(project=project, home=home, environment=environment, accounts=accounts)
        report("The database is up to date and the demonstration data are loaded")
        site = _start_site(project=project, home=home, port=port, environment=environment)
        stack.callback(processes.stop, children=site)
        children = (*services.children, *site)
        wait_until_ready(port=port, children=children)
        record(home=home, command="demo", site_url=site_url, services=services)
        report("The site and its worker are running")
        print(f"\nHealth Duty Tracker: {environment['SITE_URL']}/\n")
        print(accounts.read_text())
        print(f"Logs are in {home.folder}. Stop with Control-C or ./run stop.", flush=True)
        _watch(children=children)


def check_port(*, port: int) -> None:
    """Make sure that the site can listen.

    Raises:
        PortBusyError: it cannot.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            other = port + 1 if 1024 <= port < 65535 else 8001
            raise PortBusyError(
                f"Port {port} cannot be used ({error.strerror}). Choose another one with "
                f"./run demo --port {other}, or end the program that uses it."
            ) from error


def forget(*, home: Home) -> None:
    """Delete the included database, the queue and the uploaded files. Needs the lock."""
    for name in ("postgres", "valkey", "site"):
        folder = home.folder / name
        if folder.exists():
            shutil.rmtree(folder)


def _prepare(*, project: Path, home: Home, environment: Mapping[str, str], accounts: Path) -> None:
    stamp = home.folder / "static.stamp"
    static_now = _state_of_static(project=project, environment=environment)
    static_is_current = stamp.exists() and stamp.read_text() == static_now
    commands = [
        "migrate --verbosity 0",
        "createcachetable --verbosity 0",
        *([] if static_is_current else ["collectstatic --noinput --clear --verbosity 0"]),
        "load_demo",
        f"load_demo --accounts > {accounts}",
    ]
    status = processes.run_in_front(
        arguments=[sys.executable, "-m", "duty.config.prepare", *commands],
        environment=environment,
        folder=project,
    )
    if status != 0:
        raise ServerError("The demonstration could not be prepared: see the message above.")
    stamp.write_text(static_now)


def _state_of_static(*, project: Path, environment: Mapping[str, str]) -> str:
    """Return a fingerprint of the sources of the static files, and of whether they were made."""
    root = Path(environment.get("STATIC_ROOT") or project / "static-collected")
    digest = hashlib.sha256(f"{root} {(root / 'staticfiles.json').exists()}".encode())
    sources = [
        project / "package-lock.json",
        project / "requirements" / "base.txt",
        *(project / "duty" / "config").glob("settings.py"),
        *(project / "duty" / "ui").glob("*.py"),
        *sorted((project / "static").rglob("*")),
    ]
    for source in sources:
        if source.is_file():
            digest.update(f"{source.relative_to(project)}\0".encode() + source.read_bytes())
    return digest.hexdigest()


def _start_site(
    *, project: Path, home: Home, port: int, environment: Mapping[str, str]
) -> tuple[Child, ...]:
    python = sys.executable
    worker = processes.start(
        name="The Celery worker",
        arguments=[
            *(python, "-m", "celery", "-A", "duty.config.celery", "worker", "-B"),
            *("--concurrency", "2", "--loglevel", "INFO"),
            *("--schedule", home.folder / "site" / "celery-beat"),
        ],
        environment=environment,
        folder=project,
        log=home.folder / "worker.log",
        # At once, without waiting for its tasks: nobody is left to end it if a task takes long.
        # The broker delivers an unfinished task again.
        death_signal=signal.SIGQUIT,
    )
    web = start_web(
        project=project, port=port, environment=environment, log=home.folder / "web.log"
    )
    return worker, web


def _watch(*, children: Sequence[Child]) -> None:
    while True:
        refuse_ended(children=children)
        time.sleep(0.2)
