"""By which clock steps are judged: the database's, since all servers share it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection

_TOLD: ContextVar[bool] = ContextVar("told", default=False)


def database_time() -> datetime:
    """Return the time by the database's clock now, not that of the transaction's start."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


def judged_at(*, at: datetime) -> datetime:
    """Return the time by which a step is judged that was asked for `at`; ask behind its lock.

    A step may have waited for the lock, and a server's own clock may be wrong.
    """
    return at if _TOLD.get() else database_time()


@contextmanager
def invented_past() -> Iterator[None]:
    """Judge by when a step is said to be taken: only a demonstration tells an invented past."""
    token = _TOLD.set(True)
    try:
        yield
    finally:
        _TOLD.reset(token)
