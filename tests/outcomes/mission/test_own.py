"""A strategic authority's own figure, which is never a part of halving."""

import pytest

from outcomes.mission import AreaFigure, OwnValue, Years, own_figures
from tests.outcomes.mission.samples import MEN, WOMEN
from tests.outcomes.mission.test_picture import both

NEWEST = Years(2022, 2024)


def own(value, *, period=NEWEST, sex=MEN, half=None, england=None):
    limits = (None, None) if half is None else (value - half, value + half)
    return OwnValue(
        sex=sex,
        period=period,
        area="Testshire",
        value=AreaFigure("E47000099", "Testshire", value, *limits),
        release="February 2026",
        england=england,
    )


def figures(*values):
    return own_figures(values=values, pictures=tuple(both().values()))


def test_it_stands_beside_england_the_best_region_and_the_floor():
    [found] = figures(own(58.5))

    assert (found.england, found.england_gap) == (60.9, -2.4)
    assert (found.best.name, found.best_gap) == ("South East", -4.5)
    # Best region less half of the baseline's gap: 63.0 less 3.5.
    assert (found.floor, found.floor_gap) == (59.5, -1.0)
    assert found.england_interval is None


def test_its_gap_to_england_has_an_interval_where_both_have_limits():
    england = AreaFigure("E92000001", "England", 60.9, 60.7, 61.1)

    [found] = figures(own(57.0, half=0.8, england=england))

    # The worked example of the gap to England: -3.9 (-4.7246 to -3.0754).
    assert found.england_gap == -3.9
    assert (found.england_interval.lower, found.england_interval.upper) == pytest.approx(
        (-4.7246, -3.0754), abs=1e-4
    )


def test_the_newest_period_of_the_regions_is_taken_and_each_sex_apart():
    found = figures(own(58.0, period=Years(2021, 2023)), own(58.5), own(60.0, sex=WOMEN))

    assert [(one.sex, one.period.label, one.value) for one in found] == [
        (MEN, "2022-24", 58.5),
        (WOMEN, "2022-24", 60.0),
    ]


def test_a_period_that_regions_lack_has_no_floor():
    [found] = figures(own(58.0, period=Years(2011, 2013)))

    assert (found.best, found.floor, found.floor_gap, found.england) == (None, None, None, None)


def test_a_sex_without_a_figure_is_left_out():
    assert figures() == ()
