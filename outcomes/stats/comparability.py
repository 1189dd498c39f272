"""Whether a baseline can still be compared with today's value, and how sure a status is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import prod

# Source: Fingertips Technical Guidance, trend markers: fewer points carry no trend.
_ENOUGH_POINTS = 5


class TargetMode(StrEnum):
    """What of a target stays when its baseline is revised."""

    LEVEL = "level"
    CHANGE = "change"
    PERCENT = "percent"


class Confidence(StrEnum):
    """How sure the data behind a status are."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


@dataclass(frozen=True)
class SeriesBreak:
    """A change of definition or method.

    time: in decimal years; values of periods whose middle lies before it are of the old kind.
    ratio: new over old in a period that has both; None where no period has, so that it cannot be
        bridged.
    """

    time: float
    text: str
    ratio: float | None = None


@dataclass(frozen=True)
class ComparableBaseline:
    """A baseline and target that today's value may be held against.

    value, target: in today's definition and release; None where they cannot be compared.
    agreed_value: as it was agreed, to stay in sight.
    needs_confirmation: the revision is more than half of the change that was agreed.
    spliced: bridged over a break, so that no test of significance may use it.
    reason: in words; empty where nothing happened.
    """

    value: float | None
    target: float | None
    agreed_value: float
    revised: bool
    needs_confirmation: bool
    spliced: bool
    reason: str


@dataclass(frozen=True)
class DataConfidence:
    """How sure the data are, with the reasons in words."""

    level: Confidence
    reasons: tuple[str, ...]


def comparable_baseline(
    *,
    agreed_value: float,
    agreed_target: float,
    mode: TargetMode,
    same_release_value: float | None,
    baseline_time: float,
    current_time: float,
    breaks: Sequence[SeriesBreak] = (),
) -> ComparableBaseline:
    """Return the baseline and target to hold today's value against.

    Args:
        agreed_value: the baseline when it was agreed.
        agreed_target: the target when it was agreed.
        mode: what of the target stays when the baseline is revised.
        same_release_value: the baseline's period in the release of today's value; None where that
            release does not hold it.
        baseline_time: middle of the baseline's period, in decimal years.
        current_time: middle of today's value's period.
        breaks: every break of the series.

    Returns:
        Baseline and target. Releases are never mixed, and an unbridged break between the two
        leaves nothing to compare.

    Source: the project's own rule; mixing releases would invent progress.
    """
    between = [each for each in breaks if baseline_time < each.time <= current_time]
    for each in between:
        if each.ratio is None:
            return _none(agreed_value, f"{each.text} The baseline must be agreed again.")
    if same_release_value is None and not between:
        return _none(agreed_value, "The latest release does not hold the baseline’s period.")
    # A release goes back over its own change of method, so a splice is only for what it lacks.
    spliced = same_release_value is None
    value = (
        agreed_value * prod(each.ratio or 1.0 for each in between)
        if same_release_value is None
        else same_release_value
    )
    revision = value - agreed_value
    return ComparableBaseline(
        value=value,
        target=_target(agreed_value, agreed_target, value, mode),
        agreed_value=agreed_value,
        revised=revision != 0,
        needs_confirmation=abs(revision) > abs(agreed_target - agreed_value) / 2,
        spliced=spliced,
        reason=_words(agreed_value, value, between if spliced else ()),
    )


def data_confidence(
    *,
    assessed: bool,
    official: bool,
    has_limits: bool,
    independent_points: int,
    in_development: bool = False,
    provisional: bool = False,
    estimated: bool = False,
    spliced: bool = False,
    half_width: float | None = None,
    required_change: float | None = None,
) -> DataConfidence:
    """Return how sure the data behind a status are.

    Args:
        assessed: whether there is a status at all.
        official: whether they are official statistics.
        has_limits: whether the latest value has confidence limits.
        independent_points: periods that share no day.
        in_development: official statistics in development.
        provisional: the latest value is provisional.
        estimated: the latest value is an estimate.
        spliced: the series was bridged over a break.
        half_width: half of the confidence interval, in the value's unit.
        required_change: from baseline to target, in the same unit.

    Returns:
        High, medium, low or none, with every reason that holds.

    Source: the project's own rule.
    """
    if not assessed:
        return DataConfidence(Confidence.NONE, ("not assessed",))
    wide = (
        half_width is not None and required_change is not None and half_width > abs(required_change)
    )
    low = _held(
        (not has_limits, "no confidence interval"),
        (provisional, "provisional"),
        (estimated, "estimated"),
        (spliced, "bridged over a break"),
        (wide, "the interval is wider than the change that was agreed"),
    )
    if low:
        return DataConfidence(Confidence.LOW, low)
    medium = _held(
        (not official, "not an official statistic"),
        (in_development, "official statistics in development"),
        (
            independent_points < _ENOUGH_POINTS,
            f"{independent_points} independent periods, {_ENOUGH_POINTS} needed",
        ),
    )
    if medium:
        return DataConfidence(Confidence.MEDIUM, medium)
    return DataConfidence(
        Confidence.HIGH, (f"official, with limits, {independent_points} independent periods",)
    )


def _held(*rules: tuple[bool, str]) -> tuple[str, ...]:
    return tuple(words for holds, words in rules if holds)


def _target(agreed_value: float, agreed_target: float, value: float, mode: TargetMode) -> float:
    if mode == TargetMode.CHANGE:
        return value + (agreed_target - agreed_value)
    if mode == TargetMode.PERCENT and agreed_value:
        return value * agreed_target / agreed_value
    return agreed_target


def _words(agreed: float, value: float, bridged: Sequence[SeriesBreak]) -> str:
    if bridged:
        return f"Bridged by a ratio over: {' '.join(each.text for each in bridged)}"
    return f"{agreed:g} when agreed, {value:g} as revised." if value != agreed else ""


def _none(agreed_value: float, reason: str) -> ComparableBaseline:
    return ComparableBaseline(
        value=None,
        target=None,
        agreed_value=agreed_value,
        revised=False,
        needs_confirmation=True,
        spliced=False,
        reason=reason,
    )
