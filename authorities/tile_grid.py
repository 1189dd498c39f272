"""Where each body stands on a tile map, and its short label."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass


class TileGridError(ValueError):
    """The grid of tiles cannot be used; the message names the row."""


@dataclass(frozen=True)
class GridPlace:
    """A body's short label and its place in the grid, from the top left, from 0."""

    label: str
    col: int
    row: int


@dataclass(frozen=True)
class TileGrid:
    """Places by slug: of authorities, and of all boards of any year."""

    authorities: Mapping[str, GridPlace]
    boards: Mapping[str, GridPlace]


def read_tile_grid(*, text: str) -> TileGrid:
    """Return the grid of `authorities/register/tile_grid.csv`.

    Args:
        text: CSV with the columns layer, slug, label, col and row.

    Returns:
        The places; a board of two years has that of the later one.

    Raises:
        TileGridError: a column is missing, a place is no whole number, or two share one.
    """
    authorities: dict[str, GridPlace] = {}
    boards: dict[str, GridPlace] = {}
    taken: set[tuple[str, int, int]] = set()
    rows = sorted(enumerate(csv.DictReader(text.splitlines()), start=2), key=_layer)
    for number, row in rows:
        try:
            layer, slug, label = row["layer"], row["slug"], row["label"]
            place = GridPlace(label=label, col=int(row["col"]), row=int(row["row"]))
        except (KeyError, TypeError, ValueError) as error:
            raise TileGridError(f"tile_grid.csv, row {number}: not a place in the grid.") from error
        if (layer, place.col, place.row) in taken:
            raise TileGridError(f"tile_grid.csv, row {number}: the place is taken. Move one.")
        taken.add((layer, place.col, place.row))
        (authorities if layer == "sa" else boards)[slug] = place
    return TileGrid(authorities=authorities, boards=boards)


def _layer(numbered: tuple[int, dict[str, str]]) -> tuple[str, int]:
    number, row = numbered
    return row.get("layer") or "", number
