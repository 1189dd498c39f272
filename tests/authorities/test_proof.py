"""Who signs, publishes or administers has proven a short while ago who they are."""

import pytest
from django.urls import reverse

from authorities import access
from authorities.access import ProofNeededError
from authorities.api.problems import answer_with_problems
from authorities.models import Role
from authorities.permissions import GRANTED_AT_OWN_BODY, GRANTED_EVERYWHERE, NEEDS_PROOF
from tests.factories.authorities import (
    MembershipFactory,
    NationalMembershipFactory,
    StrategicAuthorityFactory,
)

pytestmark = pytest.mark.django_db

EVERYWHERE = [
    (role, permission)
    for role, held in GRANTED_EVERYWHERE.items()
    for permission in sorted(held & NEEDS_PROOF)
]
AT_HOME = [
    (role, permission)
    for role, held in GRANTED_AT_OWN_BODY.items()
    for permission in sorted(held & NEEDS_PROOF)
]


def test_every_right_that_asks_for_proof_is_somebodys():
    assert {permission for _, permission in EVERYWHERE + AT_HOME} == NEEDS_PROOF


@pytest.mark.parametrize(("role", "permission"), EVERYWHERE)
def test_the_centre_proves_who_it_is(role, permission):
    person = NationalMembershipFactory(role=role).user
    access.require(person, permission)

    person.proven_recently = False

    with pytest.raises(ProofNeededError):
        access.require(person, permission)


@pytest.mark.parametrize(("role", "permission"), AT_HOME)
def test_a_body_proves_who_it_is(role, permission):
    body = StrategicAuthorityFactory()
    person = MembershipFactory(role=role, body=body).user
    access.access_authority(person, body.slug, permission=permission)

    person.proven_recently = False

    with pytest.raises(ProofNeededError):
        access.access_authority(person, body.slug, permission=permission)


def test_reading_asks_for_no_proof():
    body = StrategicAuthorityFactory()
    person = MembershipFactory(role=Role.SIGNATORY, body=body).user
    person.proven_recently = False

    access.access_authority(person, body.slug, permission=access.Permission.RETURN_READ)


def test_a_program_is_told_where_to_prove_it():
    answer = answer_with_problems(ProofNeededError(), {})

    assert answer.status_code == 403
    assert answer.data["errors"][0]["code"] == "proof-needed"
    assert reverse("account_reauthenticate") in answer.data["errors"][0]["fix"]
