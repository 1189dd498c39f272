"""What commitments say: the latest of both sides, and what waits for whom."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from engagement.models import CommitmentState, Side
from engagement.queries import commitment_needs, commitments
from tests.factories.authorities import PairFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
    DeclinedCommitmentFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
SINCE = date(2026, 10, 1)


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_the_latest_word_of_each_side_is_shown_and_the_earlier_ones_are_kept() -> None:
    commitment = AgreedCommitmentFactory()
    for day, status in ((1, "on_track"), (20, "constrained"), (10, "met")):
        CommitmentUpdateFactory(commitment=commitment, status=status, at=at(date(2026, 11, day)))
    CommitmentUpdateFactory(commitment=commitment, side=Side.BOARD, status="met", narrative="")

    facts = commitments.commitment_of(commitment=commitment, on=TODAY)

    assert facts.authority_update is not None
    assert facts.board_update is not None
    assert (facts.authority_update.status, facts.board_update.status) == ("constrained", "met")
    assert facts.views_differ
    assert len(commitments.history_of(commitment=commitment)) == 4


def test_two_updates_at_one_instant_show_the_one_stored_last() -> None:
    commitment = AgreedCommitmentFactory()
    CommitmentUpdateFactory(commitment=commitment, status="on_track")
    CommitmentUpdateFactory(commitment=commitment, status="met", narrative="")

    facts = commitments.commitment_of(commitment=commitment, on=TODAY)

    assert facts.authority_update is not None
    assert facts.authority_update.status == "met"


def test_lists_hold_their_own_commitments_only_and_are_paged() -> None:
    pair, other = PairFactory(), PairFactory()
    for _ in range(commitments.PAGE_SIZE + 1):
        AgreedCommitmentFactory(pair=pair)
    CommitmentFactory(pair=other)
    DeclinedCommitmentFactory(pair=pair)

    first = commitments.commitments_of_pair(pair=pair, on=TODAY)
    past_the_end = commitments.commitments_of_board(board=pair.board, on=TODAY, page=99)
    agreed = commitments.commitments_of_authority(
        authority=pair.authority, on=TODAY, states=[CommitmentState.AGREED]
    )

    assert (first.count, first.pages, len(first.rows)) == (22, 2, 20)
    assert (past_the_end.page, len(past_the_end.rows)) == (2, 2)
    assert agreed.count == 21
    assert past_the_end.rows[-1].state == CommitmentState.DECLINED


@pytest.mark.parametrize("side", list(Side))
def test_the_database_and_the_rule_agree_on_what_is_due(side: Side) -> None:
    pair = PairFactory()
    london_midnight = datetime(2026, 9, 30, 23, 0, tzinfo=UTC)
    for status, moment in (
        (None, None),
        ("on_track", london_midnight),
        ("on_track", london_midnight - timedelta(seconds=1)),
        ("met", london_midnight - timedelta(days=90)),
        ("constrained", at(TODAY)),
    ):
        commitment = AgreedCommitmentFactory(pair=pair)
        if status is not None:
            CommitmentUpdateFactory(commitment=commitment, side=side, status=status, at=moment)
    body = pair.authority if side == Side.AUTHORITY else pair.board

    needs = commitment_needs.needs_of(body_ids=[body.pk], side=side, since=SINCE, on=TODAY)[body.pk]
    listed = commitment_needs.open_commitments(
        body_id=body.pk, side=side, since=SINCE, on=TODAY
    ).rows

    due = [facts.update_is_due(side=side, since=SINCE) for facts in listed]
    assert due == [True, True, False, False, False]
    assert (needs.update, needs.nothing, needs.agreed) == (2, 3, 5)


def test_a_proposal_waits_for_the_side_that_did_not_make_it() -> None:
    pair = PairFactory()
    CommitmentFactory(pair=pair, proposed_side=Side.AUTHORITY)

    boards = commitment_needs.needs_of(
        body_ids=[pair.board_id], side=Side.BOARD, since=SINCE, on=TODAY
    )
    authorities = commitment_needs.needs_of(
        body_ids=[pair.authority_id], side=Side.AUTHORITY, since=SINCE, on=TODAY
    )

    assert (boards[pair.board_id].answer, boards[pair.board_id].other_answers) == (1, 0)
    waiting = authorities[pair.authority_id]
    assert (waiting.answer, waiting.other_answers) == (0, 1)


@pytest.mark.parametrize(("number", "queries"), [(1, 5), (15, 5)])
def test_a_list_asks_the_same_number_of_queries_however_long_it_is(
    number: int, queries: int, django_assert_num_queries: Any
) -> None:
    pair = PairFactory()
    for _ in range(number):
        CommitmentUpdateFactory(commitment__pair=pair)

    with django_assert_num_queries(queries):
        commitments.commitments_of_pair(pair=pair, on=TODAY)


def test_silence_is_counted_from_the_agreement_or_the_last_word() -> None:
    silent = AgreedCommitmentFactory(decided_at=at(date(2026, 5, 1)))
    proposed = CommitmentFactory(proposed_at=at(date(2025, 1, 1)))
    CommitmentUpdateFactory(commitment=silent, side=Side.BOARD, at=at(date(2026, 6, 1)))

    facts = commitments.commitment_of(commitment=silent, on=TODAY)
    offer = commitments.commitment_of(commitment=proposed, on=TODAY)

    assert facts.is_stale(side=Side.AUTHORITY, on=TODAY)
    assert not facts.is_stale(side=Side.BOARD, on=TODAY)
    assert not offer.is_stale(side=Side.BOARD, on=TODAY)


def test_what_is_overdue_is_counted_beside_what_it_asks() -> None:
    pair = PairFactory()
    AgreedCommitmentFactory(pair=pair, target_date=TODAY - timedelta(days=1))
    AgreedCommitmentFactory(pair=pair, target_date=TODAY)
    CommitmentFactory(pair=pair, target_date=TODAY - timedelta(days=1))
    AgreedCommitmentFactory(
        pair=pair, target_date=TODAY - timedelta(days=1), state=CommitmentState.CLOSING
    )

    for side, body in ((Side.AUTHORITY, pair.authority_id), (Side.BOARD, pair.board_id)):
        needs = commitment_needs.needs_of(body_ids=[body], side=side, since=SINCE, on=TODAY)[body]

        assert (needs.overdue, needs.update) == (1, 2)
