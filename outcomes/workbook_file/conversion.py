"""A workbook as the rows that the reader of CSV files takes, with rows and columns where they were.

So there is one checker. What a CSV file cannot have, such as formulas, is said here, cell by cell.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from outcomes.return_file import ErrorLog, Limits, ReturnFileError, RowError
from outcomes.return_file.columns import column_letter
from outcomes.return_file.faults import Fault, plain_text
from outcomes.return_file.source import too_many_columns
from outcomes.workbook_file.archive import opened
from outcomes.workbook_file.sheet import (
    Book,
    Cell,
    CellKind,
    SheetFacts,
    SheetName,
    SheetRow,
    iter_rows,
    read_book,
)

_MOST_NAMED: Final = 10
# Beyond this nobody could mean columns of figures, and rows would be written very wide.
_WIDEST: Final = 500
# Rows over the limit are counted, so that the message says how many to take out, up to this many
# times the limit.
_MOST_COUNTED: Final = 5
_NO_CELL: Final = Cell(CellKind.TEXT, "")
_READ: Final = (CellKind.TEXT, CellKind.NUMBER)


@dataclass(frozen=True)
class Converted:
    """What became of a workbook: the name of its sheet, and the cells that cannot be read."""

    sheet: str
    rows: int
    faults: ErrorLog


def convert_to_csv(
    *, content: BinaryIO, out: BinaryIO, limits: Limits, takes_days: bool = False
) -> Converted:
    """Write the one sheet of data as CSV, row for row and column for column.

    A cell that cannot be read is written empty, and logged.

    Args:
        content: the bytes of the workbook.
        out: takes the CSV, in UTF-8.
        limits: the most rows below the headings, and the most errors that are kept.
        takes_days: a date is written as it reads, such as 31 March 2027; otherwise it is a fault,
            for where a period should stand Excel makes a date of it.

    Returns:
        The sheet's name, how many rows have cells, and the faults.

    Raises:
        ReturnFileError: there is no such sheet, or more than one, or something in it is hidden,
            merged or too much.
    """
    with opened(content=content) as archive:
        book = read_book(archive=archive)
        sheet = _sheet_of_data(archive, book)
        facts = SheetFacts()
        text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(text, lineterminator="\n")
        faults = ErrorLog(max_errors=limits.max_errors)
        headings: dict[int, Cell] = {}
        used: set[int] = set()
        hidden: list[int] = []
        written = rows = 0
        try:
            for row in iter_rows(archive=archive, book=book, sheet=sheet, facts=facts):
                rows += 1
                if row.hidden:
                    hidden.append(row.number)
                used.update(row.cells)
                if rows > limits.max_rows + 1:
                    if rows > limits.max_rows * _MOST_COUNTED:
                        raise _too_many_rows(rows - 1, limits, least="more than ")
                    continue
                _refuse_widest(row, _WIDEST if headings else limits.max_columns, limits)
                text.write("\n" * (row.number - written - 1))
                writer.writerow(_texts(row, headings, faults, takes_days))
                headings = headings or row.cells
                written = row.number
        finally:
            text.detach()
        _refuse_what_hides(sheet, facts, hidden, used)
        if rows > limits.max_rows + 1:
            raise _too_many_rows(rows - 1, limits)
        return Converted(sheet=sheet.name, rows=rows, faults=faults)


def data_rows(*, content: BinaryIO) -> Iterator[SheetRow]:
    """Yield the rows of the one sheet of data as they stand, for a file that was read before.

    Raises:
        ReturnFileError: as `convert_to_csv`.
    """
    with opened(content=content) as archive:
        book = read_book(archive=archive)
        sheet = _sheet_of_data(archive, book)
        yield from iter_rows(archive=archive, book=book, sheet=sheet, facts=SheetFacts())


def _sheet_of_data(archive: zipfile.ZipFile, book: Book) -> SheetName:
    filled = [sheet for sheet in book.sheets if _has_cells(archive, book, sheet)]
    if not filled:
        raise ReturnFileError("empty", "The workbook is empty.")
    if hidden := [sheet.name for sheet in filled if sheet.hidden]:
        raise ReturnFileError(
            "hidden-sheet",
            f"Delete the hidden sheet {plain_text(hidden[0])}; it may hold data you do not mean to "
            "send.",
        )
    if len(filled) > 1:
        names = " and ".join(plain_text(sheet.name) for sheet in filled[:_MOST_NAMED])
        raise ReturnFileError(
            "second-sheet",
            f"The workbook has more than one sheet with data: {names}. Keep the one with "
            "your rows, and delete the others.",
        )
    return filled[0]


def _has_cells(archive: zipfile.ZipFile, book: Book, sheet: SheetName) -> bool:
    return any(True for _ in iter_rows(archive=archive, book=book, sheet=sheet, facts=SheetFacts()))


def _refuse_widest(row: SheetRow, most: int, limits: Limits) -> None:
    if max(row.cells) >= most:
        raise too_many_columns(max(row.cells) + 1, limits.template_columns)


def _too_many_rows(rows: int, limits: Limits, least: str = "") -> ReturnFileError:
    return ReturnFileError(
        "too-many-rows",
        f"The file has {least}{rows:,} rows. Send at most {limits.max_rows:,} rows at a time: "
        "split it into smaller files.",
    )


def _refuse_what_hides(
    sheet: SheetName, facts: SheetFacts, hidden: list[int], used: set[int]
) -> None:
    """Refuse cells that whoever sends the sheet may not see, or that stand for several."""
    name = plain_text(sheet.name)
    if hidden:
        rows = ", ".join(map(str, hidden[:_MOST_NAMED]))
        more = f" and {len(hidden) - _MOST_NAMED:,} more" if len(hidden) > _MOST_NAMED else ""
        raise ReturnFileError(
            "hidden-rows",
            f"These rows of the sheet {name} are hidden: {rows}{more}. Clear the filter or show "
            "them; delete what you do not mean to send.",
        )
    if columns := sorted(facts.hidden_columns & used):
        letters = ", ".join(column_letter(position=place) for place in columns[:_MOST_NAMED])
        raise ReturnFileError(
            "hidden-columns",
            f"These columns of the sheet {name} are hidden: {letters}. Show them; delete what you "
            "do not mean to send.",
        )
    if facts.merged:
        cells = ", ".join(plain_text(ref) for ref in facts.merged[:_MOST_NAMED])
        raise ReturnFileError(
            "merged-cells",
            f"The sheet {name} has merged cells: {cells}. Unmerge them, and fill in each cell.",
        )


def _texts(
    row: SheetRow, headings: dict[int, Cell], faults: ErrorLog, takes_days: bool
) -> list[str]:
    # Rows as wide as the headings: what a sheet leaves empty at the end is no ragged row.
    width = max(max(row.cells), max(headings, default=0)) + 1
    texts = [""] * width
    for position, cell in sorted(row.cells.items()):
        if cell.kind in _READ or (takes_days and cell.kind == CellKind.DATE):
            texts[position] = cell.text
            continue
        fault = _fault(cell)
        letter = column_letter(position=position)
        if not headings:
            # Otherwise the whole column would be said to be missing.
            texts[position] = cell.text
        heading = (headings or row.cells).get(position, _NO_CELL).text.strip()
        faults.add(RowError(row.number, row.number, letter, plain_text(heading), *fault))
    return texts


def _fault(cell: Cell) -> Fault:
    given = plain_text(cell.text)
    if cell.kind == CellKind.FORMULA:
        return Fault(
            "formula",
            given,
            "This cell is a formula.",
            "Copy the column and paste it as values.",
        )
    if cell.kind == CellKind.ERROR:
        return Fault(
            "excel-error",
            given,
            f"This cell has an Excel error ({given}).",
            "Enter what it should say.",
        )
    if cell.kind == CellKind.PERCENT:
        return Fault(
            "percent",
            given,
            f"This cell is formatted as a percentage: it holds {given}.",
            "Format the column as a number, and enter 60, not 60%.",
        )
    return Fault(
        "date",
        given,
        f"Excel has turned this cell into a date ({given}).",
        "Format the column as Text and enter it again, for example 2025/26.",
    )
