"""Councils, clusters and NHS regions on a day."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from authorities import queries
from authorities.actions.directory import LoadReport
from authorities.models import BodyKind

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = date(2026, 11, 23)
EVE_OF_MERGERS = date(2026, 3, 31)


def test_every_council_has_people_and_a_board(register_loaded: LoadReport) -> None:
    found = queries.council_directory(as_at=TODAY)

    assert len(found) == 153
    assert abs(sum(council.population for council in found) - 57_112_129) < 100
    assert all(part.board_slug for council in found for part in council.parts)


def test_a_divided_council_names_each_part_with_its_board(register_loaded: LoadReport) -> None:
    before = queries.council_details(slug="essex", as_at=EVE_OF_MERGERS)
    after = queries.council_details(slug="essex", as_at=TODAY)

    assert [(part.board_slug, part.population) for part in before.parts] == [
        ("mid-and-south-essex", 851_683),
        ("suffolk-and-north-east-essex", 346_048),
        ("hertfordshire-and-west-essex", 322_128),
    ]
    assert {part.board_slug for part in after.parts} == {"essex"}
    assert sum(part.share for part in after.parts) == pytest.approx(1)
    assert (before.authorities, after.authorities[0].planned) == ((), True)


def test_a_council_before_the_boards_has_none(register_loaded: LoadReport) -> None:
    found = queries.council_details(slug="essex", as_at=date(2020, 1, 1))

    assert {part.board_slug for part in found.parts} == {None}


def test_regions_hold_all_boards_of_the_day(register_loaded: LoadReport) -> None:
    for day, boards in ((EVE_OF_MERGERS, 42), (TODAY, 36)):
        regions = queries.group_directory(kind=BodyKind.NHS_REGION, as_at=day)

        assert len(regions) == 7
        assert sum(len(region.members) for region in regions) == boards
        assert abs(sum(region.population for region in regions) - 57_112_129) < 100


def test_a_cluster_has_members_and_their_pairs(register_loaded: LoadReport) -> None:
    found = queries.group_details(kind=BodyKind.CLUSTER, slug="cornwall-devon", as_at=TODAY)

    assert [member.slug for member in found.members] == [
        "cornwall-and-the-isles-of-scilly",
        "devon",
    ]
    assert [(pair.authority_slug, pair.board_slug) for pair in found.pairs] == [
        ("cornwall", "cornwall-and-the-isles-of-scilly"),
        ("devon-and-torbay", "devon"),
    ]


@pytest.mark.parametrize("kind", [BodyKind.CLUSTER, BodyKind.NHS_REGION])
def test_a_group_that_does_not_exist_is_an_error(
    register_loaded: LoadReport, kind: BodyKind
) -> None:
    with pytest.raises(queries.NoSuchBodyError, match="nowhere on 2026-11-23"):
        queries.group_details(kind=kind, slug="nowhere", as_at=TODAY)


def test_a_council_that_does_not_exist_is_an_error(register_loaded: LoadReport) -> None:
    with pytest.raises(queries.NoSuchBodyError, match="no council nowhere on 2026-11-23"):
        queries.council_details(slug="nowhere", as_at=TODAY)


def test_clusters_begin_when_they_are_known_to(register_loaded: LoadReport) -> None:
    before = queries.group_directory(kind=BodyKind.CLUSTER, as_at=date(2025, 12, 31))
    after = queries.group_directory(kind=BodyKind.CLUSTER, as_at=date(2026, 1, 1))

    assert (len(before), len(after)) == (0, 8)


def test_many_councils_cost_no_more_than_one(
    register_loaded: LoadReport, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(10):
        queries.council_directory(as_at=TODAY)
    with django_assert_num_queries(10):
        queries.council_details(slug="essex", as_at=TODAY)
