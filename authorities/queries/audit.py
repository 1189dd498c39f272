"""What the pages of the audit list: who did what, and who signed in and saw what.

Both lists are read by time from the newest, a page from the key where the last one ended, over an
index for each way to search: a page costs the same at a million rows as at a hundred.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from authorities.models import AccessEvent, AuditEvent, Body, BodyKind, User
from authorities.queries.dated import Names, names_on

PAGE_SIZE = 50
# A file is made of pieces, and of no more rows than a spreadsheet and a person can take.
MOST_IN_FILE = 50_000
_PIECE = 1_000

Key = tuple[datetime, int]


@dataclass(frozen=True)
class Wanted:
    """What is searched for; None and "" are anything. `until` is not part of the period."""

    person: UUID | None = None
    body: UUID | None = None
    what: str = ""
    thing: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """A row of either list."""

    key: Key
    what: str
    person: str = ""
    account: str = ""
    body: str = ""
    thing: str = ""
    thing_id: str = ""
    network: str = ""
    permission: str = ""
    status: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class EntryPage:
    """A page of a list; `older` is the key from which the next page goes on."""

    entries: tuple[Entry, ...]
    older: Key | None


def done_page(*, wanted: Wanted, before: Key | None, day: date) -> EntryPage:
    """Return what was done, the newest first."""
    rows = list(_done(wanted, before)[: PAGE_SIZE + 1])
    return _page(_done_entries(rows, day))


def seen_page(*, wanted: Wanted, before: Key | None, day: date) -> EntryPage:
    """Return who signed in and saw what, the newest first."""
    rows = list(_seen(wanted, before)[: PAGE_SIZE + 1])
    return _page(_seen_entries(rows, day))


def done_file(*, wanted: Wanted, day: date) -> Iterator[Entry]:
    """Give the newest rows of what was done, piece by piece."""
    return _pieces(lambda before: _done_entries(list(_done(wanted, before)[:_PIECE]), day))


def seen_file(*, wanted: Wanted, day: date) -> Iterator[Entry]:
    """Give the newest rows of who saw what, piece by piece."""
    return _pieces(lambda before: _seen_entries(list(_seen(wanted, before)[:_PIECE]), day))


def _pieces(read: Any) -> Iterator[Entry]:
    before: Key | None = None
    for _ in range(MOST_IN_FILE // _PIECE):
        piece = read(before)
        yield from piece
        if len(piece) < _PIECE:
            return
        before = piece[-1].key


def _page(entries: list[Entry]) -> EntryPage:
    shown = tuple(entries[:PAGE_SIZE])
    return EntryPage(entries=shown, older=shown[-1].key if len(entries) > PAGE_SIZE else None)


def _done(wanted: Wanted, before: Key | None) -> QuerySet[AuditEvent]:
    found = AuditEvent.objects.select_related("by")
    return _narrowed(found, wanted, before, person="by_id", what="action", thing="target_id")


def _seen(wanted: Wanted, before: Key | None) -> QuerySet[AccessEvent]:
    found = AccessEvent.objects.select_related("person")
    return _narrowed(found, wanted, before, person="person_id", what="kind", thing="route")


def _narrowed(
    found: QuerySet[Any], wanted: Wanted, before: Key | None, **named: str
) -> QuerySet[Any]:
    """Keep what is searched for; `named` says what each table calls it."""
    asked = {
        named["person"]: wanted.person,
        "body_id": wanted.body,
        named["what"]: wanted.what,
        named["thing"]: wanted.thing,
    }
    found = found.filter(**{name: value for name, value in asked.items() if value})
    return _in_time(found, wanted, before)


def _in_time(found: QuerySet[Any], wanted: Wanted, before: Key | None) -> QuerySet[Any]:
    if wanted.since is not None:
        found = found.filter(at__gte=wanted.since)
    if wanted.until is not None:
        found = found.filter(at__lt=wanted.until)
    if before is not None:
        at, key = before
        # The first is what an index is read by; the second leaves out what stands at that instant.
        found = found.filter(at__lte=at).exclude(at=at, id__gte=key)
    return found.order_by("-at", "-id")


def _done_entries(rows: list[AuditEvent], day: date) -> list[Entry]:
    names = _names({row.body_id for row in rows}, day)
    return [
        Entry(
            key=(row.at, row.pk),
            what=row.action,
            person=row.by.full_name if row.by is not None else "",
            account=row.by.email if row.by is not None else "",
            body=names.name(row.body_id) if row.body_id else "",
            thing=row.target_type,
            thing_id=row.target_id,
            detail=row.detail,
        )
        for row in rows
    ]


def _seen_entries(rows: list[AccessEvent], day: date) -> list[Entry]:
    names = _names({row.body_id for row in rows}, day)
    return [
        Entry(
            key=(row.at, row.pk),
            what=row.kind,
            person=row.person.full_name if row.person is not None else "",
            account=row.person.email if row.person is not None else row.unknown_account,
            body=names.name(row.body_id) if row.body_id else "",
            thing=row.route,
            network=row.network,
            permission=row.permission,
            status=row.status,
            detail=row.named,
        )
        for row in rows
    ]


def _names(bodies: set[Any], day: date) -> Names:
    return names_on(day=day, bodies=[body for body in bodies if body is not None])


def people_choices() -> list[tuple[str, str]]:
    """Return everybody who has or had an account, by name."""
    return [
        (str(key), f"{name} ({email})")
        for key, name, email in User.objects.order_by("full_name", "email").values_list(
            "pk", "full_name", "email"
        )
    ]


def body_choices(*, day: date) -> list[tuple[str, str]]:
    """Return the bodies that people hold roles at, by name."""
    kinds = (BodyKind.STRATEGIC_AUTHORITY, BodyKind.INTEGRATED_CARE_BOARD, BodyKind.NATIONAL)
    keys = list(Body.objects.filter(kind__in=kinds).values_list("pk", flat=True))
    names = names_on(day=day, bodies=keys)
    return sorted(((str(key), names.name(key)) for key in keys), key=lambda choice: choice[1])


def actions_done() -> tuple[str, ...]:
    """Return every action that stands in the audit, from one step in an index for each."""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            WITH RECURSIVE found AS (
                (SELECT action FROM {AuditEvent._meta.db_table} ORDER BY action LIMIT 1)
                UNION ALL
                SELECT (
                    SELECT event.action FROM {AuditEvent._meta.db_table} AS event
                    WHERE event.action > found.action ORDER BY event.action LIMIT 1
                ) FROM found WHERE found.action IS NOT NULL
            )
            SELECT action FROM found WHERE action IS NOT NULL
        """)
        return tuple(row[0] for row in cursor.fetchall())
