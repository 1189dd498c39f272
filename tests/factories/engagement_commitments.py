"""Commitments and updates for tests; every default may be said otherwise."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from engagement.models import (
    Commitment,
    CommitmentChange,
    CommitmentClosure,
    CommitmentState,
    CommitmentStatus,
    CommitmentUpdate,
    CommitmentUpdateDraft,
    Side,
)
from tests.factories.authorities import PairFactory, UserFactory

PROPOSED = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)
DECIDED = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)

# By which states a commitment comes to one.
_STEPS = {
    CommitmentState.AGREED: [CommitmentState.AGREED],
    CommitmentState.CLOSING: [CommitmentState.AGREED, CommitmentState.CLOSING],
    CommitmentState.CLOSED: [
        CommitmentState.AGREED,
        CommitmentState.CLOSING,
        CommitmentState.CLOSED,
    ],
    CommitmentState.DECLINED: [CommitmentState.DECLINED],
}
# What an answer writes, before there is one.
_UNANSWERED: dict[str, Any] = {
    "board_owner": "",
    "decided_at": None,
    "decided_by": None,
    "declined_reason": "",
    "final_status": "",
    "closed_at": None,
}


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


class _AnsweredFactory(CommitmentFactory):
    """A commitment that took its steps: the database lets none begin in another state."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Commitment], *args: Any, **fields: Any) -> Commitment:
        steps = _STEPS[fields.pop("state")]
        made: Commitment = super()._create(model_class, *args, **{**fields, **_UNANSWERED})
        for state in steps:
            later = {name: fields[name] for name in _UNANSWERED if name in fields}
            if state != CommitmentState.CLOSED:
                later |= {"final_status": "", "closed_at": None}
            if state != CommitmentState.DECLINED:
                later["declined_reason"] = ""
            Commitment.objects.filter(pk=made.pk).update(state=state, **later)
        made.refresh_from_db()
        return made


class AgreedCommitmentFactory(_AnsweredFactory):
    """A commitment that both sides agreed."""

    state = CommitmentState.AGREED
    board_owner = "Director of partnerships"
    decided_at = DECIDED
    decided_by = factory.SubFactory(UserFactory)


class ClosedCommitmentFactory(AgreedCommitmentFactory):
    """A commitment that both sides call met, and have closed."""

    state = CommitmentState.CLOSED
    final_status = CommitmentStatus.MET
    closed_at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class DeclinedCommitmentFactory(_AnsweredFactory):
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


class UpdateDraftFactory(DjangoModelFactory):
    """What an officer of the ICB began to say."""

    class Meta:
        model = CommitmentUpdateDraft

    commitment = factory.SubFactory(AgreedCommitmentFactory)
    side = Side.BOARD
    by = factory.SubFactory(UserFactory)
    status = CommitmentStatus.ON_TRACK
    narrative = "Two coaches have"
    saved_at = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
    form_key = factory.LazyFunction(uuid.uuid4)


class ChangeFactory(DjangoModelFactory):
    """A later date that the ICB asked for."""

    class Meta:
        model = CommitmentChange

    commitment = factory.SubFactory(AgreedCommitmentFactory)
    side = Side.BOARD
    reason = "The data agreement came late."
    asked_at = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
    asked_by = factory.SubFactory(UserFactory)
    title = factory.SelfAttribute("commitment.title")
    target_date = date(2027, 9, 30)
    old_title = factory.SelfAttribute("commitment.title")
    old_target_date = factory.SelfAttribute("commitment.target_date")
    form_key = factory.LazyFunction(uuid.uuid4)


class ClosureFactory(DjangoModelFactory):
    """That it is over in the authority's view."""

    class Meta:
        model = CommitmentClosure

    commitment = factory.SubFactory(AgreedCommitmentFactory, state=CommitmentState.CLOSING)
    side = Side.AUTHORITY
    reason = "One list is used by all councils."
    final_status = CommitmentStatus.MET
    asked_at = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
    asked_by = factory.SubFactory(UserFactory)
    form_key = factory.LazyFunction(uuid.uuid4)
