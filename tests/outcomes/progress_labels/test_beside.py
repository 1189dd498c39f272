"""The labels beside the first: change and trend, England and the gap, confidence."""

from dataclasses import replace

import pytest

from outcomes.area_figures import AreaValue
from outcomes.progress_labels import chain_of, change_between
from outcomes.stats import Polarity
from tests.outcomes.progress_labels.told import (
    BASELINE,
    HLE,
    SMOKING,
    labels_of,
    seen,
    series,
    told,
)
from tests.outcomes.stats.plain import two_sided_p


# Source: the project's worked examples of change since a baseline.
@pytest.mark.parametrize(
    ("definition", "earlier", "later", "z", "p", "label"),
    [
        (SMOKING, (15.0, 14.2, 15.9), (13.9, 13.0, 14.8), -1.7363, 0.0825, "no_clear_change"),
        (SMOKING, (15.0, 14.2, 15.9), (13.0, 12.1, 13.9), -3.1406, 0.0017, "significantly_lower"),
        (HLE, (60.0, 59.0, 61.0), (58.1, 57.0, 59.2), -2.5050, 0.0122, "significantly_lower"),
    ],
)
def test_a_change_is_tested_on_the_scale_of_the_indicator(definition, earlier, later, z, p, label):
    found = change_between(
        definition=definition, earlier=seen(2019, *earlier), later=seen(2022, *later)
    )

    assert found.z == pytest.approx(z, abs=1e-4)
    assert two_sided_p(found.z) == pytest.approx(p, abs=1e-4)
    assert found.label == label


def test_behind_and_no_clear_change_stand_side_by_side():
    found = labels_of(told(seen(2025, 13.9, 13.0, 14.8)))

    assert found.trajectory.words == "Behind, within margin"
    assert found.trend.since_baseline.words == "No clear change since the baseline"
    assert found.trend.since_baseline.why == (
        "13.9 after 15.0 in 2022, −1.1; chance alone may make such a difference (z = −1.74)"
    )


@pytest.mark.parametrize("value", [58.1, 59.9])
def test_a_period_keeps_its_hyphen_where_z_has_a_minus(value):
    found = change_between(
        definition=HLE,
        earlier=seen(2019, 60.0, 59.0, 61.0, last=2021),
        later=seen(2022, value, value - 1, value + 1, last=2024),
    )

    assert " in 2019-21, −" in found.why
    assert "(z = −" in found.why


def rolling(*starts: int) -> list[AreaValue]:
    return [seen(one, 60.0 - one / 1000, 57.0, 59.0, last=one + 2) for one in starts]


def test_a_rolling_series_of_twelve_has_four_independent_periods():
    values = rolling(*range(2011, 2023))

    found = labels_of(told(*values, baseline=None, target=None, definition=HLE)).trend

    assert [one.period for one in chain_of(values=values)] == [
        "2013 - 15",
        "2016 - 18",
        "2019 - 21",
        "2022 - 24",
    ]
    assert (found.words, found.why) == (
        "Trend cannot be calculated",
        "4 independent periods, 5 needed. There will be 5 with 2023-25",
    )
    assert found.since_independent.earlier_period == "2019-21"


def test_the_latest_five_of_eight_independent_periods_are_used():
    values = rolling(*range(2001, 2023))

    found = labels_of(told(*values, baseline=None, target=None, definition=HLE)).trend

    assert (found.label, found.independent_periods) == ("no significant change", 8)
    assert found.periods == ("2010 - 12", "2013 - 15", "2016 - 18", "2019 - 21", "2022 - 24")


def test_a_gap_in_the_chain_is_not_filled_with_a_period_that_overlaps():
    values = rolling(2012, 2013, 2016, 2019, 2022)

    found = labels_of(told(*values, baseline=None, target=None, definition=HLE)).trend

    assert found.why == "4 independent periods, 5 needed. There will be 5 with 2025-27"


