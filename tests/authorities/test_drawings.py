"""The maps of a day are drawn once for all days on which nothing changes."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from authorities.actions.directory import LoadReport
from authorities.drawings import (
    NoBoundariesError,
    NothingToDrawError,
    area_drawing,
    body_drawing,
    national_drawing,
)
from authorities.models import Body, Boundary, BoundarySet, Drawing
from authorities.queries import places
from tests.authorities.conftest import LOADED_AT
from tests.factories.authorities import PairFactory, since

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = date(2026, 11, 23)


@pytest.fixture
def areas_loaded(register_loaded: LoadReport) -> None:
    call_command("load_boundaries", stdout=StringIO())


def test_each_pair_of_the_day_has_one_linked_shape_and_each_authority_a_tile(
    areas_loaded: None,
) -> None:
    drawn = national_drawing(as_at=TODAY, at=LOADED_AT)

    layers = [drawn.map.layer, *(inset.layer for inset in drawn.map.insets)]
    linked = [area.pair for layer in layers for area in layer.areas if area.linked]
    assert sorted(linked) == sorted({p.pair for p in places(as_at=TODAY) if p.pair})
    assert len(drawn.tiles.tiles) == 23
    assert drawn.boundaries.approximate
    assert "Open Government Licence" in drawn.boundaries.licence


def test_authorities_without_a_place_stand_below_in_few_rows_and_the_others_are_counted(
    areas_loaded: None,
) -> None:
    for _ in range(30):
        PairFactory()

    tiles = national_drawing(as_at=TODAY, at=LOADED_AT).tiles

    placed = [tile for tile in tiles.tiles if tile.y < 7 * 82]
    assert (len(placed), len(tiles.tiles), tiles.left_out) == (23, 23 + 4 * 6, 6)
    assert (tiles.width, tiles.height) == (8 + 6 * 82, 8 + (7 + 4) * 82)
    assert len({(tile.x, tile.y) for tile in tiles.tiles}) == len(tiles.tiles)


def test_a_second_visitor_costs_one_query_and_sees_the_same(
    areas_loaded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = national_drawing(as_at=TODAY, at=LOADED_AT)

    with django_assert_num_queries(1):
        second = national_drawing(as_at=date(2027, 1, 1), at=LOADED_AT)

    assert second == first


def test_days_with_other_boards_have_a_map_of_their_own(areas_loaded: None) -> None:
    today = national_drawing(as_at=TODAY, at=LOADED_AT)

    before = national_drawing(as_at=date(2026, 3, 31), at=LOADED_AT)

    pairs = {area.pair for area in before.map.layer.areas}
    assert "sussex-and-brighton/sussex" in pairs
    assert "sussex-and-brighton/sussex" not in {area.pair for area in today.map.layer.areas}
    assert [(row.valid.lower, row.valid.upper) for row in Drawing.objects.order_by("valid")] == [
        (date(2026, 3, 26), date(2026, 4, 1)),
        (TODAY, None),
    ]


def test_what_another_release_drew_is_drawn_again(areas_loaded: None) -> None:
    Drawing.objects.create(
        subject="national 1", valid=since(TODAY), content={"old": 1}, made_at=LOADED_AT
    )

    drawn = national_drawing(as_at=TODAY, at=LOADED_AT)

    assert drawn.tiles.tiles
    assert "map" in Drawing.objects.get().content


def copied(name: str, *, first: date, approximate: bool = False) -> None:
    """Store the project's own areas under another name, from a day on."""
    own = BoundarySet.objects.get(name__startswith="Approximate")
    made = BoundarySet.objects.create(
        name=name, valid=since(first), approximate=approximate, source="s", licence="l"
    )
    rows = list(own.boundaries.all())
    for row in rows:
        row.pk, row.boundary_set = None, made
    Boundary.objects.bulk_create(rows)
    Drawing.objects.all().delete()


@pytest.mark.parametrize(
    ("day", "chosen"),
    [
        (date(2026, 3, 31), "Approximate areas drawn from postcode locations, 2025-11-30"),
        (date(2026, 4, 1), "Official of April"),
        (date(2026, 11, 22), "Official of April"),
        (TODAY, "Official of November, corrected"),
        (date(2027, 4, 1), "Official of November, corrected"),
    ],
)
def test_each_day_keeps_the_boundaries_that_it_had(
    areas_loaded: None, day: date, chosen: str
) -> None:
    copied("Official of November", first=TODAY)
    copied("Official of November, corrected", first=TODAY)
    copied("Official of April", first=date(2026, 4, 1))
    copied("Approximate, newer", first=TODAY, approximate=True)

    drawn = national_drawing(as_at=day, at=LOADED_AT)
    small = area_drawing(as_at=day, at=LOADED_AT, board_slug="kent-and-medway")

    assert drawn.boundaries.name == small.boundaries.name == chosen


