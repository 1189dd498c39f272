"""Approximate areas of council parts, drawn from the locations of postcodes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from authorities.coverage import absorb_fragments, simplify_areas, snap_areas
from authorities.map_frames import Frame

# Land that is drawn so that the border is right, and then left out.
OUTSIDE = ""

# Postcodes on each side further than this from England do not shape its border.
_NEAR_ENGLAND_METRES = 20_000

# Two postcodes this far apart along a shore have land between them; a bay or an estuary
# wider than twice this stays open. Smaller values tear holes into moors.
_SHORE_REACH_METRES = 3_000
_SHORE_MARGIN_METRES = 400

_NODING_METRES = 1.0

# Land is drawn wider than a frame, since it is ragged where the postcodes used end.
_AROUND_FRAME_METRES = 10_000
_CLIP_MARGIN_METRES = 2_000


class UnknownDistrictError(ValueError):
    """A postcode lies in a district that the register does not know."""


@dataclass(frozen=True)
class PartRule:
    """Postcodes of a split council that belong to one of its parts.

    Attributes:
        part: key of the part, `<council code>:<n>`.
        district: code of a district of the county; empty means any.
        postcodes: an outward code ("LA18") or a sector ("LA2 7"); empty means all.
    """

    part: str
    district: str
    postcodes: str


@dataclass(frozen=True)
class Detail:
    """How finely areas are drawn; all in metres or square metres.

    Attributes:
        cell: side of the squares of which one point stands for each part.
        tolerance: see `simplify_areas`.
        grid: corners end on multiples of this.
        smallest: detached pieces below this go to their neighbour.
    """

    cell: float
    tolerance: float
    grid: float
    smallest: float


NATIONAL = Detail(cell=1_000, tolerance=600, grid=50, smallest=4_000_000)
FINE = Detail(cell=250, tolerance=250, grid=50, smallest=600_000)


def place_postcodes(
    *,
    postcodes: pd.DataFrame,
    county_of: Mapping[str, str],
    current_code: Mapping[str, str],
    rules: Sequence[PartRule],
) -> pd.DataFrame:
    """Return where postcodes are and in which part of which council.

    Args:
        postcodes: columns pcd (seven characters), laua, oseast1m, osnrth1m (metres of the
            British National Grid).
        county_of: county code by district code.
        current_code: today's council code by former code.
        rules: the first rule that fits a postcode decides; without one it belongs to the
            first part of its council.

    Returns:
        Columns x, y (metres) and part, which is `OUTSIDE` in Wales and Scotland near England.

    Raises:
        UnknownDistrictError: a county district (E07) has no county.
    """
    places = postcodes.dropna(subset=["oseast1m", "osnrth1m", "laua"])
    places = places[places["laua"].str[0].isin(["E", "S", "W"])].reset_index(drop=True)
    numbers, codes = pd.factorize(places["laua"])
    districts = [current_code.get(code, code) for code in codes]
    unknown = {code for code in districts if code.startswith("E07") and code not in county_of}
    if unknown:
        raise UnknownDistrictError(
            f"No county is known for {', '.join(sorted(unknown))}. Add it to districts.csv."
        )
    councils = [county_of.get(code, code) for code in districts]
    first_parts = [f"{code}:1" if code.startswith("E") else OUTSIDE for code in councils]
    part = np.array(first_parts, dtype=object)[numbers]
    split = {rule.part.partition(":")[0] for rule in rules}
    # Few councils are split, so only their postcodes are read.
    rows = np.flatnonzero(np.array([code in split for code in councils])[numbers])
    district = np.array(districts, dtype=object)[numbers[rows]]
    council = np.array(councils, dtype=object)[numbers[rows]]
    postcode = places["pcd"].iloc[rows]
    outward = postcode.str[:4].str.strip().to_numpy()
    sector = (postcode.str[:4].str.strip() + " " + postcode.str[4]).to_numpy()
    undecided = np.ones(len(rows), dtype=bool)
    for rule in rules:
        fits = undecided & (council == rule.part.partition(":")[0])
        if rule.district:
            fits &= district == rule.district
        if rule.postcodes:
            fits &= (outward == rule.postcodes) | (sector == rule.postcodes)
        part[rows[fits]] = rule.part
        undecided &= ~fits
    placed = pd.DataFrame({"x": places["oseast1m"], "y": places["osnrth1m"], "part": part})
    return _near_england(placed)


def shares_of_postcodes(*, placed: pd.DataFrame) -> dict[str, float]:
    """Return each part's share, from 0 to 1, of the postcodes of its council."""
    english = placed.loc[placed["part"] != OUTSIDE, "part"]
    counts = {str(part): int(n) for part, n in english.value_counts().items()}
    totals: dict[str, int] = {}
    for part, count in counts.items():
        council = part.partition(":")[0]
        totals[council] = totals.get(council, 0) + count
    return {part: count / totals[part.partition(":")[0]] for part, count in counts.items()}


