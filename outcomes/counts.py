"""What counts of several periods make together, and how they stand against targets (pure).

All sums are exact, by the decimals that were typed, so that the order in which values came is
without effect. Nothing is carried from one measure to another, and no clock is asked.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction


class Aggregation(StrEnum):
    """What the values of several periods make together; the values of the model's choices."""

    NON_CUMULATIVE = "non_cumulative"
    CUMULATIVE_SUM = "cumulative_sum"
    CUMULATIVE_LATEST = "cumulative_latest"
    PERCENTAGE = "percentage"


class Direction(StrEnum):
    """Which side of a target is good; the values of the model's choices."""

    MORE = "more"
    LESS = "less"


class CountStatus(StrEnum):
    """Where a count stands against its target."""

    OVER = "over"
    ON = "on"
    UNDER = "under"
    NO_VALUE = "no_value"
    NO_TARGET = "no_target"


class Bearing(StrEnum):
    """What a status means by the direction that is good."""

    BETTER = "better"
    AS_WANTED = "as_wanted"
    WORSE = "worse"


class OverlappingCountsError(ValueError):
    """Two values are of some of the same days, so that adding them up would count twice."""


@dataclass(frozen=True)
class Days:
    """A period: first day, and first day after."""

    start: date
    end: date

    def holds(self, other: "Days") -> bool:
        """Whether another period is this one or lies in it."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Days") -> bool:
        """Whether the two share a day."""
        return self.start < other.end and other.start < self.end

    @property
    def length(self) -> int:
        """How many days."""
        return (self.end - self.start).days

    @property
    def last(self) -> date:
        """The last day."""
        return self.end - timedelta(days=1)


@dataclass(frozen=True)
class Wanted:
    """A target: what a count shall be in a period; of a percentage, 0 to 100."""

    days: Days
    value: float


@dataclass(frozen=True)
class Counted:
    """What was counted in a period: one value, or the two parts of a percentage."""

    days: Days
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True)
class Amount:
    """What values make together. Of a percentage, `value` is 0 to 100 and both parts are given."""

    value: float
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True)
class PeriodReading:
    """A target's period, or a value's own where no target's holds it.

    until: the first day after the last that was counted, where the period has days after it or
        gaps before it; None where all of it was counted, or nothing.
    """

    days: Days
    wanted: float | None
    amount: Amount | None
    status: CountStatus
    bearing: Bearing | None
    until: date | None = None


@dataclass(frozen=True)
class Together:
    """How a measure stands so far, over the periods that have a value.

    wanted: what the targets of those periods make together; None for none.
    counted, periods: how many targets' periods have a value, of how many.
    """

    wanted: float | None
    amount: Amount | None
    status: CountStatus
    bearing: Bearing | None
    counted: int
    periods: int


@dataclass(frozen=True)
class Reading:
    """A measure: its periods in time, and how it stands so far."""

    periods: tuple[PeriodReading, ...]
    so_far: Together


def read_counts(
    *,
    aggregation: Aggregation,
    direction: Direction,
    margin_percent: float,
    targets: Iterable[Wanted],
    values: Iterable[Counted],
) -> Reading:
    """Return how a measure stands in each period and so far.

    Args:
        aggregation: what the values of several periods make together. Non-cumulative: values
            within a target's period are added up, and the targets with them. Cumulative by sum:
            everything counted until the end of a period, against what shall be reached by then.
            Cumulative by latest: each value is a total already, so the last one stands.
            Percentage: numerators and denominators are added up, then divided; targets are
            weighted by the denominators that were counted.
        direction: whether more or less is good.
        margin_percent: within how many per cent of the target a count is on target, 0 to 100.
        targets: at most one for a period.
        values: what was counted; no two share a day.

    Returns:
        Periods by their first day: those of the targets, and with the status "no target" those of
        values that no target's period holds.

    Raises:
        OverlappingCountsError: two values share a day.

    Source: docs/methods/counts.md.
    """
    wanted = sorted(targets, key=lambda one: (one.days.start, one.days.end))
    counted = _in_time(values)
    periods = [_period(aggregation, direction, margin_percent, one, counted) for one in wanted]
    outside = [
        PeriodReading(one.days, None, _amount(aggregation, [one]), CountStatus.NO_TARGET, None)
        for one in counted
        if not any(target.days.holds(one.days) for target in wanted)
    ]
    return Reading(
        periods=tuple(sorted([*periods, *outside], key=lambda one: (one.days.start, one.days.end))),
        so_far=_together(aggregation, direction, margin_percent, periods, counted),
    )


def status_of(*, value: float, target: float, margin_percent: float) -> CountStatus:
    """Return whether a count is over, on or under its target.

    Args:
        value: the count, 0 or more.
        target: what it shall be, 0 or more.
        margin_percent: within how many per cent of the target it is on target, both ends included.

    Returns:
        Over, on or under. Of a target of nought, nought alone is on target.

    Source: docs/methods/counts.md; the default of 15 per cent is the project's own.
    """
    away = _exact(value) - _exact(target)
    if abs(away) * 100 <= _exact(target) * _exact(margin_percent):
        return CountStatus.ON
    return CountStatus.OVER if away > 0 else CountStatus.UNDER


def bearing_of(*, status: CountStatus, direction: Direction) -> Bearing | None:
    """Return what a status means by the direction that is good; None without value or target.

    Args:
        status: where the count stands.
        direction: whether more or less is good.

    Returns:
        Better, as wanted or worse.

    Source: docs/methods/counts.md.
    """
    if status is CountStatus.ON:
        return Bearing.AS_WANTED
    if status not in (CountStatus.OVER, CountStatus.UNDER):
        return None
    over_is_good = direction is Direction.MORE
    return Bearing.BETTER if (status is CountStatus.OVER) == over_is_good else Bearing.WORSE


def overlapping(*, days: Days, others: Iterable[Days]) -> Days | None:
    """Return the first of some periods that shares a day with one, or None.

    Args:
        days: the period that is held against the others.
        others: in any order.

    Returns:
        The one that begins first, or None.

    Source: the project's own rule.
    """
    found = [other for other in others if days.overlaps(other)]
    return min(found, key=lambda one: (one.start, one.end), default=None)


def _in_time(values: Iterable[Counted]) -> list[Counted]:
    found = sorted(values, key=lambda one: (one.days.start, one.days.end))
    for before, after in itertools.pairwise(found):
        if before.days.overlaps(after.days):
            raise OverlappingCountsError(
                f"Values from {before.days.start} and from {after.days.start} share days."
            )
    return found


def _exact(number: float | None) -> Fraction:
    # By its shortest decimal, which is what was typed: 0.85 is 85 hundredths.
    return Fraction(repr(number))


def _amount(aggregation: Aggregation, values: Sequence[Counted]) -> Amount | None:
    """Return what values make together, in time; None for none."""
    if not values:
        return None
    if aggregation is Aggregation.PERCENTAGE:
        above = sum((_exact(one.numerator) for one in values), Fraction(0))
        below = sum((_exact(one.denominator) for one in values), Fraction(0))
        return Amount(float(100 * above / below), float(above), float(below))
    if aggregation is Aggregation.CUMULATIVE_LATEST:
        return Amount(float(_exact(values[-1].value)))
    return Amount(float(sum((_exact(one.value) for one in values), Fraction(0))))


def _period(
    aggregation: Aggregation,
    direction: Direction,
    margin: float,
    target: Wanted,
    counted: Sequence[Counted],
) -> PeriodReading:
    inside = [one for one in counted if target.days.holds(one.days)]
    if not inside:
        return PeriodReading(target.days, target.value, None, CountStatus.NO_VALUE, None)
    # What came before belongs to a running total; a period without a value of its own has none.
    before = [one for one in counted if one.days.end <= target.days.end]
    amount = _amount(aggregation, before if aggregation is Aggregation.CUMULATIVE_SUM else inside)
    assert amount is not None  # noqa: S101 - narrows the type
    status = status_of(value=amount.value, target=target.value, margin_percent=margin)
    return PeriodReading(
        days=target.days,
        wanted=target.value,
        amount=amount,
        status=status,
        bearing=bearing_of(status=status, direction=direction),
        until=_until(aggregation, target.days, inside),
    )


def _until(aggregation: Aggregation, days: Days, inside: Sequence[Counted]) -> date | None:
    last = inside[-1].days.end
    if aggregation is Aggregation.CUMULATIVE_LATEST:
        return None if last == days.end else last
    return None if sum(one.days.length for one in inside) == days.length else last


def _together(
    aggregation: Aggregation,
    direction: Direction,
    margin: float,
    periods: Sequence[PeriodReading],
    counted: Sequence[Counted],
) -> Together:
    having = [one for one in periods if one.amount is not None]
    wanted, amount = _so_far(aggregation, having, counted)
    if not counted:
        status = CountStatus.NO_VALUE
    elif wanted is None or amount is None:
        status = CountStatus.NO_TARGET
    else:
        status = status_of(value=amount.value, target=wanted, margin_percent=margin)
    return Together(
        wanted=wanted,
        amount=amount,
        status=status,
        bearing=bearing_of(status=status, direction=direction),
        counted=len(having),
        periods=len(periods),
    )


def _so_far(
    aggregation: Aggregation, having: Sequence[PeriodReading], counted: Sequence[Counted]
) -> tuple[float | None, Amount | None]:
    """Return what is wanted by now, and what there is."""
    if aggregation in (Aggregation.CUMULATIVE_SUM, Aggregation.CUMULATIVE_LATEST):
        # The running total of the period that ends last; of two, of the longer one.
        last = max(having, key=lambda one: (one.days.end, one.days.length), default=None)
        return (last.wanted, last.amount) if last else (None, _amount(aggregation, counted))
    outer = _outermost(having)
    if outer is None:
        return None, None
    inside = [one for one in counted if any(period.days.holds(one.days) for period in outer)]
    if not inside:
        return None, _amount(aggregation, counted)
    targets = [_exact(one.wanted) for one in outer]
    if aggregation is Aggregation.NON_CUMULATIVE:
        return float(sum(targets, Fraction(0))), _amount(aggregation, inside)
    weights = [_exact(one.amount.denominator) for one in outer if one.amount is not None]
    weighted = sum((a * b for a, b in zip(targets, weights, strict=True)), Fraction(0))
    return float(weighted / sum(weights, Fraction(0))), _amount(aggregation, inside)


def _outermost(periods: Sequence[PeriodReading]) -> list[PeriodReading] | None:
    """Return the periods that lie in no other; None where some of them share days."""
    found = [
        one
        for one in periods
        if not any(other.days.holds(one.days) for other in periods if other is not one)
    ]
    ordered = sorted(found, key=lambda one: one.days.start)
    if any(a.days.overlaps(b.days) for a, b in itertools.pairwise(ordered)):
        return None
    return ordered
