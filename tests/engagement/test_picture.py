"""The picture: nine cells, counts by group, nothing that ranks or adds levels."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement import picture
from engagement.picture import Filters, PictureGroup, PictureRow, PictureWarning

LEVELS = ("high", "partial", "low")
CELLS = {(sa, icb): "green" if sa == icb == "high" else "red" for sa in LEVELS for icb in LEVELS}
GROUPS = [
    PictureGroup(code=code, name=code, offer="", aimed_at="both") for code in ("green", "red")
]
ROW = PictureRow(
    pair="a/b",
    name="A with B",
    authority_slug="a",
    authority_name="A",
    authority_code=None,
    board_slug="b",
    board_name="B",
    board_ons_code=None,
    board_ods_code=None,
    tier="mayoral",
    nhs_region_slug="north",
    nhs_region_name="North",
    authority_level=None,
    board_level=None,
    group=None,
    gap=None,
    less_engaged=None,
    movement="first",
    earlier_authority_level=None,
    earlier_board_level=None,
    earlier_round=None,
    basis="own_views",
    population=1,
    population_year=2022,
    share_of_authority=1.0,
    share_of_board=1.0,
    coterminosity="coterminous",
    warnings=(),
    not_assessed=("no view from the ICB",),
)
levels = st.sampled_from([*LEVELS, None])


def row(sa, icb, name="A") -> PictureRow:
    return replace(ROW, name=name, authority_level=sa, board_level=icb, group=CELLS.get((sa, icb)))


def draw(rows) -> picture.Picture:
    return picture.draw_picture(rows=rows, groups=GROUPS, cell_groups=CELLS)


@given(st.lists(st.tuples(levels, levels), max_size=30))
def test_every_pair_is_in_one_cell_or_not_assessed(pairs):
    drawn = draw([row(sa, icb, name=str(n)) for n, (sa, icb) in enumerate(pairs)])

    in_cells = sum(len(cell.rows) for cell in drawn.cells)
    assert in_cells == drawn.assessed == sum(drawn.in_group.values())
    assert in_cells + len(drawn.not_assessed) == len(drawn.rows) == len(pairs)


def test_cells_are_authority_high_to_low_and_within_it_icb_high_to_low():
    drawn = draw([])

    assert [(cell.authority_level, cell.board_level) for cell in drawn.cells] == [
        (sa, icb) for sa in LEVELS for icb in LEVELS
    ]


def test_lists_are_alphabetical_whatever_the_level():
    drawn = draw([row("low", "low", "B"), row("high", "high", "C"), row(None, "high", "A")])

    assert [each.name for each in drawn.rows] == ["A", "B", "C"]


def test_a_group_without_a_pair_counts_none_and_is_there():
    assert draw([]).in_group == {"green": 0, "red": 0}


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (Filters(), True),
        (Filters(tier="mayoral"), True),
        (Filters(tier="foundation"), False),
        (Filters(region="north"), True),
        (Filters(region="south"), False),
        (Filters(fit="coterminous"), True),
        (Filters(fit="mixed"), False),
        (Filters(warnings="without"), True),
        (Filters(warnings="with"), False),
        (Filters(group="not-assessed"), True),
        (Filters(group="green"), False),
    ],
)
def test_filters_keep_what_is_asked_for(filters, kept):
    assert filters.keep(ROW) is kept


def test_a_row_comes_back_from_its_stored_form():
    warned = replace(
        ROW, warnings=(PictureWarning(kind="pair_ends_on", on="2027-04-01", cluster=None),)
    )

    assert picture.row_from_json(stored=picture.row_to_json(row=warned)) == warned


@pytest.mark.parametrize(
    ("authority", "board", "name"),
    [("Devon and Torbay", "Devon", "Devon and Torbay with Devon"), ("Kent", "Kent", "Kent")],
)
def test_a_pair_of_one_name_has_one_name(authority, board, name):
    assert picture.pair_name(authority=authority, board=board) == name
