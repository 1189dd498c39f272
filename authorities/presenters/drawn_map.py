"""The map and the tiles of a day with what a page says of each pair: shapes below, facts on top.

Which facts, and in which patterns, is the page's choice: it gives one `PairPaint` for each pair.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from authorities.map_frames import Rectangle
from authorities.map_layers import MapLabel, MapLayer
from authorities.national_map import NationalMap
from authorities.tile_map import Tile, TileMap

# Half the width, the height of a warning's triangle, and its distance from a label's base line.
_MARK_HALF, _MARK_HEIGHT, _MARK_LIFT = 34, 60, 58
_TILE_MARK_HALF, _TILE_MARK_HEIGHT = 8, 14


@dataclass(frozen=True)
class PairPaint:
    """What a page shows of one pair.

    Attributes:
        fill: the ending of its pattern's name.
        url: where its land leads; empty for nowhere.
        label: what its land is called to somebody who does not see it.
        authority: the authority's name.
        strip: what the strip of the authority's tile is called.
        warned: whether a warning stands on it.
    """

    fill: str
    url: str
    label: str
    authority: str
    strip: str
    warned: bool = False


@dataclass(frozen=True)
class MapArea:
    """The land of one pair.

    url is empty for the second shape of a pair that an enlargement shows too. fill is the ending
    of the pattern's name.
    """

    d: str
    fill: str
    url: str
    label: str


@dataclass(frozen=True)
class Layer:
    """What is drawn within one rectangle, in the order of drawing; marks are path data."""

    no_pair: str
    slivers: str
    left_out: str
    areas: tuple[MapArea, ...]
    board_outlines: str
    authority_outlines: tuple[str, ...]
    planned_outlines: tuple[str, ...]
    labels: tuple[MapLabel, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Enlargement:
    """A part of the map drawn larger."""

    title: str
    frame: Rectangle
    enlarges: Rectangle
    leaders: str
    layer: Layer

    @property
    def title_y(self) -> int:
        """The base line of the title, under the frame."""
        return self.frame.y + self.frame.height + 56


@dataclass(frozen=True)
class DrawnMap:
    """The map; the view box is `0 0 width height`. `missing` pairs have no land on its day."""

    width: int
    height: int
    layer: Layer
    enlargements: tuple[Enlargement, ...]
    approximate: bool
    source: str
    missing: int

    @property
    def has_planned(self) -> bool:
        """Whether an authority that is only planned is drawn."""
        return bool(self.layer.planned_outlines)

    @property
    def has_warnings(self) -> bool:
        """Whether a warning is drawn."""
        return any((self.layer.marks, *(inset.layer.marks for inset in self.enlargements)))


@dataclass(frozen=True)
class TileStrip:
    """One pair's strip of a tile; an empty fill is no pair, or one that was not asked for."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True)
class DrawnTile:
    """An authority's square. It leads to its pair, or to its rows of the table.

    mark is the path data of a warning's triangle in its corner, empty for none.
    """

    x: int
    y: int
    side: int
    name: str
    label: str
    url: str
    planned: bool
    strips: tuple[TileStrip, ...]
    mark: str

    @property
    def middle(self) -> float:
        """Where the name stands, from the left."""
        return self.x + self.side / 2

    @property
    def ground_width(self) -> float:
        """The width of the ground under the name: about ten units a letter."""
        return float(min(self.side - 6, 12 + 10 * len(self.name)))

    @property
    def ground_x(self) -> float:
        """The left edge of that ground."""
        return self.middle - self.ground_width / 2

    @property
    def ground_y(self) -> float:
        """Its upper edge."""
        return self.y + self.side / 2 - 12

    @property
    def text_y(self) -> float:
        """The base line of the name."""
        return self.y + self.side / 2 + 5


