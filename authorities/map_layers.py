"""One layer of a map: the shapes, outlines and labels within one rectangle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from authorities.coverage import merge_areas
from authorities.svg_paths import path_data

# Islands and slivers under these sizes, in square units, are specks on the screen.
_SMALLEST_ISLAND = 40.0

# The radius, in units, of the round room that a label in an enlargement needs.
_LABEL_ROOM = 26.0


@dataclass(frozen=True)
class PartPlace:
    """Whose a part is on the day of the map.

    Attributes:
        part: key of the part.
        authority: key of the strategic authority, None where there is none.
        board: key of the integrated care board.
        pair: key of the pair; None where there is no authority or the overlap is too small.
        planned: whether the authority is planned or proposed, not yet established.
        sliver: whether there is no pair because the overlap is too small.
    """

    part: str
    authority: str | None
    board: str | None
    pair: str | None
    planned: bool
    sliver: bool = False


@dataclass(frozen=True)
class PairShape:
    """The land of one pair.

    Attributes:
        linked: whether this is the shape to make a link of.
        x, y: the middle of its widest place.
    """

    pair: str
    d: str
    linked: bool
    x: int
    y: int


@dataclass(frozen=True)
class AuthorityOutline:
    """The border of one authority."""

    authority: str
    d: str
    planned: bool


@dataclass(frozen=True)
class MapLabel:
    """A short text and the middle of where it stands.

    Attributes:
        key: the authority, or the pair in an enlargement that shows several of one authority.
        quiet: whether the authority is only planned.
    """

    key: str
    text: str
    x: int
    y: int
    quiet: bool


@dataclass(frozen=True)
class MapLayer:
    """What is drawn within one rectangle, in the order of drawing.

    `slivers` is land that `no_pair` holds too.
    """

    no_pair: str
    slivers: str
    areas: tuple[PairShape, ...]
    board_outlines: str
    authority_outlines: tuple[AuthorityOutline, ...]
    labels: tuple[MapLabel, ...]


def draw_layer(
    *,
    areas: Mapping[str, BaseGeometry],
    places: Sequence[PartPlace],
    labels: Mapping[str, str],
    linked: set[str],
    canvas: BaseGeometry | None,
) -> MapLayer:
    """Return what is drawn of some parts.

    Args:
        areas: area of each part on the canvas, in whole units, sharing borders.
        places: whose each part is; one without an area is left out.
        labels: short texts by authority key and by pair key.
        linked: pairs whose shape here is the one to make a link of.
        canvas: the rectangle of an enlargement, None on the big map.
    """
    # One order, so that the same places always give the same text.
    drawn = sorted((p for p in places if p.part in areas), key=lambda place: place.part)
    pairs = _merged(areas=areas, keys={p.part: p.pair for p in drawn if p.pair})
    authorities = _merged(areas=areas, keys={p.part: p.authority for p in drawn if p.authority})
    planned = {p.authority for p in drawn if p.authority and p.planned}
    empty = _merged(areas=areas, keys={p.part: p.board or "" for p in drawn if not p.pair})
    slivers = _merged(areas=areas, keys={p.part: p.board or "" for p in drawn if p.sliver})
    return MapLayer(
        no_pair=_together(empty),
        slivers=_together(slivers),
        areas=tuple(_pair_shape(key, area, linked) for key, area in pairs.items()),
        board_outlines=_board_lines(areas=areas, places=drawn),
        authority_outlines=tuple(
            AuthorityOutline(
                authority=key,
                d=path_data(geometry=outline_within(area=_without_specks(area), canvas=canvas)),
                planned=key in planned,
            )
            for key, area in authorities.items()
        ),
        labels=_labels(
            authorities=authorities,
            pairs=pairs,
            places=drawn,
            texts=labels,
            linked=linked,
            inset=canvas is not None,
        ),
    )


def outline_within(*, area: BaseGeometry, canvas: BaseGeometry | None) -> BaseGeometry:
    """Return the outline of an area without what only the edge of a canvas cuts.

    Args:
        area: polygons that have been cut at the canvas.
        canvas: a rectangle; None where nothing was cut.

    Returns:
        The area itself where its whole outline is real, else lines: nobody's land ends at
        the edge of a picture.
    """
    if canvas is None or not area.boundary.intersection(canvas.boundary).length:
        return area
    lines = area.boundary.difference(canvas.boundary)
    return shapely.line_merge(lines) if lines.geom_type == "MultiLineString" else lines


def _pair_shape(key: str, area: BaseGeometry, linked: set[str]) -> PairShape:
    x, y = _room(area).coords[0]
    return PairShape(
        pair=key,
        d=path_data(geometry=_without_specks(area)),
        linked=key in linked,
        x=round(x),
        y=round(y),
    )


def _together(areas: Mapping[str, BaseGeometry]) -> str:
    return "".join(path_data(geometry=_without_specks(area)) for area in areas.values())


def _merged(
    *, areas: Mapping[str, BaseGeometry], keys: Mapping[str, str]
) -> dict[str, BaseGeometry]:
    members: dict[str, list[str]] = {}
    for part, key in keys.items():
        members.setdefault(key, []).append(part)
    return {key: merge_areas(areas=areas, keys=members[key]) for key in sorted(members)}


def _labels(
    *,
    authorities: Mapping[str, BaseGeometry],
    pairs: Mapping[str, BaseGeometry],
    places: Sequence[PartPlace],
    texts: Mapping[str, str],
    linked: set[str],
    inset: bool,
) -> tuple[MapLabel, ...]:
    """Name each authority once on each map; in an enlargement, name the pairs of a divided one."""
    pairs_of: dict[str, set[str]] = {}
    planned = {p.authority for p in places if p.planned}
    for place in places:
        if place.authority and place.pair:
            pairs_of.setdefault(place.authority, set()).add(place.pair)
    named: list[MapLabel] = []
    for authority, area in authorities.items():
        own = sorted(pairs_of.get(authority, set()))
        whole_in_inset = bool(own) and all(pair not in linked for pair in own)
        if whole_in_inset if not inset else authority in planned:
            continue
        divided = inset and len(own) > 1 and all(pair in texts for pair in own)
        targets = {pair: pairs[pair] for pair in own} if divided else {authority: area}
        for key, shape in targets.items():
            room = _room(shape)
            if key in texts and (not inset or room.length >= _LABEL_ROOM):
                x, y = room.coords[0]
                named.append(
                    MapLabel(
                        key=key,
                        text=texts[key],
                        x=round(x),
                        y=round(y),
                        quiet=authority in planned,
                    )
                )
    return tuple(named)


def _room(area: BaseGeometry) -> BaseGeometry:
    """The radius, from its centre, of the largest circle in an area."""
    largest = max(shapely.get_parts(area), key=lambda part: part.area)
    radius: BaseGeometry = shapely.maximum_inscribed_circle(largest, tolerance=1)
    return radius


def _board_lines(*, areas: Mapping[str, BaseGeometry], places: Sequence[PartPlace]) -> str:
    """Lines between boards, save where an authority's thicker outline covers them."""
    sides: dict[tuple[tuple[float, float], tuple[float, float]], list[PartPlace]] = {}
    for place in places:
        for part in shapely.get_parts(areas[place.part]):
            for ring in (part.exterior, *part.interiors):
                for start, end in pairwise(ring.coords):
                    sides.setdefault((min(start, end), max(start, end)), []).append(place)
    lines = [
        shapely.LineString(segment)
        for segment, owners in sides.items()
        if len(owners) == 2
        and owners[0].board != owners[1].board
        and _outline_of(owners[0]) == _outline_of(owners[1])
    ]
    return path_data(geometry=shapely.line_merge(shapely.multilinestrings(lines))) if lines else ""


def _outline_of(place: PartPlace) -> str | None:
    return None if place.planned else place.authority


def _without_specks(area: BaseGeometry) -> BaseGeometry:
    pieces = list(shapely.get_parts(area))
    kept = [piece for piece in pieces if piece.area >= _SMALLEST_ISLAND]
    shown: BaseGeometry = shapely.multipolygons(kept or [max(pieces, key=lambda p: float(p.area))])
    return shown
