"""The pair page's part about commitments: words to insiders, a count to everybody else."""

from typing import Any

import pgtrigger
import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import timezone

from engagement.models import Commitment
from engagement.views.pair_commitments import commitments_block
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.commitment_terms import MoneyFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ClosedCommitmentFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
    DeclinedCommitmentFactory,
)

pytestmark = pytest.mark.django_db

CANARY = "canary-9d20"
READERS = {
    *("authority_editor", "authority_signatory", "board_editor", "board_signatory"),
    *("analyst", "moderator", "lead_analyst", "administrator"),
}


@pytest.fixture
def people() -> People:
    made = people_of_a_pair()
    AgreedCommitmentFactory(pair=made.pair, title=f"Agreed {CANARY}")
    CommitmentFactory(pair=made.pair, title=f"Offer {CANARY}")
    DeclinedCommitmentFactory(pair=made.pair, declined_reason=f"Reason {CANARY}")
    return made


def drawn(visitor: Any, people: People) -> str:
    block = commitments_block(visitor, pair=people.pair, on=timezone.localdate())
    return render_to_string("engagement/_pair_commitments.html", {"block": block})


def test_only_insiders_read_the_words_and_others_read_the_count(people: People) -> None:
    for who, visitor in {"anonymous": AnonymousUser(), **people.by_role}.items():
        page = drawn(visitor, people)

        assert (CANARY in page) is (who in READERS), who
        assert ("have agreed 1 commitment." in page) is (who not in READERS), who


def test_what_both_published_is_read_by_everybody_and_nothing_else_of_it(people: People) -> None:
    row = AgreedCommitmentFactory(
        pair=people.pair,
        title="Warm 4,000 homes",
        theme="housing",
        description=f"Description {CANARY}",
        authority_owner=f"Owner {CANARY}",
        visibility="public",
    )
    MoneyFactory(commitment=row, purpose=f"Money {CANARY}")
    CommitmentUpdateFactory(commitment=row, narrative=f"Update {CANARY}")
    ClosedCommitmentFactory(pair=people.pair, title="Name 12 contacts", visibility="public")
    CommitmentFactory(pair=people.pair, title=f"Offer {CANARY}", visibility="public")
    DeclinedCommitmentFactory(pair=people.pair, title=f"Declined {CANARY}", visibility="public")

    for visitor in (AnonymousUser(), people.by_role["other_board_editor"]):
        page = drawn(visitor, people)

        assert CANARY not in page
        assert "Warm 4,000 homes" in page
        assert "Due 31 March 2027. Theme: Housing." in page
        assert "Ended as met on 20 November 2026." in page
        assert "have agreed 3 commitments. They have published 2 of them." in page


def test_only_people_of_the_bodies_are_asked_to_propose(people: People) -> None:
    assert "propose one" in drawn(people.by_role["board_editor"], people)
    assert "propose one" not in drawn(people.by_role["analyst"], people)
    assert "propose one" not in drawn(AnonymousUser(), people)


def test_a_pair_without_commitments_says_so(people: People) -> None:
    with pgtrigger.ignore():
        Commitment.objects.filter(pair=people.pair).delete()

    assert "have agreed no commitments yet" in drawn(AnonymousUser(), people)
    assert "There are no commitments yet." in drawn(people.by_role["board_editor"], people)
