"""What a person typed and did not send is kept for them until it is sent or cannot be."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from authorities.models import AuditEvent, User
from engagement.actions import commitment_answers, commitment_drafts, commitment_succession
from engagement.actions.commitment_drafts import TypedUpdate
from engagement.actions.commitments import UpdateOvertakenError, update
from engagement.commitment_lifecycle import Event
from engagement.models import (
    Commitment,
    CommitmentState,
    CommitmentStatus,
    CommitmentUpdate,
    CommitmentUpdateDraft,
    Side,
)
from engagement.queries.commitment_drafts import drafts_of
from tests.factories.authorities import PairFactory, UserFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ClosedCommitmentFactory,
    ClosureFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
    UpdateDraftFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)


@pytest.fixture
def person() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def commitment() -> Commitment:
    made: Commitment = AgreedCommitmentFactory()
    return made


def typed(**said: Any) -> TypedUpdate:
    return TypedUpdate(
        **{
            "status": "on_track",
            "narrative": "Two coaches",
            "form_key": uuid.uuid4(),
            "after": 0,
            **said,
        }
    )


def keep(commitment: Commitment, by: User, at: datetime = NOW, **said: Any) -> None:
    commitment_drafts.keep(
        commitment=commitment, side=Side.BOARD, typed=typed(**said), by=by, at=at
    )


def send(commitment: Commitment, by: User, **said: Any) -> CommitmentUpdate:
    return update(
        **{
            "commitment": commitment,
            "side": Side.BOARD,
            "status": CommitmentStatus.MET,
            "narrative": "",
            "form_key": uuid.uuid4(),
            "by": by,
            "at": NOW,
            **said,
        }
    )


def test_what_was_typed_last_is_kept(commitment: Commitment, person: User) -> None:
    keep(commitment, person)
    keep(commitment, person, at=NOW + timedelta(minutes=2), narrative="Two coaches have started")

    [draft] = CommitmentUpdateDraft.objects.all()
    assert draft.narrative == "Two coaches have started"
    assert draft.saved_at == NOW + timedelta(minutes=2)


def test_the_same_again_writes_nothing(commitment: Commitment, person: User) -> None:
    keep(commitment, person)
    keep(commitment, person, at=NOW + timedelta(minutes=2))

    assert CommitmentUpdateDraft.objects.get().saved_at == NOW
    assert AuditEvent.objects.filter(action="commitment_update_draft.kept").count() == 1


def test_an_emptied_form_takes_the_draft_away(commitment: Commitment, person: User) -> None:
    keep(commitment, person)
    keep(commitment, person, status="", narrative="")

    assert not CommitmentUpdateDraft.objects.exists()


def test_a_draft_is_read_by_the_person_who_wrote_it_alone(
    commitment: Commitment, person: User
) -> None:
    keep(commitment, person)

    ids = [commitment.pk]
    assert drafts_of(by=person, side=Side.BOARD, ids=ids)[commitment.pk].status == "on_track"
    assert drafts_of(by=UserFactory(), side=Side.BOARD, ids=ids) == {}
    assert drafts_of(by=person, side=Side.AUTHORITY, ids=ids) == {}


def test_what_is_sent_is_no_draft_any_more(commitment: Commitment, person: User) -> None:
    colleague = UserFactory()
    keep(commitment, person)
    keep(commitment, colleague)

    send(commitment, person)

    assert CommitmentUpdateDraft.objects.get().by == colleague


def test_a_late_save_of_a_form_that_was_sent_keeps_nothing(
    commitment: Commitment, person: User
) -> None:
    key = uuid.uuid4()
    send(commitment, person, form_key=key)
    keep(commitment, person, form_key=key)

    assert not CommitmentUpdateDraft.objects.exists()


@pytest.mark.parametrize(
    "make",
    [
        CommitmentFactory,
        ClosedCommitmentFactory,
        lambda: AgreedCommitmentFactory(state=CommitmentState.CLOSING),
    ],
)
def test_nothing_is_kept_of_what_takes_no_update(make: Any, person: User) -> None:
    keep(make(), person)

    assert not CommitmentUpdateDraft.objects.exists()


def test_a_closed_commitment_has_no_drafts(person: User) -> None:
    closure = ClosureFactory()
    UpdateDraftFactory(commitment=closure.commitment)

    commitment_answers.answer(
        asked=closure, event=Event.REFUSE_CLOSURE, side=Side.BOARD, reason="No", by=person, at=NOW
    )
    assert CommitmentUpdateDraft.objects.exists()
    again = commitment_answers.propose_closure(
        commitment=closure.commitment,
        side=Side.AUTHORITY,
        final_status="met",
        ending="Done.",
        form_key=uuid.uuid4(),
        by=person,
        at=NOW,
    )
    commitment_answers.answer(
        asked=again, event=Event.CONFIRM_CLOSURE, side=Side.BOARD, by=person, at=NOW
    )

    assert not CommitmentUpdateDraft.objects.exists()


def test_nobody_goes_on_with_a_draft_after_a_change_of_bodies(commitment: Commitment) -> None:
    UpdateDraftFactory(commitment=commitment)
    other = UpdateDraftFactory()

    commitment_succession.pass_on(
        pair=commitment.pair, successors=[PairFactory()], on=date(2026, 11, 23), by=None, at=NOW
    )

    assert CommitmentUpdateDraft.objects.get() == other


def test_a_draft_can_be_thrown_away(commitment: Commitment, person: User) -> None:
    keep(commitment, person)
    for _ in range(2):
        commitment_drafts.forget(commitment=commitment, side=Side.BOARD, by=person, at=NOW)

    assert not CommitmentUpdateDraft.objects.exists()
    assert AuditEvent.objects.filter(action="commitment_update_draft.forgotten").count() == 1


def test_an_update_beside_which_another_was_given_is_refused_once(
    commitment: Commitment, person: User
) -> None:
    read = CommitmentUpdateFactory(commitment=commitment, side=Side.BOARD)
    newer = CommitmentUpdateFactory(commitment=commitment, side=Side.BOARD, at=NOW)

    for seen in (0, read.pk):
        with pytest.raises(UpdateOvertakenError):
            send(commitment, person, after=seen)
    stored = send(commitment, person, after=newer.pk, at=NOW + timedelta(minutes=1))

    assert commitment.updates.filter(side=Side.BOARD).order_by("-at").first() == stored
    assert commitment.updates.count() == 3


def test_the_other_side_s_update_overtakes_nobody(commitment: Commitment, person: User) -> None:
    CommitmentUpdateFactory(commitment=commitment, side=Side.AUTHORITY)

    assert send(commitment, person, after=0).pk
