"""Placing areas in equal groups, and in funnels around an average."""

from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from outcomes.stats.intervals import count_limits, wilson_limits
from outcomes.stats.shapes import Floats, Numbers, floats, normal_quantile, quietly, shaped

# The two levels of a funnel. Source: Fingertips Technical Guidance, funnel plots.
_WARNING, _ALARM = 0.95, 0.998


class QuantileError(ValueError):
    """A number of groups that cannot be."""


class FunnelPosition(StrEnum):
    """Where a value lies in a funnel: beyond the 99.8% limit, beyond the 95% one, or inside."""

    LOW_998 = "below the 99.8% limit"
    LOW_95 = "below the 95% limit"
    INSIDE = "inside the limits"
    HIGH_95 = "above the 95% limit"
    HIGH_998 = "above the 99.8% limit"


def quantile_rank(*, values: Numbers, quantiles: int = 10, inverse: bool = True) -> Floats:
    """Return the group of each value when all are put into groups of equal size.

    Args:
        values: one value an area; missing values belong to no group.
        quantiles: how many groups, 2 or more: 5 for quintiles, 10 for deciles.
        inverse: whether group 1 holds the highest values, as with deprivation scores.

    Returns:
        Groups from 1, missing for missing values; all missing where there are fewer values than
        groups. Equal values share the lowest rank among them, hence one group.

    Raises:
        QuantileError: fewer than two groups.

    Source: Fingertips Technical Guidance, quantiles; PHEindicatormethods, R/Quantiles.R.
    """
    if quantiles < 2:
        raise QuantileError("Values are put into two groups or more.")
    (found,) = floats(values)
    ranks = pd.Series(-found if inverse else found).rank(method="min").to_numpy()
    known = int(np.isfinite(found).sum())
    groups = np.full(found.shape, np.nan)
    if known >= quantiles:
        kept = np.isfinite(ranks)
        # Whole numbers, so that no rounding moves a value over an edge.
        behind = (known + 1 - ranks[kept].astype(np.int64)) * quantiles
        groups[kept] = np.maximum(quantiles + 1 + (-behind // known), 1)
    result: Floats = shaped(groups, values)
    return result


def funnel_significance_proportion(
    *, count: Numbers, denominator: Numbers, average: float | None = None
) -> npt.NDArray[np.object_]:
    """Return where each proportion lies in the funnel around the average.

    Args:
        count: people with the outcome, 0 <= count <= denominator; one for each area.
        denominator: people who could have had it, above 0.
        average: a share from 0 to 1; by default all counts over all denominators.

    Returns:
        A `FunnelPosition` for each area, None where it is missing or impossible.

    Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202, with Wilson's limits around
        the average; PHEindicatormethods, R/Funnels.R.
    """
    x, n = floats(count, denominator)
    usable = (n > 0) & (x >= 0) & (x <= n)
    x, n = np.where(usable, x, np.nan), np.where(usable, n, np.nan)
    centre = quietly(lambda: np.nansum(x) / np.nansum(n)) if average is None else average

    def limits(confidence: float) -> tuple[Floats, Floats]:
        return wilson_limits(count=centre * n, denominator=n, z=normal_quantile(confidence))

    value = quietly(lambda: x / n)
    inner, outer = quietly(lambda: limits(_WARNING)), quietly(lambda: limits(_ALARM))
    return _positions(value, inner, outer)


def funnel_significance_ratio(*, observed: Numbers, expected: Numbers) -> npt.NDArray[np.object_]:
    """Return where each ratio of observed to expected events lies in the funnel around 1.

    Args:
        observed: events, 0 or more; one for each area.
        expected: events expected, above 0.

    Returns:
        A `FunnelPosition` for each area, None where it is missing or impossible.

    Source: Fingertips Technical Guidance, funnel plots; PHEindicatormethods, R/Funnels.R.
    """
    x, e = floats(observed, expected)
    usable = (e > 0) & (x >= 0)
    x, e = np.where(usable, x, np.nan), np.where(usable, e, np.nan)

    def limits(confidence: float) -> tuple[Floats, Floats]:
        lower, upper = count_limits(count=x, confidence=confidence)
        return lower / e, upper / e

    # Here the limits are the value's own, and 1 is what may lie outside of them.
    one = np.where(np.isnan(x), np.nan, 1.0)
    mirrored = _positions(one, limits(_WARNING), limits(_ALARM))
    return np.array([_MIRROR.get(each) for each in mirrored.ravel()], dtype=object).reshape(
        mirrored.shape
    )


_MIRROR = {
    FunnelPosition.LOW_998: FunnelPosition.HIGH_998,
    FunnelPosition.LOW_95: FunnelPosition.HIGH_95,
    FunnelPosition.INSIDE: FunnelPosition.INSIDE,
    FunnelPosition.HIGH_95: FunnelPosition.LOW_95,
    FunnelPosition.HIGH_998: FunnelPosition.LOW_998,
}


def _positions(
    value: Floats, inner: tuple[Floats, Floats], outer: tuple[Floats, Floats]
) -> npt.NDArray[np.object_]:
    found = np.select(
        [value < outer[0], value < inner[0], value > outer[1], value > inner[1]],
        [0, 1, 4, 3],
        default=2,
    )
    order = np.array(tuple(FunnelPosition), dtype=object)
    result: npt.NDArray[np.object_] = np.asarray(order[found], dtype=object)
    result[np.isnan(value)] = None
    return result
