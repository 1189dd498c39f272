"""Recent trends, chains of independent periods and changes between two of them."""

from math import inf, nan

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from outcomes.stats import (
    Polarity,
    Trend,
    change_between_periods,
    non_overlapping_chain,
    recent_trend,
)
from outcomes.stats.trend import CRITICAL_CHI_SQUARED, Scale, TrendKind

YEARS = list(range(2019, 2024))


def rising(values, half_width=0.5, **more):
    return recent_trend(
        first_year=YEARS,
        last_year=YEARS,
        value=values,
        lower=[v - half_width for v in values],
        upper=[v + half_width for v in values],
        **more,
    )


# Source: Agresti (2002), Categorical Data Analysis, table 3.7: alcohol and malformations, scores
# 0, 0.5, 1.5, 4 and 7, M squared 6.57. Twice the scores stand for years here.
def test_the_published_trend_in_proportions_comes_out():
    years = [2000, 2001, 2003, 2008, 2014]
    count = np.array([48, 38, 5, 1, 1])
    denominator = np.array([17_114, 14_502, 793, 127, 38])

    found = recent_trend(
        first_year=years,
        last_year=years,
        value=count / denominator,
        count=count,
        denominator=denominator,
        kind=TrendKind.PROPORTION,
    )

    assert found.chi_squared == pytest.approx(6.57, abs=0.005)
    assert found.label == Trend.NO_SIGNIFICANT_CHANGE


def test_the_trend_of_values_agrees_with_weighted_least_squares():
    generator = np.random.default_rng(3)
    for _ in range(20):
        values = 60 + np.cumsum(generator.normal(0.5, 1, 5))
        half = generator.uniform(0.3, 2, 5)

        found = recent_trend(
            first_year=YEARS,
            last_year=YEARS,
            value=values,
            lower=values - half,
            upper=values + half,
        )

        sigma = half / 1.959963984540054
        model = sm.WLS(values, sm.add_constant(np.array(YEARS) - 2021.0), weights=1 / sigma**2)
        fitted = model.fit(cov_type="fixed scale", cov_kwds={"scale": 1})
        assert found.slope == pytest.approx(fitted.params[1])
        assert found.chi_squared == pytest.approx((fitted.params[1] / fitted.bse[1]) ** 2)


def test_the_critical_value_is_that_of_two_in_a_thousand():
    from tests.outcomes.stats.plain import two_sided_p

    assert two_sided_p(CRITICAL_CHI_SQUARED**0.5) == pytest.approx(0.002, abs=1e-6)


@pytest.mark.parametrize(
    ("polarity", "judgement"),
    [
        (Polarity.HIGH_IS_GOOD, "getting better"),
        (Polarity.LOW_IS_GOOD, "getting worse"),
        (Polarity.NO_JUDGEMENT, ""),
    ],
)
def test_a_clear_rise_is_judged_by_polarity(polarity, judgement):
    found = rising([60, 61, 62, 63, 64], polarity=polarity)

    assert (found.label, found.judgement) == (Trend.INCREASING, judgement)


def test_a_fall_that_rests_on_one_period_is_no_trend():
    found = rising([60, 60.1, 60.2, 60.3, 40])

    assert found.label == Trend.NO_SIGNIFICANT_CHANGE
    assert found.reason == "the direction rests on one period"
    assert found.chi_squared > CRITICAL_CHI_SQUARED


def test_rolling_periods_count_once():
    found = recent_trend(
        first_year=range(2011, 2023),
        last_year=range(2013, 2025),
        value=range(12),
        lower=range(12),
        upper=range(1, 13),
    )

    assert found.label == Trend.CANNOT_BE_CALCULATED
    assert found.reason == "4 independent periods, 5 needed"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"upper": [61, 62, 63, 64, None]}, "a confidence limit is missing"),
        ({"lower": [61, 62, 63, 64, 65], "upper": [61, 62, 63, 64, 65]}, "both are the same"),
        ({"first_year": [2019, 2020, 2021, 2022, 2022]}, "same period"),
        ({"value": [None, 62, 63, 64, 65]}, "4 independent periods, 5 needed"),
        ({"kind": TrendKind.PROPORTION}, "a count is missing, nought or everybody"),
    ],
)
def test_what_cannot_be_calculated_says_why(change, reason):
    given = {
        "first_year": YEARS,
        "value": [61, 62, 63, 64, 65],
        "lower": [60, 61, 62, 63, 64],
        "upper": [62, 63, 64, 65, 66],
    } | change

    found = recent_trend(last_year=given["first_year"], **given)

    assert found.label == Trend.CANNOT_BE_CALCULATED
    assert reason in found.reason


