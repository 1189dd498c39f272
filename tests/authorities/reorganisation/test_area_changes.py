"""Mergers, splits and transfers of area, on the day and not on the eve of it."""

from dataclasses import replace

import pytest

from authorities.reorganisation.change import apply_change, divided
from authorities.reorganisation.facts import COUNCIL, REGION, BodyKey, Geography, GroupFact
from authorities.reorganisation.operations import (
    AreaShare,
    Change,
    Merge,
    Open,
    Split,
    SplitTarget,
    Transfer,
)
from authorities.span import Span
from tests.authorities.reorganisation.readings import (
    FROM_THEN,
    OPEN_BOARD,
    OPEN_COUNCIL,
    memberships,
    successions,
)
from tests.authorities.reorganisation.small_england import (
    ALPHA,
    ASHBY,
    ASHBY_PART,
    BARTON,
    BARTON_PART,
    BETA,
    CORBY,
    CORBY_PART,
    DAY,
    DERWENT,
    DERWENT_PART,
    DERWENT_WEST,
    EAST,
    EVE,
    GAMMA,
    NEW_BOARD,
    NEW_COUNCIL,
    SOUTH,
    START,
    WEST,
    after,
    people,
    small_england,
)


def test_boards_are_merged_into_a_new_one() -> None:
    made = after(OPEN_BOARD, Merge((EAST, SOUTH), NEW_BOARD))

    assert [body.slug for body in (EAST, SOUTH) if made.body(body).exists_on(DAY)] == []
    assert made.parts_of_board(NEW_BOARD, DAY) == (ASHBY_PART, BARTON_PART, DERWENT_PART)
    assert made.parts_of_board(EAST, EVE) == (ASHBY_PART, BARTON_PART)
    assert successions(made) == [
        ("east", "new", "merger", 300, 1.0),
        ("south", "new", "merger", 400, 1.0),
    ]


def test_a_board_is_merged_into_one_that_exists() -> None:
    made = after(Merge((SOUTH,), WEST))

    assert (people(made, WEST, EVE), people(made, WEST, DAY)) == (350, 750)
    assert successions(made) == [("south", "west", "merger", 400, 1.0)]


def test_merged_councils_stay_in_their_authorities() -> None:
    made = after(OPEN_COUNCIL, Merge((BARTON,), NEW_COUNCIL))

    assert memberships(made, NEW_COUNCIL) == {("alpha", "constituent", False, FROM_THEN)}
    assert people(made, ALPHA, DAY) == people(made, ALPHA, EVE) == 300


def in_regions(**regions: str) -> Geography:
    """Small England with its councils in statistical regions."""
    whole = small_england()
    facts = (
        GroupFact(BodyKey(COUNCIL, council), BodyKey(REGION, region), Span(None, None))
        for council, region in regions.items()
    )
    return replace(whole, groups=(*whole.groups, *facts))


@pytest.mark.parametrize(
    ("other", "region"), [("middle", "middle"), ("edge", None)], ids=["one region", "two regions"]
)
def test_a_new_council_lies_in_the_region_of_those_before_it(
    other: str, region: str | None
) -> None:
    made = apply_change(
        geography=in_regions(ashby="middle", barton=other, corby="edge"),
        change=Change(on=DAY, operations=(OPEN_COUNCIL, Merge((ASHBY, BARTON), NEW_COUNCIL))),
    )

    found = [fact for fact in made.groups if fact.member == NEW_COUNCIL]
    assert [fact.group.slug for fact in found] == ([region] if region else [])
    assert all(fact.valid == Span(DAY, None) for fact in found)
    assert not [f for f in made.groups if f.member == ASHBY and f.valid.holds_on(DAY)]


def test_a_council_that_takes_over_stays_in_its_region() -> None:
    made = apply_change(
        geography=in_regions(ashby="middle", barton="edge"),
        change=Change(on=DAY, operations=(Merge((ASHBY,), BARTON),)),
    )

    held = [f.group.slug for f in made.groups if f.member == BARTON and f.valid.holds_on(DAY)]
    assert held == ["edge"]


def test_a_new_council_finds_the_authority_that_begins_on_its_day() -> None:
    made = after(OPEN_COUNCIL, Merge((DERWENT,), NEW_COUNCIL), Open(body=GAMMA))

    assert memberships(made, NEW_COUNCIL) == {("gamma", "constituent", False, FROM_THEN)}


