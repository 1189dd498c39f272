"""Groups from the most to the least deprived."""

from dataclasses import replace
from datetime import date

import pytest

from outcomes.area_figures import (
    Break,
    ValueScale,
    group_number,
    inequality,
    inequality_since,
)
from tests.outcomes.area_figures.values import definition, limited, value

DECILES = (
    "Most deprived decile (IMD2019)",
    "Second most deprived decile (IMD2019)",
    "Third more deprived decile (IMD2019)",
    "Fourth more deprived decile (IMD2019)",
    "Fifth more deprived decile (IMD2019)",
    "Fifth less deprived decile (IMD2019)",
    "Fourth less deprived decile (IMD2019)",
    "Third less deprived decile (IMD2019)",
    "Second least deprived decile (IMD2019)",
    "Least deprived decile (IMD2019)",
)
QUINTILES = (
    "Most deprived quintile",
    "Second most deprived quintile",
    "Middle deprived quintile",
    "Second least deprived quintile",
    "Least deprived quintile",
)


def fifths(**facts):
    return {
        name: limited(70.0 + 2 * number, denominator=1_000, **facts)
        for number, name in enumerate(QUINTILES)
    }


@pytest.mark.parametrize(("names", "size"), [(DECILES, 10), (QUINTILES, 5)])
def test_the_names_say_the_order(names, size):
    assert [group_number(category=name) for name in names] == [
        (number, size) for number in range(1, size + 1)
    ]


@pytest.mark.parametrize(
    "name", ["White", "Quintile 6", "Fifth most deprived quintile", "Deprived decile", ""]
)
def test_other_names_say_none(name):
    assert group_number(category=name) is None


def test_the_worked_example():
    # docs/methods/slope-index-of-inequality.md, with the groups given in another order.
    found = inequality(definition=definition(), values=dict(reversed(list(fifths().items()))))

    assert [name for name, _ in found.groups] == list(QUINTILES)
    assert found.index.slope == pytest.approx(10)
    assert found.index.relative == pytest.approx(79 / 69)
    assert (found.index.slope_lower, found.index.slope_upper) == pytest.approx(
        (8.4, 11.6), abs=0.05
    )


def test_a_share_is_fitted_as_a_logit_and_said_in_per_cent():
    percent = definition(scale=ValueScale.PROPORTION, multiplier=100)
    values = {
        name: limited(30.0 - 5 * number, denominator=1_000) for number, name in enumerate(QUINTILES)
    }

    index = inequality(definition=percent, values=values).index

    assert -26 < index.slope < -24
    assert 0 < index.relative < 1


@pytest.mark.parametrize(
    ("changed", "rules", "reason"),
    [
        (None, {}, "4 of 5 groups are published"),
        (
            value(None, note="suppressed"),
            {},
            "the value of ‘Middle deprived quintile’ is suppressed",
        ),
        (
            value(74.0, denominator=1_000),
            {},
            "no 95% limits are published for ‘Middle deprived quintile’",
        ),
        (limited(74.0), {}, "no population is published for ‘Middle deprived quintile’"),
        (
            limited(74.0, denominator=1_000),
            {"scale": ValueScale.UNKNOWN},
            "the indicator’s scale is not described",
        ),
        (
            limited(74.0, denominator=1_000),
            {"scale": ValueScale.PROPORTION},
            "the indicator’s multiplier is not described",
        ),
    ],
)
def test_what_is_not_calculated_says_why(changed, rules, reason):
    values = fifths()
    if changed is None:
        del values["Middle deprived quintile"]
    else:
        values["Middle deprived quintile"] = changed

    found = inequality(definition=definition(**rules), values=values)

    assert found.index is None
    assert found.reason == reason


def test_groups_without_an_order_are_shown_and_have_no_slope():
    found = inequality(
        definition=definition(), values={"White": limited(70.0), "Asian": limited(72.0)}
    )

    assert [name for name, _ in found.groups] == ["Asian", "White"]
    assert found.reason == "the order of the groups is not known"


def test_deciles_beside_quintiles_have_no_slope():
    mixed = {**fifths(), "Most deprived decile": fifths()[QUINTILES[0]]}

    assert inequality(definition=definition(), values=mixed).index is None


def three_years(first, *values):
    return inequality(
        definition=definition(),
        values={
            name: limited(number, denominator=1_000, first=first, years=3)
            for name, number in zip(QUINTILES, values, strict=True)
        },
    )


def test_inequality_is_compared_with_the_last_period_that_shares_no_day():
    now = three_years(2022, 71, 72.5, 74, 75.5, 77)
    overlapping, before, long_ago = (
        three_years(first, 70, 72, 74, 76, 78) for first in (2021, 2019, 2016)
    )

    found = inequality_since(
        definition=definition(), now=now, earlier=[overlapping, before, long_ago, now], places=1
    )

    assert found.words.startswith(
        "Improving: smaller, and the most deprived did not get worse, since "
        f"{before.groups[0][1].period}: slope 7.5 after 10.0 (seldom by chance, z = −"
    )
    assert found.words.endswith("the most deprived 71.0 after 70.0")


def test_without_an_earlier_period_or_over_a_break_inequality_is_not_compared():
    now, before = (three_years(first, 70, 72, 74, 76, 78) for first in (2022, 2019))
    broken = replace(definition(), breaks=(Break(date(2020, 1, 1), "Method", "Another survey."),))

    alone = inequality_since(definition=definition(), now=now, earlier=[now], places=1)
    over = inequality_since(definition=broken, now=now, earlier=[before], places=1)

    assert alone.words == "Not compared: no earlier period that shares no day has both indices"
    assert over.words == "Not compared: a break lies between: Another survey"
