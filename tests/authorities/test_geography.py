import csv
from pathlib import Path

import pytest

from authorities.geography import (
    Coterminosity,
    CoterminosityRule,
    DuplicatePartError,
    Gap,
    NegativePopulationError,
    Overlap,
    PartOverlap,
    ShareError,
    coterminosity,
    gaps,
    overlaps,
    pairs,
)

FACTS = Path(__file__).parent / "facts"
ESTABLISHED = {"established", "established_awaiting_first_mayor"}
PLANNED = ESTABLISHED | {"planned_not_established"}


def facts(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def england(*, year: int, statuses: set[str] | None = None) -> tuple[PartOverlap, ...]:
    """England's councils by board; authorities of other statuses count as not there."""
    there = {
        row["authority"]
        for row in facts("authorities_2026.csv")
        if statuses is None or row["status"] in statuses
    }
    return tuple(
        PartOverlap(
            part=row["part"],
            authority=row["authority"] if row["authority"] in there else None,
            board=row["board"],
            population=int(row["population"]),
        )
        for row in facts(f"parts_{year}.csv")
    )


def part(name: str, authority: str | None, board: str | None, population: int = 100) -> PartOverlap:
    return PartOverlap(part=name, authority=authority, board=board, population=population)


def classes_of(
    *parts: PartOverlap, rule: CoterminosityRule | None = None
) -> dict[tuple[str, str], Coterminosity]:
    found = coterminosity(
        pairs=pairs(overlaps=overlaps(parts=parts)), rule=rule or CoterminosityRule()
    )
    return {(c.authority, c.board): c.coterminosity for c in found.pairs}


@pytest.mark.parametrize("year", [2023, 2026])
def test_councils_give_the_same_pairs_as_small_areas(year: int) -> None:
    parts = england(year=year)

    found = overlaps(parts=parts)

    expected = {(row["authority"], row["board"]): row for row in facts(f"pairs_{year}.csv")}
    assert {(o.authority, o.board) for o in found} == expected.keys()
    for overlap in found:
        row = expected[overlap.authority, overlap.board]
        # Each council's people were rounded on their own, at most 33 to an authority.
        assert overlap.population == pytest.approx(int(row["population"]), abs=33)
        assert overlap.share_of_authority == pytest.approx(
            float(row["share_of_authority"]), abs=1e-5
        )
        assert overlap.share_of_board == pytest.approx(float(row["share_of_board"]), abs=1e-5)


def test_england_has_42_boards_and_then_36() -> None:
    before, after = england(year=2023), england(year=2026)

    boards = [len({p.board for p in parts}) for parts in (before, after)]

    assert boards == [42, 36]
    assert sum(p.population for p in before) == pytest.approx(
        sum(p.population for p in after), abs=5
    )


def coterminous_authorities(*, statuses: set[str]) -> set[str]:
    found = coterminosity(
        pairs=pairs(overlaps=overlaps(parts=england(year=2026, statuses=statuses)))
    )
    return {c.authority for c in found.pairs if c.coterminosity == Coterminosity.COTERMINOUS}


def test_three_authorities_are_coterminous_today() -> None:
    today = coterminous_authorities(statuses=ESTABLISHED)

    assert today == {"greater-manchester", "south-yorkshire", "hampshire-and-the-solent"}


def test_two_more_are_coterminous_once_established() -> None:
    later = coterminous_authorities(statuses=PLANNED)

    assert later - coterminous_authorities(statuses=ESTABLISHED) == {
        "greater-essex",
        "norfolk-and-suffolk",
    }


def test_west_yorkshire_is_not_coterminous_because_its_board_reaches_craven() -> None:
    found = coterminosity(
        pairs=pairs(overlaps=overlaps(parts=england(year=2026, statuses=ESTABLISHED)))
    )

    by_pair = {(c.authority, c.board): c.coterminosity for c in found.pairs}

    assert (
        by_pair["west-yorkshire", "west-yorkshire"] == Coterminosity.BOARD_OVER_SEVERAL_AUTHORITIES
    )
    assert by_pair["york-and-north-yorkshire", "west-yorkshire"] == Coterminosity.MIXED


def test_cornwall_would_lie_within_one_board_because_of_the_isles_of_scilly() -> None:
    parts = england(year=2026)

    found = classes_of(*parts)

    key = ("cornwall", "cornwall-and-the-isles-of-scilly")
    assert found[key] == Coterminosity.AUTHORITY_WITHIN_ONE_BOARD


@pytest.mark.parametrize(
    ("authority", "expected"),
    [
        ("greater-london", Coterminosity.AUTHORITY_OVER_SEVERAL_BOARDS),
        ("west-midlands", Coterminosity.AUTHORITY_OVER_SEVERAL_BOARDS),
        ("liverpool-city-region", Coterminosity.BOARD_OVER_SEVERAL_AUTHORITIES),
        ("cambridgeshire-and-peterborough", Coterminosity.AUTHORITY_WITHIN_ONE_BOARD),
        ("york-and-north-yorkshire", Coterminosity.MIXED),
        ("greater-lincolnshire", Coterminosity.MIXED),
        ("south-yorkshire", Coterminosity.COTERMINOUS),
    ],
)
def test_each_authority_has_one_class(authority: str, expected: Coterminosity) -> None:
    found = coterminosity(
        pairs=pairs(overlaps=overlaps(parts=england(year=2026, statuses=ESTABLISHED)))
    )

    assert dict(found.authorities)[authority] == expected


@pytest.mark.parametrize(
    ("board", "expected"),
    [
        ("cheshire-and-merseyside", Coterminosity.BOARD_OVER_SEVERAL_AUTHORITIES),
        ("black-country", Coterminosity.AUTHORITY_OVER_SEVERAL_BOARDS),
        ("humber-and-north-yorkshire", Coterminosity.MIXED),
    ],
)
def test_each_board_has_one_class(board: str, expected: Coterminosity) -> None:
    found = coterminosity(
        pairs=pairs(overlaps=overlaps(parts=england(year=2026, statuses=ESTABLISHED)))
    )

    assert dict(found.boards)[board] == expected


def test_the_only_sliver_of_england_is_listed_and_not_hidden() -> None:
    found = pairs(overlaps=overlaps(parts=england(year=2026)))

    slivers = [(p.overlap.authority, p.overlap.board) for p in found if p.sliver]

    assert slivers == [("york-and-north-yorkshire", "lancashire-and-south-cumbria")]
    assert len(found) == 34


def test_a_sliver_has_no_class() -> None:
    found = classes_of(*england(year=2026))

    assert ("york-and-north-yorkshire", "lancashire-and-south-cumbria") not in found


def test_exactly_the_threshold_is_not_a_sliver() -> None:
    found = overlaps(parts=[part("a", "sa", "one", 98), part("b", "sa", "two", 2)])

    marked = {p.overlap.board: p.sliver for p in pairs(overlaps=found)}

    assert marked == {"one": False, "two": False}


def test_a_sliver_is_measured_by_the_authoritys_people_not_the_boards() -> None:
    found = overlaps(
        parts=[
            part("a", "sa", "one", 990),
            part("b", "sa", "two", 10),
            part("c", "x", "one", 50000),
        ]
    )

    marked = {(p.overlap.authority, p.overlap.board): p.sliver for p in pairs(overlaps=found)}

    assert marked == {("sa", "one"): False, ("sa", "two"): True, ("x", "one"): False}


def test_people_without_an_authority_count_towards_the_board() -> None:
    found = overlaps(parts=[part("a", "sa", "icb", 300), part("b", None, "icb", 100)])

    assert found == (Overlap("sa", "icb", 300, 1.0, 0.75),)


def test_a_part_without_people_makes_no_pair() -> None:
    assert overlaps(parts=[part("a", "sa", "icb", 0)]) == ()


def test_an_area_without_an_authority_is_shown_as_a_gap() -> None:
    parts = [part("a", "sa", "icb", 300), part("b", None, "icb", 100), part("c", "sa", None, 50)]

    found = gaps(parts=parts)

    assert found == (
        Gap(authority=None, board="icb", population=100, share=0.25),
        Gap(authority="sa", board=None, population=50, share=50 / 350),
    )


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([part("a", "A", "B")], Coterminosity.COTERMINOUS),
        ([part("a", "A", "B"), part("b", None, "B")], Coterminosity.AUTHORITY_WITHIN_ONE_BOARD),
        (
            [part("a", "A", "B"), part("b", "A", "C")],
            Coterminosity.AUTHORITY_OVER_SEVERAL_BOARDS,
        ),
        (
            [part("a", "A", "B"), part("b", "D", "B")],
            Coterminosity.BOARD_OVER_SEVERAL_AUTHORITIES,
        ),
        (
            [part("a", "A", "B"), part("b", "D", "B"), part("c", "A", "C")],
            Coterminosity.MIXED,
        ),
    ],
)
def test_a_pair_has_one_of_five_classes(parts: list[PartOverlap], expected: Coterminosity) -> None:
    found = classes_of(*parts)

    assert found["A", "B"] == expected


