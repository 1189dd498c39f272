"""Lines of values in; the parts of a drawing and a Plotly figure of the same numbers out (pure)."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import plotly.graph_objects as go

from outcomes.area_figures import AreaValue, Break, number_words
from outcomes.indicator_series import axis_of

WIDTH, HEIGHT = 480, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 468, 26, 262
_MOST_LABELS = 5
# A row of a drawing of rows: the name above, dot and limits below.
ROW = 44
_ROW_LEFT, _ROW_RIGHT = 12, 468
_INK, _ENGLAND_INK, _REGION_INK = "#0f4c4f", "#5b6a6d", "#7b2d5e"


@dataclass(frozen=True)
class Line:
    """The values of one area under its name."""

    name: str
    values: tuple[AreaValue, ...]


@dataclass(frozen=True)
class SeriesInput:
    """What is drawn, twice: as SVG by the server and by Plotly where scripts run.

    independent: periods that share no day, counted back from the latest.
    """

    title: str
    unit: str
    places: int
    area: Line
    england: Line | None
    region: Line | None
    independent: frozenset[tuple[date, date]]
    breaks: tuple[Break, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The area, and what it is held against."""
        return tuple(line for line in (self.area, self.england, self.region) if line is not None)

    @property
    def periods(self) -> tuple[tuple[tuple[date, date], str], ...]:
        """Days and label of every period, oldest first."""
        return tuple(
            sorted(
                {value.key: value.period for line in self.lines for value in line.values}.items()
            )
        )


@dataclass(frozen=True)
class Tick:
    """A line of a scale with its number: along the other axis, `at` and the text's place."""

    at: float
    text_at: float
    label: str


@dataclass(frozen=True)
class Mark:
    """A value; `kind` is the class of its dot."""

    x: float
    y: float
    kind: str


