import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from authorities.coverage import absorb_fragments, merge_areas, simplify_areas, snap_areas


def divided_square(points: list[tuple[int, int]]) -> dict[str, BaseGeometry]:
    """A square of 1,000 units divided among points by nearness."""
    square = shapely.box(0, 0, 1000, 1000)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(np.array(points)), extend_to=square)
    )
    return {f"cell {i}": cell.intersection(square) for i, cell in enumerate(cells)}


def overlap(areas: dict[str, BaseGeometry]) -> float:
    total = sum(area.area for area in areas.values())
    return float(total - shapely.union_all(list(areas.values())).area)


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(st.integers(1, 999), st.integers(1, 999)), min_size=2, max_size=25, unique=True
    )
)
@settings(max_examples=40, deadline=None)
def test_snapped_areas_neither_overlap_nor_leave_gaps(points: list[tuple[int, int]]) -> None:
    areas = divided_square(points)

    snapped = snap_areas(areas=areas, grid=10)

    assert overlap(snapped) == 0
    assert shapely.union_all(list(snapped.values())).area == 1000 * 1000
    assert all((shapely.get_coordinates(area) % 10 == 0).all() for area in snapped.values())


def test_simplified_areas_still_share_their_border() -> None:
    zigzag = [(500 + (15 if y % 40 else -15), y) for y in range(0, 1001, 20)]
    west = shapely.Polygon([(0, 0), *zigzag, (0, 1000)])
    east = shapely.Polygon([(1000, 0), *zigzag, (1000, 1000)])

    simple = simplify_areas(areas={"west": west, "east": east}, tolerance=60, grid=1)

    assert overlap(simple) == 0
    assert simple["west"].area + simple["east"].area == 1000 * 1000
    assert shapely.get_num_coordinates(simple["west"]) < shapely.get_num_coordinates(west)


def test_a_stray_piece_goes_to_the_neighbour_that_surrounds_it() -> None:
    speck = shapely.box(700, 400, 720, 420)
    west = shapely.union(shapely.box(0, 0, 500, 1000), speck)
    east = shapely.box(500, 0, 1000, 1000).difference(speck)

    cleaned = absorb_fragments(areas={"west": west, "east": east}, smallest=1000, grid=1)

    assert cleaned["west"].equals(shapely.box(0, 0, 500, 1000))
    assert cleaned["east"].equals(shapely.box(500, 0, 1000, 1000))


def test_the_largest_piece_of_a_small_area_stays() -> None:
    city = shapely.box(480, 480, 500, 500)
    around = shapely.box(0, 0, 1000, 1000).difference(city)

    cleaned = absorb_fragments(areas={"city": city, "around": around}, smallest=5000, grid=1)

    assert cleaned["city"].equals(city)


def test_a_small_island_without_a_neighbour_is_left_out() -> None:
    rock = shapely.box(2000, 0, 2010, 10)
    main = shapely.box(0, 0, 1000, 1000)

    cleaned = absorb_fragments(areas={"main": shapely.union(main, rock)}, smallest=1000, grid=1)

    assert cleaned["main"].equals(main)


def test_merged_areas_lose_their_common_border() -> None:
    areas = {"west": shapely.box(0, 0, 5, 10), "east": shapely.box(5, 0, 10, 10)}

    merged = merge_areas(areas=areas, keys=["west", "east"])

    assert merged.equals(shapely.box(0, 0, 10, 10))
