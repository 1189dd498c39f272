"""A file of rows as it is opened: its kind, its size and its headings, under any layout."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from outcomes.return_file.columns import Columns, read_columns
from outcomes.return_file.faults import ReturnFileError, RowError
from outcomes.return_file.layouts import LAYOUTS, Layout
from outcomes.return_file.limits import Limits
from outcomes.return_file.source import Record, Survey, records, survey


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """What kind of text a file is, and where its headings stand."""

    found: Survey
    columns: Columns


def open_table(
    *,
    content: BinaryIO,
    limits: Limits,
    layout: Layout | None,
    among: Sequence[Layout] = tuple(LAYOUTS.values()),
) -> OpenedTable:
    """Return what a file of rows is, once its kind, size and headings are checked.

    Args:
        content: the bytes; must be seekable, is read from its start and left open.
        limits: how large it may be.
        layout: the layout that it must have; None where its headings may say.
        among: the layouts that it may be taken for.

    Raises:
        ReturnFileError: the file cannot be read at all; the message says what to do.
    """
    found = survey(content=content, limits=limits)
    if found.most_rows > limits.max_lines:
        raise ReturnFileError(
            "too-many-rows",
            f"The file has more than {limits.max_lines:,} lines. Remove the blank rows, and send "
            f"at most {limits.max_rows:,} rows at a time.",
        )
    if found.most_rows > limits.max_rows + 1:
        _refuse_too_many_rows(content, found, limits)
    return OpenedTable(found, _headings(content, found, limits, layout, among))


def is_blank(cells: Sequence[str]) -> bool:
    """Return whether a row says nothing."""
    return not any(cell.strip() for cell in cells)


def _headings(
    content: BinaryIO,
    found: Survey,
    limits: Limits,
    layout: Layout | None,
    among: Sequence[Layout],
) -> Columns:
    """Return the headings: the first row that is not blank."""
    for record in records(content=content, found=found, limits=limits):
        if record.fault is not None:
            error = RowError(record.row, record.line, "", "", *record.fault)
            raise ReturnFileError("headings", str(error), (error,))
        if not is_blank(record.cells):
            return read_columns(
                cells=record.cells,
                row=record.row,
                line=record.line,
                limits=limits,
                layout=layout,
                among=among,
            )
    raise ReturnFileError("empty", "The file is empty.")


def _refuse_too_many_rows(content: BinaryIO, found: Survey, limits: Limits) -> None:
    """Count rows before any is checked, so that a file of millions is refused at once."""
    rows = sum(map(_counts, records(content=content, found=found, limits=limits))) - 1
    if rows > limits.max_rows:
        raise ReturnFileError(
            "too-many-rows",
            f"The file has {rows:,} rows. Send at most {limits.max_rows:,} rows at a time: "
            "split it into smaller files.",
        )


def _counts(record: Record) -> bool:
    return record.fault is not None or (any(record.cells) and not is_blank(record.cells))
