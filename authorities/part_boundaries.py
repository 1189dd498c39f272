"""Areas of council parts: read from the project's own file, or cut from areas of councils."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

# The distance in metres between the points by whose nearness land is dealt out.
_POINT_SPACING = 1_000.0


class PartBoundariesError(ValueError):
    """A file of areas of parts cannot be used; the message says why."""


@dataclass(frozen=True)
class PartBoundaries:
    """Areas by part key, in metres of the British National Grid, with where they come from."""

    label: str
    date: str
    source: str
    licence: str
    areas: Mapping[str, BaseGeometry]


def read_part_boundaries(*, text: str | bytes) -> PartBoundaries:
    """Return the areas of a file that `manage.py build_boundaries` wrote.

    Args:
        text: a GeoJSON FeatureCollection; each feature's `id` is the key of a part.

    Returns:
        The areas, with the file's own label, date, source and licence.

    Raises:
        PartBoundariesError: it is no such file, repeats a part, or an area is not usable.
    """
    try:
        content: dict[str, Any] = json.loads(text)
        about = {name: str(content[name]) for name in ("label", "date", "source", "licence")}
        features = [(str(f["id"]), json.dumps(f["geometry"])) for f in content["features"]]
    except (ValueError, KeyError, TypeError) as error:
        raise PartBoundariesError(
            "This is not a file of areas of parts. Make it again with manage.py build_boundaries."
        ) from error
    areas: dict[str, BaseGeometry] = {}
    for key, geometry in features:
        if key in areas:
            raise PartBoundariesError(f"Part {key} is in the file twice. Remove one.")
        try:
            area = shapely.from_geojson(geometry)
        except (shapely.GEOSException, ValueError) as error:
            raise PartBoundariesError(f"The geometry of part {key} is not GeoJSON.") from error
        if area.geom_type not in {"Polygon", "MultiPolygon"} or area.is_empty or not area.is_valid:
            raise PartBoundariesError(f"The area of part {key} is empty or crosses itself.")
        areas[key] = area
    return PartBoundaries(areas=areas, **about)


def cut_by_parts(
    *, area: BaseGeometry, parts: Mapping[str, BaseGeometry]
) -> dict[str, BaseGeometry]:
    """Return an official area of a council, cut along approximate areas of its parts.

    Land of the official area that lies in no approximate part (a coast drawn more finely) goes
    to the part that is nearest.

    Args:
        area: polygons in metres of the British National Grid.
        parts: approximate areas of all parts of the council, in the same grid.

    Returns:
        An area for each part; together they are the whole of `area`.

    Raises:
        PartBoundariesError: a part lies wholly outside the area.

    Source: the project's own rule; docs/methods/overlaps-and-coterminosity.md.
    """
    keys = sorted(parts)
    nearest = _nearest_land({key: parts[key] for key in keys}, around=area)
    left = area
    for key in keys:
        left = left.difference(parts[key])
    cut: dict[str, BaseGeometry] = {}
    for key in keys:
        piece = _polygons(
            shapely.union_all(
                [area.intersection(parts[key]), left.intersection(nearest[key])], grid_size=0.01
            )
        )
        if piece.is_empty:
            raise PartBoundariesError(f"The approximate area of part {key} is outside of it.")
        cut[key] = piece
    return cut


def _nearest_land(
    parts: Mapping[str, BaseGeometry], *, around: BaseGeometry
) -> dict[str, BaseGeometry]:
    """For each part, all land that is nearer to it than to any other, by points on its edge."""
    # Points in exact rows make GEOS fail: each is moved by up to a metre, always the same way.
    moves = np.random.default_rng(seed=0)
    points: list[BaseGeometry] = []
    owners: list[str] = []
    for key, area in parts.items():
        edge = shapely.segmentize(area.boundary, _POINT_SPACING)
        places = np.unique(shapely.get_coordinates(edge), axis=0)
        moved = places + moves.uniform(-1, 1, places.shape)
        points += [shapely.Point(x, y) for x, y in moved]
        owners += [key] * len(places)
    tree = shapely.STRtree(points)
    cells: dict[str, list[BaseGeometry]] = {key: [] for key in parts}
    diagram = shapely.voronoi_polygons(
        # Only the envelope counts, and a buffer of a long coast takes seconds.
        shapely.multipoints(points),
        extend_to=shapely.box(*around.bounds).buffer(10 * _POINT_SPACING),
    )
    for cell in shapely.get_parts(diagram):
        [inside] = tree.query(cell, predicate="contains")
        cells[owners[inside]].append(cell)
    return {key: shapely.union_all(found) for key, found in cells.items()}


def _polygons(area: BaseGeometry) -> BaseGeometry:
    """Drop the points and lines that a cut along an edge leaves."""
    return shapely.MultiPolygon(
        [piece for piece in shapely.get_parts(area) if piece.geom_type == "Polygon"]
    )
