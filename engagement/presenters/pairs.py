"""What the page of a pair shows: a placement as published, or the work that goes on for some."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse

from authorities.models import Pair
from authorities.queries import PairFacts
from duty.models import Round
from duty.ui.looks import FIRST_WORDS, MatrixWords
from engagement import charts, picture, words
from engagement.content import (
    MARKED,
    UNDECIDED,
    EvidenceContent,
    PlacementContent,
    SideContent,
    StatementContent,
    corrected_in,
    from_json,
    not_assessed_reasons,
)
from engagement.models import Basis, GroupCell, Placement, PublishedPlacement
from engagement.picture import PictureWarning
from engagement.presenters.corrections import SideCorrection, corrected
from engagement.presenters.matrix_words import words_by_version
from engagement.queries import rubric as rubric_queries


@dataclass(frozen=True)
class Version:
    """A placement of the pair that may be looked at: a link, and whether it is the one shown."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class SidePart:
    """One side: its level, what that rests on, and why it was changed, if it was."""

    heading: str
    name: str
    level: str | None
    summary: str
    computed_level: str | None
    changed_reason: str
    statements: tuple[StatementContent, ...]
    answered: int
    moderated: bool
    rationale: str
    evidence: tuple[EvidenceContent, ...]
    resolved_reason: str
    corrections: tuple[SideCorrection, ...]


@dataclass(frozen=True)
class Support:
    """What is offered to a group, and to which side first."""

    offer: str
    aim: str


@dataclass(frozen=True)
class PathLine:
    """Where the pair stood in a round, in words."""

    round_name: str
    position: str
    group_name: str
    movement: str
    corrected: str


@dataclass(frozen=True)
class Fit:
    """How the two areas fit. Shares are 0 to 1."""

    share_of_authority: float
    share_of_board: float
    class_name: str
    population: int
    population_year: int
    source: str
    as_at: date


@dataclass(frozen=True)
class PlacementPart:
    """The placement that the page shows."""

    round_name: str
    working: bool
    published_at: datetime | None
    revision: int | None
    computed_at: datetime | None
    geography_date: date
    basis: str
    moderated: bool
    rubric_version: int
    group_map_version: int
    group: str | None
    group_name: str
    not_assessed: str
    likely_outcome: str
    support: Support | None
    rule: words.RuleWords
    authority: SidePart
    board: SidePart


@dataclass(frozen=True)
class PairPart:
    """All facts of the page."""

    title: str
    authority_name: str
    board_name: str
    placement: PlacementPart | None
    versions: tuple[Version, ...]
    path: tuple[PathLine, ...]
    chart: charts.FlowChart | None
    fit: Fit | None
    warnings: tuple[str, ...]
    csv_url: str
    api_query: str
    framework_url: str
    progress_url: str
    words: MatrixWords


AnyPlacement = Placement | PublishedPlacement


def round_of(*, placement: AnyPlacement) -> Round:
    """Return the round that a placement is of."""
    if isinstance(placement, Placement):
        return placement.round
    return placement.publication.round


def present(
    *,
    pair: Pair,
    names: tuple[str, str],
    short_names: tuple[str, str],
    shown: AnyPlacement | None,
    published: Sequence[PublishedPlacement],
    working: Sequence[Placement],
    current_facts: PairFacts | None,
    today: date,
) -> PairPart:
    """Return the page's facts.

    `published` and `working` hold only what the person may see, the earliest round first; `shown`
    is one of them. `current_facts` are those of today, for a pair without a placement.
    """
    cells: tuple[GroupCell, ...] = ()
    part = None
    said = FIRST_WORDS
    way: list[AnyPlacement] = [*published, *([shown] if isinstance(shown, Placement) else [])]
    versions = words_by_version(versions=[each.content["group_map_version"] for each in way])
    content = from_json(stored=shown.content) if shown else None
    if shown is not None and content is not None:
        cells = rubric_queries.cells_numbered(group_map=content.group_map_version)
        rubric = rubric_queries.rubric_numbered(version=content.rubric_version)
        rule = words.rule(of=rubric_queries.rule_of(rubric=rubric))
        said = versions[content.group_map_version]
        part = _placement(placement=shown, content=content, cells=cells, rule=rule, said=said)
        names = content.authority.name, content.board.name
        short_names = content.authority.short_name, content.board.short_name
    return PairPart(
        title=picture.pair_name(authority=short_names[0], board=short_names[1]),
        authority_name=names[0],
        board_name=names[1],
        placement=part,
        versions=_versions(pair=pair, shown=shown, placements=[*published, *working]),
        path=_path(way=way, versions=versions),
        chart=_chart(way=way, cells=cells, said=said),
        fit=_fit(content=content, facts=current_facts, today=today),
        warnings=_warnings(content=content, facts=current_facts),
        csv_url=reverse("engagement:pair-placements", args=[pair.authority.slug, pair.board.slug]),
        framework_url=reverse(
            "outcomes:pair-framework", args=[pair.authority.slug, pair.board.slug]
        ),
        progress_url=reverse("progress:pair", args=[pair.authority.slug, pair.board.slug]),
        words=said,
        api_query=urlencode({"authority": pair.authority.slug, "icb": pair.board.slug}),
    )


