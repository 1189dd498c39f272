"""Rows on their way in, held by the database session until they are stored or dropped.

Staged rows live in a temporary table: no other session sees them, and a worker that dies takes
them along. Names (of indicators, periods and breakdowns) are numbered here, so that a row is
numbers and its few texts.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import Self
from uuid import UUID

from django.db import connection
from django.db.models import Q

from outcomes.models import Breakdown, Indicator, PeriodRow
from outcomes.periods import Period
from outcomes.return_file import ReturnRow

_COPY = """
    COPY staged_observation (
        number, indicator, breakdown, area_id, area_code, period, value, lower_95, upper_95,
        lower_998, upper_998, count, denominator, note, note_text, provisional,
        publishers_comparison
    ) FROM STDIN
"""
_BreakdownKey = tuple[str, str, str, str]
_IndicatorKey = tuple[int, str]
# How PostgreSQL reads a text in a COPY that is not quoted.
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_NONE = "\\N"
_BLOCK = 2_000
_MOST_REMEMBERED = 50_000


@dataclass(frozen=True)
class Named:
    """The keys of what rows name, in the order of the numbers that stand for them.

    An array is looked up by its place: nothing is joined, and no plan can go wrong.
    """

    indicators: list[int]
    methods: list[str]
    periods: list[int]
    breakdowns: list[int]
    drafts: tuple[str, ...]


class Staging:
    """Rows that have been read and not yet stored; a context that clears up after itself."""

    def __init__(self) -> None:
        self._indicators: dict[_IndicatorKey, tuple[int, str]] = {}
        self._periods: dict[Period, int] = {}
        self._breakdowns: dict[_BreakdownKey, int] = {}
        # The first part of a row's line, by what the row says of itself.
        self._series: dict[tuple[object, ...], str] = {}
        self._places: dict[tuple[object, ...], str] = {}
        self.rows = 0
        # How the values were made: of all, and by indicator where the file says more.
        self.method = ""
        self.methods: Mapping[_IndicatorKey, str] = {}

    def __enter__(self) -> Self:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS pg_temp.staged_observation")
            cursor.execute(
                """
                CREATE TEMPORARY TABLE staged_observation (
                    number integer NOT NULL, indicator integer NOT NULL, period integer NOT NULL,
                    breakdown integer NOT NULL, area_id uuid NOT NULL, area_code text NOT NULL,
                    value float8, lower_95 float8, upper_95 float8, lower_998 float8,
                    upper_998 float8, count float8, denominator float8,
                    note text NOT NULL, note_text text NOT NULL, provisional boolean NOT NULL,
                    publishers_comparison text
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
        """Stage more rows; they are sent on while they are read."""
        with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            while block := "".join(map(self._line, islice(rows := iter(rows), _BLOCK))):
                copy.write(block)

    def _line(self, row: ReturnRow) -> str:
        """Return a row as a line of a COPY."""
        head = (row[1], row[19], *row[6:10])
        series = self._series.get(head)
        if series is None:
            series = self._series[head] = self._series_of(row)
        where = row[3:6]
        place = self._places.get(where)
        if place is None:
            if len(self._places) >= _MOST_REMEMBERED:
                self._places.clear()
            place = self._places[where] = self._place_of(row)
        figures = "\t".join([_NONE if each is None else repr(each) for each in row[10:17]])
        text = row[18] and row[18].translate(_ESCAPES)
        more = f"{text}\t{row[20]}\t{row[21] or _NONE}"
        self.rows += 1
        return f"{self.rows}\t{series}\t{place}\t{figures}\t{row[17]}\t{more}\n"

    def _series_of(self, row: ReturnRow) -> str:
        indicators, breakdowns = self._indicators, self._breakdowns
        indicator, _ = indicators.setdefault(
            (row.indicator_id, row.indicator_code), (len(indicators), row.indicator_name)
        )
        key = (row.sex, row.age, row.category_type, row.category)
        return f"{indicator}\t{breakdowns.setdefault(key, len(breakdowns))}"

    def _place_of(self, row: ReturnRow) -> str:
        period = self._periods.setdefault(row.period, len(self._periods))
        return f"{row.area_key}\t{row.area_code.translate(_ESCAPES)}\t{period}"

    def rows_in(self, *, areas: Collection[UUID]) -> int:
        """Return how many of the rows are for these areas."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM staged_observation WHERE area_id = ANY(%s)", [list(areas)]
            )
            counted: int = cursor.fetchone()[0]
        return counted

    def name_all(self) -> Named:
        """Give every number its row of the catalogue; indicators that it lacks become drafts."""
        indicators, drafts = self._name_indicators()
        return Named(
            indicators=indicators,
            methods=[self.methods.get(given, self.method) for given in self._indicators],
            periods=self._name_periods(),
            breakdowns=self._name_breakdowns(),
            drafts=drafts,
        )

    def _name_indicators(self) -> tuple[list[int], tuple[str, ...]]:
        known = self._known_indicators()
        drafts = [
            Indicator(
                code=code or f"fingertips-{number}",
                fingertips_id=number or None,
                name=name[:255],
                draft=True,
            )
            for (number, code), (_, name) in self._indicators.items()
            if (number, code) not in known
        ]
        Indicator.objects.bulk_create(drafts, ignore_conflicts=True)
        known = self._known_indicators()
        made = tuple(f"{draft.name} ({draft.fingertips_id or draft.code})" for draft in drafts)
        return [known[given] for given in self._indicators], made

    def _known_indicators(self) -> dict[_IndicatorKey, int]:
        numbers = [number for number, _ in self._indicators if number]
        codes = [code for number, code in self._indicators if not number]
        found = Indicator.objects.filter(Q(fingertips_id__in=numbers) | Q(code__in=codes))
        known: dict[_IndicatorKey, int] = {}
        for pk, number, code in found.values_list("pk", "fingertips_id", "code"):
            known[0, code] = pk
            if number:
                known[number, ""] = pk
        return known

    def _name_periods(self) -> list[int]:
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
        return [known[period.start_date, period.end_date] for period in self._periods]

    def _name_breakdowns(self) -> list[int]:
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
        return [known[key] for key in self._breakdowns]
