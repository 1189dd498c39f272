"""Rows on their way in, held by the database session until they are stored or dropped.

Staged rows live in a temporary table: no other session sees them, and a worker that dies takes
them along. Names (of indicators, periods and breakdowns) are numbered here, so that a row is
numbers and its few texts.
"""

from collections.abc import Collection, Iterable
from types import TracebackType
from typing import Self
from uuid import UUID

from django.db import connection

from outcomes.models import Breakdown, Indicator, PeriodRow
from outcomes.periods import Period
from outcomes.return_file import ReturnRow

_COPY = """
    COPY staged_observation (
        indicator, period, breakdown, area_id, area_code, value, lower_95, upper_95, lower_998,
        upper_998, count, denominator, note, note_text
    ) FROM STDIN
"""
_MAP = """
    CREATE TEMPORARY TABLE {} ON COMMIT DROP AS
    SELECT * FROM unnest(%s::integer[], %s::bigint[]) AS pairs (number, id)
"""
_BreakdownKey = tuple[str, str, str, str]


class Staging:
    """Rows that have been read and not yet stored; a context that clears up after itself."""

    def __init__(self) -> None:
        self._indicators: dict[int, tuple[int, str]] = {}
        self._periods: dict[Period, int] = {}
        self._breakdowns: dict[_BreakdownKey, int] = {}
        self.rows = 0

    def __enter__(self) -> Self:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS pg_temp.staged_observation")
            cursor.execute(
                """
                CREATE TEMPORARY TABLE staged_observation (
                    indicator integer NOT NULL, period integer NOT NULL,
                    breakdown integer NOT NULL, area_id uuid NOT NULL, area_code text NOT NULL,
                    value float8, lower_95 float8, upper_95 float8, lower_998 float8,
                    upper_998 float8, count float8, denominator float8,
                    note text NOT NULL, note_text text NOT NULL
                )
                """
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # After an error inside a transaction the table goes with the transaction.
        if not (connection.in_atomic_block and error is not None):
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE IF EXISTS pg_temp.staged_observation")

    def add(self, *, rows: Iterable[ReturnRow]) -> None:
        """Stage more rows."""
        indicators, periods, breakdowns = self._indicators, self._periods, self._breakdowns
        with (
            connection.cursor() as cursor,
            cursor.copy(_COPY) as copy,
        ):
            for row in rows:
                indicator = indicators.setdefault(
                    row.indicator_id, (len(indicators), row.indicator_name)
                )
                breakdown = (row.sex, row.age, row.category_type, row.category)
                copy.write_row(
                    (
                        indicator[0],
                        periods.setdefault(row.period, len(periods)),
                        breakdowns.setdefault(breakdown, len(breakdowns)),
                        row.area_key,
                        row.area_code,
                        *row[10:17],
                        row.note.value,
                        row.value_note_text,
                    )
                )
                self.rows += 1

    def rows_in(self, *, areas: Collection[UUID]) -> int:
        """Return how many of the rows are for these areas."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM staged_observation WHERE area_id = ANY(%s)", [list(areas)]
            )
            counted: int = cursor.fetchone()[0]
        return counted

    def name_all(self) -> tuple[str, ...]:
        """Give every number its row of the catalogue, and return the drafts that this made."""
        drafts = self._name_indicators()
        self._name_periods()
        self._name_breakdowns()
        return drafts

    def _name_indicators(self) -> tuple[str, ...]:
        known = Indicator.objects.in_bulk(list(self._indicators), field_name="fingertips_id")
        drafts = [
            Indicator(
                code=f"fingertips-{number}", fingertips_id=number, name=name[:255], draft=True
            )
            for number, (_, name) in self._indicators.items()
            if number not in known
        ]
        Indicator.objects.bulk_create(drafts, ignore_conflicts=True)
        known = Indicator.objects.in_bulk(list(self._indicators), field_name="fingertips_id")
        keys = {number: known[given].pk for given, (number, _) in self._indicators.items()}
        self._map(name="indicator", keys=keys)
        return tuple(f"{draft.name} ({draft.fingertips_id})" for draft in drafts)

    def _name_periods(self) -> None:
        PeriodRow.objects.bulk_create(
            [
                PeriodRow(
                    label=period.label,
                    kind=period.kind.value,
                    start_date=period.start_date,
                    end_date=period.end_date,
                )
                for period in self._periods
            ],
            ignore_conflicts=True,
        )
        first = min(period.start_date for period in self._periods)
        known = {
            (start, end): key
            for key, start, end in PeriodRow.objects.filter(start_date__gte=first).values_list(
                "pk", "start_date", "end_date"
            )
        }
        keys = {
            number: known[period.start_date, period.end_date]
            for period, number in self._periods.items()
        }
        self._map(name="period", keys=keys)

    def _name_breakdowns(self) -> None:
        fields = ("sex", "age", "category_type", "category")
        Breakdown.objects.bulk_create(
            [Breakdown(**dict(zip(fields, key, strict=True))) for key in self._breakdowns],
            ignore_conflicts=True,
        )
        ages = {key[1] for key in self._breakdowns}
        known = {
            key: pk
            for pk, *parts in Breakdown.objects.filter(age__in=ages).values_list("pk", *fields)
            if (key := tuple(parts)) in self._breakdowns
        }
        keys = {number: known[key] for key, number in self._breakdowns.items()}
        self._map(name="breakdown", keys=keys)

    def _map(self, *, name: str, keys: dict[int, int]) -> None:
        table = f"staged_{name}"
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
            cursor.execute(_MAP.format(table), [list(keys), list(keys.values())])
