"""Each side of a commitment is told what waits for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.actions import messages
from authorities.models import Body, Message, Role, User
from engagement.actions import commitment_messages, commitment_succession, commitments
from engagement.models import Commitment, CommitmentState, Side
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories import reorganisations as change
from tests.factories.authorities import MembershipFactory, UserFactory
from tests.factories.engagement_commitments import AgreedCommitmentFactory, CommitmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


def told(kind: str) -> set[User]:
    """Who is written to, after the morning's mail."""
    messages.address_due(at=timezone.now() + timedelta(days=1))
    found = Message.objects.filter(notice__kind=kind).select_related("recipient")
    return {row.recipient for row in found}


def side_of(people: People, side: str) -> set[User]:
    return {people.by_role[f"{side}_editor"], people.by_role[f"{side}_signatory"]}


def test_a_proposal_is_told_to_the_other_side_and_quotes_nothing(people: People) -> None:
    proposed = CommitmentFactory(pair=people.pair, title="CANARY")
    commitment_messages.tell_of_commitment(commitment=proposed, at=timezone.now())

    assert told("commitment.proposed") == side_of(people, "board")
    text = Message.objects.all()[0].text
    assert f"/commitments/{proposed.pk}/" in text
    assert "CANARY" not in text


@pytest.mark.parametrize("step", ["confirm", "decline"])
def test_an_answer_is_told_to_the_side_that_proposed(people: People, step: str) -> None:
    proposed = CommitmentFactory(pair=people.pair)
    said = {"owner": "Director"} if step == "confirm" else {"reason": "CANARY"}

    getattr(commitments, step)(
        commitment=proposed,
        side=Side.BOARD,
        by=people.by_role["board_signatory"],
        at=timezone.now(),
        **said,
    )

    kind = "commitment.confirmed" if step == "confirm" else "commitment.declined"
    assert told(kind) == side_of(people, "authority")
    assert not Message.objects.filter(text__contains="CANARY").exists()


def test_a_proposal_that_was_answered_before_it_was_sent_is_not_told(people: People) -> None:
    proposed = CommitmentFactory(pair=people.pair)
    commitment_messages.tell_of_commitment(commitment=proposed, at=timezone.now())
    Commitment.objects.update(state=CommitmentState.DECLINED, declined_reason="No")

    assert told("commitment.proposed") == set()


@pytest.fixture
def moved() -> Commitment:
    """A commitment of South and Mid, before bodies change."""
    change.small_country()
    row: Commitment = AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    return row


def signers_of(*bodies: Body) -> set[User]:
    """Give each body an editor and a signatory; return the signatories."""
    for body in bodies:
        MembershipFactory(body=body, role=Role.EDITOR)
    return {MembershipFactory(body=body, role=Role.SIGNATORY).user for body in bodies}


def test_after_a_merger_signatories_of_both_sides_are_asked_to_confirm_again(
    moved: Commitment,
) -> None:
    change.applied(change.boards_merge())
    pair = change.pair("south", "west-and-mid")
    signers = signers_of(pair.authority, pair.board)

    assert told("commitment.moved") == signers
    assert f"/commitments/{moved.pk}/again/" in Message.objects.all()[0].text


def test_a_side_that_has_confirmed_again_is_not_asked(moved: Commitment) -> None:
    change.applied(change.boards_merge())
    pair = change.pair("south", "west-and-mid")
    signers_of(pair.authority)
    of_board = signers_of(pair.board)
    moved.refresh_from_db()
    commitments.reconfirm(
        commitment=moved, side=Side.AUTHORITY, by=UserFactory(), at=timezone.now()
    )

    assert told("commitment.moved") == of_board


def test_after_a_split_those_who_may_choose_the_pair_are_asked_and_then_to_confirm(
    moved: Commitment,
) -> None:
    change.applied(change.mid_splits())
    upper, lower = (change.pair("south", slug) for slug in ("upper", "lower"))
    chosen, other = signers_of(upper.authority, upper.board), signers_of(lower.board)

    assert told("commitment.moved") == chosen | other
    assert f"/commitments/{moved.pk}/pair/" in Message.objects.all()[0].text
    Message.objects.all().delete()
    moved.refresh_from_db()
    commitment_succession.assign(
        commitment=moved,
        pair=upper,
        side=Side.BOARD,
        body=upper.board,
        by=UserFactory(),
        at=timezone.now(),
    )

    assert told("commitment.moved") == chosen
    assert f"/commitments/{moved.pk}/again/" in Message.objects.all()[0].text
