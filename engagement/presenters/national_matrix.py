"""The nine cells of the matrix with the pairs that stand in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duty.ui.looks import MatrixWords
from engagement import picture, words
from engagement.picture import Filters, PictureGroup, PictureRow
from engagement.presenters.national_links import NationalLinks, PairLink
from engagement.rubric_file import SupportAim

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
    """A cell with its pairs; look is the ending of its group's pattern."""

    group: str
    look: str
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
    *,
    drawn: picture.Picture,
    groups: Sequence[PictureGroup],
    said: MatrixWords,
    links: NationalLinks,
) -> tuple[MatrixRow, ...]:
    """Return the rows of the matrix, authority high to low.

    Args:
        drawn: the pairs that are shown.
        groups: the support groups.
        said: words and looks of the version that the picture was drawn with.
        links: of the page.
    """
    aims = {group.code: group.aimed_at for group in groups}
    return tuple(
        MatrixRow(
            heading=f"Authority {words.level(level.value, said=said).lower()}",
            cells=tuple(
                _cell(
                    cell=drawn.cell(level.value, board.value),
                    aims=aims,
                    said=said,
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
    aims: Mapping[str, str],
    said: MatrixWords,
    links: NationalLinks,
    of: int,
) -> MatrixCell:
    less = {row.less_engaged for row in cell.rows}
    starts = aims[cell.group] == SupportAim.LESS_ENGAGED_SIDE and len(less) == 1
    group = said.group(cell.group)
    return MatrixCell(
        group=cell.group,
        look=group.look,
        group_name=group.name,
        position=words.position(
            authority_level=cell.authority_level, board_level=cell.board_level, said=said
        ),
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
