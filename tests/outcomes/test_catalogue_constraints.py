"""Facts of the catalogue that the database holds, each tried by breaking it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from tests.factories import outcomes as make

pytestmark = pytest.mark.django_db


def refused(name):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"year_type": "leap"}, "year_type_is_known"),
        ({"benchmark_method": "guess"}, "benchmark_method_is_known"),
        ({"multiplier": 0}, "multiplier_above_zero"),
        ({"period_months": 0}, "period_lengths_above_zero"),
        ({"step_months": 0}, "period_lengths_above_zero"),
        ({"round_counts_to": 0}, "rounding_base_above_zero"),
    ],
)
def test_an_indicator_keeps_to_the_rules(facts, name):
    with refused(name):
        make.IndicatorFactory(**facts)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"number": 0}, "indicator_versions_count_from_one"),
        ({"number": 2, "had_values": True}, "change_after_values_has_a_reason"),
    ],
)
def test_a_version_keeps_to_the_rules(facts, name):
    with refused(name):
        make.IndicatorVersionFactory(**facts)


def test_a_version_is_there_once():
    first = make.IndicatorVersionFactory()

    with refused("indicator_version_once"):
        make.IndicatorVersionFactory(indicator=first.indicator)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE outcomes_indicatorversion SET reason = 'x'", "DELETE FROM outcomes_indicatorversion"],
)
def test_versions_stay(statement):
    make.IndicatorVersionFactory()

    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"kind": "mood"}, "break_kind_is_known"),
        ({"text": ""}, "break_says_what_changed"),
        ({"withdrawn_at": make.NOW}, "withdrawn_break_has_a_reason"),
    ],
)
def test_a_break_keeps_to_the_rules(facts, name):
    with refused(name):
        make.ComparabilityBreakFactory(**facts)


@pytest.mark.parametrize("end", ["common_period", "old_release"])
def test_a_bridge_has_both_ends(end):
    made = make.PeriodFactory() if end == "common_period" else make.ReleaseFactory()

    with refused("bridge_has_both_ends"):
        make.ComparabilityBreakFactory(**{end: made})


def test_a_break_is_recorded_once():
    first = make.ComparabilityBreakFactory()

    with refused("break_once"):
        make.ComparabilityBreakFactory(indicator=first.indicator)


def test_an_indicator_is_in_a_set_once():
    first = make.IndicatorSetMemberFactory()

    with refused("indicator_once_in_a_set"):
        make.IndicatorSetMemberFactory(indicator_set=first.indicator_set, indicator=first.indicator)


def test_a_place_in_a_set_is_taken_once():
    first = make.IndicatorSetMemberFactory()

    with refused("place_once_in_a_set"), connection.cursor() as cursor:
        make.IndicatorSetMemberFactory(indicator_set=first.indicator_set, order=first.order)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
