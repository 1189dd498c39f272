"""Proportions, rates and means with their confidence limits."""

import numpy as np
from scipy import stats

from outcomes.stats.shapes import (
    Estimate,
    Floats,
    Numbers,
    estimate,
    floats,
    normal_quantile,
    quietly,
    tail_of,
)

# Exact limits below, Byar's approximation from here on.
# Source: PHEindicatormethods, R/Rates.R; Fingertips Technical Guidance, rates.
EXACT_BELOW = 10


def proportion_wilson(
    *, count: Numbers, denominator: Numbers, confidence: float = 0.95, multiplier: float = 1
) -> Estimate:
    """Return proportions with Wilson score limits.

    Args:
        count: people with the outcome, 0 <= count <= denominator; need not be whole, since
            weighted counts are not.
        denominator: people who could have had it, above 0.
        confidence: two-sided level, between 0 and 1.
        multiplier: 1 for shares from 0 to 1, 100 for per cent.

    Returns:
        Value, lower and upper limit, in units of the multiplier. The lower limit of a count of
        nought is exactly 0, and the upper limit of a full count exactly the multiplier. Rows that
        are missing or impossible come out missing.

    Raises:
        ConfidenceError: the level is not between 0 and 1.
        ValueError: the shapes do not fit together.

    Source: Wilson (1927), JASA 22:209-212; Newcombe (1998), Statistics in Medicine 17:857-872,
        method 3; PHEindicatormethods, R/Proportions.R.
    """
    x, n = floats(count, denominator)
    z = normal_quantile(confidence)
    x = np.where((n > 0) & (x >= 0) & (x <= n), x, np.nan)
    lower, upper = quietly(lambda: wilson_limits(count=x, denominator=n, z=z))
    value = quietly(lambda: x / n)
    return estimate(
        (value * multiplier, lower * multiplier, upper * multiplier), count, denominator
    )


def wilson_limits(*, count: Floats, denominator: Floats, z: float) -> tuple[Floats, Floats]:
    """Return Wilson's limits as shares, for counts that were checked."""
    share = count / denominator
    centre = 2 * count + z * z
    spread = z * np.sqrt(z * z + 4 * count * (1 - share))
    scale = 2 * (denominator + z * z)
    lower = np.where(count == 0, 0.0, (centre - spread) / scale)
    upper = np.where(count == denominator, 1.0, (centre + spread) / scale)
    return lower, upper


def rate_byar(
    *, count: Numbers, denominator: Numbers, confidence: float = 0.95, multiplier: float = 100_000
) -> Estimate:
    """Return crude rates, with exact Poisson limits below 10 events and Byar's from 10.

    Args:
        count: events, 0 or more; may exceed the denominator.
        denominator: person-years, above 0: the sum of the mid-year populations of the period.
        confidence: two-sided level, between 0 and 1.
        multiplier: 100,000 for a rate per 100,000 person-years.

    Returns:
        Value, lower and upper limit, in units of the multiplier. No events give a lower limit of
        exactly 0. Rows that are missing or impossible come out missing.

    Raises:
        ConfidenceError: the level is not between 0 and 1.
        ValueError: the shapes do not fit together.

    Source: Breslow & Day (1987), Statistical Methods in Cancer Research II; Fingertips Technical
        Guidance, rates; PHEindicatormethods, R/Rates.R.
    """
    x, n = floats(count, denominator)
    x = np.where((n > 0) & (x >= 0), x, np.nan)
    lower, upper = count_limits(count=x, confidence=confidence)
    arrays = quietly(lambda: tuple(each / n * multiplier for each in (x, lower, upper)))
    return estimate(arrays, count, denominator)


def count_limits(*, count: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Return the limits of a Poisson count: exact below 10, Byar's from 10.

    Args:
        count: events, 0 or more; NaN stays NaN.
        confidence: two-sided level, between 0 and 1.

    Returns:
        Lower and upper limit, as counts.

    Raises:
        ConfidenceError: the level is not between 0 and 1.

    Source: PHEindicatormethods, R/utils.R, byars_lower, byars_upper and exact limits.
    """
    tail = tail_of(confidence)
    lower, upper = byar_limits(count=count, confidence=confidence)
    few = np.asarray(count < EXACT_BELOW)
    if few.any():
        # Only for the few: a chi-squared quantile costs thirty times the approximation.
        small = np.asarray(count)[few]
        lower, upper = np.array(lower), np.array(upper)
        lower[few] = np.where(small == 0, 0.0, stats.chi2.ppf(tail, 2 * small) / 2)
        upper[few] = stats.chi2.ppf(1 - tail, 2 * small + 2) / 2
    return lower, upper


def byar_limits(*, count: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Return Byar's limits of a count, whatever its size; missing where they fall below 0.

    Args:
        count: events, 0 or more; NaN stays NaN.
        confidence: two-sided level, between 0 and 1.

    Returns:
        Lower and upper limit, as counts.

    Raises:
        ConfidenceError: the level is not between 0 and 1.

    Source: Breslow & Day (1987), equation 2.13.
    """
    z = normal_quantile(confidence)

    def limits() -> tuple[Floats, Floats]:
        after = count + 1
        lower = count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3
        upper = after * (1 - 1 / (9 * after) + z / (3 * np.sqrt(after))) ** 3
        return np.where(lower < 0, np.nan, lower), upper

    found: tuple[Floats, Floats] = quietly(limits)
    return found


def mean_t(*, values: Numbers, confidence: float = 0.95) -> Estimate:
    """Return means with Student's limits.

    Args:
        values: measurements along the last axis.
        confidence: two-sided level, between 0 and 1.

    Returns:
        Mean, lower and upper limit, in the unit of the values. One value has a mean and no
        limits; a missing value makes its mean missing; no values have none.

    Raises:
        ConfidenceError: the level is not between 0 and 1.

    Source: Fingertips Technical Guidance, means; PHEindicatormethods, R/Means.R.
    """
    (found,) = floats(values)
    found = np.atleast_1d(found)
    size = found.shape[-1]
    tail = tail_of(confidence)
    missing = np.full(found.shape[:-1], np.nan)
    if size == 0:
        return estimate((missing, missing, missing))
    mean = found.mean(axis=-1)
    if size == 1:
        return estimate((mean, missing, missing))
    spread = stats.t.ppf(1 - tail, size - 1) * found.std(axis=-1, ddof=1) / np.sqrt(size)
    return estimate((mean, mean - spread, mean + spread))
