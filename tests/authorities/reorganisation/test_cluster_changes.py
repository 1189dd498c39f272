"""Boards begin and end to share their leaders."""

from authorities.reorganisation.facts import (
    CLUSTER,
    BodyKey,
)
from authorities.reorganisation.operations import (
    ClusterEnd,
    ClusterStart,
    Merge,
)
from authorities.span import Span
from tests.authorities.reorganisation.readings import FROM_THEN, members, names
from tests.authorities.reorganisation.small_england import (
    DAY,
    EAST,
    SOUTH,
    START,
    TWINS,
    WEST,
    after,
)


def test_a_cluster_starts_with_boards_of_another_that_ends() -> None:
    three = BodyKey(CLUSTER, "three")

    made = after(ClusterEnd(TWINS), ClusterStart(three, (EAST, WEST, SOUTH), "The Three"))

    assert members(made, three) == {"east", "west", "south"}
    assert names(made, three) == [("The Three", FROM_THEN)]
    assert made.body(TWINS).closed == DAY


def test_a_cluster_takes_in_another_board() -> None:
    made = after(ClusterStart(TWINS, (SOUTH,)))

    assert members(made, TWINS) == {"east", "west", "south"}


def test_a_cluster_changes_its_boards_on_one_day() -> None:
    made = after(ClusterStart(TWINS, (SOUTH,)), ClusterEnd(TWINS, (EAST,)))

    assert members(made, TWINS) == {"west", "south"}
    assert made.body(TWINS).closed is None


def test_a_cluster_that_one_of_two_boards_leaves_ends() -> None:
    made = after(ClusterEnd(TWINS, (EAST,)))

    assert members(made, TWINS) == set()
    assert made.body(TWINS).closed == DAY


def test_a_cluster_ends_when_its_boards_merge() -> None:
    made = after(Merge((EAST,), WEST))

    assert made.body(TWINS).closed == DAY
    assert {f.valid for f in made.groups if f.group == TWINS} == {Span(START, DAY)}
