"""Rows of a file, read with care: cells in, a typed row or its errors out."""

from collections.abc import Sequence
from operator import itemgetter

from outcomes.person_details import looks_like_a_person
from outcomes.return_file import layouts as headings
from outcomes.return_file.cell_faults import (
    absent_value,
    hidden,
    not_provisional,
    note_differs,
    note_said_twice,
    ragged,
    unheaded,
)
from outcomes.return_file.columns import Columns, column_letter
from outcomes.return_file.comparisons import publishers_comparison
from outcomes.return_file.faults import ErrorLog, Fault, RowError, hidden_letter, plain_text
from outcomes.return_file.figures import is_plain_number, number_fault
from outcomes.return_file.intervals import FIGURE_HEADINGS, Figures, all_fit, relation_faults
from outcomes.return_file.limits import STANDARD_LIMITS
from outcomes.return_file.notes import (
    NOTE_MARKERS,
    VALUE_MARKERS,
    ValueNote,
    note_beside_value,
    note_without_value,
    says_absent,
)
from outcomes.return_file.repeats import Repeats
from outcomes.return_file.row import ReturnRow
from outcomes.return_file.series import Series, SeriesReader, too_long

_LONGEST_NOTE = 500
# Room for every row of an upload; of a bulk load the first ones are enough to look for the others.
_MOST_PERSONAL = STANDARD_LIMITS.max_rows
SERIES_HEADINGS = (
    headings.INDICATOR_ID,
    headings.INDICATOR_NAME,
    headings.SEX,
    headings.AGE,
    headings.CATEGORY_TYPE,
    headings.CATEGORY,
    headings.METHOD,
)
PLACE_HEADINGS = (headings.AREA_CODE, headings.TIME_PERIOD, headings.SORTABLE)
# Texts by which a row says whether its figure is provisional.
PROVISIONAL = {
    "": False,
    **dict.fromkeys(("no", "n", "false", "0"), False),
    **dict.fromkeys(("yes", "y", "true", "1", "p", "provisional"), True),
}