def test_a_new_council_finds_the_authority_that_takes_over_on_its_day() -> None:
    made = after(OPEN_COUNCIL, Merge((BARTON,), NEW_COUNCIL), Merge((ALPHA,), BETA))

    assert memberships(made, NEW_COUNCIL) == {("beta", "constituent", False, FROM_THEN)}
    assert people(made, BETA, DAY) == 600


def test_a_council_that_takes_over_keeps_the_authority_that_it_is_in() -> None:
    left = after(Transfer((AreaShare("corby"),), source=BETA, target=None))

    made = after(Merge((BARTON,), CORBY), before=left, on=DAY.replace(month=5))

    assert not any(
        f.valid.holds_on(DAY.replace(month=5)) for f in made.members if f.council == CORBY
    )
    assert people(made, ALPHA, DAY.replace(month=5)) == 100


def test_a_change_says_itself_which_authority_a_new_council_joins() -> None:
    made = after(
        OPEN_COUNCIL,
        Merge((BARTON, CORBY), NEW_COUNCIL),
        Transfer((AreaShare("new"),), source=None, target=BETA),
    )

    assert memberships(made, NEW_COUNCIL) == {("beta", "constituent", False, FROM_THEN)}


def test_authorities_are_merged_with_their_members() -> None:
    made = after(Merge((BETA,), ALPHA))

    assert memberships(made, CORBY) == {
        ("beta", "constituent", False, Span(START, DAY)),
        ("alpha", "constituent", False, FROM_THEN),
    }
    # Ashby had a seat without a vote at Beta and is a full member of Alpha: the fuller one counts.
    assert [f.role for f in made.members if f.council == ASHBY and f.valid.holds_on(DAY)] == [
        "constituent"
    ]
    assert successions(made) == [("beta", "alpha", "merger", 300, 1.0)]


def test_a_board_is_split_between_a_new_and_an_existing_one() -> None:
    made = after(
        OPEN_BOARD,
        Split(
            source=EAST,
            targets=(
                SplitTarget(NEW_BOARD, (AreaShare(ASHBY_PART),)),
                SplitTarget(WEST, (AreaShare(BARTON_PART),)),
            ),
            primary=WEST,
        ),
    )

    assert made.body(EAST).closed == DAY
    assert (people(made, NEW_BOARD, DAY), people(made, WEST, DAY)) == (100, 550)
    assert successions(made) == [
        ("east", "new", "split", 100, pytest.approx(1 / 3)),
        ("east", "west", "acquisition", 200, pytest.approx(2 / 3)),
    ]


def test_a_part_of_a_split_board_is_divided_on_all_days() -> None:
    made = after(
        Split(
            source=SOUTH,
            targets=(
                SplitTarget(EAST, (AreaShare(DERWENT_PART, 0.75),)),
                SplitTarget(WEST, (AreaShare(DERWENT_PART, 0.25),)),
            ),
            primary=EAST,
        )
    )

    piece = "E06000004:3"
    assert {(p.key, p.population, p.small_areas) for p in made.parts} >= {
        (DERWENT_PART, 300, 30),
        (piece, 100, 10),
    }
    assert made.parts_of_board(SOUTH, EVE) == (DERWENT_PART, piece)
    assert made.parts_of_council(DERWENT, START) == (DERWENT_PART, DERWENT_WEST, piece)
    assert piece in made.parts_of_board(WEST, DAY)
    assert people(made, GAMMA, DAY) == 450


def test_an_authority_is_split_by_councils() -> None:
    made = after(
        Split(
            source=ALPHA,
            targets=(
                SplitTarget(BETA, (AreaShare("ashby"),)),
                SplitTarget(GAMMA, (AreaShare("barton"),)),
            ),
            primary=BETA,
        ),
        Open(body=GAMMA),
    )

    assert (people(made, BETA, DAY), people(made, GAMMA, DAY)) == (400, 650)
    assert successions(made) == [
        ("alpha", "beta", "acquisition", 100, pytest.approx(1 / 3)),
        ("alpha", "gamma", "split", 200, pytest.approx(2 / 3)),
    ]
    ashby = [f.role for f in made.members if f.council == ASHBY and f.valid.holds_on(DAY)]
    assert ashby == ["constituent"]


