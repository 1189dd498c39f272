"""A series as a Plotly figure of the same numbers."""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

import plotly.graph_objects as go

from outcomes.area_drawings.scale import break_places, break_words, kind_of
from outcomes.area_drawings.shapes import Line, SeriesInput
from outcomes.area_figures import AreaValue, number_words
from outcomes.indicator_series import labelled, with_unit

_INK, _ENGLAND_INK, _REGION_INK = "#0f4c4f", "#5b6a6d", "#7b2d5e"
_SUM_INK = "#8a6100"
_SYMBOLS = {"ind": "circle", "over": "circle-open", "hollow": "square-open", "sum": "diamond"}


def series_figure(*, drawn: SeriesInput) -> Mapping[str, Any]:
    """Return a Plotly figure of the same numbers as plain JSON values."""
    figure = go.Figure()
    figure.add_trace(_trace(drawn, drawn.area, _INK, "solid", with_limits=True))
    if drawn.england is not None:
        figure.add_trace(_trace(drawn, drawn.england, _ENGLAND_INK, "dash"))
    if drawn.region is not None:
        figure.add_trace(_trace(drawn, drawn.region, _REGION_INK, "dot"))
    places = break_places(drawn, [key for key, _ in drawn.periods])
    labels = [drawn.periods[number][1] for number in labelled(periods=len(drawn.periods))]
    figure.update_layout(
        template="none",
        title=None,
        font={"family": "Arial, Helvetica, sans-serif", "size": 16, "color": "#0b0c0c"},
        margin={"l": 56, "r": 24, "t": 28, "b": 40},
        height=440,
        # The page's own key says it in words and is there without scripts, too.
        showlegend=False,
        xaxis={
            "type": "category",
            "fixedrange": True,
            "categoryorder": "array",
            "categoryarray": [label for _, label in drawn.periods],
            "tickvals": labels,
            "ticktext": [label.replace(" - ", "-") for label in labels],
            "tickangle": 0,
            "tickfont": {"size": 14},
        },
        yaxis={
            "title": {"text": _plain(drawn.unit)},
            "automargin": True,
            "fixedrange": True,
            "gridcolor": "#cfd8d8",
        },
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
                "text": _plain(break_words(one)),
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
    there = {value.key: value for value in line.values}
    # A period that only others have a value for is a gap in this line.
    values = [
        there.get(key, AreaValue(label, *key, value=None, note="missing"))
        for key, label in drawn.periods
    ]
    shown = with_unit(words=f"%{{y:,.{drawn.places}f}}", unit=_plain(drawn.unit))
    traced = go.Scatter(
        name=_plain(line.name),
        mode="lines+markers",
        x=[value.period for value in values],
        y=[value.value for value in values],
        line={"color": ink, "width": 3, "dash": dash},
        marker={
            "color": [_SUM_INK if value.is_computed else ink for value in values],
            "symbol": [_SYMBOLS[kind_of(value, drawn)] for value in values],
            "size": 9 if with_limits else 5,
        },
        connectgaps=False,
        text=[_hover(value, drawn.places) for value in values],
        hovertemplate=(f"%{{fullData.name}}: {shown}%{{text}}, %{{x}}<extra></extra>"),
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


def _hover(value: AreaValue, places: int) -> str:
    if value.value is None or value.lower_95 is None or value.upper_95 is None:
        return ""
    low, high = (number_words(value=one, places=places) for one in (value.lower_95, value.upper_95))
    return f" (95% limits {low} to {high})"


def _reach(value: AreaValue, limit: float | None) -> float | None:
    return None if value.value is None or limit is None else abs(limit - value.value)


def _plain(text: str) -> str:
    return escape(text, quote=False)
