"""What is asked of the rubric and the group map."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from duty.models import Round
from engagement import matrix
from engagement.models import GroupCell, GroupMap, RoundRubric, Rubric, SupportGroup, Theme


class NotConfiguredError(LookupError):
    """There is no rubric or no group map yet."""


@dataclass(frozen=True)
class Reading:
    """The rubric and the group map that a round is read by."""

    rubric: Rubric
    group_map: GroupMap


@dataclass(frozen=True)
class SideThemes:
    """The themes of one side in order, by row and as the pure rules take them."""

    rows: tuple[Theme, ...]
    pure: tuple[matrix.Theme, ...]


def reading_of(*, round: Round) -> Reading:
    """Return the versions frozen for the round, or the newest ones where none are yet.

    Raises:
        NotConfiguredError: nothing was loaded.
    """
    frozen = RoundRubric.objects.select_related("rubric", "group_map").filter(round=round).first()
    if frozen is not None:
        return Reading(rubric=frozen.rubric, group_map=frozen.group_map)
    rubric = Rubric.objects.order_by("-version").first()
    group_map = GroupMap.objects.order_by("-version").first()
    if rubric is None or group_map is None:
        raise NotConfiguredError(
            "There is no rubric yet. Run `manage.py load_engagement_configuration`."
        )
    return Reading(rubric=rubric, group_map=group_map)


def themes_of(*, rubric: Rubric, side: str) -> SideThemes:
    """Return the themes of one side, in the rubric's order."""
    rows = tuple(Theme.objects.filter(rubric=rubric, side=side).order_by("order", "pk"))
    return SideThemes(rows=rows, pure=tuple(pure_theme(theme=row) for row in rows))


def pure_theme(*, theme: Theme) -> matrix.Theme:
    """Return a theme as the pure rules take it."""
    return matrix.Theme(
        code=theme.code,
        side=matrix.Side(theme.side),
        core=theme.core,
        name=theme.name,
        statements={
            matrix.Level.HIGH: theme.high,
            matrix.Level.PARTIAL: theme.partial,
            matrix.Level.LOW: theme.low,
        },
    )


def comparable_with(*, rubric: Rubric) -> frozenset[int]:
    """Return the versions whose levels mean the same as this one's: itself, and by bridges.

    A bridge is what two people recorded with a version: its levels keep the meaning of those of
    the version before.
    """
    keeps = dict(Rubric.objects.values_list("version", "keeps_meaning"))
    found = {rubric.version}
    earliest = latest = rubric.version
    while keeps.get(earliest):
        earliest -= 1
        found.add(earliest)
    while keeps.get(latest + 1):
        latest += 1
        found.add(latest)
    return frozenset(found)


def rubric_numbered(*, version: int) -> Rubric:
    """Return a stored version of the rubric by its number."""
    return Rubric.objects.get(version=version)


def cells_numbered(*, group_map: int) -> tuple[GroupCell, ...]:
    """Return the nine cells of a stored version with their groups."""
    return tuple(
        GroupCell.objects.filter(group_map__version=group_map)
        .select_related("group")
        .order_by("pk")
    )


def rule_of(*, rubric: Rubric) -> matrix.LevelRule:
    """Return the thresholds of a rubric, as exact fractions."""
    return matrix.LevelRule(**{name: Fraction(text) for name, text in rubric.rule.items()})


def groups_by_cell(*, group_map: GroupMap) -> Mapping[tuple[matrix.Level, matrix.Level], str]:
    """Return the group code of each (authority level, ICB level)."""
    cells = GroupCell.objects.filter(group_map=group_map).values_list(
        "authority_level", "board_level", "group__code"
    )
    return {(matrix.Level(sa), matrix.Level(icb)): code for sa, icb, code in cells}


def support_groups(*, group_map: GroupMap) -> tuple[SupportGroup, ...]:
    """Return the groups of a version in their order."""
    return tuple(SupportGroup.objects.filter(group_map=group_map).order_by("order", "pk"))
