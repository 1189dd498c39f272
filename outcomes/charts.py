"""Series in; drawings for the page and a Plotly figure out (pure)."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import plotly.graph_objects as go

from outcomes.indicator_series import (
    Point,
    Series,
    axis,
    decimals_of,
    independent,
    labelled,
    with_unit,
)

WIDTH, HEIGHT = 245, 152
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 232, 10, 126

# Dark enough to be told from white and told apart by more than colour: dash and marker differ.
_INKS = ("#0f4c4f", "#7b2d5e", "#8a6100", "#1d4f9c", "#5b3a8c", "#2f7d4f", "#a11d2b", "#0b0c0c")
_MARKERS = ("circle", "square", "diamond", "triangle-up", "cross", "star", "hexagon")
_ENGLAND_INK = "#5b6a6d"


@dataclass(frozen=True)
class Gridline:
    """A line of the scale with its number."""

    y: float
    text_y: float
    label: str


@dataclass(frozen=True)
class Dot:
    """A value on a drawing; hollow where the public does not see it as it is."""

    x: float
    y: float
    hollow: bool


@dataclass(frozen=True)
class SmallMultiple:
    """One area's drawing, all on the same scale, as parts of an SVG of WIDTH by HEIGHT."""

    gridlines: tuple[Gridline, ...]
    line: str
    england: str
    dots: tuple[Dot, ...]
    breaks: tuple[float, ...]
    first_label: str
    last_label: str


def small_multiples(
    *, series: Sequence[Series], england: Series | None, breaks: Sequence[date] = ()
) -> tuple[SmallMultiple, ...]:
    """Return a drawing for each series, with England behind it where there is one.

    Gaps stay gaps: a line is broken where a value is not there. Dots mark periods that do not
    overlap, and every value that has no neighbour to be joined with. A break stands before the
    first period that begins on its day or later.
    """
    shown = [*series, england] if england is not None else list(series)
    scale = axis(series=shown)
    periods = sorted({(p.start_date, p.end_date, p.period) for one in shown for p in one.points})
    if scale is None or not periods:
        return tuple(_empty() for _ in series)
    low, high, step = scale
    across = (_RIGHT - _LEFT) / max(len(periods) - 1, 1)
    xs = {key[:2]: _LEFT + number * across for number, key in enumerate(periods)}

    def place(point: Point) -> tuple[float, float]:
        value = point.value if point.value is not None else low
        share = (value - low) / (high - low)
        return xs[point.start_date, point.end_date], _BOTTOM - share * (_BOTTOM - _TOP)

    gridlines = _gridlines(low=low, high=high, step=step)
    firsts = (
        next((number for number, key in enumerate(periods) if key[0] >= day), 0) for day in breaks
    )
    break_lines = tuple(round(_LEFT + (number - 0.5) * across, 1) for number in firsts if number)
    england_line = _line(series=england, place=place) if england is not None else ""
    return tuple(
        SmallMultiple(
            gridlines=gridlines,
            line=_line(series=one, place=place),
            england=england_line,
            dots=_dots(series=one, place=place),
            breaks=break_lines,
            first_label=compact(label=periods[0][2]),
            last_label=compact(label=periods[-1][2]) if len(periods) > 1 else "",
        )
        for one in series
    )


def compact(*, label: str) -> str:
    """Return a period's label without spaces round its dash: '2022-24'."""
    return label.replace(" - ", "-").replace(" – ", "-")


