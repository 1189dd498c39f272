import pytest

from authorities.tile_map import TileCell, TileShareError, draw_tiles


def cell(*strips: tuple[str | None, float], col: int = 0, row: int = 0) -> TileCell:
    return TileCell(
        authority="cumbria", label="Cumb", col=col, row=row, strips=strips, planned=False
    )


def test_every_tile_has_the_same_square_whatever_its_people() -> None:
    cells = [cell(("a", 1.0)), cell(("b", 0.5), ("c", 0.5), col=2, row=1)]

    tiles = draw_tiles(cells=cells)

    assert {tile.side for tile in tiles.tiles} == {74}
    assert [(tile.x, tile.y) for tile in tiles.tiles] == [(8, 8), (172, 90)]
    assert (tiles.width, tiles.height) == (8 + 3 * 82, 8 + 2 * 82)


def test_strips_are_as_wide_as_their_share_and_fill_the_square() -> None:
    (tile,) = draw_tiles(cells=[cell(("nenc", 0.639672), ("lsc", 0.360328))]).tiles

    first, second = tile.strips

    assert (first.pair, first.x, first.width) == ("nenc", 8, 47.3)
    assert (second.pair, second.x, second.width) == ("lsc", 55.3, 26.7)
    assert first.width + second.width == pytest.approx(tile.side)
    assert {strip.height for strip in tile.strips} == {74}


def test_people_in_no_pair_keep_their_strip() -> None:
    (tile,) = draw_tiles(cells=[cell(("hny", 0.93), ("wy", 0.062), (None, 0.008))]).tiles

    assert [strip.pair for strip in tile.strips] == ["hny", "wy", None]
    assert tile.strips[-1].width > 0


def test_an_authority_without_people_known_is_one_empty_square() -> None:
    (tile,) = draw_tiles(cells=[cell()]).tiles

    assert tile.strips == ()


def test_shares_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(TileShareError, match=r"Cumb add up to 0.900"):
        draw_tiles(cells=[cell(("a", 0.9))])
