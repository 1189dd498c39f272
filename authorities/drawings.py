"""Maps as they are on a day, drawn once for all days on which they stay the same."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

import shapely
from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from shapely.geometry.base import BaseGeometry

from authorities.area_map import AreaMap, draw_area_map
from authorities.frozen_json import NotThisKindError, from_plain, to_plain
from authorities.map_layers import PartPlace
from authorities.models import (
    Body,
    BodyGrouping,
    BodyKind,
    Boundary,
    BoundarySet,
    CouncilMembership,
    Drawing,
    PairOverlap,
    PartBoard,
    PartCouncil,
)
from authorities.national_map import NationalMap, draw_national_map
from authorities.queries import (
    PairFacts,
    Place,
    boundary_choice,
    pair_key,
    pair_list,
    places,
)
from authorities.tile_grid import GridPlace, TileGrid, read_tile_grid
from authorities.tile_map import TileCell, TileMap, draw_tiles

# Part of every subject: a new way of drawing does not find what the old one left.
_METHOD = "1"
# So many rows of tiles stand below the grid at the most: of England's authorities each has its
# place, and a handful that are new may wait for theirs.
_ROWS_WITHOUT_PLACE = 4
# The subject of the maps of the country.
NATIONAL = f"national {_METHOD}"


class NoBoundariesError(LookupError):
    """No areas are stored for the day."""


class NothingToDrawError(LookupError):
    """The body, or the pair, has no land on the day."""


@dataclass(frozen=True)
class BoundariesUsed:
    """Where the shapes come from; approximate ones must be called so.

    drawn_whole: codes of councils with a part that has been divided since these boundaries were
        drawn. Where the line runs is not known: the land is drawn with the piece that kept its key.
    """

    name: str
    approximate: bool
    source: str
    licence: str
    drawn_whole: tuple[str, ...] = ()


@dataclass(frozen=True)
class NationalDrawing:
    """The map of England and the tile map of one day, keyed by `sa-slug/icb-slug`."""

    map: NationalMap
    tiles: TileMap
    boundaries: BoundariesUsed


@dataclass(frozen=True)
class AreaDrawing:
    """A small map of a body or a pair.

    The first outlines are those of authorities, then come those of boards.
    """

    map: AreaMap
    boundaries: BoundariesUsed


_Drawn = TypeVar("_Drawn", NationalDrawing, AreaDrawing)


def national_drawing(*, as_at: date, at: datetime) -> NationalDrawing:
    """Return the maps of the country on the day, drawn now if nobody asked before.

    Raises:
        NoBoundariesError: `manage.py load_boundaries` has not been run.
    """
    return _kept(
        subject=NATIONAL,
        kind=NationalDrawing,
        draw=lambda: _draw_nation(as_at),
        as_at=as_at,
        at=at,
    )


def area_drawing(
    *,
    as_at: date,
    at: datetime,
    authority_slug: str | None = None,
    board_slug: str | None = None,
) -> AreaDrawing:
    """Return a small map of an authority, of a board, or of the pair of both.

    Raises:
        NoBoundariesError: `manage.py load_boundaries` has not been run.
        NothingToDrawError: neither has land on the day, or the two share none.
    """
    return _kept(
        subject=f"area {_METHOD} {authority_slug or ''}/{board_slug or ''}",
        kind=AreaDrawing,
        draw=lambda: _draw_area(as_at, authority_slug, board_slug),
        as_at=as_at,
        at=at,
    )


def body_drawing(*, body: Body, as_at: date, at: datetime) -> AreaDrawing:
    """Return a small map of any body; a council, cluster or region is drawn from its parts.

    Raises:
        NoBoundariesError: `manage.py load_boundaries` has not been run.
        NothingToDrawError: it has no land on the day.
    """
    if body.kind == BodyKind.STRATEGIC_AUTHORITY:
        return area_drawing(as_at=as_at, at=at, authority_slug=body.slug)
    if body.kind == BodyKind.INTEGRATED_CARE_BOARD:
        return area_drawing(as_at=as_at, at=at, board_slug=body.slug)
    return _kept(
        subject=f"area {_METHOD} {body.kind} {body.slug}",
        kind=AreaDrawing,
        draw=lambda: _draw_parts(as_at, body),
        as_at=as_at,
        at=at,
    )


def _kept(
    *, subject: str, kind: type[_Drawn], draw: Callable[[], _Drawn], as_at: date, at: datetime
) -> _Drawn:
    """The stored drawing; else a new one, stored for all days until anything changes."""
    stored = Drawing.objects.as_at(as_at).filter(subject=subject).first()
    if stored is not None:
        try:
            return from_plain(kind=kind, plain=stored.content)
        except NotThisKindError:
            # Drawn by another release: what it left is of no use to this one.
            stored.delete()
    drawn = draw()
    # Two visitors may draw at once; the second finds the place taken, which does no harm.
    Drawing.objects.bulk_create(
        [
            Drawing(
                subject=subject,
                valid=_unchanged_around(as_at),
                content=to_plain(value=drawn),
                made_at=at,
            )
        ],
        ignore_conflicts=True,
    )
    return drawn


def _unchanged_around(day: date) -> DateRange:
    """The days around this one on which nothing that a map shows changes."""
    start, end = None, None
    dated = (PartBoard, PartCouncil, CouncilMembership, PairOverlap, BodyGrouping, BoundarySet)
    for model in dated:
        for valid in model._default_manager.values_list("valid", flat=True).distinct():
            for change in (valid.lower, valid.upper):
                if change is not None and change <= day:
                    start = change if start is None else max(start, change)
                elif change is not None:
                    end = change if end is None else min(end, change)
    return DateRange(start, end)


def _draw_nation(as_at: date) -> NationalDrawing:
    used, coarse, fine, found = _land(as_at)
    pairs = pair_list(as_at=as_at)
    grid = _grid()
    labels = {slug: place.label for slug, place in grid.authorities.items()}
    for pair in pairs:
        labels.setdefault(pair.authority_slug, pair.authority_short_name)
        board = grid.boards.get(pair.board_slug)
        labels[pair.key] = board.label if board else pair.board_short_name
    return NationalDrawing(
        map=draw_national_map(
            parts=coarse, fine_parts=fine, places=_part_places(found), labels=labels
        ),
        tiles=_tiles(pairs, grid, labels),
        boundaries=used,
    )


def _draw_area(as_at: date, authority: str | None, board: str | None) -> AreaDrawing:
    used, coarse, _, found = _land(as_at)
    of_authority = {p.part for p in found if authority and p.authority == authority}
    of_board = {p.part for p in found if board and p.board == board}
    highlight = of_authority & of_board if authority and board else of_authority | of_board
    if not highlight:
        what = pair_key(authority_slug=authority or "", board_slug=board or "").strip("/")
        raise NothingToDrawError(f"{what} has no land on {as_at}.")
    near = {p.authority for p in found if p.part in of_board and p.authority} | (
        {authority} if authority else set()
    )
    boards = {p.board for p in found if p.part in of_authority and p.board} | (
        {board} if board else set()
    )
    outlines = [
        *({p.part for p in found if p.authority == slug} for slug in sorted(near)),
        *({p.part for p in found if p.board == slug} for slug in sorted(boards)),
    ]
    return AreaDrawing(
        map=draw_area_map(
            parts=coarse,
            highlight=highlight,
            context=of_authority | of_board,
            outlines=outlines,
        ),
        boundaries=used,
    )


def _draw_parts(as_at: date, body: Body) -> AreaDrawing:
    """Draw a council, or the boards of a cluster or region, each board with its own border."""
    used, coarse, _, found = _land(as_at)
    if body.kind == BodyKind.COUNCIL:
        own = {place.part for place in found if place.council_id == body.pk}
        boards = {place.board for place in found if place.part in own and place.board}
    else:
        boards = set(
            BodyGrouping.objects.as_at(as_at)
            .filter(group=body)
            .values_list("member__slug", flat=True)
        )
        own = {place.part for place in found if place.board in boards}
    if not own:
        raise NothingToDrawError(f"{body.slug} has no land on {as_at}.")
    served = [{place.part for place in found if place.board == slug} for slug in sorted(boards)]
    return AreaDrawing(
        map=draw_area_map(
            parts=coarse,
            highlight=own,
            context=set().union(*served) if body.kind == BodyKind.COUNCIL else (),
            outlines=[own, *served] if body.kind == BodyKind.COUNCIL else served,
        ),
        boundaries=used,
    )


def _land(
    as_at: date,
) -> tuple[BoundariesUsed, dict[str, BaseGeometry], dict[str, BaseGeometry], tuple[Place, ...]]:
    """The boundaries of the day, and the parts that have one."""
    used, coarse, fine = _areas(as_at)
    found = places(as_at=as_at)
    pieces = {place.part for place in found if place.part not in coarse}
    # A key begins with the code of the council that the part was first cut from.
    divided = sorted({part.partition(":")[0] for part in pieces})
    return (
        replace(used, drawn_whole=tuple(divided)),
        coarse,
        fine,
        tuple(place for place in found if place.part not in pieces),
    )


def _areas(
    as_at: date,
) -> tuple[BoundariesUsed, dict[str, BaseGeometry], dict[str, BaseGeometry]]:
    """The boundaries of the day: official before approximate, newer before older."""
    stored = BoundarySet.objects.as_at(as_at)
    if not stored:
        raise NoBoundariesError("There are no areas to draw. Run manage.py load_boundaries.")
    chosen = max(stored, key=boundary_choice)
    areas: dict[bool, dict[str, BaseGeometry]] = {False: {}, True: {}}
    for key, fine, geometry in Boundary.objects.filter(boundary_set=chosen).values_list(
        "part__key", "fine", "geometry"
    ):
        areas[fine][key] = shapely.from_geojson(json.dumps(geometry))
    used = BoundariesUsed(
        name=chosen.name,
        approximate=chosen.approximate,
        source=chosen.source,
        licence=chosen.licence,
    )
    return used, areas[False], areas[True]


def _part_places(found: Sequence[Place]) -> list[PartPlace]:
    return [
        PartPlace(
            part=place.part,
            authority=place.authority,
            board=place.board,
            pair=place.pair,
            planned=place.planned,
            sliver=place.sliver,
        )
        for place in found
    ]


def _grid() -> TileGrid:
    path = settings.BASE_DIR / "authorities" / "register" / "tile_grid.csv"
    return read_tile_grid(text=path.read_text(encoding="utf-8"))


def _tiles(pairs: Sequence[PairFacts], grid: TileGrid, labels: dict[str, str]) -> TileMap:
    """A tile for each authority of the day; those that have no place yet stand underneath."""
    by_authority: defaultdict[str, list[PairFacts]] = defaultdict(list)
    for pair in pairs:
        by_authority[pair.authority_slug].append(pair)
    places = {slug: place for slug, place in grid.authorities.items() if slug in by_authority}
    places |= _rows_below(grid, by_authority.keys() - places.keys())
    cells = []
    for slug, place in places.items():
        own = by_authority[slug]
        ordered = sorted(own, key=lambda pair: -pair.share_of_authority)
        cells.append(
            TileCell(
                authority=slug,
                label=labels[slug],
                col=place.col,
                row=place.row,
                strips=tuple(
                    (None if pair.sliver else pair.key, pair.share_of_authority) for pair in ordered
                ),
                planned=any(pair.planned for pair in own),
            )
        )
    return draw_tiles(
        cells=sorted(cells, key=lambda cell: (cell.row, cell.col)),
        left_out=len(by_authority) - len(cells),
    )


def _rows_below(grid: TileGrid, slugs: Collection[str]) -> dict[str, GridPlace]:
    """Places for authorities that have none, as many as stay readable beside the others."""
    taken = grid.authorities.values()
    below = max((place.row for place in taken), default=-1) + 1
    columns = max((place.col for place in taken), default=0) + 1
    return {
        slug: GridPlace(label="", col=number % columns, row=below + number // columns)
        for number, slug in enumerate(sorted(slugs)[: columns * _ROWS_WITHOUT_PLACE])
    }
