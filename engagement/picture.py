"""The national picture: rows of pairs, and the counts that follow from them.

Pure. Counts are of pairs in a cell or a group. Levels are never added up, averaged or ordered by.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from engagement.matrix import Level, Movement

LEVELS = (Level.HIGH, Level.PARTIAL, Level.LOW)


@dataclass(frozen=True)
class PictureWarning:
    """A warning about the timetables: its kind, the day and the cluster that it speaks of."""

    kind: str
    on: str | None
    cluster: str | None


@dataclass(frozen=True)
class PictureRow:
    """One pair as the national page shows it. A level or a group of None is 'not assessed'.

    pair is its key, as in its address: both slugs with a stroke between them.
    """

    pair: str
    name: str
    authority_slug: str
    authority_name: str
    authority_code: str | None
    board_slug: str
    board_name: str
    board_ons_code: str | None
    board_ods_code: str | None
    tier: str
    nhs_region_slug: str
    nhs_region_name: str
    authority_level: str | None
    board_level: str | None
    group: str | None
    gap: int | None
    less_engaged: str | None
    movement: str
    earlier_authority_level: str | None
    earlier_board_level: str | None
    earlier_round: str | None
    basis: str
    population: int
    population_year: int
    share_of_authority: float
    share_of_board: float
    coterminosity: str
    warnings: tuple[PictureWarning, ...]
    not_assessed: tuple[str, ...]
    authority_type: str = ""
    # Corrections of its published levels, in words.
    corrections: str = ""

    @property
    def cell(self) -> str:
        """The cell as it stands in an address: 'high-low', authority first; empty without one."""
        return f"{self.authority_level}-{self.board_level}" if self.group else ""


@dataclass(frozen=True)
class Filters:
    """Which pairs are asked for; an empty text asks for all.

    warnings is 'with' or 'without'; group is a group's code or 'not-assessed'; cell is both levels,
    authority first, as 'high-low'.
    """

    tier: str = ""
    type: str = ""
    region: str = ""
    fit: str = ""
    warnings: str = ""
    group: str = ""
    cell: str = ""
    movement: str = ""

    @property
    def active(self) -> bool:
        """Whether anything is left out."""
        return any(vars(self).values())

    def keep(self, row: PictureRow) -> bool:
        """Whether a row is one of those asked for."""
        return (
            self.tier in ("", row.tier)
            and self.type in ("", row.authority_type)
            and self.region in ("", row.nhs_region_slug)
            and self.fit in ("", row.coterminosity)
            and self.warnings in ("", "with" if row.warnings else "without")
            and self.group in ("", row.group or "not-assessed")
            and self.cell in ("", row.cell)
            and self.movement in ("", row.movement)
        )


@dataclass(frozen=True)
class PictureGroup:
    """A support group, what it offers, and its look; a picture of before looks says none."""

    code: str
    name: str
    offer: str
    aimed_at: str
    note: str = ""
    look: str = ""


@dataclass(frozen=True)
class PictureCell:
    """A cell of the matrix with its pairs, in alphabetical order."""

    authority_level: str
    board_level: str
    group: str
    rows: tuple[PictureRow, ...]


@dataclass(frozen=True)
class Picture:
    """The counts of a set of rows."""

    rows: tuple[PictureRow, ...]
    cells: tuple[PictureCell, ...]
    in_group: Mapping[str, int]
    assessed: int
    not_assessed: tuple[PictureRow, ...]
    movements: Mapping[str, int]

    def cell(self, authority_level: str, board_level: str) -> PictureCell:
        """Return one of the nine cells."""
        return next(
            cell
            for cell in self.cells
            if (cell.authority_level, cell.board_level) == (authority_level, board_level)
        )


def pair_name(*, authority: str, board: str) -> str:
    """Return a pair's name: both short names, or one where they are the same."""
    return authority if authority == board else f"{authority} with {board}"


def draw_picture(
    *,
    rows: Iterable[PictureRow],
    groups: Sequence[PictureGroup],
    cell_groups: Mapping[tuple[str, str], str],
) -> Picture:
    """Return the matrix and the counts of some pairs.

    Args:
        rows: the pairs, in any order.
        groups: the support groups in their order; each is counted, also where it has no pair.
        cell_groups: the group of each (authority level, ICB level).

    Returns:
        Nine cells, authority high to low and within it ICB high to low; counts by group; the
        pairs that are not assessed, which are in no cell and no group; counts by movement.
    """
    in_order = tuple(sorted(rows, key=lambda row: (row.name, row.pair)))
    by_cell: dict[tuple[str | None, str | None], list[PictureRow]] = {}
    for row in in_order:
        by_cell.setdefault((row.authority_level, row.board_level), []).append(row)
    cells = tuple(
        PictureCell(
            authority_level=sa.value,
            board_level=icb.value,
            group=cell_groups[sa.value, icb.value],
            rows=tuple(by_cell.get((sa.value, icb.value), ())),
        )
        for sa in LEVELS
        for icb in LEVELS
    )
    placed = [row for row in in_order if row.group is not None]
    return Picture(
        rows=in_order,
        cells=cells,
        in_group={group.code: sum(row.group == group.code for row in placed) for group in groups},
        assessed=len(placed),
        not_assessed=tuple(row for row in in_order if row.group is None),
        movements={
            kind.value: sum(row.movement == kind.value for row in in_order) for kind in Movement
        },
    )


_ROW_FIELDS = tuple(field.name for field in fields(PictureRow))


def row_to_json(*, row: PictureRow) -> dict[str, Any]:
    """Return a row as plain values for JSON."""
    # By hand, since `asdict` copies deeply and takes most of a large picture's time.
    stored = {**vars(row), "warnings": [dict(vars(one)) for one in row.warnings]}
    if not row.corrections:
        # Left out, so that a picture without any is what it was.
        del stored["corrections"]
    return stored


def row_from_json(*, stored: Mapping[str, Any]) -> PictureRow:
    """Return a row from its stored form.

    Raises:
        KeyError: the form is not one that `row_to_json` wrote.
    """
    # What was drawn by an earlier release knows no type; the next recompute draws it again.
    values = {"authority_type": "", "corrections": "", **stored}
    return PictureRow(
        **{
            **{name: values[name] for name in _ROW_FIELDS},
            "warnings": tuple(PictureWarning(**warning) for warning in stored["warnings"]),
            "not_assessed": tuple(stored["not_assessed"]),
        }
    )
