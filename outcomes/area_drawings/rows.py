"""Areas or groups beside each other as the parts of an SVG, a row each."""

from collections.abc import Sequence

from outcomes.area_drawings.scale import numbers_of, ticks_of
from outcomes.area_drawings.shapes import WIDTH, Line, RowMark, RowsDrawing, Tick
from outcomes.area_figures import AreaValue
from outcomes.indicator_series import axis_of

# The name above, dot and limits below; the words stand beside, where no line crosses them.
ROW = 44
_LEFT, _RIGHT = 12, 360


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
    numbers = numbers_of(lines)
    scale = axis_of(values=[*numbers, *([] if reference is None else [reference])])
    if scale is None or not numbers:
        return None
    low, high, step = scale

    def x_of(value: float | None) -> float | None:
        if value is None:
            return None
        return round(_LEFT + (value - low) / (high - low) * (_RIGHT - _LEFT), 1)

    bottom = len(values) * ROW + 6
    return RowsDrawing(
        width=WIDTH,
        height=bottom + 26,
        ticks=tuple(
            Tick(at=x_of(at) or 0.0, text_at=bottom + 20, label=label)
            for at, label in ticks_of(low=low, high=high, step=step)
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
