"""Which targets may be agreed from a baseline."""

import math
from dataclasses import dataclass

from outcomes.framework_content import Baseline, Milestone, Span, Target
from outcomes.framework_rules.faults import DraftRefusedError, Fault
from outcomes.framework_rules.periods import Measured, period_of

# Two numbers that differ by less are the same one, typed and computed.
_SAME = 1e-9


@dataclass(frozen=True)
class Wanted:
    """A target as its owners entered it.

    kind: 'reach', 'maintain' or 'none'.
    mode: what `amount` is: 'level' the value to reach, 'change' the change from the baseline in the
        indicator's unit, 'percent' the change in per cent of the baseline.
    milestones: label of a period and value to reach in it, as they were entered.
    tolerance: in the indicator's unit; None for the site's own.
    """

    kind: str
    mode: str = "level"
    amount: float | None = None
    period: str = ""
    trajectory: str = "linear"
    milestones: tuple[tuple[str, float], ...] = ()
    tolerance: float | None = None


def target_of(*, wanted: Wanted, baseline: Baseline | None, of: Measured) -> Target | None:
    """Return the target that was entered, with its value in the indicator's unit; None for none.

    Raises:
        DraftRefusedError: every reason, each at its field: 'kind', 'mode', 'amount', 'period',
            'trajectory', 'milestones' or 'tolerance'.

    Source: the project's own rules. A target is on the good side of its baseline, in a period that
        the indicator has and that shares no day with the baseline's; a compound way does not touch
        nought; milestones are in order of time, and none goes back. What is kept as it is has no
        way of which a part could be its margin: without limits its owners say one.
    """
    if wanted.kind == "none":
        return None
    if baseline is None:
        raise DraftRefusedError(
            Fault("kind", "Choose a baseline first: a target is a way from there.")
        )
    faults: list[Fault] = []
    reach = wanted.kind == "reach"
    if reach and not wanted.mode:
        faults.append(Fault("mode", "Choose how you say the target."))
    period = _read(wanted.period, of=of, baseline=baseline, field="period", faults=faults)
    value = _value_of(wanted, baseline=baseline, of=of, faults=faults)
    if reach and not wanted.trajectory:
        faults.append(Fault("trajectory", "Choose how the way there runs."))
    if not reach and wanted.trajectory not in ("", "linear"):
        faults.append(Fault("trajectory", "What is kept as it is has no way to run."))
    compound = wanted.trajectory == "compound"
    if compound and (baseline.value <= 0 or (value is not None and value <= 0)):
        faults.append(
            Fault(
                "trajectory",
                "The same percentage each year needs a baseline and a target above 0. Choose the "
                "same amount each year.",
            )
        )
    milestones: tuple[Milestone, ...] = ()
    if wanted.trajectory == "milestones":
        milestones = _milestones(
            wanted, baseline=baseline, target=(period, value), of=of, faults=faults
        )
    _check_tolerance(wanted, baseline=baseline, value=value, of=of, faults=faults)
    if faults or value is None or period is None:
        raise DraftRefusedError(*faults)
    return Target(
        kind=wanted.kind,
        mode=wanted.mode if reach else "level",
        value=value,
        period=period,
        trajectory=wanted.trajectory if reach else "linear",
        milestones=milestones,
        tolerance=wanted.tolerance,
    )


def _read(
    label: str,
    *,
    of: Measured,
    baseline: Baseline,
    field: str,
    faults: list[Fault],
    row: int = 0,
) -> Span | None:
    if not label.strip():
        faults.append(Fault(field, "Enter the period by which it is to be reached.", row))
        return None
    try:
        period = period_of(label=label, of=of, baseline=baseline.period)
    except DraftRefusedError as error:
        faults.extend(Fault(field, fault.message, row) for fault in error.faults)
        return None
    if period.end_date <= baseline.period.start_date:
        faults.append(
            Fault(field, f"{period.label} is before the baseline, {baseline.period.label}.", row)
        )
        return None
    if period.start_date < baseline.period.end_date:
        faults.append(
            Fault(
                field,
                f"{period.label} shares days with the baseline, {baseline.period.label}, so that "
                "the two could not be compared. Enter a later period.",
                row,
            )
        )
        return None
    return period


def _value_of(
    wanted: Wanted, *, baseline: Baseline, of: Measured, faults: list[Fault]
) -> float | None:
    if wanted.kind == "maintain":
        return baseline.value
    if wanted.amount is None or not math.isfinite(wanted.amount):
        faults.append(Fault("amount", "Enter the target as a number."))
        return None
    if not wanted.mode:
        return None
    value = moved_by(mode=wanted.mode, amount=wanted.amount, baseline_value=baseline.value)
    if message := _impossible(value, of=of) or _wrong_side(value, baseline=baseline, of=of):
        faults.append(Fault("amount", message))
        return None
    return value


def moved_by(*, mode: str, amount: float, baseline_value: float) -> float:
    """Return the value that a target of a mode stands for; `amount` as in `Wanted`."""
    if mode == "change":
        return baseline_value + amount
    if mode == "percent":
        return baseline_value * (1 + amount / 100)
    return amount


def amount_of(*, mode: str, value: float, baseline_value: float) -> float:
    """Return what was entered for a target: the other way round than `moved_by`."""
    if mode == "change":
        return value - baseline_value
    if mode == "percent" and baseline_value:
        return (value / baseline_value - 1) * 100
    return value


