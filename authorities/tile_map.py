"""The tile map: every authority the same square, so that size never reads as weight."""

from collections.abc import Sequence
from dataclasses import dataclass

_SIDE = 74
_GAP = 8

# Shares are rounded when they are stored, so their sum may differ a little from 1.
_SUM_TOLERANCE = 0.001


class TileShareError(ValueError):
    """The strips of a tile do not add up to the whole of it."""


@dataclass(frozen=True)
class TileCell:
    """Where an authority stands among the tiles and how its people divide.

    Attributes:
        authority: key of the authority.
        label: short text on the tile.
        col, row: place in the grid, from the top left, from 0.
        strips: pair and share of the authority's people, 0 to 1; None for people in no pair.
        planned: whether the authority is planned or proposed.
    """

    authority: str
    label: str
    col: int
    row: int
    strips: tuple[tuple[str | None, float], ...]
    planned: bool


@dataclass(frozen=True)
class Strip:
    """One pair's part of a tile, in units of the view box, one decimal place."""

    pair: str | None
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Tile:
    """One authority: a square with its strips from left to right."""

    authority: str
    label: str
    x: int
    y: int
    side: int
    strips: tuple[Strip, ...]
    planned: bool


@dataclass(frozen=True)
class TileMap:
    """All tiles; the view box is `0 0 width height`.

    left_out: how many authorities have no tile for want of room.
    """

    width: int
    height: int
    tiles: tuple[Tile, ...]
    left_out: int = 0


def draw_tiles(*, cells: Sequence[TileCell], left_out: int = 0) -> TileMap:
    """Return the rectangles of the tile map, in the order of the cells.

    Args:
        cells: one for each authority. A cell without strips is one empty square.
        left_out: how many authorities have no cell.

    Raises:
        TileShareError: the shares of a cell that has strips do not add up to 1.
    """
    columns = max((cell.col for cell in cells), default=-1) + 1
    rows = max((cell.row for cell in cells), default=-1) + 1
    return TileMap(
        width=_GAP + columns * (_SIDE + _GAP),
        height=_GAP + rows * (_SIDE + _GAP),
        tiles=tuple(_tile(cell) for cell in cells),
        left_out=left_out,
    )


def _tile(cell: TileCell) -> Tile:
    total = sum(share for _, share in cell.strips)
    if cell.strips and abs(total - 1) > _SUM_TOLERANCE:
        raise TileShareError(
            f"The shares of {cell.label} add up to {total:.3f}. They must add up to 1."
        )
    x = _GAP + cell.col * (_SIDE + _GAP)
    y = _GAP + cell.row * (_SIDE + _GAP)
    strips: list[Strip] = []
    before = 0.0
    for pair, share in cell.strips:
        # Edges are rounded, not widths, so that strips meet and fill the square.
        left = round(_SIDE * before / total, 1)
        before += share
        right = round(_SIDE * before / total, 1)
        strips.append(
            Strip(pair=pair, x=round(x + left, 1), y=y, width=round(right - left, 1), height=_SIDE)
        )
    return Tile(
        authority=cell.authority,
        label=cell.label,
        x=x,
        y=y,
        side=_SIDE,
        strips=tuple(strips),
        planned=cell.planned,
    )
