"""Each body has its own place on the tile map."""

import pytest

from authorities.tile_grid import TileGridError, read_tile_grid
from tests.authorities.conftest import REGISTER

HEADER = "layer,slug,label,col,row\n"


def test_every_authority_and_board_of_the_register_has_a_place() -> None:
    grid = read_tile_grid(text=(REGISTER / "tile_grid.csv").read_text(encoding="utf-8"))

    assert len(grid.authorities) == 23
    assert len(grid.boards) == 48
    assert grid.authorities["greater-london"].label == "London"
    assert len({(p.col, p.row) for p in grid.authorities.values()}) == 23


def test_a_board_of_two_years_has_the_place_of_the_later_one() -> None:
    text = HEADER + "icb_2026,devon,Dev,3,4\nicb_2023,devon,Dvn,1,2\n"

    grid = read_tile_grid(text=text)

    assert (grid.boards["devon"].label, grid.boards["devon"].col) == ("Dev", 3)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("sa,a,A,one,2\n", "row 2: not a place"),
        ("sa,a,A,1\n", "row 2: not a place"),
        ("sa,a,A,1,2\nsa,b,B,1,2\n", "row 3: the place is taken"),
    ],
)
def test_a_wrong_place_is_named_with_its_row(rows: str, message: str) -> None:
    with pytest.raises(TileGridError, match=message):
        read_tile_grid(text=HEADER + rows)
