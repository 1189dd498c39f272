"""Charts of single values and moving ranges, for monthly and quarterly series."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from outcomes.stats.shapes import Floats, Numbers, floats

# Source: NHS England, Making Data Count; nhs-r-community/NHSRplotthedots.
POINTS_NEEDED = 13
_LIMIT, _SCREEN, _NEAR = 2.66, 3.267, 2 / 3
_RUN = 7


class SpecialCause(StrEnum):
    """Why a point is more than common variation, the first that holds."""

    OUTSIDE_LIMITS = "outside the limits"
    TREND = "seven points in one direction"
    TWO_OF_THREE = "two of three points near a limit"
    SHIFT = "seven points on one side of the mean"
    NONE = "common variation"


class Assurance(StrEnum):
    """Whether the process will meet a target as it now runs."""

    CONSISTENTLY_PASSES = "consistently passes"
    CONSISTENTLY_FAILS = "consistently fails"
    INCONSISTENT = "passes and fails by chance"
    NONE = "no target"


@dataclass(frozen=True)
class XmrChart:
    """The lines of the chart and what each point is, of the length of the series.

    mean, lower, upper: process mean and limits in the value's unit, by the phase of each point.
    causes: a `SpecialCause` for each point; None where there is no value.
    assurance: of the latest phase.
    reason: why there are no limits; empty otherwise.
    """

    mean: Floats
    lower: Floats
    upper: Floats
    causes: npt.NDArray[np.object_]
    assurance: Assurance
    reason: str = ""


def xmr_chart(
    *,
    values: Numbers,
    phase_starts: Sequence[int] = (),
    target: float | None = None,
    high_is_good: bool = True,
    screen: bool = True,
) -> XmrChart:
    """Return an XmR chart of a series in order of time.

    Args:
        values: one a month or quarter; missing values are left out of every calculation.
        phase_starts: positions from which the lines are worked out anew.
        target: in the value's unit.
        high_is_good: whether a target is met by reaching it from below.
        screen: whether moving ranges beyond 3.267 times their mean are left out once.

    Returns:
        Lines and causes. Fewer than 13 values give no lines and no causes.

    Raises:
        ValueError: a phase starts outside of the series.

    Source: NHS England, Making Data Count; NHSRplotthedots, rules in their order of precedence.
    """
    (found,) = floats(values)
    found = np.atleast_1d(found)
    size = len(found)
    if any(not 0 <= start < size for start in phase_starts):
        raise ValueError("A phase must start at a point of the series.")
    mean, lower, upper = (np.full(size, np.nan) for _ in range(3))
    causes = np.array(
        [None if np.isnan(each) else SpecialCause.NONE for each in found], dtype=object
    )
    known = int(np.isfinite(found).sum())
    if known < POINTS_NEEDED:
        reason = f"{known} points, {POINTS_NEEDED} needed"
        causes[:] = None
        return XmrChart(mean, lower, upper, causes, Assurance.NONE, reason)
    edges = [*sorted({0, *phase_starts}), size]
    for start, end in pairwise(edges):
        kept = start + np.flatnonzero(np.isfinite(found[start:end]))
        if len(kept) < 2:
            continue
        points = found[kept]
        middle, reach = points.mean(), _LIMIT * _mean_range(points, screen=screen)
        mean[start:end], lower[start:end], upper[start:end] = middle, middle - reach, middle + reach
        causes[kept] = _causes(points, middle, reach)
    return XmrChart(
        mean, lower, upper, causes, _assurance(lower[-1], upper[-1], target, high_is_good)
    )


def _mean_range(points: Floats, *, screen: bool) -> float:
    ranges = np.abs(np.diff(points))
    average = ranges.mean()
    if screen:
        kept = ranges[ranges < _SCREEN * average]
        average = kept.mean() if len(kept) else average
    return float(average)


def _causes(points: Floats, middle: float, reach: float) -> npt.NDArray[np.object_]:
    side = np.sign(points - middle)
    outside = np.abs(points - middle) > reach
    near = np.abs(points - middle) > _NEAR * reach
    step = np.sign(np.diff(points, prepend=np.nan))
    trend, two, shift = (np.zeros(len(points), dtype=bool) for _ in range(3))
    for end in range(len(points)):
        run = slice(end - _RUN + 1, end + 1)
        if end >= _RUN - 1:
            # Seven points make six steps.
            steps = step[end - _RUN + 2 : end + 1]
            if abs(steps.sum()) == _RUN - 1:
                trend[run] = True
            if abs(side[run].sum()) == _RUN:
                shift[run] = True
        three = slice(end - 2, end + 1)
        if end >= 2 and abs(side[three].sum()) == 3 and near[three].sum() >= 2:
            two[three] |= near[three]
    words = np.array(tuple(SpecialCause), dtype=object)
    found = np.select([outside, trend, two, shift], range(4), default=4)
    return np.asarray(words[found], dtype=object)


def _assurance(lower: float, upper: float, target: float | None, high_is_good: bool) -> Assurance:
    if target is None or np.isnan(lower):
        return Assurance.NONE
    if target > upper:
        return Assurance.CONSISTENTLY_FAILS if high_is_good else Assurance.CONSISTENTLY_PASSES
    if target < lower:
        return Assurance.CONSISTENTLY_PASSES if high_is_good else Assurance.CONSISTENTLY_FAILS
    return Assurance.INCONSISTENT
