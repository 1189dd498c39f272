"""Draws levers by what they could do and when they can be used: pure geometry, in view box units.

Rows are public health impact, the largest on top; columns are the window of opportunity, the
soonest on the left. Strategic fit is the look of a marker. Where a marker stands inside of its
cell means nothing: they stand in the order of the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass

IMPACTS = ("large", "moderate", "small")
WINDOWS = ("open", "opening", "not_in_sight")
FITS = ("close", "partly", "distant")

_LEFT, _TOP, _END = 92, 40, 8
_CELL_WIDTH, _LEAST_HEIGHT = 104, 72
_STEP, _RADIUS, _A_ROW = 32, 14, 3


@dataclass(frozen=True)
class Placed:
    """A judged lever: its number in the list, and the three judgements by their codes."""

    number: int
    impact: str
    window: str
    fit: str


@dataclass(frozen=True)
class Marker:
    """The middle of a lever's marker, with its number and its fit."""

    number: int
    fit: str
    x: float
    y: float


@dataclass(frozen=True)
class Heading:
    """The code of a row or a column, and where its words stand."""

    code: str
    at: float


@dataclass(frozen=True)
class Box:
    """A cell."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class LeverChart:
    """Nine cells with their headings, and a marker for each lever; radius is every marker's."""

    width: float
    height: float
    radius: float
    columns: tuple[Heading, ...]
    rows: tuple[Heading, ...]
    boxes: tuple[Box, ...]
    markers: tuple[Marker, ...]


def draw(*, levers: Sequence[Placed]) -> LeverChart:
    """Return the figure of levers; a row of cells is as high as its fullest cell needs.

    Args:
        levers: in the order of the list.

    Returns:
        One marker a lever, none on another, each in the cell of its impact and window.

    Raises:
        ValueError: a judgement is not one of the codes.
    """
    for one in levers:
        if one.impact not in IMPACTS or one.window not in WINDOWS or one.fit not in FITS:
            raise ValueError(f"Lever {one.number} is not judged by the codes of the figure.")
    held = {
        (impact, window): [one for one in levers if (one.impact, one.window) == (impact, window)]
        for impact in IMPACTS
        for window in WINDOWS
    }
    boxes: list[Box] = []
    markers: list[Marker] = []
    rows: list[Heading] = []
    top = float(_TOP)
    for impact in IMPACTS:
        fullest = max(len(held[impact, window]) for window in WINDOWS)
        height = max(float(_LEAST_HEIGHT), -(-fullest // _A_ROW) * _STEP + 12.0)
        rows.append(Heading(code=impact, at=top + height / 2))
        for place, window in enumerate(WINDOWS):
            left = float(_LEFT + place * _CELL_WIDTH)
            boxes.append(Box(x=left, y=top, width=_CELL_WIDTH, height=height))
            markers += [
                Marker(
                    number=one.number,
                    fit=one.fit,
                    x=left + 20 + (at % _A_ROW) * _STEP,
                    y=top + 22 + (at // _A_ROW) * _STEP,
                )
                for at, one in enumerate(held[impact, window])
            ]
        top += height
    return LeverChart(
        width=_LEFT + len(WINDOWS) * _CELL_WIDTH + _END,
        height=top + _END,
        radius=_RADIUS,
        columns=tuple(
            Heading(code=window, at=_LEFT + (place + 0.5) * _CELL_WIDTH)
            for place, window in enumerate(WINDOWS)
        ),
        rows=tuple(rows),
        boxes=tuple(boxes),
        markers=tuple(markers),
    )
