"""What is hidden cannot be worked out: every table that agrees with what is shown is tried."""

from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.disclosure import Cell, Hidden, Place, Rule, Sum, hidden_cells, sums_of

RULE = Rule(counts_to=4)


def _cells(**counts: float | None) -> list[Cell]:
    return [Cell(key, count) for key, count in counts.items()]


def test_a_small_count_alone_is_hidden():
    assert hidden_cells(cells=_cells(a=3, b=0, c=5), sums=[], rule=RULE) == {
        "a": Hidden.SMALL_COUNT
    }


def test_nothing_is_hidden_without_a_rule():
    assert hidden_cells(cells=_cells(a=1, b=2), sums=[Sum("a", ("b",))], rule=Rule()) == {}


def test_a_small_population_is_hidden():
    cells = [Cell("a", 1, 3), Cell("b", 2, 4), Cell("c", None, None)]
    found = hidden_cells(cells=cells, sums=[], rule=Rule(denominators_to=3))
    assert found == {"a": Hidden.SMALL_POPULATION}


def test_the_smallest_other_part_protects_a_lone_hidden_one():
    # 20 - 9 - 8 would give 3.
    cells = _cells(total=20, a=3, b=9, c=8)
    found = hidden_cells(cells=cells, sums=[Sum("total", ("a", "b", "c"))], rule=RULE)
    assert found == {"a": Hidden.SMALL_COUNT, "c": Hidden.PROTECTS_ANOTHER}


def test_of_four_districts_the_two_smallest_are_hidden():
    # Source: the project's worked example.
    cells = _cells(total=110, a=3, b=12, c=40, d=55)
    found = hidden_cells(cells=cells, sums=[Sum("total", ("a", "b", "c", "d"))], rule=RULE)
    assert found == {"a": Hidden.SMALL_COUNT, "b": Hidden.PROTECTS_ANOTHER}


def test_two_small_counts_whose_sum_leaves_one_choice_take_a_third():
    # Both are from 1 to 4 and add up to 8: they can only be 4 and 4.
    cells = _cells(total=28, a=4, b=4, c=20)
    found = hidden_cells(cells=cells, sums=[Sum("total", ("a", "b", "c"))], rule=RULE)
    assert found["c"] is Hidden.PROTECTS_ANOTHER


def test_a_total_goes_where_no_part_is_left():
    cells = _cells(total=3, a=3)
    found = hidden_cells(cells=cells, sums=[Sum("total", ("a",))], rule=RULE)
    assert set(found) == {"total", "a"}


def test_a_square_of_hidden_counts_protects_itself():
    # Rows and columns with totals: one small count takes its row, its column and the corner.
    counts = {
        "11": 3, "12": 10, "13": 30, "1t": 43,
        "21": 12, "22": 11, "23": 31, "2t": 54,
        "31": 32, "32": 33, "33": 34, "3t": 99,
        "t1": 47, "t2": 54, "t3": 95, "tt": 196,
    }  # fmt: skip
    sums = [
        *(Sum(f"{row}t", tuple(f"{row}{column}" for column in "123")) for row in "123t"),
        *(Sum(f"t{column}", tuple(f"{row}{column}" for row in "123")) for column in "123t"),
    ]
    found = hidden_cells(cells=[Cell(k, c) for k, c in counts.items()], sums=sums, rule=RULE)
    assert set(found) == {"11", "12", "21", "22"}


def test_what_was_hidden_stays_hidden_while_its_count_is_the_same():
    cells = [Cell("a", 9, was_hidden=True), Cell("b", 8)]
    assert hidden_cells(cells=cells, sums=[], rule=RULE) == {"a": Hidden.STAYS_HIDDEN}


def test_what_came_hidden_is_protected_too():
    cells = [Cell("total", 20), Cell("a", None, sent_hidden=True), Cell("b", 9), Cell("c", 8)]
    found = hidden_cells(cells=cells, sums=[Sum("total", ("a", "b", "c"))], rule=RULE)
    assert found == {"a": Hidden.SENT_HIDDEN, "c": Hidden.PROTECTS_ANOTHER}


def test_a_sum_that_does_not_add_up_binds_nothing():
    cells = _cells(total=50, a=3, b=9)
    found = hidden_cells(cells=cells, sums=[Sum("total", ("a", "b"))], rule=RULE)
    assert found == {"a": Hidden.SMALL_COUNT}


@pytest.mark.parametrize("missing", ["total", "a"])
def test_a_sum_of_which_a_member_is_not_there_binds_nothing(missing: str):
    cells = [cell for cell in _cells(total=12, a=3, b=9) if cell.key != missing]
    cells.append(Cell("x", 2))
    found = hidden_cells(cells=cells, sums=[Sum("total", ("a", "b"))], rule=RULE)
    assert "b" not in found


def _possible(counts, found, sums):
    """The plainer implementation: try every whole number for every hidden count."""
    keys = sorted(found)
    totals = {
        key: min([counts[one.total] for one in sums if key in one.parts], default=40)
        for key in keys
    }
    ranges = [
        range(1, 5) if found[key] is Hidden.SMALL_COUNT else range(totals[key] + 1) for key in keys
    ]
    for tried in product(*ranges):
        table = counts | dict(zip(keys, tried, strict=True))
        if all(table[one.total] == sum(table[part] for part in one.parts) for one in sums):
            yield dict(zip(keys, tried, strict=True))


@settings(max_examples=60)
@given(
    st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2),
)
def test_each_hidden_count_of_a_small_table_could_be_two_things(rows):
    counts = {f"{r}{c}": rows[r][c] for r in range(2) for c in range(2)}
    counts |= {f"{r}t": sum(rows[r]) for r in range(2)}
    counts |= {f"t{c}": rows[0][c] + rows[1][c] for c in range(2)}
    counts["tt"] = sum(map(sum, rows))
    sums = [
        *(Sum(f"{r}t", (f"{r}0", f"{r}1")) for r in "01t"),
        *(Sum(f"t{c}", (f"0{c}", f"1{c}")) for c in "01t"),
    ]
    found = hidden_cells(cells=[Cell(k, n) for k, n in counts.items()], sums=sums, rule=RULE)
    assert {key for key, n in counts.items() if 0 < n <= 4} <= set(found)
    if len(found) > 4:
        return
    seen: dict[str, set[int]] = {key: set() for key in found}
    for one in _possible(counts, found, sums):
        for key, number in one.items():
            seen[key].add(number)
    assert all(len(numbers) >= 2 for numbers in seen.values()), (counts, found)


E, W, N = (UUID(int=number) for number in (1, 2, 3))


def test_the_sums_of_a_table_are_of_sex_category_and_area():
    keys = [
        Place(area, sex, "All ages", "", "")
        for area in (E, W, N)
        for sex in ("Persons", "Male", "Female")
    ] + [Place(W, "Persons", "All ages", "Deprivation", f"{n}") for n in (1, 2)]
    found = set(sums_of(places=keys, members={E: (W, N)}))
    whole = Place(W, "Persons", "All ages", "", "")
    assert Sum(whole, (whole._replace(sex="Female"), whole._replace(sex="Male"))) in found
    parts = tuple(whole._replace(category_type="Deprivation", category=one) for one in ("1", "2"))
    assert Sum(whole, parts) in found
    assert Sum(whole._replace(area=E), (whole, whole._replace(area=N))) in found
    # Three areas by sex, one by category, three sexes by area.
    assert len(found) == 7


def test_an_area_without_all_its_members_is_no_sum():
    keys = [Place(area, "Persons", "All ages", "", "") for area in (E, W)]
    assert sums_of(places=keys, members={E: (W, N)}) == ()
