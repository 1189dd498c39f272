"""Series: the pure part of what a page shows."""

from datetime import date

import pytest

from outcomes.indicator_series import (
    OwnState,
    Point,
    ReadBy,
    Series,
    axis,
    covid_words,
    decimals_of,
    from_json,
    independent,
    read_by_of,
    rolling_words,
    to_json,
)

YEARS = ReadBy(version=1, unit="years", definition="Years in good health.")


def point(first: int, years: int = 3, value: float | None = 60.0) -> Point:
    last = (first + years - 1) % 100
    return Point(
        period=f"{first} - {last:02d}",
        start_date=date(first, 1, 1),
        end_date=date(first + years, 1, 1),
        value=value,
        lower=None,
        upper=None,
        note="ok" if value is not None else "missing",
    )


def series(*points: Point) -> Series:
    return Series("Ashby", "E06000001", "council", "Male", "All ages", points)


def test_json_keeps_everything():
    one = series(
        point(2015)._replace(publishers_comparison="worse"),
        point(2016, value=None)._replace(own=OwnState.RETURNED, note_text="ä"),
    )

    content = to_json(series=[one], read_by=YEARS)

    assert from_json(content=content) == (one,)
    assert read_by_of(content=content) == YEARS


@pytest.mark.parametrize(("kept", "read"), [(True, OwnState.WAITING), (False, None)])
def test_rows_of_the_first_method_are_read(kept, read):
    content = to_json(series=[series(point(2015))], read_by=YEARS)
    del content["read_by"]
    content["series"][0]["points"][0][8:] = [kept]

    (one,) = from_json(content=content)

    assert one.points[0].own == read
    assert one.points[0].read_by is None
    assert read_by_of(content=content) is None


def test_periods_that_do_not_overlap_are_counted_back_from_the_latest():
    rolling = [point(first) for first in range(2015, 2023)]

    assert independent(points=rolling) == {"2022 - 24", "2019 - 21", "2016 - 18"}


@pytest.mark.parametrize(
    ("values", "decimals"),
    [([60.0, 61.0], 0), ([60.0, 61.5], 1), ([0.12345], 4), ([None], 0), ([], 0), ([0.1 + 0.2], 1)],
)
def test_as_many_decimals_as_the_values_need(values, decimals):
    points = [point(2000 + n, value=value) for n, value in enumerate(values)]

    assert decimals_of(series=[series(*points)]) == decimals


@pytest.mark.parametrize(
    "values",
    [(54.6, 66.0), (0.0, 0.0), (-3.0, 4.0), (1e6, 2e6), (60.0,), (55.0, 62.0), (0.1, 10.0)],
)
def test_an_axis_holds_every_value_on_round_steps(values):
    points = [point(2000 + n, value=value) for n, value in enumerate(values)]

    scale = axis(series=[series(*points)])

    assert scale is not None
    low, high, step = scale
    assert low < min(values)
    assert high > max(values)
    assert 3 <= high // step - low // step <= 7


def test_no_values_have_no_axis():
    assert axis(series=[series(point(2015, value=None))]) is None


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([point(2015), point(2016)], "3-year rolling"),
        ([point(2015), point(2018)], ""),
        ([point(2015, years=1), point(2016, years=1)], ""),
        ([point(2015), point(2016, years=2)], "rolling"),
        ([], ""),
    ],
)
def test_periods_that_share_years_are_called_rolling(points, words):
    assert rolling_words(points=points) == words


def test_periods_with_days_of_the_covid_years_are_named():
    rolling = [point(year) for year in range(2015, 2023)]

    assert covid_words(points=rolling) == (
        "Periods from 2018-20 to 2021-23 include days of 2020 or 2021, the COVID years."
    )
    assert covid_words(points=[point(2019)]) == (
        "2019-21 includes days of 2020 or 2021, the COVID years."
    )
    assert covid_words(points=[point(2015), point(2022)]) == ""