class RowReader:
    """Checks row after row against the headings, the known codes and the rows before."""

    def __init__(
        self,
        *,
        columns: Columns,
        series: SeriesReader,
        repeats: Repeats,
        log: ErrorLog,
        may_hide: bool,
    ) -> None:
        self._columns = columns
        self._series = series
        self._log = log
        self._may_hide = may_hide
        self._width = len(columns.headings)
        at = columns.position
        self._series_cells = itemgetter(*map(at, SERIES_HEADINGS))
        self._place_cells = itemgetter(*map(at, PLACE_HEADINGS))
        self._figure_cells = itemgetter(
            *map(at, FIGURE_HEADINGS),
            *map(at, (headings.VALUE_NOTE, headings.NOTE_TEXT, headings.PROVISIONAL)),
        )
        self._compared = at(headings.COMPARED)
        self._repeats = repeats
        self.has_trimmed = False
        self.has_short_markers = False
        # Row and heading of each text that looks like a person's details; the text is not kept.
        self.personal: list[tuple[int, str]] = []
        self.personal_total = 0

    def read(self, *, row: int, line: int, cells: list[str]) -> ReturnRow | None:
        """Return the row, or None after logging an error for each cell that is wrong.

        The list of cells is not kept, and not left as it was.
        """
        if len(cells) != self._width:
            self._log_whole_row(row, line, ragged(len(cells), self._width))
            return None
        # An optional heading that the file lacks has position -1: this empty cell.
        cells.append("")
        series = self._series.series(self._series_cells(cells))
        place = self._series.place(self._place_cells(cells), series)
        faults = [*series.faults, *place.faults]
        raw = self._figure_cells(cells)
        figures, note, text = self._figures(raw, series.facts.is_proportion, faults)
        if raw[7] or raw[8] or series.personal:
            self._note_personal(row, raw, series)
        provisional = self._provisional(raw[9], faults)
        compared = None
        if figures.value is not None:
            compared = publishers_comparison(text=cells[self._compared])
        if self._columns.unheaded:
            self._check_unheaded(cells, faults)
        if self._may_hide and not "".join(cells).isprintable():
            self._check_hidden(cells, faults)
        if faults:
            self._log_faults(row, line, cells, faults)
        if not series.faults and not place.faults:
            self._repeats.add(
                key=series.number << 32 | place.number,
                row=row,
                content=hash((figures, text, provisional, compared)),
            )
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
            series.indicator_code,
            provisional,
            compared,
        )

    def log_fault(self, *, row: int, line: int, fault: Fault) -> None:
        """Log the fault of a row that has no cells."""
        self._log_whole_row(row, line, fault)

    def _figures(
        self, raw: Sequence[str], is_proportion: bool, faults: list[tuple[str, Fault]]
    ) -> tuple[Figures, ValueNote, str]:
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
        note, text = self._note(raw, value, marker, faults)
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
                    names=self._columns.names,
                )
                if heading not in wrong
            )
        return figures, note, text

    def _note(
        self,
        raw: Sequence[str],
        value: float | None,
        marker: ValueNote | None,
        faults: list[tuple[str, Fault]],
    ) -> tuple[ValueNote, str]:
        """Return what the value and the note beside it say together, and the note's text."""
        note_text, more_text = raw[7].strip(), raw[8].strip()
        names = self._columns.names
        for heading, text in ((headings.VALUE_NOTE, note_text), (headings.NOTE_TEXT, more_text)):
            if len(text) > _LONGEST_NOTE:
                faults.append((heading, too_long(text, _LONGEST_NOTE)))
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
                fault = note_differs(raw[0], note_text, names[headings.VALUE])
                faults.append((headings.VALUE_NOTE, fault))
            note = marker or note
            if not self._columns.layout.blank_is_missing:
                self._check_absence(raw, marker, faults)
        if self._columns.layout.has_note_words and note_text.casefold() in NOTE_MARKERS:
            note_text = ""
        if note_text and more_text:
            faults.append(
                (headings.VALUE_NOTE, note_said_twice(note_text, names[headings.NOTE_TEXT]))
            )
        return note, note_text or more_text

    def _note_personal(self, row: int, raw: Sequence[str], series: Series) -> None:
        texts = ((headings.VALUE_NOTE, raw[7]), (headings.NOTE_TEXT, raw[8]))
        found = [
            *series.personal,
            *(heading for heading, text in texts if looks_like_a_person(text=text)),
        ]
        self.personal_total += len(found)
        if len(self.personal) < _MOST_PERSONAL:
            self.personal.extend((row, heading) for heading in found)

    def _check_absence(
        self, raw: Sequence[str], marker: ValueNote | None, faults: list[tuple[str, Fault]]
    ) -> None:
        """Refuse a value that is absent without a word of why."""
        if marker or raw[0].strip():
            return
        if not says_absent(text=raw[7].strip()):
            faults.append((headings.VALUE, absent_value()))

    def _provisional(self, text: str, faults: list[tuple[str, Fault]]) -> bool:
        said = PROVISIONAL.get(text.strip().casefold())
        if said is None:
            faults.append((headings.PROVISIONAL, not_provisional(text)))
        return bool(said)

    def _number(self, text: str, heading: str, faults: list[tuple[str, Fault]]) -> float | None:
        trimmed = text.strip()
        if trimmed != text:
            self.has_trimmed = True
            if not trimmed:
                return None
            if is_plain_number(trimmed):
                return float(trimmed)
        name = self._columns.names[heading]
        faults.append((heading, number_fault(text=trimmed, heading=name)))
        return None

    def _check_unheaded(self, cells: list[str], faults: list[tuple[str, Fault]]) -> None:
        for position in self._columns.unheaded:
            if cells[position].strip():
                faults.append((str(position), unheaded(cells[position])))

    def _check_hidden(self, cells: list[str], faults: list[tuple[str, Fault]]) -> None:
        """Say of a cell with a hidden character only that: its other fault may come from it."""
        for heading, position in self._columns.positions.items():
            found = hidden_letter(text=cells[position].strip())
            if found is not None:
                faults[:] = [fault for fault in faults if fault[0] != heading]
                faults.append((heading, hidden(cells[position], found)))

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


_NO_FIGURES: list[float | None] = [None] * 6
_TOTALS = frozenset({"area-total", "indicator-total"})
