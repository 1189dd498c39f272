"""The calendar that the project ships."""

from datetime import date

from duty.bank_holidays import england


def test_the_calendar_knows_the_rounds_of_the_coming_years():
    calendar = england()

    assert date(2026, 12, 25) in calendar.days
    assert calendar.covers(day=date(2027, 12, 31))