def test_a_whole_part_goes_from_board_to_board() -> None:
    made = after(Transfer((AreaShare(BARTON_PART),), source=EAST, target=WEST))

    assert (people(made, EAST, EVE), people(made, EAST, DAY)) == (300, 100)
    assert (people(made, WEST, EVE), people(made, WEST, DAY)) == (350, 550)
    assert made.body(EAST).closed is None
    assert successions(made) == [("east", "west", "transfer", 200, pytest.approx(2 / 3))]


def test_a_share_of_a_part_goes_and_the_rest_keeps_its_key() -> None:
    made = after(Transfer((AreaShare(CORBY_PART, 1 / 3),), source=WEST, target=SOUTH))

    assert people(made, WEST, DAY) == 250
    assert made.parts_of_board(SOUTH, DAY) == ("E06000003:2", DERWENT_PART)
    assert CORBY_PART in made.parts_of_board(WEST, DAY)
    assert people(made, BETA, DAY) == people(made, BETA, EVE) == 300


def test_a_part_goes_from_council_to_council_and_so_to_another_authority() -> None:
    made = after(Transfer((AreaShare(CORBY_PART, 0.5),), source=CORBY, target=BARTON))

    assert (people(made, BETA, DAY), people(made, ALPHA, DAY)) == (150, 450)
    assert (people(made, BETA, EVE), people(made, ALPHA, EVE)) == (300, 300)


def test_two_transfers_between_the_same_boards_are_one_succession() -> None:
    made = after(
        Transfer((AreaShare(ASHBY_PART),), source=EAST, target=WEST),
        Transfer((AreaShare(BARTON_PART, 0.5),), source=EAST, target=WEST),
    )

    assert successions(made) == [("east", "west", "transfer", 200, pytest.approx(2 / 3))]


def test_a_second_change_of_the_day_adds_to_the_succession_of_the_first() -> None:
    first = after(Transfer((AreaShare(ASHBY_PART),), source=EAST, target=WEST))

    made = after(Merge((EAST,), WEST), before=first)

    assert successions(made) == [("east", "west", "merger", 300, 1.0)]


def test_a_council_changes_its_authority_and_keeps_its_other_seats() -> None:
    made = after(Transfer((AreaShare("ashby"),), source=ALPHA, target=GAMMA))

    assert memberships(made, ASHBY) == {
        ("alpha", "constituent", False, Span(START, DAY)),
        ("gamma", "constituent", True, FROM_THEN),
        ("beta", "non_constituent", False, Span(START, None)),
    }


def test_a_council_joins_an_authority_at_which_it_had_a_seat_without_a_vote() -> None:
    made = after(Transfer((AreaShare("ashby"),), source=ALPHA, target=BETA))

    assert memberships(made, ASHBY) == {
        ("alpha", "constituent", False, Span(START, DAY)),
        ("beta", "non_constituent", False, Span(START, DAY)),
        ("beta", "constituent", False, FROM_THEN),
    }


def test_a_council_leaves_its_authority_and_joins_another_later() -> None:
    left = after(Transfer((AreaShare("ashby"),), source=ALPHA, target=None))
    may = DAY.replace(month=5)

    made = after(Transfer((AreaShare("ashby"),), source=None, target=ALPHA), before=left, on=may)

    assert people(left, ALPHA, DAY) == 200
    assert people(made, ALPHA, may) == 300
    assert ("beta", "non_constituent", False, Span(START, None)) in memberships(made, ASHBY)


@pytest.mark.parametrize(
    ("total", "shares", "expected"),
    [
        (100, (0.25, 0.75), (25, 75)),
        # The largest remainder first; the earlier one where they are equal.
        (10, (0.5, 0.25, 0.25), (5, 3, 2)),
        (1, (0.5, 0.5), (1, 0)),
        (0, (0.5, 0.5), (0, 0)),
        # Percentages that do not quite add up.
        (3_000_000, (0.3333333, 0.3333333, 0.3333333), (1_000_000,) * 3),
        (3_000_000, (0.5000005, 0.5), (1_500_001, 1_499_999)),
    ],
)
def test_people_are_divided_without_loss(
    total: int, shares: tuple[float, ...], expected: tuple[int, ...]
) -> None:
    assert divided(total=total, shares=shares) == expected
    assert sum(expected) == total
