"""Drawings of movement on the matrix: pure geometry, in units of a view box."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_LEVELS = ("high", "partial", "low")
_LEFT, _TOP = 92, 34
# Arrows of opposite directions lie beside each other.
_BESIDE = 9.0
_CLEAR = 30.0

Cell = tuple[str, str]


@dataclass(frozen=True)
class _Size:
    """The width and height of a cell."""

    width: float
    height: float


_WIDE = _Size(150, 96)
# For a narrow column, so that the words stay readable.
_NARROW = _Size(100, 72)


@dataclass(frozen=True)
class Box:
    """A cell of the matrix: its corner, its size and the look of its group."""

    x: float
    y: float
    width: float
    height: float
    look: str


@dataclass(frozen=True)
class Arrow:
    """A move of some pairs from one cell to another.

    kind is more, less or mix: drawn as a full, a dashed or a dotted line, never by colour alone.
    """

    line: str
    head: str
    kind: str
    thick: bool
    count: int
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Stop:
    """Where a pair stood in a round: number and middle of the dot."""

    number: int
    x: float
    y: float
    latest: bool


@dataclass(frozen=True)
class Move:
    """How many pairs went from one cell to another, and how that is called."""

    start: Cell
    end: Cell
    movement: str
    count: int


@dataclass(frozen=True)
class Heading:
    """The level of a column or a row, and where its words stand."""

    level: str
    at: float


@dataclass(frozen=True)
class FlowChart:
    """Boxes of the nine cells with their headings, and arrows or stops on them."""

    width: float
    height: float
    columns: tuple[Heading, ...]
    rows: tuple[Heading, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...] = ()
    stops: tuple[Stop, ...] = ()


_KINDS = {"improved": "more", "declined": "less", "mixed": "mix"}


def draw_moves(*, moves: Sequence[Move], cell_groups: dict[Cell, str]) -> FlowChart:
    """Return the arrows of all moves between different cells.

    Args:
        moves: each with (authority level, ICB level) before and after.
        cell_groups: the look of each cell's group.

    Returns:
        One arrow a move that improved, declined or was mixed; others have none.
    """
    return _chart(
        size=_WIDE,
        cell_groups=cell_groups,
        arrows=tuple(
            _arrow(move=move)
            for move in moves
            if move.start != move.end and move.movement in _KINDS
        ),
    )


def draw_path(
    *, cells: Sequence[Cell | None], movements: Sequence[str], cell_groups: dict[Cell, str]
) -> FlowChart:
    """Return one pair's way over rounds.

    Args:
        cells: where it stood in each round, earliest first; None where it was not assessed.
        movements: the movement of each round, as many as cells.
        cell_groups: the look of each cell's group.

    Returns:
        A numbered stop a placed round, beside each other within a cell, and arrows between
        neighbouring rounds in different cells.
    """
    stops: list[Stop] = []
    used: dict[Cell, int] = {}
    total: dict[Cell, int] = {}
    for cell in cells:
        if cell:
            total[cell] = total.get(cell, 0) + 1
    last = max((n for n, cell in enumerate(cells) if cell), default=-1)
    for number, cell in enumerate(cells, start=1):
        if cell is None:
            continue
        x, y = _middle(cell, _NARROW)
        place = used.get(cell, 0)
        used[cell] = place + 1
        stops.append(
            Stop(
                number=number,
                x=round(x + (place - (total[cell] - 1) / 2) * 31, 1),
                y=y,
                latest=number - 1 == last,
            )
        )
    arrows = []
    for before, after in pairwise(stops):
        kind = _KINDS.get(movements[after.number - 1])
        if (
            kind
            and after.number == before.number + 1
            and (before.x, before.y) != (after.x, after.y)
        ):
            arrows.append(
                _between(
                    start=(before.x, before.y),
                    end=(after.x, after.y),
                    kind=kind,
                    count=1,
                    clear=18.0,
                    beside=0.0,
                )
            )
    return _chart(size=_NARROW, cell_groups=cell_groups, arrows=tuple(arrows), stops=tuple(stops))


def _chart(
    *,
    size: _Size,
    cell_groups: dict[Cell, str],
    arrows: tuple[Arrow, ...],
    stops: tuple[Stop, ...] = (),
) -> FlowChart:
    return FlowChart(
        width=_LEFT + 3 * size.width + 8,
        height=_TOP + 3 * size.height + 8,
        columns=tuple(
            Heading(level=level, at=_LEFT + (place + 0.5) * size.width)
            for place, level in enumerate(_LEVELS)
        ),
        rows=tuple(
            Heading(level=level, at=_TOP + (place + 0.5) * size.height)
            for place, level in enumerate(_LEVELS)
        ),
        boxes=tuple(
            Box(
                x=_LEFT + column * size.width,
                y=_TOP + row * size.height,
                width=size.width,
                height=size.height,
                look=cell_groups[authority, board],
            )
            for row, authority in enumerate(_LEVELS)
            for column, board in enumerate(_LEVELS)
        ),
        arrows=arrows,
        stops=stops,
    )


def _middle(cell: Cell, size: _Size) -> tuple[float, float]:
    return (
        _LEFT + (_LEVELS.index(cell[1]) + 0.5) * size.width,
        _TOP + (_LEVELS.index(cell[0]) + 0.5) * size.height,
    )


def _arrow(*, move: Move) -> Arrow:
    return _between(
        start=_middle(move.start, _WIDE),
        end=_middle(move.end, _WIDE),
        kind=_KINDS[move.movement],
        count=move.count,
        clear=_CLEAR,
        beside=_BESIDE,
    )


def _between(
    *,
    start: tuple[float, float],
    end: tuple[float, float],
    kind: str,
    count: int,
    clear: float,
    beside: float,
) -> Arrow:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    ux, uy = dx / length, dy / length
    # To the right of the way, so that a move and its opposite do not cover each other.
    sx, sy = -uy * beside, ux * beside
    x1, y1 = start[0] + ux * clear + sx, start[1] + uy * clear + sy
    x2, y2 = end[0] - ux * clear + sx, end[1] - uy * clear + sy
    bx, by = x2 - ux * 14, y2 - uy * 14
    wx, wy = -uy * 7, ux * 7
    return Arrow(
        line=f"M{x1:.1f} {y1:.1f}L{bx:.1f} {by:.1f}",
        head=f"M{x2:.1f} {y2:.1f}L{bx + wx:.1f} {by + wy:.1f}L{bx - wx:.1f} {by - wy:.1f}z",
        kind=kind,
        thick=count > 1,
        count=count,
        label_x=round((x1 + x2) / 2 + sx, 1),
        label_y=round((y1 + y2) / 2 + sy + 5, 1),
    )
