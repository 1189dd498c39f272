"""A series as the parts of an SVG."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from outcomes.area_drawings.scale import (
    break_places,
    break_words,
    kind_of,
    numbers_of,
    ticks_of,
)
from outcomes.area_drawings.shapes import (
    HEIGHT,
    WIDTH,
    BreakLine,
    Line,
    Mark,
    SeriesDrawing,
    SeriesInput,
    Tick,
    Whisker,
)
from outcomes.indicator_series import axis_of, labelled

_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 468, 26, 262


def draw_series(*, drawn: SeriesInput) -> SeriesDrawing | None:
    """Return the drawing, or None where there is no value to draw.

    Gaps stay gaps. A value that is not there leaves nothing on the drawing, its limits neither.
    """
    scale = axis_of(values=numbers_of(drawn.lines))
    if scale is None:
        return None
    low, high, step = scale
    keys = [key for key, _ in drawn.periods]
    across = (_RIGHT - _LEFT) / max(len(keys) - 1, 1)
    xs = {key: round(_LEFT + number * across, 1) for number, key in enumerate(keys)}

    def y_of(value: float) -> float:
        return round(_BOTTOM - (value - low) / (high - low) * (_BOTTOM - _TOP), 1)

    return SeriesDrawing(
        width=WIDTH,
        height=HEIGHT,
        gridlines=tuple(
            Tick(at=y_of(at), text_at=y_of(at) + 5, label=label)
            for at, label in ticks_of(low=low, high=high, step=step)
        ),
        labels=_labels(drawn, xs),
        line=_path(drawn.area, xs, y_of),
        england=_path(drawn.england, xs, y_of),
        region=_path(drawn.region, xs, y_of),
        whiskers=tuple(
            Whisker(xs[value.key], y_of(value.upper_95), y_of(value.lower_95))
            for value in drawn.area.values
            if value.value is not None and value.lower_95 is not None and value.upper_95 is not None
        ),
        marks=tuple(
            Mark(xs[value.key], y_of(value.value), kind_of(value, drawn))
            for value in drawn.area.values
            if value.value is not None
        ),
        breaks=_breaks(drawn, keys, xs, across),
    )


def _path(
    line: Line | None, xs: Mapping[tuple[date, date], float], y_of: Callable[[float], float]
) -> str:
    parts, pen = [], "M"
    there = {value.key: value for value in line.values} if line else {}
    # A period that only others have a value for is a gap in this line.
    for key in xs:
        value = there.get(key)
        if value is None or value.value is None:
            pen = "M"
            continue
        parts.append(f"{pen}{xs[value.key]} {y_of(value.value)}")
        pen = "L"
    return "".join(parts)


def _labels(drawn: SeriesInput, xs: Mapping[tuple[date, date], float]) -> tuple[Tick, ...]:
    """Label the last period, and as many before it as there is room for."""
    periods = drawn.periods
    return tuple(
        Tick(
            at=xs[periods[number][0]],
            # The outermost labels must not leave the drawing.
            text_at=min(max(xs[periods[number][0]], 34), WIDTH - 36),
            label=periods[number][1].replace(" - ", "-"),
        )
        for number in labelled(periods=len(periods))
    )


def _breaks(
    drawn: SeriesInput,
    keys: Sequence[tuple[date, date]],
    xs: Mapping[tuple[date, date], float],
    across: float,
) -> tuple[BreakLine, ...]:
    return tuple(
        BreakLine(
            x=round(xs[keys[at]] - across / 2, 1),
            label=break_words(one),
            ends_left=xs[keys[at]] > WIDTH / 2,
        )
        for at, one in break_places(drawn, keys)
    )
