"""Gaps as bars from the lowest to the highest, a row each, in groups."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from outcomes.area_drawings.scale import ticks_of
from outcomes.area_drawings.shapes import WIDTH, Tick

_ROW, _GROUP = 46, 12
_LEFT, _RIGHT = 132, 462


@dataclass(frozen=True)
class GapBar:
    """One gap: from low to high in the indicator's unit, with its words.

    earlier: made by another method, so that it is not compared with the others.
    """

    label: str
    low: float
    high: float
    words: str
    group: str
    earlier: bool


@dataclass(frozen=True)
class BarMark:
    """One bar of the drawing; `kind` is its group's class."""

    label: str
    words: str
    kind: str
    earlier: bool
    left: float
    right: float
    middle: float
    y: float
    words_y: float


@dataclass(frozen=True)
class GapsDrawing:
    """The parts of the SVG; `starts_at` is the number at which the scale starts."""

    width: int
    height: int
    bottom: float
    ticks: tuple[Tick, ...]
    bars: tuple[BarMark, ...]
    starts_at: str


def draw_gaps(*, bars: Sequence[GapBar]) -> GapsDrawing | None:
    """Return a drawing with a row for each gap, or None without any.

    Args:
        bars: in their order; a group's stand together.
    """
    if not bars:
        return None
    low, high, step = _scale([end for one in bars for end in (one.low, one.high)])
    marks: list[BarMark] = []
    y = 36.0
    for number, one in enumerate(bars):
        if number and one.group != bars[number - 1].group:
            y += _GROUP
        left, right = _x(one.low, low, high), _x(one.high, low, high)
        marks.append(
            BarMark(
                label=one.label,
                words=one.words,
                kind=one.group,
                earlier=one.earlier,
                left=left,
                right=right,
                middle=round((left + right) / 2, 1),
                y=y,
                words_y=y - 11,
            )
        )
        y += _ROW
    bottom = y - _ROW + 18
    ticks = tuple(
        Tick(at=_x(at, low, high), text_at=bottom + 20, label=label)
        # The first of them stands where the scale starts.
        for at, label in ticks_of(low=low - step / 2, high=high + step / 2, step=step)
    )
    return GapsDrawing(
        width=WIDTH,
        height=int(bottom) + 26,
        bottom=bottom,
        ticks=ticks,
        bars=tuple(marks),
        starts_at=ticks[0].label,
    )


def _scale(values: Sequence[float]) -> tuple[float, float, float]:
    """Return low end, high end and step: round numbers, with a line at each end."""
    span = max(max(values) - min(values), 0.1)
    rough = span / 3
    power = 10.0 ** math.floor(math.log10(rough))
    step = max(size * power for size in (1, 2, 5) if size * power <= rough)
    low = math.floor(min(values) / step) * step
    return low, max(math.ceil(max(values) / step) * step, low + step), step


def _x(value: float, low: float, high: float) -> float:
    return round(_LEFT + (value - low) / (high - low) * (_RIGHT - _LEFT), 1)
