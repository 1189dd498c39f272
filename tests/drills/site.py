"""The whole site on throw-away data, whose parts a drill kills and starts again.

Its web server, worker with its clock, broker and database are started as `./run demo` starts them,
with a database as durable as a real one.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from duty.config.servers import processes
from duty.config.servers.home import Home, find_home, throwaway_home
from duty.config.servers.postgres import Cluster, start_cluster
from duty.config.servers.processes import Child, ServerError
from duty.config.servers.services import Services, configured, environment_for
from duty.config.servers.valkey import Broker, start_broker
from duty.config.servers.web import ADDRESS, WORKERS, start_web, wait_until_ready

PROJECT = Path(__file__).resolve().parents[2]
PARTS = ("web", "worker", "broker", "database")
_PATIENCE = 60.0
# What must be so for an answer to mean that a write will outlive its server.
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


@dataclass
class Site:
    """The running site. Each part is the process that was started last."""

    home: Home
    port: int
    environment: dict[str, str]
    cluster: Cluster
    broker: Broker
    children: dict[str, Child] = field(default_factory=dict)
    # Processes of the web server.
    workers: int = WORKERS

    @property
    def url(self) -> str:
        """The address of the site, which only this machine reaches."""
        return f"http://{ADDRESS}:{self.port}"

    def kill(self, part: str) -> int:
        """End all processes of a part at once, as a power cut would; return how many."""
        pids = _tree(self.children[part].process.pid)
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.children[part].process.wait()
        return len(pids)

    def start(self, part: str) -> float:
        """Start a part and wait until it answers; return after how many seconds it did."""
        began = time.monotonic()
        _START[part](self)
        return time.monotonic() - began

    def heal(self) -> None:
        """Start again whatever does not run."""
        for part in reversed(PARTS):
            if part not in self.children or self.children[part].has_ended():
                self.start(part)

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """Connect to the site's database."""
        return psycopg.connect(self.cluster.url, autocommit=True, connect_timeout=5)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run Python in the site's environment, and return what it said."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=PROJECT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def empty(self, database: str) -> None:
        """Throw the database and the kept files away, and leave empty ones."""
        if "web" in self.children:
            processes.stop(children=[self.children.pop("web")])
        with psycopg.connect(self.cluster.administration_url, autocommit=True) as connection:
            name = sql.Identifier(database)
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER app").format(name))
        shutil.rmtree(Path(self.environment["DATA_DIR"]) / "files", ignore_errors=True)

    def stop(self) -> None:
        """Stop all parts."""
        own = [self.children[part] for part in ("web", "worker") if part in self.children]
        processes.stop(children=own)
        self.broker.stop()
        self.cluster.stop()


def _start_database(site: Site) -> None:
    started = start_cluster(home=site.home)
    if started.url != site.cluster.url:
        raise ServerError("The database came back under another address.")
    site.cluster, site.children["database"] = started, started.child


def _start_broker(site: Site) -> None:
    started = start_broker(home=site.home)
    if started.url != site.broker.url:
        raise ServerError("The broker came back under another address.")
    site.broker, site.children["broker"] = started, started.child


def _start_worker(site: Site) -> None:
    log = site.home.folder / "worker.log"
    said = log.stat().st_size if log.exists() else 0
    child = site.children["worker"] = processes.start(
        name="The Celery worker",
        arguments=[
            *(sys.executable, "-m", "celery", "-A", "duty.config.celery", "worker", "-B"),
            *("--concurrency", "2", "--loglevel", "INFO"),
            *("--schedule", site.home.folder / "site" / "celery-beat"),
        ],
        environment=site.environment,
        folder=PROJECT,
        log=log,
        death_signal=signal.SIGKILL,
    )
    deadline = time.monotonic() + _PATIENCE
    while b" ready." not in log.read_bytes()[said:]:
        if child.has_ended() or time.monotonic() > deadline:
            raise ServerError(f"The worker is not ready:\n{processes.end_of_log(log=log)}")
        time.sleep(0.05)


def _start_web(site: Site) -> None:
    child = site.children["web"] = start_web(
        project=PROJECT,
        port=site.port,
        environment=site.environment,
        log=site.home.folder / "web.log",
        workers=site.workers,
    )
    wait_until_ready(port=site.port, children=[child])


