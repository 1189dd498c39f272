"""The list of locked periods."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from authorities.presenters.register_feeds import moment_text
from authorities.presenters.tables import Cell, Column
from authorities.presenters.words import day_text
from outcomes.queries.period_locks import LockFacts, LockPage

_COLUMNS = (Column("Periods"), Column("What is locked"), Column("Why"), Column("State"))


@dataclass(frozen=True)
class LockList:
    """A page of locks."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    page: int
    pages: int


def lock_list(*, found: LockPage, may_lift: bool) -> LockList:
    """Return the list; who may lift a lock gets a link to do so."""
    return LockList(
        columns=_COLUMNS,
        rows=tuple(_row(lock, may_lift) for lock in found.rows),
        page=found.page,
        pages=found.pages,
    )


def span_words(*, lock: LockFacts) -> str:
    """Return the span of a lock in words, its last day included."""
    last = lock.end_date - timedelta(days=1)
    return f"{day_text(day=lock.start_date)} to {day_text(day=last)}"


def what_words(*, lock: LockFacts) -> str:
    """Return what a lock is on."""
    return f"{lock.indicator or 'Every indicator'}, {lock.body or 'every body'}"


def _row(lock: LockFacts, may_lift: bool) -> tuple[Cell, ...]:
    if lock.lifted_at is not None:
        when = moment_text(moment=lock.lifted_at)
        state = Cell("Lifted", note=f"{when} by {lock.lifted_by}: {lock.lifted_reason}")
    elif may_lift:
        state = Cell("Locked: lift it", url=reverse("outcomes:period-unlock", args=[lock.id]))
    else:
        state = Cell("Locked")
    return (
        Cell(span_words(lock=lock)),
        Cell(what_words(lock=lock)),
        Cell(lock.reason, note=f"{lock.locked_by}, {moment_text(moment=lock.locked_at)}"),
        state,
    )
