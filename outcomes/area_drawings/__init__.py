"""Lines of values in; the parts of a drawing and a Plotly figure of the same numbers out (pure)."""

from outcomes.area_drawings.figure import series_figure
from outcomes.area_drawings.rows import draw_rows
from outcomes.area_drawings.series import draw_series
from outcomes.area_drawings.shapes import Line, RowsDrawing, SeriesDrawing, SeriesInput

__all__ = [
    "Line",
    "RowsDrawing",
    "SeriesDrawing",
    "SeriesInput",
    "draw_rows",
    "draw_series",
    "series_figure",
]
