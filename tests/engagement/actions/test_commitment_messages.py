"""Each side of a commitment is told what waits for it, and once a week what went quiet."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from authorities.actions import messages
from authorities.models import Message, Notice, User
from engagement.actions import commitment_messages, commitments
from engagement.models import Commitment, CommitmentState, CommitmentStatus, Side
from engagement.queries.stale_commitments import stale_commitments
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
)

pytestmark = pytest.mark.django_db

# Agreed on 14 September 2026, so quiet from 15 March 2027 on: a Monday.
QUIET_FROM = date(2027, 3, 15)


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


@pytest.mark.parametrize(
    ("on", "quiet"), [(QUIET_FROM - timedelta(days=1), False), (QUIET_FROM, True)]
)
def test_a_commitment_is_quiet_from_the_day_that_the_page_says(
    people: People, on: date, quiet: bool
) -> None:
    AgreedCommitmentFactory(pair=people.pair)

    found = {row.body_id for row in stale_commitments(on=on)}

    assert found == ({people.pair.authority_id, people.pair.board_id} if quiet else set())


@pytest.mark.parametrize(
    ("status", "at"),
    [
        (CommitmentStatus.MET, datetime(2026, 9, 20, tzinfo=UTC)),
        (CommitmentStatus.ON_TRACK, datetime(2027, 3, 1, tzinfo=UTC)),
    ],
)
def test_a_side_that_has_met_it_or_spoke_lately_is_not_quiet(
    people: People, status: CommitmentStatus, at: datetime
) -> None:
    made = AgreedCommitmentFactory(pair=people.pair)
    CommitmentUpdateFactory(commitment=made, side=Side.AUTHORITY, status=status, at=at)

    assert {row.body_id for row in stale_commitments(on=QUIET_FROM)} == {people.pair.board_id}


def test_a_week_asks_once_and_each_commitment_has_its_link(people: People) -> None:
    made = [AgreedCommitmentFactory(pair=people.pair) for _ in range(2)]
    drafts = commitment_messages.drafts(first=QUIET_FROM, last=QUIET_FROM + timedelta(days=7))
    assert len(drafts) == 4
    assert len({draft.key for draft in drafts}) == 4

    for hour in (7, 8):
        messages.announce_day(at=datetime(2027, 3, 15, hour, 0, tzinfo=UTC))
    assert Notice.objects.filter(kind=commitment_messages.STALE).count() == 2
    messages.address_due(at=datetime(2027, 3, 15, 9, 0, tzinfo=UTC))

    rows = Message.objects.filter(recipient=people.by_role["board_editor"])
    [row] = rows.filter(notice__kind=commitment_messages.STALE)
    assert all(f"/commitments/{one.pk}/" in row.text for one in made)
    assert row.subject.endswith("2 commitments without an update")