def test_the_share_that_counts_as_whole_is_a_setting() -> None:
    parts = [part("a", "A", "B", 97), part("b", None, "B", 3)]

    strict = classes_of(*parts)
    lenient = classes_of(*parts, rule=CoterminosityRule(whole_share=0.97))

    assert strict["A", "B"] == Coterminosity.AUTHORITY_WITHIN_ONE_BOARD
    assert lenient["A", "B"] == Coterminosity.COTERMINOUS


@pytest.mark.parametrize("share", [-0.01, 1.01, float("nan")])
def test_a_threshold_that_is_no_share_is_refused(share: float) -> None:
    with pytest.raises(ShareError, match="from 0 to 1"):
        pairs(overlaps=(), sliver_threshold=share)
    with pytest.raises(ShareError, match="from 0 to 1"):
        coterminosity(pairs=(), rule=CoterminosityRule(whole_share=share))


def test_a_part_with_fewer_than_no_people_is_refused() -> None:
    with pytest.raises(NegativePopulationError, match="Part a has -1 people"):
        overlaps(parts=[part("a", "sa", "icb", -1)])


def test_a_part_that_stands_twice_is_refused() -> None:
    with pytest.raises(DuplicatePartError, match="Part a is there twice"):
        gaps(parts=[part("a", "sa", "icb", 1), part("a", "sa", "icb", 2)])
