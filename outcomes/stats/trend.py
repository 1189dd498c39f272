"""Whether a series is changing, and whether two of its periods differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import hypot, isfinite, isnan, log, nan
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
_ALL = range(POINTS_NEEDED)


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
    first, last = _years(first_year), _years(last_year)
    periods = list(zip(last, first, strict=True))
    if any(start > end for end, start in periods):
        raise ValueError("Each period needs a first year and a last one that is not before it.")
    chain: list[int] = []
    # By end, then by start: the newest and shortest is met first from the back.
    for position in sorted(range(len(periods)), key=lambda at: periods[at], reverse=True):
        if not chain or last[position] < first[chain[-1]]:
            chain.append(position)
    return tuple(reversed(chain))


def _years(given: npt.ArrayLike) -> list[int]:
    return [int(year) for year in given] if isinstance(given, list) else np.asarray(given).tolist()


def _column(given: Numbers | None, length: int) -> list[float]:
    """Return a column of numbers as long as the series; what is missing is NaN."""
    if given is None:
        return [nan] * length
    if isinstance(given, list) and len(given) == length and None not in given:
        return given
    return [float(each) for each in np.broadcast_to(floats(given)[0], length)]


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
    # A series is short: its numbers are looked at sooner one by one than as arrays.
    first, last = _years(first_year), _years(last_year)
    v, low, high, x, n = (
        _column(each, len(first)) for each in (value, lower, upper, count, denominator)
    )
    known = [at for at, number in enumerate(v) if isfinite(number)]
    if len({(first[at], last[at]) for at in known}) < len(known):
        return _no_trend("two values stand for the same period")
    links = non_overlapping_chain(
        first_year=[first[at] for at in known], last_year=[last[at] for at in known]
    )
    if len(links) < POINTS_NEEDED:
        periods = "period" if len(links) == 1 else "periods"
        return _no_trend(f"{len(links)} independent {periods}, {POINTS_NEEDED} needed")
    used = tuple(known[link] for link in links[-POINTS_NEEDED:])
    middles = [(first[at] + last[at]) / 2 for at in used]
    # Years as they are lose precision in the sums of squares.
    t = [middle - sum(middles) / POINTS_NEEDED for middle in middles]
    if kind == TrendKind.PROPORTION:
        if not all(0 < x[at] < n[at] for at in used):
            return _no_trend("a count is missing, nought or everybody")
        test: _Values | _Proportions = _Proportions(
            t, [x[at] for at in used], [n[at] for at in used]
        )
    else:
        sigma = [(high[at] - low[at]) / (2 * normal_quantile(0.95)) for at in used]
        if not all(one > 0 for one in sigma):
            return _no_trend("a confidence limit is missing, or both are the same")
        test = _Values(t, [v[at] for at in used], sigma)
    return _decided(test, used, polarity)


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
    z95 = normal_quantile(0.95)
    if all(isinstance(each, float) for each in inputs):
        # Single numbers come by thousands, and arrays of one take longer than the test.
        return _one_change(*(_one_on_scale(each, scale) for each in inputs), z95=z95)
    arrays = floats(*inputs)

    def compute() -> tuple[Floats, Floats]:
        new, new_low, new_high, old, old_low, old_high = (_on_scale(each, scale) for each in arrays)
        error = np.hypot((new_high - new_low) / (2 * z95), (old_high - old_low) / (2 * z95))
        z = np.where(error > 0, (new - old) / error, np.nan)
        return z, np.where(np.isnan(z), np.nan, np.abs(z) > z95)

    z, significant = quietly(compute)
    return Change(shaped(z, *inputs), shaped(significant, *inputs))


def _one_change(
    new: float,
    new_low: float,
    new_high: float,
    old: float,
    old_low: float,
    old_high: float,
    *,
    z95: float,
) -> Change:
    error = hypot((new_high - new_low) / (2 * z95), (old_high - old_low) / (2 * z95))
    z = (new - old) / error if error > 0 else nan
    return Change(z, nan if isnan(z) else float(abs(z) > z95))


def _one_on_scale(value: Any, scale: Scale) -> float:
    if not isfinite(value):
        return nan
    if scale == Scale.IDENTITY:
        return float(value)
    if scale == Scale.LOG:
        return log(value) if value > 0 else nan
    return log(value / (1 - value)) if 0 < value < 1 else nan


def _on_scale(values: Floats, scale: Scale) -> Floats:
    if scale == Scale.IDENTITY:
        return values
    result = np.log(values) if scale == Scale.LOG else np.log(values / (1 - values))
    return np.where(np.isfinite(result), result, np.nan)


@dataclass(frozen=True)
class _Values:
    """Values with their standard errors."""

    t: Sequence[float]
    value: Sequence[float]
    sigma: Sequence[float]

    def slope(self, kept: Sequence[int] = _ALL) -> float:
        s1 = st = stt = sy = sty = 0.0
        for at in kept:
            weight, t, value = 1 / self.sigma[at] ** 2, self.t[at], self.value[at]
            s1 += weight
            st += weight * t
            stt += weight * t * t
            sy += weight * value
            sty += weight * t * value
        return (s1 * sty - st * sy) / (s1 * stt - st * st)

    def chi_squared(self) -> float:
        rows = [(1 / s**2, t) for s, t in zip(self.sigma, self.t, strict=True)]
        s1, st = sum(w for w, _ in rows), sum(w * t for w, t in rows)
        stt = sum(w * t * t for w, t in rows)
        return self.slope() ** 2 / (s1 / (s1 * stt - st * st))


@dataclass(frozen=True)
class _Proportions:
    """Counts with their denominators."""

    t: Sequence[float]
    count: Sequence[float]
    denominator: Sequence[float]

    def slope(self, kept: Sequence[int] = _ALL) -> float:
        mean = sum(self.t[at] for at in kept) / len(kept)
        rows = [
            (self.t[at] - mean, log(self.count[at] / (self.denominator[at] - self.count[at])))
            for at in kept
        ]
        return sum(away * logit for away, logit in rows) / sum(away * away for away, _ in rows)

    def chi_squared(self) -> float:
        rows = list(zip(self.t, self.count, self.denominator, strict=True))
        d, c = sum(self.denominator), sum(self.count)
        sct = sum(x * t for t, x, _ in rows)
        sdt, sdtt = sum(n * t for t, _, n in rows), sum(n * t * t for t, _, n in rows)
        return d * (d * sct - c * sdt) ** 2 / (c * (d - c) * (d * sdtt - sdt**2))


def _decided(
    test: _Values | _Proportions, used: tuple[int, ...], polarity: Polarity
) -> RecentTrend:
    slope, chi_squared = test.slope(), test.chi_squared()
    none = Trend.NO_SIGNIFICANT_CHANGE
    if chi_squared <= CRITICAL_CHI_SQUARED:
        reason = f"over the latest {POINTS_NEEDED} independent periods"
        return RecentTrend(none, "", reason, chi_squared, slope, used)
    for left_out in _ALL:
        if _sign(test.slope([at for at in _ALL if at != left_out])) != _sign(slope):
            reason = "the direction rests on one period"
            return RecentTrend(none, "", reason, chi_squared, slope, used)
    label = Trend.INCREASING if slope > 0 else Trend.DECREASING
    better = {Polarity.HIGH_IS_GOOD: slope > 0, Polarity.LOW_IS_GOOD: slope < 0}.get(polarity)
    judgement = "" if better is None else "getting better" if better else "getting worse"
    reason = f"over the latest {POINTS_NEEDED} independent periods"
    return RecentTrend(label, judgement, reason, chi_squared, slope, used)


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _no_trend(reason: str) -> RecentTrend:
    return RecentTrend(Trend.CANNOT_BE_CALCULATED, "", reason, None, None, ())
