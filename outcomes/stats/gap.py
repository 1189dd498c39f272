"""The gap between an area and a benchmark, and the gap that the mission wants halved."""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import hypot

from outcomes.stats.benchmark import Polarity
from outcomes.stats.shapes import normal_quantile
from outcomes.stats.trajectory import (
    NotAssessed,
    Reading,
    Span,
    Target,
    Trajectory,
    TrajectoryStatus,
    trajectory_status,
)


class LimitsMissingError(ValueError):
    """A value without limits, of which no standard error is known."""


class GapMovement(StrEnum):
    """What became of a gap between two independent periods."""

    NO_CLEAR_CHANGE = "no_clear_change"
    WIDENED = "widened"
    NARROWED = "narrowed"
    NARROWED_BY_DECLINE = "narrowed_by_decline"


@dataclass(frozen=True)
class Measured:
    """A value with its 95% limits, in the indicator's unit."""

    value: float
    lower: float
    upper: float

    @property
    def standard_error(self) -> float:
        """Half the interval over the normal quantile."""
        return (self.upper - self.lower) / (2 * normal_quantile(0.95))


@dataclass(frozen=True)
class Gap:
    """An area's gap to a benchmark: negative is worse than the benchmark.

    relative: of the benchmark's value, as a share; None where that is nought. Never turned round.
    """

    value: float
    lower: float
    upper: float
    relative: float | None
    standard_error: float
    area: Measured
    benchmark: Measured
    polarity: Polarity


@dataclass(frozen=True)
class GapChange:
    """What became of a gap, and who moved: by_area and by_benchmark add up to change."""

    movement: GapMovement
    z: float
    change: float
    by_area: float
    by_benchmark: float


@dataclass(frozen=True)
class Halving:
    """How far a gap between the best and the worst has come towards half of what it was.

    progress: 1 when halved, negative when wider.
    floor: what the worst would have to reach for the gap to be halved with the best as it is.
    by_decline_at_top: the gap fell while the worst did not rise, which is said in place of any
        other label.
    """

    gap: float
    baseline_gap: float
    target: float
    progress: float
    best_change: float
    worst_change: float
    floor: float
    by_decline_at_top: bool
    trajectory: Trajectory

    @property
    def status(self) -> str:
        """The label, `narrowed_by_decline_at_top` included."""
        assessed = self.trajectory.status != TrajectoryStatus.NOT_ASSESSED
        undated = self.trajectory.reason == NotAssessed.NO_END_DATE
        if self.by_decline_at_top and (assessed or undated):
            return "narrowed_by_decline_at_top"
        return self.trajectory.status.value

    @property
    def reason(self) -> NotAssessed | None:
        """Why it is not assessed; None otherwise."""
        assessed = self.status != TrajectoryStatus.NOT_ASSESSED
        return None if assessed else self.trajectory.reason


def gap_to_benchmark(*, area: Measured, benchmark: Measured, polarity: Polarity) -> Gap:
    """Return the gap of an area to a benchmark that contains it.

    Args:
        area: the area's value with 95% limits.
        benchmark: England's, or another's.
        polarity: which direction is good; without one the gap is the plain difference.

    Returns:
        The gap, negative where the area is worse, with 95% limits. They are a little too wide,
        since the benchmark holds the area too.

    Raises:
        LimitsMissingError: a limit is not a number.

    Source: the project's own rule; the difference of two independent values.
    """
    error = hypot(area.standard_error, benchmark.standard_error)
    if error != error:
        raise LimitsMissingError("A gap needs the limits of both values.")
    difference = area.value - benchmark.value
    value = _sign(polarity) * difference
    half = normal_quantile(0.95) * error
    return Gap(
        value=value,
        lower=value - half,
        upper=value + half,
        relative=difference / benchmark.value if benchmark.value else None,
        standard_error=error,
        area=area,
        benchmark=benchmark,
        polarity=polarity,
    )


