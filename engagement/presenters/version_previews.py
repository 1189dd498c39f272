"""What a draft would change, read on the last round's statements; nothing of it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil
from urllib.parse import urlencode

from django.urls import reverse

from authorities.csv_text import write_csv
from authorities.presenters.tables import Cell, Column, SummaryRow
from duty.ui.looks import MatrixWords
from engagement.map_content import groups_by_cell
from engagement.matrix import Level, Side
from engagement.models import DraftKind
from engagement.presenters.matrix_words import words_of
from engagement.queries import rubric as rubric_queries
from engagement.queries.last_statements import LastStatements
from engagement.queries.reading_versions import Draft, map_text
from engagement.rubric_content import RubricContent, pure_rule, pure_themes
from engagement.what_would_change import (
    PairChange,
    Reading,
    SideChange,
    Unread,
    WhatWouldChange,
    what_would_change,
)

ROWS_A_PAGE = 25
COLUMNS = (
    Column("Pair"),
    Column("Authority now"),
    Column("Authority by the draft"),
    Column("ICB now"),
    Column("ICB by the draft"),
    Column("Group now"),
    Column("Group by the draft"),
)
UNREAD_WORDS = {
    Unread.CORE_UNANSWERED: "a core theme was not answered",
    Unread.TOO_FEW_ANSWERED: "too few themes were answered",
    Unread.NOTHING_ANSWERED: "no theme of the draft was answered",
}
NO_VIEW = "No view"
HEADINGS = (
    "pair",
    "authority_level_now",
    "authority_level_by_draft",
    "icb_level_now",
    "icb_level_by_draft",
    "group_now",
    "group_by_draft",
    "changes",
    "authority_note",
    "icb_note",
    "note",
)


@dataclass(frozen=True)
class Preview:
    """What would change, with the words of both matrices."""

    round_name: str
    rubric_version: int
    matrix_version: int
    found: WhatWouldChange
    now: MatrixWords
    then: MatrixWords


@dataclass(frozen=True)
class PreviewPage:
    """One page of the pairs, and the counts of all of them."""

    intro: str
    counts: tuple[SummaryRow, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shows_all: bool
    moving: int
    total: int
    page: int
    pages: int
    url: str
    csv_url: str


def preview(*, draft: Draft, statements: LastStatements) -> Preview:
    """Read the statements by the round's versions, and by the draft in place of one of them.

    Raises:
        ShareError, MixedThemesError: the draft has faults, so it cannot be read by.
    """
    rubric, group_map = statements.reading.rubric, statements.reading.group_map
    before = Reading(
        sa_themes=rubric_queries.themes_of(rubric=rubric, side=Side.SA.value).pure,
        icb_themes=rubric_queries.themes_of(rubric=rubric, side=Side.ICB.value).pure,
        rule=rubric_queries.rule_of(rubric=rubric),
        groups=rubric_queries.groups_by_cell(group_map=group_map),
    )
    now = map_text(group_map=group_map)
    then = now
    if isinstance(draft.content, RubricContent):
        after = replace(
            before,
            sa_themes=pure_themes(content=draft.content, side=Side.SA),
            icb_themes=pure_themes(content=draft.content, side=Side.ICB),
            rule=pure_rule(content=draft.content),
        )
    else:
        after = replace(before, groups=groups_by_cell(content=draft.content))
        then = draft.content
    return Preview(
        round_name=statements.round_name,
        rubric_version=rubric.version,
        matrix_version=group_map.version,
        found=what_would_change(pairs=statements.pairs, before=before, after=after),
        now=words_of(content=now),
        then=words_of(content=then),
    )


def preview_page(*, draft: Draft, of: Preview, shows_all: bool, page: int) -> PreviewPage:
    """Return one page of the pairs that would change, or of all."""
    moving = [pair for pair in of.found.pairs if pair.moves]
    shown = list(of.found.pairs) if shows_all else moving
    pages = max(1, ceil(len(shown) / ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    asked = {"show": "all"} if shows_all else {}
    url = reverse("readings:draft-preview", args=[draft.id])
    return PreviewPage(
        intro=_intro(draft, of),
        counts=_counts(of),
        rows=tuple(_row(pair, of) for pair in shown[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]),
        shows_all=shows_all,
        moving=len(moving),
        total=len(of.found.pairs),
        page=page,
        pages=pages,
        url=f"{url}?{urlencode({**asked, 'page': ''})}",
        csv_url=reverse("readings:draft-preview-csv", args=[draft.id]),
    )


def preview_csv(*, of: Preview, note: str) -> str:
    """Return all pairs as CSV, with codes of levels and groups.

    note: what to know before use, on each line.
    """
    return write_csv(
        headings=HEADINGS,
        rows=[
            (
                pair.name,
                *(_code(pair.sa, then=then) for then in (False, True)),
                *(_code(pair.icb, then=then) for then in (False, True)),
                pair.group_now or "not_assessed",
                pair.group_then or "not_assessed",
                "yes" if pair.moves else "no",
                _note(pair.sa),
                _note(pair.icb),
                note,
            )
            for pair in of.found.pairs
        ],
    )


def _intro(draft: Draft, of: Preview) -> str:
    kind = "rubric" if draft.kind == DraftKind.RUBRIC else "matrix"
    version = of.rubric_version if draft.kind == DraftKind.RUBRIC else of.matrix_version
    return (
        f"The statements that both sides confirmed in the {of.round_name} round, read by the "
        f"draft in place of {kind} {version}, by which that round is read. Own views alone. "
        "Nothing is stored, and no round that is scheduled already would change."
    )


def _counts(of: Preview) -> tuple[SummaryRow, ...]:
    found = of.found
    pairs = len(found.pairs)
    rows = [
        SummaryRow("Sides whose level would change", f"{found.sides_moving} of {found.sides}"),
        *(
            SummaryRow(
                f"From {_level(was, of.now).lower()} to {_level(would_be, of.then).lower()}",
                f"{count} of {found.sides} sides",
            )
            for (was, would_be), count in _in_order(found.level_changes)
        ),
        SummaryRow("Sides that could not be read", f"{found.sides_without_level} of {found.sides}"),
        SummaryRow("Pairs whose group would change", f"{found.changing_group} of {pairs}"),
        SummaryRow("Pairs in a group now", f"{found.placed} of {pairs}"),
        SummaryRow("Pairs in a group by the draft", f"{found.placed_then} of {pairs}"),
        SummaryRow(
            "Sides that have confirmed no view", f"{2 * pairs - found.sides} of {2 * pairs}"
        ),
    ]
    new = _codes(found, "new_themes")
    if new:
        rows.append(
            SummaryRow("Themes that nobody was asked", f"{new}. They count as unanswered here")
        )
    gone = _codes(found, "left_out")
    if gone:
        rows.append(SummaryRow("Answered themes that the draft leaves out", gone))
    return tuple(rows)


def _in_order(
    changes: Mapping[tuple[Level | None, Level | None], int],
) -> list[tuple[tuple[Level | None, Level | None], int]]:
    order = [*Level, None]
    return sorted(changes.items(), key=lambda row: [order.index(level) for level in row[0]])


def _codes(found: WhatWouldChange, field: str) -> str:
    sides = [side for pair in found.pairs for side in (pair.sa, pair.icb) if side is not None]
    return ", ".join(sorted({code for side in sides for code in getattr(side, field)}))


def _row(pair: PairChange, of: Preview) -> tuple[Cell, ...]:
    authority, board = pair.key.split("/")
    return (
        Cell(
            pair.name,
            url=reverse("engagement:pair", args=[authority, board]),
            note="" if pair.moves else "No change",
        ),
        *_side_cells(pair.sa, of),
        *_side_cells(pair.icb, of),
        Cell(of.now.group(pair.group_now).name),
        Cell(of.then.group(pair.group_then).name),
    )


def _side_cells(side: SideChange | None, of: Preview) -> tuple[Cell, Cell]:
    if side is None:
        return Cell(NO_VIEW), Cell(NO_VIEW)
    return (
        Cell(_level(side.now, of.now)),
        Cell(_level(side.then, of.then), note=_note(side)),
    )


def _note(side: SideChange | None) -> str:
    if side is None or side.unread is None:
        return ""
    return f"Not read: {UNREAD_WORDS[side.unread]}"


def _level(level: Level | None, words: MatrixWords) -> str:
    return words.level(level.value if level else None)[0]


def _code(side: SideChange | None, *, then: bool) -> str:
    if side is None:
        return "no_view"
    level = side.then if then else side.now
    return level.value if level else "not_assessed"


def empty_csv() -> str:
    """Return the file where there is nothing to read: its headings."""
    return write_csv(headings=HEADINGS, rows=[])
