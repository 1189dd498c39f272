"""Trajectories: every worked example of the guide to progress, with its label and number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.stats import Polarity, progress_share, trajectory_status, trajectory_value
from outcomes.stats.trajectory import (
    NotAssessed,
    Note,
    Reading,
    Span,
    Target,
    TrajectoryError,
    TrajectoryKind,
    TrajectoryStatus,
)

LOW, HIGH = Polarity.LOW_IS_GOOD, Polarity.HIGH_IS_GOOD


def year(first, last=None):
    return Span(float(first), float((last or first) + 1))


SMOKING = Target(baseline=year(2022), baseline_value=15.0, period=year(2030), value=10.0)


# Source: the project's worked example: smoking, 15.0% in 2022, 10.0% by 2030, lower is better.
@pytest.mark.parametrize(
    ("at", "value", "lower", "upper", "share", "status"),
    [
        (2025, 12.0, 11.2, 12.9, 0.60, "ahead"),
        (2025, 13.0, 12.1, 13.9, 0.40, "on_track"),
        (2025, 13.125, 12.3, 14.0, 0.375, "on_track"),
        (2025, 13.9, 13.0, 14.8, 0.22, "behind_within_margin"),
        (2025, 13.9, 12.7, 15.1, 0.22, "inconclusive"),
        (2025, 14.2, 13.5, 14.9, 0.16, "off_track"),
        (2025, 16.1, 15.2, 17.0, -0.22, "off_track"),
        (2025, 9.8, 9.1, 10.5, 1.04, "at_target_uncertain"),
        (2025, 9.2, 8.6, 9.8, 1.16, "achieved"),
        (2030, 11.4, 10.7, 12.1, 0.72, "missed"),
        (2030, 10.4, 9.7, 11.1, 0.92, "not_met_uncertain"),
    ],
)
def test_smoking_has_the_worked_labels(at, value, lower, upper, share, status):
    reading = Reading(period=year(at), value=value, lower=lower, upper=upper)

    found = trajectory_status(reading=reading, target=SMOKING, polarity=LOW)

    assert found.status == status
    assert found.share == pytest.approx(share, abs=1e-4)
    if at == 2025:
        assert found.expected == pytest.approx(13.125)


def test_employment_on_its_line_is_on_track():
    target = Target(baseline=year(2022), baseline_value=75.7, period=year(2030), value=80.0)
    reading = Reading(period=year(2025), value=77.4, lower=76.1, upper=78.7)

    found = trajectory_status(reading=reading, target=target, polarity=HIGH)

    assert found.expected == pytest.approx(77.3125)
    assert found.status == TrajectoryStatus.ON_TRACK


@pytest.mark.parametrize(
    ("tolerance", "status"), [(None, "behind_within_margin"), (0.05, "off_track")]
)
def test_a_compound_way_without_limits(tolerance, status):
    target = Target(
        baseline=year(2022),
        baseline_value=4.0,
        period=year(2030),
        value=2.0,
        kind=TrajectoryKind.COMPOUND,
        tolerance=tolerance,
    )

    found = trajectory_status(
        reading=Reading(period=year(2025), value=3.2), target=target, polarity=LOW
    )

    assert found.expected == pytest.approx(3.0844, abs=1e-4)
    assert (found.status, found.has_limits) == (status, False)


@pytest.mark.parametrize(
    ("at", "value", "status"),
    [
        (2025, 9.9, "achieved"),
        (2030, 10.5, "not_met_uncertain"),
        (2030, 10.6, "missed"),
        (2025, 12.6, "ahead"),
        (2025, 13.1, "on_track"),
        (2025, 13.6, "behind_within_margin"),
        (2025, 13.7, "off_track"),
    ],
)
def test_without_limits_a_tenth_of_the_way_is_the_margin(at, value, status):
    found = trajectory_status(
        reading=Reading(period=year(at), value=value), target=SMOKING, polarity=LOW
    )

    assert found.status == status


def test_milestones_are_joined_by_straight_lines():
    target = Target(
        baseline=year(2020),
        baseline_value=10.0,
        period=year(2030),
        value=0.0,
        kind=TrajectoryKind.MILESTONES,
        milestones=((2022.5, 9.0), (2026.5, 5.0)),
    )

    found = [trajectory_value(target=target, time=t) for t in (2019, 2021.5, 2024.5, 2028.5, 2040)]

    assert found == pytest.approx([10, 9.5, 7, 2.5, 0])


def test_to_maintain_is_a_level_line_without_a_share():
    target = Target(baseline=year(2022), baseline_value=80.0, period=year(2030), value=80.0)
    reading = Reading(period=year(2025), value=80.4, lower=79.0, upper=81.8)

    found = trajectory_status(reading=reading, target=target, polarity=HIGH)

    assert (found.expected, found.share) == (80.0, None)
    assert found.status == TrajectoryStatus.AT_TARGET_UNCERTAIN


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"period": year(2022)}, "after its baseline"),
        ({"kind": TrajectoryKind.COMPOUND, "value": 0.0}, "above 0"),
        (
            {"kind": TrajectoryKind.MILESTONES, "milestones": ((2026.0, 1.0), (2025.0, 2.0))},
            "in order",
        ),
    ],
)
def test_a_target_that_no_way_leads_to_is_refused(change, message):
    given = {
        "baseline": year(2022),
        "baseline_value": 15.0,
        "period": year(2030),
        "value": 10.0,
    }

    with pytest.raises(TrajectoryError, match=message):
        trajectory_value(target=Target(**(given | change)), time=2025.5)


GOOD = Reading(period=year(2025), value=13.0, lower=12.0, upper=14.0)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"target": None, "polarity": Polarity.NO_JUDGEMENT}, NotAssessed.NO_TARGET),
        ({"polarity": Polarity.NO_JUDGEMENT}, NotAssessed.NO_POLARITY),
        (
            {"reading": Reading(period=year(2025), value=None, note=Note.SUPPRESSED)},
            NotAssessed.SUPPRESSED,
        ),
        ({"reading": None}, NotAssessed.MISSING),
        ({"reading": Reading(period=year(2025), value=None)}, NotAssessed.MISSING),
        ({"comparable": False, "stale": True}, NotAssessed.NOT_COMPARABLE),
        ({"reading": Reading(period=year(2022, 2024), value=13.0)}, NotAssessed.OVERLAPPING),
        ({"reading": Reading(period=year(2020), value=13.0)}, NotAssessed.NO_DATA_AFTER_BASELINE),
        ({"stale": True}, NotAssessed.STALE),
    ],
)
def test_what_is_not_assessed_says_the_first_reason(change, reason):
    given = {"reading": GOOD, "target": SMOKING, "polarity": LOW} | change

    found = trajectory_status(**given)

    assert (found.status, found.reason) == (TrajectoryStatus.NOT_ASSESSED, reason)
    assert (found.expected, found.share) == (None, None)


def test_a_share_is_undefined_where_nothing_is_to_change():
    assert progress_share(value=5, baseline_value=3, target_value=3) is None
    assert progress_share(value=2, baseline_value=3, target_value=5) == -0.5


@given(
    st.floats(0, 30, allow_nan=False),
    st.floats(0, 5, allow_nan=False),
    st.integers(2023, 2034),
)
def test_labels_agree_with_the_rules_read_one_by_one(value, half, at):
    reading = Reading(period=year(at), value=value, lower=value - half, upper=value + half)

    found = trajectory_status(reading=reading, target=SMOKING, polarity=LOW).status

    assert found == _plainly(value, value - half, value + half, at)


def _plainly(value, lower, upper, at):
    # Lower is better, so everything is asked the other way round instead of being turned.
    line = 15.0 - 5.0 * min((at - 2022) / 8, 1)
    if value <= 10:
        return "achieved" if upper <= 10 else "at_target_uncertain"
    if at >= 2030:
        return "missed" if lower > 10 else "not_met_uncertain"
    if upper < line:
        return "ahead"
    if value <= line:
        return "on_track"
    if lower > line:
        return "off_track"
    return "inconclusive" if upper >= 15 else "behind_within_margin"


@given(st.floats(1, 30, allow_nan=False), st.floats(0.1, 5, allow_nan=False))
def test_turning_an_indicator_round_keeps_its_label(value, half):
    turned = Target(baseline=year(2022), baseline_value=-15.0, period=year(2030), value=-10.0)

    low = trajectory_status(
        reading=Reading(year(2025), value, value - half, value + half), target=SMOKING, polarity=LOW
    )
    high = trajectory_status(
        reading=Reading(year(2025), -value, -value - half, -value + half),
        target=turned,
        polarity=HIGH,
    )

    assert low.status == high.status
