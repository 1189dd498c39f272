"""What the pages of the audit show, and their files."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from authorities.audit_words import words_of
from authorities.csv_text import write_csv
from authorities.models import AccessKind
from authorities.presenters.register_feeds import moment_text
from authorities.presenters.tables import Cell, Column
from authorities.queries.audit import MOST_IN_FILE, Entry, EntryPage
from authorities.queries.seals import ChainState

DONE_COLUMNS = (Column("When"), Column("Who"), Column("What"), Column("Body"), Column("Thing"))
SEEN_COLUMNS = (Column("When"), Column("Who"), Column("What"), Column("Body"), Column("Page"))
FILE_HEADINGS = (
    *("at", "person", "account", "what_code", "what", "body", "thing", "thing_id", "right"),
    *("status", "network", "detail"),
)
# A file is sent in pieces of so many lines.
_LINES = 500
_LONGEST_DETAIL = 200


@dataclass(frozen=True)
class Tab:
    """One of the two lists."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class AuditPage:
    """A page of one of the lists, and how the chain of seals stands."""

    title: str
    lead: str
    tabs: tuple[Tab, ...]
    chain: str
    chain_digest: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str
    newest_url: str
    older_url: str
    csv_url: str


def done_row(entry: Entry) -> tuple[Cell, ...]:
    """Return a row of what was done."""
    return (
        Cell(moment_text(moment=entry.key[0])),
        _who(entry, nobody="The site"),
        Cell(words_of(entry.what), note=_detail(entry.detail)),
        Cell(entry.body or "None"),
        Cell(entry.thing.partition(".")[2] or entry.thing, note=entry.thing_id),
    )


def seen_row(entry: Entry) -> tuple[Cell, ...]:
    """Return a row of who signed in and saw what."""
    known = AccessKind(entry.what).label
    by = f"by the right {entry.permission}" if entry.permission else ""
    from_where = f"from {entry.network}" if entry.network else ""
    return (
        Cell(moment_text(moment=entry.key[0])),
        _who(entry, nobody="No such account"),
        Cell(known, note=", ".join(part for part in (by, from_where) if part)),
        Cell(entry.body or "None"),
        Cell(entry.thing, note=_detail(entry.detail)),
    )


def _who(entry: Entry, *, nobody: str) -> Cell:
    return Cell(entry.person or nobody, note=entry.account)


def _detail(detail: Mapping[str, Any]) -> str:
    text = ", ".join(f"{name}: {value}" for name, value in detail.items())
    return text if len(text) <= _LONGEST_DETAIL else f"{text[:_LONGEST_DETAIL]}…"


def chain_text(*, state: ChainState) -> str:
    """Say how the chain of seals stands."""
    if state.sealed_at is None:
        return f"Nothing is sealed yet; {state.waiting} rows wait."
    waiting = f"{state.waiting} rows wait" if state.waiting != 1 else "1 row waits"
    return (
        f"Seal {state.number} was made on {moment_text(moment=state.sealed_at)}; {waiting} for the "
        "next, which comes within a minute."
    )


def audit_page(
    *,
    title: str,
    lead: str,
    tabs: tuple[Tab, ...],
    chain: ChainState,
    found: EntryPage,
    seen: bool,
    newest_url: str,
    older_url: str,
    csv_url: str,
) -> AuditPage:
    """Return the page; `newest_url` is empty on the first one, `older_url` on the last."""
    return AuditPage(
        title=title,
        lead=lead,
        tabs=tabs,
        chain=chain_text(state=chain),
        chain_digest=chain.digest,
        columns=SEEN_COLUMNS if seen else DONE_COLUMNS,
        rows=tuple((seen_row if seen else done_row)(entry) for entry in found.entries),
        caption=f"{title}, the newest first",
        newest_url=newest_url,
        older_url=older_url,
        csv_url=csv_url,
    )


def file_lines(*, entries: Iterator[Entry], seen: bool) -> Iterator[str]:
    """Give the file in pieces; its last line says so where it has not all that was searched for."""
    yield "\ufeff" + write_csv(headings=FILE_HEADINGS, rows=[])
    head = len(write_csv(headings=FILE_HEADINGS, rows=[]))
    count = 0
    while piece := list(islice(entries, _LINES)):
        count += len(piece)
        rows = [_line(entry, seen=seen) for entry in piece]
        yield write_csv(headings=FILE_HEADINGS, rows=rows)[head:]
    if count >= MOST_IN_FILE:
        note = f"Only the newest {MOST_IN_FILE} rows are here. Ask for a shorter period."
        row = ["", note, *[""] * (len(FILE_HEADINGS) - 2)]
        yield write_csv(headings=FILE_HEADINGS, rows=[row])[head:]


def _line(entry: Entry, *, seen: bool) -> list[str]:
    return [
        _instant(entry.key[0]),
        entry.person,
        entry.account,
        entry.what,
        str(AccessKind(entry.what).label) if seen else words_of(entry.what),
        entry.body,
        entry.thing,
        entry.thing_id,
        entry.permission,
        "" if entry.status is None else str(entry.status),
        entry.network,
        json.dumps(entry.detail, ensure_ascii=False, sort_keys=True) if entry.detail else "",
    ]


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
