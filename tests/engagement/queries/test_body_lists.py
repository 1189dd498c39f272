"""A row of a table says the same as the commitment's own facts."""

from datetime import UTC, date, datetime

import pytest

from authorities.models import Pair
from engagement.models import CommitmentUpdateReturn, Side
from engagement.queries import body_lists, commitments
from engagement.queries.commitment_filter import ALL, DIFFER, DUE, OVERDUE, STALE, Asked
from tests.factories.authorities import PairFactory, UserFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ClosedCommitmentFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
)

pytestmark = pytest.mark.django_db

TODAY, SINCE = date(2026, 11, 23), date(2026, 10, 1)
LONG_AGO = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def pair() -> Pair:
    made: Pair = PairFactory()
    silent = AgreedCommitmentFactory(pair=made, decided_at=LONG_AGO)
    late = AgreedCommitmentFactory(pair=made, target_date=date(2026, 11, 22))
    CommitmentUpdateFactory(commitment=silent, side=Side.BOARD, status="met", at=LONG_AGO)
    CommitmentUpdateFactory(commitment=late, status="met")
    update = CommitmentUpdateFactory(commitment=late, side=Side.BOARD)
    CommitmentUpdateReturn.objects.create(
        update=update, comment="Of what?", at=update.at, by=UserFactory()
    )
    CommitmentUpdateFactory(commitment=ClosedCommitmentFactory(pair=made), at=LONG_AGO)
    CommitmentFactory(pair=made)
    AgreedCommitmentFactory(pair=made, decided_at=LONG_AGO)
    return made


@pytest.mark.parametrize("flag", ["", DUE, STALE, OVERDUE, DIFFER])
def test_a_row_has_the_flags_of_its_commitment(pair: Pair, flag: str) -> None:
    facts = {
        one.id: one
        for one in commitments.commitments_of_pair(
            pair=pair, on=TODAY, asked=Asked(flag=flag), since=SINCE, sides=(Side.BOARD,)
        ).rows
    }
    partners = body_lists.partners_of(body=pair.board, side=Side.BOARD, on=TODAY)

    rows = body_lists.body_list(
        rows=body_lists.of_body(
            partners=partners, side=Side.BOARD, asked=Asked(flag=flag), on=TODAY, since=SINCE
        ),
        names=partners.names,
        on=TODAY,
    ).rows

    assert {row.id for row in rows} == facts.keys()
    assert facts
    for row in rows:
        fact = facts[row.id]
        assert (row.views_differ, row.is_overdue) == (fact.views_differ, fact.is_overdue(on=TODAY))
        assert (row.authority, row.board) == (fact.authority.name, fact.board.name)
        for side in Side:
            said, word = fact.update_of(side), row.words[side]
            assert word.is_stale == fact.is_stale(side=side, on=TODAY)
            assert (word.status, word.at) == ((said.status, said.at) if said else (None, None))
            assert word.sent_back == bool(said and said.sent_back)


def test_partners_are_those_with_commitments(pair: Pair) -> None:
    other = PairFactory(board=pair.board)

    partners = body_lists.partners_of(body=pair.board, side=Side.BOARD, on=TODAY)

    assert [one.slug for one in partners.others] == [pair.authority.slug]
    assert partners.pairs == {pair.authority.slug: {pair.pk}}
    assert (
        body_lists.known_partner(asked=Asked(partner=other.authority.slug), partners=partners)
        == ALL
    )
