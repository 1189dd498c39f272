"""Commitments: who may write what, once, and what the audit keeps."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest

from authorities.models import AuditEvent, Pair
from engagement.actions import commitments
from engagement.commitment_lifecycle import Guard
from engagement.models import (
    Commitment,
    CommitmentState,
    CommitmentStatus,
    CommitmentUpdate,
    Side,
)
from outcomes.models import RecomputeRequest
from tests.engagement.commitment_people import refused
from tests.factories.authorities import PairFactory, UserFactory, between
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    CommitmentFactory,
    DeclinedCommitmentFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def propose(*, pair: Pair, **said: Any) -> Commitment:
    words: dict[str, Any] = {
        "side": Side.AUTHORITY,
        "title": "Share one list",
        "description": "",
        "particulars": commitments.Particulars(specification="co-operation"),
        "own_owner": "Head of health",
        "target_date": date(2027, 3, 31),
        "no_date_reason": "",
        "lead": None,
        "form_key": uuid.uuid4(),
        "by": UserFactory(),
        "at": NOW,
    }
    return commitments.propose(pair=pair, **{**words, **said})


def update(*, commitment: Commitment, **said: Any) -> CommitmentUpdate:
    words: dict[str, Any] = {
        "side": Side.BOARD,
        "status": CommitmentStatus.CONSTRAINED,
        "narrative": "No analyst.",
        "form_key": uuid.uuid4(),
        "by": UserFactory(),
        "at": NOW,
    }
    return commitments.update(commitment=commitment, **{**words, **said})


def test_a_proposal_is_stored_with_its_audit_row_and_asks_for_no_recompute() -> None:
    pair = PairFactory()

    made = propose(pair=pair)

    stored = Commitment.objects.get(pk=made.pk)
    assert (stored.state, stored.authority_owner, stored.board_owner, stored.lead) == (
        CommitmentState.PROPOSED,
        "Head of health",
        "",
        "",
    )
    audited = AuditEvent.objects.get(target_id=str(made.pk))
    assert audited.action == "commitment.proposed"
    assert audited.body_id == pair.authority_id
    assert "Share" not in str(audited.detail)
    assert not RecomputeRequest.objects.exists()


def test_the_board_names_its_own_owner_on_its_own_side() -> None:
    made = propose(pair=PairFactory(), side=Side.BOARD, own_owner="Director", other_owner="Head")

    assert (made.board_owner, made.authority_owner) == ("Director", "Head")


def test_the_same_form_sent_twice_proposes_once() -> None:
    pair, key = PairFactory(), uuid.uuid4()

    first = propose(pair=pair, form_key=key)
    second = propose(pair=pair, form_key=key)

    assert first.pk == second.pk
    assert AuditEvent.objects.filter(action="commitment.proposed").count() == 1


def test_a_form_key_of_another_pair_gives_nothing_away() -> None:
    theirs = propose(pair=PairFactory())

    with pytest.raises(commitments.FormUsedError):
        propose(pair=PairFactory(), form_key=theirs.form_key)

    assert Commitment.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"title": "  "}, commitments.MissingTextError),
        ({"own_owner": " "}, commitments.MissingTextError),
        (
            {"particulars": commitments.Particulars(specification="weather")},
            commitments.UnknownChoiceError,
        ),
        ({"target_date": None}, commitments.DateOrReasonError),
        ({"no_date_reason": "It depends"}, commitments.DateOrReasonError),
        ({"target_date": date(2026, 11, 22)}, commitments.PastDateError),
    ],
)
def test_an_incomplete_proposal_is_refused_and_not_stored(
    said: dict[str, Any], error: type[ValueError]
) -> None:
    pair = PairFactory()

    with pytest.raises(error):
        propose(pair=pair, **said)

    assert not Commitment.objects.exists()


def test_today_is_not_too_late() -> None:
    made = propose(pair=PairFactory(), target_date=date(2026, 11, 23))

    assert made.target_date == date(2026, 11, 23)


def test_a_pair_that_ended_takes_no_new_commitment() -> None:
    pair = PairFactory(overlap__valid=between(date(2022, 7, 1), date(2026, 4, 1)))

    with pytest.raises(commitments.PairEndedError):
        propose(pair=pair)


def test_a_pair_that_is_still_to_come_takes_one() -> None:
    pair = PairFactory(overlap__valid=between(date(2027, 4, 1), date(2030, 4, 1)))

    assert propose(pair=pair).pk is not None


def test_the_other_side_confirms_and_names_its_owner() -> None:
    commitment = CommitmentFactory()

    commitments.confirm(
        commitment=commitment, side=Side.BOARD, owner="Director", by=UserFactory(), at=NOW
    )

    commitment.refresh_from_db()
    assert (commitment.state, commitment.board_owner, commitment.version) == (
        CommitmentState.AGREED,
        "Director",
        2,
    )
    audited = AuditEvent.objects.get(target_id=str(commitment.pk))
    assert (audited.action, audited.body_id) == ("commitment.confirmed", commitment.pair.board_id)


def test_confirming_twice_confirms_once() -> None:
    commitment, signatory = CommitmentFactory(), UserFactory()

    for _ in range(2):
        commitments.confirm(
            commitment=commitment, side=Side.BOARD, owner="Director", by=signatory, at=NOW
        )

    assert AuditEvent.objects.filter(action="commitment.confirmed").count() == 1


def test_nobody_answers_their_own_side_s_proposal() -> None:
    commitment = CommitmentFactory(proposed_side=Side.AUTHORITY)

    with refused(None):
        commitments.confirm(
            commitment=commitment, side=Side.AUTHORITY, owner="Us", by=UserFactory(), at=NOW
        )
    with refused(None):
        commitments.decline(
            commitment=commitment, side=Side.AUTHORITY, reason="No", by=UserFactory(), at=NOW
        )

    commitment.refresh_from_db()
    assert commitment.state == CommitmentState.PROPOSED


def test_what_is_declined_cannot_be_confirmed_and_the_other_way_round() -> None:
    declined, agreed = DeclinedCommitmentFactory(), AgreedCommitmentFactory()

    with refused(None):
        commitments.confirm(
            commitment=declined, side=Side.BOARD, owner="Us", by=UserFactory(), at=NOW
        )
    with refused(None):
        commitments.decline(
            commitment=agreed, side=Side.BOARD, reason="No", by=UserFactory(), at=NOW
        )


def test_confirming_needs_an_owner_and_declining_a_reason() -> None:
    commitment = CommitmentFactory()

    with refused(Guard.OWNER_NAMED):
        commitments.confirm(
            commitment=commitment, side=Side.BOARD, owner=" ", by=UserFactory(), at=NOW
        )
    with refused(Guard.REASON_GIVEN):
        commitments.decline(
            commitment=commitment, side=Side.BOARD, reason=" ", by=UserFactory(), at=NOW
        )


def test_declining_keeps_the_reason() -> None:
    commitment, signatory = CommitmentFactory(), UserFactory()

    for _ in range(2):
        commitments.decline(
            commitment=commitment, side=Side.BOARD, reason="No money", by=signatory, at=NOW
        )

    commitment.refresh_from_db()
    assert (commitment.state, commitment.declined_reason) == (CommitmentState.DECLINED, "No money")
    assert AuditEvent.objects.filter(action="commitment.declined").count() == 1


def test_an_update_keeps_the_earlier_ones() -> None:
    commitment = AgreedCommitmentFactory()

    update(commitment=commitment)
    update(commitment=commitment, status=CommitmentStatus.MET, narrative="")

    kept = CommitmentUpdate.objects.filter(commitment=commitment).order_by("pk")
    assert [row.status for row in kept] == ["constrained", "met"]
    audited = AuditEvent.objects.filter(action="commitment.updated")
    assert {row.body_id for row in audited} == {commitment.pair.board_id}


def test_the_same_update_sent_twice_is_stored_once() -> None:
    commitment, key = AgreedCommitmentFactory(), uuid.uuid4()

    first = update(commitment=commitment, form_key=key)
    second = update(commitment=commitment, form_key=key)

    assert first.pk == second.pk
    assert AuditEvent.objects.filter(action="commitment.updated").count() == 1


def test_a_key_used_by_the_other_side_is_refused() -> None:
    commitment, key = AgreedCommitmentFactory(), uuid.uuid4()
    update(commitment=commitment, form_key=key)

    with pytest.raises(commitments.FormUsedError):
        update(commitment=commitment, side=Side.AUTHORITY, form_key=key)


@pytest.mark.parametrize("factory", [CommitmentFactory, DeclinedCommitmentFactory])
def test_only_an_agreed_commitment_takes_updates(factory: Any) -> None:
    commitment = factory()

    with refused(None):
        update(commitment=commitment)

    assert not CommitmentUpdate.objects.exists()


@pytest.mark.parametrize(
    ("status", "needed"),
    [("met", False), ("no_progress", False), ("on_track", True), ("constrained", True)],
)
def test_a_sentence_is_needed_where_the_status_does_not_speak_for_itself(
    status: str, needed: bool
) -> None:
    commitment = AgreedCommitmentFactory()

    if needed:
        with refused(Guard.NARRATIVE_GIVEN):
            update(commitment=commitment, status=CommitmentStatus(status), narrative=" ")
    else:
        update(commitment=commitment, status=CommitmentStatus(status), narrative=" ")

    assert CommitmentUpdate.objects.exists() is not needed
