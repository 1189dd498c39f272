"""The database refuses what must never hold of commitments, whoever writes."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from engagement.models import (
    Commitment,
    CommitmentState,
    CommitmentUpdate,
    PossiblePair,
    Side,
)
from tests.factories.authorities import PairFactory
from tests.factories.engagement_commitments import (
    DECIDED,
    AgreedCommitmentFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
    DeclinedCommitmentFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "wrong", "constraint"),
    [
        (
            CommitmentFactory,
            {"target_date": None, "no_date_reason": ""},
            "commitment_has_a_date_or_a_reason",
        ),
        (CommitmentFactory, {"authority_owner": ""}, "proposer_names_its_owner"),
        (
            CommitmentFactory,
            {"proposed_side": Side.BOARD, "board_owner": ""},
            "proposer_names_its_owner",
        ),
        (AgreedCommitmentFactory, {"board_owner": ""}, "agreed_commitment_has_both_owners"),
        (DeclinedCommitmentFactory, {"declined_reason": ""}, "declined_commitment_says_why"),
        (
            CommitmentUpdateFactory,
            {"status": "constrained", "narrative": ""},
            "update_says_how_it_stands",
        ),
    ],
)
def test_an_incomplete_row_is_refused(factory: Any, wrong: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(**wrong)


@pytest.mark.parametrize("factory", [CommitmentFactory, CommitmentUpdateFactory])
def test_a_form_stores_one_row(factory: Any) -> None:
    key = uuid.uuid4()
    factory(form_key=key)

    with pytest.raises(IntegrityError, match="form_key"), transaction.atomic():
        factory(form_key=key)


def test_an_update_is_never_changed_or_deleted() -> None:
    update = CommitmentUpdateFactory()
    rows = CommitmentUpdate.objects.filter(pk=update.pk)

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        rows.update(narrative="Other words")
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        rows._raw_delete(rows.db)

    assert CommitmentUpdate.objects.get(pk=update.pk).narrative == update.narrative


def test_the_history_keeps_what_a_commitment_was() -> None:
    commitment = CommitmentFactory()

    Commitment.objects.filter(pk=commitment.pk).update(
        state=CommitmentState.AGREED, board_owner="Director"
    )

    states = commitment.history.order_by("pgh_id").values_list("state", flat=True)
    assert list(states)[-1] == CommitmentState.AGREED
    assert CommitmentState.PROPOSED in list(states)


def moved(**wrong: Any) -> Commitment:
    """A commitment that came from another pair, with what is wrong about it."""
    return AgreedCommitmentFactory(
        **{"origin_pair": PairFactory(), "moved_on": DECIDED.date(), **wrong}
    )


def unassigned(**wrong: Any) -> Commitment:
    """A commitment whose pair ended, with what is wrong about it."""
    pair = PairFactory()
    fields = {"pair": pair, "origin_pair": pair, "unassigned": True, "needs_reconfirmation": True}
    return moved(**{**fields, **wrong})


@pytest.mark.parametrize(
    ("make", "wrong", "constraint"),
    [
        (moved, {"moved_on": None}, "moved_commitment_says_whence_and_when"),
        (moved, {"origin_pair": None}, "moved_commitment_says_whence_and_when"),
        (
            moved,
            {"origin_pair": None, "moved_on": None, "needs_reconfirmation": True},
            "reconfirmation_waits_for_a_side",
        ),
        (
            moved,
            {
                "needs_reconfirmation": True,
                "authority_reconfirmed_at": DECIDED,
                "board_reconfirmed_at": DECIDED,
            },
            "reconfirmation_waits_for_a_side",
        ),
        (
            unassigned,
            {"needs_reconfirmation": False},
            "unassigned_commitment_stays_with_its_origin",
        ),
        (
            lambda **fields: unassigned(**{**fields, "origin_pair": PairFactory()}),
            {},
            "unassigned_commitment_stays_with_its_origin",
        ),
    ],
)
def test_a_commitment_says_where_it_came_from_and_waits_for_somebody(
    make: Any, wrong: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(**wrong)


def test_a_pair_is_offered_to_a_commitment_once() -> None:
    row = unassigned()
    offered = PossiblePair.objects.create(commitment=row, pair=PairFactory())

    with (
        pytest.raises(IntegrityError, match="possible_pair_once_a_commitment"),
        transaction.atomic(),
    ):
        PossiblePair.objects.create(commitment=row, pair=offered.pair)
