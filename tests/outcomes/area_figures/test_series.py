"""Trend, change and overlaps of one series."""

from dataclasses import replace
from datetime import date

import pytest

from outcomes.area_figures import (
    Break,
    ValueScale,
    change_since_earlier,
    overlapping,
    trend_of,
)
from outcomes.stats import Polarity, Trend
from tests.outcomes.area_figures.values import definition, limited, value

RISING = [limited(60.0 + number, first=2015 + number, half=0.3) for number in range(7)]
BREAK = Break(date(2019, 1, 1), "Method", "A new model.")


def test_five_independent_periods_have_a_trend():
    found = trend_of(definition=definition(), values=RISING)

    assert found.words == ("Increasing, getting better: over the latest 5 independent periods")
    assert found.periods == ("2017", "2018", "2019", "2020", "2021")


def test_neither_direction_is_better_without_a_polarity():
    found = trend_of(definition=definition(polarity=Polarity.NO_JUDGEMENT), values=RISING)

    assert found.words == "Increasing: over the latest 5 independent periods"


def test_financial_years_are_years_of_their_own():
    years = [
        one._replace(start_date=date(2015 + n, 4, 1), end_date=date(2016 + n, 4, 1))
        for n, one in enumerate(RISING)
    ]

    assert trend_of(definition=definition(), values=years).trend == Trend.INCREASING


@pytest.mark.parametrize(
    ("values", "rules", "reason"),
    [
        ([], {}, "no value is published"),
        (
            [limited(60.0, first=year, years=3) for year in range(2011, 2023)],
            {},
            "4 independent periods, 5 needed",
        ),
        (
            RISING[:2],
            {"trend_eligible": False},
            "2 independent periods, 5 needed; this indicator is not marked as fit for a trend",
        ),
        (RISING, {"trend_eligible": False, "trend_text": "No trend."}, "no trend"),
        (
            RISING,
            {"breaks": (BREAK,)},
            "3 independent periods, 5 needed, counted since the break of 1 January 2019",
        ),
        (
            [value(50.0, first=year) for year in range(2015, 2022)],
            {},
            "a confidence limit is missing, or both are the same",
        ),
        (
            [value(50.0, first=year) for year in range(2015, 2022)],
            {"scale": ValueScale.PROPORTION},
            "a count is missing, nought or everybody",
        ),
    ],
)
def test_no_trend_says_why(values, rules, reason):
    found = trend_of(definition=definition(**rules), values=values)

    assert found.words == f"Cannot be calculated: {reason}"


def test_quarters_have_no_trend():
    quarter = RISING[0]._replace(end_date=date(2015, 4, 1))

    found = trend_of(definition=definition(), values=[quarter])

    assert found.reason == "the periods are not whole years"


def test_a_break_before_the_series_is_none():
    early = replace(BREAK, starts_on=date(2010, 1, 1))

    assert trend_of(definition=definition(breaks=(early,)), values=RISING).trend == Trend.INCREASING


def test_a_break_after_the_series_is_none_yet():
    late = replace(BREAK, starts_on=date(2030, 1, 1))

    assert trend_of(definition=definition(breaks=(late,)), values=RISING).trend == Trend.INCREASING


def test_published_values_are_not_mixed_with_computed_ones():
    computed = [one._replace(computed_from=("Ashby",)) for one in RISING[:4]]

    found = trend_of(definition=definition(), values=[*computed, *RISING[4:]])

    assert found.reason == "3 independent periods, 5 needed"


def test_the_worked_example_of_two_periods():
    # docs/methods/change-between-periods.md: 64 (63 to 65) after 61 (60 to 62) has a z of 4.16.
    found = change_since_earlier(
        definition=definition(), values=[limited(61.0, first=2020), limited(64.0)], places=0
    )

    assert found.words == (
        "Increased since 2020, which is better: 64 after 61 in 2020; "
        "chance alone seldom makes such a difference (z 4.16 is beyond ±1.96)"
    )


def test_a_change_within_chance_is_none():
    found = change_since_earlier(
        definition=definition(), values=[limited(61.0, first=2020), limited(61.5)], places=1
    )

    assert found.label == "No significant change since 2020"
    assert found.difference == pytest.approx(0.5)


def test_a_share_is_tested_on_the_scale_of_shares():
    values = [
        value(10.0, first=2020, lower_95=9.0, upper_95=11.1),
        value(14.0, lower_95=12.8, upper_95=15.3),
    ]
    percent = definition(scale=ValueScale.PROPORTION, multiplier=100, polarity=Polarity.LOW_IS_GOOD)

    found = change_since_earlier(definition=percent, values=values, places=1)

    assert found.label == "Increased since 2020, which is worse"


@pytest.mark.parametrize(
    ("values", "rules", "words"),
    [
        (
            [limited(61.0)],
            {},
            "Not compared: no earlier period that shares no year with the latest",
        ),
        (
            [limited(61.0, first=2021, years=3), limited(62.0, first=2022, years=3)],
            {},
            "Not compared: no earlier period that shares no year with the latest",
        ),
        (
            [limited(61.0, first=2018), limited(62.0, first=2020)],
            {"breaks": (BREAK,)},
            "Not compared: a break lies between: A new model",
        ),
        (
            [value(61.0, first=2018), value(62.0, first=2020)],
            {},
            "Not tested since 2018: 62 after 61 in 2018; 95% limits were not published for both",
        ),
    ],
)
def test_what_is_not_tested_says_why(values, rules, words):
    found = change_since_earlier(definition=definition(**rules), values=values, places=0)

    assert found.words == words


def test_a_period_that_shares_days_with_the_one_before_overlaps():
    rolling = [limited(60.0, first=year, years=3) for year in (2011, 2012, 2015)]

    assert overlapping(values=rolling) == {rolling[1].key}
