"""Commitments and updates for tests; every default may be said otherwise."""

import uuid
from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from engagement.models import (
    Commitment,
    CommitmentState,
    CommitmentStatus,
    CommitmentUpdate,
    Side,
)
from tests.factories.authorities import PairFactory, UserFactory

PROPOSED = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)
DECIDED = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)


class CommitmentFactory(DjangoModelFactory):
    """A commitment that the authority proposed and the ICB has not answered."""

    class Meta:
        model = Commitment

    pair = factory.SubFactory(PairFactory)
    title = factory.Sequence(lambda n: f"Share list {n} of people out of work")
    authority_owner = "Head of health"
    target_date = date(2027, 3, 31)
    proposed_side = Side.AUTHORITY
    proposed_at = PROPOSED
    proposed_by = factory.SubFactory(UserFactory)
    form_key = factory.LazyFunction(uuid.uuid4)


class AgreedCommitmentFactory(CommitmentFactory):
    """A commitment that both sides agreed."""

    state = CommitmentState.AGREED
    board_owner = "Director of partnerships"
    decided_at = DECIDED
    decided_by = factory.SubFactory(UserFactory)


class DeclinedCommitmentFactory(CommitmentFactory):
    """A commitment that the ICB turned down."""

    state = CommitmentState.DECLINED
    declined_reason = "There is no money for it this year."
    decided_at = DECIDED
    decided_by = factory.SubFactory(UserFactory)


class CommitmentUpdateFactory(DjangoModelFactory):
    """The authority's word that a commitment is on track."""

    class Meta:
        model = CommitmentUpdate

    commitment = factory.SubFactory(AgreedCommitmentFactory)
    side = Side.AUTHORITY
    status = CommitmentStatus.ON_TRACK
    narrative = "Three councils have signed."
    at = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    by = factory.SubFactory(UserFactory)
    form_key = factory.LazyFunction(uuid.uuid4)