def test_only_the_latest_five_are_used():
    years = list(range(2015, 2024))
    values = [99, 99, 99, 99, 60, 61, 62, 63, 64]

    found = recent_trend(
        first_year=years,
        last_year=years,
        value=values,
        lower=[v - 0.5 for v in values],
        upper=[v + 0.5 for v in values],
    )

    assert found.label == Trend.INCREASING
    assert found.points == (4, 5, 6, 7, 8)


def test_a_chain_goes_back_from_the_newest_and_shares_no_year():
    first, last = list(range(2011, 2023)), list(range(2013, 2025))

    chain = non_overlapping_chain(first_year=first, last_year=last)

    assert [(first[i], last[i]) for i in chain] == [
        (2013, 2015),
        (2016, 2018),
        (2019, 2021),
        (2022, 2024),
    ]


def test_a_chain_of_nothing_is_empty_and_a_period_backwards_is_refused():
    assert non_overlapping_chain(first_year=[], last_year=[]) == ()
    with pytest.raises(ValueError, match="not before it"):
        non_overlapping_chain(first_year=[2020], last_year=[2019])


def test_a_change_is_the_difference_over_its_standard_error():
    found = change_between_periods(
        value=[64, 62],
        lower=[63, 61],
        upper=[65, 63],
        earlier_value=[61, 61],
        earlier_lower=[60, 60],
        earlier_upper=[62, 62],
    )

    error = (2 * (1 / 1.959963984540054) ** 2) ** 0.5
    assert list(found.z) == pytest.approx([3 / error, 1 / error])
    assert list(found.significant) == [1, 0]


def test_on_the_logit_scale_a_share_of_nought_is_missing():
    found = change_between_periods(
        value=[0.0, 0.6],
        lower=[0.0, 0.55],
        upper=[0.1, 0.65],
        earlier_value=[0.2, 0.4],
        earlier_lower=[0.1, 0.35],
        earlier_upper=[0.3, 0.45],
        scale=Scale.LOGIT,
    )

    assert np.isnan(found.z[0])
    assert np.isnan(found.significant[0])
    assert found.significant[1] == 1


_NUMBERS = st.floats(min_value=-2, max_value=2) | st.sampled_from([0.0, 1.0, nan, inf, -inf])


@given(numbers=st.tuples(*[_NUMBERS] * 6), scale=st.sampled_from(Scale))
def test_one_change_is_computed_as_many_are(numbers, scale):
    names = ("value", "lower", "upper", "earlier_value", "earlier_lower", "earlier_upper")

    one = change_between_periods(**dict(zip(names, numbers, strict=True)), scale=scale)
    many = change_between_periods(
        **{name: [number] for name, number in zip(names, numbers, strict=True)}, scale=scale
    )

    assert one.z == pytest.approx(many.z[0], nan_ok=True)
    assert one.significant == pytest.approx(many.significant[0], nan_ok=True)


def share_of_false_alarms(*, rolling: bool, critical: float, series: int = 10_000) -> float:
    """Share of series without any change whose five points, taken as independent, show a trend."""
    draws = np.random.default_rng(20_261_129)
    years = draws.normal(50.0, 1.0, size=(series, 7))
    points = (years[:, :5] + years[:, 1:6] + years[:, 2:]) / 3 if rolling else years[:, :5]
    half = 1.959964 / np.sqrt(3) if rolling else 1.959964
    known = range(2018, 2023)
    alarms = 0
    for values in points:
        found = recent_trend(
            # As if each period stood for a year of its own.
            first_year=list(known),
            last_year=list(known),
            value=values.tolist(),
            lower=(values - half).tolist(),
            upper=(values + half).tolist(),
        )
        alarms += (found.chi_squared or 0.0) > critical
    return alarms / series


# Source: the project's own simulation: 0.22% becomes 1.11% at 99.8%, and 5.0% becomes 10.5% at 95%.
@pytest.mark.parametrize(
    ("critical", "apart", "overlapping"),
    [(CRITICAL_CHI_SQUARED, 0.0022, 0.0111), (1.959964**2, 0.05, 0.105)],
)
def test_overlapping_periods_taken_as_independent_would_raise_false_alarms(
    critical, apart, overlapping
):
    noise = 3 * np.sqrt(overlapping / 10_000)

    assert share_of_false_alarms(rolling=False, critical=critical) == pytest.approx(
        apart, abs=noise
    )
    assert share_of_false_alarms(rolling=True, critical=critical) == pytest.approx(
        overlapping, abs=noise
    )
