"""Whether a value is where its agreed trajectory says that it should be."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from outcomes.stats.benchmark import Polarity

# Without confidence limits, this part of the way to be gone counts as within the margin.
# Source: the project's own rule, agreed with the target where its owners set another.
DEFAULT_TOLERANCE = 0.10


class TrajectoryError(ValueError):
    """A target that no trajectory leads to."""


class TrajectoryKind(StrEnum):
    """How the way from baseline to target runs."""

    LINEAR = "linear"
    COMPOUND = "compound"
    MILESTONES = "milestones"


class Note(StrEnum):
    """What is said of an observation beside its value."""

    OK = "ok"
    SUPPRESSED = "suppressed"
    UNRELIABLE = "unreliable"
    MISSING = "missing"
    ESTIMATED = "estimated"


class TrajectoryStatus(StrEnum):
    """Where a value stands; the order is that of a dashboard, where help is needed first."""

    MISSED = "missed"
    NOT_MET_UNCERTAIN = "not_met_uncertain"
    OFF_TRACK = "off_track"
    INCONCLUSIVE = "inconclusive"
    BEHIND_WITHIN_MARGIN = "behind_within_margin"
    ON_TRACK = "on_track"
    AHEAD = "ahead"
    AT_TARGET_UNCERTAIN = "at_target_uncertain"
    ACHIEVED = "achieved"
    NOT_ASSESSED = "not_assessed"


class NotAssessed(StrEnum):
    """Why a status is not assessed, in the order in which it is asked."""

    NO_TARGET = "no_target"
    NO_POLARITY = "no_polarity"
    SUPPRESSED = "suppressed"
    MISSING = "missing"
    NOT_COMPARABLE = "not_comparable"
    OVERLAPPING = "overlapping"
    NO_DATA_AFTER_BASELINE = "no_data_after_baseline"
    STALE = "stale"
    # Asked last, and only of what has no date to be reached by: see `halving_progress`.
    NO_END_DATE = "no_end_date"


@dataclass(frozen=True)
class Span:
    """A period in decimal years: start inclusive, end exclusive. 2022-24 is 2022.0 to 2025.0."""

    start: float
    end: float

    @property
    def midpoint(self) -> float:
        """The time that the period stands for."""
        return (self.start + self.end) / 2

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share any day."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Reading:
    """A value of a period with its 95% limits; None is missing, never 0."""

    period: Span
    value: float | None
    lower: float | None = None
    upper: float | None = None
    note: Note = Note.OK

    @property
    def has_limits(self) -> bool:
        """Whether both limits are known."""
        return self.lower is not None and self.upper is not None


@dataclass(frozen=True)
class Target:
    """What was agreed: from a frozen baseline to a value in a period.

    milestones: times in decimal years with their values, in order, between baseline and target.
    tolerance: in the value's unit, for values without limits; None is a tenth of the way.
    """

    baseline: Span
    baseline_value: float
    period: Span
    value: float
    kind: TrajectoryKind = TrajectoryKind.LINEAR
    milestones: tuple[tuple[float, float], ...] = ()
    tolerance: float | None = None

    @property
    def margin(self) -> float:
        """The tolerance in the value's unit."""
        if self.tolerance is not None:
            return self.tolerance
        return DEFAULT_TOLERANCE * abs(self.value - self.baseline_value)


@dataclass(frozen=True)
class Trajectory:
    """A status with the numbers behind it.

    reason: why it is not assessed; None otherwise.
    expected: the value that the trajectory gives for the period; None where not assessed.
    share: how much of the way is gone, 1 for all; negative is moving away; None where the target
        is to maintain the baseline.
    has_limits: False where the status rests on the tolerance, which is to be said beside it.
    """

    status: TrajectoryStatus
    reason: NotAssessed | None
    expected: float | None
    share: float | None
    has_limits: bool


def trajectory_value(*, target: Target, time: float) -> float:
    """Return the value that the trajectory gives for a time.

    Args:
        target: the target with its baseline.
        time: in decimal years; before the baseline it is the baseline, after the target the target.

    Returns:
        The value expected, in the indicator's unit.

    Raises:
        TrajectoryError: the target is not after its baseline, a compound way touches or crosses
            nought, or milestones are not in order between the two.

    Source: the project's own rule; a compound way changes by the same part each year.
    """
    start, end = target.baseline.midpoint, target.period.midpoint
    if end <= start:
        raise TrajectoryError("The target must be after its baseline.")
    if target.kind == TrajectoryKind.MILESTONES:
        return _between(target, time)
    part = min(max((time - start) / (end - start), 0.0), 1.0)
    if target.kind == TrajectoryKind.LINEAR:
        return target.baseline_value + (target.value - target.baseline_value) * part
    if target.baseline_value <= 0 or target.value <= 0:
        raise TrajectoryError(
            "A compound trajectory needs a baseline and a target above 0. Choose a linear one."
        )
    return float(target.baseline_value * (target.value / target.baseline_value) ** part)


