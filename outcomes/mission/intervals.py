"""How sure a gap is, and how much of a range is chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from scipy import integrate, stats

from outcomes.mission.figures import AreaFigure
from outcomes.stats.shapes import normal_quantile

DRAWS = 10_000
# Any number does; it is fixed so that the same figures always have the same interval.
_SEED = 2024
# Years. An assumption for the note on chance where no limits are published: about what limits of
# regions around 0.7 years to each side come to.
BIAS_ERROR = 0.35


@dataclass(frozen=True)
class Interval:
    """Limits of 95%, in years."""

    lower: float
    upper: float


def pair_interval(*, best: AreaFigure, worst: AreaFigure) -> Interval | None:
    """Return the interval of the gap between two regions that were named beforehand.

    Args:
        best: the one that is taken from; limits of 95% in years.
        worst: the one that is taken away.

    Returns:
        The gap plus and minus 1.959964 standard errors; None where limits are not published.

    Source: the difference of two independent values.
    """
    one, other = _error(best), _error(worst)
    if one is None or other is None:
        return None
    gap, half = best.value - worst.value, normal_quantile(0.95) * hypot(one, other)
    return Interval(gap - half, gap + half)


def range_interval(*, regions: Sequence[AreaFigure]) -> Interval | None:
    """Return the interval of the highest minus the lowest, whichever regions those are.

    Args:
        regions: all that the range is over, in any order.

    Returns:
        The middle 95% of 10,000 seeded draws, in each of which every region is drawn from a normal
        distribution around its value; None where any limits are not published. It lies higher than
        the true range does, as ranges of estimates do.

    Source: the project's own rule.
    """
    ordered = sorted(regions, key=lambda one: one.code)
    errors = [error for one in ordered if (error := _error(one)) is not None]
    if not ordered or len(errors) < len(ordered):
        return None
    generator = np.random.default_rng(_SEED)
    drawn = generator.normal([one.value for one in ordered], errors, size=(DRAWS, len(ordered)))
    lower, upper = np.quantile(drawn.max(axis=1) - drawn.min(axis=1), [0.025, 0.975])
    return Interval(float(lower), float(upper))


def expected_range(*, count: int, error: float) -> float:
    """Return the range that areas without any true difference would show by chance alone.

    Args:
        count: how many areas, at least 1.
        error: the standard error of each, in years.

    Returns:
        The mean of highest minus lowest, in years: 1.04 for nine areas at 0.35.

    Source: Tippett (1925), Biometrika 17:364-387, the mean range of normal samples.
    """

    def beyond(x: float) -> float:
        below = stats.norm.cdf(x)
        return float(1 - below**count - (1 - below) ** count)

    mean, _ = integrate.quad(beyond, -10, 10)
    return float(mean * error)


def mean_error(*, regions: Sequence[AreaFigure]) -> float | None:
    """Return the root of the mean squared standard error, or None where limits are unpublished."""
    errors = [error for one in regions if (error := _error(one)) is not None]
    if not errors or len(errors) < len(regions):
        return None
    return float(np.sqrt(np.mean(np.square(errors))))


def _error(one: AreaFigure) -> float | None:
    if one.lower is None or one.upper is None:
        return None
    return (one.upper - one.lower) / (2 * normal_quantile(0.95))
