"""The factories make what the constraints allow, alone and with their defaults."""

import pytest

from authorities.models import BodyCode, BodyKind, Membership, Pair, Role
from tests.factories import authorities as factories

pytestmark = pytest.mark.django_db


OURS = sorted(
    name
    for name, made in vars(factories).items()
    if name.endswith("Factory") and name[0] != "_" and made.__module__ == factories.__name__
)


@pytest.mark.parametrize("name", OURS)
def test_each_factory_makes_a_row_by_itself_and_a_second_one(name: str) -> None:
    make = getattr(factories, name)

    first, second = make(), make()

    assert first.pk is not None
    assert second.pk is not None


def test_a_pair_has_bodies_with_names_and_codes_and_an_overlap() -> None:
    pair = factories.PairFactory(authority__slug="north", overlap__share_of_board=0.4)

    stored = Pair.objects.get(pk=pair.pk)

    assert stored.authority.names.get().name == "North"
    assert stored.authority.designations.count() == 1
    assert set(BodyCode.objects.filter(body=stored.board).values_list("scheme", flat=True)) == {
        "ons",
        "ods",
    }
    assert stored.overlaps.get().share_of_board == 0.4


@pytest.mark.parametrize("role", Role.values)
def test_a_membership_is_at_a_body_that_fits_its_role(role: str) -> None:
    made = factories.MembershipFactory(role=role)

    kind = Membership.objects.get(pk=made.pk).body.kind

    local = role in {Role.EDITOR, Role.SIGNATORY, Role.PEOPLE_LEAD}
    assert kind == (BodyKind.STRATEGIC_AUTHORITY if local else BodyKind.NATIONAL)
