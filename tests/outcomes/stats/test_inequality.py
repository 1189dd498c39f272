"""The slope and relative index of inequality."""

from math import hypot, log

import numpy as np
import pytest
import statsmodels.api as sm

from outcomes.stats import Polarity, inequality_change, slope_index_of_inequality
from outcomes.stats.inequality import Transform

PEOPLE = np.array([100, 200, 150, 250, 300])
VALUES = np.array([70.0, 71.5, 74.0, 76.0, 79.0])


def index(values=VALUES, half=1.0, people=PEOPLE, **more):
    return slope_index_of_inequality(
        value=values, lower=values - half, upper=values + half, population=people, **more
    )


def midpoints(people):
    share = people / people.sum()
    return share, np.cumsum(share) - share / 2


@pytest.mark.parametrize(
    ("transform", "there", "back", "values", "half"),
    [
        (Transform.NONE, lambda y: y, lambda y: y, VALUES, 1.0),
        (Transform.LOG, np.log, np.exp, VALUES * 10, 8.0),
        (
            Transform.LOGIT,
            lambda p: np.log(p / (1 - p)),
            lambda y: 1 / (1 + np.exp(-y)),
            VALUES / 100,
            0.02,
        ),
    ],
)
def test_the_line_is_that_of_weighted_least_squares(transform, there, back, values, half):
    found = index(values, half, transform=transform)

    share, middle = midpoints(PEOPLE)
    fitted = sm.WLS(there(values), sm.add_constant(middle), weights=share).fit()
    near, far = back(fitted.params[0]), back(fitted.params.sum())
    assert found.slope == pytest.approx(far - near)
    assert found.relative == pytest.approx(far / near)
    assert found.intercept == pytest.approx(near)


@pytest.mark.slow
def test_the_limits_agree_with_simulation_within_its_noise():
    found = index()

    share, middle = midpoints(PEOPLE)
    draws = np.random.default_rng(11).normal(VALUES, 1 / 1.959963984540054, (100_000, 5))
    away = share * (middle - 0.5)
    slopes = draws @ (away / (away * middle).sum())
    low, high = np.quantile(slopes, [0.025, 0.975])
    half = (found.slope_upper - found.slope_lower) / 2
    assert found.slope_lower == pytest.approx(low, abs=half * 0.02)
    assert found.slope_upper == pytest.approx(high, abs=half * 0.02)


def test_equal_groups_in_equal_steps_give_the_step_times_their_number():
    found = index(np.array([70.0, 72, 74, 76, 78]), people=np.full(5, 1000))

    assert found.slope == pytest.approx(10)
    assert found.relative == pytest.approx(79 / 69)


def test_a_negative_multiplier_turns_both_indices_round():
    plain, turned = index(), index(multiplier=-1)

    assert turned.slope == -plain.slope
    assert turned.relative == pytest.approx(1 / plain.relative)
    assert turned.slope_lower < turned.slope < turned.slope_upper


@pytest.mark.parametrize(
    ("values", "people", "reason"),
    [
        (VALUES[:4], PEOPLE[:4], "4 groups, 5 needed"),
        (np.full(101, 70.0), np.full(101, 10), "101 groups, 100 at the most"),
        (VALUES, np.array([100, 0, 1, 1, 1]), "no people"),
        (np.array([70, np.nan, 74, 76, 79]), PEOPLE, "no value"),
    ],
)
def test_what_is_not_calculated_says_why(values, people, reason):
    found = index(values, people=people)

    assert np.isnan(found.slope)
    assert reason in found.reason


def test_a_proportion_of_everybody_has_no_logit():
    found = index(np.array([0.5, 0.6, 0.7, 0.8, 1.0]), 0.05, transform=Transform.LOGIT)

    assert "no value or no limits" in found.reason


def fifths(*values):
    return slope_index_of_inequality(
        value=values,
        lower=[one - 1 for one in values],
        upper=[one + 1 for one in values],
        population=[100] * 5,
    )


# Before: 70 to 78 years from the most to the least deprived fifth.
@pytest.mark.parametrize(
    ("now", "polarity", "narrower", "improving"),
    [
        ((71, 72.5, 74, 75.5, 77), Polarity.HIGH_IS_GOOD, True, True),
        ((70, 71.5, 73, 74.5, 76), Polarity.HIGH_IS_GOOD, True, True),
        ((69, 70, 71, 72, 73), Polarity.HIGH_IS_GOOD, True, False),
        ((70, 73, 76, 79, 82), Polarity.HIGH_IS_GOOD, False, False),
        # Of what shall fall, the most deprived got worse.
        ((71, 72.5, 74, 75.5, 77), Polarity.LOW_IS_GOOD, True, False),
        ((71, 72.5, 74, 75.5, 77), Polarity.NO_JUDGEMENT, True, None),
        # As steep the other way is not smaller.
        ((78, 76, 74, 72, 70), Polarity.HIGH_IS_GOOD, False, False),
    ],
)
def test_inequality_improves_where_it_is_smaller_and_the_most_deprived_lost_nothing(
    now, polarity, narrower, improving
):
    before, later = fifths(70, 72, 74, 76, 78), fifths(*now)

    found = inequality_change(
        now=later,
        before=before,
        most_deprived_now=now[0],
        most_deprived_before=70,
        polarity=polarity,
    )

    assert (found.narrower, found.improving) == (narrower, improving)
    # A plainer second reckoning of both tests.
    error = (later.slope_upper - later.slope_lower) / 2 / 1.959964
    error = hypot(error, (before.slope_upper - before.slope_lower) / 2 / 1.959964)
    assert found.slope_z == pytest.approx((later.slope - before.slope) / error, abs=1e-6)
    errors = [
        log(one.relative_upper / one.relative_lower) / 2 / 1.959964 for one in (later, before)
    ]
    assert found.relative_z == pytest.approx(
        log(later.relative / before.relative) / hypot(*errors), abs=1e-6
    )
