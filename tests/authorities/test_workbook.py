"""Tables to take away: nothing in a cell is run, numbers stay numbers, days stay days."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from authorities.csv_text import UnevenRowError
from authorities.workbook import (
    Cell,
    Column,
    ColumnKind,
    Table,
    cell_text,
    dictionary_rows,
    write_csv_file,
    write_workbook,
)

_FORMULAS = (
    "=1+1",
    "+A1",
    "-A1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    " =cmd|' /C'!A0",
)
_COLUMNS = (
    Column("text", "Some text."),
    Column("number", "A number.", ColumnKind.NUMBER, (("1", "One"), ("2", "Two"))),
)
_AT = datetime(2026, 11, 23, 17, 2, tzinfo=UTC)


def table(*rows: Sequence[Cell], name: str = "Things") -> Table:
    return Table(name, _COLUMNS, iter(rows))


def read_csv(made: Table) -> list[list[str]]:
    file = io.BytesIO()
    assert write_csv_file(file=file, table=made) >= 0
    return list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))[1:]


def read_workbook(*tables: Table) -> dict[str, list[list[object]]]:
    file = io.BytesIO()
    write_workbook(file=file, title="Things", made_at=_AT, tables=tables)
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue()))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def formulas_in(*tables: Table) -> int:
    file = io.BytesIO()
    write_workbook(file=file, title="Things", made_at=_AT, tables=tables)
    with zipfile.ZipFile(file) as parts:
        names = parts.namelist()
        sheets = [parts.read(name) for name in names if name.startswith("xl/worksheets/")]
    return sum(sheet.count(b"<f>") + sheet.count(b"<hyperlink") for sheet in sheets)


@pytest.mark.parametrize("text", _FORMULAS)
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    (row,) = read_csv(table((text, None)))

    assert row[0] == f"'{text}"


def test_no_cell_of_a_workbook_is_a_formula_or_a_link() -> None:
    rows = [
        (text, None) for text in (*_FORMULAS, "https://example.org", "{=1}", "mailto:a@b.example")
    ]

    sheets = read_workbook(table(*rows))

    assert formulas_in(table(*rows)) == 0
    assert [row[0] for row in sheets["Things"][1:]][:4] == list(_FORMULAS[:4])


@pytest.mark.parametrize("number", [-5, 2.5, Decimal("-0.25"), 0])
def test_numbers_stay_numbers(number: int | float | Decimal) -> None:
    (line,) = read_csv(table(("a", number)))
    row = read_workbook(table(("a", number)))["Things"][1]

    assert line[1] == str(number)
    assert row[1] == float(number)
    assert isinstance(row[1], float)


def test_a_text_of_digits_stays_a_text_in_a_workbook() -> None:
    row = read_workbook(table(("007", 1)))["Things"][1]

    assert row[0] == "007"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (date(2026, 3, 1), "2026-03-01"),
        (_AT, "2026-11-23T17:02:00+00:00"),
        (Decimal("250000.50"), "250000.50"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_cells_are_written_for_machines(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


def test_days_are_days_in_a_workbook_and_nothing_is_an_empty_cell() -> None:
    rows = read_workbook(table((date(2026, 3, 1), None), (date(1850, 1, 1), True)))["Things"]

    assert rows[1] == [date(2026, 3, 1), ""]
    assert rows[2] == ["1850-01-01", "yes"]


def test_a_text_that_is_too_long_for_a_cell_is_cut_and_says_so() -> None:
    row = read_workbook(table(("w" * 40_000, None)))["Things"][1]

    assert len(str(row[0])) == 32_767
    assert str(row[0]).endswith("w…")


def test_each_table_has_a_sheet_and_its_rows_are_counted() -> None:
    file = io.BytesIO()

    counts = write_workbook(
        file=file,
        title="Things",
        made_at=_AT,
        tables=(table(("a", 1), ("b", 2)), table(name="Nothing")),
    )

    assert counts == {"Things": 2, "Nothing": 0}


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(UnevenRowError, match="Things has 1 cells"):
        write_csv_file(file=io.BytesIO(), table=table(("a",)))
    with pytest.raises(UnevenRowError, match="Things has 3 cells"):
        write_workbook(file=io.BytesIO(), title="T", made_at=_AT, tables=(table(("a", 1, 2)),))


def test_a_dictionary_has_a_row_for_each_column() -> None:
    assert dictionary_rows(tables=(table(),)) == [
        ("Things", "text", "Some text.", "text", ""),
        ("Things", "number", "A number.", "number", "1 = One | 2 = Two"),
    ]
