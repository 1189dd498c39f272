"""The page of an indicator in an area among 10,000,000 stored values, against 100,000 of them."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone

from authorities.models import Body, BodyKind
from engagement.management.benchmarks.rows import Measured, seconds
from outcomes.models import Breakdown, Indicator, Observation, PeriodRow, Release

FEW = 100_000
MANY = 10_000_000
# An index leads to the few values that a page shows, however many are stored.
TIME_GOAL = 1.2
QUERIES_GOAL = 1.0
_TIMES = 40
_CODE = "bench-1"
# A value's limits, as a table of either page has them.
_LIMITS = re.compile(rb"[0-9]{2}\.[0-9] to [0-9]{2}\.[0-9]")
# What one indicator has: 150 councils and England, 15 years, both sexes and all people.
_YEARS = 15
_SEXES = ("Male", "Female", "Persons")
_FIRST_YEAR = 2008
# Rows of one statement: a larger one keeps more in memory than it saves.
_AT_ONCE = 1_000_000


class TooFewValuesError(ValueError):
    """The larger number of values is not larger than the smaller."""


def indicator_page_time(*, values: int = MANY) -> Measured:
    """Measure the page's time on the server among many values, against among few."""
    few, many, _ = _measured(values)
    return Measured(
        name=f"indicator_page_time_with_{values}_values",
        value=many[0],
        unit="s",
        limit=few[0],
        goal=TIME_GOAL,
    )


def indicator_page_queries(*, values: int = MANY) -> Measured:
    """Count the page's queries among many values, against among few."""
    few, many, _ = _measured(values)
    return Measured(
        name=f"indicator_page_queries_with_{values}_values",
        value=float(many[1]),
        unit="queries",
        limit=float(few[1]),
        goal=QUERIES_GOAL,
    )


def indicator_list_time(*, values: int = MANY) -> Measured:
    """Measure the list of areas among many values, against among few."""
    few, many, _ = _measured(values)
    return Measured(
        name=f"indicator_list_time_with_{values}_values",
        value=many[2],
        unit="s",
        limit=few[2],
        goal=TIME_GOAL,
    )


_Page = tuple[float, int, float]


@cache
def _measured(values: int) -> tuple[_Page, _Page, float]:
    """Return time, queries and the list's time among few and among many, and the storing's time.

    Everything is stored in one transaction that is undone, so that nothing stays.
    """
    if values <= FEW:
        raise TooFewValuesError(f"More than {FEW:,} values are needed to compare with as many.")
    with _stored_indicators(values) as store:
        store(FEW)
        few = _page()
        started = time.perf_counter()
        store(values)
        stored = time.perf_counter() - started
        many = _page()
    return few, many, stored


@contextmanager
def _stored_indicators(values: int) -> Iterator["_Store"]:
    with transaction.atomic():
        yield _Store(most=values)
        transaction.set_rollback(True)


class _Store:
    """Stores made-up values, an indicator after the other, until there are so many."""

    def __init__(self, *, most: int) -> None:
        # First of all: a table with checks that wait cannot be changed.
        self._forget_references()
        self.stored = 0
        self.areas = [
            *Body.objects.filter(kind=BodyKind.COUNTRY).values_list("pk", flat=True),
            *Body.objects.filter(kind=BodyKind.COUNCIL)
            .order_by("slug")
            .values_list("pk", flat=True)[:150],
        ]
        self.periods = [self._period(year).pk for year in range(_FIRST_YEAR, 2023)]
        self.breakdowns = [
            Breakdown.objects.get_or_create(sex=sex, age="All ages", category_type="", category="")[
                0
            ].pk
            for sex in _SEXES
        ]
        self.each = len(self.areas) * len(self.periods) * len(self.breakdowns)
        self.indicators = [
            made.pk
            for made in Indicator.objects.bulk_create(
                Indicator(
                    code=f"bench-{number}",
                    name=f"Benchmark {number}",
                    unit="years",
                    scale="years",
                    benchmark_method="limits_95",
                    trend_eligible=True,
                )
                for number in range(-(-most // self.each) + 1)
            )
        ]
        self.release = Release.objects.create(title="Benchmark", created_at=timezone.now())

    def __call__(self, values: int) -> None:
        """Store until there are so many, then let the planner know of them."""
        while self.stored < values:
            end = min(values, self.stored + _AT_ONCE)
            self._insert(self.stored, end)
            self.stored = end
        with connection.cursor() as cursor:
            cursor.execute(f'ANALYZE "{Observation._meta.db_table}"')

    def _insert(self, start: int, end: int) -> None:
        # One statement a million rows. Each number stands for an indicator, area, period and sex.
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                INSERT INTO "{Observation._meta.db_table}" (
                    indicator_id, area_id, period_id, breakdown_id, release_id, area_code,
                    value, lower_95, upper_95, note, note_text, provisional
                )
                SELECT (%(indicators)s::bigint[])[1 + n / %(each)s],
                    (%(areas)s::uuid[])[1 + n %% %(n_areas)s],
                    (%(periods)s::bigint[])[1 + n / %(n_areas)s %% %(n_periods)s],
                    (%(breakdowns)s::bigint[])[
                        1 + n / (%(n_areas)s * %(n_periods)s) %% %(n_breakdowns)s
                    ],
                    %(release)s, '', 50 + n %% 300 / 10.0, 49 + n %% 300 / 10.0,
                    51 + n %% 300 / 10.0, 'ok', '', false
                FROM generate_series(%(start)s::bigint, %(end)s::bigint - 1) AS n
                """,  # noqa: S608 - the name of our own table
                {
                    "indicators": self.indicators,
                    "areas": self.areas,
                    "periods": self.periods,
                    "breakdowns": self.breakdowns,
                    "n_areas": len(self.areas),
                    "n_periods": len(self.periods),
                    "n_breakdowns": len(self.breakdowns),
                    "each": self.each,
                    "release": self.release.pk,
                    "start": start,
                    "end": end,
                },
            )

    @staticmethod
    def _forget_references() -> None:
        """Drop the foreign keys until all is undone: their checks would wait for a commit."""
        table = Observation._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'",
                [table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')

    @staticmethod
    def _period(year: int) -> PeriodRow:
        return PeriodRow.objects.get_or_create(
            start_date=f"{year}-01-01",
            end_date=f"{year + 1}-01-01",
            defaults={"label": str(year), "kind": "calendar year"},
        )[0]


def _page() -> _Page:
    area = reverse("outcomes:indicator-area", args=[_CODE, "E08000039"])
    areas = reverse("outcomes:indicator-areas", args=[_CODE])
    taken = seconds(lambda: _show(area), times=_TIMES)
    with CaptureQueriesContext(connection) as captured:
        _show(area)
    return taken, len(captured), seconds(lambda: _show(areas), times=_TIMES // 4)


def _show(path: str) -> bytes:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    request.session = {}  # type: ignore[assignment]
    match = resolve(path)
    answer = match.func(request, *match.args, **match.kwargs)
    answer.render()
    content = bytes(answer.content)
    if answer.status_code != 200 or not _LIMITS.search(content):
        raise RuntimeError(f"{path} answered {answer.status_code}, or shows no values.")
    return content
