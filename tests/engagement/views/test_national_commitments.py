"""The national view of commitments: who has it, what it counts, and its files."""

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagement.models import Side
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.commitment_terms import MoneyFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
)

pytestmark = pytest.mark.django_db

CENTRE = {"analyst", "moderator", "lead_analyst", "administrator"}


@pytest.fixture
def people() -> People:
    made = people_of_a_pair()
    now = timezone.now()
    agreed = AgreedCommitmentFactory(
        pair=made.pair, title="Warm homes", theme="housing", stage="output", decided_at=now
    )
    CommitmentUpdateFactory(commitment=agreed, at=now)
    CommitmentUpdateFactory(commitment=agreed, side=Side.BOARD, status="constrained", at=now)
    MoneyFactory(
        commitment=agreed,
        prevention="yes",
        amount=Decimal(5000),
        year=2026,
        purpose="=Insulation",
    )
    MoneyFactory(commitment=agreed, prevention="yes", amount=None, year=2027)
    CommitmentFactory(pair=made.pair, theme="transport")
    return made


def answer(people: People, who: str, name: str, query: str = "") -> tuple[int, str]:
    client = Client()
    if who != "anonymous":
        client.force_login(people.by_role[who])
    answered = client.get(reverse(f"commitments:{name}") + query)
    return answered.status_code, answered.content.decode()


def rows_of(people: People, name: str, query: str = "") -> list[dict[str, str]]:
    status, text = answer(people, "analyst", name, query)
    assert status == 200
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("name", ["national", "national-counts", "national-money"])
def test_it_is_for_the_centre_alone(people: People, name: str) -> None:
    for who in ("anonymous", *people.by_role):
        status, text = answer(people, who, name)

        assert (status == 200) is (who in CENTRE), who
        if who not in CENTRE:
            assert "Warm homes" not in text


def test_its_address_keeps_what_is_shown(people: People) -> None:
    _, every = answer(people, "analyst", "national")
    _, housing = answer(people, "analyst", "national", "?theme=housing")
    _, nothing = answer(people, "analyst", "national", "?theme=climate")
    _, unknown = answer(people, "analyst", "national", "?theme=nonsense&state=x&stage=y")

    assert "2 commitments, 1 of them agreed today" in every
    assert "1 commitment, 1 of them agreed today" in housing
    assert '<option value="housing" selected>' in housing
    assert "0 commitments, 0 of them agreed today" in nothing
    assert "No pair has a commitment like this." in nothing
    assert "2 commitments, 1 of them agreed today" in unknown


def test_the_file_has_every_number_of_the_tables_with_what_it_is_of(people: People) -> None:
    rows = {
        (row["table"], row["row"], row["column"]): (row["value"], row["of"])
        for row in rows_of(people, "national-counts")
    }

    assert rows["By state", "Agreed", "Commitments"] == ("1", "2")
    assert rows["By theme", "Housing", "Agreed"] == ("1", "")
    assert rows["By theme", "Housing", "Views differ"] == ("1", "1")
    assert rows["By theme", "Transport", "Proposed"] == ("1", "")
    assert rows["By theme", "Climate", "All"] == ("0", "")
    assert rows["By stage of the theory of change", "Not said", "All"] == ("1", "")
    assert rows["Money that authorities state, by source", "All sources", "Stated"][0] == "£5,000"


def test_money_is_given_line_by_line_and_what_is_not_known_is_empty(people: People) -> None:
    first, second = rows_of(people, "national-money", "?theme=housing")

    assert (first["financial_year"], first["amount_gbp"]) == ("2026/27", "5000.00")
    assert first["for_what"] == "'=Insulation"
    assert (second["financial_year"], second["amount_gbp"]) == ("2027/28", "")
    assert rows_of(people, "national-money", "?theme=transport") == []


def test_the_page_says_who_states_money_for_prevention_and_for_what(people: People) -> None:
    _, page = answer(people, "analyst", "national")

    said = page.partition("Money for prevention, by whom it is stated and for what: 2")[2]
    assert "=Insulation" in said
    assert "£5,000" in said
    assert "Not known" in said
