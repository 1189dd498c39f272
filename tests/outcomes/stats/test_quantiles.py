"""Quantiles and funnels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.stats import (
    FunnelPosition,
    funnel_significance_proportion,
    funnel_significance_ratio,
    quantile_rank,
)
from outcomes.stats.quantiles import QuantileError
from tests.outcomes.stats import plain


@given(
    st.lists(st.one_of(st.none(), st.integers(-20, 20)), max_size=40),
    st.integers(2, 10),
    st.booleans(),
)
def test_groups_agree_with_a_plain_count(values, groups, inverse):
    found = quantile_rank(values=values, quantiles=groups, inverse=inverse)

    expected = plain.quantile(values, groups, inverse=inverse)
    assert [None if np.isnan(one) else int(one) for one in np.atleast_1d(found)] == expected


def test_ties_share_the_group_of_the_first_of_them():
    found = quantile_rank(values=[1, 2, 2, 2, 5], quantiles=5, inverse=False)

    assert list(found) == [1, 2, 2, 2, 5]


def test_the_highest_values_are_group_one_by_default():
    assert list(quantile_rank(values=[3, 1, 2, 5, 4], quantiles=5)) == [3, 5, 4, 1, 2]


def test_one_group_is_refused():
    with pytest.raises(QuantileError):
        quantile_rank(values=[1, 2], quantiles=1)


def test_a_funnel_of_proportions_stands_around_the_average():
    found = funnel_significance_proportion(
        count=[30, 40, 50, 60, 70, None, 7], denominator=[100] * 5 + [10, 0]
    )

    assert list(found) == [
        FunnelPosition.LOW_998,
        FunnelPosition.LOW_95,
        FunnelPosition.INSIDE,
        FunnelPosition.HIGH_95,
        FunnelPosition.HIGH_998,
        None,
        None,
    ]


def test_limits_of_the_funnel_are_wilsons_around_the_average():
    for count in range(101):
        (found,) = funnel_significance_proportion(count=[count], denominator=[100], average=0.3)

        inner = plain.wilson(30, 100)
        outside = count / 100 < inner[0] or count / 100 > inner[1]
        assert (found != FunnelPosition.INSIDE) == outside


def test_a_funnel_of_ratios_asks_whether_their_limits_leave_one():
    found = funnel_significance_ratio(
        observed=[50, 78, 100, 125, 150, None, 4], expected=[100] * 5 + [1, 0]
    )

    assert list(found) == [
        FunnelPosition.LOW_998,
        FunnelPosition.LOW_95,
        FunnelPosition.INSIDE,
        FunnelPosition.HIGH_95,
        FunnelPosition.HIGH_998,
        None,
        None,
    ]
