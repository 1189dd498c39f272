"""How the pairs of a selection moved since they were last published."""

from dataclasses import dataclass

from duty.ui.looks import MatrixWords
from engagement import charts, picture, words
from engagement.picture import Filters, PictureRow
from engagement.presenters.national_links import NationalLinks
from engagement.presenters.national_matrix import Names, names_of


@dataclass(frozen=True)
class MoveLine:
    """Pairs that went from one cell to another."""

    movement: str
    start: str
    end: str
    count: int
    names: Names


@dataclass(frozen=True)
class MovementFacts:
    """How pairs moved, with the counts of those that can be compared."""

    since: str
    comparable: int
    counts: tuple[tuple[str, int], ...]
    others: tuple[tuple[str, int], ...]
    chart: charts.FlowChart
    moves: tuple[MoveLine, ...]


def movement_of(
    *,
    drawn: picture.Picture,
    links: NationalLinks,
    cell_groups: dict[charts.Cell, str],
    said: MatrixWords,
    since: str = "",
) -> MovementFacts | None:
    """Return the movement of a selection, None where there is nothing to measure it against.

    Args:
        drawn: the pairs that are shown.
        links: of the page.
        cell_groups: the group of each cell.
        since: the round that it is measured against, where one was chosen.
    """
    earlier = sorted({row.earlier_round for row in drawn.rows if row.earlier_round})
    if not earlier and not since:
        return None
    compared = ("improved", "no_change", "mixed", "declined")
    moved: dict[tuple[str, charts.Cell, charts.Cell], list[PictureRow]] = {}
    for row in drawn.rows:
        if row.movement in ("improved", "mixed", "declined"):
            start = (row.earlier_authority_level or "", row.earlier_board_level or "")
            end = (row.authority_level or "", row.board_level or "")
            moved.setdefault((row.movement, start, end), []).append(row)
    ordered = sorted(moved.items(), key=lambda item: (compared.index(item[0][0]), item[0][1:]))
    return MovementFacts(
        since=since or " and ".join(earlier),
        comparable=sum(drawn.movements[kind] for kind in compared),
        counts=tuple((words.MOVEMENTS[kind], drawn.movements[kind]) for kind in compared),
        others=tuple(
            (words.MOVEMENTS[kind], drawn.movements[kind])
            for kind in ("first", "restated", "not_comparable", "not_assessed")
            if drawn.movements[kind]
        ),
        chart=charts.draw_moves(
            moves=[
                charts.Move(start=start, end=end, movement=kind, count=len(rows))
                for (kind, start, end), rows in ordered
            ],
            cell_groups={cell: said.group(code).look for cell, code in cell_groups.items()},
        ),
        moves=tuple(
            MoveLine(
                movement=words.MOVEMENTS[kind],
                start=words.position(authority_level=start[0], board_level=start[1], said=said),
                end=words.position(authority_level=end[0], board_level=end[1], said=said),
                count=len(rows),
                names=names_of(
                    rows=rows,
                    links=links,
                    only=Filters(movement=kind, cell=f"{end[0]}-{end[1]}"),
                ),
            )
            for (kind, start, end), rows in ordered
        ),
    )
