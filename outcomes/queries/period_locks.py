"""Which periods are locked, and which of some values fall under a lock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from authorities.queries.dated import Names, names_on
from outcomes.models import PeriodLock, PeriodRow

PAGE_SIZE = 25


@dataclass(frozen=True)
class LockFacts:
    """A lock as lists show it; `end_date` is the first day after its span."""

    id: int
    indicator: str
    body: str
    start_date: date
    end_date: date
    reason: str
    locked_by: str
    locked_at: datetime
    lifted_by: str
    lifted_at: datetime | None
    lifted_reason: str


@dataclass(frozen=True)
class LockPage:
    """A page of locks, those in force first."""

    rows: tuple[LockFacts, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class LockHit:
    """A period whose values may not change, with the reason that was given."""

    indicator_id: int
    period_id: int
    period: str
    reason: str
    locked_at: datetime


def lock_page(*, page: int, today: date) -> LockPage:
    """Return a page of locks, from three queries."""
    rows = _locks()
    count = rows.count()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE_SIZE
    in_force_first = F("lifted_at").desc(nulls_first=True)
    found = list(rows.order_by(in_force_first, "-locked_at", "-pk")[first : first + PAGE_SIZE])
    names = names_on(day=today, bodies={row.body_id for row in found if row.body_id})
    return LockPage(
        rows=tuple(_facts(row, names) for row in found),
        page=page,
        pages=pages,
        count=count,
    )


def lock_of(*, pk: int, today: date) -> LockFacts | None:
    """Return one lock, or None."""
    row = _locks().filter(pk=pk).first()
    if row is None:
        return None
    return _facts(row, names_on(day=today, bodies=[row.body_id] if row.body_id else []))


def has_locks(*, owner: UUID) -> bool:
    """Whether a lock is in force that may concern files of a body."""
    return _in_force(owner=owner).exists()


def locks_hit(*, owner: UUID, pairs: Iterable[tuple[int, int]]) -> tuple[LockHit, ...]:
    """Return the locks under which a body's values of some indicators and periods fall.

    Args:
        owner: the body that sends them.
        pairs: keys of indicator and period.

    Returns:
        One hit for each pair that is locked, by the newest lock; from two queries at most.
    """
    wanted = list(dict.fromkeys(pairs))
    locks = list(
        _in_force(owner=owner)
        .filter(Q(indicator__isnull=True) | Q(indicator__in={pair[0] for pair in wanted}))
        .order_by("-locked_at", "-pk")
    )
    if not locks:
        return ()
    periods = PeriodRow.objects.in_bulk({pair[1] for pair in wanted})
    found = []
    for indicator, period_id in wanted:
        period = periods[period_id]
        lock = next(
            (
                one
                for one in locks
                if one.indicator_id in (None, indicator)
                and one.start_date <= period.start_date
                and period.end_date <= one.end_date
            ),
            None,
        )
        if lock is not None:
            found.append(LockHit(indicator, period_id, period.label, lock.reason, lock.locked_at))
    return tuple(found)


def _in_force(*, owner: UUID) -> QuerySet[PeriodLock]:
    return PeriodLock.objects.filter(Q(body__isnull=True) | Q(body=owner), lifted_at__isnull=True)


def _locks() -> QuerySet[PeriodLock]:
    return PeriodLock.objects.select_related("indicator", "locked_by", "lifted_by")


def _facts(row: PeriodLock, names: Names) -> LockFacts:
    return LockFacts(
        id=row.pk,
        indicator=row.indicator.name if row.indicator else "",
        body=names.name(row.body_id) if row.body_id else "",
        start_date=row.start_date,
        end_date=row.end_date,
        reason=row.reason,
        locked_by=row.locked_by.full_name,
        locked_at=row.locked_at,
        lifted_by=row.lifted_by.full_name if row.lifted_by else "",
        lifted_at=row.lifted_at,
        lifted_reason=row.lifted_reason,
    )
