"""A file of rows of texts as it was sent, CSV or workbook, read under any layout.

What a cell means is for the caller to say. That it can be read at all is said here, by the rules
by which files of figures are read.
"""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO, Final, cast

from outcomes.return_file import ErrorLog, Layout, Limits, Notice, ReturnFileError, RowError
from outcomes.return_file.cell_faults import hidden, ragged, unheaded
from outcomes.return_file.columns import Columns, column_letter
from outcomes.return_file.faults import Fault, hidden_letter, plain_text
from outcomes.return_file.opening import OpenedTable, is_blank, open_table
from outcomes.return_file.source import records
from outcomes.sent_file import is_sent_workbook
from outcomes.workbook_file import convert_to_csv
from outcomes.workbook_file.archive import MOST_UNPACKED

_IN_MEMORY: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row of a file.

    Args:
        row: row as a spreadsheet counts it; the headings are row 1.
        line: line of the file on which it starts.
        texts: what each column says, trimmed, by its name inside; the file's own columns only.
        unreadable: columns whose cell could not be read, and of which that is said.
    """

    row: int
    line: int
    texts: Mapping[str, str]
    unreadable: frozenset[str]

    def text(self, name: str) -> str:
        """Return what a column says; empty too where the file lacks it."""
        return self.texts.get(name, "")


@dataclass(frozen=True, slots=True)
class SentRows:
    """The rows of a file. While there are errors, nothing of it may be used.

    Args:
        rows: those that could be split into cells, in file order.
        columns: the headings, and where each stands.
        errors: of cells and rows that cannot be read, in file order.
        notices: what was read otherwise than it stands.
    """

    rows: tuple[TextRow, ...]
    columns: Columns
    errors: tuple[RowError, ...]
    notices: tuple[Notice, ...]

    def error(self, row: TextRow, name: str, fault: Fault) -> RowError:
        """Return a fault of a column with its place; of a column that is not there, of the row."""
        return _placed(self.columns, row.row, row.line, name, fault)


def read_sent_rows(*, content: BinaryIO, layout: Layout, limits: Limits) -> SentRows:
    """Return the rows of a file that was sent.

    Args:
        content: the bytes; must be seekable, is read from its start and left open.
        layout: the columns that it may have.
        limits: how large it may be.

    Returns:
        The rows; a date of a workbook reads as 31 March 2027.

    Raises:
        ReturnFileError: it cannot be read at all; the message says what to do.
    """
    if not is_sent_workbook(content=content, limits=limits):
        opened = open_table(content=content, limits=limits, layout=layout, among=(layout,))
        return _read(content, opened, limits, ErrorLog(max_errors=0), "")
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        rows = cast(BinaryIO, spool)
        converted = convert_to_csv(content=content, out=rows, limits=limits, takes_days=True)
        # A workbook's rows are wider on paper than in the archive; how many there are counts.
        unpacked = replace(limits, max_bytes=MOST_UNPACKED)
        opened = open_table(content=rows, limits=unpacked, layout=layout, among=(layout,))
        return _read(rows, opened, unpacked, converted.faults, converted.sheet)


def _read(
    content: BinaryIO, opened: OpenedTable, limits: Limits, faults: ErrorLog, sheet: str
) -> SentRows:
    columns = opened.columns
    known = {columns.headings[position] for position in columns.positions.values()}
    errors = [error for error in faults if error.heading in known or not error.heading]
    unread: dict[int, set[str]] = {}
    for error in errors:
        unread.setdefault(error.row, set()).add(error.column_letter)
    rows: list[TextRow] = []
    is_below_headings = False
    for row, line, cells, fault in records(content=content, found=opened.found, limits=limits):
        if fault is None and is_blank(cells):
            continue
        if not is_below_headings:
            is_below_headings = True
            continue
        at = row if sheet else line
        if fault is not None or len(cells) != len(columns.headings):
            said = fault or ragged(len(cells), len(columns.headings))
            errors.append(RowError(row, at, "", "", *said))
            continue
        found = list(_faults_of_cells(columns, row, at, cells))
        errors.extend(found)
        wrong = unread.get(row, set()) | {error.column_letter for error in found}
        rows.append(_text_row(columns, row, at, cells, wrong))
    if not rows and not errors:
        raise ReturnFileError("headings-only", "The file has headings but no rows.")
    errors.sort(key=lambda error: (error.row, len(error.column_letter), error.column_letter))
    return SentRows(tuple(rows), columns, tuple(errors), tuple(_notices(opened, sheet)))


def _text_row(columns: Columns, row: int, line: int, cells: list[str], wrong: set[str]) -> TextRow:
    return TextRow(
        row=row,
        line=line,
        texts={name: cells[position].strip() for name, position in columns.positions.items()},
        unreadable=frozenset(
            name
            for name, position in columns.positions.items()
            if column_letter(position=position) in wrong
        ),
    )


def _faults_of_cells(columns: Columns, row: int, line: int, cells: list[str]) -> Iterator[RowError]:
    for name, position in columns.positions.items():
        letter = hidden_letter(text=cells[position].strip())
        if letter is not None:
            yield _placed(columns, row, line, name, hidden(cells[position], letter))
    for position in columns.unheaded:
        if cells[position].strip():
            fault = unheaded(cells[position])
            yield RowError(row, line, column_letter(position=position), "", *fault)


def _placed(columns: Columns, row: int, line: int, name: str, fault: Fault) -> RowError:
    position = columns.positions.get(name)
    if position is None:
        return RowError(row, line, "", "", *fault)
    heading = plain_text(columns.headings[position])
    return RowError(row, line, column_letter(position=position), heading, *fault)


def _notices(opened: OpenedTable, sheet: str) -> Iterator[Notice]:
    if sheet:
        yield Notice("sheet", f"We read the sheet {plain_text(sheet)} of the workbook.")
    elif opened.found.encoding == "cp1252":
        yield Notice("windows-1252", "We read this file as Windows-1252. Check names and £ signs.")
    yield from opened.columns.notices
