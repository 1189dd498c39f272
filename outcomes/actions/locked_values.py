"""Values of a body that would change what a lock keeps: found, and refused in words."""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from authorities.models import Body
from outcomes.actions.staging import Named
from outcomes.queries.period_locks import LockHit, has_locks, locks_hit

WHOM_TO_ASK = "ask the team at the Department of Health and Social Care to lift the lock"
_WORDS_SHOWN = 3


class LockedPeriodError(ValueError):
    """Values would change a period that is locked; nothing is stored."""

    def __init__(self, *, hits: tuple[LockHit, ...]) -> None:
        self.hits = hits
        said = " ".join(dict.fromkeys(why(hit=hit) for hit in hits[:_WORDS_SHOWN]))
        super().__init__(f"{said} To change its values, {WHOM_TO_ASK}.")


@dataclass(frozen=True)
class LockedRow:
    """A staged row, by its number, whose value would change under a lock."""

    number: int
    hit: LockHit


def why(*, hit: LockHit) -> str:
    """Return since when a period is locked, and the reason that was given."""
    since = f"{timezone.localtime(hit.locked_at):%-d %B %Y}"
    reason = hit.reason if hit.reason.endswith((".", "!", "?")) else f"{hit.reason}."
    return f"{hit.period} has been locked since {since}: {reason}"


def hold_locks(*, alone: bool) -> None:
    """Keep the locks as they are until the transaction ends; alone, to set one.

    So no lock comes between the question whether there is one and the storing.
    """
    name = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}(hashtextextended('period locks', 0))")


# What is the same as the current value changes nothing, in a locked period as elsewhere.
_CHANGING = """
    SELECT s.number, (%(indicators)s::bigint[])[s.indicator + 1],
        (%(periods)s::bigint[])[s.period + 1]
    FROM staged_observation s
    WHERE NOT EXISTS (
        SELECT FROM compared_observation c WHERE c.number = s.number AND c.same
    )
    ORDER BY s.number
"""


def locked_rows(*, named: Named, owner: Body) -> tuple[LockedRow, ...]:
    """Return the staged rows that would change a value under a lock, in their order.

    The rows were compared with the current values before; the caller holds the locks.
    """
    if not has_locks(owner=owner.pk):
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_CHANGING, {"indicators": named.indicators, "periods": named.periods})
        rows: list[tuple[int, int, int]] = cursor.fetchall()
    hits = {
        (hit.indicator_id, hit.period_id): hit
        for hit in locks_hit(owner=owner.pk, pairs=[(row[1], row[2]) for row in rows])
    }
    return tuple(
        LockedRow(number, hit)
        for number, indicator, period in rows
        if (hit := hits.get((indicator, period))) is not None
    )
