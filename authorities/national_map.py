"""The national map: which shapes, where, and which of them lead somewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from authorities.coverage import simplify_areas, snap_areas
from authorities.map_frames import (
    ENGLAND,
    HEIGHT,
    INSETS,
    METRES_PER_UNIT,
    WIDTH,
    Frame,
    Inset,
    Rectangle,
    rectangle_on_england,
    to_canvas,
)
from authorities.map_layers import MapLayer, PartPlace, draw_layer
from authorities.svg_paths import path_data

# A pair counts as shown by an enlargement when this share of its area is inside the frame.
_SHOWN_WHOLE = 0.97

# A corner may go when its triangle is smaller than this square of units.
_TOLERANCE = 2.0

_EDGE_MARGIN_METRES = 2_000


class UnknownPartError(ValueError):
    """A place names a part for which there is no area."""


@dataclass(frozen=True)
class MapInset:
    """An enlargement: where it stands, what it enlarges, and its own shapes.

    Attributes:
        frame: its rectangle on the canvas.
        enlarges: the rectangle of the big map that it shows.
        leaders: path data of the lines between the two; empty where they would cross land.
    """

    title: str
    frame: Rectangle
    enlarges: Rectangle
    leaders: str
    layer: MapLayer


@dataclass(frozen=True)
class NationalMap:
    """All that a template needs to draw the map; the view box is `0 0 width height`."""

    width: int
    height: int
    layer: MapLayer
    insets: tuple[MapInset, ...]


def draw_national_map(
    *,
    parts: Mapping[str, BaseGeometry],
    fine_parts: Mapping[str, BaseGeometry],
    places: Sequence[PartPlace],
    labels: Mapping[str, str],
) -> NationalMap:
    """Return the shapes of the map of England with its enlargements.

    Args:
        parts: area of each part, metres of the British National Grid, sharing their borders.
        fine_parts: the same with more detail where there are enlargements; parts outside of
            them need not be there, and areas may be cut at the frames.
        places: whose each part is. A part without a place is not drawn.
        labels: short texts by authority key and, for enlargements, by pair key.

    Returns:
        Path data in whole units, y down. Each pair has one linked shape: in the enlargement
        that shows all of it, else on the big map.

    Raises:
        UnknownPartError: a place names a part that `parts` does not have.
    """
    missing = sorted({place.part for place in places} - parts.keys())
    if missing:
        raise UnknownPartError(f"There is no area for {', '.join(missing)}.")
    enlarged = _enlarged_pairs(parts=parts, places=places)
    layer = draw_layer(
        areas=_placed(areas=parts, frame=ENGLAND, x=0, y=0, metres_per_unit=METRES_PER_UNIT),
        places=places,
        labels=labels,
        linked={p.pair for p in places if p.pair} - enlarged.keys(),
        canvas=None,
    )
    insets = tuple(
        _draw_inset(
            inset=inset,
            fine_parts=fine_parts,
            places=places,
            labels=labels,
            linked={pair for pair, title in enlarged.items() if title == inset.title},
        )
        for inset in INSETS
    )
    return NationalMap(width=WIDTH, height=HEIGHT, layer=layer, insets=insets)


def _enlarged_pairs(
    *, parts: Mapping[str, BaseGeometry], places: Sequence[PartPlace]
) -> dict[str, str]:
    """Say which enlargement shows all of a pair."""
    by_pair: dict[str, list[BaseGeometry]] = {}
    for place in places:
        if place.pair:
            by_pair.setdefault(place.pair, []).append(parts[place.part])
    shown: dict[str, str] = {}
    for pair, areas in by_pair.items():
        for inset in INSETS:
            inside = sum(a.intersection(inset.frame.box()).area for a in areas)
            if inside >= _SHOWN_WHOLE * sum(a.area for a in areas):
                shown[pair] = inset.title
    return shown


def _placed(
    *,
    areas: Mapping[str, BaseGeometry],
    frame: Frame,
    x: float,
    y: float,
    metres_per_unit: float,
) -> dict[str, BaseGeometry]:
    """Bring areas to the canvas and onto whole units, their borders still shared."""
    on_canvas = {
        key: to_canvas(area=area, frame=frame, x=x, y=y, metres_per_unit=metres_per_unit)
        for key, area in areas.items()
    }
    return simplify_areas(
        areas=snap_areas(areas=on_canvas, grid=0.25), tolerance=_TOLERANCE, grid=1
    )


def _draw_inset(
    *,
    inset: Inset,
    fine_parts: Mapping[str, BaseGeometry],
    places: Sequence[PartPlace],
    labels: Mapping[str, str],
    linked: set[str],
) -> MapInset:
    # Cut outside the frame first and at the frame after simplifying, so that the frame
    # itself stays straight.
    wide = inset.frame.box(margin=_EDGE_MARGIN_METRES)
    near = {
        place.part: fine_parts[place.part].intersection(wide)
        for place in places
        if place.part in fine_parts and fine_parts[place.part].intersects(wide)
    }
    frame = inset.rectangle
    canvas = shapely.box(frame.x, frame.y, frame.x + frame.width, frame.y + frame.height)
    placed = _placed(
        areas={key: _polygons(area) for key, area in near.items()},
        frame=inset.frame,
        x=frame.x,
        y=frame.y,
        metres_per_unit=inset.metres_per_unit,
    )
    cut = {key: _polygons(area.intersection(canvas)) for key, area in placed.items()}
    visible = snap_areas(areas={k: a for k, a in cut.items() if not a.is_empty}, grid=1)
    enlarges = rectangle_on_england(frame=inset.frame)
    return MapInset(
        title=inset.title,
        frame=frame,
        enlarges=enlarges,
        leaders=_leaders(frame=frame, enlarges=enlarges) if inset.leaders else "",
        layer=draw_layer(
            areas=visible,
            places=[place for place in places if place.part in visible],
            labels=labels,
            linked=linked,
            canvas=canvas,
        ),
    )


def _leaders(*, frame: Rectangle, enlarges: Rectangle) -> str:
    """Lines from the right corners of an enlargement on the left to what it enlarges."""
    return path_data(
        geometry=shapely.multilinestrings(
            [
                [(frame.x + frame.width, frame.y), (enlarges.x, enlarges.y)],
                [
                    (frame.x + frame.width, frame.y + frame.height),
                    (enlarges.x, enlarges.y + enlarges.height),
                ],
            ]
        )
    )


def _polygons(area: BaseGeometry) -> BaseGeometry:
    """Drop the points and lines that a cut along an edge leaves."""
    cleaned: BaseGeometry = shapely.multipolygons(
        [part for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    )
    return cleaned
