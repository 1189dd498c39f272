"""What the round says of each pair on the map and on the tiles."""

from authorities.drawings import NationalDrawing
from authorities.presenters.drawn_map import (
    DrawnMap,
    DrawnTiles,
    PairPaint,
    paint_map,
    paint_tiles,
)
from duty.ui.looks import MatrixWords
from duty.words import percent
from engagement import words
from engagement.picture import PictureRow
from engagement.presenters.national import Picture


def national_map(*, drawing: NationalDrawing | None, picture: Picture) -> DrawnMap | None:
    """Return the map with the facts of the selection; None where there is no drawing."""
    if drawing is None:
        return None
    return paint_map(
        drawing=drawing.map,
        paints=_paints(picture),
        approximate=drawing.boundaries.approximate,
        source=drawing.boundaries.source,
    )


def tile_map(*, drawing: NationalDrawing | None, picture: Picture) -> DrawnTiles | None:
    """Return the tiles with the facts of the selection; None where there is no drawing."""
    if drawing is None:
        return None
    return paint_tiles(drawing=drawing.tiles, paints=_paints(picture))


def area_label(*, row: PictureRow, said: MatrixWords) -> str:
    """Return what an area is called to somebody who does not see it."""
    if row.group is None:
        missing = said.not_assessed.lower()
        label = f"{row.name}: {missing}, {' and '.join(row.not_assessed)}"
    else:
        position = words.position(
            authority_level=row.authority_level, board_level=row.board_level, said=said
        )
        label = f"{row.name}: {said.group(row.group).name}. {position}"
    if not row.warnings:
        return label
    return f"{label}. Warning: {'; '.join(words.warning(of=each) for each in row.warnings)}"


def _paints(picture: Picture) -> dict[str, PairPaint]:
    return {
        key: _paint(row, picture.words, picture.links.pair(row=row).url)
        for key, row in picture.by_pair.items()
    }


def _paint(row: PictureRow, said: MatrixWords, url: str) -> PairPaint:
    group = said.group(row.group)
    group_name = group.name if row.group else said.not_assessed.lower()
    strip = f"{percent(share=row.share_of_authority)} of people with {row.board_name}, {group_name}"
    return PairPaint(
        fill=group.look,
        url=url,
        label=area_label(row=row, said=said),
        authority=row.authority_name,
        strip=f"{strip}, with a warning" if row.warnings else strip,
        warned=bool(row.warnings),
    )
