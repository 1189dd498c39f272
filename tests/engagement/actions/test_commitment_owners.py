"""Naming who owns a commitment: of the people of one's own body, with an audit row."""

from datetime import UTC, datetime
from typing import Any

import pytest

from authorities.models import AuditEvent, User
from engagement.actions.commitment_owners import name_owner
from engagement.commitment_lifecycle import Guard
from engagement.models import Commitment, CommitmentOwner, Side
from engagement.queries.commitment_owners import owner_of
from tests.engagement.commitment_people import People, people_of_a_pair, refused
from tests.factories.authorities import MembershipFactory, PairFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ClosedCommitmentFactory,
    CommitmentFactory,
    DeclinedCommitmentFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


def named(people: People, row: Commitment, person: User | None, side: Side = Side.BOARD) -> Any:
    by = people.by_role["board_editor" if side == Side.BOARD else "authority_editor"]
    return name_owner(commitment=row, side=side, person=person, by=by, at=NOW)


@pytest.mark.parametrize("factory", [CommitmentFactory, AgreedCommitmentFactory])
def test_a_side_names_and_unnames_one_of_its_own_while_it_is_open(
    people: People, factory: Any
) -> None:
    row = factory(pair=people.pair)
    first, second = people.by_role["board_signatory"], people.by_role["board_editor"]

    named(people, row, first)
    named(people, row, second)
    named(people, row, people.by_role["authority_editor"], Side.AUTHORITY)
    held = owner_of(commitment=row, side=Side.BOARD)
    assert (held.person_id, held.name, held.has_left) == (second.pk, second.full_name, False)
    assert named(people, row, None) is None

    assert [one.side for one in CommitmentOwner.objects.filter(commitment=row)] == [Side.AUTHORITY]
    audited = AuditEvent.objects.filter(action="commitment.owner_named", body=people.pair.board)
    kept = [(one.detail["before"], one.detail["after"]) for one in audited.order_by("pk")]
    keys = str(first.pk), str(second.pk)
    assert kept == [("", keys[0]), keys, (keys[1], "")]


def test_the_same_said_again_changes_nothing(people: People) -> None:
    row, person = AgreedCommitmentFactory(pair=people.pair), people.by_role["board_editor"]

    assert named(people, row, person) == named(people, row, person)
    assert named(people, row, None) is named(people, row, None) is None
    assert AuditEvent.objects.filter(action="commitment.owner_named").count() == 2


@pytest.mark.parametrize("who", ["authority_editor", "other_board_editor", "analyst"])
def test_an_owner_is_of_the_side_s_own_body(people: People, who: str) -> None:
    row = AgreedCommitmentFactory(pair=people.pair)

    with refused(Guard.OWNER_OF_THE_BODY):
        named(people, row, people.by_role[who])

    assert not CommitmentOwner.objects.exists()
    assert not AuditEvent.objects.filter(action="commitment.owner_named").exists()


def test_who_has_left_or_whose_account_is_closed_is_no_choice(people: People) -> None:
    row = AgreedCommitmentFactory(pair=people.pair)
    left = MembershipFactory(body=people.pair.board, ended_at=NOW).user
    closed = MembershipFactory(body=people.pair.board, user__is_active=False).user

    for person in (left, closed):
        with refused(Guard.OWNER_OF_THE_BODY):
            named(people, row, person)


def test_who_leaves_stays_named_and_is_told_apart(people: People) -> None:
    row = AgreedCommitmentFactory(pair=people.pair)
    person = people.by_role["board_editor"]
    named(people, row, person)

    person.memberships.update(ended_at=NOW)

    held = owner_of(commitment=row, side=Side.BOARD)
    assert (held.person_id, held.has_left) == (person.pk, True)


@pytest.mark.parametrize("factory", [ClosedCommitmentFactory, DeclinedCommitmentFactory])
def test_what_is_settled_takes_no_owner(people: People, factory: Any) -> None:
    with refused(None):
        named(people, factory(pair=people.pair), people.by_role["board_editor"])


def test_what_has_no_pair_takes_no_owner() -> None:
    pair = PairFactory()
    row = AgreedCommitmentFactory(
        pair=pair,
        origin_pair=pair,
        moved_on=NOW.date(),
        unassigned=True,
        needs_reconfirmation=True,
    )
    person = MembershipFactory(body=row.pair.board).user

    with refused(Guard.ASSIGNED):
        name_owner(commitment=row, side=Side.BOARD, person=person, by=person, at=NOW)
