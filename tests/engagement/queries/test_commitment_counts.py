"""Counts of commitments beside a plain recount, one commitment after the other."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from engagement.commitment_lifecycle import PROMISED
from engagement.models import Commitment, CommitmentState, CommitmentStatus, Side
from engagement.queries import commitment_counts as counts
from engagement.queries.commitments import CommitmentFacts, listed
from tests.factories.authorities import PairFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ClosedCommitmentFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
    DeclinedCommitmentFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 30)
_PROMISED = {CommitmentState(state) for state in PROMISED}
_THEMES = ("", "strategy", "co-operation")
_FACTORIES = (
    CommitmentFactory,
    AgreedCommitmentFactory,
    AgreedCommitmentFactory,
    AgreedCommitmentFactory,
    ClosedCommitmentFactory,
    DeclinedCommitmentFactory,
)


@pytest.fixture
def world() -> list[CommitmentFacts]:
    """Commitments of three pairs, with updates on and around the days at which rules turn."""
    chance = random.Random(8)  # noqa: S311 - the same commitments each time
    pairs = [PairFactory() for _ in range(3)]
    for _ in range(60):
        made = chance.choice(_FACTORIES)
        dates = {"target_date": TODAY + timedelta(days=chance.choice([-40, -1, 0, 1, 90]))}
        if made is AgreedCommitmentFactory:
            dates["decided_at"] = _near(chance)
        commitment = made(pair=chance.choice(pairs), specification=chance.choice(_THEMES), **dates)
        if made is not AgreedCommitmentFactory:
            continue
        if chance.random() < 0.2:
            Commitment.objects.filter(pk=commitment.pk).update(state=CommitmentState.CLOSING)
        for _ in range(chance.randrange(4)):
            CommitmentUpdateFactory(
                commitment=commitment,
                side=chance.choice(list(Side)),
                status=chance.choice(list(CommitmentStatus)),
                at=_near(chance),
            )
    rows = Commitment.objects.select_related("pair__authority", "pair__board")
    return list(listed(rows=rows.order_by("pk"), on=TODAY))


def _near(chance: random.Random) -> datetime:
    """Return a moment on the day six months ago, a day beside it, or lately."""
    day = chance.choice([date(2026, 5, 29), date(2026, 5, 30), date(2026, 5, 31), TODAY])
    return datetime.combine(day, time(chance.choice([0, 12, 22, 23]), 30), tzinfo=UTC)


def _flags(facts: Sequence[CommitmentFacts]) -> tuple[int, int, int]:
    promised = [one for one in facts if one.state in _PROMISED]
    return (
        sum(one.views_differ for one in promised),
        sum(any(one.is_stale(side=side, on=TODAY) for side in Side) for one in facts),
        sum(
            one.state == CommitmentState.AGREED
            and one.target_date is not None
            and one.target_date < TODAY
            for one in facts
        ),
    )


def test_counts_are_those_of_a_plain_recount(world: list[CommitmentFacts]) -> None:
    found = counts.standing_of(rows=Commitment.objects.all(), on=TODAY)
    promised = [one for one in world if one.state in _PROMISED]

    assert found.total == len(world)
    assert found.promised == len(promised)
    assert found.by_state == Counter(one.state for one in world)
    for side in Side:
        said = Counter(
            "" if (word := one.update_of(side)) is None else word.status for one in promised
        )
        assert found.by_status[side] == said
    assert (found.differ, found.stale, found.overdue) == _flags(world)
    assert min(_flags(world)) > 0


def test_each_theme_is_counted_like_all(world: list[CommitmentFacts]) -> None:
    found = counts.tallies_by(field="specification", rows=Commitment.objects.all(), on=TODAY)
    themes = dict(Commitment.objects.values_list("pk", "specification"))

    assert [one.code for one in found] == sorted(_THEMES)
    for tally in found:
        own = [one for one in world if themes[one.id] == tally.code]
        assert {code: number for code, number in tally.by_state.items() if number} == Counter(
            one.state for one in own
        )
        assert (tally.differ, tally.stale, tally.overdue) == _flags(own)
    assert sum(one.total for one in found) == len(world)


def test_pairs_are_counted_each_and_paged(world: list[CommitmentFacts]) -> None:
    found = counts.tallies_of_pairs(rows=Commitment.objects.all(), on=TODAY, page=9)

    assert (found.page, found.pages, found.count) == (1, 1, 3)
    for row in found.rows:
        own = [one for one in world if one.authority.slug == row.authority.slug]
        assert row.tally.total == len(own)
        assert (row.tally.differ, row.tally.stale, row.tally.overdue) == _flags(own)


def test_over_time_each_stands_where_it_stood() -> None:
    CommitmentFactory(proposed_at=datetime(2026, 1, 10, 9, 0, tzinfo=UTC))
    AgreedCommitmentFactory(
        proposed_at=datetime(2026, 1, 10, 9, 0, tzinfo=UTC),
        decided_at=datetime(2026, 4, 1, 9, 0, tzinfo=UTC),
    )
    ClosedCommitmentFactory(
        proposed_at=datetime(2026, 1, 10, 9, 0, tzinfo=UTC),
        decided_at=datetime(2026, 2, 1, 9, 0, tzinfo=UTC),
        closed_at=datetime(2026, 8, 1, 9, 0, tzinfo=UTC),
    )
    DeclinedCommitmentFactory(
        proposed_at=datetime(2026, 1, 10, 9, 0, tzinfo=UTC),
        decided_at=datetime(2026, 2, 1, 9, 0, tzinfo=UTC),
    )
    days = counts.quarter_ends(on=date(2026, 11, 30), number=5)

    found = counts.over_time(rows=Commitment.objects.all(), days=days)

    assert [(one.day, *one.by_state.values()) for one in found] == [
        (date(2025, 12, 31), 0, 0, 0, 0),
        (date(2026, 3, 31), 2, 1, 0, 1),
        (date(2026, 6, 30), 1, 2, 0, 1),
        (date(2026, 9, 30), 1, 1, 1, 1),
        (date(2026, 11, 30), 1, 1, 1, 1),
    ]


def test_without_commitments_there_is_nothing_to_count() -> None:
    found = counts.standing_of(rows=Commitment.objects.all(), on=TODAY)

    assert (found.total, found.promised, found.differ) == (0, 0, 0)
    assert counts.tallies_of_pairs(rows=Commitment.objects.all(), on=TODAY).rows == ()
