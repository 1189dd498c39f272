"""Standardised rates and ratios."""

import numpy as np
import pytest

from outcomes.stats import directly_standardised_rate, indirectly_standardised_ratio, rate_byar
from outcomes.stats.standardisation import EUROPEAN_STANDARD_POPULATION_2013, BandsError

# Down's syndrome by the mother's age, Michigan 1950-1964, fifth and later children.
# Source: Fay & Feuer (1997), Statistics in Medicine 16:791-801, table I.
DOWN = [107, 141, 60, 40, 39, 25]
BIRTHS = [230061, 329449, 114920, 39487, 14208, 3052]
STANDARD = [63986.6, 186263.6, 157302.2, 97647.0, 47572.6, 12262.6]


def test_the_published_rate_comes_out():
    found = directly_standardised_rate(count=DOWN, population=BIRTHS, weight=STANDARD)

    assert round(found.value, 1) == 92.3


def test_limits_follow_from_the_variance_of_the_weighted_sum():
    found = directly_standardised_rate(count=DOWN, population=BIRTHS, weight=STANDARD)

    total = sum(STANDARD)
    shares = [w / total for w in STANDARD]
    rate = sum(w * x / n for w, x, n in zip(shares, DOWN, BIRTHS, strict=True))
    variance = sum((w / n) ** 2 * x for w, x, n in zip(shares, DOWN, BIRTHS, strict=True))
    events = sum(DOWN)
    byar = rate_byar(count=events, denominator=1, multiplier=1)
    scale = (variance / events) ** 0.5
    assert found.lower == pytest.approx((rate + scale * (byar.lower - events)) * 100_000)
    assert found.upper == pytest.approx((rate + scale * (byar.upper - events)) * 100_000)


def test_equal_weights_and_populations_give_the_crude_rate():
    count = [10] * 19

    found = directly_standardised_rate(count=count, population=[1000] * 19)

    assert found.value == pytest.approx(1000)


def test_the_european_standard_population_is_a_hundred_thousand_people_without_the_oldest_split():
    assert len(EUROPEAN_STANDARD_POPULATION_2013) == 19
    assert sum(EUROPEAN_STANDARD_POPULATION_2013) == 100_000


def test_too_few_events_a_missing_band_or_no_people_give_no_rate():
    count = np.full((4, 19), 1.0)
    count[0] = 0
    count[0, 0] = 9
    count[1, 3] = np.nan
    population = np.full((4, 19), 1000.0)
    population[2, 5] = 0

    found = directly_standardised_rate(count=count, population=population)

    assert np.isnan(found.value[:3]).all()
    assert np.isnan(found.upper[:3]).all()
    assert found.value[3] == pytest.approx(100)


def test_persons_with_several_events_widen_the_limits():
    once = [8] * 19
    twice = [2] * 19
    events = [12] * 19

    single = directly_standardised_rate(count=events, population=[1000] * 19)
    repeated = directly_standardised_rate(
        count=events, population=[1000] * 19, persons_by_events=[once, twice]
    )

    assert repeated.value == single.value
    # 8 x 1 + 2 x 4 = 16 instead of 12 in each band.
    ratio = (repeated.upper - repeated.value) / (single.upper - single.value)
    assert ratio == pytest.approx((16 / 12) ** 0.5)


def test_bands_that_do_not_fit_are_refused():
    with pytest.raises(BandsError, match="18, 19, 19"):
        directly_standardised_rate(count=[1] * 18, population=[1] * 19)


def test_a_ratio_compares_with_what_the_reference_would_give():
    found = indirectly_standardised_ratio(
        observed=24,
        population=[1000, 2000],
        reference_count=[50, 200],
        reference_population=[10_000, 20_000],
    )

    assert found.expected == 25
    assert found.value == 96
    limits = rate_byar(count=24, denominator=25, multiplier=100)
    assert (found.lower, found.upper) == (limits.lower, limits.upper)


def test_nothing_expected_or_a_missing_reference_gives_no_ratio():
    found = indirectly_standardised_ratio(
        observed=[0, 5, 5],
        population=[[0, 0], [10, 10], [10, 10]],
        reference_count=[[1, 1], [None, 1], [1, 1]],
        reference_population=[100, 100],
    )

    assert np.isnan(found.value[:2]).all()
    assert found.value[2] == pytest.approx(2500)
