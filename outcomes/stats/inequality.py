"""How a value runs from the most to the least deprived part of a population."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from outcomes.stats.benchmark import Polarity
from outcomes.stats.shapes import Floats, Numbers, floats, normal_quantile, quietly
from outcomes.stats.trend import Scale, change_between_periods

# Source: PHEindicatormethods, R/SII.R.
FEWEST_GROUPS, MOST_GROUPS = 5, 100


class Transform(StrEnum):
    """The scale on which the line is fitted: log for rates, logit for proportions."""

    NONE = "none"
    LOG = "log"
    LOGIT = "logit"


@dataclass(frozen=True)
class SlopeIndex:
    """The slope and the relative index of inequality, with their limits; NaN is not calculated.

    slope: the modelled value of the least deprived less that of the most deprived, in the value's
        unit times the multiplier.
    relative: the modelled value of the least deprived over that of the most deprived.
    intercept: the modelled value of the most deprived, in the value's unit.
    reason: why nothing was calculated; empty otherwise.
    """

    slope: float
    slope_lower: float
    slope_upper: float
    relative: float
    relative_lower: float
    relative_upper: float
    intercept: float
    reason: str = ""


@dataclass(frozen=True)
class InequalityChange:
    """What became of inequality between two independent periods.

    slope_z, relative_z: of the tests; NaN where an index or a limit is missing or not on the scale.
    narrower: the slope is smaller than it was, whichever way it runs.
    improving: it is, and the most deprived did not get worse; None without a polarity.
    """

    slope_z: float
    relative_z: float
    narrower: bool
    improving: bool | None


def inequality_change(
    *,
    now: SlopeIndex,
    before: SlopeIndex,
    most_deprived_now: float,
    most_deprived_before: float,
    polarity: Polarity,
) -> InequalityChange:
    """Return whether inequality got smaller without the most deprived getting worse.

    Args:
        now: the indices of the later period.
        before: the indices of an earlier period that shares no day with it.
        most_deprived_now: the value of the most deprived group in the later period.
        most_deprived_before: the same in the earlier period.
        polarity: which direction is good.

    Returns:
        The tests of both indices: the slope as it is, the relative index as a logarithm.

    Source: the project's own rule; `change_between_periods`.
    """
    slope = change_between_periods(
        value=now.slope,
        lower=now.slope_lower,
        upper=now.slope_upper,
        earlier_value=before.slope,
        earlier_lower=before.slope_lower,
        earlier_upper=before.slope_upper,
    )
    relative = change_between_periods(
        value=now.relative,
        lower=now.relative_lower,
        upper=now.relative_upper,
        earlier_value=before.relative,
        earlier_lower=before.relative_lower,
        earlier_upper=before.relative_upper,
        scale=Scale.LOG,
    )
    narrower = abs(now.slope) < abs(before.slope)
    went = most_deprived_now - most_deprived_before
    got_worse = {Polarity.HIGH_IS_GOOD: went < 0, Polarity.LOW_IS_GOOD: went > 0}.get(polarity)
    return InequalityChange(
        slope_z=slope.z,
        relative_z=relative.z,
        narrower=narrower,
        improving=None if got_worse is None else narrower and not got_worse,
    )


def slope_index_of_inequality(
    *,
    value: Numbers,
    lower: Numbers,
    upper: Numbers,
    population: Numbers,
    transform: Transform = Transform.NONE,
    multiplier: float = 1,
    confidence: float = 0.95,
) -> SlopeIndex:
    """Return the slope and relative index of inequality of one indicator in one area.

    The limits are worked out, not simulated: the slope is linear in the values, so that its
    standard error follows from theirs, and a page loaded again shows the same numbers.

    Args:
        value: for each group, the most deprived first; strictly between 0 and 1 for logit, above 0
            for log.
        lower: 95% limit of each value.
        upper: 95% limit of each value.
        population: people in each group, above 0.
        transform: none, log for rates or logit for proportions.
        multiplier: of the slope; below 0 turns the direction round, and with it the relative index.
        confidence: two-sided level of the limits that come out, between 0 and 1.

    Returns:
        Both indices; missing with a reason where groups are missing, too few or too many.

    Raises:
        ConfidenceError: the level is not between 0 and 1.
        ValueError: the shapes do not fit together.

    Source: Fingertips Technical Guidance, slope index of inequality; PHEindicatormethods, R/SII.R;
        Pamuk (1985), Population Studies 39:17-31. The closed form is the project's own; it lies
        within the noise of the simulation that it stands for.
    """
    y, low, high, people = (np.atleast_1d(each) for each in floats(value, lower, upper, population))
    z = normal_quantile(confidence)
    scaled = quietly(lambda: tuple(_there(each, transform) for each in (y, low, high)))
    if reason := _why_not(scaled, people):
        missing = float("nan")
        return SlopeIndex(missing, missing, missing, missing, missing, missing, missing, reason)
    share = people / people.sum()
    midpoint = share.cumsum() - share / 2
    away = share * (midpoint - (share * midpoint).sum())
    pull = away / (away * midpoint).sum()
    gradient = float((pull * scaled[0]).sum())
    error = (scaled[2] - scaled[1]) / (2 * normal_quantile(0.95))
    half = z * float(np.sqrt((pull**2 * error**2).sum()))
    # The middle of the line is the weighted mean, whatever its slope.
    middle = float((share * scaled[0]).sum())
    slopes = [
        _ends(middle, each, transform) for each in (gradient, gradient - half, gradient + half)
    ]
    differences = [(far - near) * multiplier for near, far in slopes]
    ratios = quietly(
        lambda: [
            float(np.float64(far) / near if multiplier >= 0 else np.float64(near) / far)
            for near, far in slopes
        ]
    )
    return SlopeIndex(
        slope=differences[0],
        slope_lower=min(differences[1:]),
        slope_upper=max(differences[1:]),
        relative=ratios[0],
        relative_lower=min(ratios[1:]),
        relative_upper=max(ratios[1:]),
        intercept=slopes[0][0],
    )


def _there(values: Floats, transform: Transform) -> Floats:
    if transform == Transform.NONE:
        return values
    result = np.log(values) if transform == Transform.LOG else np.log(values / (1 - values))
    return np.where(np.isfinite(result), result, np.nan)


def _back(value: float, transform: Transform) -> float:
    if transform == Transform.NONE:
        return value
    return float(np.exp(value)) if transform == Transform.LOG else float(1 / (1 + np.exp(-value)))


def _ends(middle: float, gradient: float, transform: Transform) -> tuple[float, float]:
    """Return the modelled values of the most and of the least deprived."""
    return _back(middle - gradient / 2, transform), _back(middle + gradient / 2, transform)


def _why_not(scaled: tuple[Floats, Floats, Floats], people: Floats) -> str:
    groups = people.shape[-1]
    if groups < FEWEST_GROUPS:
        return f"{groups} groups, {FEWEST_GROUPS} needed"
    if groups > MOST_GROUPS:
        return f"{groups} groups, {MOST_GROUPS} at the most"
    if not (people > 0).all():
        return "a group has no people"
    if not all(np.isfinite(each).all() for each in scaled):
        return "a group has no value or no limits that can be used"
    return ""
