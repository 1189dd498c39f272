"""A return file from first byte to last row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from outcomes.return_file import layouts as headings
from outcomes.return_file.areas import KnownCodes
from outcomes.return_file.cell_faults import repeat
from outcomes.return_file.columns import Columns
from outcomes.return_file.faults import ErrorLog, Notice, ReturnFileError, RowError
from outcomes.return_file.layouts import Layout
from outcomes.return_file.limits import STANDARD_LIMITS, Limits
from outcomes.return_file.opening import is_blank, open_table
from outcomes.return_file.quick import quick_reader
from outcomes.return_file.repeats import Repeat, Repeats
from outcomes.return_file.row import ReturnRow
from outcomes.return_file.rows import RowReader
from outcomes.return_file.series import SeriesReader
from outcomes.return_file.source import Survey, records

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Summary:
    """What was read, to be said before confirming."""

    rows: int
    indicators: int
    periods: int
    areas: int

    def __str__(self) -> str:
        return ", ".join(
            f"{number:,} {noun}{'' if number == 1 else 's'}"
            for number, noun in (
                (self.rows, "row"),
                (self.indicators, "indicator"),
                (self.periods, "period"),
                (self.areas, "area"),
            )
        )


class ReturnFile:
    """A file whose headings have been read. Read its rows once; then ask for the rest.

    The errors, notices and summary are complete when iter_chunks has come to its end. Nothing
    of the file may be used while there is an error.
    """

    def __init__(
        self,
        *,
        name: str,
        content: BinaryIO,
        found: Survey,
        columns: Columns,
        codes: KnownCodes,
        limits: Limits,
    ) -> None:
        self.name = name
        self.columns = columns
        self.errors = ErrorLog(max_errors=limits.max_errors)
        self._content = content
        self._found = found
        self._limits = limits
        self._series = SeriesReader(codes=codes, columns=columns)
        self._repeats = Repeats()
        self._reader = RowReader(
            columns=columns,
            series=self._series,
            repeats=self._repeats,
            log=self.errors,
            may_hide=found.may_hide,
        )
        self._rows = 0
        self.rows_read = 0
        self.blank_rows = 0
        self._indicators: set[object] = set()
        self._periods: set[object] = set()
        self._areas: set[object] = set()

    def iter_chunks(self, *, size: int = _CHUNK) -> Iterator[tuple[ReturnRow, ...]]:
        """Yield the rows that are right, some at a time; log the errors of the others.

        Raises:
            ReturnFileError: there are no rows below the headings.
        """
        chunk: list[ReturnRow] = []
        read = self._reader.read
        quick = quick_reader(
            columns=self.columns,
            known=self._series.known,
            repeats=self._repeats,
            may_hide=self._found.may_hide,
        )
        is_below_headings = False
        rows = 0
        for row, line, cells, fault in records(
            content=self._content, found=self._found, limits=self._limits
        ):
            if fault is not None:
                if is_below_headings:
                    rows += 1
                    self._reader.log_fault(row=row, line=line, fault=fault)
                continue
            found = quick(row, cells) if is_below_headings else None
            if found is None:
                if not any(cells) or is_blank(cells):
                    self.blank_rows += is_below_headings
                    continue
                if not is_below_headings:
                    is_below_headings = True
                    continue
                found = read(row=row, line=line, cells=cells)
            rows += 1
            if found is not None:
                chunk.append(found)
                if len(chunk) >= size:
                    self.rows_read = rows
                    self._note(chunk)
                    yield tuple(chunk)
                    chunk.clear()
        self.rows_read = rows
        self._log_repeats()
        if rows == 0:
            raise ReturnFileError("headings-only", "The file has headings but no rows.")
        if chunk:
            self._note(chunk)
            yield tuple(chunk)

    def _log_repeats(self) -> None:
        """Log the rows that give a figure twice, each at its place in the file."""
        repeats: dict[int, Repeat] = {}
        for found in self._repeats.found():
            if len(repeats) < self._limits.max_errors:
                repeats[found.row] = found
            else:
                self.errors.count_late(row=found.row)
        if not repeats:
            return
        position = self.columns.position(headings.AREA_CODE)
        for row, line, cells, _ in records(
            content=self._content, found=self._found, limits=self._limits
        ):
            if (repeated := repeats.pop(row, None)) is not None:
                code = cells[position].strip()
                fault = repeat(repeated.first, row, code, repeated.is_same)
                self.errors.insert(RowError(row, line, "", "", *fault))
                if not repeats:
                    return

    def read_all(self) -> tuple[ReturnRow, ...]:
        """Return all rows that are right; for files of ordinary size."""
        return tuple(row for chunk in self.iter_chunks() for row in chunk)

    @property
    def methods(self) -> Mapping[tuple[int, str], str]:
        """Return how values were made, where the file says it: by number and code of indicators."""
        return self._series.methods

    @property
    def personal(self) -> tuple[tuple[int, str], ...]:
        """Return row and name inside of the columns whose text looks like a person's details.

        The first ones, as many as an upload may have rows, in file order; the text is not kept.
        """
        return tuple(self._reader.personal)

    @property
    def personal_total(self) -> int:
        """Return how many cells look like a person's details."""
        return self._reader.personal_total

    @property
    def summary(self) -> Summary:
        """Return what was read so far, rows with errors left out."""
        return Summary(self._rows, len(self._indicators), len(self._periods), len(self._areas))

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Return what was read otherwise than it stands in the file."""
        notices = []
        if self._found.encoding == "cp1252":
            message = "We read this file as Windows-1252. Check names and £ signs."
            notices.append(Notice("windows-1252", message))
        if self._found.has_mark:
            message = "We left out the byte order mark at the start of the file."
            notices.append(Notice("byte-order-mark", message))
        notices.extend(self.columns.notices)
        if self._series.has_trimmed or self._reader.has_trimmed:
            message = "We left out spaces at the start or end of some cells."
            notices.append(Notice("spaces", message))
        if self._series.has_other_capitals:
            message = "We read some cells of Sex whatever their capitals, for example male as Male."
            notices.append(Notice("capitals", message))
        if self._reader.has_short_markers:
            message = "We read c and * as [c]: the value is suppressed."
            notices.append(Notice("suppressed-markers", message))
        return tuple(notices)

    def _note(self, chunk: list[ReturnRow]) -> None:
        self._rows += len(chunk)
        self._indicators.update({row.indicator_id for row in chunk})
        self._periods.update({row.period for row in chunk})
        self._areas.update({row.area_key for row in chunk})


def read_return_file(
    *,
    content: BinaryIO,
    name: str,
    codes: KnownCodes,
    limits: Limits = STANDARD_LIMITS,
    layout: Layout | None = None,
) -> ReturnFile:
    """Return a file of figures, its kind, size and headings checked.

    Args:
        content: the bytes; must be seekable, is read from its start and left open.
        name: the name that the file was sent with; only ever shown.
        codes: the area codes and indicators that may come.
        limits: how large it may be.
        layout: the layout that it must have; None where its headings may say.

    Raises:
        ReturnFileError: the file cannot be read at all; the message says what to do.
    """
    opened = open_table(content=content, limits=limits, layout=layout)
    return ReturnFile(
        name=name,
        content=content,
        found=opened.found,
        columns=opened.columns,
        codes=codes,
        limits=limits,
    )
