"""Path data for SVG: whole numbers, relative commands, nothing twice."""

from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

Corner = tuple[int, int]


def path_data(*, geometry: BaseGeometry) -> str:
    """Return the `d` of a path for an area or for lines.

    Args:
        geometry: polygons or lines on a canvas, y down; coordinates are rounded to whole
            units, and corners on a straight line are left out.

    Returns:
        Closed rings for polygons, open runs for lines; an empty text for nothing. Holes
        need `fill-rule="evenodd"`.
    """
    runs: list[str] = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            runs += [_ring(ring) for ring in (part.exterior, *part.interiors)]
        elif part.geom_type in {"LineString", "LinearRing"}:
            runs.append(_run(_corners(part)))
    return "".join(runs)


def _ring(ring: BaseGeometry) -> str:
    corners = _corners(ring)
    closed = _without_straights([*corners, corners[1]] if len(corners) > 2 else corners)
    drawn = closed[1:-1] if len(corners) > 2 else []
    return f"{_run(drawn)}z" if len(drawn) > 2 else ""


def _corners(line: BaseGeometry) -> list[Corner]:
    corners: list[Corner] = []
    for x, y in shapely.get_coordinates(line):
        corner = (round(x), round(y))
        if not corners or corner != corners[-1]:
            corners.append(corner)
    return corners


def _without_straights(corners: list[Corner]) -> list[Corner]:
    kept = corners[:1]
    for here, after in pairwise(corners[1:]):
        before = kept[-1]
        turn = (here[0] - before[0]) * (after[1] - here[1]) - (here[1] - before[1]) * (
            after[0] - here[0]
        )
        if turn:
            kept.append(here)
    return [*kept, corners[-1]] if len(corners) > 1 else kept


def _run(corners: list[Corner]) -> str:
    points = _without_straights(corners)
    if len(points) < 2:
        return ""
    text = [f"M{points[0][0]} {points[0][1]}l"]
    for (from_x, from_y), (to_x, to_y) in pairwise(points):
        text += [_number(to_x - from_x), _number(to_y - from_y)]
    # A minus sign parts two numbers as well as a space does.
    return "".join(text).replace("l ", "l")


def _number(value: int) -> str:
    return str(value) if value < 0 else f" {value}"
