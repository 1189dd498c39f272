"""Commitments as CSV, and lists that are chosen from."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engagement.models import Side
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.commitment_terms import MoneyFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ClosedCommitmentFactory,
    CommitmentUpdateFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


def addresses(people: People, *, ending: str = "") -> dict[str, str]:
    authority, board = people.pair.authority.slug, people.pair.board.slug
    return {
        "pair": reverse(f"commitments:pair{ending}", args=[authority, board]),
        "board": reverse(f"commitments:board{ending}", args=[board]),
        "authority": reverse(f"commitments:authority{ending}", args=[authority]),
    }


def rows_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_file_has_a_row_a_commitment_with_terms_words_flags_and_money(
    client: Client, people: People
) -> None:
    row = AgreedCommitmentFactory(pair=people.pair, title="=Share one list", theme="housing")
    CommitmentUpdateFactory(commitment=row, narrative="+44 lists")
    CommitmentUpdateFactory(commitment=row, side=Side.BOARD, status="met", narrative="")
    MoneyFactory(commitment=row, amount=Decimal("1000.50"))
    MoneyFactory(commitment=row, amount=Decimal("500"), year=2027)
    MoneyFactory(commitment=row, amount=None, year=2028)
    MoneyFactory(commitment=row, side=Side.BOARD, source="icb", amount=None)
    AgreedCommitmentFactory(title="Of others")
    client.force_login(people.by_role["analyst"])

    for url in addresses(people, ending="-csv").values():
        (found,) = rows_of(client.get(url))

        assert (found["Title"], found["Theme"]) == ("'=Share one list", "Housing")
        assert (found["Authority status"], found["Authority update"]) == ("On track", "'+44 lists")
        assert (found["ICB status"], found["Views differ"]) == ("Met", "Yes")
        assert found["Authority: integrated settlement, pounds"] == "1500.50"
        assert found["Authority: integrated settlement, lines not known"] == "1"
        assert found["ICB: the icb, pounds"] == ""
        assert found["ICB: the icb, lines not known"] == "1"
        assert found["ICB: another source, lines not known"] == "0"


@pytest.mark.parametrize(("who", "status"), [("board_editor", 200), ("other_board_editor", 404)])
def test_a_file_is_for_who_may_read_the_list(
    client: Client, people: People, who: str, status: int
) -> None:
    client.force_login(people.by_role[who])

    for ending in ("", "-csv"):
        assert client.get(addresses(people, ending=ending)["pair"]).status_code == status
        assert client.get(addresses(people, ending=ending)["board"]).status_code == status


@pytest.mark.parametrize("where", ["pair", "board", "authority"])
def test_a_list_keeps_what_was_chosen_in_its_address(
    client: Client, people: People, where: str
) -> None:
    AgreedCommitmentFactory(pair=people.pair, title="On homes", theme="housing")
    AgreedCommitmentFactory(pair=people.pair, title="On buses", theme="transport")
    client.force_login(people.by_role["analyst"])
    url = addresses(people)[where]

    page = client.get(f"{url}?theme=housing&state=agreed").content.decode()
    none = client.get(f"{url}?theme=climate").content.decode()

    assert "On homes" in page
    assert "On buses" not in page
    assert '<option value="housing" selected>' in page
    assert "fits what you chose" in none
    assert "On homes" not in none


@pytest.mark.parametrize("where", ["pair", "board", "authority"])
def test_a_file_holds_what_was_chosen(client: Client, people: People, where: str) -> None:
    row = AgreedCommitmentFactory(pair=people.pair, title="On homes", theme="housing")
    CommitmentUpdateFactory(commitment=row, status="met")
    CommitmentUpdateFactory(commitment=row, side=Side.BOARD)
    AgreedCommitmentFactory(pair=people.pair, title="On buses", stage="input")
    ClosedCommitmentFactory(pair=people.pair, title="Long done")
    client.force_login(people.by_role["analyst"])
    url = addresses(people, ending="-csv")[where]
    list_url = url.replace("commitments.csv", "" if where == "pair" else "commitments/all/")

    def chosen(query: str) -> list[str]:
        return sorted(found["Title"] for found in rows_of(client.get(f"{url}?{query}")))

    assert chosen("theme=housing") == ["On homes"]
    assert chosen("stage=input") == ["On buses"]
    assert chosen("state=closed") == ["Long done"]
    assert chosen("flag=differ") == ["On homes"]
    assert chosen("theme=weather") == ["Long done", "On buses", "On homes"]
    page = client.get(f"{list_url}?theme=housing&flag=differ").content.decode()
    assert f"{url}?theme=housing&amp;flag=differ" in page
    assert "Download these commitments" in page


def test_pages_of_a_chosen_list_stay_chosen(client: Client, people: People) -> None:
    for number in range(21):
        AgreedCommitmentFactory(pair=people.pair, title=f"Promise {number}", theme="housing")
    client.force_login(people.by_role["analyst"])

    page = client.get(f"{addresses(people)['pair']}?theme=housing").content.decode()

    assert "?theme=housing&amp;page=2" in page
