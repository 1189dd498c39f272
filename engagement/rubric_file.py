"""Reads the rubric, its rule, the group map and the support groups from the project's CSV."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from engagement.matrix import Level, LevelRule, Side, Theme

RUBRIC_HEADINGS = ("side", "code", "core", "name", "high", "partial", "low", "source")
RULE_HEADINGS = ("threshold", "numerator", "denominator", "meaning")
GROUP_MAP_HEADINGS = ("sa_level", "icb_level", "group", "likely_outcome")
SUPPORT_GROUP_HEADINGS = ("group", "name", "note", "offer", "aimed_at", "look")


class RubricFileError(ValueError):
    """A configuration file has faults; each is said with its row."""

    def __init__(self, *, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(self.faults))


class SupportAim(StrEnum):
    """Which side of a pair a support offer is for."""

    BOTH = "both"
    LESS_ENGAGED_SIDE = "less_engaged_side"


@dataclass(frozen=True)
class SupportGroup:
    """A group of pairs, named by the support that it brings; look is an entry of the palette."""

    code: str
    name: str
    note: str
    offer: str
    aim: SupportAim
    look: str


@dataclass(frozen=True)
class GroupMap:
    """The group and the likely outcome of each of the nine cells, (SA level, ICB level)."""

    groups: Mapping[tuple[Level, Level], str]
    likely_outcomes: Mapping[tuple[Level, Level], str]


def read_rubric(*, text: str) -> tuple[Theme, ...]:
    """Read the themes of both sides, in the order of the file.

    Args:
        text: CSV with the headings of `RUBRIC_HEADINGS`; core is yes or no.

    Returns:
        The themes, SA and ICB together.

    Raises:
        RubricFileError: wrong headings, a code twice, an unknown side, a missing statement, or a
            side without a theme; all faults at once, each with its row (the headings are row 1).
    """
    faults: list[str] = []
    themes: list[Theme] = []
    first_rows: dict[str, int] = {}
    for row, cells in _rows(text, RUBRIC_HEADINGS):
        found = list(_rubric_faults(row, cells))
        if (code := cells["code"]) in first_rows:
            found.append(
                f"Row {row}: the code {code} is already in row {first_rows[code]}. Use another."
            )
        first_rows.setdefault(code, row)
        faults += found
        if not found:
            themes.append(
                Theme(
                    code=code,
                    side=Side(cells["side"]),
                    core=cells["core"] == "yes",
                    name=cells["name"],
                    statements={level: cells[level.value] for level in Level},
                )
            )
    for side in Side:
        if not faults and all(theme.side != side for theme in themes):
            faults.append(f"There is no theme for the side {side}. Add at least one row.")
    _refuse(faults)
    return tuple(themes)


def read_rule(*, text: str) -> LevelRule:
    """Read the thresholds of a rubric version.

    Args:
        text: CSV with the headings of `RULE_HEADINGS`, one row a threshold.

    Returns:
        The rule, as exact fractions from 0 to 1.

    Raises:
        RubricFileError: a threshold is unknown, twice, missing, not a fraction or out of range.
    """
    faults: list[str] = []
    shares: dict[str, Fraction] = {}
    names = ("high_at_least", "low_more_than", "unanswered_more_than")
    for row, cells in _rows(text, RULE_HEADINGS):
        name, top, bottom = cells["threshold"], cells["numerator"], cells["denominator"]
        if name not in names:
            faults.append(f"Row {row}: {name} is not a threshold. Use one of {', '.join(names)}.")
        elif name in shares:
            faults.append(f"Row {row}: {name} is there twice. Remove one row.")
        elif not (_is_whole(top) and _is_whole(bottom) and 0 <= int(top) <= int(bottom) != 0):
            faults.append(f"Row {row}: {name} must be a fraction from 0 to 1, for example 2 and 3.")
        else:
            shares[name] = Fraction(int(top), int(bottom))
    if not faults and (missing := [name for name in names if name not in shares]):
        faults.append(f"These thresholds are missing: {', '.join(missing)}. Add a row for each.")
    _refuse(faults)
    return LevelRule(**shares)


def read_group_map(*, text: str, groups: Sequence[SupportGroup]) -> GroupMap:
    """Read which group each cell of the matrix belongs to.

    Args:
        text: CSV with the headings of `GROUP_MAP_HEADINGS`, one row for each of the nine cells.
        groups: the support groups that a cell may name.

    Returns:
        Group and likely outcome by (SA level, ICB level).

    Raises:
        RubricFileError: an unknown level or group, or a cell that is missing or there twice.
    """
    faults: list[str] = []
    by_cell: dict[tuple[Level, Level], str] = {}
    outcomes: dict[tuple[Level, Level], str] = {}
    codes = {group.code for group in groups}
    levels = {level.value for level in Level}
    for row, cells in _rows(text, GROUP_MAP_HEADINGS):
        unknown = [cells[name] for name in ("sa_level", "icb_level") if cells[name] not in levels]
        if unknown:
            faults.append(f"Row {row}: {unknown[0]!r} is not a level. Use high, partial or low.")
            continue
        cell = (Level(cells["sa_level"]), Level(cells["icb_level"]))
        if cells["group"] not in codes:
            faults.append(
                f"Row {row}: {cells['group']!r} is not a support group. "
                f"Use one of {', '.join(sorted(codes))}."
            )
        elif cell in by_cell:
            faults.append(f"Row {row}: the cell {cell[0]}, {cell[1]} is there twice. Remove one.")
        by_cell[cell] = cells["group"]
        outcomes[cell] = cells["likely_outcome"]
    for sa in Level:
        for icb in Level:
            if (sa, icb) not in by_cell:
                faults.append(f"The cell SA {sa}, ICB {icb} is missing. Add a row for it.")
    _refuse(faults)
    return GroupMap(groups=by_cell, likely_outcomes=outcomes)


def read_support_groups(*, text: str) -> tuple[SupportGroup, ...]:
    """Read the support groups, in the order of the file.

    Args:
        text: CSV with the headings of `SUPPORT_GROUP_HEADINGS`; aimed_at is both or
            less_engaged_side.

    Returns:
        The groups.

    Raises:
        RubricFileError: a group twice, an empty cell, or an unknown aim.
    """
    faults: list[str] = []
    groups: dict[str, SupportGroup] = {}
    aims = {aim.value for aim in SupportAim}
    for row, cells in _rows(text, SUPPORT_GROUP_HEADINGS):
        code = cells["group"]
        found = [
            f"Row {row}: {heading} is empty. Fill it in."
            for heading in SUPPORT_GROUP_HEADINGS
            if not cells[heading]
        ]
        if code in groups:
            found.append(f"Row {row}: the group {code} is there twice. Remove one row.")
        if cells["aimed_at"] and cells["aimed_at"] not in aims:
            found.append(
                f"Row {row}: aimed_at is {cells['aimed_at']!r}. Use {' or '.join(sorted(aims))}."
            )
        faults += found
        if not found:
            groups[code] = SupportGroup(
                code=code,
                name=cells["name"],
                note=cells["note"],
                offer=cells["offer"],
                aim=SupportAim(cells["aimed_at"]),
                look=cells["look"],
            )
    if not faults and not groups:
        faults.append("The file has headings but no support groups. Add at least one row.")
    _refuse(faults)
    return tuple(groups.values())


def _rubric_faults(row: int, cells: Mapping[str, str]) -> tuple[str, ...]:
    faults = []
    if cells["side"] not in {side.value for side in Side}:
        faults.append(f"Row {row}: the side is {cells['side']!r}. Use sa or icb.")
    if cells["core"] not in ("yes", "no"):
        faults.append(f"Row {row}: core is {cells['core']!r}. Use yes or no.")
    faults += [
        f"Row {row}: {heading} is empty. Fill it in."
        for heading in ("code", "name")
        if not cells[heading]
    ]
    faults += [
        f"Row {row}: the statement for {level} is missing. Write one."
        for level in Level
        if not cells[level.value]
    ]
    return tuple(faults)


def _rows(text: str, headings: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Return each row that is not blank, with its number as a spreadsheet counts it."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        lines = list(reader)
    except csv.Error as error:
        raise RubricFileError(
            faults=[f"Line {reader.line_num} cannot be read as CSV: {error}."]
        ) from error
    if not lines or tuple(cell.strip() for cell in lines[0]) != tuple(headings):
        raise RubricFileError(faults=[f"Row 1: the headings must be {', '.join(headings)}."])
    rows = []
    faults = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) != len(headings):
            faults.append(
                f"Row {number} has {len(line)} values, the headings have {len(headings)}. "
                "Put a value that holds a comma in quotes."
            )
            continue
        rows.append((number, {h: c.strip() for h, c in zip(headings, line, strict=True)}))
    _refuse(faults)
    return rows


def _is_whole(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) <= 6


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise RubricFileError(faults=faults)
