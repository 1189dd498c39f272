from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty import deadlines
from duty.deadlines import (
    BankHolidayFileError,
    BankHolidays,
    CalendarTooShortError,
    NaiveInstantError,
    closes_at,
    days_left,
    is_overdue,
    london_date,
    read_bank_holidays,
    working_day_after,
    working_days_left,
)

SHIPPED = Path(deadlines.__file__).parent / "configuration" / "bank_holidays_england.csv"


@pytest.fixture(name="england", scope="module")
def _england() -> BankHolidays:
    return read_bank_holidays(text=SHIPPED.read_text(encoding="utf-8"))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("closing", "instant"),
    [
        (date(2026, 3, 28), "2026-03-29T00:00"),  # the last whole winter day
        (date(2026, 3, 29), "2026-03-29T23:00"),  # clocks go forward: 23 hours long
        (date(2026, 6, 30), "2026-06-30T23:00"),
        (date(2026, 10, 24), "2026-10-24T23:00"),
        (date(2026, 10, 25), "2026-10-26T00:00"),  # clocks go back: 25 hours long
        (date(2026, 12, 31), "2027-01-01T00:00"),
    ],
)
def test_a_closing_day_ends_at_midnight_in_london(closing: date, instant: str) -> None:
    assert closes_at(closing_date=closing) == utc(instant)
    assert closes_at(closing_date=closing).tzinfo is UTC


@pytest.mark.parametrize(
    ("closing", "instant", "overdue"),
    [
        (date(2026, 3, 29), "2026-03-29T22:59:59.999999", False),
        (date(2026, 3, 29), "2026-03-29T23:00:00", True),
        (date(2026, 10, 25), "2026-10-25T23:59:59.999999", False),
        (date(2026, 10, 25), "2026-10-26T00:00:00", True),
        (date(2026, 3, 28), "2026-03-28T23:59:59.999999", False),
        (date(2026, 3, 28), "2026-03-29T00:00:00", True),
        (date(2026, 10, 24), "2026-10-24T22:59:59.999999", False),
        (date(2026, 10, 24), "2026-10-24T23:00:00", True),
    ],
)
def test_overdue_begins_with_the_first_instant_after_the_closing_day(
    closing: date, instant: str, overdue: bool
) -> None:
    now = utc(instant)

    assert is_overdue(closing_date=closing, submitted=False, now=now) is overdue
    assert is_overdue(closing_date=closing, submitted=True, now=now) is False
    assert (now >= closes_at(closing_date=closing)) is overdue


@given(
    st.dates(date(2000, 1, 1), date(2035, 1, 1)),
    st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 strategy bounds are naive
)
def test_the_instant_and_the_flag_agree(closing: date, naive: datetime) -> None:
    now = naive.replace(tzinfo=UTC)

    overdue = is_overdue(closing_date=closing, submitted=False, now=now)

    assert overdue == (now >= closes_at(closing_date=closing))
    assert overdue == (days_left(closing_date=closing, now=now) < 0)


@pytest.mark.parametrize(
    ("instant", "left"),
    [
        ("2026-10-23T22:59", 2),
        ("2026-10-23T23:00", 1),
        ("2026-10-25T12:00", 0),
        ("2026-10-26T00:00", -1),
    ],
)
def test_days_left_are_counted_in_london_days(instant: str, left: int) -> None:
    assert days_left(closing_date=date(2026, 10, 25), now=utc(instant)) == left


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = utc("2026-10-25T12:00").replace(tzinfo=None)

    with pytest.raises(NaiveInstantError):
        london_date(now=naive)


def easter_sunday(year: int) -> date:
    """Meeus, Jones and Butcher's rule for the Gregorian calendar."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    quarter, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - quarter - correction + 15) % 30
    leaps, left = divmod(in_century, 4)
    weekday = (32 + 2 * rest + 2 * leaps - moon - left) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def in_the_week(day: date, taken: set[date]) -> date:
    while day.weekday() >= 5 or day in taken:
        day += timedelta(days=1)
    return day


def holidays_by_rule(year: int) -> set[date]:
    easter = easter_sunday(year)
    christmas = in_the_week(date(year, 12, 25), set())
    return {
        in_the_week(date(year, 1, 1), set()),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        monday_from(date(year, 5, 1)),
        monday_from(date(year, 5, 25)),
        monday_from(date(year, 8, 25)),
        christmas,
        in_the_week(date(year, 12, 26), {christmas}),
    }


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2028])
def test_the_shipped_holidays_agree_with_the_rules_that_make_them(
    england: BankHolidays, year: int
) -> None:
    shipped = {day for day in england.days if day.year == year}

    assert shipped == holidays_by_rule(year)


@pytest.mark.parametrize(
    ("from_", "until", "left"),
    [
        (date(2026, 4, 2), date(2026, 4, 7), 1),  # Maundy Thursday to the Tuesday after Easter
        (date(2026, 11, 23), date(2026, 11, 27), 4),
        (date(2026, 11, 27), date(2026, 11, 30), 1),
        (date(2026, 11, 28), date(2026, 11, 29), 0),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 12, 24), date(2027, 1, 4), 4),  # 29, 30, 31 December and 4 January
        (date(2026, 11, 27), date(2026, 11, 23), -4),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(
    england: BankHolidays, from_: date, until: date, left: int
) -> None:
    assert working_days_left(until=until, from_=from_, bank_holidays=england) == left


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 4, 8), -5, date(2026, 3, 30)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 11, 23), 15, date(2026, 12, 14)),
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
    ],
)
def test_a_working_day_some_days_off(
    england: BankHolidays, day: date, count: int, expected: date
) -> None:
    assert working_day_after(day=day, count=count, bank_holidays=england) == expected


def test_a_year_without_known_holidays_is_refused_and_not_guessed(england: BankHolidays) -> None:
    with pytest.raises(CalendarTooShortError, match=r"2029 are not known.*2025 to 2028"):
        working_days_left(until=date(2029, 1, 2), from_=date(2028, 12, 29), bank_holidays=england)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Row 1: the headings must be date, name, source"),
        ("date,name,source\n", "no bank holidays"),
        ("date,name,source\n25/12/2026,Christmas,x\n", "Row 2: '25/12/2026' is not a date"),
        ("date,name,source\n2026-02-30,No,x\n", "Row 2: '2026-02-30' is not a date"),
        ("date,name,source\n2026-12-26,Boxing,x\n", "Row 2: 2026-12-26 is a weekend day"),
        (
            "date,name,source\n2026-12-25,C,x\n\n2026-12-25,C,x\n",
            "Row 4: 2026-12-25 is there twice",
        ),
        ("date,name,source\n2026-12-25,C,x\n2028-12-25,C,x\n", "The year 2027 has no bank"),
    ],
)
def test_a_file_with_a_fault_is_refused(text: str, message: str) -> None:
    with pytest.raises(BankHolidayFileError, match=message):
        read_bank_holidays(text=text)
