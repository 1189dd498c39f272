import re

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from authorities.svg_paths import path_data


def area_of_path(d: str) -> float:
    """Follow relative line commands and return the enclosed area, holes taken away."""
    rings = []
    for start_x, start_y, steps in re.findall(r"M(-?\d+) (-?\d+)l([^z]*)z", d):
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        corners = [(int(start_x), int(start_y))]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            corners.append((corners[-1][0] + dx, corners[-1][1] + dy))
        rings.append(shapely.Polygon(corners))
    outer, *holes = rings
    return float(outer.area - sum(hole.area for hole in holes))


@pytest.mark.parametrize(
    ("geometry", "d"),
    [
        (shapely.Polygon([(0, 0), (10, 0), (10, 5)]), "M10 0l0 5-10-5z"),
        (shapely.LineString([(0, 0), (3.4, 0), (3.4, -6.6)]), "M0 0l3 0 0-7"),
        (shapely.LineString([(0, 0), (5, 5), (9, 9), (9, 1)]), "M0 0l9 9 0-8"),
        (shapely.Polygon(), ""),
        (shapely.Polygon([(0, 0), (0.2, 0), (0.2, 0.3)]), ""),
    ],
    ids=["area", "line", "straight corner", "nothing", "smaller than a unit"],
)
def test_path_data_is_whole_relative_and_short(geometry: BaseGeometry, d: str) -> None:
    assert path_data(geometry=geometry) == d


def test_a_path_encloses_the_area_that_it_was_made_of() -> None:
    shape = shapely.Polygon(
        [(0, 0), (40, 0), (40, 20), (40, 30), (0, 30)],
        holes=[[(5, 5), (5, 10), (10, 10), (10, 5)]],
    )

    d = path_data(geometry=shape)

    assert area_of_path(d) == shape.area
