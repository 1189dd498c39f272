"""Once a week a body's people are told what commitments ask of them, with a link for each."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from authorities.actions import messages
from authorities.models import Message, Notice
from engagement.actions import commitment_digest
from engagement.models import CommitmentOwner, CommitmentStatus, CommitmentUpdateReturn, Side
from engagement.queries.commitment_digest import Ask, asked_of_bodies
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.authorities import PairFactory, UserFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ChangeFactory,
    ClosedCommitmentFactory,
    ClosureFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
    DeclinedCommitmentFactory,
)

pytestmark = pytest.mark.django_db

# Agreed on 14 September 2026, so quiet from 15 March 2027 on: a Monday.
QUIET_FROM = date(2027, 3, 15)
MONDAY = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
LATER = date(2027, 12, 31)


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


def asks(people: People, *, on: date = QUIET_FROM, side: str = "board") -> Counter[Ask]:
    """What the pair's commitments ask of a side; an update counts from the September before."""
    body = getattr(people.pair, side).pk
    found = asked_of_bodies(since=date(2026, 9, 1), on=on, body_ids=[body])
    return Counter(item.ask for item in found)


@pytest.mark.parametrize(
    ("on", "ask"), [(QUIET_FROM - timedelta(days=1), Ask.UPDATE), (QUIET_FROM, Ask.STALE)]
)
def test_a_commitment_is_quiet_from_the_day_that_the_page_says(
    people: People, on: date, ask: Ask
) -> None:
    AgreedCommitmentFactory(pair=people.pair, target_date=LATER)

    assert asks(people, on=on) == {ask: 1}
    assert asks(people, on=on, side="authority") == {ask: 1}


@pytest.mark.parametrize(
    ("status", "at", "expected"),
    [
        (CommitmentStatus.MET, datetime(2026, 9, 20, tzinfo=UTC), {}),
        (CommitmentStatus.ON_TRACK, datetime(2027, 3, 1, tzinfo=UTC), {}),
        (CommitmentStatus.ON_TRACK, datetime(2026, 8, 1, tzinfo=UTC), {Ask.STALE: 1}),
    ],
)
def test_a_side_that_has_met_it_or_spoke_lately_is_asked_nothing(
    people: People, status: CommitmentStatus, at: datetime, expected: dict[Ask, int]
) -> None:
    made = AgreedCommitmentFactory(pair=people.pair, target_date=LATER)
    CommitmentUpdateFactory(commitment=made, side=Side.BOARD, status=status, at=at)

    assert asks(people) == expected


def test_a_date_that_has_passed_is_asked_about_until_the_side_says_met(people: People) -> None:
    made = AgreedCommitmentFactory(pair=people.pair, target_date=QUIET_FROM - timedelta(days=1))
    said = {"commitment": made, "side": Side.BOARD}
    CommitmentUpdateFactory(**said, at=datetime(2027, 3, 1, tzinfo=UTC))

    assert asks(people, on=QUIET_FROM - timedelta(days=1)) == {}
    assert asks(people) == {Ask.OVERDUE: 1}
    CommitmentUpdateFactory(**said, at=datetime(2027, 3, 2, tzinfo=UTC), status="met")
    assert asks(people) == {}


def test_an_update_that_was_sent_back_is_due(people: People) -> None:
    made = AgreedCommitmentFactory(pair=people.pair, target_date=LATER)
    given = CommitmentUpdateFactory(
        commitment=made, side=Side.BOARD, at=datetime(2027, 3, 1, tzinfo=UTC)
    )
    CommitmentUpdateReturn.objects.create(
        update=given, side=Side.AUTHORITY, comment="Which?", at=MONDAY, by=UserFactory()
    )

    assert asks(people) == {Ask.UPDATE: 1}


def test_what_the_other_side_asks_waits_for_an_answer(people: People) -> None:
    CommitmentFactory(pair=people.pair)
    ClosureFactory(commitment__pair=people.pair)
    changed = AgreedCommitmentFactory(pair=people.pair, target_date=LATER)
    ChangeFactory(commitment=changed, side=Side.AUTHORITY)

    assert asks(people)[Ask.ANSWER] == 3
    assert asks(people, side="authority")[Ask.ANSWER] == 0


