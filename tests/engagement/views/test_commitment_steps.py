"""The pages of a commitment's changes, closure and updates sent back, side by side."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engagement.models import (
    AskedState,
    Commitment,
    CommitmentChange,
    CommitmentClosure,
    CommitmentState,
    CommitmentUpdateReturn,
    Side,
)
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ChangeFactory,
    ClosedCommitmentFactory,
    ClosureFactory,
    CommitmentUpdateFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


@pytest.fixture
def agreed(people: People) -> Commitment:
    made: Commitment = AgreedCommitmentFactory(pair=people.pair, title="Share one list")
    return made


def as_(client: Client, people: People, role: str) -> None:
    client.force_login(people.by_role[role])


def url(name: str, row: Commitment, *more: Any) -> str:
    return reverse(f"commitments:{name}", args=[row.pk, *more])


def page_of(client: Client, row: Commitment) -> str:
    return client.get(url("detail", row)).content.decode()


CHANGE = {
    "title": "Share one list by autumn",
    "description": "",
    "timing": "date",
    "target_date_day": "30",
    "target_date_month": "9",
    "target_date_year": "2040",
    "reason": "The data agreement came late.",
    "form_key": "11111111-1111-4111-8111-111111111111",
}


def test_a_change_is_asked_for_accepted_and_told_as_it_was(
    client: Client, people: People, agreed: Commitment
) -> None:
    as_(client, people, "board_editor")
    assert url("change", agreed) in page_of(client, agreed)
    form = client.get(url("change", agreed)).content.decode()
    assert 'value="Share one list"' in form

    sent = client.post(url("change", agreed), CHANGE)

    assert sent.status_code == 302, sent.content.decode()
    change = CommitmentChange.objects.get()
    waiting = page_of(client, agreed)
    assert "Your side asked to change it" in waiting
    assert url("change-take-back", agreed, change.pk) in waiting
    assert url("change-accept", agreed, change.pk) not in waiting
    assert url("change", agreed) not in waiting

    as_(client, people, "authority_signatory")
    assert url("change-accept", agreed, change.pk) in page_of(client, agreed)
    answer = client.get(url("change-accept", agreed, change.pk)).content.decode()
    assert "30 September 2040" in answer
    assert "was: 31 March 2027" in answer
    client.post(url("change-accept", agreed, change.pk))

    agreed.refresh_from_db()
    assert (agreed.title, agreed.target_date) == ("Share one list by autumn", date(2040, 9, 30))
    told = page_of(client, agreed)
    assert "accepted the change" in told
    assert "was: Share one list" in told


def test_what_was_typed_stays_when_nothing_would_change(
    client: Client, people: People, agreed: Commitment
) -> None:
    as_(client, people, "board_editor")
    same = {
        **CHANGE,
        "title": agreed.title,
        "target_date_day": "31",
        "target_date_month": "3",
        "target_date_year": "2027",
    }

    answer = client.post(url("change", agreed), same)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nothing would change." in page
    assert "The data agreement came late." in page
    assert not CommitmentChange.objects.exists()


def test_a_date_that_is_over_is_said_at_the_date(
    client: Client, people: People, agreed: Commitment
) -> None:
    as_(client, people, "board_editor")

    answer = client.post(url("change", agreed), {**CHANGE, "target_date_year": "2020"})

    assert answer.status_code == 422
    assert "The date must be today or later." in answer.content.decode()


def test_a_refused_change_shows_its_reason_and_what_was_agreed_holds(
    client: Client, people: People, agreed: Commitment
) -> None:
    change = ChangeFactory(commitment=agreed, side=Side.BOARD)
    as_(client, people, "authority_signatory")
    empty = client.post(url("change-refuse", agreed, change.pk), {"reason": ""})
    assert empty.status_code == 422

    client.post(url("change-refuse", agreed, change.pk), {"reason": "Winter comes first."})

    change.refresh_from_db()
    assert change.state == AskedState.REFUSED
    as_(client, people, "board_editor")
    assert "Winter comes first." in page_of(client, agreed)


def test_who_asked_cannot_answer_and_who_was_asked_cannot_take_back(
    client: Client, people: People, agreed: Commitment
) -> None:
    change = ChangeFactory(commitment=agreed, side=Side.BOARD)
    as_(client, people, "board_signatory")
    accepted = client.post(url("change-accept", agreed, change.pk))
    as_(client, people, "authority_signatory")
    taken = client.post(url("change-take-back", agreed, change.pk))

    assert accepted.status_code == taken.status_code == 422
    assert "Your side asked for this" in accepted.content.decode()
    assert "only they can take it back" in taken.content.decode()
    change.refresh_from_db()
    assert change.state == AskedState.WAITS


def test_a_commitment_is_closed_by_both_and_stays_to_be_read(
    client: Client, people: People, agreed: Commitment
) -> None:
    as_(client, people, "authority_editor")
    sent = client.post(
        url("close", agreed),
        {
            "final_status": "met",
            "ending": "One list is used by all councils.",
            "form_key": "22222222-2222-4222-8222-222222222222",
        },
    )
    assert sent.status_code == 302
    closure = CommitmentClosure.objects.get()
    as_(client, people, "board_signatory")
    board = reverse("commitments:board", args=[people.pair.board.slug])
    assert "Waits for your answer" in client.get(board).content.decode()
    assert (
        "One list is used by all councils."
        in client.get(url("closure-confirm", agreed, closure.pk)).content.decode()
    )

    client.post(url("closure-confirm", agreed, closure.pk))

    agreed.refresh_from_db()
    assert (agreed.state, agreed.final_status) == (CommitmentState.CLOSED, "met")
    closed = page_of(client, agreed)
    assert "confirmed that it is over" in closed
    for name in ("update", "change", "close"):
        assert url(name, agreed) not in closed
    late = client.post(
        url("update", agreed),
        {"status": "met", "narrative": "", "form_key": str(agreed.pk)},
    )
    assert late.status_code == 422
    assert "is closed" in late.content.decode()


def test_a_closure_is_refused_with_a_reason_or_taken_back(client: Client, people: People) -> None:
    first, second = (
        ClosureFactory(commitment__pair=people.pair, side=Side.AUTHORITY) for _ in range(2)
    )
    as_(client, people, "board_signatory")
    client.post(
        url("closure-refuse", first.commitment, first.pk), {"reason": "One council is out."}
    )
    as_(client, people, "authority_editor")
    client.post(url("closure-take-back", second.commitment, second.pk))

    states = {row.pk: row.state for row in Commitment.objects.filter(closures__in=[first, second])}
    assert states == dict.fromkeys(states, CommitmentState.AGREED)
    assert "One council is out." in page_of(client, first.commitment)


@pytest.mark.parametrize(
    ("role", "name"), [("board_editor", "Testshire"), ("analyst", "The national team")]
)
def test_an_update_is_sent_back_and_asks_for_a_new_one(
    client: Client, people: People, agreed: Commitment, role: str, name: str
) -> None:
    update = CommitmentUpdateFactory(commitment=agreed, side=Side.AUTHORITY)
    as_(client, people, role)
    assert url("send-back", agreed, update.pk) in page_of(client, agreed)

    empty = client.post(url("send-back", agreed, update.pk), {"comment": ""})
    client.post(url("send-back", agreed, update.pk), {"comment": "Which councils signed?"})

    assert empty.status_code == 422
    assert CommitmentUpdateReturn.objects.get().comment == "Which councils signed?"
    told = page_of(client, agreed)
    assert "sent back the update of" in told
    assert url("send-back", agreed, update.pk) not in told
    as_(client, people, "authority_editor")
    listed = reverse("commitments:authority", args=[people.pair.authority.slug])
    page = client.get(listed).content.decode()
    assert "1 commitment to update" in page
    assert "Which councils signed?" in page


def test_nobody_is_offered_to_send_back_their_own_update(
    client: Client, people: People, agreed: Commitment
) -> None:
    update = CommitmentUpdateFactory(commitment=agreed, side=Side.AUTHORITY)
    as_(client, people, "authority_editor")

    assert url("send-back", agreed, update.pk) not in page_of(client, agreed)
    answer = client.post(url("send-back", agreed, update.pk), {"comment": "Hm"})

    assert answer.status_code == 422
    assert not CommitmentUpdateReturn.objects.exists()


def test_what_another_commitment_was_asked_is_not_answered_here(
    client: Client, people: People, agreed: Commitment
) -> None:
    other = ChangeFactory(commitment__pair=people.pair)
    update = CommitmentUpdateFactory(commitment__pair=people.pair)
    as_(client, people, "authority_signatory")

    assert client.get(url("change-accept", agreed, other.pk)).status_code == 404
    assert client.get(url("send-back", agreed, update.pk)).status_code == 404


def test_a_closed_commitment_is_among_the_others_of_its_pair(
    client: Client, people: People
) -> None:
    row = ClosedCommitmentFactory(pair=people.pair, title="One way of counting")
    as_(client, people, "board_editor")
    pair = reverse("commitments:pair", args=[people.pair.authority.slug, people.pair.board.slug])

    page = client.get(pair).content.decode()

    assert row.title in page
    assert "Closed" in page
