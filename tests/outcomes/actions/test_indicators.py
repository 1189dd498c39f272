"""Indicators are described and changed, version by version."""

import threading
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from authorities.models import AuditEvent
from outcomes.actions import indicator_breaks, indicators
from outcomes.definitions import facts_of
from outcomes.models import AuthorityIndicator, BreakKind, Indicator, RecomputeRequest
from outcomes.queries.definitions import current_definition
from tests.factories.authorities import StrategicAuthorityFactory, UserFactory
from tests.factories.outcomes import NOW, DomainFactory, IndicatorFactory, ObservationFactory
from tests.outcomes.test_definitions import GOOD

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def authority_page():
    """Give an indicator a page of an authority of its own."""

    def make(indicator):
        return AuthorityIndicator.objects.create(
            authority=StrategicAuthorityFactory(),
            indicator=indicator,
            content={"series": []},
            input_hash="",
            method_version=1,
            computed_at=NOW,
        )

    return make


@pytest.fixture
def stored(by):
    return indicators.create(definition=GOOD, by=by, at=NOW)


def change(stored, by, *, version=1, reason="", **facts):
    return indicators.change(
        indicator=stored,
        definition=replace(GOOD, **facts),
        expected_version=version,
        reason=reason,
        by=by,
        at=NOW,
    )


def test_a_new_indicator_has_its_first_version(stored, by):
    version = stored.versions.get()

    assert (stored.version, stored.draft, version.number, version.made_by) == (1, False, 1, by)
    assert version.facts == facts_of(definition=GOOD)
    assert current_definition(indicator=stored) == GOOD
    assert AuditEvent.objects.get().action == "indicator.created"


def test_a_change_before_there_are_values_needs_no_reason(stored, by):
    changed = change(stored, by, unit="healthy years")

    newest = changed.versions.get(number=2)
    assert (changed.version, changed.unit) == (2, "healthy years")
    assert (newest.had_values, newest.reason) == (False, "")
    assert AuditEvent.objects.latest("pk").detail == {"version": 2, "changed": ["unit"]}


def test_a_change_after_values_exist_is_refused_without_a_reason(stored, by):
    ObservationFactory(indicator=stored)

    with pytest.raises(indicators.ReasonMissingError, match="Enter why it changes"):
        change(stored, by, unit="healthy years", reason="  ")

    stored.refresh_from_db()
    assert (stored.version, stored.unit) == (1, "years")


def test_a_change_after_values_exist_keeps_its_reason(stored, by):
    ObservationFactory(indicator=stored, superseded_at=NOW)

    changed = change(stored, by, unit="healthy years", reason=" The publisher says so. ")

    newest = changed.versions.get(number=2)
    assert (newest.had_values, newest.reason) == (True, "The publisher says so.")


def asked_for():
    return set(RecomputeRequest.objects.values_list("subject_id", "reason"))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"polarity": "low"}, "indicator changed"),
        ({"benchmark_method": "limits_998"}, "indicator changed"),
        ({"unit": "healthy years"}, "indicator changed"),
    ],
)
def test_a_change_asks_for_what_is_computed_from_it(stored, by, authority_page, facts, reason):
    page = authority_page(stored)
    authority_page(IndicatorFactory())

    change(stored, by, **facts)

    assert asked_for() == {(page.authority_id, reason)}


def test_describing_a_draft_asks_for_what_is_computed_from_it(by, authority_page):
    draft = IndicatorFactory(code=GOOD.code, draft=True)
    page = authority_page(draft)

    change(draft, by, version=0)

    assert asked_for() == {(page.authority_id, "indicator described")}


def test_no_change_asks_for_nothing(stored, by, authority_page):
    authority_page(stored)

    change(stored, by)

    assert asked_for() == set()


def test_a_break_asks_for_what_is_computed_when_it_comes_and_when_it_goes(
    stored, by, authority_page
):
    page = authority_page(stored)

    made = indicator_breaks.record(
        indicator=stored,
        starts_on=date(2020, 1, 1),
        kind=BreakKind.METHOD,
        text="Counted otherwise",
        source="",
        by=by,
        at=NOW,
    )
    recorded = asked_for()
    RecomputeRequest.objects.all().delete()
    indicator_breaks.withdraw(recorded=made, reason="It was none", by=by, at=NOW)

    assert recorded == {(page.authority_id, "break recorded")}
    assert asked_for() == {(page.authority_id, "break withdrawn")}


def test_the_same_definition_is_no_change(stored, by):
    change(stored, by, version=0)

    assert stored.versions.count() == 1


def test_the_second_of_two_analysts_is_told_and_nothing_is_lost(stored, by):
    change(stored, by, unit="first")

    with pytest.raises(indicators.IndicatorChangedError, match="Nothing of yours is lost"):
        change(stored, by, version=1, unit="second")

    stored.refresh_from_db()
    assert (stored.unit, stored.version) == ("first", 2)


def test_a_draft_is_described_without_a_reason_and_may_take_a_better_code(by):
    draft = IndicatorFactory(code="fingertips-7", fingertips_id=7, draft=True)
    ObservationFactory(indicator=draft)

    described = indicators.change(
        indicator=draft,
        definition=replace(GOOD, fingertips_id=7),
        expected_version=0,
        reason="",
        by=by,
        at=NOW,
    )

    assert (described.code, described.draft, described.version) == ("good-health", False, 1)
    assert described.versions.get().had_values
    assert AuditEvent.objects.latest("pk").action == "indicator.described"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": ""}, "name"),
        ({"code": "another"}, "code"),
        ({"fingertips_id": 5}, "fingertips_id"),
        ({"domain": "nowhere"}, "domain"),
    ],
)
def test_facts_that_break_a_rule_are_refused_by_name(stored, by, facts, field):
    IndicatorFactory(fingertips_id=5)

    with pytest.raises(indicators.DefinitionError) as refusal:
        change(stored, by, **facts)

    assert [one.field for one in refusal.value.problems] == [field]
    assert stored.versions.count() == 1


def test_a_code_is_taken_once(stored, by):
    with pytest.raises(indicators.DefinitionError, match="Another indicator has the code"):
        indicators.create(definition=replace(GOOD, fingertips_id=1), by=by, at=NOW)

    assert Indicator.objects.count() == 1


def test_an_indicator_belongs_to_a_domain(stored, by):
    DomainFactory(slug="health")

    changed = change(stored, by, domain="health")

    assert changed.domain.slug == "health"
    assert changed.versions.get(number=2).facts["domain"] == "health"


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_are_one_change_and_one_word(by):
    stored = indicators.create(definition=GOOD, by=by, at=NOW)
    answers = []
    start = threading.Barrier(2)

    def at_once(unit):
        start.wait()
        try:
            change(stored, by, unit=unit)
            answers.append("stored")
        except indicators.IndicatorChangedError:
            answers.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=at_once, args=[unit]) for unit in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["stored", "told"]
    assert stored.versions.count() == 2