def gap_change(*, now: Gap, before: Gap) -> GapChange:
    """Return what became of a gap between two periods that do not overlap.

    Args:
        now: the gap in the later period.
        before: the gap in the earlier period, of the same polarity.

    Returns:
        The movement with z, and the change split into what the area did and what the benchmark
        did: a gap that only narrowed since the benchmark got worse says so.

    Source: the project's own rule.
    """
    sign = _sign(now.polarity)
    change = now.value - before.value
    by_area = sign * (now.area.value - before.area.value)
    by_benchmark = -sign * (now.benchmark.value - before.benchmark.value)
    error = hypot(now.standard_error, before.standard_error)
    z = change / error if error else 0.0
    if abs(z) <= normal_quantile(0.95):
        movement = GapMovement.NO_CLEAR_CHANGE
    elif abs(now.value) >= abs(before.value):
        movement = GapMovement.WIDENED
    elif by_area <= 0:
        movement = GapMovement.NARROWED_BY_DECLINE
    else:
        movement = GapMovement.NARROWED
    return GapChange(movement, z, change, by_area, by_benchmark)


def halving_progress(
    *,
    best: float,
    worst: float,
    period: Span,
    baseline_best: float,
    baseline_worst: float,
    baseline: Span,
    target_period: Span | None,
    lower: float | None = None,
    upper: float | None = None,
    comparable: bool = True,
    stale: bool = False,
) -> Halving:
    """Return how far the gap between the best and the worst has come towards half of what it was.

    Args:
        best: the highest value now, in years.
        worst: the lowest value now, of the same release.
        period: what they stand for.
        baseline_best: the highest value at the baseline.
        baseline_worst: the lowest value at the baseline, below the best.
        baseline: the period of the baseline.
        target_period: when the gap shall be halved; None where nobody has said, so that there is
            no line to be held against, and only whether it is halved can be judged.
        lower: 95% limit of the gap now, where it is known.
        upper: 95% limit of the gap now, where it is known.
        comparable: False where the two came by different methods.
        stale: whether a newer gap should long have been published.

    Returns:
        The gap, its target and progress, what the best and the worst did, and the status of a
        straight line down to the half. Periods that overlap are not assessed, whatever the sums.

    Raises:
        ValueError: there was no gap to halve.
        TrajectoryError: the target's period is not after the baseline.

    Source: the government's mission to halve the gap in healthy life expectancy between regions;
        no definition of it is published, so the definition in use is to be printed beside.
    """
    before, now = baseline_best - baseline_worst, best - worst
    if before <= 0:
        raise ValueError("There is no gap to halve at the baseline.")
    trajectory = trajectory_status(
        reading=Reading(period=period, value=now, lower=lower, upper=upper),
        target=Target(
            baseline=baseline,
            baseline_value=before,
            # Without a date, it is as if it were due now: halved or not is all that is asked.
            period=target_period or period,
            value=before / 2,
        ),
        polarity=Polarity.LOW_IS_GOOD,
        comparable=comparable,
        stale=stale,
    )
    if target_period is None and trajectory.status in _NOT_REACHED:
        trajectory = replace(
            trajectory,
            status=TrajectoryStatus.NOT_ASSESSED,
            reason=NotAssessed.NO_END_DATE,
            expected=None,
        )
    worst_change = worst - baseline_worst
    return Halving(
        gap=now,
        baseline_gap=before,
        target=before / 2,
        progress=(before - now) / (before / 2),
        best_change=best - baseline_best,
        worst_change=worst_change,
        floor=best - before / 2,
        by_decline_at_top=now < before and worst_change <= 0,
        trajectory=trajectory,
    )


_NOT_REACHED = (TrajectoryStatus.MISSED, TrajectoryStatus.NOT_MET_UNCERTAIN)


def _sign(polarity: Polarity) -> float:
    return -1.0 if polarity == Polarity.LOW_IS_GOOD else 1.0
