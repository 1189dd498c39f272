"""A theory of change as boxes in four columns, with an arrow for each link (pure).

Lengths are in the units of the drawing, which a page scales to its width.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from outcomes.framework_content import ORDER_OF_KINDS, Content, Item, ItemKind, Link

WIDTH = 1120
# So that no border is cut, and arrows within the last column have room beside it.
_EDGE = 2
_ASIDE = 34
_BOX = 236
_APART = (WIDTH - 2 * _EDGE - _ASIDE - 4 * _BOX) / 3
_TOP = 40
_LINE = 19
_LETTER = 16
_PADDING = 12
_BETWEEN = 18
_MOST_LINES = 5
_LEAST_HEIGHT = 120
# An arrow's head is so long, and its line ends where the head begins.
_TIP = 7
# Heads of arrows, numbers on them and arrows between boxes stand so far apart.
_PORT = 18
_LANE = 14
_BADGE = 11

# How wide letters are of their size, at most: of DejaVu Sans, the widest font that stands in.
_NARROW = frozenset("fijlrtI.,:;'’!|()[]-/ ")
_WIDE = frozenset("mwMW@%—…")
_WIDTHS = {"narrow": 0.42, "wide": 1.0, "small": 0.64, "other": 0.79}

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


@dataclass(frozen=True)
class Arrow:
    """A link. `number` is that of its assumption, in the circle at x and y; empty for none."""

    path: str
    number: str
    x: float
    y: float


@dataclass(frozen=True)
class TheoryDrawing:
    """What a page draws; no arrow passes under a box."""

    width: float
    height: float
    headings: tuple[Heading, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True)
class Assumptions:
    """Numbers of what is assumed, the same on the diagram and in the list."""

    of_items: Mapping[UUID, int]
    of_links: Mapping[tuple[UUID, UUID], int]


def assumptions_of(*, content: Content) -> Assumptions:
    """Number the assumptions of a theory: of each item in its place, then of what it leads to."""
    place = _places(content)
    of_items: dict[UUID, int] = {}
    of_links: dict[tuple[UUID, UUID], int] = {}
    number = 0
    for lineage in sorted(place, key=lambda one: place[one]):
        if content.item(lineage).assumption:
            of_items[lineage] = number = number + 1
        following = [one for one in content.links if one.cause == lineage and one.assumption]
        for link in sorted(following, key=lambda one: place[one.effect]):
            of_links[link.cause, link.effect] = number = number + 1
    return Assumptions(of_items, of_links)


def theory_drawing(*, content: Content) -> TheoryDrawing:
    """Return the theory of change of a version as a drawing.

    Each kind has its column, in which items stand in their order. An arrow that passes a column
    takes the nearest way between its boxes. A long title is cut; the list beside the drawing says
    all of it.
    """
    assumed = assumptions_of(content=content)
    layout = _Layout(content, assumed)
    return TheoryDrawing(
        width=WIDTH,
        height=layout.lowest,
        headings=tuple(
            Heading(text=HEADINGS[kind], x=_column_x(column))
            for column, kind in enumerate(ORDER_OF_KINDS)
        ),
        boxes=tuple(layout.boxes.values()),
        arrows=tuple(
            layout.arrow(link, assumed.of_links.get((link.cause, link.effect)))
            for link in layout.links
        ),
    )


def text_width(*, text: str) -> float:
    """Return how wide a text of a box is at most, whatever font stands in."""
    return _LETTER * sum(_WIDTHS[_class_of(letter)] for letter in text)


def _class_of(letter: str) -> str:
    if letter in _NARROW:
        return "narrow"
    if letter in _WIDE:
        return "wide"
    return "small" if letter.islower() or letter.isdigit() else "other"


def _places(content: Content) -> dict[UUID, tuple[int, int]]:
    kinds = list(ORDER_OF_KINDS)
    return {item.lineage: (kinds.index(ItemKind(item.kind)), item.order) for item in content.items}


def _column_x(column: int) -> float:
    return _EDGE + column * (_BOX + _APART)


class _Layout:
    """Where boxes stand and arrows run.

    Arrows that pass a column need room between its boxes, and which boxes are near depends on
    where they stand: so boxes are stacked once without that room and once with it.
    """

    def __init__(self, content: Content, assumed: Assumptions) -> None:
        self.columns = [content.of_kind(kind) for kind in ORDER_OF_KINDS]
        self.column_of = {
            item.lineage: column for column, items in enumerate(self.columns) for item in items
        }
        self.links = [
            one
            for one in content.links
            if one.cause in self.column_of and one.effect in self.column_of
        ]
        indicators = Counter(place.item for place in content.places)
        counts = Counter(measure.item for measure in content.measures)
        self._texts = {
            item.lineage: _texts(
                item,
                _note(
                    indicators[item.lineage],
                    counts[item.lineage],
                    assumed.of_items.get(item.lineage),
                ),
            )
            for item in content.items
        }
        self._lanes: defaultdict[tuple[int, int], list[Link]] = defaultdict(list)
        self.boxes, self.lowest = self._stacked()
        self._choose_lanes()
        self.boxes, self.lowest = self._stacked()
        self._way = {self._key(link): self._turns(link) for link in self.links}
        self._ports = self._spread()

    def _stacked(self) -> tuple[dict[UUID, Box], float]:
        boxes: dict[UUID, Box] = {}
        lowest = float(_TOP + _LEAST_HEIGHT)
        self._gaps: dict[tuple[int, int], float] = {}
        for column, items in enumerate(self.columns):
            y = float(_TOP)
            for number, item in enumerate(items):
                self._gaps[column, number] = y
                y += _LANE * len(self._lanes[column, number])
                boxes[item.lineage] = self._box(item, x=_column_x(column), y=y)
                y += boxes[item.lineage].height + _BETWEEN
            self._gaps[column, len(items)] = y
            lowest = max(lowest, y + _LANE * len(self._lanes[column, len(items)]))
        return boxes, lowest

    def _box(self, item: Item, *, x: float, y: float) -> Box:
        texts, note = self._texts[item.lineage]
        lines = [
            Line(text=text, y=y + _PADDING + _LINE * number - 4)
            for number, text in enumerate(texts, start=1)
        ]
        if note:
            lines.append(Line(text=note, y=y + _PADDING + _LINE * (len(texts) + 1) - 4, note=True))
        ports = max(len(self._left(item.lineage)), len(self._right(item.lineage)))
        return Box(
            kind=item.kind,
            x=x,
            y=y,
            width=_BOX,
            height=max(2 * _PADDING + _LINE * len(lines), _PORT * (ports + 1)),
            lines=tuple(lines),
        )

    def _key(self, link: Link) -> tuple[UUID, UUID]:
        return link.cause, link.effect

    def _within(self, link: Link) -> bool:
        return self.column_of[link.cause] == self.column_of[link.effect]

    def _left(self, lineage: UUID) -> list[Link]:
        """Return the links that arrive at the left side of a box."""
        return [one for one in self.links if one.effect == lineage and not self._within(one)]

    def _right(self, lineage: UUID) -> list[Link]:
        """Return the links that leave a box, and those that arrive from its own column."""
        return [
            one
            for one in self.links
            if one.cause == lineage or (one.effect == lineage and self._within(one))
        ]

    def _choose_lanes(self) -> None:
        wanted: defaultdict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
        for place, link in enumerate(self.links):
            first, last = self.column_of[link.cause], self.column_of[link.effect]
            start, end = _middle(self.boxes[link.cause]), _middle(self.boxes[link.effect])
            for column in range(first + 1, last):
                straight = start + (end - start) * (column - first) / (last - first)
                gap = min(
                    range(len(self.columns[column]) + 1),
                    key=lambda one: abs(self._gaps[column, one] - straight),
                )
                wanted[column, gap].append((straight, place))
        for key, found in wanted.items():
            self._lanes[key] = [self.links[place] for _, place in sorted(found)]

    def _turns(self, link: Link) -> tuple[float, ...]:
        """Return at which heights a link passes the columns between its ends."""
        return tuple(
            self._gaps[key] + _LANE * (self._lanes[key].index(link) + 0.5)
            for column in range(self.column_of[link.cause] + 1, self.column_of[link.effect])
            for key in [
                next(
                    (column, gap)
                    for gap in range(len(self.columns[column]) + 1)
                    if link in self._lanes[column, gap]
                )
            ]
        )

    def _spread(self) -> dict[tuple[UUID, UUID, str], float]:
        """Return at which height each link leaves and arrives, the ones of a side apart."""
        found: dict[tuple[UUID, UUID, str], float] = {}
        for lineage, box in self.boxes.items():
            left = sorted(self._left(lineage), key=lambda one: self._before(one))
            found |= {
                (*self._key(one), "end"): y
                for one, y in zip(left, _along(box, len(left)), strict=True)
            }
            right = sorted(self._right(lineage), key=lambda one: self._after(one, lineage))
            found |= {
                (*self._key(one), "start" if one.cause == lineage else "end"): y
                for one, y in zip(right, _along(box, len(right)), strict=True)
            }
        return found

    def _before(self, link: Link) -> tuple[float, str]:
        turns = self._way[self._key(link)]
        return (turns[-1] if turns else _middle(self.boxes[link.cause])), str(link.cause)

    def _after(self, link: Link, lineage: UUID) -> tuple[float, str]:
        other = link.effect if link.cause == lineage else link.cause
        turns = self._way[self._key(link)]
        return (turns[0] if turns else _middle(self.boxes[other])), str(other)

    def arrow(self, link: Link, number: int | None) -> Arrow:
        """Return the arrow of a link, from side to side and between boxes."""
        cause, effect = self.boxes[link.cause], self.boxes[link.effect]
        start = self._ports[(*self._key(link), "start")]
        end = self._ports[(*self._key(link), "end")]
        right = cause.x + cause.width
        if self._within(link):
            # Around the right side of its column, so that it crosses no box.
            bend = right + _ASIDE - _EDGE
            path = (
                f"M{right:g} {start:g}C{bend:g} {start:g} {bend:g} {end:g} {right + _TIP:g} {end:g}"
            )
        else:
            path, x, y = f"M{right:g} {start:g}", right, start
            for column, lane in enumerate(
                self._way[self._key(link)], start=self.column_of[link.cause] + 1
            ):
                path += _curve((x, y), (_column_x(column), lane))
                x, y = _column_x(column) + _BOX, lane
                path += f"H{x:g}"
            path += _curve((x, y), (effect.x - _TIP, end))
        return Arrow(
            path=path,
            number="" if number is None else str(number),
            x=right + _BADGE,
            y=start,
        )


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    over = (start[0] + end[0]) / 2
    return f"C{over:g} {start[1]:g} {over:g} {end[1]:g} {end[0]:g} {end[1]:g}"


def _middle(box: Box) -> float:
    return box.y + box.height / 2


def _along(box: Box, number: int) -> list[float]:
    """Return so many heights, evenly along the side of a box."""
    return [box.y + box.height * place / (number + 1) for place in range(1, number + 1)]


def _note(indicators: int, counts: int, assumption: int | None) -> str:
    parts = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((indicators, "indicator"), (counts, "count"))
        if number
    ]
    if assumption is not None:
        parts.append(f"assumption {assumption}")
    return ", ".join(parts)


def _texts(item: Item, note: str) -> tuple[Sequence[str], str]:
    """Return the lines of an item's box, and its note."""
    room = _BOX - 2 * _PADDING
    lines = _wrapped(item.title, room)
    if len(lines) > _MOST_LINES:
        last = lines[_MOST_LINES - 1]
        while last and text_width(text=f"{last}…") > room:
            last = last[:-1]
        lines = [*lines[: _MOST_LINES - 1], f"{last.rstrip()}…"]
    return lines, note


def _wrapped(text: str, room: float) -> list[str]:
    lines = [""]
    for word in text.split():
        rest = word
        if lines[-1] and text_width(text=f"{lines[-1]} {rest}") <= room:
            lines[-1] += f" {rest}"
            continue
        if lines[-1]:
            lines.append("")
        # A word that is too long for a line goes on in the next one.
        while rest:
            fitting = len(rest)
            while fitting > 1 and text_width(text=rest[:fitting]) > room:
                fitting -= 1
            lines[-1], rest = rest[:fitting], rest[fitting:]
            if rest:
                lines.append("")
    return lines
