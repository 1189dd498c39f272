import json
from collections import Counter
from dataclasses import asdict, replace
from functools import cache
from itertools import pairwise

import pytest

from authorities.map_layers import MapLayer
from authorities.national_map import NationalMap, UnknownPartError, draw_national_map
from tests.authorities.geography import labels, part_areas, places_of_november_2026, places_on

pytestmark = pytest.mark.slow

LONDON = {
    f"greater-london.{board}"
    for board in (
        "west-and-north-london",
        "north-east-london",
        "south-east-london",
        "south-west-london",
    )
}


@cache
def england() -> NationalMap:
    places = places_of_november_2026()
    texts = labels() | {p.pair: p.pair.partition(".")[2] for p in places if p.pair}
    return draw_national_map(
        parts=part_areas("parts.json").areas,
        fine_parts=part_areas("parts_fine.json").areas,
        places=places,
        labels=texts,
    )


def layers() -> list[MapLayer]:
    return [england().layer, *(inset.layer for inset in england().insets)]


def test_every_pair_has_exactly_one_linked_shape() -> None:
    pairs = {place.pair for place in places_of_november_2026() if place.pair}

    linked = Counter(shape.pair for layer in layers() for shape in layer.areas if shape.linked)

    assert len(pairs) == 30
    assert linked == dict.fromkeys(pairs, 1)


def test_every_shape_of_the_big_map_is_drawn_also_where_it_is_not_linked() -> None:
    pairs = {place.pair for place in places_of_november_2026() if place.pair}

    drawn = {shape.pair for shape in england().layer.areas}

    assert drawn == pairs
    assert all(shape.d for layer in layers() for shape in layer.areas)
    assert all(outline.d for layer in layers() for outline in layer.authority_outlines)


def test_the_pairs_of_london_lead_from_the_enlargement_of_london() -> None:
    inset = next(i for i in england().insets if i.title == "Greater London")

    linked = {shape.pair for shape in inset.layer.areas if shape.linked}

    assert linked == LONDON
    assert {label.key for label in inset.layer.labels} == LONDON


def test_planned_authorities_are_outlined_as_planned_and_have_no_pair() -> None:
    layer = england().layer

    planned = {outline.authority for outline in layer.authority_outlines if outline.planned}

    assert planned == {"greater-essex", "norfolk-and-suffolk", "cornwall"}
    assert not any(shape.pair.startswith(tuple(planned)) for shape in layer.areas)
    assert {label.key for label in layer.labels if label.quiet} == planned


def test_an_overlap_below_the_threshold_is_land_without_a_pair() -> None:
    drawn = {shape.pair for shape in england().layer.areas}

    assert "york-and-north-yorkshire.lancashire-and-south-cumbria" not in drawn
    assert england().layer.no_pair


def test_land_of_a_sliver_is_said_apart_from_other_land_without_a_pair() -> None:
    places = [
        replace(place, sliver=place.part == "E06000065:3") for place in places_of_november_2026()
    ]
    [sliver] = [place for place in places if place.sliver]

    drawn = draw_national_map(
        parts=part_areas("parts.json").areas,
        fine_parts=part_areas("parts_fine.json").areas,
        places=places,
        labels=labels(),
    )

    assert (sliver.authority, sliver.pair) == ("york-and-north-yorkshire", None)
    assert drawn.layer.slivers.startswith("M")
    assert england().layer.slivers == ""


def test_the_middle_of_a_pair_lies_on_its_land() -> None:
    canvas = england()

    for shape in canvas.layer.areas:
        assert 0 < shape.x < canvas.width
        assert 0 < shape.y < canvas.height


def test_an_authority_is_named_once_on_the_big_map_or_in_an_enlargement() -> None:
    big = [label.key for label in england().layer.labels]

    assert len(big) == len(set(big))
    assert not {"greater-london", "greater-manchester", "west-midlands"} & set(big)
    assert {"cumbria", "devon-and-torbay", "tees-valley"} <= set(big)


def test_labels_stand_on_the_canvas_and_in_the_frame_of_their_enlargement() -> None:
    canvas = england()

    assert all(0 < lb.x < canvas.width and 0 < lb.y < canvas.height for lb in canvas.layer.labels)
    for inset in canvas.insets:
        frame = inset.frame
        for label in inset.layer.labels:
            assert frame.x < label.x < frame.x + frame.width
            assert frame.y < label.y < frame.y + frame.height


def test_enlargements_lie_on_the_canvas_and_do_not_overlap_each_other() -> None:
    frames = [inset.frame for inset in england().insets]

    assert [inset.title for inset in england().insets] == [
        "Greater London",
        "North west",
        "West Midlands",
    ]
    for frame in frames:
        assert frame.x + frame.width <= england().width
        assert frame.y + frame.height <= england().height
    spans = sorted((f.y, f.y + f.height) for f in frames if f.x < 1000)
    assert all(upper[1] < lower[0] for upper, lower in pairwise(spans))


def test_the_whole_map_is_light() -> None:
    size = len(json.dumps(asdict(england())))

    assert 50_000 < size < 130_000


def test_the_same_places_in_another_order_draw_the_same_map() -> None:
    places = list(reversed(places_of_november_2026()))
    texts = labels() | {p.pair: p.pair.partition(".")[2] for p in places if p.pair}

    again = draw_national_map(
        parts=part_areas("parts.json").areas,
        fine_parts=part_areas("parts_fine.json").areas,
        places=places,
        labels=texts,
    )

    assert [asdict(shape) for shape in again.layer.areas] == [
        asdict(shape) for shape in england().layer.areas
    ]


def test_the_map_of_an_earlier_day_shows_the_boards_and_authorities_of_that_day() -> None:
    before = draw_national_map(
        parts=part_areas("parts.json").areas,
        fine_parts=part_areas("parts_fine.json").areas,
        places=places_on("2025-06-30"),
        labels=labels(),
    )

    linked = {i.title: {s.pair for s in i.layer.areas if s.linked} for i in before.insets}

    assert len(linked["Greater London"]) == 5
    assert "greater-london.north-west-london" in linked["Greater London"]
    planned = {o.authority for o in before.layer.authority_outlines if o.planned}
    assert {"cumbria", "cheshire-and-warrington", "sussex-and-brighton"} <= planned


def test_an_enlargement_without_areas_is_empty_and_the_rest_is_drawn() -> None:
    places = [p for p in places_of_november_2026() if p.authority == "devon-and-torbay"]

    drawn = draw_national_map(
        parts=part_areas("parts.json").areas, fine_parts={}, places=places, labels=labels()
    )

    assert [shape.pair for shape in drawn.layer.areas] == ["devon-and-torbay.devon"]
    assert all(not inset.layer.areas for inset in drawn.insets)


def test_a_place_without_an_area_is_refused_by_name() -> None:
    places = [replace(places_of_november_2026()[0], part="E06009999:1")]

    with pytest.raises(UnknownPartError, match="E06009999:1"):
        draw_national_map(
            parts=part_areas("parts.json").areas, fine_parts={}, places=places, labels={}
        )
