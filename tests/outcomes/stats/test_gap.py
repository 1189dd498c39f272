"""Gaps to England, and the gap that the mission wants halved."""

import pytest

from outcomes.stats import Polarity, gap_change, gap_to_benchmark, halving_progress
from outcomes.stats.gap import GapMovement, LimitsMissingError, Measured
from outcomes.stats.trajectory import NotAssessed, Span

HIGH, LOW = Polarity.HIGH_IS_GOOD, Polarity.LOW_IS_GOOD


def measured(value, half):
    return Measured(value, value - half, value + half)


# Source: the project's worked example of healthy life expectancy.
def test_a_gap_that_narrowed_since_england_got_worse_says_so():
    before = gap_to_benchmark(
        area=measured(57.6, 0.8), benchmark=measured(62.7, 0.2), polarity=HIGH
    )
    now = gap_to_benchmark(area=measured(57.0, 0.8), benchmark=measured(60.9, 0.2), polarity=HIGH)

    found = gap_change(now=now, before=before)

    assert (before.value, now.value) == pytest.approx((-5.1, -3.9))
    assert (now.lower, now.upper) == pytest.approx((-4.7246, -3.0754), abs=1e-4)
    assert now.relative == pytest.approx(-0.064, abs=5e-4)
    assert found.z == pytest.approx(2.0168, abs=1e-4)
    assert found.movement == GapMovement.NARROWED_BY_DECLINE
    assert (found.by_area, found.by_benchmark) == pytest.approx((-0.6, 1.8))


def smoking(area, england, half=0.8):
    return gap_to_benchmark(
        area=measured(area, half), benchmark=measured(england, 0.1), polarity=LOW
    )


# Source: the project's worked examples of smoking: 18.0% beside England's 14.0% before.
@pytest.mark.parametrize(
    ("now", "gap", "z", "movement", "by_area", "by_benchmark"),
    [
        ((14.5, 12.5), -2.0, 3.438, GapMovement.NARROWED, 3.5, -1.5),
        ((17.6, 12.5), -5.1, -1.8909, GapMovement.NO_CLEAR_CHANGE, 0.4, -1.5),
        ((20.5, 12.5), -8.0, -6.876, GapMovement.WIDENED, -2.5, -1.5),
    ],
)
def test_the_parts_of_a_change_add_up(now, gap, z, movement, by_area, by_benchmark):
    before = smoking(18.0, 14.0)

    found = gap_change(now=smoking(*now), before=before)

    assert (before.value, smoking(*now).value) == pytest.approx((-4.0, gap))
    assert found.z == pytest.approx(z, abs=1e-3)
    assert found.movement == movement
    assert (found.by_area, found.by_benchmark) == pytest.approx((by_area, by_benchmark))
    assert found.change == pytest.approx(by_area + by_benchmark)


def test_a_gap_without_limits_is_refused():
    with pytest.raises(LimitsMissingError):
        gap_to_benchmark(
            area=Measured(50, float("nan"), 52), benchmark=measured(60, 1), polarity=HIGH
        )


LATER, EARLIER = Span(2025.0, 2028.0), Span(2022.0, 2025.0)


def halving(baseline, now, *, period=LATER, base=EARLIER, **more):
    return halving_progress(
        baseline_best=baseline[0],
        baseline_worst=baseline[1],
        best=now[0],
        worst=now[1],
        period=period,
        baseline=base,
        target_period=Span(2034.0, 2037.0),
        **more,
    )


# Source: ONS, healthy life expectancy of men in English regions: London 63.9 and North East 56.9 in
# 2021-23; South East 63.0 and North East 57.0 in 2022-24. Women: 64.4, 57.5; then 64.3, 56.9.
@pytest.mark.parametrize(
    ("baseline", "now", "progress", "best", "worst"),
    [
        ((63.9, 56.9), (63.0, 57.0), 0.2857, -0.9, 0.1),
        ((64.4, 57.5), (64.3, 56.9), -0.1449, -0.1, -0.6),
    ],
)
def test_published_periods_that_overlap_are_not_assessed(baseline, now, progress, best, worst):
    found = halving(baseline, now, period=Span(2022.0, 2025.0), base=Span(2021.0, 2024.0))

    assert found.progress == pytest.approx(progress, abs=1e-4)
    assert (found.best_change, found.worst_change) == pytest.approx((best, worst))
    assert (found.status, found.reason) == ("not_assessed", NotAssessed.OVERLAPPING)


def test_a_halved_gap_with_the_worst_rising_is_achieved():
    found = halving((64.0, 58.0), (65.0, 62.0))

    assert found.progress == pytest.approx(1)
    assert (found.status, found.worst_change) == ("achieved", 4.0)


def test_what_the_best_and_the_worst_did_is_told_apart():
    found = halving((64.0, 58.0), (62.5, 58.5))

    assert found.progress == pytest.approx(2 / 3)
    assert (found.best_change, found.worst_change) == (-1.5, 0.5)
    assert not found.by_decline_at_top


# Halved; a little narrower, behind the line; and as little narrower when half was due.
@pytest.mark.parametrize(
    ("now", "period", "progress"),
    [
        ((61.0, 58.0), LATER, 1),
        ((63.9, 58.0), LATER, 0.0333),
        ((63.5, 58.0), Span(2034.0, 2037.0), 0.1667),
    ],
)
def test_a_gap_that_fell_only_at_the_top_says_so_and_nothing_else(now, period, progress):
    found = halving((64.0, 58.0), now, period=period)

    assert found.progress == pytest.approx(progress, abs=1e-4)
    assert found.status == "narrowed_by_decline_at_top"


def test_the_floor_is_half_the_old_gap_below_the_best():
    found = halving((63.0, 57.0), (63.0, 57.0))

    assert found.floor == 60.0


def test_without_a_gap_there_is_nothing_to_halve():
    with pytest.raises(ValueError, match="no gap"):
        halving((60.0, 60.0), (61.0, 60.0))
