"""The first label, through the whole chain: examples of the guide, reasons, revisions."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from outcomes.area_figures import Break
from outcomes.progress_labels import (
    METHODS,
    AgreedMilestone,
    AgreedTarget,
    Bridge,
    period_label,
    span_of,
    to_content,
)
from outcomes.stats import Polarity
from outcomes.stats.comparability import TargetMode
from outcomes.stats.trajectory import TrajectoryKind
from tests.outcomes.progress_labels.told import (
    BASELINE,
    HLE,
    SMOKING,
    TARGET,
    days,
    labels_of,
    seen,
    told,
)


@pytest.mark.parametrize(
    ("start", "end", "middle"),
    [
        (date(2025, 1, 1), date(2026, 1, 1), 2025.5),
        (date(2024, 4, 1), date(2025, 4, 1), 2024.75),
        (date(2023, 9, 1), date(2024, 9, 1), 2024.17),
        (date(2022, 1, 1), date(2025, 1, 1), 2023.5),
        (date(2028, 1, 1), date(2031, 1, 1), 2029.5),
    ],
)
def test_a_period_stands_for_its_middle(start, end, middle):
    assert span_of(start_date=start, end_date=end).midpoint == pytest.approx(middle, abs=0.005)


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        (date(2025, 1, 1), date(2026, 1, 1), "2025"),
        (date(2025, 1, 1), date(2028, 1, 1), "2025-27"),
        (date(2024, 4, 1), date(2025, 4, 1), "2024/25"),
        (date(2024, 4, 1), date(2027, 4, 1), "2024/25-26/27"),
        (date(2024, 4, 1), date(2024, 7, 1), "1 April 2024 to 30 June 2024"),
    ],
)
def test_a_period_to_come_is_written_as_those_before(start, end, label):
    assert period_label(start_date=start, end_date=end) == label


# Source: the project's worked example: smoking, 15.0% in 2022, 10.0% by 2030, lower is better.
@pytest.mark.parametrize(
    ("at", "value", "lower", "upper", "share", "words"),
    [
        (2025, 12.0, 11.2, 12.9, 0.60, "Ahead"),
        (2025, 13.0, 12.1, 13.9, 0.40, "On track"),
        (2025, 13.125, 12.3, 14.0, 0.375, "On track"),
        (2025, 13.9, 13.0, 14.8, 0.22, "Behind, within margin"),
        (2025, 13.9, 12.7, 15.1, 0.22, "Inconclusive"),
        (2025, 14.2, 13.5, 14.9, 0.16, "Off track"),
        (2025, 16.1, 15.2, 17.0, -0.22, "Off track"),
        (2025, 9.8, 9.1, 10.5, 1.04, "At target, not yet certain"),
        (2025, 9.2, 8.6, 9.8, 1.16, "Achieved"),
        (2030, 11.4, 10.7, 12.1, 0.72, "Missed"),
        (2030, 10.4, 9.7, 11.1, 0.92, "Not met, within margin of error"),
    ],
)
def test_smoking_has_the_worked_labels(at, value, lower, upper, share, words):
    found = labels_of(told(seen(at, value, lower, upper)), today=date(at + 1, 11, 1)).trajectory

    assert found.words == words
    assert found.share == pytest.approx(share, abs=1e-4)
    assert found.expected == pytest.approx(13.125 if at == 2025 else 10.0, abs=1e-4)


def test_the_label_says_its_numbers_and_what_they_do():
    found = labels_of(told(seen(2025, 13.9, 13.0, 14.8)))

    assert found.trajectory.why == (
        "13.9 (13.0 to 14.8) in 2025. The line from 15.0 in 2022 to 10.0 in 2030 is at 13.1. The "
        "value is behind the line, and its interval reaches the line but not the baseline."
    )
    assert found.trajectory.share_words == "22% of the way"
    assert (found.framework_indicator, found.method, found.latest.observation) == (7, 1, 2)


def test_moving_away_is_said_and_is_no_share_of_the_way():
    found = labels_of(told(seen(2025, 16.1, 15.2, 17.0))).trajectory

    assert (
        found.share_words
        == "moving away: 1.1 percentage points higher than the baseline; 5.0 lower were agreed"
    )


@pytest.mark.parametrize(
    ("tolerance", "words"), [(None, "Behind, within margin"), (0.05, "Off track")]
)
def test_a_compound_way_without_limits_says_its_margin(tolerance, words):
    given = told(
        seen(2025, 3.2),
        baseline=seen(2022, 4.0),
        target=AgreedTarget(
            label="2030",
            days=days(2030),
            value=2.0,
            kind=TrajectoryKind.COMPOUND,
            tolerance=tolerance,
        ),
        definition=replace(SMOKING, multiplier=1000),
        unit="per 1,000",
    )

    found = labels_of(given).trajectory

    assert found.expected == pytest.approx(3.0844, abs=1e-4)
    assert (found.words, found.has_limits) == (words, False)
    margin = "0.20" if tolerance is None else "0.05"
    assert f"No confidence interval: judged by a margin of {margin} per 1,000." in found.why


def test_another_method_has_another_margin():
    wide = replace(METHODS[0], number=2, tolerance=0.2)
    given = told(seen(2025, 14.0), held=seen(2022, 15.0))

    found = [labels_of(given, method=method) for method in (METHODS[0], wide)]

    assert [one.trajectory.words for one in found] == ["Off track", "Behind, within margin"]
    assert [one.method for one in found] == [1, 2]


def test_employment_on_its_line_is_on_track():
    given = told(
        seen(2025, 77.4, 76.1, 78.7),
        baseline=seen(2022, 75.7, 74.4, 77.0),
        target=replace(TARGET, value=80.0),
        definition=replace(SMOKING, polarity=Polarity.HIGH_IS_GOOD),
    )

    found = labels_of(given).trajectory

    assert found.expected == pytest.approx(77.3125, abs=1e-4)
    assert found.words == "On track"


def test_what_is_to_be_kept_follows_its_baseline():
    target = replace(TARGET, value=15.0, maintain=True)
    given = told(seen(2025, 14.7, 14.0, 15.5), held=seen(2022, 14.6, 13.8, 15.4), target=target)

    found = labels_of(given).trajectory

    assert (found.baseline, found.target, found.expected) == (14.6, 14.6, 14.6)
    assert (found.share, found.baseline_agreed, found.target_agreed) == (None, 15.0, 15.0)


@pytest.mark.parametrize(
    ("value", "limits", "status", "words"),
    [
        (14.9, (), "achieved", "Kept so far"),
        (15.0, (), "achieved", "Kept so far"),
        (14.0, (13.2, 14.8), "achieved", "Kept so far"),
        (14.9, (14.1, 15.7), "at_target_uncertain", "Kept so far, not yet certain"),
        (15.2, (), "behind_within_margin", "Behind, within margin"),
        (15.21, (), "off_track", "Off track"),
    ],
)
def test_what_is_to_be_kept_is_kept_so_far_before_its_time(value, limits, status, words):
    target = replace(TARGET, value=15.0, maintain=True, tolerance=0.2)

    found = labels_of(told(seen(2025, value, *limits), target=target)).trajectory

    assert (found.status, found.words) == (status, words)
    assert ("It is to be kept until 2030" in found.why) == words.startswith("Kept")


def test_what_was_kept_until_its_time_is_achieved():
    target = replace(TARGET, value=15.0, maintain=True, tolerance=0.2)

    found = labels_of(told(seen(2030, 14.9), target=target), today=date(2031, 6, 1)).trajectory

    assert (found.status, found.words) == ("achieved", "Achieved")
    assert "It is to be kept" not in found.why


def test_who_reaches_a_target_before_its_time_has_achieved_it():
    found = labels_of(told(seen(2025, 9.2, 8.6, 9.8))).trajectory

    assert found.words == "Achieved"


@pytest.mark.parametrize(
    ("mode", "target", "milestone"),
    [
        (TargetMode.LEVEL, 10.0, 12.5),
        (TargetMode.CHANGE, 9.6, 12.1),
        (TargetMode.PERCENT, 14.6 * 10 / 15, 12.5 * 14.6 / 15),
    ],
)
def test_a_revised_baseline_moves_what_was_not_agreed_to_stay(mode, target, milestone):
    agreed = replace(
        TARGET,
        mode=mode,
        kind=TrajectoryKind.MILESTONES,
        milestones=(AgreedMilestone("2026", days(2026), 12.5),),
    )
    given = told(seen(2025, 13.0, 12.1, 13.9), held=seen(2022, 14.6, 13.8, 15.4), target=agreed)

    found = labels_of(given).trajectory

    assert found.target == pytest.approx(target)
    assert found.line[1] == pytest.approx((2026.5, milestone))
    assert "The baseline was 15.0 when agreed, 14.6 as revised." in found.why
    assert (found.revised, found.needs_confirmation) == (True, False)


def test_a_revision_beyond_half_the_agreed_change_asks_the_owners():
    # Source: healthy life expectancy, Westminster, men, 2018-20: 66.3, then 59.0 by the method of
    # December 2024.
    given = told(
        seen(2021, 60.0, 58.0, 62.0, last=2023),
        baseline=seen(2018, 66.3, last=2020),
        held=seen(2018, 59.0, last=2020),
        target=AgreedTarget(label="2027 - 29", days=days(2027, 2029), value=68.0),
        definition=HLE,
        unit="years",
    )

    found = labels_of(given).trajectory

    assert (found.baseline_agreed, found.baseline, found.needs_confirmation) == (66.3, 59.0, True)
    assert "66.3 when agreed, 59.0 as revised. The owners are asked to confirm it." in found.why


@pytest.mark.parametrize(
    ("change", "reason", "why"),
    [
        ({"target": None}, "no_target", "No target agreed."),
        (
            {"definition": replace(SMOKING, polarity=Polarity.NO_JUDGEMENT)},
            "no_polarity",
            "Neither direction is called better.",
        ),
        (
            {"values": [seen(2025, None, note="suppressed")]},
            "suppressed",
            "2025 is suppressed, because the numbers are small. This is not zero.",
        ),
        (
            {"values": [seen(2025, None)]},
            "missing",
            "2025 is missing, because the source has not published it.",
        ),
        (
            {"values": [], "held": None},
            "missing",
            "Missing, because the source has not published it.",
        ),
        (
            {"held": None},
            "not_comparable",
            "The latest release does not hold the baseline’s period.",
        ),
        ({"values": []}, "overlapping", "The latest period, 2022, is the baseline itself."),
        (
            {"values": [], "held": seen(2019, 15.5, 15, 16)},
            "not_comparable",
            "The latest release does not hold the baseline’s period.",
        ),
        (
            {"publication_lag_months": 6, "today": date(2027, 7, 1)},
            "stale",
            "The latest value is of 2025. A newer one should long have been published.",
        ),
    ],
)
def test_what_is_not_assessed_says_why(change, reason, why):
    today = change.pop("today", date(2026, 11, 23))
    values = change.pop("values", [seen(2025, 13.0, 12.1, 13.9)])

    found = labels_of(told(*values, **change), today=today).trajectory

    assert (found.words, found.reason) == ("Not assessed", reason)
    assert found.why.startswith(why)
    assert (found.expected, found.share) == (None, None)


def test_a_value_is_stale_only_from_the_day_on():
    given = told(seen(2025, 13.0, 12.1, 13.9), publication_lag_months=6)

    found = [
        labels_of(given, today=day).trajectory.reason
        for day in (date(2027, 6, 30), date(2027, 7, 1))
    ]

    assert found == ["", "stale"]


def test_a_rolling_period_says_when_it_can_first_be_assessed():
    given = told(
        baseline=seen(2022, 57.0, 56.2, 57.8, last=2024),
        target=AgreedTarget(label="2028 - 30", days=days(2028, 2030), value=60.0),
        definition=HLE,
        publication_lag_months=17,
    )

    found = labels_of(given).trajectory

    assert found.reason == "overlapping"
    assert found.first_possible == "2025-27, published about 2029"
    assert found.target_published == "2032"


def test_a_missing_period_leaves_the_value_before_it_and_names_it():
    given = told(seen(2024, 13.9, 13.0, 14.8), seen(2025, None))

    found = labels_of(given)

    assert (found.latest.period, found.trajectory.words) == ("2024", "Behind, within margin")
    assert found.trajectory.why.endswith("2025 is missing.")


def test_an_unbridged_break_is_never_crossed():
    # Source: fuel poverty in England: 10.3% in 2018, then 13.4% by another definition in 2019.
    broken = replace(SMOKING, breaks=(Break(date(2019, 1, 1), "Definition", "LILEE for LIHC."),))
    given = told(
        seen(2019, 13.4, 13.0, 13.8),
        baseline=seen(2018, 10.3, 10.0, 10.6),
        target=replace(TARGET, value=8.0),
        definition=broken,
    )

    found = labels_of(given, today=date(2020, 6, 1))

    assert found.trajectory.reason == "not_comparable"
    assert found.trajectory.why == "LILEE for LIHC. The baseline must be agreed again."
    assert found.trajectory.needs_confirmation
    assert found.trend.since_baseline.label == "not_compared"
    assert found.trend.since_independent.label == "not_compared"


def test_a_bridged_break_is_said_and_never_tested():
    broken = replace(SMOKING, breaks=(Break(date(2023, 1, 1), "Definition", "Another survey."),))
    given = told(
        seen(2025, 13.0, 12.1, 13.9),
        held=None,
        definition=broken,
        bridges={date(2023, 1, 1): Bridge(ratio=0.98)},
    )

    found = labels_of(given)

    assert found.trajectory.baseline == pytest.approx(14.7)
    assert (found.trajectory.spliced, found.trajectory.revised) == (True, False)
    assert found.trajectory.why.endswith("Bridged by a ratio over: Another survey.")
    assert (found.trend.since_baseline.label, found.confidence.level) == ("not_compared", "low")


def test_what_was_published_before_a_break_is_bridged_though_it_still_stands():
    broken = replace(SMOKING, breaks=(Break(date(2023, 1, 1), "Definition", "Another survey."),))
    given = told(
        seen(2025, 13.0, 12.1, 13.9),
        definition=broken,
        bridges={date(2023, 1, 1): Bridge(ratio=0.98)},
    )

    found = labels_of(given).trajectory

    assert found.baseline == pytest.approx(14.7)
    assert found.spliced


def test_a_baseline_that_was_published_again_by_the_new_ways_needs_no_bridge():
    broken = replace(SMOKING, breaks=(Break(date(2023, 1, 1), "Definition", "Another survey."),))
    given = told(
        seen(2025, 13.0, 12.1, 13.9),
        held=seen(2022, 14.6, 13.8, 15.4),
        definition=broken,
        bridges={date(2023, 1, 1): Bridge(restated=True)},
    )

    found = labels_of(given).trajectory

    assert (found.baseline, found.spliced, found.revised) == (14.6, False, True)


def test_releases_that_made_their_values_otherwise_are_never_mixed():
    # Source: ONS changed how healthy life expectancy is made in December 2024.
    before, after = UUID(int=1), UUID(int=2)
    given = told(
        seen(2025, 13.0, 12.1, 13.9, release_id=after),
        held=seen(2022, 15.0, 14.2, 15.9, release_id=before),
        made_by={before: "before December 2024", after: "December 2024"},
    )

    found = labels_of(given).trajectory
    again = labels_of(replace(given, made_by={after: "December 2024"})).trajectory

    assert (found.status, found.reason) == ("not_assessed", "not_comparable")
    assert found.why == (
        "The value of the baseline’s period was made by ‘before December 2024’, the latest by "
        "‘December 2024’, and the first was not published again. The baseline must be agreed again."
    )
    # Of a release that does not say how it was made, nothing is concluded.
    assert again.status != "not_assessed"


def numbers_in(content):
    if isinstance(content, dict):
        return [one for value in content.values() for one in numbers_in(value)]
    if isinstance(content, list | tuple):
        return [one for value in content for one in numbers_in(value)]
    return [] if isinstance(content, bool) or not isinstance(content, float) else [content]


def test_a_suppressed_value_leaves_no_number_of_itself():
    given = told(
        seen(2024, 13.0, 12.1, 13.9),
        seen(2025, None, note="suppressed"),
        england=told(seen(2025, 12.5, 12.4, 12.6), held=None).series,
    )

    content = to_content(labels=labels_of(given))

    # What was agreed is no secret: baseline, target, and the line between the two.
    agreed = {15.0, 10.0, 2022.5, 2030.5}
    assert set(numbers_in(content)) == agreed
    assert (content["latest"]["value"], content["england"]["gap"]) == (None, None)
    assert content["trend"]["since_independent"]["label"] == "not_compared"


def test_a_baseline_that_is_suppressed_since_is_given_away_by_nothing():
    target = replace(TARGET, mode=TargetMode.CHANGE)
    given = told(
        seen(2025, 13.0, 12.1, 13.9), held=seen(2022, None, note="suppressed"), target=target
    )

    content = to_content(labels=labels_of(given))

    assert content["trajectory"]["reason"] == "not_comparable"
    assert set(numbers_in(content)) == {13.0, 12.1, 13.9}
    assert BASELINE.value not in numbers_in(content)
