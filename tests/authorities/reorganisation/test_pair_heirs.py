"""A pair that ends is followed by the pairs that its people are in."""

from datetime import date, timedelta

from authorities.reorganisation.change import apply_change
from authorities.reorganisation.facts import (
    AUTHORITY,
    BOARD,
    COUNCIL,
    BodyFact,
    BodyKey,
    Geography,
    MemberFact,
    PartBoardFact,
    PartCouncilFact,
    PartFact,
)
from authorities.reorganisation.operations import (
    AreaShare,
    Change,
    Merge,
    Open,
    Operation,
    Split,
    SplitTarget,
    Transfer,
)
from authorities.reorganisation.pair_heirs import pair_heirs
from authorities.span import Span

OPENED, DAY = date(2022, 7, 1), date(2027, 4, 1)
ALWAYS = Span(start=OPENED, end=None)
NORTH, SOUTH = (BodyKey(AUTHORITY, slug) for slug in ("north", "south"))
WEST, MID, EAST = (BodyKey(BOARD, slug) for slug in ("west", "mid", "east"))
# Part, people, authority, board; each part is a council of its own.
PARTS = (
    ("a:1", 100, NORTH, WEST),
    ("b:1", 50, NORTH, MID),
    ("c:1", 80, SOUTH, MID),
    ("d:1", 70, SOUTH, EAST),
    ("e:1", 10, None, EAST),
)


def country() -> Geography:
    councils = {part: BodyKey(COUNCIL, part[0]) for part, *_ in PARTS}
    return Geography(
        bodies=tuple(
            BodyFact(key, opened=OPENED)
            for key in (NORTH, SOUTH, WEST, MID, EAST, *councils.values())
        ),
        members=tuple(
            MemberFact(councils[part], authority, "constituent", planned=False, valid=ALWAYS)
            for part, _, authority, _ in PARTS
            if authority is not None
        ),
        part_councils=tuple(PartCouncilFact(part, councils[part], ALWAYS) for part, *_ in PARTS),
        part_boards=tuple(PartBoardFact(part, board, ALWAYS) for part, _, _, board in PARTS),
        parts=tuple(PartFact(part, people, 1) for part, people, *_ in PARTS),
    )


def heirs_after(*operations: Operation) -> dict[tuple[str, str], list[tuple[str, str]]]:
    changed = apply_change(geography=country(), change=Change(on=DAY, operations=operations))
    return {
        (authority.slug, board.slug): [(one.slug, other.slug) for one, other in heirs]
        for (authority, board), heirs in pair_heirs(geography=changed, on=DAY).items()
    }


def test_without_a_change_every_pair_follows_itself():
    found = heirs_after()

    assert set(found) == {("north", "west"), ("north", "mid"), ("south", "mid"), ("south", "east")}
    assert all(heirs == [pair] for pair, heirs in found.items())


def test_after_a_merger_the_pairs_of_both_are_followed_by_one():
    new = BodyKey(BOARD, "new")

    found = heirs_after(
        Open(body=new, name="New", short_name="New"), Merge(sources=(WEST, MID), target=new)
    )

    assert found["north", "west"] == found["north", "mid"] == [("north", "new")]
    assert found["south", "mid"] == [("south", "new")]
    assert found["south", "east"] == [("south", "east")]


def test_after_a_split_a_pair_is_followed_by_those_who_have_its_own_people_the_most_first():
    found = heirs_after(
        Split(
            source=MID,
            targets=(
                SplitTarget(WEST, (AreaShare("b:1"), AreaShare("c:1", 0.25))),
                SplitTarget(EAST, (AreaShare("c:1", 0.75),)),
            ),
            primary=WEST,
        )
    )

    # East has people of South before and after: that is not why it follows North and Mid.
    assert found["north", "mid"] == [("north", "west")]
    assert found["south", "mid"] == [("south", "east"), ("south", "west")]


def test_after_a_transfer_the_pair_is_followed_where_the_area_went():
    found = heirs_after(Transfer(areas=(AreaShare("b:1"),), source=MID, target=EAST))

    assert found["north", "mid"] == [("north", "east")]
    assert found["south", "mid"] == [("south", "mid")]


def test_a_pair_whose_people_are_in_no_authority_any_more_is_followed_by_none():
    found = heirs_after(Transfer(areas=(AreaShare("d"),), source=SOUTH, target=None))

    assert found["south", "east"] == []


def test_a_day_later_nothing_has_moved():
    changed = apply_change(
        geography=country(),
        change=Change(on=DAY, operations=(Merge(sources=(WEST,), target=MID),)),
    )

    found = pair_heirs(geography=changed, on=DAY + timedelta(days=1))

    assert found[NORTH, MID] == ((NORTH, MID),)
    assert (NORTH, WEST) not in found