@dataclass(frozen=True)
class DrawnTiles:
    """The tile map; the view box is `0 0 width height`. left_out: authorities without a tile."""

    width: int
    height: int
    tiles: tuple[DrawnTile, ...]
    left_out: int

    @property
    def has_planned(self) -> bool:
        """Whether an authority that is only planned has a tile."""
        return any(tile.planned for tile in self.tiles)

    @property
    def has_warnings(self) -> bool:
        """Whether a warning is drawn."""
        return any(tile.mark for tile in self.tiles)


def paint_map(
    *, drawing: NationalMap, paints: Mapping[str, PairPaint], approximate: bool, source: str
) -> DrawnMap:
    """Return the map with the facts of the pairs that `paints` has; others are left out."""
    return DrawnMap(
        width=drawing.width,
        height=drawing.height,
        layer=_layer(drawing.layer, paints),
        enlargements=tuple(
            Enlargement(
                title=inset.title,
                frame=inset.frame,
                enlarges=inset.enlarges,
                leaders=inset.leaders,
                layer=_layer(inset.layer, paints),
            )
            for inset in drawing.insets
        ),
        approximate=approximate,
        source=source,
        missing=len(paints.keys() - {shape.pair for shape in drawing.layer.areas}),
    )


def paint_tiles(*, drawing: TileMap, paints: Mapping[str, PairPaint]) -> DrawnTiles:
    """Return the tiles with the facts of the pairs that `paints` has."""
    return DrawnTiles(
        width=drawing.width,
        height=drawing.height,
        tiles=tuple(_tile(tile, paints) for tile in drawing.tiles),
        left_out=drawing.left_out,
    )


def _layer(layer: MapLayer, paints: Mapping[str, PairPaint]) -> Layer:
    shown = [shape for shape in layer.areas if shape.pair in paints]
    return Layer(
        no_pair=layer.no_pair,
        slivers=layer.slivers,
        left_out="".join(shape.d for shape in layer.areas if shape.pair not in paints),
        areas=tuple(
            MapArea(
                d=shape.d,
                fill=paints[shape.pair].fill,
                url=paints[shape.pair].url if shape.linked else "",
                label=paints[shape.pair].label,
            )
            for shape in shown
        ),
        board_outlines=layer.board_outlines,
        authority_outlines=tuple(o.d for o in layer.authority_outlines if not o.planned),
        planned_outlines=tuple(o.d for o in layer.authority_outlines if o.planned),
        labels=layer.labels,
        marks=tuple(
            _triangle(shape.x, shape.y - _MARK_LIFT, _MARK_HALF, _MARK_HEIGHT)
            for shape in shown
            if shape.linked and paints[shape.pair].warned
        ),
    )


def _tile(tile: Tile, paints: Mapping[str, PairPaint]) -> DrawnTile:
    found = [paints[s.pair] for s in tile.strips if s.pair and s.pair in paints]
    url = found[0].url if len(found) == 1 else f"#authority-{tile.authority}"
    warned = any(paint.warned for paint in found)
    return DrawnTile(
        x=tile.x,
        y=tile.y,
        side=tile.side,
        name=tile.label,
        label=f"{tile.label}: {found[0].authority}, {'; '.join(paint.strip for paint in found)}"
        if found
        else tile.label,
        url=url if found else "",
        planned=tile.planned,
        strips=tuple(
            TileStrip(
                x=strip.x,
                y=strip.y,
                width=strip.width,
                height=strip.height,
                fill=paints[strip.pair].fill if strip.pair and strip.pair in paints else "",
            )
            for strip in tile.strips
        ),
        mark=_triangle(
            tile.x + tile.side - _TILE_MARK_HALF - 4,
            tile.y + _TILE_MARK_HEIGHT + 5,
            _TILE_MARK_HALF,
            _TILE_MARK_HEIGHT,
        )
        if warned
        else "",
    )


def _triangle(x: int, y: int, half: int, height: int) -> str:
    """Path data of a triangle on its base, whose middle is given."""
    return f"M{x - half} {y}h{2 * half}l-{half}-{height}z"