_START: Mapping[str, Callable[[Site], None]] = {
    "database": _start_database,
    "broker": _start_broker,
    "worker": _start_worker,
    "web": _start_web,
}


@contextmanager
def running_site(*, report: Callable[[str], None]) -> Iterator[Site]:
    """Run the site with the demonstration's data, and forget all of it afterwards.

    Raises:
        ServerError: servers are configured, which are not ours to kill; or a part does not start.
    """
    for name in ("DATABASE_URL", "CELERY_BROKER_URL"):
        if configured(name=name):
            raise ServerError(
                f"A drill kills its servers, and {name} names one of yours. Unset it: a drill "
                "starts its own."
            )
    with throwaway_home(home=find_home(project=PROJECT)) as home:
        cluster, port = start_cluster(home=home), _free_port()
        broker = start_broker(home=home)
        services = Services(database_url=cluster.url, broker_url=broker.url)
        environment = environment_for(
            services=services, home=home, site_url=f"http://{ADDRESS}:{port}", demonstration=True
        )
        environment["DJANGO_SETTINGS_MODULE"] = "duty.config.settings"
        environment["STATIC_ROOT"] = str(home.folder / "static")
        environment["EMAIL_BACKEND"] = "django.core.mail.backends.dummy.EmailBackend"
        site = Site(home=home, port=port, environment=environment, cluster=cluster, broker=broker)
        site.children |= {"database": cluster.child, "broker": broker.child}
        try:
            _prepare(site)
            report("The demonstration is loaded, in a database that is as durable as a real one")
            site.start("worker")
            site.start("web")
            report(f"The site and its worker are running at {site.url}")
            yield site
        finally:
            site.stop()


@contextmanager
def copy_site(site: Site) -> Iterator[Site]:
    """Run servers for a copy of a site, with its secrets and nothing in them; no part of it yet.

    The copy has a queue of its own at the same broker, to which nobody listens.
    """
    with throwaway_home(home=find_home(project=PROJECT)) as home:
        cluster, port = start_cluster(home=home), _free_port()
        services = Services(database_url=cluster.url, broker_url=site.broker.url)
        environment = environment_for(
            services=services, home=home, site_url=f"http://{ADDRESS}:{port}", demonstration=True
        )
        shared = ("DJANGO_SETTINGS_MODULE", "STATIC_ROOT", "EMAIL_BACKEND", "SECRET_KEY")
        environment |= {name: site.environment[name] for name in shared}
        environment["CELERY_QUEUE"] = "of-the-copy"
        copy = Site(
            home=home, port=port, environment=environment, cluster=cluster, broker=site.broker
        )
        copy.children["database"] = cluster.child
        try:
            yield copy
        finally:
            processes.stop(
                children=[copy.children[one] for one in ("web",) if one in copy.children]
            )
            copy.cluster.stop()


def furnish_site(site: Site) -> dict[str, list[dict[str, Any]]]:
    """Give a site people with returns to write and to sign; return who has what."""
    done = site.run("-m", "tests.drills.furnish")
    if done.returncode != 0:
        raise RuntimeError(f"The site could not be furnished:\n{done.stderr[-3000:]}")
    furnished: dict[str, list[dict[str, Any]]] = json.loads(done.stdout.splitlines()[-1])
    return furnished


def _prepare(site: Site) -> None:
    with site.connect() as connection:
        for name in _DURABLE:
            value = connection.execute(f"SHOW {name}").fetchone()
            if value != ("on",):
                raise ServerError(f"{name} is {value}: what such a database tells proves nothing.")
    done = site.run(
        *("-m", "duty.config.prepare", "migrate --verbosity 0", "createcachetable --verbosity 0"),
        *("collectstatic --noinput --verbosity 0", "load_demo"),
    )
    if done.returncode != 0:
        raise ServerError(f"The demonstration could not be loaded:\n{done.stderr[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port: int = probe.getsockname()[1]
    return port


def _tree(pid: int) -> list[int]:
    """Return a process and all below it, parents first; a database's leave its process group."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError, ValueError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children.get(one, [])
    return found
