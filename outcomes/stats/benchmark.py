"""Comparing a value with a benchmark, with another area and with a goal."""

from enum import StrEnum
from math import isfinite

import numpy as np
import numpy.typing as npt

from outcomes.stats.shapes import Numbers, floats


class Polarity(StrEnum):
    """Which direction is good: a fact of the indicator."""

    HIGH_IS_GOOD = "high"
    LOW_IS_GOOD = "low"
    NO_JUDGEMENT = "none"


class Comparison(StrEnum):
    """How a value compares. `SIMILAR` says that the difference may be chance."""

    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    NOT_COMPARED = "not compared"


Labels = npt.NDArray[np.object_]


def compare_with_benchmark(
    *, value: Numbers, lower: Numbers, upper: Numbers, benchmark: Numbers, polarity: Polarity
) -> Labels:
    """Return how values compare with a benchmark, by their own confidence limits.

    The benchmark's own limits are not asked. With limits at 95% and again at 99.8%, two calls
    give the two levels.

    Args:
        value: in the indicator's unit.
        lower: lower limit at the indicator's level of confidence.
        upper: upper limit.
        benchmark: the value of England, of a region, or another reference.
        polarity: which direction is good.

    Returns:
        A `Comparison` for each value. Limits that touch the benchmark are similar. Where a value,
        a limit or the benchmark is missing, it is not compared.

    Raises:
        ValueError: the shapes do not fit together.

    Source: Fingertips Technical Guidance, comparisons; SingleOverlappingCIsForOneCILevelComparer
        of ukhsa-collaboration/fingertips-open.
    """
    v, low, high, against = floats(value, lower, upper, benchmark)
    known = np.isfinite(v) & np.isfinite(low) & np.isfinite(high) & np.isfinite(against)
    return _labels(known=known, is_low=high < against, is_high=low > against, polarity=polarity)


def compare_one_with_benchmark(
    *, value: float, lower: float, upper: float, benchmark: float, polarity: Polarity
) -> Comparison:
    """Return how one value compares with a benchmark, as `compare_with_benchmark` does for many.

    Args:
        value: in the indicator's unit.
        lower: lower limit at the indicator's level of confidence.
        upper: upper limit.
        benchmark: the value of England, of a region, or another reference.
        polarity: which direction is good.

    Returns:
        The `Comparison`; not compared where a number is not finite.

    Source: as `compare_with_benchmark`, whose arrays take longer for one value.
    """
    if not all(map(isfinite, (value, lower, upper, benchmark))):
        return Comparison.NOT_COMPARED
    low, high = _WORDS[Polarity(polarity)]
    if upper < benchmark:
        return low
    return high if lower > benchmark else Comparison.SIMILAR


def compare_areas(
    *,
    lower: Numbers,
    upper: Numbers,
    other_lower: Numbers,
    other_upper: Numbers,
    polarity: Polarity,
) -> Labels:
    """Return how values compare with those of other areas: similar where their limits overlap.

    Args:
        lower: lower limit, in the indicator's unit.
        upper: upper limit.
        other_lower: lower limit of the other area.
        other_upper: upper limit of the other area.
        polarity: which direction is good.

    Returns:
        A `Comparison` for each; more cautious than a test of the difference.

    Raises:
        ValueError: the shapes do not fit together.

    Source: DoubleOverlappingCIsComparer of ukhsa-collaboration/fingertips-open.
    """
    low, high, their_low, their_high = floats(lower, upper, other_lower, other_upper)
    known = np.isfinite(low + high + their_low + their_high)
    return _labels(
        known=known, is_low=high < their_low, is_high=low > their_high, polarity=polarity
    )


def compare_with_goal(
    *,
    value: Numbers,
    lower: Numbers | None,
    upper: Numbers | None,
    goal: Numbers,
    polarity: Polarity,
) -> Labels:
    """Return whether values reach a goal: by their limits where they have any, else by themselves.

    Args:
        value: in the indicator's unit.
        lower: lower limit; None or missing where there is none.
        upper: upper limit; None or missing where there is none.
        goal: the value aimed at.
        polarity: which direction is good; without one there is no goal.

    Returns:
        A `Comparison` for each: better where the goal is reached, worse where it is missed.

    Raises:
        ValueError: the shapes do not fit together.

    Source: Fingertips Technical Guidance, comparison to goal.
    """
    v, low, high, aim = floats(value, lower, upper, goal)
    sign = -1.0 if polarity == Polarity.LOW_IS_GOOD else 1.0
    has_limits = np.isfinite(low) & np.isfinite(high)
    # For low is good the limits change places with the sign.
    near, far = (sign * low, sign * high) if sign > 0 else (sign * high, sign * low)
    reached = np.where(has_limits, near >= sign * aim, sign * v >= sign * aim)
    missed = np.where(has_limits, far < sign * aim, sign * v < sign * aim)
    known = np.isfinite(v) & np.isfinite(aim) & (polarity != Polarity.NO_JUDGEMENT)
    found = np.select([~known, reached, missed], [0, 1, 2], default=3)
    words = (Comparison.NOT_COMPARED, Comparison.BETTER, Comparison.WORSE, Comparison.SIMILAR)
    return np.asarray(np.array(words, dtype=object)[found], dtype=object)


_WORDS = {
    Polarity.HIGH_IS_GOOD: (Comparison.WORSE, Comparison.BETTER),
    Polarity.LOW_IS_GOOD: (Comparison.BETTER, Comparison.WORSE),
    Polarity.NO_JUDGEMENT: (Comparison.LOWER, Comparison.HIGHER),
}


def _labels(
    *,
    known: npt.NDArray[np.bool_],
    is_low: npt.NDArray[np.bool_],
    is_high: npt.NDArray[np.bool_],
    polarity: Polarity,
) -> Labels:
    low, high = _WORDS[Polarity(polarity)]
    words = np.array((Comparison.NOT_COMPARED, low, high, Comparison.SIMILAR), dtype=object)
    found = np.select([~known, is_low, is_high], [0, 1, 2], default=3)
    return np.asarray(words[found], dtype=object)
