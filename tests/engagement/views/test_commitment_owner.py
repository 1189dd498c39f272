"""Who owns a commitment by name: said on a page, read by the own body alone, and found again."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from engagement.models import Commitment, CommitmentOwner, Side
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.authorities import MembershipFactory
from tests.factories.engagement_commitments import AgreedCommitmentFactory

pytestmark = pytest.mark.django_db
CANARY = "Ada Canary-Owner"


@pytest.fixture
def people() -> People:
    found = people_of_a_pair()
    found.by_role["board_owner"] = MembershipFactory(
        body=found.pair.board, user__full_name=CANARY
    ).user
    return found


@pytest.fixture
def agreed(people: People) -> Commitment:
    made: Commitment = AgreedCommitmentFactory(pair=people.pair, title="Share one list")
    return made


def own(people: People, row: Commitment) -> CommitmentOwner:
    made: CommitmentOwner = CommitmentOwner.objects.create(
        commitment=row, side=Side.BOARD, person=people.by_role["board_owner"]
    )
    return made


def url(name: str, row: Commitment) -> str:
    return reverse(f"commitments:{name}", args=[row.pk])


def test_an_editor_says_who_owns_it(client: Client, people: People, agreed: Commitment) -> None:
    client.force_login(people.by_role["board_editor"])
    page = client.get(url("detail", agreed)).content.decode()
    assert url("owner", agreed) in page
    assert "Nobody by name" in page

    person = people.by_role["board_owner"]
    answer = client.post(url("owner", agreed), {"person": person.pk}, follow=True)
    assert CANARY in answer.content.decode()
    assert f'value="{person.pk}" selected' in client.get(url("owner", agreed)).content.decode()

    client.post(url("owner", agreed), {"person": ""})
    assert not CommitmentOwner.objects.exists()


@pytest.mark.parametrize("who", ["authority_editor", "other_board_editor", "analyst"])
def test_nobody_of_another_body_can_be_chosen(
    client: Client, people: People, agreed: Commitment, who: str
) -> None:
    client.force_login(people.by_role["board_editor"])
    person = people.by_role[who]
    assert person.full_name not in client.get(url("owner", agreed)).content.decode()

    answer = client.post(url("owner", agreed), {"person": person.pk})

    assert answer.status_code == 422
    assert "Select somebody who has a role at your own body today" in answer.content.decode()
    assert not CommitmentOwner.objects.exists()


def test_only_people_of_the_same_body_read_who_it_is(
    client: Client, people: People, agreed: Commitment
) -> None:
    own(people, agreed)
    told = {"board_editor", "board_signatory", "board_owner"}

    for who, person in people.by_role.items():
        client.force_login(person)
        for name in ("detail", "update", "owner", "describe"):
            page = client.get(url(name, agreed)).content.decode()
            may = who in told and name in {"detail", "owner"}
            assert (CANARY in page) is may, (who, name)


def test_who_has_left_is_said(client: Client, people: People, agreed: Commitment) -> None:
    own(people, agreed).person.memberships.update(ended_at=datetime(2026, 9, 20, tzinfo=UTC))
    client.force_login(people.by_role["board_editor"])

    page = client.get(url("detail", agreed)).content.decode()

    assert f"{CANARY}, who has no role at" in page
    assert CANARY not in client.get(url("owner", agreed)).content.decode()


def test_a_list_shows_what_one_owns(client: Client, people: People, agreed: Commitment) -> None:
    own(people, agreed)
    AgreedCommitmentFactory(pair=people.pair, title="Warm every home")
    pair = [people.pair.authority.slug, people.pair.board.slug]
    board = people.pair.board.slug
    lists = [
        reverse("commitments:board", args=[board]),
        reverse("commitments:board-all", args=[board]),
        reverse("commitments:pair", args=pair),
        reverse("commitments:board-csv", args=[board]),
        reverse("commitments:pair-csv", args=pair),
    ]

    for who, owns in (("board_owner", True), ("board_editor", False)):
        client.force_login(people.by_role[who])
        for address in lists:
            page = client.get(f"{address}?owner=me").content.decode()
            assert ("Share one list" in page) is owns, (who, address)
            assert "Warm every home" not in page
            assert "Warm every home" in client.get(f"{address}?owner=somebody").content.decode()


def test_who_is_of_no_body_owns_nothing(client: Client, people: People, agreed: Commitment) -> None:
    address = reverse("commitments:board", args=[people.pair.board.slug])
    for who, offered in (("board_editor", True), ("analyst", False)):
        client.force_login(people.by_role[who])
        assert ('name="owner"' in client.get(address).content.decode()) is offered, who
