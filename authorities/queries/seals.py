"""The chain of seals over the audit: what is sealed, what waits, and whether all of it holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from authorities.models import AccessEvent, AuditEvent, AuditSeal, SealedTable
from authorities.seal_chain import Leaf, Seal, breaks, differences, unpacked

TABLES: dict[str, str] = {
    SealedTable.AUDIT: AuditEvent._meta.db_table,
    SealedTable.ACCESS: AccessEvent._meta.db_table,
}
# What of a row is sealed: everything. Instants are counted in microseconds, so that neither the
# session's time zone nor a way to print them matters.
_TEXTS = {
    SealedTable.AUDIT: (
        "id, (extract(epoch FROM at) * 1000000)::bigint, by_id, action, body_id, target_type,"
        " target_id, detail"
    ),
    SealedTable.ACCESS: (
        "id, (extract(epoch FROM at) * 1000000)::bigint, kind, person_id, unknown_account, network,"
        " route, named, permission, body_id, status"
    ),
}


@dataclass(frozen=True)
class ChainState:
    """The newest seal, and how many rows wait for the next."""

    number: int
    digest: str
    sealed_at: datetime | None
    waiting: int


def leaves_of(*, table: str, first: int, last: int) -> tuple[Leaf, ...]:
    """Return the leaves of the rows with keys from first to last, as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, sha256(convert_to(jsonb_build_array({_TEXTS[SealedTable(table)]})::text,"
            f" 'UTF8')) FROM {TABLES[table]} WHERE id BETWEEN %s AND %s ORDER BY id",
            [first, last],
        )
        return tuple(Leaf(key=key, hash=bytes(value)) for key, value in cursor.fetchall())


def next_ids() -> dict[str, int]:
    """Return the first key of each table that no seal covers."""
    newest = " UNION ALL ".join(
        f"(SELECT ledger, last_id + 1 FROM {AuditSeal._meta.db_table} WHERE ledger = '{table}'"
        " ORDER BY first_id DESC LIMIT 1)"
        for table in TABLES
    )
    with connection.cursor() as cursor:
        cursor.execute(newest)
        found = dict(cursor.fetchall())
    return {table: found.get(table, 1) for table in TABLES}


def chain_state() -> ChainState:
    """Return what a page says of the chain, in three queries."""
    newest = AuditSeal.objects.order_by("-number").defer("leaves").first()
    starts = next_ids()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT "
            + " + ".join(f"(SELECT count(*) FROM {TABLES[t]} WHERE id >= %s)" for t in TABLES),
            [starts[table] for table in TABLES],
        )
        waiting = int(cursor.fetchone()[0])
    if newest is None:
        return ChainState(number=0, digest="", sealed_at=None, waiting=waiting)
    return ChainState(
        number=newest.number, digest=newest.digest, sealed_at=newest.sealed_at, waiting=waiting
    )


def broken_links(*, kept: Mapping[int, str] | None = None) -> Iterator[str]:
    """Say what does not hold, the oldest first: of each seal, then of the rows that it covers.

    Args:
        kept: digests of seals by number, as they were copied elsewhere.
    """
    starts = dict.fromkeys(TABLES, 1)
    before: Seal | None = None
    digest_before = ""
    expected = dict(kept or {})
    for row in AuditSeal.objects.order_by("number").iterator(chunk_size=1):
        seal = Seal(
            number=row.number,
            table=row.ledger,
            first_id=row.first_id,
            last_id=row.last_id,
            leaves=unpacked(bytes(row.leaves)),
            previous=row.previous,
            sealed_at=row.sealed_at,
        )
        if expected.pop(seal.number, row.digest) != row.digest:
            yield f"seal {seal.number} is not the one whose digest was kept elsewhere"
        yield from breaks(
            seal=seal,
            digest=row.digest,
            rows=row.rows,
            before=before,
            digest_before=digest_before,
            next_id=starts[row.ledger],
        )
        found = leaves_of(table=row.ledger, first=row.first_id, last=row.last_id)
        for difference in differences(sealed=seal.leaves, found=found):
            yield f"{row.get_ledger_display()}: {difference} after seal {seal.number}"
        before, digest_before = seal, row.digest
        starts[row.ledger] = row.last_id + 1
    for number in sorted(expected):
        yield f"seal {number} was removed: its digest was kept elsewhere"
