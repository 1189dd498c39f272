"""Days as decimal years, periods as spans, and when a period's figures are usual."""

from collections.abc import Sequence
from datetime import date, timedelta

from outcomes.stats.trajectory import Span


def decimal_year(*, day: date) -> float:
    """Return a day as a decimal year; the first of April 2024 is 2024.25."""
    return day.year + (day.month - 1) / 12 + (day.day - 1) / 372


def span_of(*, start_date: date, end_date: date) -> Span:
    """Return a period in decimal years.

    Args:
        start_date: first day of the period.
        end_date: first day after it.
    """
    return Span(start=decimal_year(day=start_date), end=decimal_year(day=end_date))


def months_after(*, day: date, months: int) -> date:
    """Return the same day some months later; periods begin on the first of a month."""
    whole = day.month - 1 + months
    return date(day.year + whole // 12, whole % 12 + 1, min(day.day, 28))


def months_between(*, start_date: date, end_date: date) -> int:
    """Return how many whole months lie from one day to another."""
    return (end_date.year - start_date.year) * 12 + end_date.month - start_date.month


def period_label(*, start_date: date, end_date: date) -> str:
    """Return how a period is written: '2025', '2025-27', '2025/26', or its days."""
    months = months_between(start_date=start_date, end_date=end_date)
    years = months // 12
    if start_date.day != 1 or months % 12 or start_date.month not in (1, 4, 9):
        last = end_date - timedelta(days=1)
        return f"{_day(start_date)} to {_day(last)}"
    if start_date.month == 1:
        last_year = start_date.year + years - 1
        return str(start_date.year) if years == 1 else f"{start_date.year}-{last_year % 100:02d}"
    first = f"{start_date.year}/{(start_date.year + 1) % 100:02d}"
    if years == 1:
        return first
    return f"{first}-{(start_date.year + years - 1) % 100:02d}/{end_date.year % 100:02d}"


def published_about(*, end: date, lag: int | None) -> str:
    """Return the year in which figures of a period are usual; nothing where that is not known.

    Args:
        end: first day after the period.
        lag: months from the end of a period to its figures.
    """
    return "" if lag is None else str(months_after(day=end, months=lag).year)


def first_independent(
    *,
    baseline: tuple[date, date],
    months: int,
    step: int | None,
    latest: tuple[date, date] | None = None,
) -> tuple[date, date]:
    """Return the first period of a series that shares no day with the baseline.

    Args:
        baseline: first day of the baseline's period, and first day after it.
        months: length of a period.
        step: months from one period to the next; None where it is not known.
        latest: a period of the series, from which its steps are counted; the baseline without one.
    """
    start = baseline[1]
    if step:
        begins = (latest or baseline)[0]
        behind = months_between(start_date=begins, end_date=start) % step
        start = months_after(day=start, months=(step - behind) % step)
    return start, months_after(day=start, months=months)


def first_with(
    *, spans: Sequence[tuple[date, date]], step: int, needed: int
) -> tuple[date, date] | None:
    """Return the first coming period with which so many share no day, if all are published.

    Args:
        spans: first day, and first day after, of the periods that there are; not in order.
        step: months from one period to the next.
        needed: how many periods must share no day with one another.

    Returns:
        None where there are as many already, or none at all to count from.
    """
    if not spans or _independent(spans) >= needed:
        return None
    known = list(spans)
    start, end = max(spans, key=lambda one: (one[1], one[0]))
    while _independent(known) < needed:
        start, end = months_after(day=start, months=step), months_after(day=end, months=step)
        known.append((start, end))
    return start, end


def _independent(spans: Sequence[tuple[date, date]]) -> int:
    """Count periods that share no day, back from the newest."""
    number = 0
    earliest: date | None = None
    for start, end in sorted(spans, key=lambda one: (one[1], one[0]), reverse=True):
        if earliest is None or end <= earliest:
            number, earliest = number + 1, start
    return number


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
