"""The picture of the mission, held to published figures and to a plainer implementation."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.mission import (
    AreaFigure,
    GapRule,
    MissionStatus,
    Rank,
    Reason,
    Release,
    Sexes,
    Years,
    picture_of,
)
from tests.outcomes.mission import plain
from tests.outcomes.mission.samples import (
    CODES,
    DECEMBER,
    FEBRUARY,
    MEN,
    PUBLISHED,
    TODAY,
    WOMEN,
    definition,
    nine,
    of,
    spread,
)

BEFORE, AFTER = Years(2022, 2024), Years(2025, 2027)
LATER = Release("2029-02", "February 2029", "modelled", "a source")
THEN = date(2029, 3, 1)


def both(**said):
    return {
        one.sex: one
        for one in picture_of(definition=definition(**said), figures=PUBLISHED, today=TODAY).sexes
    }


# Source: the published headlines of ONS, December 2024 and February 2026.
@pytest.mark.parametrize(
    ("sex", "before", "now", "target", "progress", "top", "bottom", "floor"),
    [
        (MEN, 7.0, 6.0, 3.5, 0.2857, -0.9, 0.1, 59.5),
        (WOMEN, 6.9, 7.4, 3.45, -0.1449, -0.1, -0.6, 60.85),
    ],
)
def test_the_published_headlines(sex, before, now, target, progress, top, bottom, floor):
    found = both()[sex]

    assert (found.baseline.value, found.current.value, found.target) == (before, now, target)
    assert found.progress == pytest.approx(progress, abs=1e-4)
    assert (found.best_change, found.worst_change) == (top, bottom)
    assert found.floor == pytest.approx(floor)


@pytest.mark.parametrize("sex", [MEN, WOMEN])
def test_periods_that_share_years_are_not_assessed_and_it_says_when_one_can_be(sex):
    found = both()[sex]

    assert (found.status, found.reason) == (MissionStatus.NOT_ASSESSED, Reason.OVERLAPPING)
    assert found.first_comparable == Years(2024, 2026)
    assert found.comparable_from == "2028-02"


def test_highest_and_lowest_are_named():
    men, women = both().values()

    assert (men.baseline.best.name, men.current.best.name) == ("London", "South East")
    assert (men.current.worst.name, men.current.england) == ("North East", 60.9)
    assert (women.current.best.name, women.current.best.value) == ("South East", 64.3)


def test_a_baseline_that_is_the_newest_period_waits_for_data():
    found = both(baseline=BEFORE)[MEN]

    assert (found.target, found.floor, found.progress) == (3.0, 60.0, 0.0)
    assert (found.status, found.reason) == ("not_assessed", Reason.NO_DATA_AFTER_BASELINE)
    assert found.first_comparable == AFTER


def test_a_period_by_an_older_method_is_shown_and_not_compared():
    found = both()[MEN]

    assert [gap.comparable for gap in found.gaps] == [False, True, True]
    assert both(baseline=Years(2020, 2022))[MEN].reason == Reason.NOT_COMPARABLE


def test_without_limits_there_is_no_interval():
    assert [gap.interval for one in both().values() for gap in one.gaps] == [None] * 6


def test_of_regions_that_nobody_published_there_is_no_value_and_never_nought():
    lines = {line.name: line for line in both()[MEN].regions}

    assert len(lines) == 9
    assert lines["South East"].to_floor == pytest.approx(3.5)
    assert lines["North East"].to_floor == pytest.approx(-2.5)
    assert (lines["London"].value, lines["London"].to_floor) == (None, None)


def two(before, now, *, target=None, half=None, release=LATER, today=THEN, **said):
    figures = (
        nine(BEFORE, FEBRUARY, spread(*before), half=half),
        nine(AFTER, release, spread(*now), half=half),
    )
    return of(figures, baseline=BEFORE, target=target, today=today, sexes=Sexes.MEN, **said)


# M03 and M04 of the project's worked examples.
def test_a_gap_that_halved_with_the_bottom_rising_is_achieved():
    found = two((64.0, 58.0), (65.0, 62.0))

    assert (found.progress, found.worst_change) == (1.0, 4.0)
    assert (found.status, found.reason) == ("achieved", None)


def test_a_gap_that_narrowed_mostly_at_the_top_shows_both_ends():
    found = two((64.0, 58.0), (62.5, 58.5))

    assert found.progress == pytest.approx(0.6667, abs=1e-4)
    assert (found.best_change, found.worst_change) == (-1.5, 0.5)
    assert (found.status, found.reason) == ("not_assessed", Reason.NO_END_DATE)


@pytest.mark.parametrize("target", [None, Years(2034, 2036)])
def test_a_gap_that_narrowed_only_at_the_top_says_so_with_or_without_a_date(target):
    found = two((64.0, 58.0), (61.0, 58.0), target=target)

    assert (found.status, found.by_decline_at_top) == ("narrowed_by_decline_at_top", True)
    assert found.reason is None


@pytest.mark.parametrize(
    ("now", "status"),
    [((64.0, 60.0), "ahead"), ((64.0, 58.8), "on_track"), ((64.0, 57.0), "off_track")],
)
def test_with_a_date_the_line_runs_from_the_baseline_to_half(now, status):
    # 2034-36 is 12 years after the baseline and the newest period 3: the line is at 5.25 of 6.
    found = two((64.0, 58.0), now, target=Years(2034, 2036))

    assert found.expected == pytest.approx(5.25)
    assert found.status == status


def test_what_should_long_have_been_replaced_is_stale():
    on_time = two((64.0, 58.0), (65.0, 62.0), today=date(2030, 2, 28))
    late = two((64.0, 58.0), (65.0, 62.0), today=date(2030, 3, 1))

    assert (on_time.status, late.status, late.reason) == ("achieved", "not_assessed", Reason.STALE)


def test_a_newer_release_revises_the_baseline_and_its_first_value_stays_in_sight():
    figures = (
        nine(BEFORE, FEBRUARY, spread(64.0, 58.0)),
        nine(BEFORE, LATER, spread(64.0, 59.0)),
        nine(AFTER, LATER, spread(64.0, 61.0)),
    )

    found = of(figures, baseline=BEFORE, today=THEN)

    assert (found.baseline.value, found.first_gap, found.same_release) == (5.0, 6.0, True)
    assert (found.target, found.progress) == (2.5, pytest.approx(0.8))
    assert [gap.release.key for gap in found.gaps] == ["2029-02", "2029-02"]


def test_releases_are_mixed_only_where_they_must_be_and_it_says_so():
    assert both()[MEN].same_release is False


def test_without_the_baseline_there_is_nothing_to_compare_with():
    found = of(PUBLISHED, baseline=Years(2011, 2013))

    assert (found.status, found.reason) == ("not_assessed", Reason.NO_BASELINE)
    assert (found.target, found.current.value) == (None, 6.0)


def test_without_figures_there_is_nothing():
    found = of(())

    assert (found.gaps, found.current, found.comparable_from) == ((), None, "")


def test_without_a_gap_there_is_nothing_to_halve():
    assert two((60.0, 60.0), (61.0, 60.0)).reason == Reason.NO_GAP


def test_regions_that_share_the_value_are_all_named():
    found = of((nine(BEFORE, DECEMBER, (57.0, 57.0, *[60.0] * 7)),), baseline=BEFORE)

    assert found.current.worst.names == ("North East", "North West")
    assert len(found.current.best.names) == 7


def test_without_all_nine_the_publication_says_which_are_the_ends():
    partial = PUBLISHED[4]
    more = replace(partial, regions=(*partial.regions, AreaFigure(CODES["London"], "London", 99.0)))
    unnamed = replace(more, regions=tuple(replace(one, rank=Rank.NONE) for one in more.regions))

    assert of((more,), baseline=BEFORE).current.best.name == "South East"
    assert of((unnamed,), baseline=BEFORE).current is None


def test_a_fixed_pair_is_followed_whoever_is_highest():
    pair = {
        "rule": GapRule.FIXED_PAIR,
        "highest": CODES["London"],
        "lowest": CODES["North East"],
    }
    values = [57.0, 60, 60, 60, 60, 60, 63.0, 64.0, 60]

    found = of((nine(BEFORE, FEBRUARY, values),), baseline=BEFORE, **pair)

    assert (found.current.value, found.current.best.name) == (6.0, "London")
    assert both(**pair)[MEN].current.period == Years(2021, 2023)


years = st.floats(50, 70).map(lambda value: round(value, 1))


@given(best=years, worst=years, baseline_best=years, baseline_worst=years)
def test_the_numbers_are_those_of_the_plainer_implementation(
    best, worst, baseline_best, baseline_worst
):
    best, worst = max(best, worst), min(best, worst)
    baseline_best, baseline_worst = (
        max(baseline_best, baseline_worst),
        min(baseline_best, baseline_worst) - 1,
    )
    expected = plain.halving(
        best=best, worst=worst, baseline_best=baseline_best, baseline_worst=baseline_worst
    )

    found = two((baseline_best, baseline_worst), (best, worst))

    assert {
        "gap": found.current.value,
        "target": found.target,
        "progress": found.progress,
        "top": found.best_change,
        "bottom": found.worst_change,
        "floor": found.floor,
    } == pytest.approx(expected, abs=1e-8)
