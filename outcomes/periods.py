"""Periods that a figure stands for, read from the labels that Fingertips publishes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

# The labels are those that the Fingertips formatter writes for each type of year.
# Source: ukhsa-collaboration/fingertips-open, FormattingTest/TimePeriodFormatterTest.cs.

EARLIEST_YEAR = 1900
LATEST_YEAR = 2100
LONGEST_YEARS = 10
LONGEST_LABEL = 40

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_NUMBERS = {name.casefold(): number for number, name in enumerate(_MONTHS, start=1)}
_EXAMPLES = "for example 2015 - 17, 2015/16, 2024 or 2024/25 Q2"
_EXCEL = "Excel has turned the period into a date. Format the column as Text."


class PeriodKind(StrEnum):
    """The type of period that a label names."""

    CALENDAR_YEAR = "calendar year"
    CALENDAR_YEARS = "calendar years"
    FINANCIAL_YEAR = "financial year"
    FINANCIAL_YEARS = "financial years"
    ACADEMIC_YEAR = "academic year"
    ACADEMIC_YEARS = "academic years"
    QUARTER = "quarter"
    QUARTERS = "quarters"
    MONTH = "month"
    MONTHS = "months"


class YearType(StrEnum):
    """What 2015/16 means: the label is the same for both, the months are not."""

    FINANCIAL = "financial"
    ACADEMIC = "academic"


class PeriodError(ValueError):
    """A label that names no period, or more than one; the fix says what to enter."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(f"{message} {fix}")
        self.message = message
        self.fix = fix


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A stretch of whole months, from start_date inclusive to end_date exclusive.

    Two periods are equal when they cover the same days, however they are labelled;
    they are ordered by their start, then by their end.
    """

    start_date: date
    end_date: date
    kind: PeriodKind = field(compare=False)
    label: str = field(compare=False)

    @property
    def key(self) -> str:
        """Return the same text for the same days: '2015-01-01/2018-01-01'."""
        return f"{self.start_date.isoformat()}/{self.end_date.isoformat()}"

    @property
    def last_date(self) -> date:
        """Return the last day inside the period."""
        return self.end_date - timedelta(days=1)

    @property
    def months(self) -> int:
        """Return the length in months."""
        years = self.end_date.year - self.start_date.year
        return years * 12 + self.end_date.month - self.start_date.month


def periods_overlap(*, one: Period, other: Period) -> bool:
    """Return whether the two periods share at least one day."""
    return one.start_date < other.end_date and other.start_date < one.end_date


def read_period(
    *, label: str, sortable: str | None = None, year_type: YearType = YearType.FINANCIAL
) -> Period:
    """Return the period that a published label names.

    Args:
        label: the label as published, such as '2015 - 17' or '2024/25 Q1'.
        sortable: the cell 'Time period Sortable' beside it (20150000), or None or empty
            where there is none. It must agree with the label.
        year_type: what 2015/16 means; the label of an academic year is the same.

    Returns:
        The period, with its label trimmed but otherwise as published.

    Raises:
        PeriodError: the label names no period, could name two, or disagrees with sortable.

    Source: labels as in fingertips-open, TimePeriodFormatterTest.cs; an academic year runs
    from 1 September to 31 August, a financial year from 1 April to 31 March.
    """
    text = " ".join(label.split())
    if not text:
        raise PeriodError("The period is empty.", f"Enter a period, {_EXAMPLES}.")
    if len(text) <= LONGEST_LABEL:
        for pattern, read in _READERS:
            if match := pattern.fullmatch(text):
                period = read(match, text, year_type)
                _check_span(period)
                _check_sortable(period, sortable)
                return period
    raise _unreadable(text)


def _unreadable(text: str) -> PeriodError:
    if _EXCEL_DATE.fullmatch(text):
        return PeriodError(f"{text} is a date, not a period.", f"{_enter()} {_EXCEL}")
    if match := re.fullmatch(r"([0-9]{4}) ?[-–/] ?([0-9]{4})", text):
        first, last = int(match[1]), int(match[2])
        if last == first + 1:
            return PeriodError(f"{text} is not a period we can read.", _enter(_slash(first)))
        if last > first:
            return PeriodError(
                f"{text} is not a period we can read.", _enter(f"{first} - {last % 100:02d}")
            )
    return PeriodError("This is not a period we can read.", f"Enter a period, {_EXAMPLES}.")


def _enter(example: str = "2025/26") -> str:
    return f"Enter the period as {example}."


def _slash(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def _year(text: str) -> int:
    year = int(text)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise PeriodError(
            f"The year {year} is out of range.",
            f"Enter a year from {EARLIEST_YEAR} to {LATEST_YEAR}.",
        )
    return year


def _slash_year(text: str, ending: str) -> int:
    year = _year(text)
    if (year + 1) % 100 != int(ending):
        raise PeriodError(f"{text}/{ending} is not one year.", _enter(_slash(year)))
    return year


def _full_year(first: int, text: str) -> int:
    """Return the year that '17' means after 2015, across the turn of a century too."""
    if len(text) == 4:
        return _year(text)
    last = first - first % 100 + int(text)
    return last if last >= first else last + 100


def _first_of(year: int, month: int) -> date:
    """Return the first of a month; months beyond 12 run into the years after."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _start_month(year_type: YearType) -> int:
    return 9 if year_type is YearType.ACADEMIC else 4