def test_a_trend_that_cannot_be_calculated_says_when_there_are_enough_periods():
    values = rolling(2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022)

    found = labels_of(
        told(*values, baseline=None, target=None, definition=HLE, publication_lag_months=17)
    ).trend

    # 2027-29 with 2024-26, 2021-23, 2018-20 and 2015-17.
    assert found.first_possible == "2027-29, published about 2031"


def test_a_trend_that_is_calculated_waits_for_nothing():
    values = [seen(year, 15.0, 14.0, 16.0) for year in range(2020, 2025)]

    assert labels_of(told(*values, held=None)).trend.first_possible == ""


def test_a_trend_of_a_series_whose_step_is_not_known_promises_no_period():
    values = rolling(2019, 2022)

    found = labels_of(
        told(*values, baseline=None, target=None, definition=replace(HLE, step_months=None))
    ).trend

    assert (found.first_possible, found.why) == ("", "2 independent periods, 5 needed")


def beside_england(definition, before, now, england_before, england_now):
    return told(
        seen(2019, *before, last=2021),
        seen(2022, *now, last=2024),
        baseline=None,
        target=None,
        definition=definition,
        england=series(seen(2019, *england_before, last=2021), seen(2022, *england_now, last=2024)),
    )


def test_a_gap_that_narrowed_since_england_got_worse_says_so():
    given = beside_england(
        HLE, (57.6, 56.8, 58.4), (57.0, 56.2, 57.8), (62.7, 62.5, 62.9), (60.9, 60.7, 61.1)
    )

    found = labels_of(given).england

    assert found.gap == pytest.approx(-3.9)
    assert found.relative_percent == pytest.approx(-6.4, abs=0.05)
    assert (found.gap_lower, found.gap_upper) == pytest.approx((-4.7246, -3.0754), abs=1e-4)
    assert found.words == "Worse than England"
    assert found.change.movement == "narrowed_by_decline"
    assert found.change.z == pytest.approx(2.0168, abs=1e-4)
    assert (found.change.by_area, found.change.by_england) == pytest.approx((-0.6, 1.8))
    assert found.change.words == (
        "Gap narrowed, but only because England got worse; this area also got worse."
    )
    assert found.change.why == (
        "From −5.1 in 2019-21 to −3.9 (z = 2.02): this area −0.6, England +1.8"
    )
    assert found.gap_words == ("−3.9 (worse) beside England’s 60.9%, 95% limits −4.7 to −3.1")


@pytest.mark.parametrize(
    ("now", "movement", "parts", "words"),
    [
        (
            (14.5, 13.6, 15.4),
            "narrowed",
            (3.5, -1.5),
            "Gap narrowed: this area got better; England got better.",
        ),
        ((17.6, 16.7, 18.5), "no_clear_change", (0.4, -1.5), "No clear change in the gap."),
    ],
)
def test_the_parts_of_a_gaps_change_are_told_apart(now, movement, parts, words):
    given = beside_england(SMOKING, (18.0, 17.3, 18.7), now, (14.0, 13.9, 14.1), (12.5, 12.4, 12.6))

    found = labels_of(given).england.change

    assert found.movement == movement
    assert (found.by_area, found.by_england) == pytest.approx(parts)
    assert found.words == words


def test_without_a_polarity_no_side_got_better_or_worse():
    plain = replace(HLE, polarity=Polarity.NO_JUDGEMENT)
    given = beside_england(
        plain, (57.6, 56.8, 58.4), (57.0, 56.2, 57.8), (62.7, 62.5, 62.9), (60.9, 60.7, 61.1)
    )

    found = labels_of(given).england

    assert found.words == "Lower than England"
    assert found.change.words == "Gap narrowed: this area went down; England went down."
    assert "worse" not in found.gap_words


def test_without_limits_a_gap_is_the_plain_difference():
    given = beside_england(HLE, (57.6,), (57.0,), (62.7,), (60.9,))

    found = labels_of(given).england

    assert found.gap == pytest.approx(-3.9)
    assert found.gap_lower is None
    assert (found.words, found.change.movement) == ("Not compared", "")


