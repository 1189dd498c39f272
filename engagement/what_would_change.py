"""What another version of rubric or matrix would make of statements that were picked already.

Pure, and nothing is stored. It takes plain picks, so findings of any kind can be read by it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from engagement.matrix import Level, LevelRule, NotAssessedReason, Side, Theme
from engagement.matrix import level_from_statements as find_level


class Unread(StrEnum):
    """Why the statements of a side give no level."""

    CORE_UNANSWERED = NotAssessedReason.CORE_UNANSWERED.value
    TOO_FEW_ANSWERED = NotAssessedReason.TOO_FEW_ANSWERED.value
    # None of the themes that were answered is left.
    NOTHING_ANSWERED = "nothing_answered"


@dataclass(frozen=True)
class SidePicks:
    """What one side's level rests on: picks by theme code, and the level that was confirmed."""

    picks: Mapping[str, Level]
    confirmed: Level | None


@dataclass(frozen=True)
class PairPicks:
    """A pair and what each side picked; None for a side that has confirmed nothing."""

    key: str
    name: str
    sa: SidePicks | None
    icb: SidePicks | None


@dataclass(frozen=True)
class Reading:
    """A version of the rubric with a version of the map: all that levels and groups follow from."""

    sa_themes: Sequence[Theme]
    icb_themes: Sequence[Theme]
    rule: LevelRule
    groups: Mapping[tuple[Level, Level], str]

    def themes(self, side: Side) -> Sequence[Theme]:
        """Return the themes of a side."""
        return self.sa_themes if side is Side.SA else self.icb_themes


@dataclass(frozen=True)
class SideChange:
    """A side's level now and by the draft.

    unread: why the draft gives none; new_themes: codes of the draft that nobody was asked;
    left_out: codes that were answered and that the draft does not have.
    """

    now: Level | None
    then: Level | None
    unread: Unread | None = None
    new_themes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether the level is another one, or comes or goes."""
        return self.now is not self.then


@dataclass(frozen=True)
class PairChange:
    """A pair now and by the draft; a group of None is 'not assessed'."""

    key: str
    name: str
    sa: SideChange | None
    icb: SideChange | None
    group_now: str | None
    group_then: str | None

    @property
    def changes_level(self) -> bool:
        """Whether a side's level is another one."""
        return any(side is not None and side.moves for side in (self.sa, self.icb))

    @property
    def changes_group(self) -> bool:
        """Whether the pair would be in another group, or come to one, or leave all."""
        return self.group_now != self.group_then

    @property
    def moves(self) -> bool:
        """Whether anything about the pair is another."""
        return self.changes_level or self.changes_group


@dataclass(frozen=True)
class WhatWouldChange:
    """All pairs by name, with the counts; a side is counted where it has confirmed a view."""

    pairs: tuple[PairChange, ...]
    sides: int = 0
    sides_moving: int = 0
    sides_without_level: int = 0
    level_changes: Mapping[tuple[Level | None, Level | None], int] = field(default_factory=dict)

    @property
    def placed(self) -> int:
        """Pairs that are in a group now."""
        return sum(pair.group_now is not None for pair in self.pairs)

    @property
    def placed_then(self) -> int:
        """Pairs that would be in a group."""
        return sum(pair.group_then is not None for pair in self.pairs)

    @property
    def changing_group(self) -> int:
        """Pairs whose group would be another one, or none."""
        return sum(pair.changes_group for pair in self.pairs)


def what_would_change(
    *, pairs: Sequence[PairPicks], before: Reading, after: Reading
) -> WhatWouldChange:
    """Return what another version makes of picked statements.

    A level that was confirmed stands as long as the draft gives the statements the same level as
    the version by which they were picked: whoever confirmed another level had their reasons, and
    those are not the rubric's. A theme that the draft adds is unanswered; one that it drops
    counts no longer; a theme whose words changed is read as picked.

    Args:
        pairs: what each side picked, in any order.
        before: the versions by which they were picked.
        after: the same with the draft in place of one.

    Returns:
        Each pair, by name, and counts of sides and pairs. Counts only: levels are never added up.

    Source: the project's own rule, version 1.
    """
    found = tuple(
        _pair_change(pair, before, after) for pair in sorted(pairs, key=lambda p: (p.name, p.key))
    )
    sides = [side for pair in found for side in (pair.sa, pair.icb) if side is not None]
    counted: dict[tuple[Level | None, Level | None], int] = {}
    for side in sides:
        if side.moves:
            key = (side.now, side.then)
            counted[key] = counted.get(key, 0) + 1
    return WhatWouldChange(
        pairs=found,
        sides=len(sides),
        sides_moving=sum(side.moves for side in sides),
        sides_without_level=sum(side.unread is not None for side in sides),
        level_changes=counted,
    )


def _pair_change(pair: PairPicks, before: Reading, after: Reading) -> PairChange:
    sa = _side_change(pair.sa, Side.SA, before, after)
    icb = _side_change(pair.icb, Side.ICB, before, after)
    return PairChange(
        key=pair.key,
        name=pair.name,
        sa=sa,
        icb=icb,
        group_now=_group(sa.now, icb.now, before) if sa and icb else None,
        group_then=_group(sa.then, icb.then, after) if sa and icb else None,
    )


def _side_change(
    said: SidePicks | None, side: Side, before: Reading, after: Reading
) -> SideChange | None:
    if said is None:
        return None
    was, _ = _read(said.picks, before.themes(side), before.rule)
    would_be, unread = _read(said.picks, after.themes(side), after.rule)
    asked = {theme.code for theme in before.themes(side)}
    kept = {theme.code for theme in after.themes(side)}
    same = would_be is was
    return SideChange(
        now=said.confirmed,
        then=said.confirmed if same else would_be,
        unread=None if same else unread,
        new_themes=tuple(theme.code for theme in after.themes(side) if theme.code not in asked),
        left_out=tuple(sorted(said.picks.keys() - kept)),
    )


def _read(
    picks: Mapping[str, Level], themes: Sequence[Theme], rule: LevelRule
) -> tuple[Level | None, Unread | None]:
    known = {theme.code: picks[theme.code] for theme in themes if theme.code in picks}
    if not known:
        return None, Unread.NOTHING_ANSWERED
    finding = find_level(picks=known, themes=themes, rule=rule)
    reason = Unread(finding.not_assessed.value) if finding.not_assessed else None
    return finding.level, reason


def _group(sa: Level | None, icb: Level | None, reading: Reading) -> str | None:
    # A draft may lack a cell yet; such a pair has no group by it.
    return reading.groups.get((sa, icb)) if sa is not None and icb is not None else None
