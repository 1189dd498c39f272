"""Wrong steps of commitments are refused with a reason, and what was typed stays."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import PairOverlap
from engagement.models import Commitment, CommitmentState
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.authorities import between
from tests.factories.engagement_commitments import AgreedCommitmentFactory, CommitmentFactory

pytestmark = pytest.mark.django_db

KEY = "11111111-1111-4111-8111-111111111111"
PROPOSAL = {
    "title": "Fund two posts",
    "description": "Each side pays for one.",
    "specification": "health-team",
    "own_owner": "Head of health",
    "lead": "both",
    "timing": "no_date",
    "no_date_reason": "It depends on the budget.",
    "theme": "housing",
    "form_key": KEY,
}


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


def refused(client: Client, url: str, said: dict[str, Any]) -> str:
    """Send a form that is refused, and return the page that says why."""
    answer = client.post(url, said)
    assert answer.status_code == 422
    return answer.content.decode()


def propose_url(people: People) -> str:
    slugs = [people.pair.authority.slug, people.pair.board.slug]
    return reverse("commitments:propose", args=slugs)


def test_a_side_cannot_confirm_its_own_proposal(client: Client, people: People) -> None:
    row = CommitmentFactory(pair=people.pair)
    client.force_login(people.by_role["authority_signatory"])

    page = refused(client, reverse("commitments:confirm", args=[row.pk]), {"owner": "Our head"})

    assert "Your side proposed this commitment, so the other side answers it." in page
    assert 'value="Our head"' in page
    assert Commitment.objects.get().state == CommitmentState.PROPOSED


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"no_date_reason": ""}, "Say why there is no date"),
        ({"timing": "date"}, "Enter the date by which it will be done"),
        ({"own_owner": " "}, "Enter the role that owns it on your side"),
        ({"theme": "weather"}, "weather is not one of the available choices"),
        ({"agreement": KEY}, "That choice is not one of the available choices"),
    ],
)
def test_a_proposal_that_is_not_whole_is_refused_at_its_field(
    client: Client, people: People, wrong: dict[str, str], words: str
) -> None:
    client.force_login(people.by_role["authority_editor"])

    page = refused(client, propose_url(people), {**PROPOSAL, **wrong})

    assert words in page
    assert 'value="Fund two posts"' in page
    assert "Each side pays for one." in page
    assert not Commitment.objects.exists()


def test_bodies_that_share_no_people_any_more_promise_nothing_new(
    client: Client, people: People
) -> None:
    PairOverlap.objects.filter(pair=people.pair).update(
        valid=between(date(2020, 4, 1), date(2021, 4, 1))
    )
    client.force_login(people.by_role["authority_editor"])

    page = refused(client, propose_url(people), PROPOSAL)

    assert "These two bodies serve no area together any more" in page
    assert 'value="Fund two posts"' in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"final_status": "", "ending": "It is done."}, "Select how it ended"),
        ({"final_status": "on_track", "ending": "It is done."}, "Select a valid choice"),
        ({"final_status": "met", "ending": ""}, "Say how it ended"),
    ],
)
def test_a_commitment_is_not_closed_without_saying_how(
    client: Client, people: People, said: dict[str, str], words: str
) -> None:
    row = AgreedCommitmentFactory(pair=people.pair)
    client.force_login(people.by_role["board_editor"])

    page = refused(client, reverse("commitments:close", args=[row.pk]), {**said, "form_key": KEY})

    assert words in page
    assert said["ending"] in page
    assert Commitment.objects.get().state == CommitmentState.AGREED
