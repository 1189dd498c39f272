"""The headings of the Fingertips layout, and which column each stands in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from outcomes.return_file.faults import Notice, ReturnFileError, RowError, is_hidden, plain_text
from outcomes.return_file.limits import Limits
from outcomes.return_file.source import too_many_columns

INDICATOR_ID: Final = "Indicator ID"
INDICATOR_NAME: Final = "Indicator Name"
AREA_CODE: Final = "Area Code"
SEX: Final = "Sex"
AGE: Final = "Age"
CATEGORY_TYPE: Final = "Category Type"
CATEGORY: Final = "Category"
TIME_PERIOD: Final = "Time period"
VALUE: Final = "Value"
LOWER_95: Final = "Lower CI 95.0 limit"
UPPER_95: Final = "Upper CI 95.0 limit"
LOWER_998: Final = "Lower CI 99.8 limit"
UPPER_998: Final = "Upper CI 99.8 limit"
COUNT: Final = "Count"
DENOMINATOR: Final = "Denominator"
VALUE_NOTE: Final = "Value note"
SORTABLE: Final = "Time period Sortable"

# Without one of these a row would mean something else: a suppressed value would look missing,
# a value of one group would look like that of all.
REQUIRED: Final = (
    INDICATOR_ID,
    INDICATOR_NAME,
    AREA_CODE,
    SEX,
    AGE,
    CATEGORY_TYPE,
    CATEGORY,
    TIME_PERIOD,
    VALUE,
    VALUE_NOTE,
)
READ: Final = (
    *REQUIRED,
    LOWER_95,
    UPPER_95,
    LOWER_998,
    UPPER_998,
    COUNT,
    DENOMINATOR,
    SORTABLE,
)
# Part of the download, but said by other columns or computed from them.
# Source: the header of the download, ukhsa-collaboration/fingertips-open,
# ServicesWebTest/Controllers/DataControllerTest.cs; later downloads add the range.
UNREAD: Final = (
    "Parent Code",
    "Parent Name",
    "Area Name",
    "Area Type",
    "Recent Trend",
    "New data",
    "Compared to goal",
    "Time period range",
    # What a template says of itself.
    "Return for",
    "Body",
)
# The region's name stands in this heading: 'Compared to Regions (statistical) value or ...'.
_COMPARISON = re.compile(r"comparedto.*(?:percentiles|value)")
_NEAR: Final = 0.8


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each heading stands.

    Args:
        headings: the headings as the file has them, trimmed.
        positions: position from 0 of each known heading that the file has.
        unheaded: positions of columns without a heading, which must stay empty.
        notices: what was read otherwise than it stands.
    """

    headings: tuple[str, ...]
    positions: dict[str, int]
    unheaded: tuple[int, ...]
    notices: tuple[Notice, ...]

    def position(self, heading: str) -> int:
        """Return the position of a heading, or -1: a cell that the reader keeps empty."""
        return self.positions.get(heading, -1)


def column_letter(*, position: int) -> str:
    """Return the letter of a column as a spreadsheet writes it: 0 is A, 26 is AA."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_columns(*, cells: Sequence[str], row: int, line: int, limits: Limits) -> Columns:
    """Return where the headings stand, in any order, whatever their capitals and spaces.

    Raises:
        ReturnFileError: with an error for each heading that is wrong, and one for those missing.
    """
    if len(cells) > limits.max_columns:
        raise too_many_columns(len(cells))
    headings = tuple(" ".join(cell.split()) for cell in cells)
    known = [_KNOWN.get(_folded(heading)) for heading in headings]
    if not set(known).intersection(REQUIRED):
        raise _not_headings(cells)
    positions: dict[str, int] = {}
    errors: list[RowError] = []
    ignored: list[str] = []

    def refuse(position: int, code: str, message: str, fix: str) -> None:
        given = plain_text(cells[position])
        letter = column_letter(position=position)
        errors.append(RowError(row, line, letter, given, code, given, message, fix))

    for position, (heading, name) in enumerate(zip(headings, known, strict=True)):
        if name in positions:
            letters = [column_letter(position=place) for place in (positions[name], position)]
            message = f"{name} appears twice (columns {letters[0]} and {letters[1]})."
            refuse(position, "heading-twice", message, "Remove one of the two columns.")
        elif name:
            positions[name] = position
        elif any(map(is_hidden, heading)):
            message = f"The heading {plain_text(heading)} contains a hidden character."
            refuse(position, "heading-hidden", message, "Retype the heading.")
        elif near := _nearest(heading, {name for name in known if name}):
            message = f"We do not know the heading {plain_text(heading)}."
            refuse(position, "heading-unknown", message, f"Did you mean {near}?")
        elif heading and not _COMPARISON.match(_folded(heading)):
            ignored.append(plain_text(heading))
    missing = [name for name in REQUIRED if name not in positions]
    if missing:
        errors.append(_missing(missing, row, line))
    if errors:
        message = " ".join(f"{error.message} {error.fix}" for error in errors[:20])
        raise ReturnFileError("headings", message, tuple(errors))
    exact = all(cells[place] == name for name, place in positions.items())
    unheaded = tuple(place for place, heading in enumerate(headings) if not heading)
    return Columns(headings, positions, unheaded, tuple(_notices(exact, ignored)))


def _notices(exact: bool, ignored: list[str]) -> list[Notice]:
    notices = []
    if not exact:
        message = "Some headings differ from the template in capitals or spaces. We read them all."
        notices.append(Notice("headings-spelling", message))
    if ignored:
        message = f"We did not use these columns: {', '.join(ignored)}."
        notices.append(Notice("columns-ignored", message))
    return notices


def _missing(missing: list[str], row: int, line: int) -> RowError:
    return RowError(
        row,
        line,
        "",
        "",
        "heading-missing",
        "",
        f"{'These headings are' if len(missing) > 1 else 'This heading is'} missing: "
        f"{', '.join(missing)}.",
        "Add them, or download the template.",
    )


def _folded(heading: str) -> str:
    return re.sub(r"[\s_]+", "", heading).casefold()


_KNOWN: Final = {_folded(name): name for name in (*READ, *UNREAD)}


def _nearest(heading: str, taken: set[str]) -> str | None:
    """Return the known heading that the file lacks and that this one nearly is."""
    if not heading or len(heading) > 60:
        return None
    folded = _folded(heading)
    ratios = [
        (SequenceMatcher(a=folded, b=other).ratio(), name)
        for other, name in _KNOWN.items()
        if name not in taken
    ]
    ratio, name = max(ratios, default=(0.0, ""))
    return name if ratio >= _NEAR else None


def _not_headings(cells: Sequence[str]) -> ReturnFileError:
    for separator, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "upright bars")):
        parts = cells[0].split(separator)
        if {_KNOWN.get(_folded(part.strip('"'))) for part in parts}.intersection(REQUIRED):
            return ReturnFileError(
                "separator",
                f"The values are separated by {name}. "
                "In Excel choose Save As, CSV UTF-8 (Comma delimited).",
            )
    return ReturnFileError(
        "no-headings",
        f"We expected the headings {', '.join(REQUIRED)} in the first row. Download the template.",
    )
