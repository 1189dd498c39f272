"""The database and the broker of a command: our own, a running command's, or configured ones."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path
from typing import TextIO

import psycopg

from duty.config.servers.home import Home, secret
from duty.config.servers.postgres import included_programs, start_cluster
from duty.config.servers.processes import Child, ServerError
from duty.config.servers.valkey import start_broker

_RECORD = "servers.json"


class ConfiguredServerError(ServerError):
    """A server named in the environment does not answer."""


class AlreadyRunningError(ServerError):
    """The data are in use by another command in this folder."""


@dataclass(frozen=True)
class Services:
    """Where the database and the broker are, and which processes of ours they are."""

    database_url: str
    broker_url: str
    children: tuple[Child, ...] = ()


@dataclass(frozen=True)
class Running:
    """What a command that holds the data says of itself."""

    pid: int
    command: str
    site_url: str
    services: Services


def configured(*, name: str) -> str | None:
    """Return the address of a server that the environment names, if it names one."""
    return os.environ.get(name, "").strip() or None


def start_services(
    *, home: Home, stack: ExitStack, report: Callable[[str], None], durable: bool = True
) -> Services:
    """Start the servers that are not configured; leaving the stack stops them.

    Raises:
        ServerError: a server does not start, or a configured database does not answer.
    """
    children = []
    if database_url := configured(name="DATABASE_URL"):
        check_database(url=database_url)
        report("Using the database that DATABASE_URL names")
    else:
        cluster = start_cluster(home=home, durable=durable)
        stack.callback(cluster.stop)
        database_url = cluster.url
        children.append(cluster.child)
        report("PostgreSQL is ready")
    if broker_url := configured(name="CELERY_BROKER_URL"):
        report("Using the broker that CELERY_BROKER_URL names")
    else:
        broker = start_broker(home=home)
        stack.callback(broker.stop)
        broker_url = broker.url
        children.append(broker.child)
        report("Valkey is ready")
    return Services(database_url=database_url, broker_url=broker_url, children=tuple(children))


def check_database(*, url: str) -> None:
    """Open and close one connection to a configured database.

    Raises:
        ConfiguredServerError: it does not answer.
    """
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        raise ConfiguredServerError(
            f"The database that DATABASE_URL names does not answer: {error}. Check the address "
            "and that the database exists, or unset DATABASE_URL to use the one included."
        ) from error


@contextmanager
def sole_use(*, home: Home) -> Iterator[None]:
    """Hold the data alone.

    Raises:
        AlreadyRunningError: another command holds them.
    """
    with (home.folder / "servers.lock").open("a") as lock:
        if not _try_lock(lock):
            raise AlreadyRunningError(_who_holds(home=home))
        # A killed command leaves its record, which says nothing about us.
        (home.folder / _RECORD).unlink(missing_ok=True)
        try:
            yield
        finally:
            (home.folder / _RECORD).unlink(missing_ok=True)


@contextmanager
def shared_use(*, home: Home, command: str, report: Callable[[str], None]) -> Iterator[Services]:
    """Lend the services: those of a command that already runs here, or else our own.

    Our own are stopped only when no other command uses them any more.

    Raises:
        ServerError: the services are not to be had.
    """
    with ExitStack() as stack:
        users = stack.enter_context((home.folder / "users.lock").open("a"))
        lock = stack.enter_context((home.folder / "servers.lock").open("a"))
        # Taken first, so that servers which we find cannot be stopped before we use them.
        flock(users, LOCK_SH)
        if not _try_lock(lock) and (running := _wait_for_record(home=home, lock=lock)):
            report(f"Using the servers of ./run {running.command}")
            yield running.services
            return
        (home.folder / _RECORD).unlink(missing_ok=True)
        stack.callback((home.folder / _RECORD).unlink, missing_ok=True)
        services = start_services(home=home, stack=stack, report=report)
        record(home=home, command=command, site_url="", services=services)
        yield services
        if not _try_lock(users):
            report("Waiting for another command that uses the database")
            flock(users, LOCK_EX)


def _try_lock(lock: TextIO) -> bool:
    try:
        flock(lock, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait_for_record(*, home: Home, lock: TextIO, patience: float = 60.0) -> Running | None:
    """Return what the holder wrote, or None when it let go and the lock is now ours."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if running := read_record(home=home):
            return running
        if _try_lock(lock):
            return None
        time.sleep(0.1)
    raise AlreadyRunningError(_who_holds(home=home))


def _who_holds(*, home: Home) -> str:
    running = read_record(home=home)
    if running is None:
        return "Another ./run command is starting in this folder. Wait for it, then try again."
    place = f" at {running.site_url}" if running.site_url else ""
    return (
        f"./run {running.command} is already running from this folder{place} (process "
        f"{running.pid}). Use that one, or stop it first with ./run stop."
    )


def record(*, home: Home, command: str, site_url: str, services: Services) -> None:
    """Tell other commands in this folder which servers run. Only for the holder of the lock."""
    path = home.folder / _RECORD
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    # It holds the database's password.
    unfinished.touch(mode=0o600)
    unfinished.write_text(
        json.dumps(
            {
                "pid": os.getpid(),
                "command": command,
                "site_url": site_url,
                "database_url": services.database_url,
                "broker_url": services.broker_url,
            }
        )
    )
    unfinished.replace(path)


def read_record(*, home: Home) -> Running | None:
    """Return which servers run, if a living command says so."""
    path = home.folder / _RECORD
    try:
        facts = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return None
    # A killed command leaves its record; its lock is gone with it.
    if not Path(f"/proc/{facts['pid']}").exists():
        return None
    return Running(
        pid=facts["pid"],
        command=facts["command"],
        site_url=facts["site_url"],
        services=Services(database_url=facts["database_url"], broker_url=facts["broker_url"]),
    )


def running_command(*, home: Home) -> Running | None:
    """Return the command that holds the data now, if any does."""
    with (home.folder / "servers.lock").open("a") as lock:
        return None if _try_lock(lock) else read_record(home=home)


def environment_for(
    *, services: Services, home: Home, site_url: str, demonstration: bool
) -> dict[str, str]:
    """Return the environment of the site's processes; what the user has set is left as it is."""
    site = home.folder / "site"
    if not site.exists():
        site.mkdir(mode=0o700)
    defaults = {
        "DATABASE_URL": services.database_url,
        "CELERY_BROKER_URL": services.broker_url,
        "SECRET_KEY": secret(path=home.folder / "secret-key"),
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SITE_URL": site_url,
        "DATA_DIR": str(site),
        "DEBUG": "0",
        "DEMONSTRATION": "1" if demonstration else "0",
    }
    programs = included_programs()
    if configured(name="DATABASE_URL") is None and programs is not None:
        # Those of the included server: the system may have others, of another version.
        defaults["POSTGRES_PROGRAMS"] = str(programs)
    return defaults | {name: value for name, value in os.environ.items() if value.strip()}
