"""Comparisons in the words of the indicator's polarity."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.stats import (
    Comparison,
    Polarity,
    compare_areas,
    compare_one_with_benchmark,
    compare_with_benchmark,
    compare_with_goal,
)

HIGH, LOW, NONE = Polarity.HIGH_IS_GOOD, Polarity.LOW_IS_GOOD, Polarity.NO_JUDGEMENT


@pytest.mark.parametrize(
    ("polarity", "below", "above"),
    [
        (HIGH, Comparison.WORSE, Comparison.BETTER),
        (LOW, Comparison.BETTER, Comparison.WORSE),
        (NONE, Comparison.LOWER, Comparison.HIGHER),
    ],
)
def test_limits_decide_in_the_words_of_the_polarity(polarity, below, above):
    found = compare_with_benchmark(
        value=[50, 60, 70], lower=[48, 58, 68], upper=[52, 62, 72], benchmark=60, polarity=polarity
    )

    assert list(found) == [below, Comparison.SIMILAR, above]


def test_limits_that_touch_the_benchmark_are_similar():
    found = compare_with_benchmark(
        value=[58, 62], lower=[56, 60], upper=[60, 64], benchmark=60, polarity=HIGH
    )

    assert list(found) == [Comparison.SIMILAR, Comparison.SIMILAR]


def test_what_is_missing_is_not_compared():
    found = compare_with_benchmark(
        value=[None, 60, 60, 60],
        lower=[1, None, 1, 1],
        upper=[2, 2, None, 2],
        benchmark=[1, 1, 1, None],
        polarity=HIGH,
    )

    assert set(found) == {Comparison.NOT_COMPARED}


_NUMBERS = st.integers(-3, 3).map(float) | st.sampled_from([nan, inf, -inf])


@given(numbers=st.tuples(*[_NUMBERS] * 4), polarity=st.sampled_from(Polarity))
def test_one_value_is_compared_as_many_are(numbers, polarity):
    value, lower, upper, benchmark = numbers

    one = compare_one_with_benchmark(
        value=value, lower=lower, upper=upper, benchmark=benchmark, polarity=polarity
    )
    many = compare_with_benchmark(
        value=[value], lower=[lower], upper=[upper], benchmark=[benchmark], polarity=polarity
    )

    assert [one] == list(many)


def test_two_areas_differ_where_their_limits_do_not_overlap():
    found = compare_areas(
        lower=[10, 10, 10, None],
        upper=[20, 20, 20, 20],
        other_lower=[21, 20, 1, 1],
        other_upper=[30, 30, 9, 9],
        polarity=LOW,
    )

    assert list(found) == [
        Comparison.BETTER,
        Comparison.SIMILAR,
        Comparison.WORSE,
        Comparison.NOT_COMPARED,
    ]


def test_a_goal_is_reached_by_the_limits_where_there_are_any():
    high = compare_with_goal(
        value=[95, 95, 80, 95, 80],
        lower=[91, 85, 70, None, None],
        upper=[99, 99, 89, None, None],
        goal=90,
        polarity=HIGH,
    )
    low = compare_with_goal(
        value=[5, 5, 20, 5, 20],
        lower=[1, 1, 11, None, None],
        upper=[9, 15, 30, None, None],
        goal=10,
        polarity=LOW,
    )

    expected = [
        Comparison.BETTER,
        Comparison.SIMILAR,
        Comparison.WORSE,
        Comparison.BETTER,
        Comparison.WORSE,
    ]
    assert list(high) == list(low) == expected


def test_without_a_polarity_there_is_no_goal():
    (found,) = compare_with_goal(value=[1], lower=None, upper=None, goal=1, polarity=NONE)

    assert found == Comparison.NOT_COMPARED
