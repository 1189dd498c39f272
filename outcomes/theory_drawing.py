"""A theory of change as boxes in four columns, with an arrow for each link (pure).

Lengths are in the units of the drawing, which a page scales to its width.
"""

from collections import Counter
from dataclasses import dataclass
from textwrap import wrap
from uuid import UUID

from outcomes.framework_content import ORDER_OF_KINDS, Content, Item, ItemKind

WIDTH = 1120
_BOX = 244
_APART = (WIDTH - 4 * _BOX) / 3
_TOP = 40
_LINE = 19
_PADDING = 12
_BETWEEN = 18
# As many as fit into a box at the drawing's size of letters.
_LETTERS = 27
_MOST_LINES = 5
_LEAST_HEIGHT = 120
# An arrow's head is so long, and its line ends where the head begins.
_TIP = 7

HEADINGS = {
    ItemKind.INPUT: "Inputs",
    ItemKind.PROCESS: "Processes",
    ItemKind.OUTPUT: "Outputs",
    ItemKind.OUTCOME: "Outcomes",
}


@dataclass(frozen=True)
class Heading:
    """The head of a column."""

    text: str
    x: float


@dataclass(frozen=True)
class Line:
    """A line of text in a box; `note` is a smaller one."""

    text: str
    y: float
    note: bool = False


@dataclass(frozen=True)
class Box:
    """An item."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]

    @property
    def text_x(self) -> float:
        """Where its lines begin."""
        return self.x + _PADDING

    @property
    def middle(self) -> float:
        """The height at which arrows come and go."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class TheoryDrawing:
    """What a page draws; arrows are paths, drawn under the boxes."""

    width: float
    height: float
    headings: tuple[Heading, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]


def theory_drawing(*, content: Content) -> TheoryDrawing:
    """Return the theory of change of a version as a drawing.

    Each kind has its column, in which items stand in their order. A long title is cut; the list
    beside the drawing says all of it.
    """
    indicators = Counter(place.item for place in content.places)
    counts = Counter(measure.item for measure in content.measures)
    boxes: dict[UUID, Box] = {}
    lowest = float(_TOP + _LEAST_HEIGHT)
    for column, kind in enumerate(ORDER_OF_KINDS):
        y = float(_TOP)
        for item in content.of_kind(kind):
            note = _note(indicators[item.lineage], counts[item.lineage])
            box = _box(item, x=column * (_BOX + _APART), y=y, note=note)
            boxes[item.lineage] = box
            y += box.height + _BETWEEN
        lowest = max(lowest, y)
    return TheoryDrawing(
        width=WIDTH,
        height=lowest,
        headings=tuple(
            Heading(text=HEADINGS[kind], x=column * (_BOX + _APART))
            for column, kind in enumerate(ORDER_OF_KINDS)
        ),
        boxes=tuple(boxes.values()),
        arrows=tuple(
            _arrow(boxes[link.cause], boxes[link.effect])
            for link in content.links
            if link.cause in boxes and link.effect in boxes
        ),
    )


def _note(indicators: int, counts: int) -> str:
    parts = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((indicators, "indicator"), (counts, "count"))
        if number
    ]
    return ", ".join(parts)


def _box(item: Item, *, x: float, y: float, note: str) -> Box:
    texts = wrap(item.title, _LETTERS) or [""]
    if len(texts) > _MOST_LINES:
        texts = [*texts[: _MOST_LINES - 1], f"{texts[_MOST_LINES - 1][: _LETTERS - 1]}…"]
    lines = [
        Line(text=text, y=y + _PADDING + _LINE * number - 4)
        for number, text in enumerate(texts, start=1)
    ]
    if note:
        lines.append(Line(text=note, y=y + _PADDING + _LINE * (len(texts) + 1) - 4, note=True))
    return Box(
        kind=item.kind,
        x=x,
        y=y,
        width=_BOX,
        height=2 * _PADDING + _LINE * len(lines),
        lines=tuple(lines),
    )


def _arrow(cause: Box, effect: Box) -> str:
    right = cause.x + cause.width
    # Between boxes of one column around their right side, so that it crosses none of them.
    same = cause.x == effect.x
    bend = right + _APART * 0.6 if same else (right + effect.x - _TIP) / 2
    end = right + _TIP if same else effect.x - _TIP
    start, over, to = cause.middle, bend, effect.middle
    return f"M{right:g} {start:g}C{over:g} {start:g} {over:g} {to:g} {end:g} {to:g}"
