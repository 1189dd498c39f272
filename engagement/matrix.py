"""Levels of engagement, the three by three matrix, and movement between rounds.

Missing is None throughout: a side that was not assessed is never placed as low.
Nothing here ranks pairs, averages levels or adds them up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Level(StrEnum):
    """How engaged one side of a pair is."""

    HIGH = "high"
    PARTIAL = "partial"
    LOW = "low"


class Side(StrEnum):
    """The two sides of a pair: strategic authority and integrated care board."""

    SA = "sa"
    ICB = "icb"


class NotAssessedReason(StrEnum):
    """Why a side has no level."""

    CORE_UNANSWERED = "core_unanswered"
    TOO_FEW_ANSWERED = "too_few_answered"


class Movement(StrEnum):
    """What became of a pair since its latest earlier published placement."""

    FIRST = "first"
    RESTATED = "restated"
    NOT_COMPARABLE = "not_comparable"
    NOT_ASSESSED = "not_assessed"
    IMPROVED = "improved"
    DECLINED = "declined"
    MIXED = "mixed"
    NO_CHANGE = "no_change"


class NothingPickedError(ValueError):
    """No statement was picked for any theme."""


class UnknownThemeError(ValueError):
    """A statement was picked for a theme that this side's rubric does not hold."""


class MixedThemesError(ValueError):
    """The themes given do not form one side's rubric."""


class CellMissingError(LookupError):
    """The group map has no group for a cell of the matrix."""


@dataclass(frozen=True)
class Theme:
    """One theme of the rubric, with a statement for each level."""

    code: str
    side: Side
    core: bool
    name: str
    statements: Mapping[Level, str]


@dataclass(frozen=True)
class LevelRule:
    """The thresholds of a rubric version, as shares of all of a side's themes.

    Fractions, so that two thirds of nine themes is exactly six.
    """

    high_at_least: Fraction = Fraction(2, 3)
    low_more_than: Fraction = Fraction(1, 2)
    unanswered_more_than: Fraction = Fraction(1, 3)


@dataclass(frozen=True)
class Tally:
    """How many themes stand where; 'not answered' is a count of its own."""

    themes: int
    answered: int
    high: int
    partial: int
    low: int

    @property
    def unanswered(self) -> int:
        """Themes without a picked statement."""
        return self.themes - self.answered


@dataclass(frozen=True)
class LevelFinding:
    """A side's level by the rule, or None with the reason, and the counts behind it."""

    level: Level | None
    not_assessed: NotAssessedReason | None
    all_themes: Tally
    core_themes: Tally
    unanswered_core: tuple[str, ...]

    @property
    def explanation(self) -> tuple[str, ...]:
        """The counts in words, one sentence each, with no judgement added."""
        whole, core = self.all_themes, self.core_themes
        sentences = [
            f"{whole.high} of {whole.themes} themes high",
            f"{whole.partial} of {whole.themes} themes partial",
            f"{whole.low} of {whole.themes} themes low",
            f"{core.high} of {core.themes} core themes high",
        ]
        if whole.unanswered:
            sentences.append(f"{whole.unanswered} of {whole.themes} themes not answered")
        if self.unanswered_core:
            sentences.append(f"core themes not answered: {', '.join(self.unanswered_core)}")
        return tuple(sentences)


@dataclass(frozen=True)
class Place:
    """Where a pair stands in the matrix; every field is None when a side is not assessed."""

    cell: tuple[Level, Level] | None
    group: str | None
    gap: int | None
    less_engaged: Side | None


@dataclass(frozen=True)
class PlacedLevels:
    """The two levels of a placement; None is 'not assessed'."""

    sa: Level | None
    icb: Level | None


# Order only, for gaps and directions. Never shown and never added up.
_RANK = {Level.HIGH: 2, Level.PARTIAL: 1, Level.LOW: 0}


def level_from_statements(
    *, picks: Mapping[str, Level], themes: Sequence[Theme], rule: LevelRule
) -> LevelFinding:
    """Return the level that the rubric's rule gives for one side's picked statements.

    Not assessed when a core theme, or more than a third of all themes, is unanswered. High when
    no theme is low, every core theme is high and at least two thirds of all themes are high. Low
    when every core theme is low, or more than half of all themes are low. Partial otherwise.
    'All themes' counts the unanswered ones too.

    Args:
        picks: theme code to the level whose statement was picked; a theme left out is unanswered.
        themes: every theme of one side, in any order.
        rule: the thresholds held with the rubric's version.

    Returns:
        The level, or None with the reason, and the counts that led to it.

    Raises:
        NothingPickedError: no statement was picked.
        UnknownThemeError: a pick names a theme that is not among the themes.
        MixedThemesError: no themes, two sides, or a code twice.

    Source: the project's own rule, version 1. One low statement does not make the whole low,
        because a side has seven or eight themes and may choose where to put its effort.
    """
    _check_one_side(themes)
    if not picks:
        raise NothingPickedError("You need to select at least one statement")
    if unknown := sorted(picks.keys() - {theme.code for theme in themes}):
        raise UnknownThemeError(
            f"These themes are not in this rubric: {', '.join(unknown)}. "
            "Choose from the themes shown."
        )
    core = [theme for theme in themes if theme.core]
    whole_tally, core_tally = _tally(picks, themes), _tally(picks, core)
    unanswered_core = tuple(theme.code for theme in core if theme.code not in picks)
    reason = _not_assessed_reason(whole_tally, unanswered_core, rule)
    return LevelFinding(
        level=_level(whole_tally, core_tally, rule) if reason is None else None,
        not_assessed=reason,
        all_themes=whole_tally,
        core_themes=core_tally,
        unanswered_core=unanswered_core,
    )