def _between(target: Target, time: float) -> float:
    points = (
        (target.baseline.midpoint, target.baseline_value),
        *target.milestones,
        (target.period.midpoint, target.value),
    )
    if any(later <= earlier for (earlier, _), (later, _) in pairwise(points)):
        raise TrajectoryError("Milestones must be in order, after the baseline, before the target.")
    if time <= points[0][0]:
        return points[0][1]
    for (earlier, low), (later, high) in pairwise(points):
        if time <= later:
            return low + (high - low) * (time - earlier) / (later - earlier)
    return points[-1][1]


def progress_share(*, value: float, baseline_value: float, target_value: float) -> float | None:
    """Return how much of the way from baseline to target is gone.

    Args:
        value: the latest value.
        baseline_value: where the way began, in the same unit.
        target_value: where it leads.

    Returns:
        1 for all of it, more beyond the target, negative when moving away; None where the target is
        to maintain the baseline. Never a colour.

    Source: the project's own rule.
    """
    way = target_value - baseline_value
    return None if way == 0 else (value - baseline_value) / way


def trajectory_status(
    *,
    reading: Reading | None,
    target: Target | None,
    polarity: Polarity,
    comparable: bool = True,
    stale: bool = False,
) -> Trajectory:
    """Return where the latest value stands against its trajectory.

    Args:
        reading: the latest value; None where there is none.
        target: what was agreed; None where nothing was.
        polarity: which direction is good.
        comparable: False where an unbridged break lies between baseline and value.
        stale: whether a newer value should long have been published.

    Returns:
        The status by the first rule that holds, with its reason and its numbers. A value on the
        line, and a limit on it, get the better label.

    Raises:
        TrajectoryError: as for `trajectory_value`.

    Source: the project's own rules, in the order in which its guide to progress gives them.
    """
    reason = _not_assessed(reading, target, polarity, comparable=comparable, stale=stale)
    if reason is not None or reading is None or target is None or reading.value is None:
        return Trajectory(TrajectoryStatus.NOT_ASSESSED, reason, None, None, has_limits=False)
    expected = trajectory_value(target=target, time=reading.period.midpoint)
    sign = -1.0 if polarity == Polarity.LOW_IS_GOOD else 1.0
    reached = reading.period.midpoint >= target.period.midpoint
    line = _Line(
        value=sign * reading.value,
        expected=sign * expected,
        goal=sign * target.value,
        baseline=sign * target.baseline_value,
        due=reached,
    )
    if reading.lower is not None and reading.upper is not None:
        low, high = sorted((sign * reading.lower, sign * reading.upper))
        status = _with_limits(line, low, high)
    else:
        status = _without_limits(line, target.margin)
    share = progress_share(
        value=reading.value, baseline_value=target.baseline_value, target_value=target.value
    )
    return Trajectory(status, None, expected, share, reading.has_limits)


@dataclass(frozen=True)
class _Line:
    """The numbers turned so that more is better."""

    value: float
    expected: float
    goal: float
    baseline: float
    due: bool


def _with_limits(line: _Line, low: float, high: float) -> TrajectoryStatus:
    status = TrajectoryStatus
    rules = (
        (line.value >= line.goal and low >= line.goal, status.ACHIEVED),
        (line.value >= line.goal, status.AT_TARGET_UNCERTAIN),
        (line.due and high < line.goal, status.MISSED),
        (line.due, status.NOT_MET_UNCERTAIN),
        (low > line.expected, status.AHEAD),
        (line.value >= line.expected, status.ON_TRACK),
        (high < line.expected, status.OFF_TRACK),
        (low <= line.baseline, status.INCONCLUSIVE),
    )
    return next((found for holds, found in rules if holds), status.BEHIND_WITHIN_MARGIN)


def _without_limits(line: _Line, margin: float) -> TrajectoryStatus:
    status = TrajectoryStatus
    rules = (
        (line.value >= line.goal, status.ACHIEVED),
        (line.due and line.value >= line.goal - margin, status.NOT_MET_UNCERTAIN),
        (line.due, status.MISSED),
        (line.value >= line.expected + margin, status.AHEAD),
        (line.value >= line.expected, status.ON_TRACK),
        (line.value >= line.expected - margin, status.BEHIND_WITHIN_MARGIN),
    )
    return next((found for holds, found in rules if holds), status.OFF_TRACK)


def _not_assessed(
    reading: Reading | None,
    target: Target | None,
    polarity: Polarity,
    *,
    comparable: bool,
    stale: bool,
) -> NotAssessed | None:
    if target is None:
        return NotAssessed.NO_TARGET
    if polarity == Polarity.NO_JUDGEMENT:
        return NotAssessed.NO_POLARITY
    if reading is not None and reading.note == Note.SUPPRESSED:
        return NotAssessed.SUPPRESSED
    if reading is None or reading.value is None or reading.note == Note.MISSING:
        return NotAssessed.MISSING
    rules = (
        (not comparable, NotAssessed.NOT_COMPARABLE),
        (reading.period.overlaps(target.baseline), NotAssessed.OVERLAPPING),
        (
            reading.period.midpoint <= target.baseline.midpoint,
            NotAssessed.NO_DATA_AFTER_BASELINE,
        ),
        (stale, NotAssessed.STALE),
    )
    return next((found for holds, found in rules if holds), None)
