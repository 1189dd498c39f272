"""Passwords of words that anybody would try here are refused."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from authorities.models import Role, User
from tests.factories.authorities import MembershipFactory, StrategicAuthorityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    body = StrategicAuthorityFactory(slug="south-yorkshire")
    return MembershipFactory(body=body, role=Role.EDITOR).user


@pytest.mark.parametrize(
    "password",
    [
        "health-duty-tracker",
        "Health.Duty.2026!",
        "NHS-England-2026",
        "StrategicAuthority1",
        "SouthYorkshire2026!",
        "welcome-yorkshire-1",
    ],
)
def test_words_of_the_service_and_of_ones_own_organisation_are_refused(
    person: User, password: str
) -> None:
    with pytest.raises(ValidationError, match="others would try here"):
        validate_password(password, person)


@pytest.mark.parametrize(
    "password", ["careful-tulip-lamp", "x8nhsK2pq9Lw", "health-otter-violin", "tulip lamp otter"]
)
def test_enough_beside_such_words_lets_a_password_through(person: User, password: str) -> None:
    validate_password(password, person)


def test_the_name_of_anothers_organisation_is_no_such_word() -> None:
    validate_password("SouthYorkshire2026!", None)
