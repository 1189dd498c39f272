"""Proportions, rates and means: published figures, a second implementation, and the edges."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from outcomes.stats import ConfidenceError, mean_t, proportion_wilson, rate_byar
from tests.outcomes.stats import plain


# Source: Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3.
@pytest.mark.parametrize(
    ("count", "denominator", "lower", "upper"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_limits_as_published(count, denominator, lower, upper):
    found = proportion_wilson(count=count, denominator=denominator)

    assert found.value == count / denominator
    assert (round(found.lower, 4), round(found.upper, 4)) == (lower, upper)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_wilson_limits_agree_with_plainer_ones(count, others):
    denominator = count + others + 1

    found = proportion_wilson(count=count, denominator=denominator)

    lower, upper = plain.wilson(count, denominator)
    assert found.lower == pytest.approx(lower, abs=1e-9)
    assert found.upper == pytest.approx(upper, abs=1e-9)
    assert 0 <= found.lower <= found.value <= found.upper <= 1


def test_wilson_limits_agree_with_statsmodels_at_both_levels():
    generator = np.random.default_rng(7)
    denominator = generator.integers(1, 100_000, 500)
    count = np.floor(denominator * generator.random(500))

    for level in (0.95, 0.998):
        found = proportion_wilson(
            count=count, denominator=denominator, confidence=level, multiplier=100
        )
        lower, upper = proportion_confint(count, denominator, alpha=1 - level, method="wilson")
        np.testing.assert_allclose(found.lower, lower * 100, atol=1e-12)
        np.testing.assert_allclose(found.upper, upper * 100, atol=1e-12)


def test_nobody_and_everybody_have_exact_limits():
    found = proportion_wilson(count=[0, 50], denominator=[50, 50], multiplier=100)

    assert found.lower[0] == 0
    assert found.upper[1] == 100


def test_missing_and_impossible_rows_come_out_missing_and_break_no_other():
    found = proportion_wilson(count=[None, 5, 5, -1, 2], denominator=[10, 4, 0, 10, 4])

    assert np.isnan(found.value[:4]).all()
    assert np.isnan(found.lower[:4]).all()
    assert found.value[4] == 0.5


def test_a_series_keeps_its_index():
    counts = pd.Series([1, 2], index=["E47000001", "E47000002"])

    found = proportion_wilson(count=counts, denominator=10)

    assert list(found.lower.index) == ["E47000001", "E47000002"]


def test_a_level_that_is_none_is_refused():
    with pytest.raises(ConfidenceError, match="between 0 and 1"):
        proportion_wilson(count=1, denominator=2, confidence=95)


# Source: Ulm (1990), Am J Epidemiol 131:373-375, exact limits of a Poisson count; 20 is Byar's.
@pytest.mark.parametrize(
    ("count", "lower", "upper"), [(0, 0, 3.69), (5, 1.62, 11.67), (20, 12.21, 30.89)]
)
def test_limits_of_a_count_as_published(count, lower, upper):
    found = rate_byar(count=count, denominator=1, multiplier=1)

    assert (round(found.lower, 2), round(found.upper, 2)) == (lower, upper)


@pytest.mark.parametrize("count", range(10))
def test_few_events_have_the_exact_limits(count):
    found = rate_byar(count=count, denominator=1, multiplier=1)

    assert (found.lower, found.upper) == pytest.approx(plain.exact_poisson(count), abs=1e-9)


def test_from_ten_events_the_limits_are_close_to_the_exact_ones():
    for count in (10, 25, 60):
        found = rate_byar(count=count, denominator=1, multiplier=1)

        lower, upper = plain.exact_poisson(count)
        assert found.lower == pytest.approx(lower, rel=0.01)
        assert found.upper == pytest.approx(upper, rel=0.01)


def test_events_may_exceed_people_and_a_rate_of_nought_breaks_no_batch():
    found = rate_byar(count=[0, 12, None, 3], denominator=[1000, 10, 10, 0])

    assert found.value[0] == found.lower[0] == 0
    assert found.value[1] == 120_000
    assert np.isnan(found.value[2:]).all()


# Source: Student's t with 4 degrees of freedom, 2.776, in any table.
def test_a_mean_has_students_limits():
    found = mean_t(values=[1, 2, 3, 4, 5])

    assert found.value == 3
    assert found.upper - found.value == pytest.approx(2.776 * np.sqrt(2.5 / 5), abs=1e-3)


def test_one_value_has_a_mean_without_limits_and_none_has_nothing():
    one, none = mean_t(values=[4.0]), mean_t(values=[])

    assert one.value == 4
    assert np.isnan([one.lower, one.upper, none.value, none.lower]).all()


def test_a_missing_value_makes_its_own_mean_missing_only():
    found = mean_t(values=[[1, None, 3], [1, 2, 3]])

    assert np.isnan(found.value[0])
    assert found.value[1] == 2
