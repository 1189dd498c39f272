"""What pages show of corrections of published levels: to the centre all, to bodies the approved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from authorities.models import Pair
from duty import words as duty_words
from duty.models import Round
from duty.ui.components import SummaryRow, Tag, TagColour
from duty.ui.looks import MatrixWords
from engagement import matrix, words
from engagement.content import CorrectionContent, StatementContent
from engagement.models import CorrectionState, EvidenceKind, FindingCorrection, Side
from engagement.presenters.assessments import side_statements
from engagement.queries.rubric import SideThemes

_COLOURS: Mapping[str, TagColour] = {
    CorrectionState.PROPOSED.value: "blue",
    CorrectionState.APPROVED.value: "green",
    CorrectionState.DECLINED.value: "grey",
    CorrectionState.TAKEN_BACK.value: "grey",
}


@dataclass(frozen=True)
class CorrectionLine:
    """A correction in a list: of which side, from what to what, and why."""

    name: str
    url: str
    tag: Tag
    before: str | None
    after: str | None
    reason: str
    when: str


@dataclass(frozen=True)
class CorrectionPage:
    """One correction, whole, for the centre. placed: the cell and group before and after."""

    line: CorrectionLine
    facts: tuple[SummaryRow, ...]
    computed_level: str | None
    changed_reason: str
    rationale: str
    statements: tuple[StatementContent, ...]
    evidence: tuple[Mapping[str, Any], ...]
    placed: tuple[SummaryRow, ...]
    waits: bool
    matrix_words: MatrixWords


@dataclass(frozen=True)
class SideCorrection:
    """A correction as everybody reads it beside a level."""

    said: str
    before: str | None
    after: str | None
    reason: str


def corrected(*, rows: Sequence[CorrectionContent]) -> tuple[SideCorrection, ...]:
    """Return the corrections that a placement holds, as sentences."""
    return tuple(
        SideCorrection(
            said=f"Corrected, revision {row.revision}",
            before=row.level_before,
            after=row.level,
            reason=row.reason,
        )
        for row in rows
    )


def lines(
    *,
    corrections: Sequence[FindingCorrection],
    round_: Round,
    pair: Pair,
    names: tuple[str, str],
    public: bool = False,
) -> tuple[CorrectionLine, ...]:
    """Return corrections of a pair as lines, in the order given.

    `public` keeps those that are published, and leads to their revisions.
    """
    return tuple(
        _line(row, round_=round_, pair=pair, names=names, public=public)
        for row in corrections
        if not public or row.publication is not None
    )


def _line(
    row: FindingCorrection, *, round_: Round, pair: Pair, names: tuple[str, str], public: bool
) -> CorrectionLine:
    label = str(row.get_state_display())
    moment = row.proposed_at
    url = reverse(
        "assessments:correction",
        args=[round_.slug, pair.authority.slug, pair.board.slug, row.pk],
    )
    if row.publication is not None:
        label, moment = (
            f"Corrected, revision {row.publication.number}",
            row.publication.published_at,
        )
        if public:
            url = reverse("publications:revision", args=[round_.slug, row.publication.number])
    return CorrectionLine(
        name=names[0] if row.side == Side.AUTHORITY else names[1],
        url=url,
        tag=Tag(label, _COLOURS[row.state]),
        before=row.level_before,
        after=row.level,
        reason=row.reason,
        when=duty_words.london_datetime(moment=moment),
    )


def correction_page(
    *,
    row: FindingCorrection,
    round_: Round,
    pair: Pair,
    names: tuple[str, str],
    themes: SideThemes,
    levels: Mapping[str, str | None],
    cells: Mapping[tuple[matrix.Level, matrix.Level], str],
    said: MatrixWords,
) -> CorrectionPage:
    """Return the page.

    Args:
        row: the correction.
        round_: its round.
        pair: of both bodies.
        names: authority's and board's.
        themes: of the side.
        levels: both sides' as published before it, by side.
        cells: the group of each cell, by the round's matrix.
        said: the words of that matrix.
    """
    after = {**levels, row.side: row.level}
    before = {**levels, row.side: row.level_before}
    return CorrectionPage(
        line=_line(row, round_=round_, pair=pair, names=names, public=False),
        facts=_facts(row),
        computed_level=row.computed_level,
        changed_reason=row.changed_reason,
        rationale=row.rationale,
        statements=side_statements(themes=themes, levels=row.picks) if row.picks else (),
        evidence=tuple(
            {**one, "kind_label": EvidenceKind(one["kind"]).label} for one in row.evidence
        ),
        placed=(
            SummaryRow("As published before", _position(before, cells, said)),
            SummaryRow("With the correction", _position(after, cells, said)),
        ),
        waits=row.state == CorrectionState.PROPOSED,
        matrix_words=said,
    )


def _position(
    levels: Mapping[str, str | None],
    cells: Mapping[tuple[matrix.Level, matrix.Level], str],
    said: MatrixWords,
) -> str:
    authority, board = levels[Side.AUTHORITY], levels[Side.BOARD]
    place = matrix.place(
        sa=matrix.Level(authority) if authority else None,
        icb=matrix.Level(board) if board else None,
        group_map=cells,
    )
    position = words.position(authority_level=authority, board_level=board, said=said)
    return f"{position}. {said.group(place.group).name}"


def _facts(row: FindingCorrection) -> tuple[SummaryRow, ...]:
    facts = [
        SummaryRow(
            "Proposed by",
            f"{row.proposed_by.full_name}, {duty_words.london_datetime(moment=row.proposed_at)}",
        )
    ]
    if row.decided_by and row.decided_at:
        said = {
            CorrectionState.APPROVED.value: "Approved by",
            CorrectionState.DECLINED.value: "Declined by",
        }.get(row.state, "Taken back by")
        when = duty_words.london_datetime(moment=row.decided_at)
        facts.append(SummaryRow(said, f"{row.decided_by.full_name}, {when}"))
    if row.decided_reason:
        facts.append(SummaryRow("Because", row.decided_reason))
    return tuple(facts)