def figure(
    *, series: Sequence[Series], england: Series | None, unit: str, title: str
) -> Mapping[str, Any]:
    """Return a Plotly figure of all areas and England as plain JSON values.

    Names are shown as they stand: Plotly reads markup in them, so it is escaped.
    """
    drawn = go.Figure()
    for number, one in enumerate(series):
        drawn.add_trace(
            _trace(
                series=one,
                line={"color": _INKS[number % len(_INKS)], "width": 2},
                marker={"symbol": _MARKERS[number % len(_MARKERS)], "size": 7},
                unit=unit,
            )
        )
    if england is not None:
        drawn.add_trace(
            _trace(
                series=england,
                line={"color": _ENGLAND_INK, "width": 3, "dash": "dash"},
                marker={"symbol": "line-ew-open", "size": 4},
                unit=unit,
            )
        )
    labels = _period_labels(series=[*series, *([england] if england else [])])
    drawn.update_layout(
        template="none",
        title=None,
        font={"family": "Arial, Helvetica, sans-serif", "size": 16, "color": "#0b0c0c"},
        margin={"l": 56, "r": 24, "t": 12, "b": 48},
        height=480,
        # Held by the bottom: a place below the axis moves with the legend's own height, and on a
        # phone neither comes to rest.
        legend={"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom"},
        xaxis={
            "type": "category",
            "automargin": True,
            "fixedrange": True,
            "categoryorder": "array",
            "categoryarray": labels,
            "tickvals": [labels[number] for number in labelled(periods=len(labels))],
            "tickangle": 0,
            "tickfont": {"size": 14},
        },
        yaxis={
            "title": {"text": _plain(unit)},
            "automargin": True,
            "fixedrange": True,
            "gridcolor": "#cfd8d8",
        },
        meta={"title": _plain(title)},
    )
    plain: dict[str, Any] = json.loads(drawn.to_json())
    return plain


def _period_labels(*, series: Sequence[Series]) -> list[str]:
    periods = {(p.start_date, p.end_date, p.period) for one in series for p in one.points}
    return [compact(label=label) for _, _, label in sorted(periods)]


def _trace(
    *, series: Series, line: dict[str, Any], marker: dict[str, Any], unit: str
) -> go.Scatter:
    places = decimals_of(series=[series])
    shown = with_unit(words=f"%{{y:,.{places}f}}", unit=_plain(unit))
    units = None
    if any(point.read_by is not None for point in series.points):
        # A point each, since some were read in another unit.
        shown = f"%{{y:,.{places}f}}%{{customdata}}"
        units = [
            with_unit(words="0", unit=_plain(unit if point.read_by is None else point.unit))[1:]
            for point in series.points
        ]
    return go.Scatter(
        name=_plain(series.area_name),
        mode="lines+markers",
        x=[compact(label=point.period) for point in series.points],
        y=[point.value for point in series.points],
        line=line,
        marker=marker,
        connectgaps=False,
        customdata=units,
        hovertemplate=(f"%{{fullData.name}}: {shown}, %{{x}}<extra></extra>"),
    )


def _plain(text: str) -> str:
    return escape(text, quote=False)


def _gridlines(*, low: float, high: float, step: float) -> tuple[Gridline, ...]:
    places = max(0, len(f"{step:.6f}".rstrip("0").partition(".")[2]))
    first = int(low // step) + 1
    lines = []
    number = first
    while number * step <= high:
        y = _BOTTOM - (number * step - low) / (high - low) * (_BOTTOM - _TOP)
        lines.append(
            Gridline(y=round(y, 1), text_y=round(y + 5, 1), label=f"{number * step:.{places}f}")
        )
        number += 1
    return tuple(lines)


def _line(*, series: Series, place: Callable[[Point], tuple[float, float]]) -> str:
    parts, pen = [], "M"
    for point in series.points:
        if point.value is None:
            pen = "M"
            continue
        x, y = place(point)
        parts.append(f"{pen}{x:.1f} {y:.1f}")
        pen = "L"
    return "".join(parts)


def _dots(*, series: Series, place: Callable[[Point], tuple[float, float]]) -> tuple[Dot, ...]:
    marked = independent(points=series.points)
    values = [point.value for point in series.points]
    dots = []
    for number, point in enumerate(series.points):
        before = values[number - 1] if number else None
        after = values[number + 1] if number + 1 < len(values) else None
        alone = before is None and after is None
        own = point.own is not None
        if point.value is not None and (point.period in marked or alone or own):
            x, y = place(point)
            dots.append(Dot(x=round(x, 1), y=round(y, 1), hollow=own))
    return tuple(dots)


def _empty() -> SmallMultiple:
    return SmallMultiple((), "", "", (), (), "", "")
