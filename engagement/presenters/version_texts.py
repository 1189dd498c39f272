"""What a version of rubric or matrix says, as tables of a page and as files."""

from dataclasses import dataclass

from authorities.csv_text import write_csv
from authorities.presenters.tables import Column, SummaryRow
from duty.ui.looks import PALETTE
from engagement.map_content import CELLS, MapContent
from engagement.matrix import Level
from engagement.rubric_content import THRESHOLDS, Fault, RubricContent, ShareError, read_share
from engagement.rubric_file import (
    GROUP_MAP_HEADINGS,
    RUBRIC_HEADINGS,
    RULE_HEADINGS,
    SUPPORT_GROUP_HEADINGS,
)
from engagement.version_differences import AIM_WORDS, LABEL_WORDS, THRESHOLD_WORDS

SIDE_WORDS = {"sa": "The authority’s side", "icb": "The ICB’s side"}
KIND_WORDS = {"rubric": "Rubric", "matrix": "Matrix and support groups"}
RULE_MEANINGS = {
    "high_at_least": "high needs at least this share of all themes high",
    "low_more_than": "low when more than this share of all themes are low",
    "unanswered_more_than": "not assessed when more than this share of all themes is unanswered",
}
# The files of a version, by the names that they have in its address.
FILES = {
    "rubric": {"statements": "The statements", "rule": "The rule"},
    "matrix": {
        "groups": "The support groups",
        "cells": "The nine cells",
        "words": "The words of levels",
    },
}


@dataclass(frozen=True)
class Part:
    """A theme or a group, with its faults and its place among the others."""

    code: str
    name: str
    marks: str
    lines: tuple[tuple[str, str], ...]
    look: str
    look_name: str
    faults: tuple[str, ...]
    first: bool
    last: bool


