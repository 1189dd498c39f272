"""A file as it was sent, CSV or workbook by what it holds, ready to be read by the one checker."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import BinaryIO, Final, cast

from outcomes.return_file import (
    STANDARD_LIMITS,
    ErrorLog,
    KnownCodes,
    Limits,
    Notice,
    ReturnFile,
    ReturnFileError,
    RowError,
    read_return_file,
)
from outcomes.return_file import layouts as headings
from outcomes.return_file.columns import column_letter
from outcomes.workbook_file import check_workbook, convert_to_csv, is_old_workbook, is_zip
from outcomes.workbook_file.archive import MOST_UNPACKED, locked

_MISSED_BESIDE: Final = {
    "limit-alone": (headings.VALUE,),
    "category-half": (headings.CATEGORY_TYPE, headings.CATEGORY),
}
_IN_MEMORY: Final = 2_000_000
# A workbook's rows are wider on paper than in the archive; how many there are is what counts.
_OF_A_WORKBOOK: Final = replace(STANDARD_LIMITS, max_bytes=MOST_UNPACKED)


@dataclass(frozen=True)
class SentFile:
    """A file whose headings have been read, and what its cells are that no CSV file could hold.

    Args:
        read: the file for the checker.
        rows: its rows as CSV, wherever they came from.
        limits: those it was read with.
        faults: of cells of a workbook.
        notices: what was read otherwise than it stands.
    """

    read: ReturnFile
    rows: BinaryIO
    limits: Limits
    faults: ErrorLog
    notices: tuple[Notice, ...] = ()
    is_workbook: bool = False

    def errors(self) -> list[RowError]:
        """Return all errors that were kept, in file order, one a cell; asked after the rows."""
        if not self.is_workbook:
            return list(self.read.errors)
        seen = {(error.row, error.column_letter) for error in self.faults}
        of_rows = [
            replace(error, line=error.row)
            for error in self.read.errors
            if not seen.intersection(self._causes(error))
        ]
        return sorted(
            [*self._counting(), *of_rows],
            key=lambda error: (error.row, len(error.column_letter), error.column_letter),
        )

    def total_errors(self) -> int:
        """Return how many errors there are."""
        if not self.is_workbook:
            return self.read.errors.total
        dropped = len(self.faults) - len(self._counting())
        of_rows = len(self.errors()) - len(self._counting())
        beyond = self.read.errors.total - len(self.read.errors)
        return self.faults.total - dropped + of_rows + beyond

    def _counting(self) -> list[RowError]:
        """Return the faults of cells in columns that are read: others do no harm."""
        columns = self.read.columns
        known = {
            columns.headings[position]
            for name, position in columns.positions.items()
            if name not in columns.layout.unread
        }
        return [error for error in self.faults if error.heading in known or not error.heading]

    def _causes(self, error: RowError) -> Iterator[tuple[int, str]]:
        """Yield the cells for whose faults this is no second error.

        A cell that cannot be read is handed on empty, and so is missed there and beside it.
        """
        yield error.row, error.column_letter
        for heading in _MISSED_BESIDE.get(error.code, ()):
            if heading in self.read.columns.positions:
                position = self.read.columns.positions[heading]
                yield error.row, column_letter(position=position)

    def line_of(self, row: int) -> int:
        """Return the line of a row, as far as a sheet or a file without broken cells tells."""
        return row


def check_kind(*, content: BinaryIO, name: str) -> bool:
    """Refuse what is no file of ours at all, and return whether it is a workbook.

    Wrong headings are reported cell by cell later.

    Raises:
        ReturnFileError: empty, too large, neither CSV nor a workbook, or an unsafe one.
    """
    if is_sent_workbook(content=content, limits=STANDARD_LIMITS):
        check_workbook(content=content)
        return True
    try:
        read_return_file(content=content, name=name, codes=KnownCodes(areas={}))
    except ReturnFileError as refusal:
        if not refusal.errors:
            raise
    return False


def is_sent_workbook(*, content: BinaryIO, limits: Limits) -> bool:
    """Return whether the bytes are those of an archive, whatever the file is called.

    Raises:
        ReturnFileError: it is an old workbook or one with a password, or larger than it may be.
    """
    content.seek(0)
    head = content.read(8)
    if is_old_workbook(head=head):
        raise locked()
    if not is_zip(head=head):
        return False
    if content.seek(0, 2) > limits.max_bytes:
        raise ReturnFileError(
            "too-large",
            f"The file is larger than {limits.max_bytes / 1_000_000:g} MB. "
            "Split it into smaller files.",
        )
    return True


@contextmanager
def open_sent_file(*, content: BinaryIO, name: str, codes: KnownCodes) -> Iterator[SentFile]:
    """Open a file for the checker; what a workbook was turned into is gone afterwards.

    Raises:
        ReturnFileError: it cannot be read at all.
    """
    if not is_sent_workbook(content=content, limits=STANDARD_LIMITS):
        read = read_return_file(content=content, name=name, codes=codes)
        none = ErrorLog(max_errors=0)
        yield SentFile(read=read, rows=content, limits=STANDARD_LIMITS, faults=none)
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        rows = cast(BinaryIO, spool)
        converted = convert_to_csv(content=content, out=rows, limits=STANDARD_LIMITS)
        read = read_return_file(content=rows, name=name, codes=codes, limits=_OF_A_WORKBOOK)
        said = Notice("sheet", f"We read the sheet {converted.sheet} of the workbook.")
        yield SentFile(
            read=read,
            rows=rows,
            limits=_OF_A_WORKBOOK,
            faults=converted.faults,
            notices=(said,),
            is_workbook=True,
        )
