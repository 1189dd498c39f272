"""What is asked of versions of how engagement is read: those approved, and drafts of the next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Prefetch, QuerySet

from engagement import map_content, rubric_content
from engagement.map_content import CellText, GroupText, LevelLabels, MapContent
from engagement.models import (
    DraftKind,
    GroupCell,
    GroupMap,
    ReadingDraft,
    RoundRubric,
    Rubric,
    SupportGroup,
    Theme,
)
from engagement.rubric_content import THRESHOLDS, RubricContent, ThemeText

Content = RubricContent | MapContent


class NoSuchVersionError(LookupError):
    """There is no version of that number, or no draft of that key."""


@dataclass(frozen=True)
class Version:
    """An approved version. People's names are for the centre."""

    kind: str
    number: int
    content: Content
    reason: str
    proposed_by: str
    approved_by: str
    approved_at: datetime | None
    keeps_meaning: bool | None
    meaning_reason: str


@dataclass(frozen=True)
class Listed:
    """An approved version in the list of them, with the rounds that are read by it."""

    kind: str
    number: int
    source: str
    reason: str
    approved_at: datetime | None
    newest: bool
    rounds: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """A draft of the next version."""

    id: UUID
    kind: str
    state: str
    origin: int
    content: Content
    reason: str
    revision: int
    changed_at: datetime
    changed_by: str
    authors: frozenset[UUID]
    declined_reason: str
    discarded_reason: str
    decided_at: datetime | None
    decided_by: str
    version: int | None


def stored_content(*, kind: str, stored: Mapping[str, object]) -> Content:
    """Return what a draft keeps as the content of its kind."""
    if kind == DraftKind.RUBRIC:
        return rubric_content.from_json(stored=stored)
    return map_content.from_json(stored=stored)


def plain_content(*, content: Content) -> dict[str, object]:
    """Return content as plain values for JSON."""
    if isinstance(content, RubricContent):
        return rubric_content.to_json(content=content)
    return map_content.to_json(content=content)


def rubric_text(*, rubric: Rubric) -> RubricContent:
    """Return what a version of the rubric says."""
    rows = Theme.objects.filter(rubric=rubric).order_by("order", "pk")
    return RubricContent(
        themes=tuple(
            ThemeText(
                code=row.code,
                side=row.side,
                core=row.core,
                name=row.name,
                high=row.high,
                partial=row.partial,
                low=row.low,
                source=row.source,
            )
            for row in rows
        ),
        source=rubric.source,
        **{name: rubric.rule[name] for name in THRESHOLDS},
    )


def map_text(*, group_map: GroupMap) -> MapContent:
    """Return what a version of the matrix says."""
    return MapContent(
        labels=labels_of(group_map=group_map),
        groups=tuple(
            GroupText(
                code=row.code,
                name=row.name,
                note=row.note,
                offer=row.offer,
                aimed_at=row.aimed_at,
                look=row.look,
            )
            for row in SupportGroup.objects.filter(group_map=group_map).order_by("order", "pk")
        ),
        cells=tuple(
            CellText(*row)
            for row in GroupCell.objects.filter(group_map=group_map)
            .order_by("pk")
            .values_list("authority_level", "board_level", "group__code", "likely_outcome")
        ),
        source=group_map.source,
    )


def groups_by_map(
    *, versions: Collection[int]
) -> tuple[tuple[GroupMap, tuple[SupportGroup, ...]], ...]:
    """Return versions of the matrix, each with its groups in their order."""
    rows = (
        GroupMap.objects.filter(version__in=versions)
        .order_by("version")
        .prefetch_related(Prefetch("groups", queryset=SupportGroup.objects.order_by("order", "pk")))
    )
    return tuple((row, tuple(row.groups.all())) for row in rows)


def labels_of(*, group_map: GroupMap) -> LevelLabels:
    """Return the words of the levels by a version of the matrix."""
    return LevelLabels(
        high=group_map.high_label,
        partial=group_map.partial_label,
        low=group_map.low_label,
        not_assessed=group_map.not_assessed_label,
    )


def newest_number(*, kind: str) -> int:
    """Return the number of the newest approved version; 0 where there is none."""
    newest = _rows(kind).aggregate(newest=Max("version"))["newest"]
    return int(newest or 0)


