"""The database itself keeps owners to people of the side's own body."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from authorities.models import Pair
from engagement.models import Commitment, CommitmentOwner, Side
from tests.factories.authorities import MembershipFactory, PairFactory, UserFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ClosedCommitmentFactory,
    DeclinedCommitmentFactory,
)

pytestmark = pytest.mark.django_db

_STRANGE = "an owner has a role at the body of the side"
_FROZEN = "owners of what is declined or closed are frozen"


@pytest.fixture
def pair() -> Pair:
    made: Pair = PairFactory()
    return made


def owned(row: Commitment, side: Side = Side.BOARD) -> CommitmentOwner:
    body = row.pair.board if side == Side.BOARD else row.pair.authority
    person = MembershipFactory(body=body).user
    return CommitmentOwner.objects.create(commitment=row, side=side, person=person)


def test_each_side_names_one_of_its_own(pair: Pair) -> None:
    row = AgreedCommitmentFactory(pair=pair)

    assert {owned(row, side).side for side in Side} == set(Side)
    with pytest.raises(IntegrityError, match="commitment_owner_once_a_side"):
        owned(row, Side.BOARD)


def test_nobody_of_another_body_is_an_owner(pair: Pair) -> None:
    row = AgreedCommitmentFactory(pair=pair)
    other = MembershipFactory(body=pair.authority).user

    with pytest.raises(IntegrityError, match=_STRANGE):
        CommitmentOwner.objects.create(commitment=row, side=Side.BOARD, person=other)


@pytest.mark.parametrize("changed", ["person", "side"])
def test_nobody_of_another_body_becomes_one(pair: Pair, changed: str) -> None:
    held = owned(AgreedCommitmentFactory(pair=pair))
    value = UserFactory() if changed == "person" else Side.AUTHORITY

    with pytest.raises(IntegrityError, match=_STRANGE):
        CommitmentOwner.objects.filter(pk=held.pk).update(**{changed: value})


@pytest.mark.parametrize(("ends", "holds"), [(-1, False), (1, True)])
def test_a_role_counts_until_its_end(pair: Pair, ends: int, holds: bool) -> None:
    row = AgreedCommitmentFactory(pair=pair)
    now: datetime = timezone.now()
    person = MembershipFactory(body=pair.board, ended_at=now + timedelta(hours=ends)).user

    if holds:
        CommitmentOwner.objects.create(commitment=row, side=Side.BOARD, person=person)
    else:
        with pytest.raises(IntegrityError, match=_STRANGE):
            CommitmentOwner.objects.create(commitment=row, side=Side.BOARD, person=person)


@pytest.mark.parametrize("settled", [ClosedCommitmentFactory, DeclinedCommitmentFactory])
def test_what_is_settled_takes_no_owner(pair: Pair, settled: type) -> None:
    with pytest.raises(IntegrityError, match=_FROZEN):
        owned(settled(pair=pair))


@pytest.mark.parametrize("write", ["update", "delete"])
def test_the_owner_of_what_is_settled_stays(pair: Pair, write: str) -> None:
    row = AgreedCommitmentFactory(pair=pair)
    held = owned(row)
    other = MembershipFactory(body=pair.board).user
    for state in ("closing", "closed"):
        values = {"final_status": "met", "closed_at": timezone.now()} if state == "closed" else {}
        Commitment.objects.filter(pk=row.pk).update(state=state, **values)
    rows = CommitmentOwner.objects.filter(pk=held.pk)

    with pytest.raises(IntegrityError, match=_FROZEN):
        rows.update(person=other) if write == "update" else rows.delete()
