"""The database keeps the money of a commitment, and what it may be linked with."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from authorities.models import Pair
from duty.models import AgreementParty
from engagement.models import Commitment, CommitmentDescription, CommitmentMoney, Side
from tests.factories.authorities import PairFactory, UserFactory
from tests.factories.commitment_terms import MoneyFactory, agreed_outcome, agreement_of
from tests.factories.engagement_commitments import (
    DECIDED,
    AgreedCommitmentFactory,
    ChangeFactory,
    ClosedCommitmentFactory,
    CommitmentFactory,
    DeclinedCommitmentFactory,
)
from tests.factories.frameworks import FrameworkVersionFactory, TheoryItemFactory

pytestmark = pytest.mark.django_db


def refused(words: str) -> Any:
    return pytest.raises(DatabaseError, match=words)


@pytest.mark.parametrize("field", ["stage", "theme", "resources", "visibility"])
def test_what_is_chosen_is_one_of_the_choices(field: str) -> None:
    with (
        pytest.raises(IntegrityError, match="commitment_choices_are_known"),
        transaction.atomic(),
    ):
        CommitmentFactory(**{field: "wrong"})


def test_a_change_asks_for_readers_that_there_are() -> None:
    with (
        pytest.raises(IntegrityError, match="change_visibility_is_known"),
        transaction.atomic(),
    ):
        ChangeFactory(visibility="wrong")


def test_a_commitment_is_linked_with_an_agreement_of_both_sides() -> None:
    row = AgreedCommitmentFactory()
    theirs = agreement_of(PairFactory(authority=row.pair.authority))
    others = agreement_of(PairFactory(board=row.pair.board))
    change = Commitment.objects.filter(pk=row.pk)

    for wrong in (theirs, others):
        with refused("the agreement is not one of both sides"), transaction.atomic():
            change.update(agreement=wrong)
    with refused("the agreement is not one of both sides"), transaction.atomic():
        CommitmentFactory(pair=row.pair, agreement=theirs)

    assert change.update(agreement=agreement_of(row.pair)) == 1


def _draft(pair: Pair) -> Any:
    version = FrameworkVersionFactory(framework__authority=pair.authority)
    version.framework.partners.create(pair=pair)
    return TheoryItemFactory(framework_version=version)


@pytest.mark.parametrize(
    "wrong",
    [
        _draft,
        lambda pair: agreed_outcome(pair, kind="output"),
        lambda pair: agreed_outcome(PairFactory(authority=pair.authority)),
        lambda pair: agreed_outcome(PairFactory(board=pair.board)),
    ],
)
def test_a_commitment_is_linked_with_an_outcome_that_both_agreed(wrong: Any) -> None:
    row = AgreedCommitmentFactory()
    item = wrong(row.pair)

    with refused("the outcome is not one that both sides agreed"), transaction.atomic():
        Commitment.objects.filter(pk=row.pk).update(framework_outcome=item)


def test_an_outcome_in_force_of_both_can_be_linked() -> None:
    row = AgreedCommitmentFactory()

    row.framework_outcome = agreed_outcome(row.pair)
    row.save()

    assert Commitment.objects.get(pk=row.pk).framework_outcome == row.framework_outcome


def test_a_link_stays_when_a_party_leaves_and_the_commitment_moves() -> None:
    row = AgreedCommitmentFactory()
    change = Commitment.objects.filter(pk=row.pk)
    change.update(agreement=agreement_of(row.pair), framework_outcome=agreed_outcome(row.pair))
    AgreementParty.objects.update(left_at="2030-01-01T00:00Z")

    assert change.update(pair=PairFactory(), title="Other words") == 1


def test_a_description_is_never_changed_or_deleted() -> None:
    made = CommitmentDescription.objects.create(
        commitment=AgreedCommitmentFactory(),
        side=Side.BOARD,
        before={"stage": ""},
        after={"stage": "input"},
        at=DECIDED,
        by=UserFactory(),
    )

    with refused("Cannot update or delete"), transaction.atomic():
        CommitmentDescription.objects.filter(pk=made.pk).update(side=Side.AUTHORITY)
    with refused("Cannot update or delete"), transaction.atomic():
        made.delete()


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"amount": -1}, "commitment_money_is_not_negative"),
        ({"source": ""}, "commitment_money_says_whence_and_when"),
        ({"source": "lottery"}, "commitment_money_says_whence_and_when"),
        ({"prevention": ""}, "commitment_money_says_whence_and_when"),
        ({"year": 1999}, "commitment_money_says_whence_and_when"),
        ({"superseded_at": DECIDED}, "commitment_money_ends_once_and_says_how"),
        ({"withdrawn_reason": "Wrong"}, "commitment_money_ends_once_and_says_how"),
    ],
)
def test_money_says_all_that_it_must(wrong: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        MoneyFactory(**wrong)


def test_money_that_ended_was_either_corrected_or_withdrawn() -> None:
    line, other = MoneyFactory(), MoneyFactory()
    ended = {"superseded_at": DECIDED, "superseded_by": UserFactory()}

    for more in ({}, {"replaced_by": other, "withdrawn_reason": "Wrong"}):
        with (
            pytest.raises(IntegrityError, match="commitment_money_ends_once_and_says_how"),
            transaction.atomic(),
        ):
            CommitmentMoney.objects.filter(pk=line.pk).update(**ended, **more)


def test_a_side_states_money_of_a_source_year_and_kind_once() -> None:
    line = MoneyFactory()

    with (
        pytest.raises(IntegrityError, match="commitment_money_current_once"),
        transaction.atomic(),
    ):
        MoneyFactory(commitment=line.commitment)

    for more in ({"side": Side.BOARD}, {"source": "icb"}, {"year": 2027}, {"prevention": "no"}):
        MoneyFactory(commitment=line.commitment, **more)


def test_money_stays_as_it_was_stated() -> None:
    line = MoneyFactory()
    row = CommitmentMoney.objects.filter(pk=line.pk)

    with refused("money of a commitment stays as it was written"), transaction.atomic():
        row.update(amount=1)
    with refused("commitment_money_never_deleted|Cannot delete rows"), transaction.atomic():
        row.delete()
    row.update(superseded_at=DECIDED, superseded_by=UserFactory(), withdrawn_reason="Stated twice")
    with refused("money of a commitment stays as it was written"), transaction.atomic():
        row.update(superseded_at=None, superseded_by=None, withdrawn_reason="")


@pytest.mark.parametrize("factory", [ClosedCommitmentFactory, DeclinedCommitmentFactory])
def test_money_is_frozen_with_its_commitment(factory: Any) -> None:
    words = "the money of what is declined or closed is frozen"
    settled = factory()
    with refused(words), transaction.atomic():
        MoneyFactory(commitment=settled)


def test_stated_money_is_frozen_when_its_commitment_closes() -> None:
    line = MoneyFactory()
    row = Commitment.objects.filter(pk=line.commitment_id)
    row.update(state="closing")
    row.update(state="closed", final_status="met", closed_at=DECIDED)

    with (
        refused("the money of what is declined or closed is frozen"),
        transaction.atomic(),
    ):
        CommitmentMoney.objects.filter(pk=line.pk).update(
            superseded_at=DECIDED, superseded_by=UserFactory(), withdrawn_reason="Stated twice"
        )
