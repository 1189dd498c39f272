"""Closing days in London, and working days in England.

A closing day is inclusive: work sent at one second before midnight in London is in time. Instants
are UTC; `now` is always given, because nothing here reads the clock.
"""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
HEADINGS = ("date", "name", "source")
_ONE_DAY = timedelta(days=1)


class NaiveInstantError(ValueError):
    """An instant has no time zone, so nobody can say which London day it falls on."""


class CalendarTooShortError(LookupError):
    """The bank holidays do not cover a year that is asked for."""


class BankHolidayFileError(ValueError):
    """The file of bank holidays has a fault; the message names the row."""


@dataclass(frozen=True)
class BankHolidays:
    """The bank holidays of the years first_year to last_year, both included."""

    days: frozenset[date]
    first_year: int
    last_year: int

    def covers(self, *, day: date) -> bool:
        """Whether the calendar can say if this day is a bank holiday."""
        return self.first_year <= day.year <= self.last_year


def closes_at(*, closing_date: date) -> datetime:
    """Return the instant at which a closing day is over in London.

    Args:
        closing_date: the last day on which work is in time.

    Returns:
        Midnight at the end of that London day, in UTC; the first instant that is too late. It is
        23:00 UTC of the same day in summer time, and 00:00 UTC of the next in winter.

    Source: Summer Time Order 2002 (SI 2002/262), as the time zone database holds it.
    """
    end = datetime.combine(closing_date + _ONE_DAY, time.min, tzinfo=LONDON)
    return end.astimezone(UTC)


def london_date(*, now: datetime) -> date:
    """Return the day that it is in London.

    Args:
        now: an instant with its time zone.

    Returns:
        The London day.

    Raises:
        NaiveInstantError: the instant has no time zone.

    Source: as `closes_at`.
    """
    if now.tzinfo is None:
        raise NaiveInstantError("Give the time with its time zone, for example +00:00.")
    return now.astimezone(LONDON).date()


def is_overdue(*, closing_date: date, submitted: bool, now: datetime) -> bool:
    """Return whether something was due by a London day and has not come.

    Args:
        closing_date: the last day on which work is in time, with any extension.
        submitted: whether it came, in time or not; what came late is late, not overdue.
        now: an instant with its time zone.

    Returns:
        True from midnight after the closing day until it is submitted.

    Raises:
        NaiveInstantError: the instant has no time zone.

    Source: the project's own rule: London's today is after the closing day, and not submitted.
    """
    return london_date(now=now) > closing_date and not submitted


def days_left(*, closing_date: date, now: datetime) -> int:
    """Return how many London days lie between today and the closing day.

    Args:
        closing_date: the last day on which work is in time.
        now: an instant with its time zone.

    Returns:
        0 on the closing day ('due today'), 1 the day before; negative once it is past.

    Raises:
        NaiveInstantError: the instant has no time zone.

    Source: the project's own rule.
    """
    return (closing_date - london_date(now=now)).days


def is_working_day(*, day: date, bank_holidays: BankHolidays) -> bool:
    """Return whether a day is neither a weekend day nor a bank holiday in England.

    Args:
        day: any day that the calendar covers.
        bank_holidays: England's bank holidays.

    Returns:
        True from Monday to Friday, unless it is a bank holiday.

    Raises:
        CalendarTooShortError: the calendar does not cover the day's year.

    Source: Banking and Financial Dealings Act 1971, section 1 and schedule 1.
    """
    if not bank_holidays.covers(day=day):
        raise CalendarTooShortError(
            f"The bank holidays of {day.year} are not known. Add them: the calendar covers "
            f"{bank_holidays.first_year} to {bank_holidays.last_year}."
        )
    return day.weekday() < 5 and day not in bank_holidays.days


def working_days_left(*, until: date, from_: date, bank_holidays: BankHolidays) -> int:
    """Return how many working days come after one day, up to and including another.

    Args:
        until: the last day that counts, often a closing day.
        from_: the day to count from; it does not count itself.
        bank_holidays: England's bank holidays.

    Returns:
        0 when both are the same day. Negative when `until` is past: the working days after
        `until` up to and including `from_`.

    Raises:
        CalendarTooShortError: the calendar does not cover a day in between.

    Source: the project's own rule, by the clear days convention: the first day is left out.
    """
    if until < from_:
        return -working_days_left(until=from_, from_=until, bank_holidays=bank_holidays)
    days = (from_ + _ONE_DAY * number for number in range(1, (until - from_).days + 1))
    return sum(is_working_day(day=day, bank_holidays=bank_holidays) for day in days)


def working_day_after(*, day: date, count: int, bank_holidays: BankHolidays) -> date:
    """Return the working day that lies some working days after, or before, a day.

    Args:
        day: the day to count from; it does not count itself.
        count: working days onward, or back when negative; 0 gives the day itself.
        bank_holidays: England's bank holidays.

    Returns:
        The day; a reminder 5 working days before a closing day is `count=-5`.

    Raises:
        CalendarTooShortError: the calendar does not cover a day in between.

    Source: the project's own rule, by the clear days convention: the first day is left out.
    """
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day=day, bank_holidays=bank_holidays):
            day += step
    return day


def read_bank_holidays(*, text: str) -> BankHolidays:
    """Read the bank holidays of England.

    Args:
        text: CSV with the headings of `HEADINGS`; dates as 2026-12-25.

    Returns:
        The holidays. They cover every year from the first to the last in the file.

    Raises:
        BankHolidayFileError: wrong headings, no real date, a date twice or on a weekend, no rows,
            or a year without a holiday in between.
    """
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    if not lines or tuple(lines[0]) != HEADINGS:
        raise BankHolidayFileError(f"Row 1: the headings must be {', '.join(HEADINGS)}.")
    days: set[date] = set()
    for row, line in enumerate(lines[1:], start=2):
        if not any(line):
            continue
        try:
            day = date.fromisoformat(line[0].strip())
        except ValueError as error:
            raise BankHolidayFileError(
                f"Row {row}: {line[0]!r} is not a date. Enter it as 2026-12-25."
            ) from error
        if day in days:
            raise BankHolidayFileError(f"Row {row}: {day} is there twice. Remove one row.")
        if day.weekday() >= 5:
            # In England a holiday that falls on a weekend has a substitute day in the week.
            raise BankHolidayFileError(
                f"Row {row}: {day} is a weekend day. Enter the substitute day instead."
            )
        days.add(day)
    if not days:
        raise BankHolidayFileError("The file has headings but no bank holidays. Add them.")
    years = {day.year for day in days}
    if missing := sorted(set(range(min(years), max(years) + 1)) - years):
        raise BankHolidayFileError(f"The year {missing[0]} has no bank holidays. Add them.")
    return BankHolidays(days=frozenset(days), first_year=min(years), last_year=max(years))
