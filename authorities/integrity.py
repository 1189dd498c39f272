"""Checks of what is stored: facts that no constraint of a single row holds.

Constraints and triggers refuse what is wrong when it is written. They say nothing of what a restore
lost, of what was written while a trigger was off, or of two rows that a fault of ours left apart.
So each app names checks that look at what is there, in the modules that its `AppConfig.integrity`
lists; `manage.py check_integrity` and a nightly job run them all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import connection, transaction

# So many keys of what is broken are told; all of it is counted.
MOST_KEYS = 5


@dataclass(frozen=True)
class Asked:
    """What a check may need to know.

    at: what is owed is judged by this instant.
    every_file: read each stored file, and not only those whose turn it is on that day.
    """

    at: datetime
    every_file: bool = False


@dataclass(frozen=True)
class Broken:
    """How many rows break a check, and the first few: keys alone, never what somebody wrote."""

    count: int = 0
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """A question about what is stored. `holds` says what is so while nothing is broken."""

    name: str
    holds: str
    find: Callable[[Asked], Broken]


@dataclass(frozen=True)
class Result:
    """What a check found."""

    check: Check
    broken: Broken


def holds(sentence: str) -> Callable[[Callable[[Asked], Broken]], Check]:
    """Make a check of a function, named after its app and itself."""

    def make(find: Callable[[Asked], Broken]) -> Check:
        app = find.__module__.partition(".")[0]
        return Check(name=f"{app}.{find.__name__}", holds=sentence, find=find)

    return make


def all_checks() -> tuple[Check, ...]:
    """Return every check of the modules that apps name, in the order of apps and modules."""
    modules = [
        import_module(name)
        for app in apps.get_app_configs()
        for name in getattr(app, "integrity", ())
    ]
    return tuple(
        value for module in modules for value in vars(module).values() if isinstance(value, Check)
    )


def run(*, asked: Asked, checks: Iterable[Check] | None = None) -> tuple[Result, ...]:
    """Ask every check, or some."""
    return tuple(
        Result(check=check, broken=check.find(asked))
        for check in (all_checks() if checks is None else checks)
    )


def broken_by(*, sql: str, **parameters: Any) -> Broken:
    """Count the rows of a query whose one column is the key of what is broken."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Planned for many rows, where a compiled plan takes longer than the question.
        cursor.execute("SET LOCAL jit = off")
        cursor.execute(
            f"SELECT count(*) OVER (), key::text FROM ({sql}) AS broken (key)"
            f" ORDER BY key::text LIMIT {MOST_KEYS}",
            parameters,
        )
        rows = cursor.fetchall()
    return Broken(count=rows[0][0], keys=tuple(row[1] for row in rows)) if rows else Broken()


def broken_among(*, keys: Iterable[object]) -> Broken:
    """Count keys that were found in Python, where SQL cannot say what is broken."""
    found = sorted(str(key) for key in keys)
    return Broken(count=len(found), keys=tuple(found[:MOST_KEYS]))
