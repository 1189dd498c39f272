"""Whether a series is changing, and whether two of its periods differ."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from outcomes.stats.benchmark import Polarity
from outcomes.stats.shapes import Floats, Numbers, floats, normal_quantile, quietly, shaped

# Fewer independent periods than this give no trend.
# Source: Fingertips Technical Guidance, trend markers.
POINTS_NEEDED = 5
# Chi-squared with one degree of freedom beyond which p is below 0.002.
# Source: Fingertips Technical Guidance, trend markers.
CRITICAL_CHI_SQUARED = 9.5495


class Trend(StrEnum):
    """What a series does."""

    INCREASING = "increasing"
    DECREASING = "decreasing"
    NO_SIGNIFICANT_CHANGE = "no significant change"
    CANNOT_BE_CALCULATED = "cannot be calculated"


class TrendKind(StrEnum):
    """How the test is made: from counts for a proportion, from limits for all else."""

    PROPORTION = "proportion"
    OTHER = "other"


class Scale(StrEnum):
    """The scale on which two values are compared."""

    LOGIT = "logit"
    LOG = "log"
    IDENTITY = "identity"


@dataclass(frozen=True)
class RecentTrend:
    """A trend with the reason for it.

    judgement: 'getting better', 'getting worse', or nothing without a polarity or a change.
    reason: in words, to stand after the label and a colon.
    chi_squared, slope: of the test; the slope in the value's unit a year, or in logits a year for
        a proportion. None where nothing was calculated.
    points: which of the given points were used, by position, oldest first.
    """

    label: Trend
    judgement: str
    reason: str
    chi_squared: float | None
    slope: float | None
    points: tuple[int, ...]


class Change(NamedTuple):
    """A change between two periods: its test, and whether it is more than chance."""

    z: Any
    significant: Any


def non_overlapping_chain(
    *, first_year: npt.ArrayLike, last_year: npt.ArrayLike
) -> tuple[int, ...]:
    """Return which periods follow one another without sharing a year, back from the newest.

    Args:
        first_year: first year of each period.
        last_year: last year of each period, which belongs to it; the same for a single year.

    Returns:
        Positions of the chain, oldest first. Of two that end alike, the one that starts later.

    Raises:
        ValueError: a period ends before it starts, or the lengths differ.

    Source: Fingertips Technical Guidance, trend markers: overlapping periods are not independent.
    """
    first = np.asarray(first_year, dtype=np.int64)
    last = np.asarray(last_year, dtype=np.int64)
    if first.shape != last.shape or (last < first).any():
        raise ValueError("Each period needs a first year and a last one that is not before it.")
    chain: list[int] = []
    # By end, then by start: the newest and shortest is met first from the back.
    for position in np.lexsort((first, last))[::-1]:
        if not chain or last[position] < first[chain[-1]]:
            chain.append(int(position))
    return tuple(reversed(chain))


def recent_trend(
    *,
    first_year: npt.ArrayLike,
    last_year: npt.ArrayLike,
    value: Numbers,
    lower: Numbers | None = None,
    upper: Numbers | None = None,
    count: Numbers | None = None,
    denominator: Numbers | None = None,
    kind: TrendKind = TrendKind.OTHER,
    polarity: Polarity = Polarity.NO_JUDGEMENT,
) -> RecentTrend:
    """Return the trend of the latest five independent periods of a series without breaks.

    Args:
        first_year: first year of each period, in any order.
        last_year: last year of each period, which belongs to it.
        value: in the indicator's unit; periods without one are left out.
        lower: 95% limit; needed unless the kind is a proportion.
        upper: 95% limit; needed unless the kind is a proportion.
        count: people with the outcome; needed for a proportion.
        denominator: people who could have had it; needed for a proportion.
        kind: how the test is made.
        polarity: which direction is good.

    Returns:
        The label, with its judgement and its reason.

    Raises:
        ValueError: a period ends before it starts, or the lengths differ.

    Source: Fingertips Public Health Technical Guidance, trend markers: chi-squared above 9.5495
        (p < 0.002), and no single point whose leaving out turns the direction.
    """
    first, last = np.asarray(first_year), np.asarray(last_year)
    v, low, high, x, n = (
        np.broadcast_to(each, first.shape)
        for each in floats(value, lower, upper, count, denominator)
    )
    known = np.flatnonzero(np.isfinite(v))
    years = set(zip(first[known].tolist(), last[known].tolist(), strict=True))
    if len(years) < len(known):
        return _no_trend("two values stand for the same period")
    chain = known[list(non_overlapping_chain(first_year=first[known], last_year=last[known]))]
    if len(chain) < POINTS_NEEDED:
        periods = "period" if len(chain) == 1 else "periods"
        return _no_trend(f"{len(chain)} independent {periods}, {POINTS_NEEDED} needed")
    used = chain[-POINTS_NEEDED:]
    t = (first[used] + last[used]) / 2
    # Years as they are lose precision in the sums of squares.
    t = t - t.mean()
    if kind == TrendKind.PROPORTION:
        if not ((x[used] > 0) & (x[used] < n[used])).all():
            return _no_trend("a count is missing, nought or everybody")
        test: _Values | _Proportions = _Proportions(t, x[used], n[used])
    else:
        sigma = (high[used] - low[used]) / (2 * normal_quantile(0.95))
        if not (sigma > 0).all():
            return _no_trend("a confidence limit is missing, or both are the same")
        test = _Values(t, v[used], sigma)
    return _decided(test, tuple(int(each) for each in used), polarity)


def change_between_periods(
    *,
    value: Numbers,
    lower: Numbers,
    upper: Numbers,
    earlier_value: Numbers,
    earlier_lower: Numbers,
    earlier_upper: Numbers,
    scale: Scale = Scale.IDENTITY,
) -> Change:
    """Return whether values changed between two periods that do not overlap.

    Args:
        value: in the later period, in the indicator's unit; a share from 0 to 1 on the logit scale.
        lower: 95% limit.
        upper: 95% limit.
        earlier_value: the same in the earlier period.
        earlier_lower: 95% limit.
        earlier_upper: 95% limit.
        scale: logit for proportions, log for rates and ratios, identity for years and means.

    Returns:
        z, positive for an increase, and 1.0 where it is beyond 1.959964, else 0.0; both missing
        where a value or limit is missing or not on the scale.

    Raises:
        ValueError: the shapes do not fit together.

    Source: Fingertips Technical Guidance, comparing two values; the project's own rule.
    """
    inputs = (value, lower, upper, earlier_value, earlier_lower, earlier_upper)
    arrays = floats(*inputs)
    z95 = normal_quantile(0.95)

    def compute() -> tuple[Floats, Floats]:
        new, new_low, new_high, old, old_low, old_high = (_on_scale(each, scale) for each in arrays)
        error = np.hypot((new_high - new_low) / (2 * z95), (old_high - old_low) / (2 * z95))
        z = np.where(error > 0, (new - old) / error, np.nan)
        return z, np.where(np.isnan(z), np.nan, np.abs(z) > z95)

    z, significant = quietly(compute)
    return Change(shaped(z, *inputs), shaped(significant, *inputs))


def _on_scale(values: Floats, scale: Scale) -> Floats:
    if scale == Scale.IDENTITY:
        return values
    result = np.log(values) if scale == Scale.LOG else np.log(values / (1 - values))
    return np.where(np.isfinite(result), result, np.nan)


@dataclass(frozen=True)
class _Values:
    """Values with their standard errors."""

    t: Floats
    value: Floats
    sigma: Floats

    def slope(self, kept: npt.NDArray[np.bool_] | slice = slice(None)) -> float:
        t, y, weight = self.t[kept], self.value[kept], 1 / self.sigma[kept] ** 2
        s1, st, stt = weight.sum(), (weight * t).sum(), (weight * t * t).sum()
        return float((s1 * (weight * t * y).sum() - st * (weight * y).sum()) / (s1 * stt - st * st))

    def chi_squared(self) -> float:
        weight = 1 / self.sigma**2
        s1, st, stt = weight.sum(), (weight * self.t).sum(), (weight * self.t**2).sum()
        return float(self.slope() ** 2 / (s1 / (s1 * stt - st * st)))


@dataclass(frozen=True)
class _Proportions:
    """Counts with their denominators."""

    t: Floats
    count: Floats
    denominator: Floats

    def slope(self, kept: npt.NDArray[np.bool_] | slice = slice(None)) -> float:
        t, x, n = self.t[kept], self.count[kept], self.denominator[kept]
        logit = np.log(x / (n - x))
        away = t - t.mean()
        return float((away * logit).sum() / (away * away).sum())

    def chi_squared(self) -> float:
        t, x, n = self.t, self.count, self.denominator
        d, c = n.sum(), x.sum()
        sct, sdt, sdtt = (x * t).sum(), (n * t).sum(), (n * t * t).sum()
        return float(d * (d * sct - c * sdt) ** 2 / (c * (d - c) * (d * sdtt - sdt**2)))


def _decided(
    test: _Values | _Proportions, used: tuple[int, ...], polarity: Polarity
) -> RecentTrend:
    slope, chi_squared = test.slope(), test.chi_squared()
    none = Trend.NO_SIGNIFICANT_CHANGE
    if chi_squared <= CRITICAL_CHI_SQUARED:
        reason = f"over the latest {POINTS_NEEDED} independent periods"
        return RecentTrend(none, "", reason, chi_squared, slope, used)
    for left_out in range(POINTS_NEEDED):
        kept = np.arange(POINTS_NEEDED) != left_out
        if np.sign(test.slope(kept)) != np.sign(slope):
            reason = "the direction rests on one period"
            return RecentTrend(none, "", reason, chi_squared, slope, used)
    label = Trend.INCREASING if slope > 0 else Trend.DECREASING
    better = {Polarity.HIGH_IS_GOOD: slope > 0, Polarity.LOW_IS_GOOD: slope < 0}.get(polarity)
    judgement = "" if better is None else "getting better" if better else "getting worse"
    reason = f"over the latest {POINTS_NEEDED} independent periods"
    return RecentTrend(label, judgement, reason, chi_squared, slope, used)


def _no_trend(reason: str) -> RecentTrend:
    return RecentTrend(Trend.CANNOT_BE_CALCULATED, "", reason, None, None, ())
