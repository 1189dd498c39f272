"""What a version of the matrix says, as plain values that a draft keeps and a person changes.

The words of the levels, the support groups with their looks, and which group each of the nine
cells brings. Pure; a draft may have faults.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from engagement.matrix import Level
from engagement.rubric_content import Fault, NoSuchPartError
from engagement.rubric_file import SupportAim

CELLS = tuple((sa.value, icb.value) for sa in Level for icb in Level)
LONGEST_CODE, LONGEST_NAME, LONGEST_NOTE, LONGEST_LABEL, LONGEST_TEXT = 8, 60, 60, 24, 1_000
_CODE = re.compile(r"[a-z][a-z0-9-]{0,7}", re.ASCII)
# A filter's word for pairs that have no group.
_TAKEN = frozenset({"not-assessed"})


@dataclass(frozen=True)
class LevelLabels:
    """The words of the three levels and of their absence. Their order is fixed."""

    high: str = "High"
    partial: str = "Partial"
    low: str = "Low"
    not_assessed: str = "Not assessed"


@dataclass(frozen=True)
class GroupText:
    """A support group as a person writes it; `look` is an entry of the palette."""

    code: str
    name: str
    note: str
    offer: str
    aimed_at: str
    look: str


@dataclass(frozen=True)
class CellText:
    """A cell of the matrix: both levels, its group, and what is likely to come of it."""

    authority_level: str
    board_level: str
    group: str
    likely_outcome: str


@dataclass(frozen=True)
class MapContent:
    """All that a version of the matrix says."""

    labels: LevelLabels
    groups: tuple[GroupText, ...]
    cells: tuple[CellText, ...]
    source: str

    def group(self, code: str) -> GroupText:
        """Return a group by its code.

        Raises:
            NoSuchPartError: there is none.
        """
        for group in self.groups:
            if group.code == code:
                return group
        raise NoSuchPartError(f"There is no group {code}.")

    def cell(self, authority_level: str, board_level: str) -> CellText:
        """Return a cell; one that nobody has filled in yet is empty."""
        for cell in self.cells:
            if (cell.authority_level, cell.board_level) == (authority_level, board_level):
                return cell
        return CellText(authority_level, board_level, "", "")


def to_json(*, content: MapContent) -> dict[str, Any]:
    """Return the content as plain values for JSON."""
    return {
        **asdict(content),
        "groups": [asdict(group) for group in content.groups],
        "cells": [asdict(cell) for cell in content.cells],
    }


def from_json(*, stored: Mapping[str, Any]) -> MapContent:
    """Return the content from its stored form.

    Raises:
        TypeError: the form is not one that `to_json` wrote.
    """
    return MapContent(
        labels=LevelLabels(**stored["labels"]),
        groups=tuple(GroupText(**group) for group in stored["groups"]),
        cells=tuple(CellText(**cell) for cell in stored["cells"]),
        source=stored["source"],
    )


def put_group(*, content: MapContent, group: GroupText, instead_of: str = "") -> MapContent:
    """Return the content with a group added at the end, or in place of another.

    Cells that named the other name the new one.

    Raises:
        NoSuchPartError: there is no group to take the place of.
    """
    if not instead_of:
        return replace(content, groups=(*content.groups, group))
    content.group(instead_of)
    return replace(
        content,
        groups=tuple(group if one.code == instead_of else one for one in content.groups),
        cells=tuple(
            replace(cell, group=group.code) if cell.group == instead_of else cell
            for cell in content.cells
        ),
    )


def without_group(*, content: MapContent, code: str) -> MapContent:
    """Return the content without a group; cells that named it name none.

    Raises:
        NoSuchPartError: there is no such group.
    """
    gone = content.group(code)
    return replace(
        content,
        groups=tuple(one for one in content.groups if one is not gone),
        cells=tuple(
            replace(cell, group="") if cell.group == code else cell for cell in content.cells
        ),
    )


def moved_group(*, content: MapContent, code: str, up: bool) -> MapContent:
    """Return the content with a group one place higher or lower.

    Raises:
        NoSuchPartError: there is no such group.
    """
    groups = list(content.groups)
    at = groups.index(content.group(code))
    other = at - 1 if up else at + 1
    if not 0 <= other < len(groups):
        return content
    groups[at], groups[other] = groups[other], groups[at]
    return replace(content, groups=tuple(groups))


def faults_of_group(
    *, group: GroupText, others: Sequence[GroupText], looks: frozenset[str]
) -> tuple[Fault, ...]:
    """Return what is wrong with one group.

    Args:
        group: as it was written.
        others: all other groups.
        looks: the entries of the palette.
    """
    found = []
    if not _CODE.fullmatch(group.code):
        found.append(
            ("code", "Enter a small letter and up to 7 letters, digits or hyphens, such as green")
        )
    elif group.code in _TAKEN or group.code in {one.code for one in others}:
        found.append(("code", f"The code {group.code} is taken. Choose another"))
    for field, words, longest in (
        ("name", "Enter a name", LONGEST_NAME),
        ("note", "Enter what the group brings, in a few words", LONGEST_NOTE),
        ("offer", "Enter what the support is", LONGEST_TEXT),
    ):
        text = getattr(group, field)
        if not text:
            found.append((field, words))
        elif len(text) > longest:
            found.append((field, f"Use at most {longest:,} characters"))
    if group.name and group.name in {one.name for one in others}:
        found.append(("name", "Another group has this name. Choose another"))
    if group.aimed_at not in set(SupportAim):
        found.append(("aimed_at", "Choose whom the support is for"))
    if group.look not in looks:
        found.append(("look", "Choose a colour with its pattern"))
    elif group.look in {one.look for one in others}:
        found.append(("look", "Another group looks like this. Choose another"))
    return tuple(Fault(part=group.code, field=field, message=words) for field, words in found)


def faults_of_labels(*, labels: LevelLabels) -> tuple[Fault, ...]:
    """Return what is wrong with the words of the levels."""
    found = []
    said: list[str] = []
    for field, text in asdict(labels).items():
        if not text:
            found.append(Fault("", field, "Enter a word"))
        elif len(text) > LONGEST_LABEL:
            found.append(Fault("", field, f"Use at most {LONGEST_LABEL} characters"))
        elif text.casefold() in said:
            found.append(Fault("", field, "Another level has this word. Choose another"))
        said.append(text.casefold())
    return tuple(found)


def faults_of_cells(*, content: MapContent) -> tuple[Fault, ...]:
    """Return what is wrong with the nine cells; the field names both levels."""
    codes = {group.code for group in content.groups}
    found = []
    for sa, icb in CELLS:
        cell = content.cell(sa, icb)
        where = f"{sa}_{icb}"
        if cell.group not in codes:
            found.append(Fault("", f"{where}_group", f"Choose a group for {sa} with {icb}"))
        if not cell.likely_outcome:
            found.append(Fault("", f"{where}_outcome", f"Enter what is likely of {sa} with {icb}"))
    return tuple(found)


def faults(*, content: MapContent, looks: frozenset[str]) -> tuple[Fault, ...]:
    """Return all that is wrong; nothing where it may be proposed."""
    found = [*faults_of_labels(labels=content.labels)]
    for at, group in enumerate(content.groups):
        others = [one for place, one in enumerate(content.groups) if place != at]
        found += faults_of_group(group=group, others=others, looks=looks)
    if not content.groups:
        found.append(Fault("", "groups", "There is no support group. Add at least one"))
    found += faults_of_cells(content=content)
    used = {cell.group for cell in content.cells}
    found += [
        Fault(group.code, "cells", f"No cell brings the group {group.name}. Use or remove it")
        for group in content.groups
        if group.code not in used
    ]
    if not content.source:
        found.append(Fault("", "source", "Enter where this version comes from"))
    return tuple(found)


def groups_by_cell(*, content: MapContent) -> dict[tuple[Level, Level], str]:
    """Return the group of each cell that names one, as the rules of placements take them."""
    return {
        (Level(cell.authority_level), Level(cell.board_level)): cell.group
        for cell in content.cells
        if cell.group
    }
