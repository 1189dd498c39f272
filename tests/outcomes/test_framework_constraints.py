"""Facts of frameworks that the database holds, each tried by breaking it."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from outcomes.models import (
    FrameworkSignature,
    FrameworkVersion,
    ItemKind,
    TargetKind,
    TrajectoryKind,
    VersionState,
)
from tests.factories import frameworks as make
from tests.factories.authorities import PairFactory, UserFactory
from tests.factories.outcomes import NOW
from tests.outcomes.framework_people import Parties
from tests.outcomes.views.framework_pages import agreed, now, proposed

pytestmark = pytest.mark.django_db


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def run(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def version():
    return make.FrameworkVersionFactory()


def test_a_framework_has_a_name():
    with refused("framework_has_a_name"):
        make.FrameworkFactory(name="")


def test_a_partner_is_there_once():
    one = make.FrameworkPartnerFactory(ended_on=date(2026, 1, 1))

    with refused("partner_once_a_framework"):
        make.FrameworkPartnerFactory(framework=one.framework, pair=one.pair)


def test_a_pair_owns_one_framework_at_a_time():
    one = make.FrameworkPartnerFactory()

    with refused("pair_in_one_framework_at_a_time"):
        make.FrameworkPartnerFactory(
            framework=make.FrameworkFactory(authority=one.framework.authority), pair=one.pair
        )


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"needs_reconfirmation": True}, "partner_to_reconfirm_came_from_another"),
        ({"reconfirmed_at": NOW}, "reconfirmation_says_who_and_when"),
    ],
)
def test_a_partner_keeps_to_the_rules(facts, name):
    with refused(name):
        make.FrameworkPartnerFactory(**facts)


def test_a_partner_is_a_pair_of_the_authority():
    with refused("the pair is not one of the authority"):
        make.FrameworkPartnerFactory(pair=PairFactory())


def test_a_partner_is_never_deleted():
    make.FrameworkPartnerFactory()

    with pytest.raises(DatabaseError, match="Cannot delete rows"):
        run("DELETE FROM outcomes_frameworkpartner")


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"state": "wished"}, "framework_state_is_known"),
        ({"state": VersionState.PROPOSED}, "proposed_version_has_its_hash"),
        (
            {"state": VersionState.AGREED, "content_hash": "x", "proposed_at": NOW},
            "agreed_version_says_when",
        ),
        (
            {
                "state": VersionState.PROPOSED,
                "content_hash": "x",
                "proposed_at": NOW,
                "number": 2,
                "change_reason": "",
            },
            "later_version_says_why",
        ),
    ],
)
def test_a_version_keeps_to_the_rules(facts, name):
    with refused(name):
        make.FrameworkVersionFactory(**facts)


def test_a_version_is_there_once(version):
    FrameworkVersion.objects.filter(pk=version.pk).update(state=VersionState.DISCARDED)

    with refused("framework_version_once"):
        make.FrameworkVersionFactory(framework=version.framework, number=version.number)


def test_one_version_is_open_at_a_time(version):
    with refused("framework_has_one_open_version"):
        make.FrameworkVersionFactory(framework=version.framework, number=2)


def test_one_version_is_in_force_at_a_time():
    version = agreed(Parties())

    with refused("framework_has_one_version_in_force"):
        make.FrameworkVersionFactory(
            framework=version.framework,
            number=2,
            state=VersionState.AGREED,
            content_hash="x",
            change_reason="x",
            proposed_at=NOW,
            agreed_at=NOW,
        )


@pytest.mark.parametrize(
    ("before", "after"),
    [("draft", "agreed"), ("draft", "partly_signed"), ("draft", "superseded")],
)
def test_a_state_follows_from_the_one_before(version, before, after):
    with refused("a framework does not go from"):
        FrameworkVersion.objects.filter(pk=version.pk).update(
            state=after, content_hash="x", proposed_at=NOW, agreed_at=NOW
        )


def test_a_framework_is_agreed_once_all_have_signed():
    version = proposed(Parties())

    with refused("once every party has signed"):
        FrameworkVersion.objects.filter(pk=version.pk).update(
            state=VersionState.AGREED, agreed_at=NOW
        )


@pytest.mark.parametrize("made", [proposed, agreed])
@pytest.mark.parametrize("column", ["summary", "disinvestment", "content_hash"])
def test_what_was_proposed_or_agreed_stays_as_it_was_written(made, column):
    version = made(Parties())

    with pytest.raises(DatabaseError, match="agreed_text_stays"):
        run(f"UPDATE outcomes_frameworkversion SET {column} = 'x' WHERE id = %s", version.pk)  # noqa: S608


def test_a_version_is_never_deleted(version):
    with pytest.raises(DatabaseError, match="framework_version_stays"):
        run("DELETE FROM outcomes_frameworkversion")


def test_a_party_signs_a_version_once():
    version = proposed(Parties())
    make.FrameworkSignatureFactory(framework_version=version)

    with refused("party_signs_a_version_once"):
        make.FrameworkSignatureFactory(framework_version=version)


def test_a_signature_ends_after_it_was_given():
    version = proposed(Parties())

    with refused("signature_voided_after_it_was_given"):
        make.FrameworkSignatureFactory(framework_version=version, voided_at=NOW.replace(year=2020))


@pytest.mark.parametrize("made", ["draft", "another content"])
def test_a_signature_is_for_what_is_proposed(made, version):
    if made == "draft":
        facts = {"framework_version": version}
    else:
        facts = {"framework_version": proposed(Parties()), "content_hash": "0" * 64}

    with refused("a signature is for the content that is proposed"):
        make.FrameworkSignatureFactory(**facts)


def test_a_signature_stays_but_for_its_end():
    version = proposed(Parties())
    given = make.FrameworkSignatureFactory(framework_version=version)
    rows = FrameworkSignature.objects.filter(pk=given.pk)

    with refused("a signature stays as it was written"), transaction.atomic():
        rows.update(signed_by=UserFactory())
    rows.update(voided_at=NOW)
    with refused("a signature stays as it was written"), transaction.atomic():
        rows.update(voided_at=None)


def test_a_signature_is_never_deleted():
    make.FrameworkSignatureFactory(framework_version=proposed(Parties()))

    with pytest.raises(DatabaseError, match="signature_never_deleted"):
        run("DELETE FROM outcomes_frameworksignature")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE outcomes_frameworkhappening SET reason = 'x'",
        "DELETE FROM outcomes_frameworkhappening",
    ],
)
def test_what_happened_stays(statement):
    Parties().start()

    with pytest.raises(DatabaseError, match="append_only"):
        run(statement)


@pytest.mark.parametrize(
    ("factory", "facts", "name"),
    [
        (make.TheoryItemFactory, {"kind": "wish"}, "item_kind_is_known"),
        (make.TheoryItemFactory, {"title": ""}, "item_has_a_title"),
        (
            make.FrameworkIndicatorFactory,
            {"untargeted": True, "baseline_value": 1.0},
            "baseline_is_whole",
        ),
        (
            make.FrameworkIndicatorFactory,
            {"untargeted": True, "target_kind": TargetKind.REACH},
            "target_is_whole",
        ),
        (make.FrameworkIndicatorFactory, {"target_end": date(2028, 1, 1)}, "target_is_whole"),
        (
            make.FrameworkIndicatorFactory,
            {"target_kind": TargetKind.MAINTAIN},
            "maintained_is_the_baseline",
        ),
        (make.FrameworkIndicatorFactory, {"tolerance": -1}, "tolerance_not_negative"),
        (
            make.FrameworkIndicatorFactory,
            {"trajectory": TrajectoryKind.COMPOUND, "target_value": 0},
            "compound_way_above_nought",
        ),
        (
            make.MilestoneFactory,
            {"end_date": date(2025, 1, 1)},
            "milestone_ends_after_it_starts",
        ),
        (make.CountMeasureFactory, {"aggregation": "mean"}, "aggregation_is_known"),
        (make.CountMeasureFactory, {"direction": "up"}, "direction_is_known"),
        (make.CountMeasureFactory, {"margin_percent": 101}, "margin_is_a_percentage"),
        (
            make.CountTargetFactory,
            {"end_date": date(2026, 4, 1)},
            "count_target_ends_after_it_starts",
        ),
        (make.CountTargetFactory, {"value": -1}, "count_target_not_negative"),
        (make.CountValueFactory, {"end_date": date(2026, 4, 1)}, "count_ends_after_it_starts"),
        (make.CountValueFactory, {"numerator": 1, "denominator": 2}, "count_is_a_value_or_two"),
        (
            make.CountValueFactory,
            {"value": None, "numerator": 3, "denominator": 2},
            "count_is_a_value_or_two_parts",
        ),
    ],
)
def test_what_stands_in_a_version_keeps_to_the_rules(factory, facts, name):
    with refused(name):
        factory(**facts)


@pytest.mark.parametrize(
    ("factory", "names", "name"),
    [
        (make.TheoryItemFactory, ("framework_version", "lineage"), "item_once_a_version"),
        (make.TheoryLinkFactory, ("framework_version", "cause", "effect"), "link_once"),
        (
            make.FrameworkIndicatorFactory,
            ("framework_version", "lineage"),
            "framework_indicator_once_a_version",
        ),
        (
            make.FrameworkIndicatorFactory,
            ("framework_version", "indicator", "area", "breakdown"),
            "framework_indicator_of_whom_once",
        ),
        (make.MilestoneFactory, ("framework_indicator",), "milestone_once"),
        (make.CountMeasureFactory, ("framework_version", "lineage"), "measure_once_a_version"),
        (make.CountTargetFactory, ("measure",), "count_target_once_a_period"),
        (make.CountValueFactory, ("framework", "lineage"), "count_current_once"),
    ],
)
def test_what_stands_in_a_version_is_there_once(factory, names, name):
    first = factory()

    with refused(name):
        factory(**{one: getattr(first, one) for one in names})


def test_a_place_is_taken_once():
    first = make.TheoryItemFactory()

    with refused("item_place_once"), connection.cursor() as cursor:
        make.TheoryItemFactory(framework_version=first.framework_version, order=first.order)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_link_leads_to_something_else(version):
    item = make.TheoryItemFactory(framework_version=version)

    with refused("link_leads_to_something_else"):
        make.TheoryLinkFactory(framework_version=version, cause=item, effect=item)


@pytest.mark.parametrize(
    "factory", [make.FrameworkIndicatorFactory, make.CountMeasureFactory], ids=["place", "measure"]
)
def test_items_named_are_of_the_same_version(factory, version):
    with refused("an item of another version is named"):
        factory(framework_version=version, item=make.TheoryItemFactory(kind=ItemKind.OUTPUT))


def test_links_join_items_of_the_same_version(version):
    with refused("an item of another version is named"):
        make.TheoryLinkFactory(framework_version=version, effect=make.TheoryItemFactory())


OF_A_VERSION = {
    "outcomes_theoryitem": "title = 'x'",
    "outcomes_theorylink": "assumption = 'x'",
    "outcomes_frameworkindicator": "board_owner = 'x'",
    "outcomes_milestone": "value = 1",
    "outcomes_countmeasure": "unit = 'x'",
    "outcomes_counttarget": "value = 1",
}


@pytest.fixture
def closed():
    """A version with a row of each table, given up."""
    made = make.FrameworkVersionFactory()
    make.TheoryLinkFactory(framework_version=made)
    make.MilestoneFactory(
        framework_indicator=make.FrameworkIndicatorFactory(framework_version=made)
    )
    make.CountTargetFactory(measure=make.CountMeasureFactory(framework_version=made))
    FrameworkVersion.objects.filter(pk=made.pk).update(state=VersionState.DISCARDED)
    return now(made)


@pytest.mark.parametrize("table", OF_A_VERSION)
@pytest.mark.parametrize("how", ["UPDATE {table} SET {change}", "DELETE FROM {table}"])
def test_only_a_draft_changes(closed, table, how):
    with refused("what was proposed or agreed changes in a draft only"):
        run(how.format(table=table, change=OF_A_VERSION[table]))


@pytest.mark.parametrize(
    "factory", [make.TheoryItemFactory, make.FrameworkIndicatorFactory, make.CountMeasureFactory]
)
def test_nothing_comes_into_a_closed_version(closed, factory):
    with refused("what was proposed or agreed changes in a draft only"):
        factory(framework_version=closed)


def test_a_count_stays_but_for_its_end():
    counted = make.CountValueFactory()

    with refused("a count stays as it was written"), transaction.atomic():
        run("UPDATE outcomes_countvalue SET value = 1")
    run("UPDATE outcomes_countvalue SET superseded_at = now()")
    with pytest.raises(DatabaseError, match="count_never_deleted"):
        run("DELETE FROM outcomes_countvalue WHERE id = %s", counted.pk)
