"""A pair in two pages: who may have them, what they say, and the document."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from engagement.models import CommitmentState, Side
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ChangeFactory,
    ClosureFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
)

pytestmark = pytest.mark.django_db

READERS = {
    *("authority_editor", "authority_signatory", "board_editor", "board_signatory"),
    *("analyst", "moderator", "lead_analyst", "administrator"),
}


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


def answer(people: People, who: str, name: str = "summary") -> tuple[int, bytes]:
    client = Client()
    if who != "anonymous":
        client.force_login(people.by_role[who])
    pair = people.pair
    answered = client.get(
        reverse(f"commitments:{name}", args=[pair.authority.slug, pair.board.slug])
    )
    return answered.status_code, answered.content


def text(people: People, who: str = "board_editor") -> str:
    return answer(people, who)[1].decode()


def pages(people: People) -> list[str]:
    status, content = answer(people, "board_editor", "summary-pdf")
    assert status == 200
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("name", ["summary", "summary-pdf"])
def test_both_bodies_and_the_centre_have_it_and_nobody_else(people: People, name: str) -> None:
    for who in ("anonymous", *people.by_role):
        status, _ = answer(people, who, name)

        assert (status == 200) is (who in READERS), who


def test_it_says_how_commitments_stand_in_the_view_of_both(people: People) -> None:
    now = timezone.now()
    agreed = AgreedCommitmentFactory(pair=people.pair, title="Warm homes", decided_at=now)
    CommitmentUpdateFactory(commitment=agreed, at=now)
    CommitmentUpdateFactory(commitment=agreed, side=Side.BOARD, status="constrained", at=now)
    CommitmentFactory(pair=people.pair, title="An offer")

    page = text(people)

    assert "Warm homes" in page
    assert "On track, " in page
    assert "Constrained, " in page
    assert "An offer" in page
    assert page.count("1 of 2") == 1
    assert page.count("1 of 1") == 1


def test_what_is_due_names_who_has_to_do_it(people: People) -> None:
    soon = timezone.localdate() + timedelta(days=30)
    over = timezone.localdate() - timedelta(days=2)
    CommitmentFactory(pair=people.pair, title="An offer")
    AgreedCommitmentFactory(pair=people.pair, title="Soon", target_date=soon)
    AgreedCommitmentFactory(pair=people.pair, title="Long ago", target_date=over)
    ChangeFactory(commitment=AgreedCommitmentFactory(pair=people.pair, title="Later, please"))
    ClosureFactory(
        commitment=AgreedCommitmentFactory(
            pair=people.pair, title="Done", state=CommitmentState.CLOSING
        )
    )

    said = text(people).partition("What is due")[2]

    assert "an answer to a proposal, “An offer”" in said
    assert "an answer to a change, “Later, please”" in said
    assert "an answer to a closure, “Done”" in said
    assert "“Soon”" in said
    assert "Past its date" in said
    assert "an update on 3 commitments" in said


def test_a_pair_with_nothing_yet_says_so(people: People) -> None:
    page = text(people)

    assert "No placement of this pair is published yet." in page
    assert "The two have not agreed an outcomes framework yet." in page
    assert "Nothing is due in the next three months." in page


def test_the_document_is_tagged_has_the_same_words_and_two_pages_at_most(people: People) -> None:
    for number in range(30):
        commitment = AgreedCommitmentFactory(
            pair=people.pair,
            title=f"{number} {'a promise with a title as long as one may be ' * 4}"[:200],
            target_date=date(2027, 1, 1),
        )
        ChangeFactory(commitment=commitment)
        for side in Side:
            CommitmentUpdateFactory(
                commitment=commitment, side=side, at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
            )
    _, content = answer(people, "board_editor", "summary-pdf")
    made = PdfReader(io.BytesIO(content))
    found = pages(people)

    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert made.trailer["/Root"]["/Lang"] == "en-GB"
    assert len(found) <= 2
    assert "And 20 more, which the site lists." in " ".join(found)
    assert "What is due" in " ".join(found)
