"""A pair is followed by others through changes of its bodies, and by nothing else."""

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from authorities.models import Body, Pair, StrategicAuthority
from engagement.queries.pair_lineage import PairLineage, lineage_of
from tests.factories.authorities import (
    BoardFactory,
    PairFactory,
    StrategicAuthorityFactory,
    SuccessionFactory,
)

pytestmark = pytest.mark.django_db

START, DAY, TODAY = date(2022, 7, 1), date(2026, 4, 1), date(2026, 11, 30)


def paired(
    authority: StrategicAuthority, board: Body, *, begin: date = START, end: date | None = None
) -> Pair:
    pair: Pair = PairFactory(authority=authority, board=board, overlap__valid=DateRange(begin, end))
    return pair


def related(pair: Pair, *, today: date = TODAY) -> tuple[set[str], set[str]]:
    """The boards of the pairs before and after."""
    found = lineage_of(pair=pair, today=today)
    return {one.board_slug for one in found.before}, {one.board_slug for one in found.after}


def test_a_merger_is_followed_on_both_sides_and_says_when():
    authority = StrategicAuthorityFactory()
    north, south, both = (BoardFactory(slug=name) for name in ("north", "south", "both"))
    ended = [paired(authority, board, end=DAY) for board in (north, south)]
    follows = paired(authority, both, begin=DAY)
    for board in (north, south):
        SuccessionFactory(predecessor=board, successor=both, on_date=DAY)

    assert related(follows) == ({"north", "south"}, set())
    assert [related(pair) for pair in ended] == [(set(), {"both"})] * 2
    assert lineage_of(pair=follows, today=TODAY).ended_on is None
    found = lineage_of(pair=ended[0], today=TODAY)
    assert (found.ended_on, found.after[0].on) == (DAY, DAY)
    assert found.after[0].names == (authority.names.get().short_name, both.names.get().short_name)


def test_a_split_is_followed_by_each_that_serves_the_authority():
    authority = StrategicAuthorityFactory()
    whole, east, west, far = (BoardFactory(slug=name) for name in ("whole", "east", "west", "far"))
    ended = paired(authority, whole, end=DAY)
    for board in (east, west, far):
        SuccessionFactory(predecessor=whole, successor=board, on_date=DAY)
    paired(authority, east, begin=DAY)
    paired(authority, west, begin=DAY)
    PairFactory(authority=authority, board=far, overlap__sliver=True)

    assert related(ended) == (set(), {"east", "west"})


def test_what_comes_later_is_not_said_yet():
    authority = StrategicAuthorityFactory()
    old, new = BoardFactory(slug="old"), BoardFactory(slug="new")
    ends, begins = paired(authority, old, end=DAY), paired(authority, new, begin=DAY)
    SuccessionFactory(predecessor=old, successor=new, on_date=DAY)
    before = DAY - timedelta(days=1)

    assert lineage_of(pair=ends, today=before) == PairLineage(before=(), after=(), ended_on=None)
    assert related(begins, today=before) == (set(), set())


def test_only_direct_relatives_stand_there():
    authority = StrategicAuthorityFactory()
    first, second, third = (BoardFactory(slug=name) for name in ("first", "second", "third"))
    between = date(2024, 4, 1)
    paired(authority, first, end=between)
    middle = paired(authority, second, begin=between, end=DAY)
    last = paired(authority, third, begin=DAY)
    SuccessionFactory(predecessor=first, successor=second, on_date=between)
    SuccessionFactory(predecessor=second, successor=third, on_date=DAY)

    assert related(middle) == ({"first"}, {"third"})
    assert related(last) == ({"second"}, set())


def test_other_authorities_of_the_board_are_no_relatives():
    own, other = StrategicAuthorityFactory(), StrategicAuthorityFactory()
    old, new = BoardFactory(slug="old"), BoardFactory(slug="new")
    paired(own, old, end=DAY)
    paired(other, old, end=DAY)
    follows = paired(own, new, begin=DAY)
    SuccessionFactory(predecessor=old, successor=new, on_date=DAY)

    found = lineage_of(pair=follows, today=TODAY)

    assert [one.authority_slug for one in found.before] == [own.slug]


def test_an_authority_that_is_followed_has_relatives_too(client):
    board = BoardFactory()
    old, new = StrategicAuthorityFactory(), StrategicAuthorityFactory()
    ended, follows = paired(old, board, end=DAY), paired(new, board, begin=DAY)
    SuccessionFactory(predecessor=old, successor=new, on_date=DAY)
    addresses = [
        reverse("engagement:pair", args=[pair.authority.slug, pair.board.slug])
        for pair in (ended, follows)
    ]

    pages = [client.get(address).content.decode() for address in addresses]

    assert "This pair ended on 1 April 2026" in pages[0]
    assert addresses[1] in pages[0]
    assert "This pair ended" not in pages[1]
    assert addresses[0] in pages[1]


def test_a_pair_without_a_change_asks_little(django_assert_max_num_queries):
    pair = PairFactory()

    with django_assert_max_num_queries(2):
        found = lineage_of(pair=pair, today=TODAY)

    assert found == PairLineage(before=(), after=(), ended_on=None)
