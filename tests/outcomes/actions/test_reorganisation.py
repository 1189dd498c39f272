"""What a reorganisation makes of indicator values and of the pages that show them."""

from typing import Any

import pytest
from django.utils import timezone

from authorities.models import Body
from authorities.reorganisation.operations import AreaShare, Rename, Transfer
from outcomes import recompute
from outcomes.models import AuthorityIndicator, Observation, RecomputeRequest, Subject
from tests.factories import reorganisations as change
from tests.factories.authorities import CountryFactory
from tests.factories.outcomes import ObservationFactory, UploadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> change.Country:
    CountryFactory()
    return change.small_country()


def things_of(row: Any) -> dict[str, Any]:
    return {one["what"]: one for one in change.preview_of(row)["things"]}


def asked() -> set[str]:
    """The authorities whose pages wait to be drawn again."""
    keys = RecomputeRequest.objects.filter(
        subject=Subject.AUTHORITY, finished_at__isnull=True
    ).values("subject_id")
    return set(Body.objects.filter(pk__in=keys).values_list("slug", flat=True))


def test_values_stay_where_they_were_measured(country: change.Country) -> None:
    value = ObservationFactory(area=country.north)
    ObservationFactory(area=country.east)
    UploadFactory(body=country.north)

    done = change.applied(change.authorities_merge())

    assert Observation.objects.get(pk=value.pk).area_id == country.north.pk
    things = things_of(done)
    assert things["Indicator values of bodies that end"]["count"] == 1
    assert "never summed" in things["Indicator values of bodies that end"]["becomes"]
    assert things["Indicator values of bodies that end"]["links"] == [
        ["North", "/authorities/north/"]
    ]
    assert things["Indicator files"]["count"] == 1


def test_values_of_reshaped_bodies_are_counted_too(country: change.Country) -> None:
    ObservationFactory(area=country.east)

    done = change.applied(
        [
            Transfer(
                areas=(AreaShare(change.NORBURY),),
                source=change.board("mid"),
                target=change.board("east"),
            )
        ]
    )

    line = things_of(done)["Indicator values of bodies with another area"]
    assert (line["count"], line["links"]) == (1, [["East", "/icbs/east/"]])


def test_pages_of_all_authorities_concerned_are_drawn_again(country: change.Country) -> None:
    RecomputeRequest.objects.all().delete()

    change.applied(change.authorities_merge())

    assert asked() == {"north", "south", "union"}


def test_an_authority_with_another_council_or_name_is_drawn_again(
    country: change.Country,
) -> None:
    RecomputeRequest.objects.all().delete()
    change.applied([Rename(body=change.authority("north"), name="Nord", short_name="Nord")])
    renamed = asked()
    RecomputeRequest.objects.all().delete()

    change.applied(
        [
            Transfer(
                areas=(AreaShare("sudbury"),),
                source=change.authority("south"),
                target=change.authority("north"),
            )
        ]
    )

    assert renamed == {"north"}
    assert asked() == {"north", "south"}


def shown(authority: str) -> set[str]:
    """The areas that an authority's pages show."""
    rows = AuthorityIndicator.objects.filter(authority__slug=authority)
    return {series["name"] for row in rows for series in row.content["series"]}


def test_the_page_of_an_ended_authority_keeps_its_councils_and_the_new_one_has_them(
    country: change.Country,
) -> None:
    councils = {body.slug: body for body in Body.objects.filter(kind="council")}
    ObservationFactory(area=councils["northam"])
    ObservationFactory(area=country.north)

    change.applied(change.authorities_merge())
    recompute.run_pending()
    first = shown("north")
    recompute.request(
        subject=Subject.AUTHORITY,
        subject_id=country.north.pk,
        reason="nightly",
        at=timezone.now(),
    )
    recompute.run_pending()

    assert first == shown("north") == {"North", "Northam"}
    # The successor shows its councils, and no sum of what its predecessors had.
    assert shown("union") == {"Northam"}
