"""Choosing the pair for a commitment without one, and confirming again what came from another."""

import pytest
from django.utils import timezone

from authorities.models import AuditEvent
from engagement.actions import commitment_succession, commitments
from engagement.commitment_lifecycle import Guard
from engagement.models import Commitment, CommitmentStatus, PossiblePair, Side
from tests.engagement.commitment_people import refused
from tests.factories import reorganisations as change
from tests.factories.authorities import UserFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    CommitmentFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unassigned() -> Commitment:
    """A commitment whose pair, South and Mid, is followed by two."""
    change.small_country()
    row: Commitment = AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    change.applied(change.mid_splits())
    row.refresh_from_db()
    return row


@pytest.fixture
def moved() -> Commitment:
    """A commitment that came from South and Mid to the pair that follows."""
    change.small_country()
    row: Commitment = AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    change.applied(change.boards_merge())
    row.refresh_from_db()
    return row


def assign(row: Commitment, pair: str) -> Commitment:
    chosen = change.pair("south", pair)
    return commitment_succession.assign(
        commitment=row,
        pair=chosen,
        side=Side.BOARD,
        body=chosen.board,
        by=UserFactory(),
        at=timezone.now(),
    )


def reconfirm(row: Commitment, side: Side) -> Commitment:
    return commitments.reconfirm(commitment=row, side=side, by=UserFactory(), at=timezone.now())


def test_the_pair_chosen_goes_on_with_it_and_the_others_see_it_no_more(
    unassigned: Commitment,
) -> None:
    done = assign(unassigned, "upper")

    assert (done.pair, done.unassigned) == (change.pair("south", "upper"), False)
    assert done.origin_pair == change.pair("south", "mid")
    assert done.needs_reconfirmation
    assert not PossiblePair.objects.exists()
    event = AuditEvent.objects.get(action="commitment.assigned")
    assert event.body_id == change.pair("south", "upper").board_id


def test_the_same_choice_twice_is_one_and_another_comes_too_late(unassigned: Commitment) -> None:
    assign(unassigned, "upper")

    again = assign(unassigned, "upper")

    assert again.pair == change.pair("south", "upper")
    assert AuditEvent.objects.filter(action="commitment.assigned").count() == 1
    with refused(Guard.UNASSIGNED):
        assign(unassigned, "lower")


def test_a_pair_that_does_not_follow_cannot_be_chosen(unassigned: Commitment) -> None:
    with refused(Guard.FOLLOWS):
        assign(unassigned, "east")


def test_without_a_pair_it_takes_no_updates_answers_or_confirmations() -> None:
    change.small_country()
    agreed: Commitment = AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    proposed: Commitment = CommitmentFactory(pair=change.pair("south", "mid"))
    change.applied(change.mid_splits())
    person, now = UserFactory(), timezone.now()

    with refused(Guard.ASSIGNED):
        reconfirm(agreed, Side.AUTHORITY)
    with refused(Guard.ASSIGNED):
        commitments.confirm(commitment=proposed, side=Side.BOARD, owner="Head", by=person, at=now)
    with refused(Guard.ASSIGNED):
        commitments.decline(commitment=proposed, side=Side.BOARD, reason="No", by=person, at=now)
    with refused(Guard.ASSIGNED):
        commitments.update(
            commitment=agreed,
            side=Side.BOARD,
            status=CommitmentStatus.MET,
            narrative="",
            form_key=agreed.form_key,
            by=person,
            at=now,
        )


def test_the_mark_goes_once_both_sides_have_confirmed_again(moved: Commitment) -> None:
    first = reconfirm(moved, Side.BOARD)
    second = reconfirm(moved, Side.AUTHORITY)

    assert first.needs_reconfirmation
    assert not second.needs_reconfirmation
    assert second.authority_reconfirmed_at
    assert second.board_reconfirmed_at
    assert second.origin_pair == change.pair("south", "mid")
    events = AuditEvent.objects.filter(action="commitment.reconfirmed").order_by("pk")
    assert [event.detail["side"] for event in events] == ["icb", "sa"]


def test_a_side_confirms_again_once(moved: Commitment) -> None:
    once = reconfirm(moved, Side.BOARD).board_reconfirmed_at

    again = reconfirm(moved, Side.BOARD)

    assert again.board_reconfirmed_at == once
    assert again.needs_reconfirmation


def test_what_is_not_marked_cannot_be_confirmed_again() -> None:
    with refused(Guard.WAITS_FOR_THE_SIDE):
        reconfirm(AgreedCommitmentFactory(), Side.BOARD)


def test_an_answer_to_a_proposal_that_moved_is_the_side_s_new_confirmation() -> None:
    change.small_country()
    row = CommitmentFactory(pair=change.pair("south", "mid"))
    change.applied(change.boards_merge())

    agreed = commitments.confirm(
        commitment=row, side=Side.BOARD, owner="Head", by=UserFactory(), at=timezone.now()
    )

    assert agreed.needs_reconfirmation
    assert agreed.board_reconfirmed_at
    assert not reconfirm(row, Side.AUTHORITY).needs_reconfirmation


def test_a_proposal_that_moved_and_is_declined_waits_for_nobody() -> None:
    change.small_country()
    row = CommitmentFactory(pair=change.pair("south", "mid"))
    change.applied(change.boards_merge())

    declined = commitments.decline(
        commitment=row, side=Side.BOARD, reason="No money", by=UserFactory(), at=timezone.now()
    )

    assert not declined.needs_reconfirmation
