import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from authorities.area_map import NoAreaError, draw_area_map
from tests.authorities.geography import part_areas, places_of_november_2026


def three_squares() -> dict[str, BaseGeometry]:
    """West and east side by side, and north above west; 10 km each."""
    return {
        "west": shapely.box(300_000, 300_000, 310_000, 310_000),
        "east": shapely.box(310_000, 300_000, 320_000, 310_000),
        "north": shapely.box(300_000, 310_000, 310_000, 320_000),
    }


def test_highlight_and_context_are_all_in_view_with_padding() -> None:
    drawn = draw_area_map(parts=three_squares(), highlight=["west"], context=["east"])

    assert (drawn.width, drawn.height) == (648, 348)
    assert drawn.highlight.startswith("M")
    assert drawn.context.startswith("M")
    assert drawn.surroundings.startswith("M")


def test_parts_of_the_highlight_are_one_shape() -> None:
    drawn = draw_area_map(parts=three_squares(), highlight=["west", "east"], context=[])

    assert drawn.highlight.count("M") == 1
    assert drawn.context == ""


def test_outlines_come_in_the_order_asked_for() -> None:
    parts = three_squares()

    drawn = draw_area_map(
        parts=parts, highlight=["west"], context=["east"], outlines=[["east"], ["west"]]
    )

    assert drawn.outlines == (drawn.context, drawn.highlight)


def test_an_outline_that_leaves_the_picture_is_left_open_at_its_edge() -> None:
    drawn = draw_area_map(
        parts=three_squares(), highlight=["west"], context=[], outlines=[["north"], ["west"]]
    )

    north, west = drawn.outlines

    assert not north.endswith("z")
    assert west.endswith("z")


@pytest.mark.parametrize(
    ("highlight", "context", "message"),
    [
        ([], ["west"], "at least one part"),
        (["south"], [], "no area for south"),
        (["west"], ["far"], "no area for far"),
    ],
)
def test_a_map_of_nothing_or_of_the_unknown_is_refused(
    highlight: list[str], context: list[str], message: str
) -> None:
    with pytest.raises(NoAreaError, match=message):
        draw_area_map(parts=three_squares(), highlight=highlight, context=context)


@pytest.mark.slow
def test_each_real_pair_can_be_drawn_among_the_land_of_both_bodies() -> None:
    places = places_of_november_2026()
    parts = part_areas("parts.json").areas

    for pair in sorted({place.pair for place in places if place.pair}):
        authority, board = pair.split(".")
        drawn = draw_area_map(
            parts=parts,
            highlight=[p.part for p in places if p.pair == pair],
            context=[p.part for p in places if authority == p.authority or board == p.board],
        )
        assert drawn.highlight, pair
        assert max(drawn.width, drawn.height) == 648, pair
        assert len(drawn.surroundings + drawn.context + drawn.highlight) < 60_000, pair