def test_what_came_from_another_pair_is_to_be_confirmed_again_by_the_side_that_has_not(
    people: People,
) -> None:
    AgreedCommitmentFactory(
        pair=people.pair,
        target_date=LATER,
        origin_pair=PairFactory(),
        moved_on=date(2027, 3, 1),
        needs_reconfirmation=True,
        authority_reconfirmed_at=MONDAY,
    )

    assert asks(people)[Ask.RECONFIRM] == 1
    assert asks(people, side="authority")[Ask.RECONFIRM] == 0


def test_what_is_settled_or_another_bodys_asks_nothing(people: People) -> None:
    ClosedCommitmentFactory(pair=people.pair)
    DeclinedCommitmentFactory(pair=people.pair)
    AgreedCommitmentFactory()

    assert asks(people) == {}


def test_a_week_asks_once_and_each_commitment_has_its_link(people: People) -> None:
    made = [AgreedCommitmentFactory(pair=people.pair, title="CANARY") for _ in range(2)]
    proposed = CommitmentFactory(pair=people.pair, title="CANARY")
    drafts = commitment_digest.drafts(first=QUIET_FROM, last=QUIET_FROM + timedelta(days=7))
    assert len(drafts) == 4
    assert len({draft.key for draft in drafts}) == 4

    for hour in (7, 8):
        messages.announce_day(at=datetime(2027, 3, 15, hour, 0, tzinfo=UTC))
    assert Notice.objects.filter(kind=commitment_digest.WEEKLY).count() == 2
    for _ in range(2):
        messages.address_due(at=MONDAY)

    rows = Message.objects.filter(notice__kind=commitment_digest.WEEKLY)
    [editor] = rows.filter(recipient=people.by_role["board_editor"])
    [signatory] = rows.filter(recipient=people.by_role["board_signatory"])
    for row in (editor, signatory):
        assert all(f"/commitments/{one.pk}/update/" in row.text for one in made)
        assert "CANARY" not in row.text
    # An editor cannot answer a proposal.
    assert str(proposed.pk) not in editor.text
    assert f"/commitments/{proposed.pk}/" in signatory.text
    assert editor.subject.endswith("2 things to do for commitments")
    assert signatory.subject.endswith("3 things to do for commitments")
    # The authority proposed it.
    authority = rows.filter(recipient=people.by_role["authority_signatory"]).get()
    assert str(proposed.pk) not in authority.text


def test_what_a_person_owns_comes_first_and_says_so(people: People) -> None:
    made = [AgreedCommitmentFactory(pair=people.pair) for _ in range(3)]
    CommitmentOwner.objects.create(
        commitment=made[2], side=Side.BOARD, person=people.by_role["board_editor"]
    )
    messages.announce_day(at=MONDAY)
    messages.address_due(at=MONDAY + timedelta(hours=1))

    rows = Message.objects.filter(notice__kind=commitment_digest.WEEKLY)
    texts = {row.recipient.pk: row.text for row in rows}
    own = texts.pop(people.by_role["board_editor"].pk)
    assert own.count("which you own") == 1
    places = [own.index(str(one.pk)) for one in made]
    assert own.index("which you own") < places[2] < min(places[:2])
    assert all("which you own" not in text for text in texts.values())


def test_who_can_do_nothing_is_told_nothing(people: People) -> None:
    CommitmentFactory(pair=people.pair)
    messages.announce_day(at=MONDAY)
    messages.address_due(at=MONDAY + timedelta(hours=1))

    rows = Message.objects.filter(notice__kind=commitment_digest.WEEKLY)
    assert [row.recipient for row in rows] == [people.by_role["board_signatory"]]


def test_what_was_done_before_the_mail_goes_is_not_told(people: People) -> None:
    made = AgreedCommitmentFactory(pair=people.pair, target_date=LATER)
    messages.announce_day(at=MONDAY)
    for side in Side:
        CommitmentUpdateFactory(commitment=made, side=side, at=MONDAY)
    messages.address_due(at=MONDAY + timedelta(hours=1))

    assert not Message.objects.filter(notice__kind=commitment_digest.WEEKLY).exists()
