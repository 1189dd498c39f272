"""Labels by the indicator's own rule, with the numbers behind them."""

import pytest

from outcomes.area_figures import (
    ComparisonRule,
    ValueScale,
    against_benchmark,
    among_areas,
    decimals,
    number_words,
)
from outcomes.models import BenchmarkMethod, Scale
from outcomes.stats import Comparison, Polarity
from tests.outcomes.area_figures.values import definition, limited, value

ENGLAND = value(61.4)


def against(one, *, benchmark=ENGLAND, **rules):
    return against_benchmark(
        definition=definition(**rules), value=one, benchmark=benchmark, name="England", places=1
    )


@pytest.mark.parametrize(
    ("number", "polarity", "words"),
    [
        (60.0, Polarity.HIGH_IS_GOOD, "Worse than England: the upper 95% limit 61.0 is below"),
        (60.0, Polarity.LOW_IS_GOOD, "Better than England: the upper 95% limit 61.0 is below"),
        (60.0, Polarity.NO_JUDGEMENT, "Lower than England: the upper 95% limit 61.0 is below"),
        (63.0, Polarity.HIGH_IS_GOOD, "Better than England: the lower 95% limit 62.0 is above"),
        (61.0, Polarity.HIGH_IS_GOOD, "Similar to England: the 95% limits 60.0 to 62.0 include"),
    ],
)
def test_the_limits_decide(number, polarity, words):
    assert against(limited(number), polarity=polarity).words == f"{words} 61.4"


def test_limits_that_touch_the_benchmark_are_similar():
    touching = value(60.4, lower_95=59.4, upper_95=61.4)

    found = against(touching)

    assert found.words == "Similar to England: the 95% limits 59.4 to 61.4 include 61.4"


def test_more_digits_are_shown_where_it_takes_them():
    found = against(limited(60.41, half=0.97))

    assert found.words == "Worse than England: the upper 95% limit 61.38 is below 61.40"


def test_the_higher_level_is_asked_where_it_is_the_rule():
    wide = value(60.0, lower_95=59.0, upper_95=61.0, lower_998=58.4, upper_998=61.6)

    found = against(wide, rule=ComparisonRule.LIMITS_998)

    assert found.words == "Similar to England: the 99.8% limits 58.4 to 61.6 include 61.4"


@pytest.mark.parametrize(
    ("upper_998", "label"),
    [
        (61.6, "Worse than England at 95%, similar at 99.8%"),
        (61.2, "Worse than England at 99.8%"),
        (None, "Worse than England at 95%"),
    ],
)
def test_with_both_levels_the_label_says_which(upper_998, label):
    lower_998 = None if upper_998 is None else 58.0
    one = value(60.0, lower_95=59.0, upper_95=61.0, lower_998=lower_998, upper_998=upper_998)

    assert against(one, rule=ComparisonRule.LIMITS_BOTH).label == label


@pytest.mark.parametrize(
    ("one", "benchmark", "rules", "reason"),
    [
        (None, ENGLAND, {}, "the value is not published"),
        (value(None, note="suppressed"), ENGLAND, {}, "the value is suppressed"),
        (limited(60.0), None, {}, "the value of England is not published"),
        (value(60.0), ENGLAND, {}, "no 95% limits were published"),
        (
            limited(60.0),
            ENGLAND,
            {"rule": ComparisonRule.LIMITS_998},
            "no 99.8% limits were published",
        ),
        (
            limited(60.0),
            ENGLAND,
            {"rule": ComparisonRule.NONE},
            "no rule of comparison is set for this indicator",
        ),
    ],
)
def test_what_is_not_compared_says_why(one, benchmark, rules, reason):
    found = against(one, benchmark=benchmark, **rules)

    assert found.words == f"Not compared: {reason}"
    assert found.comparison == Comparison.NOT_COMPARED


def test_fifths_say_where_and_never_better_or_worse():
    found = among_areas(values=[5.0, 4.0, 3.0, None, 2.0, 1.0], what="councils")

    assert [one.label for one in found] == [
        "Highest fifth",
        "Second highest fifth",
        "Middle fifth",
        "Not compared",
        "Second lowest fifth",
        "Lowest fifth",
    ]
    assert found[0].reason == "by rank among the values of 5 councils"


def test_fewer_than_five_values_have_no_fifths():
    found = among_areas(values=[5.0, None, 3.0], what="councils")

    assert {one.words for one in found} == {
        "Not compared: 2 areas have a value, 5 needed for fifths"
    }


def test_the_words_of_the_catalogue_are_known_here():
    assert set(BenchmarkMethod.values) == {one.value for one in ComparisonRule}
    assert set(Scale.values) == {one.value for one in ValueScale}


@pytest.mark.parametrize(
    ("numbers", "scale", "places"),
    [
        ([60.0, 61.0], ValueScale.YEARS, 0),
        ([60.0, 61.25], ValueScale.YEARS, 1),
        ([1.04, None], ValueScale.RATIO, 2),
        ([], ValueScale.RATE, 0),
    ],
)
def test_a_page_shows_as_many_digits_as_it_takes(numbers, scale, places):
    assert decimals(values=[value(one) for one in numbers], scale=scale) == places


def test_a_minus_is_a_minus_and_nought_has_none():
    assert number_words(value=-1234.5, places=1) == "−1,234.5"
    assert number_words(value=-0.01, places=1) == "0.0"
