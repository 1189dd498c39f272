"""Indicators of a draft: which may come in, their baselines, targets and owners."""

import uuid
from datetime import date

import pytest

from authorities.models import BodyKind
from outcomes.actions import framework_indicators as indicators
from outcomes.actions import framework_targets as targets
from outcomes.actions.framework_indicators import Standing
from outcomes.actions.framework_targets import ChosenBaseline
from outcomes.framework_rules import DraftRefusedError, Wanted
from outcomes.models import FrameworkHappening, FrameworkIndicator, Note
from outcomes.queries.framework_choices import areas_for
from tests.factories import outcomes as make
from tests.factories.authorities import CouncilFactory, CouncilMembershipFactory
from tests.outcomes.framework_people import Parties

pytestmark = pytest.mark.django_db

LONGER = Wanted(kind="reach", amount=62.0, period="2028 - 30")


@pytest.fixture
def parties():
    return Parties()


@pytest.fixture
def draft(parties):
    return parties.start()


@pytest.fixture
def outcome(parties, draft):
    return parties.add(draft, "outcome", "People live well")


@pytest.fixture
def council(parties):
    made = CouncilFactory()
    CouncilMembershipFactory(authority=parties.pair.authority, council=made)
    return made


@pytest.fixture
def healthy_years():
    return make.IndicatorFactory(
        domain=make.DomainFactory(slug="health-outcomes"),
        year_type="calendar",
        period_months=36,
        step_months=12,
    )


def value_of(indicator, area, *, first=2019, **more):
    """Publish a value of three years for men."""
    period = make.PeriodFactory(
        label=f"{first} - {(first + 2) % 100}",
        start_date=date(first, 1, 1),
        end_date=date(first + 3, 1, 1),
    )
    facts = {"value": 60.0, "lower_95": 59.0, "upper_95": 61.0, **more}
    return make.ObservationFactory(indicator=indicator, area=area, period=period, **facts)


@pytest.fixture
def published(healthy_years, council):
    return value_of(healthy_years, council)


@pytest.fixture
def place(parties, draft, outcome, published):
    return indicators.add_indicator(
        edit=parties.edit(draft),
        item=outcome.lineage,
        code=published.indicator.code,
        area_id=published.area_id,
        breakdown_id=published.breakdown_id,
    )


@pytest.fixture
def based(parties, draft, place, published):
    return targets.set_baseline(
        edit=parties.edit(draft), lineage=place.lineage, chosen=chosen(published)
    )


@pytest.fixture
def aimed(parties, draft, based):
    return targets.set_target(edit=parties.edit(draft), lineage=based.lineage, wanted=LONGER)


def chosen(value):
    return ChosenBaseline(period_id=value.period_id, release_id=value.release_id)


def fields_of(act):
    with pytest.raises(DraftRefusedError) as error:
        act()
    return [fault.field for fault in error.value.faults]


def stored(place):
    return FrameworkIndicator.objects.get(pk=place.pk)


