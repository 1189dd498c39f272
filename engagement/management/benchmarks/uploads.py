"""An upload of 100,000 rows, checked and stored, against a bare COPY of the same rows."""

import csv
import io
import time
from collections.abc import Iterator, Sequence

from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from authorities.models import BodyCode, BodyKind
from engagement.management.benchmarks.rows import Measured
from outcomes.actions import releases
from outcomes.models import Indicator, Observation

ROWS = 100_000
GOAL = 6.0
HEADINGS = [
    "Indicator ID",
    "Indicator Name",
    "Parent Code",
    "Parent Name",
    "Area Code",
    "Area Name",
    "Area Type",
    "Sex",
    "Age",
    "Category Type",
    "Category",
    "Time period",
    "Value",
    "Lower CI 95.0 limit",
    "Upper CI 95.0 limit",
    "Lower CI 99.8 limit",
    "Upper CI 99.8 limit",
    "Count",
    "Denominator",
    "Value note",
    "Recent Trend",
    "Compared to England value or percentiles",
    "Compared to Region value or percentiles",
    "Time period Sortable",
    "New data",
    "Compared to goal",
]
# Far from any identifier in use, so that the rows are new and none is superseded.
INDICATOR = 99_900_001
_FIRST_YEAR = 2001
_YEARS = 20


def council_codes() -> list[str]:
    """Return the code of every council."""
    return list(
        BodyCode.objects.filter(
            scheme="ons", body__kind=BodyKind.COUNCIL, valid__contains=timezone.localdate()
        )
        .order_by("value")
        .values_list("value", flat=True)
    )


def rows_of(*, rows: int, codes: Sequence[str], shift: float = 0.0) -> Iterator[list[object]]:
    """Yield rows of a Fingertips file: every council, both sexes, ages, years.

    Args:
        shift: what is added to each value.
    """
    for number in range(rows):
        rest, place = divmod(number, len(codes))
        rest, year = divmod(rest, _YEARS)
        age, sex = divmod(rest, 2)
        value = 50 + shift + number % 300 / 10
        yield [
            INDICATOR,
            "Benchmark",
            "E92000001",
            "England",
            codes[place],
            "Council",
            "Counties & UAs",
            ("Male", "Female")[sex],
            f"{age} yrs",
            "",
            "",
            str(_FIRST_YEAR + year),
            value,
            value - 1,
            value + 1,
            *("", ""),
            number % 9_000,
            10_000 + number % 7_000,
            *("", "", "", ""),
            f"{_FIRST_YEAR + year}0000",
            *("", ""),
        ]


def file_of(*, rows: int) -> bytes:
    """Return a Fingertips file of this many rows."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows(rows_of(rows=rows, codes=council_codes()))
    return out.getvalue().encode()


def upload(*, rows: int = ROWS) -> Measured:
    """Measure both in transactions that are rolled back: nothing stays."""
    content = file_of(rows=rows)
    facts = releases.ReleaseFacts(title="Benchmark")
    with transaction.atomic():
        started = time.perf_counter()
        imported = releases.import_national(
            content=io.BytesIO(content), name="bench.csv", facts=facts, at=timezone.now()
        )
        with connection.cursor() as cursor:
            # What a commit would check.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        checked = time.perf_counter() - started
        if imported.counts.added != rows:
            raise RuntimeError(f"{imported.counts.added} of {rows} rows were stored.")
        bare = bare_copy()
        transaction.set_rollback(True)
    return Measured(name=f"upload_{rows}_rows", value=checked, unit="s", limit=bare, goal=GOAL)


def bare_copy() -> float:
    """Copy the rows, as the file has them, into a table like that of values, in seconds."""
    observations = sql.Identifier(Observation._meta.db_table)
    indicator = Indicator.objects.get(fingertips_id=INDICATOR).pk
    with connection.cursor() as cursor:
        raw = cursor.connection.cursor()
        with raw.copy(
            sql.SQL(
                "COPY (SELECT * FROM {} WHERE indicator_id = {} AND superseded_at IS NULL "
                "ORDER BY breakdown_id, period_id, area_code) TO STDOUT"
            ).format(observations, sql.Literal(indicator))
        ) as out:
            rows = b"".join(bytes(block) for block in out)
        raw.execute(sql.SQL("CREATE TABLE bench_copy (LIKE {} INCLUDING ALL)").format(observations))
        try:
            started = time.perf_counter()
            with raw.copy("COPY bench_copy FROM STDIN") as into:
                into.write(rows)
            return time.perf_counter() - started
        finally:
            raw.execute("DROP TABLE bench_copy")
