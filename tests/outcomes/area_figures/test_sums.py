"""Sums over the areas that a new one is made of."""

import math
from dataclasses import replace

import pytest

from outcomes.area_figures import AreaValue, Part, SumRefused, ValueScale, summed
from tests.outcomes.area_figures.values import definition, value

PERCENT = definition(scale=ValueScale.PROPORTION, multiplier=100)
RATE = definition(scale=ValueScale.RATE, multiplier=100_000)
ASHBY = Part("Ashby", value(10.0, count=100, denominator=1_000))
BARROW = Part("Barrow", value(20.0, count=600, denominator=3_000))


def plain_wilson(count, total, z):
    """Wilson's limits, written out as in Newcombe (1998), method 3."""
    p, q = count / total, 1 - count / total
    root = z * math.sqrt(z * z + 4 * total * p * q)
    scale = 2 * (total + z * z)
    return (2 * total * p + z * z - root) / scale, (2 * total * p + z * z + root) / scale


def test_a_proportion_is_all_counts_over_all_denominators():
    made = summed(definition=PERCENT, parts=[ASHBY, BARROW])

    lower, upper = plain_wilson(700, 4_000, 1.959963984540054)
    assert isinstance(made, AreaValue)
    assert made.value == pytest.approx(17.5)
    assert (made.lower_95, made.upper_95) == pytest.approx((lower * 100, upper * 100))
    assert made.count == 700
    assert made.denominator == 4_000
    assert made.computed_from == ("Ashby", "Barrow")
    assert made.is_computed
    assert made.release_id is None


def test_it_is_no_mean_of_the_values():
    made = summed(definition=PERCENT, parts=[ASHBY, BARROW])

    assert made.value != pytest.approx(15.0)


def test_a_rate_has_byars_limits():
    parts = [
        Part("Ashby", value(50.0, count=50, denominator=100_000)),
        Part("Barrow", value(25.0, count=50, denominator=200_000)),
    ]

    made = summed(definition=RATE, parts=parts)

    # Byar's limits of 100 events, as in Breslow & Day (1987), table 2.10: 81.4 to 121.6.
    assert made.value == pytest.approx(100 / 3)
    assert made.lower_95 * 3 == pytest.approx(81.36, abs=0.01)
    assert made.upper_95 * 3 == pytest.approx(121.63, abs=0.01)


@pytest.mark.parametrize("scale", [ValueScale.YEARS, ValueScale.RATIO, ValueScale.INDEX])
def test_other_scales_are_never_added_up(scale):
    refused = summed(definition=replace(PERCENT, scale=scale), parts=[ASHBY, BARROW])

    assert refused == SumRefused("only proportions and rates can be added up")


def test_without_a_multiplier_nothing_is_computed():
    refused = summed(definition=replace(PERCENT, multiplier=None), parts=[ASHBY])

    assert refused == SumRefused("the indicator’s multiplier is not described")


def test_without_parts_nothing_is_computed():
    assert isinstance(summed(definition=PERCENT, parts=[]), SumRefused)


@pytest.mark.parametrize(
    ("barrow", "reason"),
    [
        (None, "the value of Barrow is not published"),
        (value(None, note="suppressed"), "the value of Barrow is suppressed"),
        (value(None, note="missing", count=1, denominator=2), "the value of Barrow is missing"),
        (value(20.0, denominator=3_000), "no count or no denominator is published for Barrow"),
        (value(20.0, count=600), "no count or no denominator is published for Barrow"),
        (
            value(20.0, count=600, denominator=3_000, note="estimated"),
            "the value of Barrow is estimated or not reliable",
        ),
        (
            value(120.0, count=36, denominator=30),
            "the count of Barrow is above its denominator",
        ),
        (
            value(26.0, count=600, denominator=3_000),
            "the value of Barrow is not its count over its denominator, so it may be standardised",
        ),
        (
            value(20.0, count=600, denominator=3_000, first=2021),
            "the values are of different periods",
        ),
    ],
)
def test_one_part_that_lacks_something_is_enough_for_none(barrow, reason):
    refused = summed(definition=PERCENT, parts=[ASHBY, Part("Barrow", barrow)])

    assert refused == SumRefused(reason)


def test_a_value_may_differ_by_the_rounding_of_its_count():
    # 602 of 3,000 were counted, and 600 published: 20.07% beside 600 / 3,000 = 20.00%.
    rounded = Part("Barrow", value(20.0667, count=600, denominator=3_000))

    assert isinstance(summed(definition=PERCENT, parts=[ASHBY, rounded]), AreaValue)


def test_what_is_provisional_in_part_is_provisional():
    assert BARROW.value is not None
    provisional = Part("Barrow", BARROW.value._replace(provisional=True))

    assert summed(definition=PERCENT, parts=[ASHBY, provisional]).provisional


def test_nothing_counted_anywhere_is_nought_and_no_fault():
    parts = [Part("Ashby", value(0.0, count=0, denominator=1_000))]

    made = summed(definition=PERCENT, parts=parts)

    assert (made.value, made.lower_95) == (0.0, 0.0)
    assert made.upper_95 > 0
