"""Baselines after revisions and breaks, and how sure the data are."""

import pytest

from outcomes.stats import comparable_baseline, data_confidence
from outcomes.stats.comparability import Confidence, SeriesBreak, TargetMode


def baseline(**change):
    given = {
        "agreed_value": 15.0,
        "agreed_target": 10.0,
        "mode": TargetMode.LEVEL,
        "same_release_value": 15.0,
        "baseline_time": 2022.5,
        "current_time": 2025.5,
    }
    return comparable_baseline(**(given | change))


def test_nothing_revised_is_nothing_said():
    found = baseline()

    assert (found.value, found.target, found.reason) == (15.0, 10.0, "")
    assert (found.revised, found.needs_confirmation, found.spliced) == (False, False, False)


@pytest.mark.parametrize(
    ("mode", "target"),
    [(TargetMode.LEVEL, 10.0), (TargetMode.CHANGE, 9.6), (TargetMode.PERCENT, 14.6 * 10 / 15)],
)
def test_a_revised_baseline_keeps_what_was_agreed_of_the_target(mode, target):
    found = baseline(mode=mode, same_release_value=14.6)

    assert found.value == 14.6
    assert found.target == pytest.approx(target)
    assert found.reason == "15 when agreed, 14.6 as revised."
    assert not found.needs_confirmation


# Source: ONS, healthy life expectancy of men in Westminster, 2018-20: 66.3 as first published,
# 59.0 by the method of December 2024.
def test_a_revision_beyond_half_the_agreed_change_is_confirmed_first():
    found = baseline(agreed_value=66.3, agreed_target=68.0, same_release_value=59.0)

    assert found.needs_confirmation
    assert found.value == 59.0


# Source: fuel poverty in England, 10.3% in 2018 by one definition, 13.4% in 2019 by the next.
def test_a_break_that_nothing_bridges_leaves_nothing_to_compare():
    broken = SeriesBreak(time=2024.0, text="Fuel poverty was defined anew.")

    found = baseline(breaks=(broken,))

    assert (found.value, found.target) == (None, None)
    assert found.reason == "Fuel poverty was defined anew. The baseline must be agreed again."


def test_a_break_with_a_common_period_is_bridged_by_its_ratio_and_said():
    broken = SeriesBreak(time=2024.0, text="Defined anew.", ratio=1.2)

    found = baseline(breaks=(broken,), same_release_value=None, mode=TargetMode.PERCENT)

    assert (found.value, found.target) == pytest.approx((18.0, 12.0))
    assert found.spliced
    assert "Defined anew." in found.reason


def test_breaks_outside_of_the_two_periods_do_not_matter():
    found = baseline(breaks=(SeriesBreak(2020.0, "Old."), SeriesBreak(2026.0, "New.")))

    assert found.value == 15.0


def test_a_release_without_the_baselines_period_is_not_mixed_with_another():
    found = baseline(same_release_value=None)

    assert found.value is None
    assert "does not hold" in found.reason


SURE = {"assessed": True, "official": True, "has_limits": True, "independent_points": 6}


@pytest.mark.parametrize(
    ("change", "level", "reason"),
    [
        ({}, Confidence.HIGH, "6 independent periods"),
        ({"independent_points": 4}, Confidence.MEDIUM, "4 independent periods, 5 needed"),
        ({"in_development": True}, Confidence.MEDIUM, "in development"),
        ({"official": False}, Confidence.MEDIUM, "not an official statistic"),
        ({"has_limits": False}, Confidence.LOW, "no confidence interval"),
        ({"provisional": True}, Confidence.LOW, "provisional"),
        ({"estimated": True}, Confidence.LOW, "estimated"),
        ({"spliced": True}, Confidence.LOW, "bridged"),
        ({"half_width": 2.0, "required_change": -1.5}, Confidence.LOW, "wider"),
        ({"half_width": 1.0, "required_change": -1.5}, Confidence.HIGH, "official"),
        ({"assessed": False}, Confidence.NONE, "not assessed"),
    ],
)
def test_confidence_has_its_reasons(change, level, reason):
    found = data_confidence(**(SURE | change))

    assert found.level == level
    assert any(reason in words for words in found.reasons)
