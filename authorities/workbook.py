"""Tables that people take away: typed columns that say what they mean, as a workbook or as CSV.

Both are written row by row, so that memory does not grow with the rows.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import IO, Any

import xlsxwriter

from authorities.csv_text import UnevenRowError, inert

Cell = str | int | float | Decimal | bool | date | datetime | None

# A workbook's own limits.
_LONGEST_TEXT = 32_767
_LONGEST_NAME = 31
_EARLIEST_YEAR = 1900
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class ColumnKind(StrEnum):
    """What a column holds, in words for its readers."""

    TEXT = "text"
    INTEGER = "whole number"
    NUMBER = "number"
    DAY = "date, as 2026-11-23"
    INSTANT = "date and time with offset, as 2026-11-23T17:02:00+00:00"
    YES_NO = "yes or no"


_WIDTHS = {ColumnKind.TEXT: 24, ColumnKind.INSTANT: 26}
_WIDTH = 14


@dataclass(frozen=True)
class Column:
    """A column: its name, what it means, what it holds, and the codes that it uses."""

    name: str
    meaning: str
    kind: ColumnKind = ColumnKind.TEXT
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """A table; its rows may come one at a time, and are read once."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]


DICTIONARY_COLUMNS = (
    Column("table", "The table that the column stands in."),
    Column("column", "The column’s name; of questions, the question’s code."),
    Column("meaning", "What it means; of questions, what was asked."),
    Column("type", "What it holds; of questions, how they are answered."),
    Column("codes", "Each code with its label, where the column or the question has some."),
)


def dictionary_rows(*, tables: Sequence[Table]) -> list[tuple[str, ...]]:
    """Return a data dictionary: a row for each column of the tables.

    Args:
        tables: their rows are not read.

    Returns:
        Rows under `DICTIONARY_COLUMNS`.

    Source: the project's own layout.
    """
    return [
        (table.name, column.name, column.meaning, column.kind.value, codes_text(column.codes))
        for table in tables
        for column in table.columns
    ]


def codes_text(codes: Iterable[tuple[str, str]]) -> str:
    """Return codes with their labels as one text, such as 'yes = Yes | no = No'."""
    return " | ".join(f"{code} = {label}" for code, label in codes)


def write_csv_file(*, file: IO[bytes], table: Table) -> int:
    """Write a table as CSV, its texts inert, and return how many rows it has.

    Args:
        file: open for writing; UTF-8 with the mark that makes spreadsheets read it so.
        table: its rows are read once.

    Returns:
        The number of rows, the headings aside.

    Raises:
        UnevenRowError: a row has too few or too many cells.

    Source: RFC 4180; OWASP, CSV Injection.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    count = 0
    for row in table.rows:
        _check(table, row)
        writer.writerow([_csv_cell(cell) for cell in row])
        count += 1
    # The file is the caller's: it stays open.
    text.detach()
    return count


def write_workbook(
    *, file: IO[bytes], title: str, made_at: datetime, tables: Sequence[Table]
) -> dict[str, int]:
    """Write tables as a workbook of a sheet each, and return how many rows each has.

    Args:
        file: open for writing.
        title: of the document.
        made_at: when it was made; with a time zone.
        tables: in their order; the rows of each are read once.

    Returns:
        The number of rows by the name of the table, the headings aside.

    Raises:
        UnevenRowError: a row has too few or too many cells.

    Source: ECMA-376. Texts are written as texts whatever they look like, so no formula and no
        link can come from a cell; numbers stay numbers, and days are days.
    """
    book = xlsxwriter.Workbook(file, _OPTIONS)
    # The format knows no time zones; the hour is that of `made_at`.
    book.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
    heading = book.add_format({"bold": True, "bg_color": "#f3f2f1", "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    counts = {}
    try:
        for table in tables:
            sheet = book.add_worksheet(table.name[:_LONGEST_NAME])
            sheet.freeze_panes(1, 0)
            for number, column in enumerate(table.columns):
                sheet.set_column(number, number, _WIDTHS.get(column.kind, _WIDTH))
                sheet.write_string(0, number, column.name, heading)
            count = 0
            for row in table.rows:
                _check(table, row)
                count += 1
                for number, cell in enumerate(row):
                    _write_cell(sheet, count, number, cell, day)
            counts[table.name] = count
            if count:
                sheet.autofilter(0, 0, count, len(table.columns) - 1)
    finally:
        book.close()
    return counts


def cell_text(cell: Cell) -> str:
    """Return a cell as a text: nothing for None, ISO dates, plain numbers, yes or no."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return str(cell)


def _csv_cell(cell: Cell) -> str:
    # A negative number is a number, not a formula.
    return inert(cell) if isinstance(cell, str) else cell_text(cell)


def _write_cell(sheet: Any, row: int, number: int, cell: Cell, day: object) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        sheet.write_number(row, number, cell)
        return
    is_day = isinstance(cell, date) and not isinstance(cell, datetime)
    if isinstance(cell, date) and is_day and cell.year >= _EARLIEST_YEAR:
        sheet.write_datetime(row, number, cell, day)
        return
    text = cell_text(cell)
    if len(text) > _LONGEST_TEXT:
        text = f"{text[: _LONGEST_TEXT - 1]}…"
    sheet.write_string(row, number, text)


def _check(table: Table, row: Sequence[Cell]) -> None:
    if len(row) != len(table.columns):
        raise UnevenRowError(
            f"A row of {table.name} has {len(row)} cells, not {len(table.columns)}."
        )
