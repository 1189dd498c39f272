"""Drawings and figures from the same series."""

import json
from dataclasses import replace
from datetime import date

import pytest

from outcomes import charts
from outcomes.indicator_series import OwnState
from tests.outcomes.test_indicator_series import point, series

ASHBY = series(point(2015, value=60.0), point(2016, value=None), point(2017, value=62.0))
ENGLAND = replace(
    series(point(2015, value=61.0), point(2016, value=61.0), point(2017, value=61.0)),
    area_name="England",
    area_kind="country",
)


def draw(*areas, england=ENGLAND):
    return charts.small_multiples(series=areas, england=england)


def test_a_gap_stays_a_gap():
    (drawing,) = draw(ASHBY)

    assert drawing.line.count("M") == 2
    assert drawing.line.count("L") == 0
    assert drawing.england.count("L") == 2


def test_higher_values_stand_higher_on_one_scale():
    low, high = draw(series(point(2015, value=55.0)), series(point(2015, value=66.0)))

    assert high.dots[0].y < low.dots[0].y
    assert low.gridlines == high.gridlines


def test_values_that_are_not_approved_are_hollow():
    (drawing,) = draw(series(point(2015)._replace(own=OwnState.WAITING)))

    assert [dot.hollow for dot in drawing.dots] == [True]


def test_a_break_stands_before_the_first_period_behind_it():
    (drawing,) = charts.small_multiples(
        series=[series(*(point(year) for year in (2015, 2018, 2021)))],
        england=None,
        breaks=[date(2016, 1, 1), date(2010, 1, 1), date(2030, 1, 1)],
    )

    [at] = drawing.breaks
    assert drawing.dots[0].x < at < drawing.dots[1].x


@pytest.mark.parametrize("areas", [[series()], [series(point(2015, value=None))]])
def test_no_values_draw_nothing(areas):
    (drawing,) = draw(*areas, england=None)

    assert (drawing.line, drawing.dots, drawing.gridlines) == ("", (), ())


def test_the_figure_has_the_numbers_of_the_series_and_england_dashed():
    figure = charts.figure(series=[ASHBY], england=ENGLAND, unit="years", title="HLE")

    ashby, england = figure["data"]
    assert ashby["y"] == [60.0, None, 62.0]
    assert ashby["x"] == ["2015-17", "2016-18", "2017-19"]
    assert ashby["connectgaps"] is False
    assert (england["name"], england["line"]["dash"]) == ("England", "dash")


def test_names_are_text_and_never_markup():
    risky = replace(ASHBY, area_name='<a href="https://example.org">x</a>')

    figure = charts.figure(series=[risky], england=None, unit="<b>", title="<i>")

    assert "<a" not in json.dumps(figure["data"][0]["name"])
    assert "<b>" not in json.dumps(figure["layout"])
    assert figure["data"][0]["name"].startswith("&lt;a")


def test_lines_differ_by_more_than_colour():
    areas = [replace(ASHBY, area_name=f"Council {n}") for n in range(7)]

    figure = charts.figure(series=areas, england=None, unit="years", title="HLE")

    assert len({trace["marker"]["symbol"] for trace in figure["data"]}) == 7