@dataclass(frozen=True)
class Whisker:
    """From one limit to the other."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True)
class BreakLine:
    """Where a series cannot be compared across."""

    x: float
    label: str
    ends_left: bool


@dataclass(frozen=True)
class SeriesDrawing:
    """The parts of an SVG of WIDTH by HEIGHT."""

    width: int
    height: int
    gridlines: tuple[Tick, ...]
    labels: tuple[Tick, ...]
    line: str
    england: str
    region: str
    whiskers: tuple[Whisker, ...]
    marks: tuple[Mark, ...]
    breaks: tuple[BreakLine, ...]


@dataclass(frozen=True)
class RowMark:
    """One row: its name, and its dot and limits where it has a value."""

    name: str
    text_y: float
    y: float
    x: float | None
    left: float | None
    right: float | None
    words: str


@dataclass(frozen=True)
class RowsDrawing:
    """The parts of an SVG with one row an area or a group."""

    width: int
    height: int
    ticks: tuple[Tick, ...]
    rows: tuple[RowMark, ...]
    reference: float | None
    bottom: float


def draw_series(*, drawn: SeriesInput) -> SeriesDrawing | None:
    """Return the drawing, or None where there is no value to draw.

    Gaps stay gaps. A value that is not there leaves nothing on the drawing, its limits neither.
    """
    scale = axis_of(values=_numbers(drawn.lines))
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
            for at, label in _ticks(low=low, high=high, step=step)
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
            Mark(xs[value.key], y_of(value.value), _kind(value, drawn))
            for value in drawn.area.values
            if value.value is not None
        ),
        breaks=_breaks(drawn, keys, xs, across),
    )


def draw_rows(
    *,
    values: Sequence[tuple[str, AreaValue | None, str]],
    reference: float | None,
    places: int,
) -> RowsDrawing | None:
    """Return a drawing with a row for each name, or None where there is no value to draw.

    Args:
        values: name, value and the words beside the name.
        reference: a line across all rows, in the same unit; None for none.
        places: digits after the point on the scale.
    """
    lines = [Line(name, (value,)) for name, value, _ in values if value is not None]
    numbers = _numbers(lines)
    scale = axis_of(values=[*numbers, *([] if reference is None else [reference])])
    if scale is None or not numbers:
        return None
    low, high, step = scale

    def x_of(value: float | None) -> float | None:
        if value is None:
            return None
        return round(_ROW_LEFT + (value - low) / (high - low) * (_ROW_RIGHT - _ROW_LEFT), 1)

    bottom = len(values) * ROW + 6
    return RowsDrawing(
        width=WIDTH,
        height=bottom + 26,
        ticks=tuple(
            Tick(at=x_of(at) or 0.0, text_at=bottom + 20, label=label)
            for at, label in _ticks(low=low, high=high, step=step)
        ),
        rows=tuple(
            RowMark(
                name=name,
                text_y=number * ROW + 17,
                y=number * ROW + 33,
                x=None if value is None else x_of(value.value),
                left=None if value is None or value.value is None else x_of(value.lower_95),
                right=None if value is None or value.value is None else x_of(value.upper_95),
                words=words,
            )
            for number, (name, value, words) in enumerate(values)
        ),
        reference=x_of(reference),
        bottom=bottom,
    )


def series_figure(*, drawn: SeriesInput) -> Mapping[str, Any]:
    """Return a Plotly figure of the same numbers as plain JSON values."""
    figure = go.Figure()
    figure.add_trace(_trace(drawn, drawn.area, _INK, "solid", with_limits=True))
    if drawn.england is not None:
        figure.add_trace(_trace(drawn, drawn.england, _ENGLAND_INK, "dash"))
    if drawn.region is not None:
        figure.add_trace(_trace(drawn, drawn.region, _REGION_INK, "dot"))
    places = _break_places(drawn, [key for key, _ in drawn.periods])
    figure.update_layout(
        template="none",
        title=None,
        font={"family": "Arial, Helvetica, sans-serif", "size": 16, "color": "#0b0c0c"},
        margin={"l": 56, "r": 12, "t": 28, "b": 48},
        height=460,
        legend={"orientation": "h", "y": -0.18},
        xaxis={
            "type": "category",
            "fixedrange": True,
            "categoryorder": "array",
            "categoryarray": [label for _, label in drawn.periods],
        },
        yaxis={"title": {"text": _plain(drawn.unit)}, "fixedrange": True, "gridcolor": "#cfd8d8"},
        shapes=[
            {
                "type": "line",
                "xref": "x",
                "yref": "paper",
                "x0": at - 0.5,
                "x1": at - 0.5,
                "y0": 0,
                "y1": 1,
                "line": {"color": "#0b0c0c", "width": 1.5, "dash": "dot"},
            }
            for at, _ in places
        ],
        annotations=[
            {
                "xref": "x",
                "yref": "paper",
                "x": at - 0.5,
                "y": 1,
                "yanchor": "bottom",
                "showarrow": False,
                "text": _plain(_break_words(one)),
            }
            for at, one in places
        ],
        meta={"title": _plain(drawn.title)},
    )
    plain: dict[str, Any] = json.loads(figure.to_json())
    return plain


def _trace(
    drawn: SeriesInput, line: Line, ink: str, dash: str, *, with_limits: bool = False
) -> go.Scatter:
    values = line.values
    shown = f"%{{y:,.{drawn.places}f}}"
    traced = go.Scatter(
        name=_plain(line.name),
        mode="lines+markers",
        x=[value.period for value in values],
        y=[value.value for value in values],
        line={"color": ink, "width": 3, "dash": dash},
        marker={
            "symbol": [_SYMBOLS[_kind(value, drawn)] for value in values],
            "size": 9 if with_limits else 5,
        },
        connectgaps=False,
        text=[_hover(value, drawn.places) for value in values],
        hovertemplate=(
            f"%{{fullData.name}}: {shown} {_plain(drawn.unit)}%{{text}}, %{{x}}<extra></extra>"
        ),
    )
    if with_limits:
        traced.update(
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [_reach(value, value.upper_95) for value in values],
                "arrayminus": [_reach(value, value.lower_95) for value in values],
                "color": ink,
                "thickness": 1.5,
                "width": 4,
            }
        )
    return traced


_SYMBOLS = {"ind": "circle", "over": "circle-open", "hollow": "square-open", "sum": "diamond"}


def _kind(value: AreaValue, drawn: SeriesInput) -> str:
    if value.is_computed:
        return "sum"
    if value.provisional:
        return "hollow"
    return "ind" if value.key in drawn.independent else "over"


def _hover(value: AreaValue, places: int) -> str:
    if value.value is None or value.lower_95 is None or value.upper_95 is None:
        return ""
    low, high = (number_words(value=one, places=places) for one in (value.lower_95, value.upper_95))
    return f" (95% limits {low} to {high})"


def _reach(value: AreaValue, limit: float | None) -> float | None:
    return None if value.value is None or limit is None else abs(limit - value.value)


def _numbers(lines: Sequence[Line]) -> list[float]:
    return [
        number
        for line in lines
        for value in line.values
        if value.value is not None
        for number in (value.value, value.lower_95, value.upper_95)
        if number is not None
    ]


def _path(
    line: Line | None, xs: Mapping[tuple[date, date], float], y_of: Callable[[float], float]
) -> str:
    parts, pen = [], "M"
    for value in line.values if line else ():
        if value.value is None:
            pen = "M"
            continue
        parts.append(f"{pen}{xs[value.key]} {y_of(value.value)}")
        pen = "L"
    return "".join(parts)


def _ticks(*, low: float, high: float, step: float) -> list[tuple[float, str]]:
    places = max(0, len(f"{step:.6f}".rstrip("0").partition(".")[2]))
    first = int(low // step) + 1
    found = []
    while first * step <= high:
        found.append((first * step, number_words(value=first * step, places=places)))
        first += 1
    return found


def _labels(drawn: SeriesInput, xs: Mapping[tuple[date, date], float]) -> tuple[Tick, ...]:
    """Label the first and the last period, and as many between as there is room for."""
    periods = drawn.periods
    every = -(-(len(periods) - 1) // (_MOST_LABELS - 1)) or 1
    shown = [number for number in range(len(periods)) if not (len(periods) - 1 - number) % every]
    return tuple(
        Tick(
            at=xs[periods[number][0]],
            # The outermost labels must not leave the drawing.
            text_at=min(max(xs[periods[number][0]], 34), WIDTH - 36),
            label=periods[number][1].replace(" - ", "-"),
        )
        for number in shown
    )


def _break_places(drawn: SeriesInput, keys: Sequence[tuple[date, date]]) -> list[tuple[int, Break]]:
    """Return before which period each break stands; those outside of the series are left out."""
    found = []
    for one in drawn.breaks:
        at = next((number for number, key in enumerate(keys) if key[0] >= one.starts_on), None)
        if at:
            found.append((at, one))
    return found


def _break_words(one: Break) -> str:
    return f"Break {one.starts_on.year}"


def _breaks(
    drawn: SeriesInput,
    keys: Sequence[tuple[date, date]],
    xs: Mapping[tuple[date, date], float],
    across: float,
) -> tuple[BreakLine, ...]:
    return tuple(
        BreakLine(
            x=round(xs[keys[at]] - across / 2, 1),
            label=_break_words(one),
            ends_left=xs[keys[at]] > WIDTH / 2,
        )
        for at, one in _break_places(drawn, keys)
    )


def _plain(text: str) -> str:
    return escape(text, quote=False)
