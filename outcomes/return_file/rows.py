"""Rows of the Fingertips layout: cells in, a typed row or its errors out."""

from collections.abc import Hashable, Sequence
from operator import itemgetter
from typing import NamedTuple

from outcomes.periods import Period
from outcomes.return_file import columns as headings
from outcomes.return_file.columns import Columns, column_letter
from outcomes.return_file.faults import ErrorLog, Fault, RowError, is_hidden, plain_text
from outcomes.return_file.figures import is_plain_number, number_fault
from outcomes.return_file.intervals import FIGURE_HEADINGS, Figures, all_fit, relation_faults
from outcomes.return_file.notes import (
    VALUE_MARKERS,
    ValueNote,
    note_beside_value,
    note_without_value,
)
from outcomes.return_file.series import Place, Series, SeriesReader, too_long

_LONGEST_NOTE = 500
_VALUE_AND_LIMITS = 5


class ReturnRow(NamedTuple):
    """One published figure. A tuple, because a file has a million of them.

    Args:
        row: row of the file as a spreadsheet counts it.
        value: in the unit of the indicator; None where the note says why there is none.
        lower_95: limits of confidence, in the unit of the indicator; None where not given.
        count: whole number of cases, None where not given.
        denominator: None where not given; need not be whole, since some are weighted.
        note: what to bear in mind about the value, or why there is none.
        value_note_text: the note as published.
    """

    row: int
    indicator_id: int
    indicator_name: str
    area_key: Hashable
    area_code: str
    period: Period
    sex: str
    age: str
    category_type: str
    category: str
    value: float | None
    lower_95: float | None
    upper_95: float | None
    lower_998: float | None
    upper_998: float | None
    # Hides tuple.count, which nobody needs of a row.
    count: int | None  # type: ignore[assignment]
    denominator: float | None
    note: ValueNote
    value_note_text: str


