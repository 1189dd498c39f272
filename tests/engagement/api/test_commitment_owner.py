"""Who owns a commitment by name, over the API: told to and said by one's own body alone."""

import pytest
from django.test import Client

from engagement.models import Commitment, CommitmentOwner, Side
from tests.engagement.api.test_commitments import code_of, of, send, signed_in
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.engagement_commitments import AgreedCommitmentFactory, ClosedCommitmentFactory

CENTRE = {"analyst", "moderator", "lead_analyst", "administrator"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


@pytest.fixture
def agreed(people: People) -> Commitment:
    made: Commitment = AgreedCommitmentFactory(pair=people.pair)
    return made


def test_a_side_names_one_of_its_own_and_nobody_else_is_told(
    people: People, agreed: Commitment
) -> None:
    owner = people.by_role["board_signatory"]
    answer = send(
        signed_in(people, "board_editor"), of(agreed, "owner"), {"email": owner.email.upper()}
    )
    assert answer.status_code == 200
    assert answer.json() == {"email": owner.email, "name": owner.full_name, "has_left": False}

    for who in people.by_role:
        read = signed_in(people, who).get(of(agreed, "owner"))
        told = who.startswith("board_")
        assert (owner.email in read.content.decode()) is told, who
        of_the_pair = who.startswith(("board_", "authority_"))
        expected = 200 if of_the_pair else 403 if who in CENTRE else 404
        assert read.status_code == expected, who
    assert Client().get(of(agreed, "owner")).status_code == 401


def test_only_the_two_sides_name_owners(people: People, agreed: Commitment) -> None:
    for who in people.by_role:
        answer = send(signed_in(people, who), of(agreed, "owner"), {"email": ""})
        writes = who.startswith(("board_", "authority_"))
        assert (answer.status_code == 200) is writes, who
        assert writes or answer.status_code in (403, 404), who


def test_an_address_is_emptied(people: People, agreed: Commitment) -> None:
    owner = people.by_role["board_editor"]
    CommitmentOwner.objects.create(commitment=agreed, side=Side.BOARD, person=owner)

    answer = send(signed_in(people, "board_editor"), of(agreed, "owner"), {"email": ""})

    assert answer.json() == {"email": "", "name": "", "has_left": False}


@pytest.mark.parametrize("who", ["authority_editor", "other_board_editor", "analyst", ""])
def test_people_of_other_bodies_and_nobody_s_addresses_are_refused_alike(
    people: People, agreed: Commitment, who: str
) -> None:
    email = people.by_role[who].email if who else "nobody@example.org"

    answer = send(signed_in(people, "board_editor"), of(agreed, "owner"), {"email": email})

    assert (answer.status_code, code_of(answer)) == (422, "owner-of-the-body")
    assert "has a role at your own body" in answer.content.decode()
    assert not CommitmentOwner.objects.exists()


def test_what_is_closed_takes_no_owner(people: People) -> None:
    row = ClosedCommitmentFactory(pair=people.pair)
    email = people.by_role["board_editor"].email

    answer = send(signed_in(people, "board_editor"), of(row, "owner"), {"email": email})

    assert (answer.status_code, code_of(answer)) == (409, "not-now")