def version_numbered(*, kind: str, number: int) -> Version:
    """Return an approved version.

    Raises:
        NoSuchVersionError: there is none.
    """
    row = _rows(kind).select_related("proposed_by", "approved_by").filter(version=number).first()
    if row is None:
        raise NoSuchVersionError(f"There is no version {number}.")
    rubric = row if isinstance(row, Rubric) else None
    return Version(
        kind=kind,
        number=row.version,
        content=rubric_text(rubric=row) if isinstance(row, Rubric) else map_text(group_map=row),
        reason=row.reason,
        proposed_by=row.proposed_by.full_name if row.proposed_by else "",
        approved_by=row.approved_by.full_name if row.approved_by else "",
        approved_at=row.approved_at,
        keeps_meaning=rubric.keeps_meaning if rubric else None,
        meaning_reason=rubric.meaning_reason if rubric else "",
    )


def approved_rubrics() -> QuerySet[Rubric]:
    """Return every version of the rubric with its themes in order, the newest first."""
    themes = Theme.objects.order_by("order", "pk")
    return Rubric.objects.order_by("-version").prefetch_related(Prefetch("themes", queryset=themes))


def approved_matrices() -> QuerySet[GroupMap]:
    """Return every version of the matrix with groups and cells in order, the newest first."""
    groups = SupportGroup.objects.order_by("order", "pk")
    cells = GroupCell.objects.select_related("group").order_by("pk")
    return GroupMap.objects.order_by("-version").prefetch_related(
        Prefetch("groups", queryset=groups), Prefetch("cells", queryset=cells)
    )


def listed(*, kind: str) -> tuple[Listed, ...]:
    """Return all approved versions of a kind, the newest first."""
    rows = list(_rows(kind).order_by("-version"))
    field = "rubric__version" if kind == DraftKind.RUBRIC else "group_map__version"
    rounds: dict[int, list[str]] = {}
    used = (
        RoundRubric.objects.filter(round__is_test=False)
        .order_by("round__covers_to", "round_id")
        .values_list(field, "round__name")
    )
    for version, name in used:
        rounds.setdefault(version, []).append(name)
    return tuple(
        Listed(
            kind=kind,
            number=row.version,
            source=row.source,
            reason=row.reason,
            approved_at=row.approved_at,
            newest=at == 0,
            rounds=tuple(rounds.get(row.version, ())),
        )
        for at, row in enumerate(rows)
    )


def drafts(*, kind: str, limit: int) -> tuple[Draft, ...]:
    """Return the drafts of a kind, the newest first, at most so many."""
    rows = (
        ReadingDraft.objects.filter(kind=kind)
        .select_related("changed_by", "decided_by")
        .prefetch_related("authors")
        .order_by("-made_at", "-pk")[:limit]
    )
    return tuple(draft_of(row=row) for row in rows)


def draft_by_id(*, draft_id: UUID) -> Draft:
    """Return a draft in any state.

    Raises:
        NoSuchVersionError: there is none.
    """
    row = (
        ReadingDraft.objects.select_related("changed_by", "decided_by")
        .prefetch_related("authors")
        .filter(pk=draft_id)
        .first()
    )
    if row is None:
        raise NoSuchVersionError("There is no such draft.")
    return draft_of(row=row)


def draft_of(*, row: ReadingDraft) -> Draft:
    """Return a stored draft as it is read."""
    return Draft(
        id=row.pk,
        kind=row.kind,
        state=row.state,
        origin=row.origin,
        content=stored_content(kind=row.kind, stored=row.content),
        reason=row.reason,
        revision=row.revision,
        changed_at=row.changed_at,
        changed_by=row.changed_by.full_name,
        authors=frozenset(author.person_id for author in row.authors.all()),
        declined_reason=row.declined_reason,
        discarded_reason=row.discarded_reason,
        decided_at=row.decided_at,
        decided_by=row.decided_by.full_name if row.decided_by else "",
        version=row.version,
    )


def _rows(kind: str) -> QuerySet[Rubric] | QuerySet[GroupMap]:
    return Rubric.objects.all() if kind == DraftKind.RUBRIC else GroupMap.objects.all()
