"""Which region a body lies in."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from authorities.models import Body, BodyKind
from authorities.queries import region_of
from tests.factories.authorities import (
    BoardFactory,
    BodyGroupingFactory,
    CouncilFactory,
    CouncilMembershipFactory,
    CountryFactory,
    PartBoardFactory,
    PartCouncilFactory,
    RegionFactory,
    StrategicAuthorityFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def north():
    return RegionFactory(slug="north", name="North", ons_code="E12000001")


def council_in(region, *, authority=None, board=None):
    council = CouncilFactory()
    if region is not None:
        BodyGroupingFactory(member=council, group=region, valid=DateRange(None, None))
    if authority is not None:
        CouncilMembershipFactory(authority=authority, council=council)
    if board is not None:
        part = PartCouncilFactory(council=council).part
        PartBoardFactory(part=part, board=board)
    return council


def test_a_council_lies_in_its_region(north):
    found = region_of(body=council_in(north), day=DAY)

    assert (found.id, found.name, found.ons_code) == (north.pk, "North", "E12000001")
    assert found.kind == BodyKind.REGION


def test_a_council_without_a_region_has_none():
    assert region_of(body=council_in(None), day=DAY) is None


def test_a_region_holds_on_its_days(north):
    council = CouncilFactory()
    BodyGroupingFactory(
        member=council, group=north, valid=DateRange(date(2020, 1, 1), date(2026, 1, 1))
    )

    assert region_of(body=council, day=date(2025, 12, 31)).slug == "north"
    assert region_of(body=council, day=date(2026, 1, 1)) is None


@pytest.mark.parametrize("kind", ["authority", "board"])
def test_a_body_lies_in_the_region_of_all_of_its_councils(north, kind):
    body = StrategicAuthorityFactory() if kind == "authority" else BoardFactory()
    council_in(north, **{kind: body})
    council_in(north, **{kind: body})

    assert region_of(body=body, day=DAY).slug == "north"


@pytest.mark.parametrize("kind", ["authority", "board"])
@pytest.mark.parametrize("beside", ["another region", "no region"])
def test_a_body_in_two_regions_has_none(north, kind, beside):
    body = StrategicAuthorityFactory() if kind == "authority" else BoardFactory()
    council_in(north, **{kind: body})
    other = RegionFactory(ons_code="E12000002") if beside == "another region" else None
    council_in(other, **{kind: body})

    assert region_of(body=body, day=DAY) is None


def test_an_authority_with_the_code_of_a_region_is_the_region_of_its_councils():
    london = StrategicAuthorityFactory(
        slug="greater-london", name="Greater London", ons_code="E12000007"
    )
    borough = council_in(None, authority=london)

    found = region_of(body=borough, day=DAY)

    assert (found.id, found.kind, found.ons_code) == (
        london.pk,
        BodyKind.STRATEGIC_AUTHORITY,
        "E12000007",
    )
    assert region_of(body=london, day=DAY) is None


def test_what_is_no_area_within_a_region_has_none(north):
    assert region_of(body=CountryFactory(), day=DAY) is None
    assert region_of(body=north, day=DAY) is None
    assert region_of(body=StrategicAuthorityFactory(), day=DAY) is None


def test_a_region_costs_six_queries_at_the_most(north, django_assert_max_num_queries):
    body = StrategicAuthorityFactory()
    for _ in range(4):
        council_in(north, authority=body)

    read = Body.objects.get(pk=body.pk)

    with django_assert_max_num_queries(6):
        region_of(body=read, day=DAY)
