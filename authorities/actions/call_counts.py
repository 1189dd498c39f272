"""Counting what callers of the API ask, minute by minute.

One row a caller, changed in one statement: requests that several processes answer at once are all
counted, which a cache that is read and then written does not do.
"""

from datetime import datetime, timedelta

from django.db import connection

from authorities.models import CallCount

_COUNT = """
    INSERT INTO authorities_callcount AS known (caller, minute, calls)
    VALUES (%(caller)s, date_trunc('minute', %(at)s::timestamptz), 1)
    ON CONFLICT (caller) DO UPDATE SET
        calls = CASE WHEN known.minute = excluded.minute THEN known.calls + 1 ELSE 1 END,
        minute = excluded.minute
    RETURNING calls
"""
_KEPT_FOR = timedelta(days=1)


def count(*, caller: str, at: datetime) -> int:
    """Count one call; return which one of its minute it is, the first being 1."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"caller": caller, "at": at})
        found: int = cursor.fetchone()[0]
    return found


def seconds_left(*, at: datetime) -> int:
    """Return in how many seconds, rounded up, another minute begins."""
    return 60 - at.second


def forget_old(*, at: datetime) -> int:
    """Delete the counts of who has not called for a day; return how many."""
    return CallCount.objects.filter(minute__lte=at - _KEPT_FOR).delete()[0]