def place(
    *, sa: Level | None, icb: Level | None, group_map: Mapping[tuple[Level, Level], str]
) -> Place:
    """Return the cell, the support group, the gap and the less engaged side of a pair.

    Args:
        sa: level of the strategic authority; None is 'not assessed'.
        icb: level of the integrated care board; None is 'not assessed'.
        group_map: (SA level, ICB level) to group code, for all nine cells.

    Returns:
        The place. All fields are None when either side is not assessed. The gap is the number
        of steps between the two levels, 0 to 2; no side is less engaged when it is 0.

    Raises:
        CellMissingError: the map has no group for the cell.

    Source: the project's own reading of the matrix of engagement in Tiratelli, Buck and Lloyd
        Goodwin, 'Integrated care systems and strategic authorities' (CLES and The King's Fund,
        December 2025).
    """
    if sa is None or icb is None:
        return Place(cell=None, group=None, gap=None, less_engaged=None)
    if (sa, icb) not in group_map:
        raise CellMissingError(
            f"The group map has no group for SA {sa} with ICB {icb}. Add the cell to the map."
        )
    difference = _RANK[sa] - _RANK[icb]
    less = None if difference == 0 else (Side.SA if difference < 0 else Side.ICB)
    return Place(cell=(sa, icb), group=group_map[(sa, icb)], gap=abs(difference), less_engaged=less)


def movement(
    *, earlier: PlacedLevels | None, now: PlacedLevels, restated: bool, comparable: bool
) -> Movement:
    """Return how a pair moved since its latest earlier published placement.

    The first of these that holds: first, restated, not comparable, not assessed, then the
    direction. 'Improved' and 'declined' need that no side moved the other way.

    Args:
        earlier: levels of the latest earlier published placement of the same pair; None if there
            is none.
        now: levels of the placement in hand.
        restated: whether either body succeeded another since then, or an organisation change
            made the pair.
        comparable: whether both used the same rubric scale, or a bridge between them is recorded.

    Returns:
        One of the eight movements.

    Source: the project's own table, version 1.
    """
    if earlier is None:
        return Movement.FIRST
    if restated:
        return Movement.RESTATED
    if not comparable:
        return Movement.NOT_COMPARABLE
    if earlier.sa is None or earlier.icb is None or now.sa is None or now.icb is None:
        return Movement.NOT_ASSESSED
    return _direction(_RANK[now.sa] - _RANK[earlier.sa], _RANK[now.icb] - _RANK[earlier.icb])


def _direction(sa_steps: int, icb_steps: int) -> Movement:
    if sa_steps == 0 and icb_steps == 0:
        return Movement.NO_CHANGE
    if sa_steps >= 0 and icb_steps >= 0:
        return Movement.IMPROVED
    if sa_steps <= 0 and icb_steps <= 0:
        return Movement.DECLINED
    return Movement.MIXED


def _check_one_side(themes: Sequence[Theme]) -> None:
    if not themes:
        raise MixedThemesError("This rubric has no themes. Add at least one theme.")
    if len({theme.side for theme in themes}) > 1:
        raise MixedThemesError("Give the themes of one side at a time.")
    if len({theme.code for theme in themes}) < len(themes):
        raise MixedThemesError("A theme is there twice. Give each theme a code of its own.")


def _tally(picks: Mapping[str, Level], themes: Sequence[Theme]) -> Tally:
    picked = [picks[theme.code] for theme in themes if theme.code in picks]
    return Tally(
        themes=len(themes),
        answered=len(picked),
        high=picked.count(Level.HIGH),
        partial=picked.count(Level.PARTIAL),
        low=picked.count(Level.LOW),
    )


def _not_assessed_reason(
    whole: Tally, unanswered_core: tuple[str, ...], rule: LevelRule
) -> NotAssessedReason | None:
    if unanswered_core:
        return NotAssessedReason.CORE_UNANSWERED
    if whole.unanswered > rule.unanswered_more_than * whole.themes:
        return NotAssessedReason.TOO_FEW_ANSWERED
    return None


def _level(whole: Tally, core: Tally, rule: LevelRule) -> Level:
    # A rubric without core themes has none that are all high and none that are all low.
    every_core_high = core.high == core.themes
    every_core_low = core.themes > 0 and core.low == core.themes
    if whole.low == 0 and every_core_high and whole.high >= rule.high_at_least * whole.themes:
        return Level.HIGH
    if every_core_low or whole.low > rule.low_more_than * whole.themes:
        return Level.LOW
    return Level.PARTIAL
