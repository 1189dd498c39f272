"""What ICBs have confirmed is shown beside a return, and holds no step of it up."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import IntegratedCareBoard, Pair
from duty.lifecycle import ReturnState
from duty.presenters.board_signatures import board_lines
from engagement.models import Side
from tests.factories.duty import ReturnStory, send, submit, tell_return
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    CommitmentFactory,
    DeclinedCommitmentFactory,
)

pytestmark = pytest.mark.django_db

ASKED = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def story() -> ReturnStory:
    return tell_return()


def pair_of(story: ReturnStory) -> Pair:
    found: Pair = Pair.objects.get(authority=story.authority, board=story.boards[0])
    return found


def page(client: Client, story: ReturnStory, name: str) -> str:
    client.force_login(story.signatory)
    response = client.get(reverse(f"duty:{name}", args=[story.round.slug, story.authority.slug]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_line_counts_what_was_confirmed_and_what_awaits_whose_answer(
    story: ReturnStory,
) -> None:
    pair = pair_of(story)
    AgreedCommitmentFactory.create_batch(2, pair=pair)
    CommitmentFactory(pair=pair, proposed_at=ASKED)
    CommitmentFactory(pair=pair, proposed_side=Side.BOARD, board_owner="Director")
    DeclinedCommitmentFactory(pair=pair)
    AgreedCommitmentFactory()
    other = IntegratedCareBoard.objects.exclude(pk=pair.board_id).first()
    assert other is not None

    lines = board_lines(
        authority_id=story.authority.pk, boards={pair.board.slug: "NHS One", other.slug: "NHS Two"}
    )

    assert lines == (
        (
            "NHS One: 2 of 4 joint commitments confirmed, 1 awaits its answer since "
            "3 March 2026, 1 awaits the authority’s answer"
        ),
        "NHS Two: no joint commitments",
    )


def test_one_query_whatever_there_is(story: ReturnStory, django_assert_num_queries: Any) -> None:
    pair = pair_of(story)
    AgreedCommitmentFactory.create_batch(3, pair=pair)

    boards = {pair.board.slug: "NHS One", "none": "NHS None"}

    with django_assert_num_queries(1):
        board_lines(authority_id=story.authority.pk, boards=boards)


def test_a_return_is_signed_though_an_icb_has_confirmed_nothing(
    client: Client, story: ReturnStory
) -> None:
    CommitmentFactory(pair=pair_of(story), proposed_at=ASKED)
    words = "0 of 1 joint commitment confirmed, 1 awaits its answer since 3 March 2026"

    assert words in page(client, story, "return-check")
    send(story)
    sign_off = page(client, story, "return-sign-off")
    assert words in sign_off
    assert "The return does not wait for it." in sign_off


def test_the_receipt_shows_it_too(client: Client, story: ReturnStory) -> None:
    CommitmentFactory(pair=pair_of(story), proposed_at=ASKED)

    submit(story)

    story.duty_return.refresh_from_db()
    assert story.duty_return.state == ReturnState.SUBMITTED
    assert "0 of 1 joint commitment confirmed" in page(client, story, "return-submitted")
