"""A small map of one body or one pair among its neighbours."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from authorities.coverage import merge_areas, simplify_areas, snap_areas
from authorities.map_frames import Frame, to_canvas
from authorities.map_layers import outline_within
from authorities.svg_paths import path_data

_LONGEST_SIDE = 600
_PADDING = 24
_TOLERANCE = 1.5


class NoAreaError(ValueError):
    """There is nothing to draw, or a part has no area."""


@dataclass(frozen=True)
class AreaMap:
    """Path data of a small map; the view box is `0 0 width height`.

    Attributes:
        surroundings: land around, in quiet.
        context: the land of the bodies concerned, under the highlight.
        highlight: what the page is about.
        outlines: borders to draw on top, in the order asked for.
    """

    width: int
    height: int
    surroundings: str
    context: str
    highlight: str
    outlines: tuple[str, ...]


def draw_area_map(
    *,
    parts: Mapping[str, BaseGeometry],
    highlight: Collection[str],
    context: Collection[str],
    outlines: Sequence[Collection[str]] = (),
) -> AreaMap:
    """Return a map that shows all of the highlight and the context.

    Args:
        parts: area of each part, metres of the British National Grid, sharing borders.
        highlight: keys of the parts that the page is about, for example of one pair.
        context: keys of the parts that should be in view with them, for example of the
            authority and of the board; may overlap the highlight or be empty.
        outlines: groups of parts to be drawn as borders, for example one for each authority.

    Returns:
        Whole units, y down, 600 units on the longest side and padding around.

    Raises:
        NoAreaError: nothing is highlighted, or a key has no area.
    """
    wanted = set(highlight) | set(context)
    missing = sorted((wanted | {key for group in outlines for key in group}) - parts.keys())
    if not highlight or missing:
        raise NoAreaError(
            f"There is no area for {', '.join(missing)}."
            if missing
            else "A map needs at least one part to show."
        )
    west, south, east, north = shapely.total_bounds([parts[key] for key in sorted(wanted)])
    metres_per_unit = max(east - west, north - south) / _LONGEST_SIDE
    margin = _PADDING * metres_per_unit
    frame = Frame(west - margin, south - margin, east + margin, north + margin)
    width = round((frame.east - frame.west) / metres_per_unit)
    height = round((frame.north - frame.south) / metres_per_unit)
    canvas = shapely.box(0, 0, width, height)
    seen = {key: area for key, area in parts.items() if area.intersects(frame.box())}
    on_canvas = {
        key: to_canvas(area=area, frame=frame, x=0, y=0, metres_per_unit=metres_per_unit)
        for key, area in seen.items()
    }
    placed = simplify_areas(
        areas=snap_areas(areas=on_canvas, grid=0.25), tolerance=_TOLERANCE, grid=1
    )

    def shape(keys: Collection[str]) -> BaseGeometry:
        drawn = sorted(set(keys) & placed.keys())
        return merge_areas(areas=placed, keys=drawn).intersection(canvas)

    return AreaMap(
        width=width,
        height=height,
        surroundings=path_data(geometry=shape(placed.keys() - wanted)),
        context=path_data(geometry=shape(set(context) - set(highlight))),
        highlight=path_data(geometry=shape(highlight)),
        outlines=tuple(
            path_data(geometry=outline_within(area=shape(group), canvas=canvas))
            for group in outlines
        ),
    )
