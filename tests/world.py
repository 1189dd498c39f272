"""The demonstration as a world for tests: loaded once for all workers, then cloned.

Loading takes half a minute, cloning a PostgreSQL database a fraction of a second. So the first test
that asks for the world loads it into a clone of the empty test database, beside that, and keeps it
as a template that nothing writes to, of which each other worker copies its own; with `--reuse-db`
it is kept for the next run too, until `--create-db`. Fixtures of `tests/conftest.py` use it:

- `world`: the connection is turned to a clone, and each test's transaction is rolled back;
- `live_world`: a fresh clone for one test that commits, with the live server on it; dropped after.

`furnished_site` serves a clone with something at each address to all tests of a module.

Ask for one of them instead of marking a test with `django_db`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dj_database_url
from django.conf import settings
from django.db import connection, connections
from django.db.backends.utils import CursorWrapper
from django.test import override_settings
from django.utils import timezone

from duty.models import Round, RoundState
from engagement.management.demonstration import world as demonstration
from engagement.management.demonstration.accounts import PASSWORD

__all__ = [
    "PASSWORD",
    "FurnishedSite",
    "LiveWorld",
    "Turned",
    "World",
    "cloned",
    "load_template",
    "turned_to",
]


@dataclass(frozen=True)
class World:
    """What the tests name of the demonstration."""

    round: str
    published_round: str
    authority: str = "south-yorkshire"
    board: str = "south-yorkshire"
    other_authority: str = "york-and-north-yorkshire"
    other_board: str = "humber-and-north-yorkshire"
    indicator: str = "healthy-life-expectancy-at-birth"


@dataclass(frozen=True)
class Turned:
    """The database that the site reads now."""

    name: str
    url: str


@dataclass(frozen=True)
class LiveWorld:
    """A demonstration that a live server and a worker share."""

    facts: World
    # Where the site is, and where its database is.
    site: str
    url: str
    # DATA_DIR of the worker; the site keeps its uploads in the same folder.
    data_folder: Path


@dataclass(frozen=True)
class FurnishedSite:
    """A demonstration with something at each address, served to the tests of a module."""

    site: str
    # What stands in addresses, by the names of `tests/architecture/addresses.py`.
    things: dict[str, str]


@contextmanager
def _server() -> Iterator[CursorWrapper]:
    with connection._nodb_cursor() as cursor:
        yield cursor


def _let_go() -> None:
    """Close this thread's connection and the pool, which still lead to another database."""
    connection.close()
    getattr(connection, "close_pool")()  # noqa: B009 - PostgreSQL's own


def end_sessions() -> None:
    """End every session in the database that the site reads now."""
    name = connection.settings_dict["NAME"]
    _let_go()
    with _server() as cursor:
        _end_sessions(cursor, name=name)


def _end_sessions(cursor: CursorWrapper, *, name: str) -> None:
    # Only our own: autovacuum looks in too, and only a superuser may end that.
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND usename = current_user",
        [name],
    )


@contextmanager
def turned_to(name: str) -> Iterator[Turned]:
    """Turn the site to another database of the same server, and back."""
    before = connection.settings_dict["NAME"]
    _let_go()
    # Every thread's connection is made from this one dictionary.
    connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = name
    try:
        yield Turned(name=name, url=_address(name))
    finally:
        _let_go()
        connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = before


def _address(name: str) -> str:
    """Return DATABASE_URL for another process, with the database's name exchanged."""
    configured = os.environ["DATABASE_URL"]
    head, _, query = configured.partition("?")
    address = f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    assert dj_database_url.parse(address)["NAME"] == name
    return address


def _drop(name: str) -> None:
    """Drop a database, whoever still reads it.

    Not WITH (FORCE): that ends autovacuum's session as well, which the role of the included server
    may not do. A plain DROP waits until autovacuum has left.
    """
    if not _is_there(name):
        return
    with _server() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        _end_sessions(cursor, name=name)
        cursor.execute(f'DROP DATABASE "{name}"')


def _copy(*, source: str, name: str) -> None:
    _drop(name)
    with _server() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


@contextmanager
def cloned(*, template: str, name: str) -> Iterator[str]:
    """Make a database from the template, and drop it afterwards whoever still reads it."""
    _copy(source=template, name=name)
    try:
        yield name
    finally:
        _drop(name)


def _is_there(name: str) -> bool:
    with _server() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


@contextmanager
def load_template(*, keep: bool) -> Iterator[str]:
    """Load the demonstration into a database of its own, or take the one that was kept."""
    configured = str(dj_database_url.parse(os.environ["DATABASE_URL"])["NAME"])
    # Two workers of one run must not share it.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"test_{configured}_world_{worker}"
    _let_go()
    if not (keep and _is_there(name)):
        _load(name=name)
    try:
        yield name
    finally:
        if not keep:
            _drop(name)


def _load(*, name: str) -> None:
    """Load the demonstration, or copy what another worker of this run has loaded meanwhile."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")
    with _server() as cursor:
        # One at a time: two at once take longer than one after the other.
        cursor.execute("SELECT pg_advisory_lock(hashtextextended('world of the tests', 0))")
        if run and (loaded := _loaded_by(cursor, run=run)):
            _copy(source=loaded, name=name)
            return
        _load_anew(name=name)
        if run:
            cursor.execute(f'COMMENT ON DATABASE "{name}" IS %s', [run])


def _loaded_by(cursor: CursorWrapper, *, run: str) -> str | None:
    cursor.execute(
        "SELECT datname FROM pg_database WHERE shobj_description(oid, 'pg_database') = %s", [run]
    )
    row = cursor.fetchone()
    return None if row is None else str(row[0])


def _load_anew(*, name: str) -> None:
    unfinished = f"{name}_new"
    # The test database has every table, and between tests nothing in them.
    migrated = str(connection.settings_dict["NAME"])
    end_sessions()
    with cloned(template=migrated, name=unfinished):
        with turned_to(unfinished), override_settings(DEMONSTRATION=True):
            demonstration.load(now=timezone.now(), say=lambda _: None)
        # Under its own name only once it is whole: a run that was interrupted leaves none.
        _copy(source=unfinished, name=name)


def describe() -> World:
    """Return the names of what the demonstration dates by the day on which it is loaded."""
    assert settings.DEMONSTRATION
    return World(
        round=Round.objects.get(state=RoundState.OPEN).slug,
        published_round=Round.objects.filter(state=RoundState.PUBLISHED).latest("opens_on").slug,
    )