def test_without_limits_what_area_and_england_did_is_told_and_not_tested():
    given = beside_england(HLE, (57.6,), (57.0,), (62.7,), (60.9,))

    found = labels_of(given).england.change

    assert (found.words, found.z) == ("Not tested since 2019-21", None)
    assert found.why == (
        "From −5.1 in 2019-21 to −3.9: this area −0.6, England +1.8; 95% limits were not "
        "published for both"
    )
    assert (found.change, found.by_area, found.by_england) == pytest.approx((1.2, -0.6, 1.8))


@pytest.mark.parametrize("limits", [(), (60.5, 61.3)])
def test_a_gap_of_which_england_lacks_the_earlier_value_changed_by_nothing_known(limits):
    given = beside_england(HLE, (57.6, 56.8, 58.4), (57.0, 56.2, 57.8), (None,), (60.9, *limits))

    found = labels_of(given).england.change

    assert (found.words, found.movement, found.change) == ("Not compared", "", None)
    assert found.why == "no earlier period that shares no day with the latest has both values"


def test_a_gap_is_followed_back_to_the_last_period_with_both_values():
    given = told(
        seen(2016, 58.0, last=2018),
        seen(2019, 57.6, last=2021),
        seen(2022, 57.0, last=2024),
        baseline=None,
        target=None,
        definition=HLE,
        england=series(
            seen(2016, 63.3, last=2018),
            seen(2019, None, last=2021),
            seen(2022, 60.9, last=2024),
        ),
    )

    found = labels_of(given).england.change

    assert found.earlier_period == "2016-18"
    assert (found.by_area, found.by_england) == pytest.approx((-1.0, 2.4))


def test_without_limits_the_publishers_own_comparison_stands_in_and_says_so():
    given = told(
        seen(2022, 57.0, last=2024, publishers_comparison="worse"),
        baseline=None,
        target=None,
        definition=HLE,
        england=series(seen(2022, 60.9, last=2024)),
    )

    found = labels_of(given).england

    assert (found.label, found.words, found.by_publisher) == ("worse", "Worse than England", True)
    assert found.why == "the publisher’s own comparison, since no 95% limits were published"
    assert found.gap_words == "−3.9 (worse) beside England’s 60.9%, without limits"


def test_a_comparison_of_our_own_beats_the_publishers():
    given = told(
        seen(2025, 13.9, 13.0, 14.8, publishers_comparison="similar"),
        england=series(seen(2025, 12.5, 12.4, 12.6)),
    )

    found = labels_of(given).england

    assert (found.words, found.by_publisher) == ("Worse than England", False)


def test_england_is_not_compared_with_itself():
    given = told(seen(2025, 12.5, 12.4, 12.6), is_england=True)

    found = labels_of(replace(given, england=given.series)).england

    assert (found.words, found.gap) == ("Not compared", None)


@pytest.mark.parametrize(
    ("more", "level", "why"),
    [
        ({}, "medium", "2 independent periods, 5 needed"),
        (
            {"in_development": True},
            "medium",
            "official statistics in development; 2 independent periods, 5 needed",
        ),
        ({"value": {"provisional": True}}, "low", "provisional"),
        ({"value": {"note": "estimated"}}, "low", "estimated"),
        ({"value": {"note": "unreliable"}}, "low", "not reliable"),
        ({"limits": ()}, "low", "no confidence interval"),
        (
            {"limits": (7.0, 20.0)},
            "low",
            "the interval is wider than the change that was agreed",
        ),
        ({"target": None}, "none", "not assessed"),
    ],
)
def test_confidence_has_its_reasons(more, level, why):
    limits = more.pop("limits", (12.1, 13.9))
    value = more.pop("value", {})

    found = labels_of(told(seen(2025, 13.0, *limits, **value), **more)).confidence

    assert (found.level, found.why) == (level, why)


def test_five_independent_official_periods_with_limits_are_sure():
    values = [seen(one, 15.0 - (one - 2020) / 5, 14.2, 15.9) for one in range(2020, 2026)]
    given = told(*values, held=None, baseline=BASELINE)

    found = labels_of(replace(given, series=series(*values))).confidence

    assert (found.level, found.why) == ("high", "official, with limits, 6 independent periods")
