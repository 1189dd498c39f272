"""The public national page after forty reorganisations, against the same page after one."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import date
from itertools import cycle, pairwise

from django.db import connection, connections, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authorities.actions.pairs import rebuild_pairs
from authorities.models import (
    BodyCode,
    BodyName,
    Origin,
    PartBoard,
    Reorganisation,
    ReorganisationState,
    Succession,
)
from authorities.queries import places
from engagement.actions import national
from engagement.management.benchmarks.pages import show_national_page
from engagement.management.benchmarks.rows import Measured, seconds_in_turn
from engagement.models import NationalPicture

# The register knows one, of 1 April 2026, which reached the boards of 44 parts on one day.
MANY = 40
# The page reads what jobs have computed, so it asks no more and takes no longer. Queries are
# counted; the same page on a busy machine may take a little longer or shorter.
QUERIES_GOAL = 1.0
TIME_GOAL = 1.25


class PageChangedError(RuntimeError):
    """What happened before the day of the page changed what it shows."""


def days_of_change() -> list[date]:
    """Return the days on which a part changed its board, up to today, earliest first."""
    starts = {
        valid.lower
        for valid in PartBoard.objects.values_list("valid", flat=True)
        if valid.lower is not None and valid.lower <= timezone.localdate()
    }
    # On the first of the days boards began; nothing changed its board.
    return sorted(starts)[1:]


@contextmanager
def many_reorganisations() -> Iterator[None]:
    """Be in an England that was reorganised many times and is today what it was; undone after."""
    page = show_national_page()
    with transaction.atomic():
        reorganise(times=MANY - len(days_of_change()))
        if (found := len(days_of_change())) != MANY:
            raise RuntimeError(f"There were {found} reorganisations, not {MANY}.")
        _recompute()
        if show_national_page() != page:
            raise PageChangedError("Reorganisations of the past changed the page of today.")
        yield
        transaction.set_rollback(True)


def reorganise(*, times: int) -> None:
    """Store reorganisations, one a month, between July 2022 and April 2026.

    On each day a part goes to the next board, which takes another name and another code, and what
    changed on the day before is put back. The last puts back and changes nothing more.
    """
    days = [date(2022 + month // 12, month % 12 + 1, 1) for month in range(7, 7 + times)]
    lasting = _lasting_parts(since=days[0])
    boards = sorted({row.board_id for row in lasting})
    next_board = dict(zip(boards, [*boards[1:], boards[0]], strict=True))
    for number, day in enumerate(days):
        _record(number, on=day)
    for number, ((start, end), row) in enumerate(zip(pairwise(days), cycle(lasting), strict=False)):
        home, away = row.board_id, next_board[row.board_id]
        stretch = DateRange(start, end)
        _replace(
            PartBoard.objects.get(part=row.part, valid__contains=start), stretch, board_id=away
        )
        _replace(
            BodyName.objects.get(body=away, valid__contains=start),
            stretch,
            name=f"NHS Reorganised {number} Integrated Care Board",
            short_name=f"Reorganised {number}",
        )
        for code in BodyCode.objects.filter(body=away, valid__contains=start):
            _replace(code, stretch, value=f"REORG{number:04}")
        Succession.objects.create(
            predecessor_id=home, successor_id=away, on_date=start, kind="split"
        )
        Succession.objects.create(predecessor_id=away, successor_id=home, on_date=end, kind="split")


def _record(number: int, *, on: date) -> None:
    """Keep the change on record beside its facts, as the register's own are kept."""
    Reorganisation.objects.create(
        title=f"Reorganisation {number}",
        origin=Origin.REGISTER,
        state=ReorganisationState.APPLIED,
        effective_date=on,
        source="The benchmark",
        proposed_at=timezone.now(),
        applied_at=timezone.now(),
    )


def _lasting_parts(*, since: date) -> list[PartBoard]:
    """Return the parts of authorities that had one board all along, as they lie in it."""
    of_authorities = [place.part for place in places(as_at=since) if place.authority]
    return list(
        PartBoard.objects.as_at(since)
        .as_at(timezone.localdate())
        .filter(part__key__in=of_authorities)
        .order_by("part__key")
    )


def _replace(row: PartBoard | BodyName | BodyCode, days: DateRange, **values: object) -> None:
    """Let a row say something else on some of its days, and the same as ever before and after."""
    before = DateRange(row.valid.lower, days.lower)
    after = DateRange(days.upper, row.valid.upper)
    row.delete()
    for valid, said in ((before, {}), (days, values), (after, {})):
        if valid.lower == valid.upper:
            continue
        piece = copy(row)
        piece.pk, piece.valid = None, valid
        piece._state.adding = True
        for name, value in said.items():
            setattr(piece, name, value)
        piece.save()


def _recompute() -> None:
    """Do what jobs do after a reorganisation, as if at the time of the last one."""
    rebuild_pairs(by=None, at=timezone.now())
    for picture in NationalPicture.objects.select_related("round"):
        national.refresh(round=picture.round, at=picture.computed_at)


def national_page_queries() -> Measured:
    """Count the page's queries after one reorganisation and after many."""
    limit = _queries()
    with many_reorganisations():
        value = _queries()
    return Measured(
        name=f"national_page_queries_after_{MANY}_reorganisations",
        value=value,
        unit="queries",
        limit=limit,
        goal=QUERIES_GOAL,
    )


def national_page_time(*, times: int = 31) -> Measured:
    """Measure the page's time on the server after one reorganisation and after many, in turn."""
    reorganised = connections["default"]
    # It sees nothing of what the other has not committed.
    untouched = reorganised.copy()

    def show_after_one() -> None:
        connections["default"] = untouched
        try:
            show_national_page()
        finally:
            connections["default"] = reorganised

    try:
        with many_reorganisations():
            value, limit = seconds_in_turn(show_national_page, show_after_one, times=times)
    finally:
        untouched.close()
    return Measured(
        name=f"national_page_time_after_{MANY}_reorganisations",
        value=value,
        unit="s",
        limit=limit,
        goal=TIME_GOAL,
    )


def _queries() -> int:
    # Maps are drawn at the first look and kept.
    show_national_page()
    with CaptureQueriesContext(connection) as captured:
        show_national_page()
    return len(captured)
