"""The nine cells of the matrix with the pairs that stand in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engagement import picture, words
from engagement.picture import Filters, PictureRow
from engagement.presenters.national_links import NationalLinks, PairLink

# More names than this help nobody in a cell: the list has them, a page at a time.
MOST_NAMES = 40


@dataclass(frozen=True)
class Names:
    """Pairs by name, the first of many; `more` are in the list that `url` leads to."""

    pairs: tuple[PairLink, ...]
    more: int = 0
    url: str = ""


@dataclass(frozen=True)
class MatrixCell:
    """A cell with its pairs."""

    group: str
    group_name: str
    position: str
    note: str
    count: int
    of: int
    names: Names


@dataclass(frozen=True)
class MatrixRow:
    """The cells of one authority level, ICB high to low."""

    heading: str
    cells: tuple[MatrixCell, ...]


def matrix(
    *, drawn: picture.Picture, group_names: Mapping[str, str], links: NationalLinks
) -> tuple[MatrixRow, ...]:
    """Return the rows of the matrix, authority high to low.

    Args:
        drawn: the pairs that are shown.
        group_names: of the support groups, by code.
        links: of the page.
    """
    return tuple(
        MatrixRow(
            heading=f"Authority {words.level(level.value).lower()}",
            cells=tuple(
                _cell(
                    cell=drawn.cell(level.value, board.value),
                    group_names=group_names,
                    links=links,
                    of=drawn.assessed,
                )
                for board in picture.LEVELS
            ),
        )
        for level in picture.LEVELS
    )


def names_of(*, rows: Sequence[PictureRow], links: NationalLinks, only: Filters) -> Names:
    """Return the first names of some pairs, and the way to the list of all of them."""
    return Names(
        pairs=tuple(links.pair(row=row) for row in rows[:MOST_NAMES]),
        more=max(len(rows) - MOST_NAMES, 0),
        url=links.list_of(only=only),
    )


def _cell(
    *,
    cell: picture.PictureCell,
    group_names: Mapping[str, str],
    links: NationalLinks,
    of: int,
) -> MatrixCell:
    less = {row.less_engaged for row in cell.rows}
    starts = cell.group == "pink" and len(less) == 1
    return MatrixCell(
        group=cell.group,
        group_name=group_names[cell.group],
        position=words.position(authority_level=cell.authority_level, board_level=cell.board_level),
        note=_starts_with(less.pop()) if starts else "",
        count=len(cell.rows),
        of=of,
        names=names_of(
            rows=cell.rows,
            links=links,
            only=Filters(cell=f"{cell.authority_level}-{cell.board_level}"),
        ),
    )


def _starts_with(side: str | None) -> str:
    return {"sa": "Offer starts with the authority", "icb": "Offer starts with the ICB"}.get(
        side or "", ""
    )