def test_official_areas_are_drawn_before_approximate_ones(areas_loaded: None) -> None:
    approximate = BoundarySet.objects.get()
    copied("Official", first=TODAY)

    after = national_drawing(as_at=TODAY, at=LOADED_AT)
    before = national_drawing(as_at=date(2026, 11, 22), at=LOADED_AT)

    assert (after.boundaries.name, before.boundaries.name) == ("Official", approximate.name)


@pytest.mark.parametrize(
    ("authority", "board", "outlines"),
    [
        ("greater-lincolnshire", None, 1 + 2),
        (None, "kent-and-medway", 0 + 1),
        ("greater-lincolnshire", "humber-and-north-yorkshire", 3 + 2),
    ],
)
def test_a_body_or_a_pair_has_a_small_map(
    areas_loaded: None, authority: str | None, board: str | None, outlines: int
) -> None:
    drawn = area_drawing(as_at=TODAY, at=LOADED_AT, authority_slug=authority, board_slug=board)

    assert drawn.map.highlight.startswith("M")
    assert len(drawn.map.outlines) == outlines
    assert bool(drawn.map.context) is bool(authority and board)


@pytest.mark.parametrize(
    ("authority", "board"),
    [(None, "sussex"), ("nowhere", None), ("greater-london", "devon"), (None, None)],
)
def test_what_has_no_land_on_the_day_cannot_be_drawn(
    areas_loaded: None, authority: str | None, board: str | None
) -> None:
    with pytest.raises(NothingToDrawError, match="has no land on 2026-11-23"):
        area_drawing(as_at=TODAY, at=LOADED_AT, authority_slug=authority, board_slug=board)


def test_a_site_without_areas_says_what_to_do(register_loaded: LoadReport) -> None:
    with pytest.raises(NoBoundariesError, match=r"Run manage\.py load_boundaries"):
        national_drawing(as_at=TODAY, at=LOADED_AT)


@pytest.mark.parametrize(
    ("kind", "slug", "day", "outlines", "context"),
    [
        ("strategic_authority", "greater-lincolnshire", TODAY, 3, False),
        ("integrated_care_board", "kent-and-medway", TODAY, 1, False),
        ("council", "essex", TODAY, 1 + 1, True),
        ("council", "essex", date(2026, 3, 31), 1 + 3, True),
        ("council", "essex", date(2020, 1, 1), 1, False),
        ("cluster", "cornwall-devon", TODAY, 2, False),
        ("nhs_region", "east-of-england", TODAY, 3, False),
        ("nhs_region", "east-of-england", date(2026, 3, 31), 6, False),
    ],
)
def test_any_body_is_drawn_from_its_parts(
    areas_loaded: None, kind: str, slug: str, day: date, outlines: int, context: bool
) -> None:
    body = Body.objects.get(kind=kind, slug=slug)

    drawn = body_drawing(body=body, as_at=day, at=LOADED_AT)

    assert drawn.map.highlight.startswith("M")
    assert len(drawn.map.outlines) == outlines
    assert bool(drawn.map.context) is context
    assert body_drawing(body=body, as_at=day, at=LOADED_AT) == drawn


def test_bodies_of_one_slug_have_drawings_of_their_own(areas_loaded: None) -> None:
    devon = [
        body_drawing(body=Body.objects.get(kind=kind, slug=slug), as_at=TODAY, at=LOADED_AT)
        for kind, slug in (("council", "cornwall"), ("strategic_authority", "cornwall"))
    ]

    assert devon[0].map.outlines != devon[1].map.outlines
    assert Drawing.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "slug", "day"),
    [
        ("cluster", "cornwall-devon", date(2025, 12, 31)),
        ("nhs_region", "london", date(2022, 6, 30)),
        ("country", "england", TODAY),
    ],
)
def test_a_body_without_parts_on_the_day_cannot_be_drawn(
    areas_loaded: None, kind: str, slug: str, day: date
) -> None:
    body = Body.objects.get(kind=kind, slug=slug)

    with pytest.raises(NothingToDrawError, match=f"{slug} has no land on {day}"):
        body_drawing(body=body, as_at=day, at=LOADED_AT)
