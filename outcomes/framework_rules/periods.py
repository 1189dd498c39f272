"""Which periods an indicator can have a value for."""

from dataclasses import dataclass
from datetime import date

from outcomes.framework_content import Span
from outcomes.framework_rules.faults import DraftRefusedError, Fault
from outcomes.periods import Period, PeriodError, YearType, read_period

# The month in which a year of each type begins.
_FIRST_MONTHS = {"calendar": 1, "financial": 4, "academic": 9}
_YEAR_WORDS = {1: "calendar years", 4: "financial years", 9: "academic years"}


@dataclass(frozen=True)
class Measured:
    """What of an indicator's definition counts for a target; None is what is not known.

    multiplier: the most that a proportion can be, 100 for a percentage.
    """

    unit: str
    polarity: str
    scale: str = "unknown"
    multiplier: int | None = None
    year_type: str = "unknown"
    period_months: int | None = None
    step_months: int | None = None


def period_of(*, label: str, of: Measured, baseline: Span | None = None) -> Span:
    """Return the period that a label names, if the indicator can have a value for it.

    Args:
        label: as people write it, such as '2028 - 30' or '2029/30'.
        of: the indicator; what is not known of its periods is taken from the baseline.
        baseline: a period for which it has a value.

    Raises:
        DraftRefusedError: at 'period': the label names no period, or none of this indicator.

    Source: the project's own rule; length, step and type of year are the publisher's.
    """
    try:
        period = read_period(
            label=label,
            year_type=YearType.ACADEMIC if of.year_type == "academic" else YearType.FINANCIAL,
        )
    except PeriodError as error:
        raise DraftRefusedError(Fault("period", str(error))) from error
    months = of.period_months or (None if baseline is None else _months_of(baseline))
    fault = _misfit(period, of=of, months=months, baseline=baseline)
    if fault:
        raise DraftRefusedError(Fault("period", fault))
    return Span(label=period.label, start_date=period.start_date, end_date=period.end_date)


def _misfit(period: Period, *, of: Measured, months: int | None, baseline: Span | None) -> str:
    if months is not None and period.months != months:
        return (
            f"{period.label} lasts {_long(period.months)}, but each value of this indicator is for "
            f"{_long(months)}.{_such_as(period, of=of, months=months)}"
        )
    first = _FIRST_MONTHS.get(of.year_type)
    if first is not None and (period.start_date.month - first) % min(period.months, 12):
        return (
            f"{period.label} begins in {period.start_date:%B}, but the values of this indicator "
            f"are for {_YEAR_WORDS[first]}.{_such_as(period, of=of, months=months)}"
        )
    if baseline is not None and of.step_months:
        apart = _month_number(period.start_date) - _month_number(baseline.start_date)
        if apart % of.step_months:
            return (
                f"There will be no value for {period.label}: the periods of this indicator begin "
                f"{_long(of.step_months)} apart, counted from {baseline.label}."
            )
    return ""


def _such_as(period: Period, *, of: Measured, months: int | None) -> str:
    """Give the period of the right length that ends in the same year, where years are whole."""
    if months is None or months % 12 or of.year_type not in ("calendar", "financial", "academic"):
        return ""
    last = period.end_date.year if period.end_date.month > 1 else period.end_date.year - 1
    split = of.year_type != "calendar"
    first = last - months // 12 + (0 if split else 1)
    if split:
        end = f" - {(last - 1) % 100:02d}/{last % 100:02d}" if months > 12 else ""
        label = f"{first}/{(first + 1) % 100:02d}{end}"
    else:
        label = f"{last}" if months == 12 else f"{first} - {last % 100:02d}"
    return f" Enter it as {label}, for example."


def _long(months: int) -> str:
    if months % 12:
        return f"{months} months" if months > 1 else "1 month"
    years = months // 12
    return f"{years} years" if years > 1 else "1 year"


def _month_number(day: date) -> int:
    return day.year * 12 + day.month


def _months_of(span: Span) -> int:
    return _month_number(span.end_date) - _month_number(span.start_date)


def value_known_about(*, period: Span, lag_months: int | None) -> date | None:
    """Return the first day of the month in which a period's value is usual; None: not known."""
    if lag_months is None:
        return None
    months = _month_number(period.end_date) - 1 + lag_months
    return date(months // 12, months % 12 + 1, 1)
