"""What a template says of itself: for which round and for which body it was made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from outcomes.return_file import Limits
from outcomes.return_file.columns import Columns
from outcomes.return_file.faults import plain_text
from outcomes.return_file.source import records, survey

RETURN_FOR: Final = "Return for"
BODY: Final = "Body"


@dataclass(frozen=True, slots=True)
class MarkedFor:
    """What one row says; empty where it says nothing."""

    round: str
    body: str

    def is_for(self, *names: str) -> bool:
        """Whether the body is called one of these names."""
        return _folded(self.body) in map(_folded, names)

    def is_of(self, *names: str) -> bool:
        """Whether the round is called one of these names."""
        return _folded(self.round) in map(_folded, names)


def read_marks(*, content: BinaryIO, columns: Columns, limits: Limits) -> Iterator[MarkedFor]:
    """Yield each mark that a file bears, once; none where it has neither column.

    Args:
        content: the file as CSV.
        columns: its headings.
        limits: how large it may be.

    Returns:
        The marks in file order.
    """
    places = [_place(columns, heading) for heading in (RETURN_FOR, BODY)]
    if places == [None, None]:
        return
    seen: set[tuple[str, ...]] = set()
    found = survey(content=content, limits=limits)
    is_below_headings = False
    for record in records(content=content, found=found, limits=limits):
        if record.fault is not None or not any(cell.strip() for cell in record.cells):
            continue
        if not is_below_headings:
            is_below_headings = True
            continue
        marks = tuple(_cell(record.cells, place) for place in places)
        if marks not in seen:
            seen.add(marks)
            yield MarkedFor(round=marks[0], body=marks[1])


def _place(columns: Columns, heading: str) -> int | None:
    wanted = _folded(heading)
    return next(
        (place for place, text in enumerate(columns.headings) if _folded(text) == wanted), None
    )


def _cell(cells: list[str], place: int | None) -> str:
    return "" if place is None or place >= len(cells) else plain_text(cells[place].strip())


def _folded(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text).casefold()
