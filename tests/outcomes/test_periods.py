"""Periods read from the labels of Fingertips."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.periods import Period, PeriodError, PeriodKind, YearType, periods_overlap, read_period


@pytest.mark.parametrize(
    ("label", "sortable", "start", "end", "kind"),
    [
        ("2015", "20150000", "2015-01-01", "2016-01-01", PeriodKind.CALENDAR_YEAR),
        ("2015 - 17", "20150000", "2015-01-01", "2018-01-01", PeriodKind.CALENDAR_YEARS),
        ("2015-17", "20150000", "2015-01-01", "2018-01-01", PeriodKind.CALENDAR_YEARS),
        ("2006 - 07", "20060000", "2006-01-01", "2008-01-01", PeriodKind.CALENDAR_YEARS),
        ("2015 - 19", "20150000", "2015-01-01", "2020-01-01", PeriodKind.CALENDAR_YEARS),
        ("1999 - 01", "19990000", "1999-01-01", "2002-01-01", PeriodKind.CALENDAR_YEARS),
        ("2015/16", "20150000", "2015-04-01", "2016-04-01", PeriodKind.FINANCIAL_YEAR),
        ("1999/00", "19990000", "1999-04-01", "2000-04-01", PeriodKind.FINANCIAL_YEAR),
        ("2014/15 - 16/17", "20140000", "2014-04-01", "2017-04-01", PeriodKind.FINANCIAL_YEARS),
        ("2014/15 - 2016/17", "20140000", "2014-04-01", "2017-04-01", PeriodKind.FINANCIAL_YEARS),
        ("2024 Q1", "20240100", "2024-01-01", "2024-04-01", PeriodKind.QUARTER),
        ("2024/25 Q2", "20240200", "2024-07-01", "2024-10-01", PeriodKind.QUARTER),
        ("2024/25 Q4", "20240400", "2025-01-01", "2025-04-01", PeriodKind.QUARTER),
        ("2006/07 Q1-Q3", "20060300", "2006-04-01", "2007-01-01", PeriodKind.QUARTERS),
        ("2006/07 Q2 - 2007/08 Q1", "20060200", "2006-07-01", "2007-07-01", PeriodKind.QUARTERS),
        ("2006 Q4 - 2007 Q3", "20060400", "2006-10-01", "2007-10-01", PeriodKind.QUARTERS),
        ("Jan 2024", "20240001", "2024-01-01", "2024-02-01", PeriodKind.MONTH),
        ("Dec 2024", "20240012", "2024-12-01", "2025-01-01", PeriodKind.MONTH),
        ("Feb 2010", "20090011", "2010-02-01", "2010-03-01", PeriodKind.MONTH),
        ("Aug 2006 - Jul 2007", "20060000", "2006-08-01", "2007-08-01", PeriodKind.MONTHS),
    ],
)
def test_a_published_label_names_its_days(label, sortable, start, end, kind):
    period = read_period(label=label, sortable=sortable)

    assert period.start_date == date.fromisoformat(start)
    assert period.end_date == date.fromisoformat(end)
    assert period.kind == kind
    assert period.label == label
    assert period.key == f"{start}/{end}"


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("2025-2026", "2025-2026 is not a period we can read. Enter the period as 2025/26."),
        ("2025/27", "2025/27 is not one year. Enter the period as 2025/26."),
        ("2015 - 2017", "2015 - 2017 is not a period we can read. Enter the period as 2015 - 17."),
        (
            "2015-16",
            (
                "2015-16 could mean one financial year or two calendar years. "
                "Enter the period as 2015/16 or 2015 - 16."
            ),
        ),
        ("1815", "The year 1815 is out of range. Enter a year from 1900 to 2100."),
        (
            "Mar 2024 - Jan 2024",
            (
                "Mar 2024 - Jan 2024 ends before it starts. "
                "Enter a period, for example 2015 - 17, 2015/16, 2024 or 2024/25 Q2."
            ),
        ),
        (
            "2001 - 50",
            (
                "2001 - 50 is longer than 10 years. "
                "Enter a period, for example 2015 - 17, 2015/16, 2024 or 2024/25 Q2."
            ),
        ),
        (
            "last year",
            (
                "This is not a period we can read. "
                "Enter a period, for example 2015 - 17, 2015/16, 2024 or 2024/25 Q2."
            ),
        ),
        (
            "  ",
            (
                "The period is empty. "
                "Enter a period, for example 2015 - 17, 2015/16, 2024 or 2024/25 Q2."
            ),
        ),
    ],
)
def test_a_label_that_names_no_period_is_refused_with_what_to_enter(label, message):
    with pytest.raises(PeriodError) as refused:
        read_period(label=label)

    assert str(refused.value) == message


@pytest.mark.parametrize("label", ["Mar-26", "26-Mar", "46113", "01/04/2026", "2026-04-01"])
def test_a_period_that_excel_turned_into_a_date_is_said_to_be_one(label):
    with pytest.raises(PeriodError) as refused:
        read_period(label=label)

    assert str(refused.value) == (
        f"{label} is a date, not a period. Enter the period as 2025/26. "
        "Excel has turned the period into a date. Format the column as Text."
    )


@pytest.mark.parametrize(
    ("label", "sortable"),
    [
        ("2015 - 17", "20160000"),
        ("2015 - 17", "2015"),
        ("2015 - 17", "20150100"),
        ("2015/16", "20140000"),
        ("2024/25 Q2", "20240300"),
        ("2024 Q2", "20230200"),
        ("Jun 2024", "20220006"),
        ("2015", "٢٠١٥٠٠٠٠"),
    ],
)
def test_a_label_that_disagrees_with_its_sortable_is_refused(label, sortable):
    with pytest.raises(PeriodError) as refused:
        read_period(label=label, sortable=sortable)

    assert refused.value.message == (
        f"The period {label} does not match Time period Sortable ({sortable})."
    )


def test_an_academic_year_starts_in_september():
    period = read_period(label="2023/24", sortable="20230000", year_type=YearType.ACADEMIC)

    assert period.start_date == date(2023, 9, 1)
    assert period.end_date == date(2024, 9, 1)
    assert period.kind == PeriodKind.ACADEMIC_YEAR


def test_two_spellings_of_the_same_days_are_one_period():
    spaced = read_period(label="2015 - 17")
    close = read_period(label=" 2015-17 ")

    assert spaced == close
    assert hash(spaced) == hash(close)
    assert spaced.key == close.key


def test_periods_are_ordered_by_start_then_end():
    labels = ["2016 - 18", "2015/16", "2015", "2015 - 17"]

    ordered = sorted(read_period(label=label) for label in labels)

    assert [period.label for period in ordered] == ["2015", "2015 - 17", "2015/16", "2016 - 18"]


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("2015 - 17", "2017 - 19", True),
        ("2015 - 17", "2018 - 20", False),
        ("2015/16", "2016", True),
        ("2015/16", "2016/17", False),
    ],
)
def test_periods_overlap_when_they_share_a_day(one, other, overlap):
    first, second = read_period(label=one), read_period(label=other)

    assert periods_overlap(one=first, other=second) is overlap
    assert periods_overlap(one=second, other=first) is overlap


def test_the_last_day_is_inside_the_period():
    period = read_period(label="2022 - 24")

    assert period.last_date == date(2024, 12, 31)
    assert period.months == 36


@settings(deadline=None)
@given(label=st.text(max_size=60), sortable=st.none() | st.text(max_size=10))
def test_any_text_is_a_period_or_is_refused_by_name(label, sortable):
    try:
        period = read_period(label=label, sortable=sortable)
    except PeriodError:
        return

    assert isinstance(period, Period)
    assert period.start_date < period.end_date