def _check_span(period: Period) -> None:
    if period.end_date <= period.start_date:
        raise PeriodError(f"{period.label} ends before it starts.", f"Enter a period, {_EXAMPLES}.")
    if period.months > LONGEST_YEARS * 12:
        raise PeriodError(
            f"{period.label} is longer than {LONGEST_YEARS} years.",
            f"Enter a period, {_EXAMPLES}.",
        )


def _check_sortable(period: Period, sortable: str | None) -> None:
    """Refuse a 'Time period Sortable' that names other years than the label.

    It is YYYYQQMM: the year in which the year or quarter of the label starts, then the quarter,
    then the month, 00 where there is none. Quarters and months are counted in the calendar or
    from the start of the year of that indicator, which the label does not tell, so only the year
    is held against them, and the quarter where the label is a single quarter.
    """
    text = (sortable or "").strip()
    if not text:
        return
    start = period.start_date
    years = {start.year}
    if start.month < 9:
        # Months and quarters of a financial or academic year are filed under the year before.
        years |= {start.year - 1} if period.kind in _PARTS_OF_YEARS else set()
    fits = re.fullmatch(r"[0-9]{8}", text) is not None and int(text[:4]) in years
    if fits and period.kind is PeriodKind.QUARTER:
        fits = text == f"{period.label[:4]}{int(period.label[-1]):02d}00"
    elif fits and period.kind not in _PARTS_OF_YEARS:
        fits = text[4:] == "0000"
    if not fits:
        raise PeriodError(
            f"The period {period.label} does not match Time period Sortable ({text[:50]}).",
            "Correct the one that is wrong, or leave Time period Sortable empty.",
        )


_PARTS_OF_YEARS = frozenset(
    {PeriodKind.QUARTER, PeriodKind.QUARTERS, PeriodKind.MONTH, PeriodKind.MONTHS}
)


def _calendar_year(match: re.Match[str], label: str, year_type: YearType) -> Period:
    year = _year(match[1])
    return Period(date(year, 1, 1), date(year + 1, 1, 1), PeriodKind.CALENDAR_YEAR, label)


def _calendar_years(match: re.Match[str], label: str, year_type: YearType) -> Period:
    first = _year(match[1])
    last = _full_year(first, match[3])
    spaced = match[2].startswith(" ") and match[2].endswith(" ")
    if last == first + 1 and not spaced:
        raise PeriodError(
            f"{label} could mean one financial year or two calendar years.",
            f"Enter the period as {_slash(first)} or {first} - {last % 100:02d}.",
        )
    return Period(date(first, 1, 1), date(last + 1, 1, 1), PeriodKind.CALENDAR_YEARS, label)


def _split_year(match: re.Match[str], label: str, year_type: YearType) -> Period:
    year, month = _slash_year(match[1], match[2]), _start_month(year_type)
    academic = year_type is YearType.ACADEMIC
    kind = PeriodKind.ACADEMIC_YEAR if academic else PeriodKind.FINANCIAL_YEAR
    return Period(date(year, month, 1), date(year + 1, month, 1), kind, label)