@dataclass(frozen=True)
class PartList:
    """The themes of a side, or the groups; `where` stands in the address of a new one."""

    where: str
    title: str
    noun: str
    parts: tuple[Part, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class MatrixSquare:
    """A cell of the matrix: both levels in words, the group, and what is likely."""

    position: str
    group_name: str
    look: str
    likely_outcome: str


@dataclass(frozen=True)
class VersionText:
    """All that a version says."""

    kind: str
    lists: tuple[PartList, ...]
    facts: tuple[SummaryRow, ...]
    column_words: tuple[str, ...]
    squares: tuple[tuple[str, tuple[MatrixSquare, ...]], ...]
    other_faults: tuple[str, ...]


def version_text(
    *, content: RubricContent | MapContent, faults: tuple[Fault, ...] = ()
) -> VersionText:
    """Return what a version says, each fault beside what it is about."""
    if isinstance(content, RubricContent):
        return _rubric_text(content, faults)
    return _matrix_text(content, faults)


def file_of(*, content: RubricContent | MapContent, name: str) -> str:
    """Return one of the files of a version, in the format of the project's own.

    Raises:
        KeyError: the kind has no such file.
    """
    if isinstance(content, RubricContent):
        return {"statements": _statements_csv, "rule": _rule_csv}[name](content)
    return {"groups": _groups_csv, "cells": _cells_csv, "words": _words_csv}[name](content)


def _rubric_text(content: RubricContent, faults: tuple[Fault, ...]) -> VersionText:
    codes = {theme.code for theme in content.themes}
    return VersionText(
        kind="rubric",
        lists=tuple(
            PartList(
                where=side,
                title=title,
                noun="theme",
                parts=tuple(
                    Part(
                        code=theme.code,
                        name=theme.name,
                        marks="Core theme" if theme.core else "",
                        lines=(
                            ("High", theme.high),
                            ("Partial", theme.partial),
                            ("Low", theme.low),
                            ("Source", theme.source),
                        ),
                        look="",
                        look_name="",
                        faults=_messages(faults, part=theme.code),
                        first=at == 0,
                        last=at == len(content.side(side)) - 1,
                    )
                    for at, theme in enumerate(content.side(side))
                ),
                faults=_messages(faults, part="", field=side),
            )
            for side, title in SIDE_WORDS.items()
        ),
        facts=(
            *(
                SummaryRow(THRESHOLD_WORDS[name], getattr(content, name) or "Not said")
                for name in THRESHOLDS
            ),
            SummaryRow("Source", content.source or "Not said"),
        ),
        column_words=(),
        squares=(),
        other_faults=tuple(
            fault.message
            for fault in faults
            if fault.part not in codes and fault.field not in SIDE_WORDS
        ),
    )


def _matrix_text(content: MapContent, faults: tuple[Fault, ...]) -> VersionText:
    labels = content.labels
    names = {Level.HIGH: labels.high, Level.PARTIAL: labels.partial, Level.LOW: labels.low}
    groups = {group.code: group for group in content.groups}

    def square(sa: str, icb: str) -> MatrixSquare:
        cell = content.cell(sa, icb)
        group = groups.get(cell.group)
        return MatrixSquare(
            position=f"Authority {names[Level(sa)].lower()}, ICB {names[Level(icb)].lower()}",
            group_name=group.name if group else "No group yet",
            look=group.look if group and group.look in PALETTE else "",
            likely_outcome=cell.likely_outcome,
        )

    return VersionText(
        kind="matrix",
        lists=(
            PartList(
                where="group",
                title="Support groups",
                noun="group",
                parts=tuple(
                    Part(
                        code=group.code,
                        name=group.name,
                        marks=group.note,
                        lines=(
                            ("Support", group.offer),
                            ("Aimed at", AIM_WORDS.get(group.aimed_at, "Not said")),
                        ),
                        look=group.look if group.look in PALETTE else "",
                        look_name=PALETTE[group.look].name if group.look in PALETTE else "No look",
                        faults=_messages(faults, part=group.code),
                        first=at == 0,
                        last=at == len(content.groups) - 1,
                    )
                    for at, group in enumerate(content.groups)
                ),
                faults=_messages(faults, part="", field="groups"),
            ),
        ),
        facts=(
            *(
                SummaryRow(words, getattr(labels, name) or "Not said")
                for name, words in LABEL_WORDS.items()
            ),
            SummaryRow("Source", content.source or "Not said"),
        ),
        column_words=tuple(f"ICB {names[level].lower()}" for level in Level),
        squares=tuple(
            (
                f"Authority {names[sa].lower()}",
                tuple(square(sa.value, icb.value) for icb in Level),
            )
            for sa in Level
        ),
        other_faults=tuple(
            fault.message
            for fault in faults
            if fault.part not in groups and fault.field != "groups"
        ),
    )


def _messages(faults: tuple[Fault, ...], *, part: str, field: str | None = None) -> tuple[str, ...]:
    return tuple(
        fault.message
        for fault in faults
        if fault.part == part and (field is None or fault.field == field)
    )


def _statements_csv(content: RubricContent) -> str:
    return write_csv(
        headings=RUBRIC_HEADINGS,
        rows=[
            (
                theme.side,
                theme.code,
                "yes" if theme.core else "no",
                theme.name,
                theme.high,
                theme.partial,
                theme.low,
                theme.source,
            )
            for theme in content.themes
        ],
    )


def _rule_csv(content: RubricContent) -> str:
    rows = []
    for name in THRESHOLDS:
        try:
            share = read_share(text=getattr(content, name))
        except ShareError:
            rows.append((name, "", "", RULE_MEANINGS[name]))
        else:
            rows.append((name, str(share.numerator), str(share.denominator), RULE_MEANINGS[name]))
    return write_csv(headings=RULE_HEADINGS, rows=rows)


def _groups_csv(content: MapContent) -> str:
    return write_csv(
        headings=SUPPORT_GROUP_HEADINGS,
        rows=[
            (group.code, group.name, group.note, group.offer, group.aimed_at, group.look)
            for group in content.groups
        ],
    )


def _cells_csv(content: MapContent) -> str:
    cells = [content.cell(sa, icb) for sa, icb in CELLS]
    return write_csv(
        headings=GROUP_MAP_HEADINGS,
        rows=[
            (cell.authority_level, cell.board_level, cell.group, cell.likely_outcome)
            for cell in cells
        ],
    )


def _words_csv(content: MapContent) -> str:
    return write_csv(headings=("level", "word"), rows=list(vars(content.labels).items()))


DIFFERENCE_COLUMNS = (Column("Which"), Column("What"), Column("Before"), Column("After"))


def stored_rows(*, content: RubricContent | MapContent, code: str) -> tuple[SummaryRow, ...]:
    """Return a theme or a group as it is stored now, to compare with what was typed."""
    text = version_text(content=content)
    for each in text.lists:
        for part in each.parts:
            if part.code == code:
                return (
                    SummaryRow("Name", part.name),
                    *(SummaryRow(key, value) for key, value in part.lines),
                )
    return text.facts