def _impossible(value: float, *, of: Measured) -> str:
    if of.scale in ("proportion", "rate", "years", "ratio") and value < 0:
        return f"The target would be {value:g} {of.unit}, which is less than nothing."
    if of.scale == "proportion" and of.multiplier and value > of.multiplier:
        return f"The target would be {value:g} {of.unit}, which is more than all."
    return ""


def _wrong_side(value: float, *, baseline: Baseline, of: Measured) -> str:
    if abs(value - baseline.value) < _SAME:
        return (
            f"The target is the baseline itself, {baseline.value:g} {of.unit}. Choose to keep it "
            "as it is, or enter another value."
        )
    wrong = {"high": value < baseline.value, "low": value > baseline.value}
    if wrong.get(of.polarity):
        good, side = ("high", "above") if of.polarity == "high" else ("low", "below")
        return (
            f"The target would be {value:g} {of.unit}, and the baseline is {baseline.value:g}. "
            f"A {good} value is good here, so the target must be {side} the baseline."
        )
    return ""


def _milestones(
    wanted: Wanted,
    *,
    baseline: Baseline,
    target: tuple[Span | None, float | None],
    of: Measured,
    faults: list[Fault],
) -> tuple[Milestone, ...]:
    """Return the milestones; where the target itself is wrong, they are read as far as they go."""
    if not wanted.milestones:
        faults.append(Fault("milestones", "Enter at least one milestone, or choose another way."))
    found: list[Milestone] = []
    before, reached = baseline.period, baseline.value
    period, value = target
    rising = None if value is None else value > baseline.value
    for row, (label, amount) in enumerate(wanted.milestones):
        read = _read(label, of=of, baseline=baseline, field="milestones", faults=faults, row=row)
        if read is None:
            continue
        if read.start_date <= before.start_date:
            faults.append(
                Fault(
                    "milestones",
                    f"{read.label} is not after {before.label}. Enter milestones in order of time.",
                    row,
                )
            )
        elif period is not None and read.start_date >= period.start_date:
            faults.append(
                Fault("milestones", f"{read.label} is not before the target’s {period.label}.", row)
            )
        elif rising is not None and ((amount < reached) if rising else (amount > reached)):
            faults.append(
                Fault(
                    "milestones",
                    f"{amount:g} for {read.label} is further from the target than {reached:g} "
                    f"for {before.label}. Milestones do not go back.",
                    row,
                )
            )
        elif value is not None and ((amount > value) if rising else (amount < value)):
            faults.append(
                Fault(
                    "milestones",
                    f"{amount:g} for {read.label} is beyond the target of {value:g}.",
                    row,
                )
            )
        else:
            found.append(Milestone(period=read, value=amount))
            before, reached = read, amount
    return tuple(found)


def _check_tolerance(
    wanted: Wanted, *, baseline: Baseline, value: float | None, of: Measured, faults: list[Fault]
) -> None:
    if wanted.tolerance is None:
        # Where no side is the good one nothing is judged, and no margin is needed.
        if (
            wanted.kind == "maintain"
            and not _has_limits(baseline)
            and of.polarity in ("high", "low")
        ):
            worse = "fall" if of.polarity == "high" else "rise"
            faults.append(
                Fault(
                    "tolerance",
                    "The values of this indicator come without confidence limits. Enter by how "
                    f"much it may {worse} and still be within the margin, or 0 if any {worse} "
                    "counts.",
                )
            )
        return
    if wanted.tolerance < 0 or not math.isfinite(wanted.tolerance):
        faults.append(Fault("tolerance", "Enter a margin of 0 or more."))
    elif _has_limits(baseline):
        faults.append(
            Fault(
                "tolerance",
                "The values of this indicator come with confidence limits, which are its margin. "
                "Leave this empty.",
            )
        )
    elif wanted.kind == "reach" and value is not None:
        way = abs(value - baseline.value)
        if wanted.tolerance >= way:
            faults.append(
                Fault("tolerance", f"The margin must be less than the way to go, {way:g}.")
            )


def _has_limits(baseline: Baseline) -> bool:
    return baseline.lower is not None and baseline.upper is not None


def rebased(*, target: Target, baseline: Baseline, old_value: float, of: Measured) -> Target:
    """Return the target as it is from another baseline: its mode says what of it stays.

    Where the new one has limits they are the margin, in place of one that was agreed.

    Args:
        target: as it was agreed from the old baseline.
        baseline: the new one.
        old_value: of the old baseline.
        of: the indicator.

    Raises:
        DraftRefusedError: at 'baseline': the target does not hold from there.
    """
    amount = amount_of(mode=target.mode, value=target.value, baseline_value=old_value)
    wanted = Wanted(
        kind=target.kind,
        mode=target.mode,
        amount=amount,
        period=target.period.label,
        trajectory=target.trajectory,
        milestones=tuple((one.period.label, one.value) for one in target.milestones),
        tolerance=None if _has_limits(baseline) else target.tolerance,
    )
    try:
        moved = target_of(wanted=wanted, baseline=baseline, of=of)
    except DraftRefusedError as error:
        raise DraftRefusedError(
            Fault("baseline", f"The target does not hold from this baseline. {error}")
        ) from error
    assert moved is not None  # noqa: S101 - there was a target to move
    return moved
