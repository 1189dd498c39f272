"""Loads the rubric and the group map as versions, and freezes them for a round."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import transaction

from authorities import audit
from authorities.models import User
from duty.models import Round
from engagement import matrix, rubric_file
from engagement.map_content import CellText, GroupText, LevelLabels, MapContent
from engagement.models import GroupCell, GroupMap, RoundRubric, Rubric, SupportGroup, Theme
from engagement.queries import rubric as rubric_queries
from engagement.rubric_content import THRESHOLDS, RubricContent, ThemeText, read_share


class VersionChangedError(ValueError):
    """A stored version would be read anew with another content."""


@transaction.atomic
def load_rubric(
    *,
    version: int,
    themes: Sequence[matrix.Theme],
    theme_sources: Sequence[str],
    rule: matrix.LevelRule,
    source: str,
    by: User | None,
    at: datetime,
) -> Rubric:
    """Store a version of the rubric, or return it where the same is stored already.

    Raises:
        VersionChangedError: the version is stored with other statements or another rule.
    """
    thresholds = {name: str(Fraction(getattr(rule, name))) for name in THRESHOLDS}
    stored = Rubric.objects.filter(version=version).first()
    if stored is not None:
        rows = Theme.objects.filter(rubric=stored).order_by("order", "pk")
        same = tuple(rubric_queries.pure_theme(theme=row) for row in rows) == tuple(themes)
        if not same or stored.rule != thresholds:
            raise VersionChangedError(
                f"Rubric {version} is stored with other statements or thresholds. "
                "Levels were reached by it, so load the change as the next version."
            )
        return stored
    content = RubricContent(
        themes=tuple(
            ThemeText(
                code=theme.code,
                side=theme.side.value,
                core=theme.core,
                name=theme.name,
                high=theme.statements[matrix.Level.HIGH],
                partial=theme.statements[matrix.Level.PARTIAL],
                low=theme.statements[matrix.Level.LOW],
                source=theme_source,
            )
            for theme, theme_source in zip(themes, theme_sources, strict=True)
        ),
        source=source,
        **thresholds,
    )
    rubric = store_rubric(version=version, content=content)
    audit.record(action="rubric.loaded", target=rubric, by=by, at=at, version=version)
    return rubric


def store_rubric(*, version: int, content: RubricContent, **approval: Any) -> Rubric:
    """Store a version of the rubric; `approval` says who stands behind it, and what levels mean."""
    rubric = Rubric.objects.create(
        version=version,
        rule={name: str(read_share(text=getattr(content, name))) for name in THRESHOLDS},
        source=content.source,
        **approval,
    )
    Theme.objects.bulk_create(
        Theme(rubric=rubric, order=order, **vars(theme))
        for order, theme in enumerate(content.themes, start=1)
    )
    return rubric


@transaction.atomic
def load_group_map(
    *,
    version: int,
    groups: Sequence[rubric_file.SupportGroup],
    cells: rubric_file.GroupMap,
    source: str,
    by: User | None,
    at: datetime,
) -> GroupMap:
    """Store a version of the group map, or return it where the same is stored already.

    Raises:
        VersionChangedError: the version is stored with other groups or cells.
    """
    stored = GroupMap.objects.filter(version=version).first()
    if stored is not None:
        _refuse_other_map(stored=stored, groups=groups, cells=cells)
        return stored
    content = MapContent(
        labels=LevelLabels(),
        groups=tuple(
            GroupText(
                code=group.code,
                name=group.name,
                note=group.note,
                offer=group.offer,
                aimed_at=group.aim.value,
                look=group.look,
            )
            for group in groups
        ),
        cells=tuple(
            CellText(cell[0].value, cell[1].value, code, cells.likely_outcomes[cell])
            for cell, code in cells.groups.items()
        ),
        source=source,
    )
    group_map = store_group_map(version=version, content=content)
    audit.record(action="group_map.loaded", target=group_map, by=by, at=at, version=version)
    return group_map


def store_group_map(*, version: int, content: MapContent, **approval: Any) -> GroupMap:
    """Store a version of the matrix; `approval` says who stands behind it."""
    group_map = GroupMap.objects.create(
        version=version,
        source=content.source,
        **{f"{name}_label": text for name, text in vars(content.labels).items()},
        **approval,
    )
    rows = SupportGroup.objects.bulk_create(
        SupportGroup(group_map=group_map, order=order, **vars(group))
        for order, group in enumerate(content.groups, start=1)
    )
    by_code = {row.code: row for row in rows}
    GroupCell.objects.bulk_create(
        GroupCell(group_map=group_map, **{**vars(cell), "group": by_code[cell.group]})
        for cell in content.cells
    )
    return group_map


def _refuse_other_map(
    *,
    stored: GroupMap,
    groups: Sequence[rubric_file.SupportGroup],
    cells: rubric_file.GroupMap,
) -> None:
    rows = SupportGroup.objects.filter(group_map=stored).order_by("order")
    found_groups = [
        (row.code, row.name, row.note, row.offer, row.aimed_at, row.look) for row in rows
    ]
    asked_groups = [(g.code, g.name, g.note, g.offer, g.aim.value, g.look) for g in groups]
    found_cells = {
        (sa, icb): (code, outcome)
        for sa, icb, code, outcome in GroupCell.objects.filter(group_map=stored).values_list(
            "authority_level", "board_level", "group__code", "likely_outcome"
        )
    }
    asked_cells = {
        (cell[0].value, cell[1].value): (code, cells.likely_outcomes[cell])
        for cell, code in cells.groups.items()
    }
    if found_groups != asked_groups or found_cells != asked_cells:
        raise VersionChangedError(
            f"Group map {stored.version} is stored with other groups or cells. "
            "Placements were made by it, so load the change as the next version."
        )


def freeze(*, round: Round) -> RoundRubric:
    """Fix the versions by which a round is read: the newest ones, on its first use.

    Raises:
        NotConfiguredError: nothing was loaded.
    """
    reading = rubric_queries.reading_of(round=round)
    frozen, _ = RoundRubric.objects.get_or_create(
        round=round, defaults={"rubric": reading.rubric, "group_map": reading.group_map}
    )
    return frozen