def test_an_indicator_is_there_once_for_an_area_and_people(parties, draft, outcome, place):
    fields = fields_of(
        lambda: indicators.add_indicator(
            edit=parties.edit(draft),
            item=outcome.lineage,
            code=place.indicator.code,
            area_id=place.area_id,
            breakdown_id=place.breakdown_id,
        )
    )

    assert fields == ["people"]
    assert FrameworkIndicator.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "no-such"}, "indicator"),
        ({"area_id": uuid.uuid4()}, "area"),
        ({"breakdown_id": 0}, "people"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(
    parties, draft, outcome, published, changed, field
):
    asked = {
        "item": outcome.lineage,
        "code": published.indicator.code,
        "area_id": published.area_id,
        "breakdown_id": published.breakdown_id,
        **changed,
    }

    assert fields_of(lambda: indicators.add_indicator(edit=parties.edit(draft), **asked)) == [field]


def test_a_council_of_others_is_no_area_of_it(parties, draft, outcome, healthy_years):
    elsewhere = value_of(healthy_years, CouncilFactory())

    fields = fields_of(
        lambda: indicators.add_indicator(
            edit=parties.edit(draft),
            item=outcome.lineage,
            code=healthy_years.code,
            area_id=elsewhere.area_id,
            breakdown_id=elsewhere.breakdown_id,
        )
    )

    assert fields == ["area"]


def test_an_indicator_that_nobody_has_described_stays_out(parties, draft, outcome, published):
    published.indicator.draft = True
    published.indicator.save()

    fields = fields_of(
        lambda: indicators.add_indicator(
            edit=parties.edit(draft),
            item=outcome.lineage,
            code=published.indicator.code,
            area_id=published.area_id,
            breakdown_id=published.breakdown_id,
        )
    )

    assert fields == ["indicator"]


def test_an_indicator_tells_of_no_input(parties, draft, place):
    money = parties.add(draft, "input", "Money")

    fields = fields_of(
        lambda: indicators.place_indicator(
            edit=parties.edit(draft), lineage=place.lineage, standing=Standing(money.lineage)
        )
    )

    assert fields == ["item"]


def test_a_determinant_asks_for_the_authoritys_own_role(parties, draft, outcome, place):
    housing = make.DomainFactory()

    without = fields_of(
        lambda: indicators.place_indicator(
            edit=parties.edit(draft),
            lineage=place.lineage,
            standing=Standing(outcome.lineage, determinant=housing.slug),
        )
    )
    indicators.place_indicator(
        edit=parties.edit(draft),
        lineage=place.lineage,
        standing=Standing(outcome.lineage, determinant=housing.slug, authority_role="Builds homes"),
    )

    assert without == ["authority_role"]
    assert (stored(place).determinant, stored(place).authority_role) == (housing, "Builds homes")


@pytest.mark.parametrize("slug", ["no-such", "health-outcomes"])
def test_health_outcomes_are_no_determinant(parties, draft, outcome, place, slug):
    fields = fields_of(
        lambda: indicators.place_indicator(
            edit=parties.edit(draft),
            lineage=place.lineage,
            standing=Standing(outcome.lineage, determinant=slug, authority_role="x"),
        )
    )

    assert fields == ["determinant"]


def test_each_side_names_its_owner(parties, draft, place):
    indicators.name_owners(
        edit=parties.edit(draft),
        lineage=place.lineage,
        authority_owner=" Director of health ",
        board_owner="Director of population health",
    )

    row = stored(place)
    assert (row.authority_owner, row.board_owner) == (
        "Director of health",
        "Director of population health",
    )


def test_a_baseline_is_frozen_with_value_limits_and_release(based, published):
    row = stored(based)

    assert (row.baseline_value, row.baseline_lower, row.baseline_upper) == (60.0, 59.0, 61.0)
    assert row.baseline_release == published.release
    assert row.baseline_period == published.period


def test_a_baseline_of_an_earlier_release_is_refused(parties, draft, place, published):
    older = chosen(published)
    published.superseded_at = make.NOW
    published.save(update_fields=["superseded_at"])
    newer = value_of(published.indicator, published.area, value=59.5)

    with pytest.raises(DraftRefusedError, match="newer release") as error:
        targets.set_baseline(edit=parties.edit(draft), lineage=place.lineage, chosen=older)
    targets.set_baseline(edit=parties.edit(draft), lineage=place.lineage, chosen=chosen(newer))

    assert error.value.faults[0].field == "baseline"
    assert stored(place).baseline_value == 59.5


def test_what_is_not_published_is_no_baseline(parties, draft, place, published):
    own = make.ObservationFactory(
        indicator=published.indicator,
        area=published.area,
        owner=parties.pair.authority,
        period=make.PeriodFactory(
            label="2020 - 22", start_date=date(2020, 1, 1), end_date=date(2023, 1, 1)
        ),
    )

    assert fields_of(
        lambda: targets.set_baseline(
            edit=parties.edit(draft), lineage=place.lineage, chosen=chosen(own)
        )
    ) == ["baseline"]


@pytest.mark.parametrize("note", [Note.SUPPRESSED, Note.MISSING])
def test_what_has_no_value_is_no_baseline(parties, draft, place, published, note):
    hidden = value_of(
        published.indicator,
        published.area,
        first=2022,
        value=None,
        lower_95=None,
        upper_95=None,
        note=note,
    )

    assert fields_of(
        lambda: targets.set_baseline(
            edit=parties.edit(draft), lineage=place.lineage, chosen=chosen(hidden)
        )
    ) == ["baseline"]


def test_no_baseline_has_a_reason_and_leaves_no_target(parties, draft, aimed):
    without = fields_of(
        lambda: targets.set_baseline(edit=parties.edit(draft), lineage=aimed.lineage, chosen=None)
    )
    targets.set_baseline(
        edit=parties.edit(draft), lineage=aimed.lineage, chosen=None, why_none="Not measured."
    )

    row = stored(aimed)
    assert without == ["why_none"]
    assert (row.baseline_value, row.target_value, row.no_baseline_reason) == (
        None,
        None,
        "Not measured.",
    )


def test_a_target_is_stored_with_its_way(parties, draft, based):
    wanted = Wanted(
        kind="reach",
        mode="change",
        amount=2.0,
        period="2028 - 30",
        trajectory="milestones",
        milestones=(("2025 - 27", 61.0),),
    )

    targets.set_target(edit=parties.edit(draft), lineage=based.lineage, wanted=wanted)

    row = stored(based)
    assert (row.target_value, row.target_mode, row.target_label) == (62.0, "change", "2028 - 30")
    assert [(one.label, one.value) for one in row.milestones.all()] == [("2025 - 27", 61.0)]


def test_a_target_refused_stores_nothing(parties, draft, based):
    low = Wanted(kind="reach", amount=50.0, period="2028 - 30")

    fields = fields_of(
        lambda: targets.set_target(edit=parties.edit(draft), lineage=based.lineage, wanted=low)
    )

    assert fields == ["amount"]
    assert stored(based).target_value is None


def test_no_target_has_a_reason(parties, draft, based):
    none = Wanted(kind="none")

    without = fields_of(
        lambda: targets.set_target(edit=parties.edit(draft), lineage=based.lineage, wanted=none)
    )
    targets.set_target(
        edit=parties.edit(draft), lineage=based.lineage, wanted=none, why_none="Too early."
    )

    assert without == ["why_none"]
    assert stored(based).no_target_reason == "Too early."


def test_a_target_moves_with_its_baseline_as_its_mode_says(parties, draft, based, published):
    by_two = Wanted(kind="reach", mode="change", amount=2.0, period="2028 - 30")
    targets.set_target(edit=parties.edit(draft), lineage=based.lineage, wanted=by_two)
    earlier = value_of(published.indicator, published.area, first=2016, value=58.0)

    targets.set_baseline(
        edit=parties.edit(draft),
        lineage=based.lineage,
        chosen=chosen(earlier),
        reason="The pandemic distorts the later one.",
    )

    assert (stored(based).baseline_value, stored(based).target_value) == (58.0, 60.0)


def test_before_values_came_a_target_changes_freely(parties, draft, aimed):
    targets.set_target(
        edit=parties.edit(draft),
        lineage=aimed.lineage,
        wanted=Wanted(kind="reach", amount=63.0, period="2028 - 30"),
    )

    assert stored(aimed).target_value == 63.0
    assert not FrameworkHappening.objects.filter(type__startswith="target").exists()


CHANGES = {
    "change": lambda edit, lineage, reason: targets.set_target(
        edit=edit,
        lineage=lineage,
        wanted=Wanted(kind="reach", amount=63.0, period="2028 - 30"),
        reason=reason,
    ),
    "delete": lambda edit, lineage, reason: targets.set_target(
        edit=edit, lineage=lineage, wanted=Wanted(kind="none"), why_none="x", reason=reason
    ),
    "no baseline": lambda edit, lineage, reason: targets.set_baseline(
        edit=edit, lineage=lineage, chosen=None, why_none="x", reason=reason
    ),
    "remove": lambda edit, lineage, reason: indicators.remove_indicator(
        edit=edit, lineage=lineage, reason=reason
    ),
}


@pytest.mark.parametrize("act", CHANGES.values(), ids=CHANGES.keys())
def test_once_values_came_a_target_changes_with_a_reason(parties, draft, aimed, published, act):
    value_of(published.indicator, published.area, first=2022)

    without = fields_of(lambda: act(parties.edit(draft), aimed.lineage, " "))
    before = stored(aimed).target_value
    act(parties.edit(draft), aimed.lineage, "The figures were revised.")

    event = FrameworkHappening.objects.get(type__startswith="target")
    assert (without, before) == (["reason"], 62.0)
    assert event.reason == "The figures were revised."
    assert event.payload["before"] == "62 in 2028-30"
    assert event.actor_body_id == parties.pair.authority_id


def test_the_same_target_needs_no_reason(parties, draft, aimed, published):
    value_of(published.indicator, published.area, first=2022)

    targets.set_target(edit=parties.edit(draft), lineage=aimed.lineage, wanted=LONGER)

    assert not FrameworkHappening.objects.filter(type__startswith="target").exists()


def test_a_set_comes_in_wholesale_with_what_each_stands_for(
    parties, draft, outcome, place, healthy_years
):
    housing, work = make.DomainFactory(), make.DomainFactory()
    beacon = make.IndicatorSetFactory()
    homes = make.IndicatorFactory(domain=housing)
    jobs = make.IndicatorFactory(domain=housing)
    for member, determinant in ((healthy_years, None), (homes, None), (jobs, work)):
        make.IndicatorSetMemberFactory(
            indicator_set=beacon, indicator=member, determinant=determinant
        )
    make.BreakdownFactory(sex="Persons", age="All ages")

    done = indicators.adopt_set(edit=parties.edit(draft), item=outcome.lineage, slug=beacon.slug)

    rows = FrameworkIndicator.objects.exclude(pk=place.pk).order_by("order")
    assert (done.added, done.there) == (2, 1)
    assert [(row.indicator, row.determinant) for row in rows] == [(homes, housing), (jobs, work)]
    assert {row.area_id for row in rows} == {parties.pair.authority_id}
    assert {row.adopted_set for row in rows} == {beacon}
    place.refresh_from_db()
    assert place.adopted_set is None


def test_health_outcomes_of_a_set_stand_for_no_determinant(parties, draft, outcome, healthy_years):
    make.BreakdownFactory(sex="Persons", age="All ages")
    beacon = make.IndicatorSetMemberFactory(indicator=healthy_years).indicator_set

    indicators.adopt_set(edit=parties.edit(draft), item=outcome.lineage, slug=beacon.slug)

    assert FrameworkIndicator.objects.get().determinant is None


def test_where_sexes_are_published_apart_both_come_in(parties, draft, outcome, healthy_years):
    for sex in ("Male", "Female"):
        make.ObservationFactory(
            indicator=healthy_years,
            area=parties.pair.authority,
            breakdown=make.BreakdownFactory(sex=sex),
        )
    beacon = make.IndicatorSetMemberFactory(indicator=healthy_years).indicator_set

    indicators.adopt_set(edit=parties.edit(draft), item=outcome.lineage, slug=beacon.slug)

    rows = FrameworkIndicator.objects.order_by("order")
    assert [row.breakdown.sex for row in rows] == ["Female", "Male"]


@pytest.mark.parametrize("slug", ["no-such", "there-already"])
def test_a_set_that_brings_nothing_is_refused(parties, draft, outcome, place, slug):
    beacon = make.IndicatorSetFactory(slug="there-already")
    make.IndicatorSetMemberFactory(indicator_set=beacon, indicator=place.indicator)

    assert fields_of(
        lambda: indicators.adopt_set(edit=parties.edit(draft), item=outcome.lineage, slug=slug)
    ) == ["set"]


def test_areas_are_the_authority_and_its_councils(parties, council):
    found = areas_for(authority=parties.pair.authority, day=make.NOW.date())

    assert [one.kind for one in found] == [BodyKind.STRATEGIC_AUTHORITY, BodyKind.COUNCIL]
