"""What holds for overlaps, gaps and classes whatever the parts are."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authorities.geography import (
    Coterminosity,
    CoterminosityClasses,
    CoterminosityRule,
    Gap,
    Overlap,
    Pair,
    PartOverlap,
    coterminosity,
    gaps,
    overlaps,
    pairs,
)

pytestmark = pytest.mark.slow

KEYS = ("a", "b", "c", "d")
bodies = st.sampled_from([None, *KEYS])
some_parts = st.lists(
    st.builds(
        PartOverlap,
        part=st.integers(0, 30).map(str),
        authority=bodies,
        board=bodies,
        # Few people make slivers, exact thresholds and empty parts likely.
        population=st.integers(0, 100) | st.integers(0, 10**7),
    ),
    unique_by=lambda p: (p.part, p.authority, p.board),
    max_size=30,
)
shares = st.floats(0, 1)
rules = st.builds(CoterminosityRule, whole_share=shares)
renamings = st.permutations(KEYS).map(lambda new: dict(zip(KEYS, new, strict=True)))

Found = tuple[tuple[Overlap, ...], tuple[Gap, ...], tuple[Pair, ...], CoterminosityClasses]


def everything(parts: Sequence[PartOverlap]) -> Found:
    found = overlaps(parts=parts)
    of_parts = pairs(overlaps=found)
    return found, gaps(parts=parts), of_parts, coterminosity(pairs=of_parts)


def people_of(parts: Sequence[PartOverlap], side: str) -> dict[str, int]:
    """The people of each body that has any, added up the plainest way."""
    keys = {getattr(part, side) for part in parts} - {None}
    whole = {
        key: sum(part.population for part in parts if getattr(part, side) == key) for key in keys
    }
    return {key: people for key, people in whole.items() if people}


@given(some_parts)
def test_no_population_is_lost_or_doubled(parts: list[PartOverlap]) -> None:
    found, uncovered, *_ = everything(parts)

    neither = sum(p.population for p in parts if p.authority is None and p.board is None)

    assert sum(o.population for o in found) + sum(g.population for g in uncovered) + neither == sum(
        p.population for p in parts
    )


@pytest.mark.parametrize("side", ["authority", "board"])
@given(parts=some_parts)
def test_overlaps_and_the_gap_of_each_body_are_all_its_people(
    side: str, parts: list[PartOverlap]
) -> None:
    found, uncovered, *_ = everything(parts)

    covered = dict.fromkeys(people_of(parts, side), 0)
    for row in (*found, *uncovered):
        if (key := getattr(row, side)) is not None:
            covered[key] += row.population
    assert covered == people_of(parts, side)


@pytest.mark.parametrize("side", ["authority", "board"])
@given(parts=some_parts)
def test_the_shares_of_each_body_and_its_gap_are_one(side: str, parts: list[PartOverlap]) -> None:
    found, uncovered, *_ = everything(parts)

    whole = dict.fromkeys(people_of(parts, side), 0.0)
    for overlap in found:
        whole[getattr(overlap, side)] += getattr(overlap, f"share_of_{side}")
    for gap in uncovered:
        if (key := getattr(gap, side)) is not None:
            whole[key] += gap.share
    assert whole == pytest.approx(dict.fromkeys(whole, 1.0), abs=1e-12)


@given(some_parts, st.randoms(use_true_random=False))
def test_the_order_of_parts_changes_nothing(parts: list[PartOverlap], random) -> None:
    shuffled = [replace(part) for part in parts]
    random.shuffle(shuffled)

    assert everything(shuffled) == everything(parts)


@given(some_parts, st.integers(1, 10))
def test_smaller_parts_change_nothing(parts: list[PartOverlap], pieces: int) -> None:
    smaller = [
        replace(
            part,
            part=f"{part.part}:{number}",
            population=part.population * (number + 1) // pieces
            - part.population * number // pieces,
        )
        for part in parts
        for number in range(pieces)
    ]

    assert everything(smaller) == everything(parts)


@given(some_parts, renamings, renamings, shares, rules)
def test_names_of_bodies_decide_nothing(
    parts: list[PartOverlap],
    authorities: dict[str, str],
    boards: dict[str, str],
    threshold: float,
    rule: CoterminosityRule,
) -> None:
    renamed = [
        replace(
            part,
            authority=authorities.get(part.authority),
            board=boards.get(part.board),
        )
        for part in parts
    ]

    before = classes(parts, threshold=threshold, rule=rule)
    after = classes(renamed, threshold=threshold, rule=rule)

    assert {(c.authority, c.board, c.coterminosity) for c in after.pairs} == {
        (authorities[c.authority], boards[c.board], c.coterminosity) for c in before.pairs
    }
    assert dict(after.authorities) == {authorities[key]: of for key, of in before.authorities}
    assert dict(after.boards) == {boards[key]: of for key, of in before.boards}


def classes(
    parts: Sequence[PartOverlap], *, threshold: float, rule: CoterminosityRule
) -> CoterminosityClasses:
    found = pairs(overlaps=overlaps(parts=parts), sliver_threshold=threshold)
    return coterminosity(pairs=found, rule=rule)


# Seen from the boards. The last class says only that the areas differ and neither is divided.
MIRRORED = {
    Coterminosity.AUTHORITY_OVER_SEVERAL_BOARDS: Coterminosity.BOARD_OVER_SEVERAL_AUTHORITIES,
    Coterminosity.BOARD_OVER_SEVERAL_AUTHORITIES: Coterminosity.AUTHORITY_OVER_SEVERAL_BOARDS,
    Coterminosity.COTERMINOUS: Coterminosity.COTERMINOUS,
    Coterminosity.MIXED: Coterminosity.MIXED,
    Coterminosity.AUTHORITY_WITHIN_ONE_BOARD: Coterminosity.AUTHORITY_WITHIN_ONE_BOARD,
}


@given(some_parts, rules)
def test_exchanging_authorities_and_boards_mirrors_the_classes(
    parts: list[PartOverlap], rule: CoterminosityRule
) -> None:
    mirrored = [replace(part, authority=part.board, board=part.authority) for part in parts]

    # A sliver is measured by the authority's people only, so there must be none.
    before = classes(parts, threshold=0, rule=rule)
    after = classes(mirrored, threshold=0, rule=rule)

    assert {(c.board, c.authority, MIRRORED[c.coterminosity]) for c in after.pairs} == {
        (c.authority, c.board, c.coterminosity) for c in before.pairs
    }
    assert {key: MIRRORED[of] for key, of in after.authorities} == dict(before.boards)


@given(some_parts, shares, rules)
def test_every_pair_but_slivers_has_one_class_and_so_have_its_bodies(
    parts: list[PartOverlap], threshold: float, rule: CoterminosityRule
) -> None:
    found = pairs(overlaps=overlaps(parts=parts), sliver_threshold=threshold)

    classified = coterminosity(pairs=found, rule=rule)

    real = [(p.overlap.authority, p.overlap.board) for p in found if not p.sliver]
    assert [(c.authority, c.board) for c in classified.pairs] == real
    assert [key for key, _ in classified.authorities] == sorted({pair[0] for pair in real})
    assert [key for key, _ in classified.boards] == sorted({pair[1] for pair in real})


@given(some_parts, shares, shares)
def test_a_higher_threshold_makes_more_slivers_and_hides_none(
    parts: list[PartOverlap], one: float, other: float
) -> None:
    found = overlaps(parts=parts)

    few = pairs(overlaps=found, sliver_threshold=min(one, other))
    many = pairs(overlaps=found, sliver_threshold=max(one, other))

    assert [pair.overlap for pair in few] == [pair.overlap for pair in many] == list(found)
    assert {p.overlap for p in few if p.sliver} <= {p.overlap for p in many if p.sliver}
