"""Seals what was added to the audit and to the log of access since the last seal."""

import logging
import time
from datetime import datetime

from django.db import connection, transaction

from authorities.models import AuditSeal, SealedTable
from authorities.queries.seals import TABLES, leaves_of, next_ids
from authorities.seal_chain import Seal, packed

logger = logging.getLogger(__name__)

MOST_ROWS = 10_000
# Writers are waited for as long; then the next run comes.
PATIENCE_SECONDS = 10.0
_LOOK_EVERY = 0.05


def seal(*, at: datetime) -> int:
    """Seal all rows that no writer can add to any more; return how many seals were made.

    A row gets its key before its transaction commits, so a lower key may come to be seen after a
    higher one. A writer holds a lock on the table from before it takes a key until it has ended.
    So: note the highest key, and wait until everybody who held that lock at that moment has let it
    go. Later writers get higher keys, and are not waited for.
    """
    made = 0
    ends = _settled()
    for table in SealedTable.values:
        while table in ends and _seal_next(table=table, last=ends[table], at=at):
            made += 1
    return made


@transaction.atomic
def _seal_next(*, table: str, last: int, at: datetime) -> bool:
    with connection.cursor() as cursor:
        # One at a time; whoever comes second finds the first one's seal.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('seals of the audit', 0))")
    first = next_ids()[table]
    if first > last:
        return False
    end = _end_of_batch(table=table, first=first, last=last)
    leaves = leaves_of(table=table, first=first, last=end)
    if not leaves:
        # Keys of transactions that were undone are covered by the seal of the next row.
        return False
    newest = AuditSeal.objects.order_by("-number").defer("leaves").first()
    made = Seal(
        number=1 if newest is None else newest.number + 1,
        table=table,
        first_id=first,
        last_id=end,
        leaves=leaves,
        previous="" if newest is None else newest.digest,
        sealed_at=at,
    )
    AuditSeal.objects.create(
        number=made.number,
        ledger=table,
        first_id=first,
        last_id=end,
        rows=len(leaves),
        leaves=packed(leaves),
        previous=made.previous,
        digest=made.digest,
        sealed_at=at,
    )
    # The copy outside: who rewrites the chain does not reach where logs are kept.
    logger.info("audit sealed: seal %s, %s rows, digest %s", made.number, len(leaves), made.digest)
    return True


def _end_of_batch(*, table: str, first: int, last: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT max(id) FROM (SELECT id FROM {TABLES[table]} WHERE id BETWEEN %s AND %s"
            f" ORDER BY id LIMIT {MOST_ROWS}) AS batch",
            [first, last],
        )
        found = cursor.fetchone()[0]
    return last if found is None else int(found)


def _settled() -> dict[str, int]:
    """Return the highest key of each table up to which nobody can add a row any more."""
    highest = {}
    for table, name in TABLES.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT max(id) FROM {name}")
            found = cursor.fetchone()[0]
        if found is not None:
            highest[table] = int(found)
    return {table: last for table, last in highest.items() if _writers_have_ended(TABLES[table])}


def _writers_have_ended(table: str) -> bool:
    """Wait for who writes to the table at this moment; say whether all of them have ended."""
    awaited = _writers(table)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while awaited and time.monotonic() < deadline:
        time.sleep(_LOOK_EVERY)
        awaited &= _writers(table)
    return not awaited


def _writers(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT virtualtransaction FROM pg_locks
            WHERE locktype = 'relation' AND relation = %s::regclass AND granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND mode = 'RowExclusiveLock'
                AND pid <> pg_backend_pid()
            """,
            [table],
        )
        return {row[0] for row in cursor.fetchall()}
