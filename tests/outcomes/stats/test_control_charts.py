"""XmR charts."""

from itertools import pairwise

import numpy as np
import pytest

from outcomes.stats import xmr_chart
from outcomes.stats.control_charts import Assurance, SpecialCause

CALM = [10, 12, 11, 9, 10, 11, 12, 10, 9, 11, 10, 12, 11, 9]


def causes(values, **more):
    return [each and each.name for each in xmr_chart(values=values, **more).causes]


# Source: Wheeler (2000), Understanding Variation: limits are the mean -/+ 2.66 mean moving ranges.
def test_limits_are_the_mean_and_the_moving_range():
    found = xmr_chart(values=CALM, screen=False)

    mean = sum(CALM) / len(CALM)
    ranges = [abs(b - a) for a, b in pairwise(CALM)]
    reach = 2.66 * sum(ranges) / len(ranges)
    assert found.mean == pytest.approx(np.full(14, mean))
    assert found.lower == pytest.approx(np.full(14, mean - reach))
    assert found.upper == pytest.approx(np.full(14, mean + reach))


def test_calm_series_are_common_variation():
    assert set(causes(CALM)) == {"NONE"}


def test_a_single_leap_is_outside_and_screened_from_the_limits():
    leap = [*CALM, 40]

    screened, plain = xmr_chart(values=leap), xmr_chart(values=leap, screen=False)

    assert screened.causes[-1] == SpecialCause.OUTSIDE_LIMITS
    assert screened.upper[0] < plain.upper[0]


def test_seven_on_one_side_are_a_shift_and_six_are_not():
    six = [10, 8] * 6 + [11, 12, 11, 12, 11, 12]
    assert "SHIFT" not in causes([*six, 8])

    assert causes([*six, 11])[-7:] == ["SHIFT"] * 7


def test_a_point_on_the_mean_breaks_a_shift():
    values = [-1, 1] * 4 + [-1, -2, -1, 0, -1, -2, -1] + [1, 2, 1, 4]
    assert sum(values) == 0

    assert "SHIFT" not in causes(values)


def test_seven_points_in_one_direction_are_a_trend_and_six_are_not():
    start = [10, 12, 9, 11, 10, 12, 9, 11]

    assert "TREND" not in causes([*start, 10, 10.5, 11, 11.5, 12, 9, 11])
    assert causes([*start, 9, 9.5, 10, 10.5, 11, 11.5, 12])[-7:] == ["TREND"] * 7


def test_two_of_three_near_a_limit_on_one_side():
    values = [*CALM, 14.3, 11.5, 14.4, 9, 10, 11, 9]
    found = xmr_chart(values=values, screen=False)
    near = found.mean[0] + 2 / 3 * (found.upper[0] - found.mean[0])
    assert near < 14.3 < 14.4 < found.upper[0]

    assert [each.name for each in found.causes[14:17]] == ["TWO_OF_THREE", "NONE", "TWO_OF_THREE"]


def test_fewer_than_thirteen_points_have_no_lines():
    found = xmr_chart(values=[*CALM[:12], None])

    assert found.reason == "12 points, 13 needed"
    assert np.isnan(found.mean).all()
    assert set(found.causes) == {None}


def test_phases_have_lines_of_their_own():
    found = xmr_chart(values=[*CALM, *(v + 50 for v in CALM)], phase_starts=[14])

    assert found.mean[14] - found.mean[13] == pytest.approx(50)
    assert set(found.causes) == {SpecialCause.NONE}
    with pytest.raises(ValueError, match="point of the series"):
        xmr_chart(values=CALM, phase_starts=[14])


@pytest.mark.parametrize(
    ("target", "high_is_good", "expected"),
    [
        (None, True, Assurance.NONE),
        (5, True, Assurance.CONSISTENTLY_PASSES),
        (5, False, Assurance.CONSISTENTLY_FAILS),
        (50, True, Assurance.CONSISTENTLY_FAILS),
        (50, False, Assurance.CONSISTENTLY_PASSES),
        (10, True, Assurance.INCONSISTENT),
    ],
)
def test_a_target_is_judged_by_the_limits(target, high_is_good, expected):
    found = xmr_chart(values=CALM, target=target, high_is_good=high_is_good)

    assert found.assurance == expected
