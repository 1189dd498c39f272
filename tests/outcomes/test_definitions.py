"""The rules that an indicator's definition keeps."""

from dataclasses import replace
from datetime import date

import pytest

from outcomes import definitions
from outcomes.definitions import (
    Definition,
    NextPeriod,
    changed_fields,
    facts_of,
    next_period,
    problems_of,
)
from outcomes.models import BenchmarkMethod, Indicator, Polarity, Scale, YearType

GOOD = Definition(
    code="good-health",
    fingertips_id=90362,
    name="Good health",
    definition="Years in good health.",
    unit="years",
    scale="years",
    polarity="high",
    year_type="calendar",
    period_months=12,
    step_months=12,
    publication_lag_months=0,
    trend_eligible=True,
    source="Somebody",
    licence="Open Government Licence v3.0",
)

NO_TREND = {"trend_eligible": False, "trend_text": "It is too young."}


def test_a_whole_definition_has_no_problem():
    assert problems_of(definition=GOOD) == ()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "Good Health"}, "code"),
        ({"code": "good--health"}, "code"),
        ({"code": "releases"}, "code"),
        ({"code": "a" * 61}, "code"),
        ({"name": ""}, "name"),
        ({"name": "n" * 256}, "name"),
        ({"definition": ""}, "definition"),
        ({"unit": ""}, "unit"),
        ({"source": ""}, "source"),
        ({"licence": ""}, "licence"),
        ({"scale": "unknown"}, "scale"),
        ({"scale": "stars"}, "scale"),
        ({"polarity": "up"}, "polarity"),
        ({"year_type": "leap"}, "year_type"),
        ({"benchmark_method": "guess"}, "benchmark_method"),
        ({"multiplier": 100}, "multiplier"),
        ({"fingertips_id": 0}, "fingertips_id"),
        ({"fingertips_id": 3_000_000_000}, "fingertips_id"),
        ({"period_months": 0, **NO_TREND}, "period_months"),
        ({"period_months": 40_000, **NO_TREND}, "period_months"),
        ({"publication_lag_months": -1}, "publication_lag_months"),
        ({"suppress_counts_to": 0}, "suppress_counts_to"),
        ({"round_counts_to": 0}, "round_counts_to"),
        ({"period_months": None}, "trend_eligible"),
        ({"period_months": 36}, "trend_eligible"),
        ({"trend_eligible": False}, "trend_text"),
    ],
)
def test_each_rule_names_the_fact_that_breaks_it(facts, field):
    problems = problems_of(definition=replace(GOOD, **facts))

    assert [one.field for one in problems] == [field]
    assert problems[0].message


@pytest.mark.parametrize("scale", ["proportion", "rate", "ratio"])
def test_what_is_counted_may_have_a_multiplier(scale):
    assert problems_of(definition=replace(GOOD, scale=scale, multiplier=100)) == ()


@pytest.mark.parametrize(
    ("period", "step", "rolling"),
    [(36, 12, True), (12, 12, False), (12, 24, False), (36, None, False)],
)
def test_periods_roll_when_the_step_is_shorter_than_the_length(period, step, rolling):
    assert replace(GOOD, period_months=period, step_months=step).rolling is rolling


@pytest.mark.parametrize(
    ("step", "lag", "starts", "ends", "due"),
    [
        (12, 17, date(2023, 1, 1), date(2026, 1, 1), date(2027, 6, 1)),
        (3, 0, date(2022, 4, 1), date(2025, 4, 1), date(2025, 4, 1)),
        (12, None, date(2023, 1, 1), date(2026, 1, 1), None),
    ],
)
def test_the_next_period_is_a_step_later_and_due_after_the_lag(step, lag, starts, ends, due):
    found = next_period(
        definition=replace(GOOD, step_months=step, publication_lag_months=lag),
        start_date=date(2022, 1, 1),
        end_date=date(2025, 1, 1),
    )

    assert found == NextPeriod(starts, ends, due)


def test_without_a_step_there_is_no_next_period():
    found = next_period(
        definition=replace(GOOD, step_months=None),
        start_date=date(2022, 1, 1),
        end_date=date(2025, 1, 1),
    )

    assert found is None


def test_what_differs_is_named_in_the_order_of_the_definition():
    before = facts_of(definition=GOOD)
    after = facts_of(definition=replace(GOOD, licence="Other", name="Better health"))

    assert changed_fields(before=before, after=after) == ("name", "licence")
    assert changed_fields(before=before, after=before) == ()


def test_a_version_is_read_as_the_definition_that_it_kept():
    kept = {**facts_of(definition=GOOD), "a fact of later times": 1}

    assert definitions.definition_of(facts=kept) == GOOD


def test_the_words_are_those_of_the_database():
    assert set(Scale.values) == definitions.SCALES
    assert set(Polarity.values) == definitions.POLARITIES
    assert set(YearType.values) == definitions.YEAR_TYPES
    assert set(BenchmarkMethod.values) == definitions.BENCHMARK_METHODS
    assert set(definitions.FIELD_WORDS) == set(definitions.FIELDS)


def test_every_fact_of_an_indicator_is_in_its_definition():
    columns = {field.name for field in Indicator._meta.concrete_fields}

    assert columns - {"id", "version", "draft"} == set(definitions.FIELDS)
