"""The API of joint commitments: the actions, rights and words of the pages."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagement.models import (
    Commitment,
    CommitmentState,
    CommitmentUpdate,
    CommitmentUpdateReturn,
    Side,
)
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.authorities import PairFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ChangeFactory,
    ClosureFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
    UpdateDraftFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/api/v1/commitments/"
CANARY = "canary-51ad"
DRAFT = "half-a-sentence-nobody-sent"


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


@pytest.fixture
def agreed(people: People) -> Commitment:
    made: Commitment = AgreedCommitmentFactory(pair=people.pair, title=CANARY)
    return made


def signed_in(people: People, who: str) -> Client:
    client = Client()
    client.force_login(people.by_role[who])
    return client


def send(client: Client, address: str, body: Any, key: str = "") -> Any:
    return client.post(
        address,
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": key or str(uuid4())},
    )


def of(row: Commitment, *more: object) -> str:
    return "/".join([f"{LIST}{row.pk}", *map(str, more), ""])


def proposal(people: People, **said: Any) -> dict[str, Any]:
    return {
        "authority": people.pair.authority.slug,
        "icb": people.pair.board.slug,
        "title": "Share one list",
        "own_owner": "Head of health",
        "target_date": "2037-03-31",
        **said,
    }


def code_of(answer: Any) -> str:
    return str(answer.json()["errors"][0]["code"])


def test_bodies_and_the_centre_read_them_and_nobody_else(
    people: People, agreed: Commitment
) -> None:
    UpdateDraftFactory(commitment=agreed, narrative=DRAFT, by=people.by_role["board_editor"])
    readers = {"authority_editor", "authority_signatory", "board_editor", "board_signatory"}
    readers |= {"analyst", "moderator", "lead_analyst", "administrator"}

    for who in people.by_role:
        client = signed_in(people, who)
        one, several = client.get(of(agreed)), client.get(LIST)
        assert one.status_code == (200 if who in readers else 404), who
        assert (CANARY in one.content.decode()) is (who in readers), who
        assert several.status_code == (404 if who == "reader" else 200), who
        assert (CANARY in several.content.decode()) is (who in readers), who
        assert DRAFT not in one.content.decode() + several.content.decode()
    assert Client().get(LIST).status_code == Client().get(of(agreed)).status_code == 401


def test_the_list_is_paged_and_filtered(people: People, agreed: Commitment) -> None:
    other = AgreedCommitmentFactory(pair=PairFactory(board=people.pair.board))
    CommitmentFactory(pair=people.pair)
    client = signed_in(people, "board_editor")

    assert client.get(LIST).json()["count"] == 3
    assert client.get(f"{LIST}?state=agreed").json()["count"] == 2
    only = client.get(f"{LIST}?authority={other.pair.authority.slug}").json()
    assert [row["id"] for row in only["results"]] == [str(other.pk)]
    assert client.get(f"{LIST}?icb={people.pair.board.slug}&page=2").status_code == 404
    assert client.get(f"{LIST}?state=lost").status_code == 400


def test_the_list_asks_a_fixed_number_of_queries(
    people: People, agreed: Commitment, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(people, "board_editor")
    CommitmentUpdateFactory(commitment=agreed)
    with django_assert_max_num_queries(20) as first:
        client.get(LIST)
    for _ in range(5):
        row = AgreedCommitmentFactory(pair=PairFactory(board=people.pair.board))
        CommitmentUpdateFactory(commitment=row)
    with django_assert_max_num_queries(len(first)):
        client.get(LIST)


def test_a_commitment_is_proposed_confirmed_updated_and_closed(people: People) -> None:
    editor, signatory = signed_in(people, "authority_editor"), signed_in(people, "board_signatory")
    authority = signed_in(people, "authority_signatory")

    made = send(editor, LIST, proposal(people))
    row = Commitment.objects.get()
    assert made.status_code == 201
    assert made["Location"] == of(row)
    assert made.json()["state"] == "proposed"
    agreed = send(signatory, of(row, "confirm"), {"owner": "Director"})
    assert (agreed.status_code, agreed.json()["state"]) == (200, "agreed")
    said = send(signatory, of(row, "updates"), {"status": "on_track", "narrative": "Signed."})
    assert said.json()["icb_update"]["narrative"] == "Signed."
    asked = send(editor, of(row, "closures"), {"final_status": "met", "ending": "Done."})
    assert asked.json()["waiting"]["kind"] == "closure"
    key = asked.json()["waiting"]["id"]
    early = send(authority, of(row, "closures", key, "confirm"), {})
    assert (early.status_code, code_of(early)) == (409, "not-now")
    closed = send(signatory, of(row, "closures", key, "confirm"), {})
    assert (closed.json()["state"], closed.json()["final_status"]) == ("closed", "met")
    late = send(editor, of(row, "updates"), {"status": "met"})
    assert (late.status_code, code_of(late)) == (409, "not-now")


def test_the_same_request_with_the_same_key_is_done_once(people: People) -> None:
    editor = signed_in(people, "authority_editor")

    first, again = (send(editor, LIST, proposal(people), key="one") for _ in range(2))
    assert first.json() == again.json()
    row = AgreedCommitmentFactory(pair=people.pair)
    for _ in range(2):
        send(editor, of(row, "updates"), {"status": "met"}, key="two")

    assert Commitment.objects.count() == 2
    assert CommitmentUpdate.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "status", "field"),
    [
        ({"target_date": "2020-01-01"}, 422, "target_date"),
        ({"target_date": None}, 422, "target_date"),
        ({"no_date_reason": "Later"}, 422, "target_date"),
        ({"title": ""}, 400, "title"),
        ({"target_date": "31 March"}, 400, "target_date"),
        ({"specification": "about"}, 400, "specification"),
        ({"state": "agreed"}, 400, "state"),
    ],
)
def test_a_proposal_that_is_not_complete_says_what_is_wrong(
    people: People, said: dict[str, Any], status: int, field: str
) -> None:
    answer = send(signed_in(people, "authority_editor"), LIST, proposal(people, **said))

    assert answer.status_code == status
    assert {one["field"] for one in answer.json()["errors"]} == {field}
    assert not Commitment.objects.exists()


def test_an_update_needs_a_sentence_and_meets_one_that_was_given_meanwhile(
    people: People, agreed: Commitment
) -> None:
    editor, address = signed_in(people, "board_editor"), of(agreed, "updates")

    bare = send(editor, address, {"status": "constrained"})
    assert (bare.status_code, code_of(bare)) == (422, "narrative-given")
    newest = CommitmentUpdateFactory(commitment=agreed, side=Side.BOARD)
    stale = send(editor, address, {"status": "met", "after": 0})
    assert (stale.status_code, code_of(stale)) == (409, "stale")
    assert send(editor, address, {"status": "met", "after": newest.pk}).status_code == 200


def test_a_change_is_asked_for_and_answered_by_the_other_side(
    people: People, agreed: Commitment
) -> None:
    words = {"title": "In other words", "no_date_reason": "Not known", "reason": "It was unclear."}

    asked = send(signed_in(people, "board_editor"), of(agreed, "changes"), words)
    waiting = asked.json()["waiting"]
    assert (waiting["kind"], waiting["title"]) == ("change", "In other words")
    again = send(signed_in(people, "board_editor"), of(agreed, "changes"), words)
    assert (again.status_code, code_of(again)) == (409, "no-change-waits")
    accepted = send(
        signed_in(people, "authority_signatory"),
        of(agreed, "changes", waiting["id"], "accept"),
        {},
    )
    assert accepted.json()["title"] == "In other words"


# Each step: what stands before it, its address, what is sent, who may, and the state after it.
BOTH = {"authority_editor", "authority_signatory", "board_editor", "board_signatory"}
CENTRE_MAY = {"analyst", "lead_analyst"}
STEPS: list[tuple[str, str, dict[str, Any], set[str]]] = [
    ("proposed", "confirm", {"owner": "Director"}, {"board_signatory"}),
    ("proposed", "decline", {"reason": "No money"}, {"board_signatory"}),
    ("agreed", "updates", {"status": "met"}, BOTH),
    (
        "agreed",
        "changes",
        {"title": "Anew", "no_date_reason": "Not known", "reason": "It was unclear."},
        BOTH,
    ),
    ("agreed", "closures", {"final_status": "met", "ending": "Done."}, BOTH),
    ("moved", "confirm-again", {}, {"authority_signatory", "board_signatory"}),
    ("change", "accept", {}, {"board_signatory"}),
    ("change", "refuse", {"reason": "No"}, {"board_signatory"}),
    ("change", "take-back", {}, {"authority_editor", "authority_signatory"}),
    ("closure", "confirm", {}, {"board_signatory"}),
    ("closure", "refuse", {"reason": "No"}, {"board_signatory"}),
    ("closure", "take-back", {}, {"authority_editor", "authority_signatory"}),
    ("update", "send-back", {"comment": "Which?"}, {"board_editor", "board_signatory"}),
]


def address_of(people: People, before: str, step: str) -> str:
    pair = people.pair
    if before == "proposed":
        return of(CommitmentFactory(pair=pair), step)
    if before == "agreed":
        return of(AgreedCommitmentFactory(pair=pair), step)
    if before == "moved":
        moved = AgreedCommitmentFactory(
            pair=pair,
            origin_pair=PairFactory(),
            moved_on=date(2026, 10, 1),
            needs_reconfirmation=True,
        )
        return of(moved, step)
    if before == "change":
        change = ChangeFactory(commitment__pair=pair, side=Side.AUTHORITY)
        return of(change.commitment, "changes", change.pk, step)
    if before == "closure":
        closure = ClosureFactory(commitment__pair=pair)
        return of(closure.commitment, "closures", closure.pk, step)
    update = CommitmentUpdateFactory(commitment__pair=pair, side=Side.AUTHORITY)
    return of(update.commitment, "updates", update.pk, step)


@pytest.mark.parametrize(("before", "step", "body", "may"), STEPS)
def test_each_step_is_taken_by_those_who_may_and_refused_to_all_others(
    people: People, before: str, step: str, body: dict[str, Any], may: set[str]
) -> None:
    allowed = may | (CENTRE_MAY if step == "send-back" else set())
    for who in people.by_role:
        address = address_of(people, before, step)
        answer = send(signed_in(people, who), address, body)
        taken = answer.status_code == 200
        # The moderator's right to send back is told by the table of rights.
        if step == "send-back" and who in ("moderator", "administrator"):
            continue
        assert taken is (who in allowed), (who, answer.status_code)
        if not taken:
            assert answer.status_code in (403, 404, 409), (who, answer.status_code)
        if who.startswith("other_") or who == "reader":
            assert answer.status_code == 404, who
    assert send(Client(), address_of(people, before, step), body).status_code == 401


def test_what_was_asked_of_one_commitment_is_not_another_s(
    people: People, agreed: Commitment
) -> None:
    change = ChangeFactory(commitment__pair=people.pair, side=Side.AUTHORITY)
    update = CommitmentUpdateFactory(commitment__pair=people.pair, side=Side.AUTHORITY)
    signatory = signed_in(people, "board_signatory")

    assert send(signatory, of(agreed, "changes", change.pk, "accept"), {}).status_code == 404
    wrong = send(signatory, of(agreed, "updates", update.pk, "send-back"), {"comment": "Which?"})
    assert wrong.status_code == 404
    assert not CommitmentUpdateReturn.objects.exists()


def test_the_centre_sends_back_for_neither_side(people: People, agreed: Commitment) -> None:
    update = CommitmentUpdateFactory(commitment=agreed, at=timezone.now())

    answer = send(
        signed_in(people, "analyst"),
        of(agreed, "updates", update.pk, "send-back"),
        {"comment": "Which?"},
    )

    assert answer.json()["authority_update"]["sent_back"] == "Which?"
    assert CommitmentUpdateReturn.objects.get().side == ""


def test_a_pair_that_shares_no_people_any_more_promises_nothing_new(people: People) -> None:
    people.pair.overlaps.all().delete()

    answer = send(signed_in(people, "authority_editor"), LIST, proposal(people))

    assert (answer.status_code, code_of(answer)) == (409, "pair-ended")


def test_strangers_propose_nothing(people: People) -> None:
    for who, status in (("other_board_editor", 404), ("analyst", 403), ("reader", 404)):
        assert send(signed_in(people, who), LIST, proposal(people)).status_code == status, who
    assert not Commitment.objects.exists()


def test_addresses_have_names(agreed: Commitment) -> None:
    assert reverse("commitment-detail", args=[agreed.pk]) == of(agreed)
    assert Commitment.objects.get().state == CommitmentState.AGREED
