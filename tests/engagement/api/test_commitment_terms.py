"""Links and money of a commitment over the API: the actions, rights and words of the pages."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from engagement.models import Commitment, CommitmentMoney, Side
from tests.engagement.api.test_commitments import CANARY, code_of, of, send, signed_in
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.authorities import PairFactory
from tests.factories.commitment_terms import MoneyFactory, agreed_outcome, agreement_of
from tests.factories.engagement_commitments import AgreedCommitmentFactory
from tests.factories.outcomes import IndicatorFactory

pytestmark = pytest.mark.django_db
LINE = {
    "source": "icb",
    "year": 2026,
    "amount": "1200000.50",
    "prevention": "yes",
    "purpose": CANARY,
}
READERS = {
    *("authority_editor", "authority_signatory", "board_editor", "board_signatory"),
    *("analyst", "moderator", "lead_analyst", "administrator"),
}
WRITERS = {"authority_editor", "authority_signatory", "board_editor", "board_signatory"}


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


@pytest.fixture
def agreed(people: People) -> Commitment:
    made: Commitment = AgreedCommitmentFactory(pair=people.pair)
    return made


@pytest.fixture
def editor(people: People) -> Client:
    return signed_in(people, "authority_editor")


def said(row: Commitment, **more: Any) -> dict[str, Any]:
    return {"expected_version": row.version, **more}


def test_both_sides_and_the_centre_read_money_and_links_and_nobody_else(
    people: People, agreed: Commitment
) -> None:
    MoneyFactory(commitment=agreed, purpose=CANARY)

    for who in people.by_role:
        client = signed_in(people, who)
        money, links = client.get(of(agreed, "money")), client.get(of(agreed, "particulars"))
        expected = 200 if who in READERS else 404
        assert (money.status_code, links.status_code) == (expected, expected), who
        assert (CANARY in money.content.decode()) is (who in READERS), who
    assert Client().get(of(agreed, "money")).status_code == 401


def test_only_the_two_sides_write(people: People, agreed: Commitment) -> None:
    line = MoneyFactory(commitment=agreed)
    addresses = (
        of(agreed, "particulars"),
        of(agreed, "money"),
        of(agreed, "money", line.pk, "correct"),
        of(agreed, "money", line.pk, "withdraw"),
    )

    for who in people.by_role:
        client = signed_in(people, who)
        expected = 400 if who in WRITERS else 403 if who in READERS else 404
        answers = [send(client, address, {"nothing": 1}).status_code for address in addresses]
        assert answers == [expected] * 4, who


def test_links_are_set_kept_and_taken_away(
    people: People, agreed: Commitment, editor: Client
) -> None:
    indicator = IndicatorFactory(code="smoking")
    outcome, agreement = agreed_outcome(people.pair), agreement_of(people.pair)
    offered = editor.get(of(agreed, "particulars")).json()
    links = {
        "indicator": "smoking",
        "framework_outcome": str(outcome.pk),
        "agreement": str(agreement.pk),
    }

    answer = send(editor, of(agreed, "particulars"), said(agreed, stage="input", **links))

    assert answer.status_code == 200, answer.content
    agreed.refresh_from_db()
    assert (agreed.indicator, agreed.framework_outcome, agreed.agreement) == (
        indicator,
        outcome,
        agreement,
    )
    assert [one["id"] for one in offered["offered_outcomes"]] == [str(outcome.pk)]
    assert [one["id"] for one in offered["offered_agreements"]] == [str(agreement.pk)]

    send(editor, of(agreed, "particulars"), said(agreed, agreement=""))

    now = editor.get(of(agreed, "particulars")).json()
    assert {name: now[name] for name in links} == {**links, "agreement": ""}
    assert now["stage"] == "input"


@pytest.mark.parametrize("field", ["indicator", "framework_outcome", "agreement"])
@pytest.mark.parametrize("key", ["of others", "none", "no key"])
def test_a_link_that_both_sides_do_not_know_is_refused_at_its_field(
    people: People, agreed: Commitment, editor: Client, field: str, key: str
) -> None:
    others = PairFactory(authority=people.pair.authority)
    foreign = {
        "indicator": lambda: IndicatorFactory(code="drafted", draft=True).code,
        "framework_outcome": lambda: agreed_outcome(others).pk,
        "agreement": lambda: agreement_of(others).pk,
    }
    wanted = {"of others": str(foreign[field]()), "none": str(uuid4()), "no key": "x"}[key]

    answer = send(editor, of(agreed, "particulars"), said(agreed, **{field: wanted}))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field
    assert code_of(answer) == "unknown-choice"
    agreed.refresh_from_db()
    assert getattr(agreed, f"{field}_id") is None


def test_what_was_changed_meanwhile_or_changes_nothing_is_refused(
    agreed: Commitment, editor: Client
) -> None:
    stale = send(editor, of(agreed, "particulars"), {"expected_version": 99, "stage": "input"})
    nothing = send(editor, of(agreed, "particulars"), said(agreed))

    assert (stale.status_code, code_of(stale)) == (409, "stale")
    assert (nothing.status_code, code_of(nothing)) == (409, "something-changes")


def test_money_is_stated_corrected_and_withdrawn_by_the_side_that_states_it(
    people: People, agreed: Commitment, editor: Client
) -> None:
    stated = send(editor, of(agreed, "money"), LINE)
    line = stated.json()

    assert stated.status_code == 201
    assert (line["side"], line["amount"]) == (Side.AUTHORITY, "1200000.50")
    other = send(
        signed_in(people, "board_editor"),
        of(agreed, "money", line["id"], "correct"),
        {**LINE, "amount": "5"},
    )
    assert other.status_code == 409

    corrected = send(editor, of(agreed, "money", line["id"], "correct"), {**LINE, "amount": None})

    assert corrected.json()["amount"] is None
    assert [one["id"] for one in editor.get(of(agreed, "money")).json()] == [corrected.json()["id"]]

    address = of(agreed, "money", corrected.json()["id"], "withdraw")
    assert send(editor, address, {"reason": ""}).status_code == 400
    assert send(editor, address, {"reason": "Stated twice."}).status_code == 200
    assert editor.get(of(agreed, "money")).json() == []
    assert CommitmentMoney.objects.count() == 2


def test_the_same_request_with_the_same_key_states_money_once(
    agreed: Commitment, editor: Client
) -> None:
    answers = [send(editor, of(agreed, "money"), LINE, key="mine") for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert CommitmentMoney.objects.get().amount == Decimal("1200000.50")
    again = send(editor, of(agreed, "money"), LINE)
    assert (again.status_code, code_of(again)) == (409, "not-stated-yet")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", 5),
        ("amount", "1_000"),
        ("amount", "٣"),
        ("amount", "-1"),
        ("amount", "1.234"),
        ("year", 1999),
        ("year", "2026"),
        ("source", "gold"),
        ("source", ""),
        ("prevention", None),
        ("purpose", "x" * 201),
    ],
)
def test_a_line_that_is_none_is_refused_at_its_field(
    agreed: Commitment, editor: Client, field: str, value: Any
) -> None:
    answer = send(editor, of(agreed, "money"), {**LINE, field: value})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field
    assert not CommitmentMoney.objects.exists()


def test_a_line_of_another_commitment_is_not_found(agreed: Commitment, editor: Client) -> None:
    line = MoneyFactory(commitment=AgreedCommitmentFactory(pair=agreed.pair))

    assert send(editor, of(agreed, "money", line.pk, "correct"), LINE).status_code == 404
