"""A file as it was sent, with a last column that says what is wrong in each row.

Its cells stay as they were, but for what a spreadsheet would run: that is made a text.
"""

import csv
import io
from collections.abc import Mapping
from typing import IO, BinaryIO, Final

import xlsxwriter
from xlsxwriter.format import Format

from authorities.csv_text import inert
from outcomes.return_file import STANDARD_LIMITS
from outcomes.return_file.source import records, survey
from outcomes.sent_file import is_sent_workbook
from outcomes.workbook_file import Cell, CellKind, data_rows

HEADING: Final = "What is wrong"
_UNREAD_ROW: Final = "(this row could not be split into cells)"
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_marked(*, content: BinaryIO, file: IO[bytes], notes: Mapping[int, str]) -> bool:
    """Write a file again with a note beside each wrong row, as the kind of file that it is.

    Args:
        content: the file as it was sent; one whose rows can be told apart.
        file: takes the marked one.
        notes: what is wrong, by row as a spreadsheet counts it.

    Returns:
        Whether it is a workbook; otherwise it is CSV in UTF-8, with the mark that makes
        spreadsheets read it so.

    Raises:
        ReturnFileError: the file could not be read when it came either.

    Source: OWASP, CSV Injection.
    """
    if is_sent_workbook(content=content, limits=STANDARD_LIMITS):
        _write_workbook(content, file, notes)
        return True
    _write_csv(content, file, notes)
    return False


def _write_csv(content: BinaryIO, file: IO[bytes], notes: Mapping[int, str]) -> None:
    found = survey(content=content, limits=STANDARD_LIMITS)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    width = 0
    for record in records(content=content, found=found, limits=STANDARD_LIMITS):
        cells = [_UNREAD_ROW] if record.fault else [inert(cell) for cell in record.cells]
        if not width and any(cells):
            width = len(cells)
            note = notes.get(record.row, "")
            writer.writerow([*cells, f"{HEADING}: {note}" if note else HEADING])
            continue
        padding = [""] * (width - len(cells))
        writer.writerow([*cells, *padding, inert(notes.get(record.row, ""))])
    # The file is the caller's: it stays open.
    text.detach()


def _write_workbook(content: BinaryIO, file: IO[bytes], notes: Mapping[int, str]) -> None:
    book = xlsxwriter.Workbook(file, _OPTIONS)
    try:
        sheet = book.add_worksheet("Corrections")
        bad = book.add_format({"bold": True, "bg_color": "#f8e0e2", "text_wrap": True})
        place = -1
        share = book.add_format({"num_format": "0.##%"})
        for row in data_rows(content=content):
            if place < 0:
                place = max(row.cells) + 1
                sheet.set_column(place, place, 60)
                sheet.write_string(row.number - 1, place, HEADING, bad)
            for position, cell in sorted(row.cells.items()):
                _write_cell(sheet, row.number - 1, position, cell, share)
            if note := notes.get(row.number):
                # A row may be longer than the headings: its own cells are not written over.
                sheet.write_string(row.number - 1, max(place, max(row.cells) + 1), note, bad)
    finally:
        book.close()


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, place: int, cell: Cell, share: Format
) -> None:
    if cell.kind not in (CellKind.NUMBER, CellKind.PERCENT):
        sheet.write_string(row, place, cell.text)
        return
    try:
        shown = share if cell.kind == CellKind.PERCENT else None
        sheet.write_number(row, place, float(cell.text), shown)
    except (ValueError, OverflowError, TypeError):
        sheet.write_string(row, place, cell.text)
