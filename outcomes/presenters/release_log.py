"""The release log as a table and as a file."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from authorities.csv_text import write_csv
from authorities.presenters.tables import Cell, Column, Table
from authorities.presenters.words import day_text
from outcomes.models import ReleaseKind, ReleaseState
from outcomes.queries.release_log import LoggedRelease, ReleasePage

CSV_HEADINGS = (
    *("title", "kind", "state", "body", "published_on", "stored_at", "source", "licence"),
    *("indicators", "added", "superseded", "unchanged"),
)
_MOST_NAMED = 3
_NOT_RECORDED = "Not recorded"


@dataclass(frozen=True)
class LogPage:
    """A page of the log."""

    table: Table
    total: int
    waiting: int
    page: int
    pages: int
    page_url: str
    csv_url: str


def log_page(*, found: ReleasePage) -> LogPage:
    """Return a page of the log."""
    return LogPage(
        table=Table(
            heading="",
            caption=f"{found.total:,} release{'' if found.total == 1 else 's'}",
            columns=(
                Column("Release"),
                Column("Source"),
                Column("Indicators"),
                Column("Values added", numeric=True),
                Column("Values superseded", numeric=True),
            ),
            rows=tuple(_row(row) for row in found.rows),
            empty="There is no release yet.",
        ),
        total=found.total,
        waiting=found.waiting,
        page=found.page,
        pages=found.pages,
        page_url="?page=",
        csv_url=reverse("catalogue:releases-csv"),
    )


def _row(row: LoggedRelease) -> tuple[Cell, ...]:
    day = (
        f"Published {day_text(day=row.published_on)}"
        if row.published_on
        else (f"Stored {day_text(day=timezone.localdate(row.stored_at))}")
    )
    return (
        Cell(text=row.title, note=f"{day}. {_state(row)}"),
        Cell(text=row.source or _NOT_RECORDED, note=row.licence),
        _indicators(row),
        Cell(text=_number(row.added)),
        Cell(text=_number(row.superseded)),
    )


def _state(row: LoggedRelease) -> str:
    if row.state == ReleaseState.SUBMITTED:
        return f"Sent in by {row.body_name or 'a body'}, waits for approval"
    if row.kind == ReleaseKind.APPROVED:
        return f"Sent in by {row.body_name or 'a body'} and approved"
    return "National publication"


def _indicators(row: LoggedRelease) -> Cell:
    names = [name for _, name in row.indicators]
    if not names:
        return Cell(text=_NOT_RECORDED)
    more = len(names) - _MOST_NAMED
    text = ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    if len(names) == 1:
        return Cell(text=text, url=reverse("catalogue:indicator", args=[row.indicators[0][0]]))
    return Cell(text=text)


def _number(value: int | None) -> str:
    return _NOT_RECORDED if value is None else f"{value:,}"


def log_csv(*, found: ReleasePage) -> str:
    """Return the log as CSV; an empty count is one that is not recorded."""
    return write_csv(
        headings=CSV_HEADINGS,
        rows=(
            (
                row.title,
                row.kind,
                row.state,
                row.body_name,
                row.published_on.isoformat() if row.published_on else "",
                row.stored_at.isoformat(),
                row.source,
                row.licence,
                ";".join(code for code, _ in row.indicators),
                *(
                    "" if count is None else str(count)
                    for count in (row.added, row.superseded, row.unchanged)
                ),
            )
            for row in found.rows
        ),
    )
