"""One page updates several commitments; what is not sent stays a draft of whoever typed it."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagement.models import (
    Commitment,
    CommitmentState,
    CommitmentUpdate,
    CommitmentUpdateDraft,
    Side,
)
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.authorities import MembershipFactory, PairFactory
from tests.factories.engagement_commitments import AgreedCommitmentFactory, CommitmentUpdateFactory

pytestmark = pytest.mark.django_db

SCRIPT = {"Accept": "application/json"}
TYPED = "Half a sentence that nobody"


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


@pytest.fixture
def three(people: People) -> list[Commitment]:
    """Commitments of one ICB with three authorities."""
    pairs = [people.pair, *(PairFactory(board=people.pair.board) for _ in range(2))]
    return [
        AgreedCommitmentFactory(pair=pair, title=f"Promise {n}") for n, pair in enumerate(pairs)
    ]


@pytest.fixture
def officer(client: Client, people: People) -> Client:
    client.force_login(people.by_role["board_editor"])
    return client


@pytest.fixture
def url(people: People) -> str:
    return reverse("commitments:board", args=[people.pair.board.slug])


def cards(rows: Sequence[Commitment], *said: dict[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = {"card": [str(row.pk) for row in rows]}
    for row, fields in zip(rows, said, strict=True):
        given = {"status": "", "narrative": "", "form_key": str(uuid.uuid4()), "after": "0"}
        sent |= {f"u-{row.pk}-{name}": value for name, value in (given | fields).items()}
    return sent


MET = {"status": "met"}
HALF = {"narrative": TYPED}
EMPTY: dict[str, Any] = {}


def test_one_is_saved_and_what_is_typed_in_the_others_stays(
    officer: Client, url: str, three: list[Commitment]
) -> None:
    page = officer.post(
        url, cards(three, MET, HALF, EMPTY) | {"save": str(three[0].pk)}, follow=True
    ).content.decode()

    assert CommitmentUpdate.objects.get().commitment == three[0]
    assert CommitmentUpdateDraft.objects.get().commitment == three[1]
    assert "Your update on “Promise 0” is saved." in page
    assert TYPED in page
    assert "Draft of " in page
    assert "2 commitments to update" in page


def test_a_refused_update_keeps_all_that_was_typed(
    officer: Client, url: str, three: list[Commitment]
) -> None:
    sent = cards(three, {"status": "constrained"}, HALF, MET) | {"save": str(three[0].pk)}
    refused = officer.post(url, sent)
    page = refused.content.decode()

    assert refused.status_code == 422
    assert "govuk-error-summary" in page
    assert f'href="#u-{three[0].pk}-narrative"' in page
    assert f'id="u-{three[0].pk}-narrative"' in page
    assert TYPED in page
    assert page.count("govuk-error-message") == 1
    assert page.count(" checked") == 2
    assert CommitmentUpdateDraft.objects.count() == 3
    assert not CommitmentUpdate.objects.exists()


def test_a_draft_is_kept_without_a_script_and_after_signing_out(
    client: Client, people: People, url: str, three: list[Commitment]
) -> None:
    client.force_login(people.by_role["board_editor"])
    kept = client.post(url, cards(three, HALF, EMPTY, EMPTY) | {"draft": str(three[0].pk)})
    client.logout()
    client.force_login(people.by_role["board_editor"])

    assert kept.status_code == 302
    assert kept["Location"].endswith(f"#c-{three[0].pk}")
    assert TYPED in client.get(url).content.decode()
    single = reverse("commitments:update", args=[three[0].pk])
    assert TYPED in client.get(single).content.decode()


def test_nobody_else_sees_a_draft(
    client: Client, people: People, url: str, three: list[Commitment]
) -> None:
    colleague = MembershipFactory(body=people.pair.board, role="editor").user
    client.force_login(people.by_role["board_editor"])
    client.post(url, cards(three, HALF, EMPTY, EMPTY) | {"draft": ""})

    for person in (colleague, *people.by_role.values()):
        if person != people.by_role["board_editor"]:
            client.force_login(person)
            for page in (
                url,
                reverse("commitments:update", args=[three[0].pk]),
                reverse("commitments:detail", args=[three[0].pk]),
            ):
                assert TYPED not in client.get(page).content.decode()


def test_a_draft_is_thrown_away_and_the_others_are_kept(
    officer: Client, url: str, three: list[Commitment]
) -> None:
    officer.post(url, cards(three, HALF, HALF, EMPTY) | {"draft": ""})
    officer.post(url, cards(three, HALF, HALF, EMPTY) | {"throw_away": str(three[0].pk)})

    assert CommitmentUpdateDraft.objects.get().commitment == three[1]


def test_the_script_keeps_drafts_and_is_told_when(
    officer: Client, url: str, three: list[Commitment]
) -> None:
    reply = officer.post(url, cards(three, HALF, EMPTY, EMPTY), headers=SCRIPT).json()

    assert reply["state"] == "saved"
    assert reply["words"].startswith("Draft kept at ")
    assert reply["session_ends"]
    assert CommitmentUpdateDraft.objects.get().narrative == TYPED


def test_a_stale_draft_shows_both_texts(officer: Client, url: str, three: list[Commitment]) -> None:
    officer.post(url, cards(three, HALF, EMPTY, EMPTY) | {"draft": ""})
    CommitmentUpdateFactory(
        commitment=three[0],
        side=Side.BOARD,
        status="constrained",
        narrative="A colleague’s words",
        at=timezone.now() - timedelta(days=400),
    )

    for page in (url, reverse("commitments:update", args=[three[0].pk])):
        shown = officer.get(page).content.decode()
        assert "Your side has given another update since you began" in shown
        assert "The update given: Constrained" in shown
        assert "A colleague’s words" in shown
        assert TYPED in shown


@pytest.mark.parametrize("single", [True, False])
def test_an_update_is_compared_with_one_that_was_given_meanwhile(
    officer: Client, url: str, three: list[Commitment], single: bool
) -> None:
    key = str(uuid.uuid4())
    newer = CommitmentUpdateFactory(commitment=three[0], side=Side.BOARD, narrative="Theirs")
    fields = {"status": "met", "narrative": TYPED, "form_key": key, "after": "0"}

    def send(after: str) -> Any:
        said = fields | {"after": after}
        if single:
            return officer.post(
                reverse("commitments:update", args=[three[0].pk]), said | {"save": "1"}
            )
        return officer.post(url, cards(three, said, EMPTY, EMPTY) | {"save": str(three[0].pk)})

    refused = send("0")
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "The update given: On track" in page
    assert "Theirs" in page
    assert TYPED in page
    assert f'value="{newer.pk}"' in page
    assert send(str(newer.pk)).status_code == 302
    assert three[0].updates.count() == 2


def test_a_commitment_that_was_closed_meanwhile_shows_what_was_typed(
    officer: Client, url: str, three: list[Commitment]
) -> None:
    Commitment.objects.filter(pk=three[0].pk).update(state=CommitmentState.CLOSING)

    for asked in ({"save": str(three[0].pk)}, {"draft": ""}, {"save": str(three[1].pk)}):
        shown = officer.post(url, cards(three, HALF, MET, EMPTY) | asked)
        assert shown.status_code == 409
        assert "takes no updates any more" in shown.content.decode()
        assert TYPED in shown.content.decode()
    assert CommitmentUpdate.objects.get().commitment == three[1]
    assert not CommitmentUpdateDraft.objects.filter(commitment=three[0]).exists()


def test_sent_twice_it_is_stored_once(officer: Client, url: str, three: list[Commitment]) -> None:
    sent = cards(three, MET, EMPTY, EMPTY) | {"save": str(three[0].pk)}

    assert [officer.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert CommitmentUpdate.objects.count() == 1


def test_a_card_of_another_body_is_no_card_of_this_page(
    officer: Client, url: str, three: list[Commitment]
) -> None:
    foreign = AgreedCommitmentFactory()
    sent = cards([*three, foreign], EMPTY, EMPTY, EMPTY, MET)

    assert officer.post(url, sent | {"save": str(foreign.pk)}).status_code == 404
    assert officer.post(url, sent | {"draft": ""}).status_code == 302
    assert officer.post(url, {"card": "no-key", "save": "no-key"}).status_code == 404
    assert not CommitmentUpdate.objects.exists()
    assert not CommitmentUpdateDraft.objects.exists()


def test_only_people_of_the_body_write(
    client: Client, people: People, url: str, three: list[Commitment]
) -> None:
    for who, status in (("analyst", 403), ("authority_editor", 404), ("other_board_editor", 404)):
        client.force_login(people.by_role[who])
        sent = cards(three, MET, EMPTY, EMPTY) | {"save": str(three[0].pk)}
        assert client.post(url, sent).status_code == status, who
    assert not CommitmentUpdate.objects.exists()


def test_what_is_typed_when_the_session_is_over_stands_in_the_form_again(
    client: Client, people: People, url: str, three: list[Commitment]
) -> None:
    client.force_login(people.by_role["board_editor"])
    page = client.get(url).content.decode()
    word = page.split('name="typed_by" value="')[1].split('"')[0]
    client.logout()
    client.post(url, cards(three, HALF, EMPTY, EMPTY) | {"draft": "", "typed_by": word})
    client.force_login(people.by_role["board_editor"])

    assert TYPED in client.get(url).content.decode()


def test_the_single_form_keeps_a_draft_by_button_and_by_itself(
    officer: Client, three: list[Commitment]
) -> None:
    page = reverse("commitments:update", args=[three[0].pk])
    fields = {"status": "", "narrative": TYPED, "form_key": str(uuid.uuid4()), "after": "0"}

    assert officer.post(page, fields | {"draft": "1"}).status_code == 302
    assert TYPED in officer.get(page).content.decode()
    assert officer.post(page, fields, headers=SCRIPT).json()["state"] == "saved"
    assert officer.post(page, fields | {"throw_away": "1"}).status_code == 302
    assert TYPED not in officer.get(page).content.decode()
    Commitment.objects.filter(pk=three[0].pk).update(state=CommitmentState.CLOSING)
    assert officer.post(page, fields, headers=SCRIPT).json()["state"] == "locked"
    by_hand = officer.post(page, fields | {"draft": "1"})
    assert by_hand.status_code == 422
    assert TYPED in by_hand.content.decode()