def _split_years(match: re.Match[str], label: str, year_type: YearType) -> Period:
    first, month = _slash_year(match[1], match[2]), _start_month(year_type)
    last = _slash_year(str(_full_year(first, match[3])), match[4])
    academic = year_type is YearType.ACADEMIC
    kind = PeriodKind.ACADEMIC_YEARS if academic else PeriodKind.FINANCIAL_YEARS
    return Period(date(first, month, 1), date(last + 1, month, 1), kind, label)


def _quarter_start(year: str, ending: str | None, quarter: str, year_type: YearType) -> date:
    """Return the first day of a quarter of a calendar year, or of a split year."""
    if ending is None:
        return _first_of(_year(year), 3 * int(quarter) - 2)
    first_month = _start_month(year_type)
    return _first_of(_slash_year(year, ending), first_month + 3 * (int(quarter) - 1))


def _three_months_after(start: date) -> date:
    return _first_of(start.year, start.month + 3)


def _quarter(match: re.Match[str], label: str, year_type: YearType) -> Period:
    start = _quarter_start(match[1], match[2], match[3], year_type)
    return Period(start, _three_months_after(start), PeriodKind.QUARTER, label)


def _quarters_of_year(match: re.Match[str], label: str, year_type: YearType) -> Period:
    start = _quarter_start(match[1], match[2], match[3], year_type)
    last = _quarter_start(match[1], match[2], match[4], year_type)
    return Period(start, _three_months_after(last), PeriodKind.QUARTERS, label)


def _quarters(match: re.Match[str], label: str, year_type: YearType) -> Period:
    start = _quarter_start(match[1], match[2], match[3], year_type)
    last = _quarter_start(match[4], match[5], match[6], year_type)
    return Period(start, _three_months_after(last), PeriodKind.QUARTERS, label)


def _month_start(name: str, year: str) -> date:
    return date(_year(year), _MONTH_NUMBERS[name.casefold()], 1)


def _month(match: re.Match[str], label: str, year_type: YearType) -> Period:
    start = _month_start(match[1], match[2])
    return Period(start, _first_of(start.year, start.month + 1), PeriodKind.MONTH, label)


def _month_range(match: re.Match[str], label: str, year_type: YearType) -> Period:
    start, last = _month_start(match[1], match[2]), _month_start(match[3], match[4])
    return Period(start, _first_of(last.year, last.month + 1), PeriodKind.MONTHS, label)


_YEAR = r"([0-9]{4})"
_SPLIT = r"([0-9]{4})/([0-9]{2})"
_QUARTER = r"([0-9]{4})(?:/([0-9]{2}))? Q([1-4])"
_MONTH = rf"({'|'.join(_MONTHS)}) ([0-9]{{4}})"
_TO = r" ?[-–] ?"

_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str, YearType], Period]], ...] = (
    (re.compile(_YEAR), _calendar_year),
    (re.compile(rf"{_YEAR}({_TO})([0-9]{{2}})"), _calendar_years),
    (re.compile(_SPLIT), _split_year),
    (re.compile(rf"{_SPLIT}{_TO}((?:[0-9]{{2}})?[0-9]{{2}})/([0-9]{{2}})"), _split_years),
    (re.compile(_QUARTER), _quarter),
    (re.compile(rf"{_QUARTER}{_TO}Q([1-4])"), _quarters_of_year),
    (re.compile(rf"{_QUARTER}{_TO}{_QUARTER}"), _quarters),
    (re.compile(_MONTH, re.IGNORECASE), _month),
    (re.compile(rf"{_MONTH}{_TO}{_MONTH}", re.IGNORECASE), _month_range),
)

# 'Mar-26', a day written out, or the serial number of a day (1982 to 2119) that Excel keeps.
_EXCEL_DATE = re.compile(
    rf"(?:{'|'.join(_MONTHS)})-[0-9]{{2}}|[0-9]{{2}}-(?:{'|'.join(_MONTHS)})"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?: 00:00:00)?|[3-7][0-9]{4}",
    re.IGNORECASE,
)
