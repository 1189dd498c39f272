"""The headings of a file, and which column each stands in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from outcomes.return_file.faults import Notice, ReturnFileError, RowError, is_hidden, plain_text
from outcomes.return_file.layouts import LAYOUTS, Layout
from outcomes.return_file.limits import Limits
from outcomes.return_file.source import too_many_columns

_NEAR: Final = 0.8
_OF_FIGURES: Final = tuple(LAYOUTS.values())


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each heading stands.

    Args:
        layout: the layout that the headings are of.
        headings: the headings as the file has them, trimmed.
        positions: position from 0 of each known heading that the file has.
        names: what messages call each column, by its name inside.
        unheaded: positions of columns without a heading, which must stay empty.
        notices: what was read otherwise than it stands.
    """

    layout: Layout
    headings: tuple[str, ...]
    positions: dict[str, int]
    names: Mapping[str, str]
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


def layout_of(*, cells: Sequence[str], among: Sequence[Layout]) -> Layout:
    """Return the layout that most of the headings are of; the first one where none are."""
    folded = {_folded(cell) for cell in cells}
    return max(among, key=lambda layout: len(folded.intersection(_known(layout))))


def read_columns(
    *,
    cells: Sequence[str],
    row: int,
    line: int,
    limits: Limits,
    layout: Layout | None,
    among: Sequence[Layout] = _OF_FIGURES,
) -> Columns:
    """Return where the headings stand, in any order, whatever their capitals and spaces.

    Args:
        layout: the layout that the file must have; None where the headings may say.
        among: the layouts that the file may be taken for.

    Raises:
        ReturnFileError: with an error for each heading that is wrong, and one for those missing.
    """
    likely = layout_of(cells=cells, among=among)
    layout = layout or likely
    if len(cells) > limits.max_columns:
        raise too_many_columns(len(cells), layout.columns)
    headings = tuple(" ".join(cell.split()) for cell in cells)
    by_fold = _known(layout)
    known = [by_fold.get(_folded(heading)) for heading in headings]
    if not set(known).intersection(layout.required):
        raise _not_headings(cells, layout, among)
    if likely is not layout and not set(layout.required).issubset(known):
        raise ReturnFileError(
            "layout", f"These are the headings of the layout {likely.name}, not of {layout.name}."
        )
    names, spelt = _names(layout, headings, known)
    positions: dict[str, int] = {}
    errors: list[RowError] = []
    ignored: list[str] = []
    # What a misspelt heading stands for is not missed as well.
    meant: set[str] = set()

    def refuse(position: int, code: str, message: str, fix: str) -> None:
        given = plain_text(cells[position])
        letter = column_letter(position=position)
        errors.append(RowError(row, line, letter, given, code, given, message, fix))

    for position, (heading, name) in enumerate(zip(headings, known, strict=True)):
        if name in positions:
            letters = [column_letter(position=place) for place in (positions[name], position)]
            message = f"{names[name]} appears twice (columns {letters[0]} and {letters[1]})."
            refuse(position, "heading-twice", message, "Remove one of the two columns.")
        elif name:
            positions[name] = position
        elif any(map(is_hidden, heading)):
            message = f"The heading {plain_text(heading)} contains a hidden character."
            refuse(position, "heading-hidden", message, "Retype the heading.")
        elif near := _nearest(heading, {name for name in known if name}, layout):
            message = f"We do not know the heading {plain_text(heading)}."
            meant.add(near)
            spelling = layout.headings.get(near, near)
            refuse(position, "heading-unknown", message, f"Did you mean {spelling}?")
        elif heading and not _is_unread(heading, layout):
            ignored.append(plain_text(heading))
    missing = [names[name] for name in layout.required if name not in meant.union(positions)]
    if missing:
        errors.append(_missing(missing, row, line))
    if errors:
        message = " ".join(f"{error.message} {error.fix}" for error in errors[:20])
        raise ReturnFileError("headings", message, tuple(errors))
    exact = all(cells[place] == spelt[name] for name, place in positions.items())
    notices = _notices(exact, ignored, layout, positions)
    unheaded = tuple(place for place, heading in enumerate(headings) if not heading)
    return Columns(layout, headings, positions, names, unheaded, tuple(notices))


def _names(
    layout: Layout, headings: Sequence[str], known: Sequence[str | None]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return what to call each column, and how the layout spells those that the file has."""
    names = {name: name for name in layout.unread} | dict(layout.headings)
    spelt = dict(names)
    for heading, name in zip(headings, known, strict=True):
        for spelling, column in layout.spellings.items():
            if name == column and _folded(heading) == _folded(spelling):
                names[column] = spelt[column] = spelling
    return names, spelt


def _notices(
    exact: bool, ignored: list[str], layout: Layout, positions: Mapping[str, int]
) -> list[Notice]:
    notices = []
    if not exact:
        message = "Some headings differ from the template in capitals or spaces. We read them all."
        notices.append(Notice("headings-spelling", message))
    if ignored:
        message = f"We did not use these columns: {', '.join(ignored)}."
        notices.append(Notice("columns-ignored", message))
    for name, said in layout.absent.items():
        if name not in positions:
            message = f"There is no column {layout.headings[name]}. We read {said} in every row."
            notices.append(Notice("column-absent", message))
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
        f"Add {'them' if len(missing) > 1 else 'it'}, or download the template.",
    )


def _folded(heading: str) -> str:
    return re.sub(r"[\s_]+", "", heading).casefold()


def _known(layout: Layout) -> dict[str, str]:
    """Return the columns of a layout by their headings, folded."""
    return {
        **{_folded(heading): name for name, heading in layout.headings.items()},
        **{_folded(spelling): name for spelling, name in layout.spellings.items()},
        **{_folded(name): name for name in layout.unread},
    }


def _is_unread(heading: str, layout: Layout) -> bool:
    pattern = layout.unread_pattern
    return pattern is not None and pattern.match(_folded(heading)) is not None


def _nearest(heading: str, taken: set[str], layout: Layout) -> str | None:
    """Return the name inside of the heading that the file lacks and that this one nearly is."""
    if not heading or len(heading) > 60 or _is_unread(heading, layout):
        return None
    folded = _folded(heading)
    ratios = [
        (SequenceMatcher(a=folded, b=other).ratio(), name)
        for other, name in _known(layout).items()
        if name not in taken
    ]
    ratio, near = max(ratios, default=(0.0, ""))
    return near if ratio >= _NEAR else None


def _not_headings(cells: Sequence[str], layout: Layout, among: Sequence[Layout]) -> ReturnFileError:
    required = {_folded(each.headings[name]) for each in among for name in each.required}
    for separator, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "upright bars")):
        parts = cells[0].split(separator)
        if len(parts) > 1 and required.intersection(_folded(part.strip('"')) for part in parts):
            return ReturnFileError(
                "separator",
                f"The values are separated by {name}. "
                "In Excel choose Save As, CSV UTF-8 (Comma delimited).",
            )
    expected = ", ".join(layout.headings[name] for name in layout.required)
    return ReturnFileError(
        "no-headings",
        f"We expected the headings {expected} in the first row. Download the template.",
    )