def _placement(
    *,
    placement: AnyPlacement,
    content: PlacementContent,
    cells: Sequence[GroupCell],
    rule: words.RuleWords,
    said: MatrixWords,
) -> PlacementPart:
    round = round_of(placement=placement)
    publication = placement.publication if isinstance(placement, PublishedPlacement) else None
    moderated = placement.basis == Basis.MODERATED
    cell = next(
        (
            each
            for each in cells
            if (each.authority_level, each.board_level)
            == (placement.authority_level, placement.board_level)
        ),
        None,
    )
    return PlacementPart(
        round_name=round.name,
        working=publication is None,
        published_at=publication.published_at if publication else None,
        revision=publication.number if publication else None,
        computed_at=placement.computed_at if isinstance(placement, Placement) else None,
        geography_date=round.geography_date,
        basis=words.BASES[placement.basis],
        rubric_version=content.rubric_version,
        group_map_version=content.group_map_version,
        group=placement.group,
        group_name=said.group(placement.group).name,
        not_assessed=" and ".join(not_assessed_reasons(content=content)),
        likely_outcome=cell.likely_outcome if cell else "",
        support=_support(cell=cell, less_engaged=placement.less_engaged),
        rule=rule,
        moderated=moderated,
        authority=_side(
            heading="Authority",
            name=content.authority.name,
            side=content.authority_side,
            moderated=moderated,
            said=said,
        ),
        board=_side(
            heading="ICB",
            name=content.board.name,
            side=content.board_side,
            moderated=moderated,
            said=said,
        ),
    )


def _support(*, cell: GroupCell | None, less_engaged: str | None) -> Support | None:
    if cell is None:
        return None
    sides = {"sa": "the authority", "icb": "the ICB"}
    if cell.group.aimed_at == "less_engaged_side" and less_engaged:
        aim = f"Aimed first at {sides[less_engaged]}, the less engaged side of this pair today."
    else:
        aim = "Aimed at both sides."
    return Support(offer=cell.group.offer, aim=aim)


def _side(
    *, heading: str, name: str, side: SideContent, moderated: bool, said: MatrixWords
) -> SidePart:
    counts = [
        f"{sum(row.level == level for row in side.statements)} {said.level(level)[0].lower()}"
        for level in ("high", "partial", "low")
    ]
    answered = sum(row.level is not None for row in side.statements)
    return SidePart(
        heading=heading,
        name=name,
        level=side.level,
        summary=f"Of {len(side.statements)} themes: {', '.join(counts)}"
        if side.statements
        else _no_statements(heading=heading, side=side),
        computed_level=side.computed_level,
        changed_reason=side.changed_reason,
        statements=side.statements,
        answered=answered,
        moderated=moderated,
        rationale=side.rationale,
        evidence=side.evidence,
        resolved_reason=side.resolved_reason,
        corrections=corrected(rows=side.corrections),
    )


def _no_statements(*, heading: str, side: SideContent) -> str:
    if side.not_assessed == UNDECIDED:
        return "Could not be decided"
    if side.not_assessed == MARKED:
        return "Marked not assessed"
    return f"No view from the {heading if heading == 'ICB' else heading.lower()}"


def _versions(
    *, pair: Pair, shown: AnyPlacement | None, placements: Sequence[AnyPlacement]
) -> tuple[Version, ...]:
    """Return a link for each placement, where there is a choice."""
    if len(placements) < 2:
        return ()
    url = reverse("engagement:pair", args=[pair.authority.slug, pair.board.slug])
    found = []
    for placement in placements:
        round = round_of(placement=placement)
        working = isinstance(placement, Placement)
        found.append(
            Version(
                label=f"{round.name} (not published)" if working else round.name,
                url=f"{url}?round={round.slug}",
                current=placement == shown,
            )
        )
    return tuple(found)


def _path(
    *, way: Sequence[AnyPlacement], versions: Mapping[int, MatrixWords]
) -> tuple[PathLine, ...]:
    """Return each round in the words that it was read by."""
    said = [versions[each.content["group_map_version"]] for each in way]
    return tuple(
        PathLine(
            round_name=round_of(placement=each).name,
            position=words.position(
                authority_level=each.authority_level, board_level=each.board_level, said=own
            ),
            group_name=own.group(each.group).name,
            movement=words.MOVEMENTS_IN_FULL[each.movement],
            corrected=corrected_in(stored=each.content),
        )
        for each, own in zip(way, said, strict=True)
    )


def _chart(
    *, way: Sequence[AnyPlacement], cells: Sequence[GroupCell], said: MatrixWords
) -> charts.FlowChart | None:
    if not any(each.group for each in way):
        return None
    return charts.draw_path(
        cells=[
            (each.authority_level, each.board_level)
            if each.authority_level and each.board_level
            else None
            for each in way
        ],
        movements=[each.movement for each in way],
        cell_groups={
            (c.authority_level, c.board_level): said.group(c.group.code).look for c in cells
        },
    )


def _fit(*, content: PlacementContent | None, facts: PairFacts | None, today: date) -> Fit | None:
    if content is not None:
        overlap = content.overlap
        return Fit(
            share_of_authority=overlap.share_of_authority,
            share_of_board=overlap.share_of_board,
            class_name=words.FITS[overlap.coterminosity],
            population=overlap.population,
            population_year=overlap.population_year,
            source=overlap.source,
            as_at=date.fromisoformat(overlap.as_at),
        )
    if facts is None:
        return None
    return Fit(
        share_of_authority=facts.share_of_authority,
        share_of_board=facts.share_of_board,
        class_name=facts.coterminosity_name or "Too small an overlap to assess",
        population=facts.population,
        population_year=facts.population_year,
        source=facts.source,
        as_at=today,
    )


def _warnings(*, content: PlacementContent | None, facts: PairFacts | None) -> tuple[str, ...]:
    if content is not None:
        rows = [
            PictureWarning(kind=row.kind, on=row.on, cluster=row.cluster)
            for row in content.warnings
        ]
    else:
        rows = [
            PictureWarning(
                kind=row.kind.value, on=row.on.isoformat() if row.on else None, cluster=row.cluster
            )
            for row in (facts.warnings if facts else ())
        ]
    return tuple(words.warning(of=row) for row in rows)
