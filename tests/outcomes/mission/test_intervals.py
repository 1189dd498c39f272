"""How sure a gap is, by draws and by adding up strips."""

import pytest

from outcomes.mission import (
    AreaFigure,
    Years,
    expected_range,
    pair_interval,
    range_interval,
)
from tests.outcomes.mission import plain
from tests.outcomes.mission.samples import FEBRUARY, nine, spread

SE = 0.7 / 1.959964
VALUES = (57.0, 59.4, 60.1, 60.8, 60.9, 61.7, 62.6, 63.0, 62.4)


def regions(values=VALUES, half=0.7):
    return nine(Years(2022, 2024), FEBRUARY, values, half=half).regions


def test_the_interval_of_a_pair_named_beforehand():
    best, worst = AreaFigure("a", "A", 63.0, 62.3, 63.7), AreaFigure("b", "B", 57.0, 56.3, 57.7)

    found = pair_interval(best=best, worst=worst)

    # Half of it is 0.7 times the root of 2.
    assert (found.lower, found.upper) == pytest.approx((6 - 0.98995, 6 + 0.98995), abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("values", [VALUES, spread(60.0, 60.0), spread(63.0, 57.0)])
def test_the_interval_of_a_range_holds_the_middle_of_its_distribution(values):
    found = range_interval(regions=regions(values))

    for limit, expected in ((found.lower, 0.025), (found.upper, 0.975)):
        probability = plain.range_probability(limit=limit, means=values, errors=[SE] * 9)
        assert probability == pytest.approx(expected, abs=0.005)


def test_the_same_figures_in_any_order_have_the_same_interval():
    there, back = regions(), tuple(reversed(regions()))

    assert range_interval(regions=there) == range_interval(regions=back)


@pytest.mark.parametrize("few", [(), (*regions()[:8], AreaFigure("E12000009", "South West", 62.4))])
def test_without_all_limits_there_is_no_interval(few):
    assert range_interval(regions=few) is None


def test_a_pair_without_limits_has_no_interval():
    assert pair_interval(best=AreaFigure("a", "A", 63.0), worst=AreaFigure("b", "B", 57.0)) is None


# Source: the mean range of nine from a standard normal distribution is 2.970, Tippett (1925).
def test_nine_regions_without_a_difference_still_show_about_a_year():
    assert expected_range(count=9, error=1.0) == pytest.approx(2.970, abs=5e-4)
    assert expected_range(count=9, error=0.35) == pytest.approx(1.04, abs=0.005)


def test_the_range_of_one_is_none():
    assert expected_range(count=1, error=0.35) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.slow
def test_the_expected_range_is_that_of_the_plainer_implementation():
    expected = plain.expected_range(count=9, error=0.35)

    assert expected_range(count=9, error=0.35) == pytest.approx(expected, abs=1e-3)
