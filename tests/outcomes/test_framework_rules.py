"""What may be agreed as a target, and what is refused at which field."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from outcomes.framework_content import Baseline, Span
from outcomes.framework_rules import (
    DraftRefusedError,
    Measured,
    Wanted,
    amount_of,
    check_margin,
    count_targets_of,
    moved_by,
    period_of,
    rebased,
    target_of,
    value_known_about,
)

YEARS = Measured(
    unit="years",
    polarity="high",
    scale="years",
    year_type="calendar",
    period_months=36,
    step_months=12,
)
SMOKING = Measured(
    unit="%",
    polarity="low",
    scale="proportion",
    multiplier=100,
    year_type="financial",
    period_months=12,
    step_months=12,
)
BEFORE = Baseline(
    period=Span("2019 - 21", date(2019, 1, 1), date(2022, 1, 1)),
    value=60.0,
    lower=59.0,
    upper=61.0,
    release_id=UUID(int=1),
)
SMOKED = Baseline(
    period=Span("2022/23", date(2022, 4, 1), date(2023, 4, 1)),
    value=15.0,
    lower=None,
    upper=None,
    release_id=UUID(int=1),
)
LONGER = Wanted(kind="reach", amount=62.0, period="2028 - 30")
FEWER = Wanted(kind="reach", amount=10.0, period="2029/30")


def refused(wanted, *, baseline=BEFORE, of=YEARS):
    """Return field and message of each fault of a target that is refused."""
    with pytest.raises(DraftRefusedError) as error:
        target_of(wanted=wanted, baseline=baseline, of=of)
    return [(fault.field, fault.message) for fault in error.value.faults]


def test_a_target_is_a_value_in_a_period():
    target = target_of(wanted=LONGER, baseline=BEFORE, of=YEARS)

    assert (target.value, target.period.start_date, target.period.end_date) == (
        62.0,
        date(2028, 1, 1),
        date(2031, 1, 1),
    )


@pytest.mark.parametrize(
    ("mode", "amount", "value"),
    [("level", 62.0, 62.0), ("change", 2.0, 62.0), ("percent", 5.0, 63.0)],
)
def test_a_mode_says_what_was_entered(mode, amount, value):
    wanted = replace(LONGER, mode=mode, amount=amount)

    target = target_of(wanted=wanted, baseline=BEFORE, of=YEARS)

    assert target.value == pytest.approx(value)
    assert amount_of(mode=mode, value=target.value, baseline_value=60.0) == pytest.approx(amount)


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"amount": 59.0}, "amount", "must be above the baseline"),
        ({"amount": -1.0, "mode": "change"}, "amount", "must be above the baseline"),
        ({"amount": 60.0}, "amount", "is the baseline itself"),
        ({"amount": None}, "amount", "as a number"),
        ({"amount": float("nan")}, "amount", "as a number"),
        ({"period": ""}, "period", "Enter the period"),
        ({"period": "2015 - 17"}, "period", "is before the baseline"),
        ({"period": "2020 - 22"}, "period", "shares days with the baseline"),
        ({"period": "2021 - 23"}, "period", "shares days with the baseline"),
        ({"period": "2030"}, "period", "lasts 1 year, but each value of this indicator is for 3"),
        ({"period": "2030"}, "period", "Enter it as 2028 - 30"),
        ({"period": "soon"}, "period", "not a period we can read"),
        ({"tolerance": 0.1}, "tolerance", "confidence limits"),
    ],
)
def test_a_target_is_refused_at_its_field(changed, field, says):
    [(where, message)] = refused(replace(LONGER, **changed))

    assert where == field
    assert says in message


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"amount": 16.0}, "amount", "must be below the baseline"),
        ({"amount": -2.0}, "amount", "less than nothing"),
        ({"amount": -200.0, "mode": "percent"}, "amount", "less than nothing"),
        ({"amount": 0.0, "trajectory": "compound"}, "trajectory", "above 0"),
        ({"period": "2030"}, "period", "the values of this indicator are for financial years"),
        ({"period": "2030"}, "period", "Enter it as 2029/30"),
        ({"tolerance": -1.0}, "tolerance", "0 or more"),
        ({"tolerance": 5.0}, "tolerance", "less than the way to go, 5"),
        ({"trajectory": "milestones"}, "milestones", "at least one"),
    ],
)
def test_a_falling_target_is_refused_at_its_field(changed, field, says):
    [(where, message)] = refused(replace(FEWER, **changed), baseline=SMOKED, of=SMOKING)

    assert where == field
    assert says in message


@pytest.mark.parametrize(
    ("milestones", "says"),
    [
        ((("2026/27", 12.0), ("2025/26", 11.0)), "order of time"),
        ((("2025/26", 12.0), ("2025/26", 11.0)), "order of time"),
        ((("2025/26", 12.0), ("2026/27", 13.0)), "do not go back"),
        ((("2025/26", 16.0),), "do not go back"),
        ((("2025/26", 9.0),), "beyond the target"),
        ((("2029/30", 11.0),), "not before the target"),
        ((("2021/22", 14.0),), "before the baseline"),
        ((("2026", 12.0),), "financial years"),
    ],
)
def test_milestones_lead_from_baseline_to_target(milestones, says):
    wanted = replace(FEWER, trajectory="milestones", milestones=milestones)

    faults = refused(wanted, baseline=SMOKED, of=SMOKING)

    assert [field for field, _ in faults] == ["milestones"]
    assert says in faults[0][1]


def test_every_fault_of_a_target_is_told_at_once():
    wanted = Wanted(kind="reach", mode="", amount=None, period="2030", trajectory="milestones")
    without_way = Wanted(kind="reach", mode="level", amount=50.0, period="", trajectory="")
    back = replace(wanted, milestones=(("2025 - 27", 61.0), ("2022 - 24", 62.0)), tolerance=-1.0)

    found = [fields_of(one) for one in (wanted, without_way, back)]

    assert found == [
        ["mode", "period", "amount", "milestones"],
        ["period", "amount", "trajectory"],
        ["mode", "period", "amount", "milestones", "tolerance"],
    ]


def fields_of(wanted):
    with pytest.raises(DraftRefusedError) as refused:
        target_of(wanted=wanted, baseline=BEFORE, of=YEARS)
    return [fault.field for fault in refused.value.faults]


def test_what_is_kept_as_it_is_needs_neither_way_nor_manner():
    kept = target_of(
        wanted=Wanted(kind="maintain", mode="", period="2028 - 30", trajectory=""),
        baseline=BEFORE,
        of=YEARS,
    )

    assert (kept.value, kept.mode, kept.trajectory) == (BEFORE.value, "level", "linear")


def test_milestones_that_lead_on_are_kept():
    wanted = replace(
        FEWER, trajectory="milestones", milestones=(("2024/25", 14.0), ("2026/27", 12.0))
    )

    target = target_of(wanted=wanted, baseline=SMOKED, of=SMOKING)

    assert [(one.period.label, one.value) for one in target.milestones] == [
        ("2024/25", 14.0),
        ("2026/27", 12.0),
    ]


def test_every_fault_is_said_at_once():
    fields = [field for field, _ in refused(replace(LONGER, amount=1.0, period="never"))]

    assert fields == ["period", "amount"]


def test_no_target_is_none():
    assert target_of(wanted=Wanted(kind="none"), baseline=None, of=YEARS) is None


def test_without_a_baseline_there_is_no_target():
    assert refused(LONGER, baseline=None)[0][0] == "kind"


def test_what_is_maintained_is_the_baseline():
    target = target_of(
        wanted=replace(LONGER, kind="maintain", amount=None), baseline=BEFORE, of=YEARS
    )

    assert (target.kind, target.value) == ("maintain", 60.0)


@pytest.mark.parametrize(("polarity", "worse"), [("high", "fall"), ("low", "rise")])
def test_what_is_kept_without_limits_asks_for_its_margin(polarity, worse):
    kept = replace(FEWER, kind="maintain", amount=None)
    judged = replace(SMOKING, polarity=polarity)

    [(field, message)] = refused(kept, baseline=SMOKED, of=judged)
    targets = [
        target_of(wanted=replace(kept, tolerance=margin), baseline=SMOKED, of=judged)
        for margin in (0.0, 0.5)
    ]

    assert field == "tolerance"
    assert f"by how much it may {worse}" in message
    assert f"0 if any {worse} counts" in message
    assert [one.tolerance for one in targets] == [0.0, 0.5]


def test_what_nobody_judges_is_kept_without_a_margin():
    kept = replace(FEWER, kind="maintain", amount=None)

    target = target_of(wanted=kept, baseline=SMOKED, of=replace(SMOKING, polarity="none"))

    assert target.tolerance is None


def test_what_is_kept_moves_to_no_baseline_without_limits_unless_it_has_a_margin():
    kept = target_of(
        wanted=replace(LONGER, kind="maintain", amount=None), baseline=BEFORE, of=YEARS
    )
    bare = replace(BEFORE, lower=None, upper=None)

    with pytest.raises(DraftRefusedError) as error:
        rebased(target=kept, baseline=bare, old_value=60.0, of=YEARS)

    [fault] = error.value.faults
    assert fault.field == "baseline"
    assert "Enter by how much it may fall" in fault.message


def test_limits_of_a_new_baseline_take_the_place_of_an_agreed_margin():
    bare = replace(BEFORE, lower=None, upper=None)
    kept = target_of(
        wanted=replace(LONGER, kind="maintain", amount=None, tolerance=0.5), baseline=bare, of=YEARS
    )

    same, moved = (
        rebased(target=kept, baseline=one, old_value=60.0, of=YEARS) for one in (bare, BEFORE)
    )

    assert (same.tolerance, moved.tolerance) == (0.5, None)


def test_an_indicator_without_a_good_side_may_go_either_way():
    neutral = replace(YEARS, polarity="none")

    assert target_of(wanted=replace(LONGER, amount=58.0), baseline=BEFORE, of=neutral).value == 58.0


def test_a_proportion_is_no_more_than_all():
    employed = replace(SMOKING, polarity="high")

    [(field, message)] = refused(replace(FEWER, amount=101.0), baseline=SMOKED, of=employed)

    assert (field, "more than all" in message) == ("amount", True)


def test_periods_come_in_the_indicators_steps():
    every_second = replace(SMOKING, step_months=24)

    with pytest.raises(DraftRefusedError, match="2 years apart"):
        period_of(label="2029/30", of=every_second, baseline=SMOKED.period)

    assert period_of(label="2028/29", of=every_second, baseline=SMOKED.period).label == "2028/29"


def test_a_length_that_is_not_known_is_the_baselines():
    unknown = Measured(unit="years", polarity="high")

    with pytest.raises(DraftRefusedError, match="lasts 1 year"):
        period_of(label="2030", of=unknown, baseline=BEFORE.period)


def test_quarters_begin_with_the_year_of_their_type():
    quarterly = replace(SMOKING, period_months=3, step_months=3)

    assert period_of(label="2029/30 Q2", of=quarterly).start_date == date(2029, 7, 1)
    with pytest.raises(DraftRefusedError, match="begins in May"):
        period_of(label="May 2029 - Jul 2029", of=quarterly)


def test_a_target_moves_with_its_baseline_as_its_mode_says():
    lower = replace(BEFORE, value=58.0)
    by_two = target_of(wanted=replace(LONGER, mode="change", amount=2.0), baseline=BEFORE, of=YEARS)
    at_62 = target_of(wanted=LONGER, baseline=BEFORE, of=YEARS)

    moved = rebased(target=by_two, baseline=lower, old_value=60.0, of=YEARS)
    kept = rebased(target=at_62, baseline=lower, old_value=60.0, of=YEARS)

    assert [moved.value, kept.value] == pytest.approx([60.0, 62.0])


def test_a_baseline_beyond_the_target_is_refused():
    target = target_of(wanted=LONGER, baseline=BEFORE, of=YEARS)

    with pytest.raises(DraftRefusedError) as error:
        rebased(target=target, baseline=replace(BEFORE, value=63.0), old_value=60.0, of=YEARS)

    assert error.value.faults[0].field == "baseline"


def test_when_a_value_is_usual():
    period = Span("2028 - 30", date(2028, 1, 1), date(2031, 1, 1))

    assert value_known_about(period=period, lag_months=13) == date(2032, 2, 1)
    assert value_known_about(period=period, lag_months=None) is None


def test_amounts_go_both_ways():
    assert moved_by(mode="percent", amount=-50.0, baseline_value=8.0) == 4.0
    assert amount_of(mode="percent", value=4.0, baseline_value=8.0) == -50.0


def test_targets_of_a_count_come_in_order_of_time():
    found = count_targets_of(
        rows=[("2027/28", 30.0), ("2026/27", 20.0)], aggregation="non_cumulative"
    )

    assert [one.value for one in found] == [20.0, 30.0]


@pytest.mark.parametrize(
    ("rows", "aggregation", "says"),
    [
        ([("2026/27", -1.0)], "non_cumulative", "0 or more"),
        ([("2026/27", 101.0)], "percentage", "more than 100"),
        ([("2026/27", 5.0), ("2026/27", 6.0)], "cumulative_sum", "share days"),
        ([("2026/27", 5.0), ("2026/27 Q1", 6.0)], "cumulative_sum", "share days"),
        ([("2026/27", 5.0), ("2027/28", 4.0)], "cumulative_latest", "total so far"),
        ([("one day", 5.0)], "cumulative_sum", "not a period"),
    ],
)
def test_targets_of_a_count_are_refused_at_their_field(rows, aggregation, says):
    with pytest.raises(DraftRefusedError) as error:
        count_targets_of(rows=rows, aggregation=aggregation)

    assert {fault.field for fault in error.value.faults} == {"targets"}
    assert says in str(error.value)


@pytest.mark.parametrize("percent", [-0.1, 100.1, float("nan")])
def test_a_margin_is_a_percentage(percent):
    with pytest.raises(DraftRefusedError):
        check_margin(percent=percent)
