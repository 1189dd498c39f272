"""Rows that surely have no fault, read quickly: nearly all rows of nearly all files."""

from collections.abc import Callable
from operator import itemgetter

from outcomes.return_file import layouts as headings
from outcomes.return_file.columns import Columns
from outcomes.return_file.comparisons import publishers_comparison
from outcomes.return_file.figures import is_plain_number
from outcomes.return_file.intervals import FIGURE_HEADINGS
from outcomes.return_file.notes import ValueNote
from outcomes.return_file.repeats import Repeats
from outcomes.return_file.row import ReturnRow
from outcomes.return_file.rows import PLACE_HEADINGS, SERIES_HEADINGS
from outcomes.return_file.series import Series

_OK = ValueNote.OK


class _Numbers(dict[str, float | None]):
    """Figures by their texts; a text that is no plain number is not found."""

    _MOST_REMEMBERED = 50_000

    def __missing__(self, text: str) -> float | None:
        if not is_plain_number(text):
            raise KeyError(text)
        if len(self) > self._MOST_REMEMBERED:
            self.clear()
            self[""] = None
        number = float(text)
        if number == 0 and text.startswith("-"):
            raise KeyError(text)
        self[text] = number
        return number


def quick_reader(
    *,
    columns: Columns,
    known: dict[tuple[str, ...], Series],
    repeats: Repeats,
    may_hide: bool,
) -> Callable[[int, list[str]], ReturnRow | None]:
    """Return a function that reads a row, or gives None where it must be read with care.

    What it reads, the careful reader reads the same, without an error; it knows only what the
    careful one has met before. A plain value, its limits and counts, and no note: that is all.
    The list of cells is left as it is.

    Args:
        columns: where the headings stand.
        known: what the careful reader has read of the cells that name a series.
        repeats: where each row is noted that is read.
        may_hide: the file has characters that need a look for hidden ones.
    """
    at = columns.position
    series_cells = itemgetter(*map(at, SERIES_HEADINGS))
    place_cells = itemgetter(*map(at, PLACE_HEADINGS))
    figure_cells = itemgetter(*map(at, FIGURE_HEADINGS))
    # What says more than a figure, and what must be empty.
    more = tuple(map(at, (headings.VALUE_NOTE, headings.NOTE_TEXT, headings.PROVISIONAL)))
    compared_at = at(headings.COMPARED)
    more_cells = itemgetter(*more, *columns.unheaded)
    nothing = ("",) * (len(more) + len(columns.unheaded))
    width = len(columns.headings)
    numbers = _Numbers({"": None})
    series_of, number_of = known.get, numbers.__getitem__
    note_repeat, new = repeats.add, tuple.__new__

    def read(row: int, cells: list[str]) -> ReturnRow | None:
        if len(cells) != width:
            return None
        # An optional heading that the file lacks has position -1: this empty cell.
        cells = [*cells, ""]
        series = series_of(series_cells(cells))
        if series is None or series.faults:
            return None
        place = series.places.get(place_cells(cells))
        if place is None or place.faults or more_cells(cells) != nothing:
            return None
        if may_hide and not "".join(cells).isprintable():
            return None
        try:
            figures = tuple(map(number_of, figure_cells(cells)))
        except KeyError:
            return None
        value, lower_95, upper_95, lower_998, upper_998, count, denominator = figures
        if (
            value is None
            or (lower_95 is not None and value < lower_95)
            or (upper_95 is not None and value > upper_95)
            or (lower_998 is not None and value < lower_998)
            or (upper_998 is not None and value > upper_998)
            or (denominator is not None and denominator < 1)
        ):
            return None
        if count is not None:
            cases = int(count)
            if cases != count or cases < 0:
                return None
            if series.facts.is_proportion and denominator is not None and cases > denominator:
                return None
            figures = (value, lower_95, upper_95, lower_998, upper_998, cases, denominator)
        compared = publishers_comparison(text=cells[compared_at])
        note_repeat(
            key=series.number << 32 | place.number,
            row=row,
            content=hash((figures, "", False, compared)),
        )
        found: ReturnRow = new(
            ReturnRow,
            (
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
                _OK,
                "",
                series.indicator_code,
                False,
                compared,
            ),
        )
        return found

    return read