def draw_parts(*, placed: pd.DataFrame, detail: Detail) -> dict[str, BaseGeometry]:
    """Return one area a part, simplified so that neighbours still share their border.

    One point stands for the postcodes of a part in a small square. The land is divided
    among these points by nearness, cut to what lies near a postcode, and merged by part.

    Args:
        placed: as `place_postcodes` returns it.
        detail: how finely.

    Returns:
        Areas in metres of the British National Grid, by part.
    """
    points = _representatives(placed=placed, cell=detail.cell)
    corners = shapely.multipoints(points[["x", "y"]].to_numpy())
    cells = shapely.get_parts(shapely.voronoi_polygons(corners, ordered=True))
    land = _land(placed=placed)
    shapely.prepare(land)
    parts = points["part"].to_numpy()
    areas = {
        part: shapely.intersection(shapely.coverage_union_all(cells[parts == part]), land)
        for part in sorted(set(parts))
    }
    whole = absorb_fragments(areas=areas, smallest=detail.smallest, grid=_NODING_METRES)
    simple = simplify_areas(areas=whole, tolerance=detail.tolerance, grid=detail.grid)
    return {part: area for part, area in simple.items() if part != OUTSIDE}


def within_frame(*, placed: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return the postcodes that shape what a frame shows, those just outside included."""
    west, south, east, north = frame.box(margin=_AROUND_FRAME_METRES).bounds
    inside = placed["x"].between(west, east) & placed["y"].between(south, north)
    return placed[inside].reset_index(drop=True)


def clip_parts(
    *, areas: Mapping[str, BaseGeometry], frame: Frame, grid: float
) -> dict[str, BaseGeometry]:
    """Return what of the areas lies in a frame or just outside it.

    Args:
        areas: metres of the British National Grid, sharing their borders.
        frame: what is shown.
        grid: corners end on multiples of this, in metres.
    """
    edge = frame.box(margin=_CLIP_MARGIN_METRES)
    cut = {part: shapely.intersection(area, edge) for part, area in areas.items()}
    return snap_areas(areas={p: a for p, a in cut.items() if a.area > 0}, grid=grid)


def _near_england(placed: pd.DataFrame) -> pd.DataFrame:
    """Leave out Welsh and Scottish postcodes that no English square touches."""
    column = (placed["x"] // _NEAR_ENGLAND_METRES).astype(int)
    row = (placed["y"] // _NEAR_ENGLAND_METRES).astype(int)
    english = placed["part"] != OUTSIDE
    squares = set(zip(column[english], row[english], strict=True))
    near = {(x + dx, y + dy) for x, y in squares for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    known = pd.MultiIndex.from_tuples(sorted(near))
    kept = pd.MultiIndex.from_arrays([column, row]).isin(known)
    return placed[kept].reset_index(drop=True)


def _representatives(*, placed: pd.DataFrame, cell: float) -> pd.DataFrame:
    """One median point for each square and part, in a fixed order."""
    squares = placed.assign(column=placed["x"] // cell, row=placed["y"] // cell)
    points = squares.groupby(["column", "row", "part"], as_index=False).agg(
        x=("x", "median"), y=("y", "median")
    )
    # Two parts can meet in one building; the division needs distinct points.
    return points.drop_duplicates(subset=["x", "y"]).reset_index(drop=True)


def _land(*, placed: pd.DataFrame) -> BaseGeometry:
    """What lies between postcodes that are near one another, lakes and moors filled in."""
    points = _representatives(placed=placed.assign(part=OUTSIDE), cell=1_000)
    reach = shapely.union_all(
        shapely.buffer(
            shapely.points(points["x"].to_numpy(), points["y"].to_numpy()),
            _SHORE_REACH_METRES,
            quad_segs=2,
        )
    )
    filled = shapely.union_all(
        shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(reach)))
    )
    return shapely.buffer(filled, _SHORE_MARGIN_METRES - _SHORE_REACH_METRES, quad_segs=2)