class RowReader:
    """Checks row after row against the headings, the known codes and the rows before."""

    def __init__(
        self, *, columns: Columns, series: SeriesReader, log: ErrorLog, may_hide: bool
    ) -> None:
        self._columns = columns
        self._series = series
        self._log = log
        self._may_hide = may_hide
        self._width = len(columns.headings)
        at = columns.position
        self._series_cells = itemgetter(
            at(headings.INDICATOR_ID),
            at(headings.INDICATOR_NAME),
            at(headings.SEX),
            at(headings.AGE),
            at(headings.CATEGORY_TYPE),
            at(headings.CATEGORY),
        )
        self._place_cells = itemgetter(
            at(headings.AREA_CODE), at(headings.TIME_PERIOD), at(headings.SORTABLE)
        )
        self._figure_cells = itemgetter(*map(at, FIGURE_HEADINGS), at(headings.VALUE_NOTE))
        self._seen: dict[int, int] = {}
        self.has_trimmed = False
        self.has_short_markers = False

    def read(self, *, row: int, line: int, cells: list[str]) -> ReturnRow | None:
        """Return the row, or None after logging an error for each cell that is wrong."""
        if len(cells) != self._width:
            self._log_whole_row(row, line, _ragged(len(cells), self._width))
            return None
        # An optional heading that the file lacks has position -1: this empty cell.
        cells.append("")
        series = self._series.series(self._series_cells(cells))
        place = self._series.place(self._place_cells(cells), series.facts.year_type)
        faults = [*series.faults, *place.faults]
        figures, note, text = self._figures(cells, series, faults)
        if self._columns.unheaded:
            self._check_unheaded(cells, faults)
        if self._may_hide and not "".join(cells).isprintable():
            self._check_hidden(cells, faults)
        if faults:
            self._log_faults(row, line, cells, faults)
        if not series.faults and not place.faults:
            self._check_repeat(row, line, series, place, (figures, text))
        if faults or place.period is None:
            return None
        return ReturnRow(
            row,
            series.indicator_id,
            series.indicator_name,
            place.area_key,
            place.area_code,
            place.period,
            series.sex,
            series.age,
            series.category_type,
            series.category,
            *figures,
            note,
            text,
        )

    def log_fault(self, *, row: int, line: int, fault: Fault) -> None:
        """Log the fault of a row that has no cells."""
        self._log_whole_row(row, line, fault)

    def _figures(
        self, cells: Sequence[str], series: Series, faults: list[tuple[str, Fault]]
    ) -> tuple[Figures, ValueNote, str]:
        raw = self._figure_cells(cells)
        note_text = raw[7].strip()
        value_text = raw[0]
        marker = None
        if is_plain_number(value_text):
            value: float | None = float(value_text)
        elif not value_text:
            value = None
        else:
            marker = VALUE_MARKERS.get(value_text.strip().casefold())
            value = None if marker else self._number(value_text, headings.VALUE, faults)
            if marker and not value_text.strip().startswith("["):
                self.has_short_markers = True
        lower_95, upper_95, lower_998, upper_998, count, denominator = others = [
            None
            if not text
            else float(text)
            if is_plain_number(text)
            else self._number(text, heading, faults)
            for text, heading in zip(raw[1:7], FIGURE_HEADINGS[1:], strict=True)
        ]
        cases = None if count is None else int(count)
        figures = Figures(value, lower_95, upper_95, lower_998, upper_998, cases, denominator)
        if len(note_text) > _LONGEST_NOTE:
            faults.append((headings.VALUE_NOTE, too_long(note_text, _LONGEST_NOTE)))
        if value is not None:
            note = ValueNote.OK
            if note_text:
                said = note_beside_value(text=note_text)
                if isinstance(said, Fault):
                    faults.append((headings.VALUE_NOTE, said))
                else:
                    note = said
        else:
            note = note_without_value(text=note_text)
            if marker and note is ValueNote.SUPPRESSED and marker is not note:
                faults.append((headings.VALUE_NOTE, _note_differs(value_text, note_text)))
            note = marker or note
        is_proportion = series.facts.is_proportion
        if others != _NO_FIGURES and not all_fit(
            figures=figures, count=count, is_proportion=is_proportion
        ):
            wrong = {heading for heading, _ in faults}
            faults.extend(
                (heading, fault)
                for heading, fault in relation_faults(
                    figures=figures,
                    raw=raw[:7],
                    note=None if headings.VALUE in wrong else note,
                    is_proportion=is_proportion,
                )
                if heading not in wrong
            )
        return figures, note, note_text

    def _number(self, text: str, heading: str, faults: list[tuple[str, Fault]]) -> float | None:
        trimmed = text.strip()
        if trimmed != text:
            self.has_trimmed = True
            if not trimmed:
                return None
            if is_plain_number(trimmed):
                return float(trimmed)
        faults.append((heading, number_fault(text=trimmed, heading=heading)))
        return None

    def _check_unheaded(self, cells: list[str], faults: list[tuple[str, Fault]]) -> None:
        for position in self._columns.unheaded:
            if cells[position].strip():
                faults.append((str(position), _unheaded(cells[position])))

    def _check_hidden(self, cells: list[str], faults: list[tuple[str, Fault]]) -> None:
        """Say of a cell with a hidden character only that: its other fault may come from it."""
        for heading, position in self._columns.positions.items():
            hidden = next((letter for letter in cells[position].strip() if _hides(letter)), None)
            if hidden is not None:
                faults[:] = [fault for fault in faults if fault[0] != heading]
                faults.append((heading, _hidden(cells[position], hidden)))

    def _log_faults(
        self, row: int, line: int, cells: list[str], faults: list[tuple[str, Fault]]
    ) -> None:
        """Log one error a cell, from left to right; of a total row, only that it is one."""
        placed: dict[int, Fault] = {}
        for heading, fault in faults:
            position = self._columns.positions.get(heading)
            placed.setdefault(int(heading) if position is None else position, fault)
        totals = {place: fault for place, fault in placed.items() if fault.code in _TOTALS}
        for position, fault in sorted((totals or placed).items()):
            letter = column_letter(position=position)
            heading = plain_text(self._columns.headings[position])
            self._log.add(RowError(row, line, letter, heading, *fault))

    def _log_whole_row(self, row: int, line: int, fault: Fault) -> None:
        self._log.add(RowError(row, line, "", "", *fault))

    def _check_repeat(
        self, row: int, line: int, series: Series, place: Place, content: object
    ) -> None:
        """Refuse a second row for the same figure; one integer a row is remembered."""
        key = series.number << 32 | place.number
        print_of_content = hash(content) & 0xFFFFFFFF
        first = self._seen.setdefault(key, row << 32 | print_of_content)
        if first >> 32 != row:
            is_same = first & 0xFFFFFFFF == print_of_content
            fault = _repeat(first >> 32, row, place.area_code, is_same)
            self._log_whole_row(row, line, fault)


_NO_FIGURES: list[float | None] = [None] * 6
_TOTALS = frozenset({"area-total", "indicator-total"})


def _hides(letter: str) -> bool:
    return not letter.isprintable() and letter not in "\t\r\n" and is_hidden(letter)


def _ragged(given: int, expected: int) -> Fault:
    values = "1 value" if given == 1 else f"{given:,} values"
    return Fault(
        "ragged",
        "",
        f"This row has {values}, the headings have {expected}.",
        "Is there a comma inside a value? Put the value in quotes."
        if given > expected
        else "Add the empty cells at the end, or save the file again as CSV.",
    )


def _note_differs(value_text: str, note_text: str) -> Fault:
    return Fault(
        "note-differs",
        plain_text(note_text),
        f"The note says that the value is suppressed, but Value has {plain_text(value_text)}.",
        "Enter [c] as the value, or correct the note.",
    )


def _unheaded(text: str) -> Fault:
    return Fault(
        "heading-empty",
        plain_text(text),
        "This column has a value but no heading.",
        "Enter a heading, or remove the column.",
    )


def _hidden(text: str, letter: str) -> Fault:
    return Fault(
        "hidden",
        plain_text(text),
        f"This contains a hidden character (U+{ord(letter):04X}).",
        "Retype the cell.",
    )


def _repeat(first: int, row: int, area_code: str, is_same: bool) -> Fault:
    same = "the same indicator, area, period, sex, age and category"
    if is_same:
        message = f"Row {row} repeats row {first} ({same})."
        return Fault("repeat", area_code, message, "Remove one.")
    message = f"Rows {first} and {row} give different values for {same}."
    return Fault("repeat-differs", area_code, message, "Keep the right one and remove the other.")
