"""What a draft counts, and the targets of it."""

from dataclasses import replace

import pytest

from outcomes.actions import framework_counts as counts
from outcomes.actions.framework_counts import MeasureFacts
from outcomes.framework_rules import DraftRefusedError
from outcomes.models import CountMeasure, CountValue, FrameworkHappening
from tests.factories.frameworks import CountValueFactory
from tests.outcomes.framework_people import Parties

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties():
    return Parties()


@pytest.fixture
def draft(parties):
    return parties.start()


@pytest.fixture
def facts(parties, draft):
    output = parties.add(draft, "output", "Warm homes")
    return MeasureFacts(
        item=output.lineage,
        name="Homes insulated",
        unit="homes",
        aggregation="cumulative_sum",
        direction="more",
    )


@pytest.fixture
def measure(parties, draft, facts):
    made = counts.add_measure(edit=parties.edit(draft), facts=facts)
    counts.set_count_targets(
        edit=parties.edit(draft), lineage=made.lineage, rows=[("2026/27", 20.0), ("2027/28", 30.0)]
    )
    return made


@pytest.fixture
def counted(draft, measure):
    return CountValueFactory(framework=draft.framework, lineage=measure.lineage)


def fields_of(act):
    with pytest.raises(DraftRefusedError) as error:
        act()
    return [fault.field for fault in error.value.faults]


def test_a_measure_is_stored_with_its_targets(measure):
    row = CountMeasure.objects.get()

    assert (row.name, row.unit, row.margin_percent) == ("Homes insulated", "homes", 15)
    assert [(one.label, one.value) for one in row.targets.order_by("start_date")] == [
        ("2026/27", 20.0),
        ("2027/28", 30.0),
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"unit": ""}, "unit"),
        ({"aggregation": "average"}, "aggregation"),
        ({"direction": "up"}, "direction"),
        ({"margin_percent": 101}, "margin_percent"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(parties, draft, facts, changed, field):
    wrong = replace(facts, **changed)

    assert fields_of(lambda: counts.add_measure(edit=parties.edit(draft), facts=wrong)) == [field]
    assert CountMeasure.objects.count() == 0


def test_a_thing_is_counted_once_for_an_item(parties, draft, facts, measure):
    twice = replace(facts, name="homes INSULATED")

    assert fields_of(lambda: counts.add_measure(edit=parties.edit(draft), facts=twice)) == ["name"]


def test_outcomes_are_told_by_indicators(parties, draft, facts):
    outcome = parties.add(draft, "outcome", "People live well")

    fields = fields_of(
        lambda: counts.add_measure(
            edit=parties.edit(draft), facts=replace(facts, item=outcome.lineage)
        )
    )

    assert fields == ["item"]


def test_targets_take_the_place_of_those_before(parties, draft, measure):
    counts.set_count_targets(
        edit=parties.edit(draft), lineage=measure.lineage, rows=[("2028/29", 5.0)]
    )

    assert [one.label for one in measure.targets.all()] == ["2028/29"]
    assert not FrameworkHappening.objects.filter(type__startswith="target").exists()


def test_targets_refused_leave_those_that_were_there(parties, draft, measure):
    fields = fields_of(
        lambda: counts.set_count_targets(
            edit=parties.edit(draft), lineage=measure.lineage, rows=[("never", 5.0)]
        )
    )

    assert fields == ["targets"]
    assert measure.targets.count() == 2


def test_another_aggregation_must_fit_the_targets(parties, draft, facts, measure):
    counts.set_count_targets(
        edit=parties.edit(draft), lineage=measure.lineage, rows=[("2026/27", 120.0)]
    )

    fields = fields_of(
        lambda: counts.change_measure(
            edit=parties.edit(draft),
            lineage=measure.lineage,
            facts=replace(facts, aggregation="percentage"),
        )
    )

    assert fields == ["targets"]


ACTS = {
    "another target": lambda edit, facts, lineage, reason: counts.set_count_targets(
        edit=edit, lineage=lineage, rows=[("2026/27", 10.0), ("2027/28", 30.0)], reason=reason
    ),
    "a target less": lambda edit, facts, lineage, reason: counts.set_count_targets(
        edit=edit, lineage=lineage, rows=[("2026/27", 20.0)], reason=reason
    ),
    "no target": lambda edit, facts, lineage, reason: counts.set_count_targets(
        edit=edit, lineage=lineage, rows=[], reason=reason
    ),
    "another direction": lambda edit, facts, lineage, reason: counts.change_measure(
        edit=edit, lineage=lineage, facts=replace(facts, direction="less"), reason=reason
    ),
    "no measure": lambda edit, facts, lineage, reason: counts.remove_measure(
        edit=edit, lineage=lineage, reason=reason
    ),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_once_something_was_counted_it_changes_with_a_reason(
    parties, draft, facts, measure, counted, act
):
    without = fields_of(lambda: act(parties.edit(draft), facts, measure.lineage, ""))
    act(parties.edit(draft), facts, measure.lineage, "The programme was cut.")

    event = FrameworkHappening.objects.get(type__startswith="target")
    assert without == ["reason"]
    assert event.reason == "The programme was cut."
    assert event.payload["of"] == str(measure.lineage)


def test_a_further_target_and_another_name_need_no_reason(parties, draft, facts, measure, counted):
    rows = [("2026/27", 20.0), ("2027/28", 30.0), ("2028/29", 40.0)]
    counts.set_count_targets(edit=parties.edit(draft), lineage=measure.lineage, rows=rows)
    counts.change_measure(
        edit=parties.edit(draft),
        lineage=measure.lineage,
        facts=replace(facts, name="Homes made warm"),
    )

    assert CountMeasure.objects.get().name == "Homes made warm"
    assert not FrameworkHappening.objects.filter(type__startswith="target").exists()


def test_what_was_counted_stays_when_its_measure_goes(parties, draft, measure, counted):
    counts.remove_measure(
        edit=parties.edit(draft), lineage=measure.lineage, reason="The programme was cut."
    )

    assert CountMeasure.objects.count() == 0
    assert CountValue.objects.get() == counted
