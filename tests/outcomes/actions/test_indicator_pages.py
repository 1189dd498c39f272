"""Pages of indicators: made again where what they are made from changed, and nowhere else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from authorities.models import Body, BodyName
from outcomes.actions import approvals, indicator_pages, indicators
from outcomes.models import AuthorityIndicator, Observation
from tests.factories.authorities import CouncilMembershipFactory, UserFactory
from tests.factories.outcomes import (
    NOW,
    BreakdownFactory,
    IndicatorFactory,
    ObservationFactory,
    PeriodFactory,
    ReleaseIndicatorFactory,
)
from tests.outcomes.test_definitions import GOOD


@pytest.fixture
def described(authority):
    """Two indicators with values for Ashby, one with an own value beside the published one."""
    first, second, of_england = (IndicatorFactory(code=code) for code in ("one", "two", "three"))
    for indicator in (first, second):
        publish(indicator, "ashby", 60.1)
        publish(indicator, "england", 61.0)
    publish(of_england, "england", 3.0)
    publish(second, "ashby", 62.5, owner=authority)
    refresh(authority)
    return first, second


def publish(indicator, slug, value, *, owner=None, **facts):
    return ObservationFactory(
        indicator=indicator,
        area=Body.objects.get(slug=slug),
        value=value,
        owner=owner,
        breakdown=BreakdownFactory(sex="Male"),
        **facts,
    )


def refresh(authority):
    return indicator_pages.refresh(authority=authority, at=NOW)


def kept(authority):
    rows = AuthorityIndicator.objects.filter(authority=authority)
    return {
        (row.indicator.code, row.own): (row.content, row.input_hash, row.computed_at)
        for row in rows.select_related("indicator")
    }


def a_revision(authority, first, second):
    old = Observation.objects.get(indicator=first, area__slug="ashby")
    Observation.objects.filter(pk=old.pk).update(superseded_at=NOW)
    publish(first, "ashby", 60.2)
    return {("one", False)}


def a_value_of_england(authority, first, second):
    publish(
        second,
        "england",
        61.5,
        period=PeriodFactory(label="2020", start_date="2020-01-01", end_date="2021-01-01"),
    )
    return {("two", False), ("two", True)}


def a_new_definition(authority, first, second):
    ReleaseIndicatorFactory(
        release=Observation.objects.get(indicator=first, area__slug="ashby").release,
        indicator=first,
    )
    indicators.change(
        indicator=first,
        definition=replace(GOOD, code=first.code, fingertips_id=None, unit="months"),
        expected_version=first.version,
        reason="They are counted in months.",
        by=UserFactory(),
        at=NOW,
    )
    return {("one", False)}


def a_new_name(authority, first, second):
    BodyName.objects.filter(body__slug="ashby").update(short_name="Great Ashby")
    return {("one", False), ("two", False), ("two", True)}


def a_council_that_joins(authority, first, second):
    CouncilMembershipFactory(
        authority=authority, council=Body.objects.get(slug="elsewhere").council
    )
    return {("one", False), ("two", False), ("two", True)}


def own_values_returned(authority, first, second):
    release = Observation.objects.get(owner=authority).release
    approvals.return_to_sender(
        release_id=release.pk, comment="Which year?", by=UserFactory(), at=NOW + timedelta(days=1)
    )
    return {("two", True)}


def own_values_of_another(authority, first, second):
    publish(first, "ashby", 70.0, owner=Body.objects.get(slug="barrow"))
    return set()


def values_of_a_category(authority, first, second):
    ObservationFactory(
        indicator=first,
        area=Body.objects.get(slug="ashby"),
        breakdown=BreakdownFactory(category_type="decile", category="1"),
    )
    return set()


@pytest.mark.parametrize(
    "change",
    [
        a_revision,
        a_value_of_england,
        a_new_definition,
        a_new_name,
        a_council_that_joins,
        own_values_returned,
        own_values_of_another,
        values_of_a_category,
    ],
)
def test_what_is_kept_is_what_would_be_made_anew(authority, described, change):
    before = kept(authority)

    touched = change(authority, *described)
    changed = refresh(authority)

    after = kept(authority)
    assert {key for key in after if after[key][1] != before[key][1]} == touched
    assert changed == len(touched)
    AuthorityIndicator.objects.all().delete()
    refresh(authority)
    assert kept(authority) == after


def test_an_indicator_with_values_for_england_alone_has_no_page(authority, described):
    assert set(kept(authority)) == {("one", False), ("two", False), ("two", True)}


def test_a_page_whose_last_value_is_gone_goes(authority, described):
    first, _ = described
    Observation.objects.filter(indicator=first, area__slug="ashby").update(superseded_at=NOW)

    changed = refresh(authority)

    assert changed == 1
    assert set(kept(authority)) == {("two", False), ("two", True)}


def test_no_value_is_read_where_nothing_changed(authority, described):
    with CaptureQueriesContext(connection) as captured:
        changed = refresh(authority)

    assert changed == 0
    assert not [one["sql"] for one in captured if '"outcomes_observation"."value"' in one["sql"]]
    assert not [one["sql"] for one in captured if one["sql"].startswith(("INSERT", "UPDATE"))]
