"""A draft is changed on its pages: what is wrong stands at its field, what was typed is kept."""

import csv
import io
import uuid
from html import unescape

import pytest
from django.test import Client

from authorities.models import Role
from outcomes.models import (
    CountMeasure,
    FrameworkHappening,
    FrameworkIndicator,
    FrameworkSignature,
    FrameworkVersion,
    TheoryItem,
    TheoryLink,
    VersionState,
)
from tests.factories import outcomes as make
from tests.factories.authorities import PairFactory
from tests.factories.frameworks_in_force import indicator_of, measure_of
from tests.outcomes.framework_people import Parties
from tests.outcomes.views.framework_pages import (
    address,
    agreed,
    member,
    now,
    of_the_centre,
    place_in,
    proposed,
    published,
    value_of,
    whole_draft,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties():
    return Parties()


@pytest.fixture
def own(parties):
    return member(parties.pair.authority, Role.EDITOR)


@pytest.fixture
def draft(parties):
    return whole_draft(parties)


@pytest.fixture
def place(draft):
    return place_in(draft)


def send(client, page, draft, /, *more, **fields):
    """Send a form with the version as it is now."""
    return client.post(address(page, draft, *more), {"version": now(draft).version, **fields})


def test_the_draft_page_leads_to_every_part(own, draft):
    page = own.get(address("framework-edit", draft)).content.decode()

    for words in ("Add an input", "Add an indicator", "a count is of one", "Check and propose"):
        assert words in page


def test_pages_of_a_draft_are_for_its_owners(draft, place, client):
    others = [
        (client, 302),
        (of_the_centre(), 404),
        (member(PairFactory().board), 404),
    ]
    pages = [
        address("framework-edit", draft),
        address("framework-text", draft, "summary"),
        address("framework-indicator-target", draft, place.lineage),
    ]

    for page in pages:
        assert [one.get(page).status_code for one, _ in others] == [said for _, said in others]
        assert [one.post(page).status_code for one, _ in others][1:] == [404, 404]


def test_both_sides_change_the_draft(parties, draft):
    board = member(parties.pair.board, Role.EDITOR)

    send(board, "framework-text", draft, "prevention-spending", text="A tenth more")

    assert now(draft).prevention_spending == "A tenth more"


def test_an_item_is_added_changed_moved_linked_and_taken_out(own, draft):
    send(own, "framework-item-add", draft, "output", title="Warm homes")
    send(own, "framework-item-add", draft, "output", title="Dry homes")
    warm, dry = TheoryItem.objects.filter(kind="output").order_by("order")
    well = TheoryItem.objects.get(kind="outcome")

    send(own, "framework-item", draft, warm.lineage, title="Warmer homes", assumption="Money")
    send(own, "framework-item-links", draft, warm.lineage, effects=[str(well.lineage)])
    send(own, "framework-assume", draft, warm.lineage, well.lineage, assumption="Cheap heat")
    send(own, "framework-item-move", draft, dry.lineage, to="earlier")
    link = TheoryLink.objects.get()
    send(own, "framework-item-remove", draft, dry.lineage)

    left = TheoryItem.objects.get(kind="output")
    assert (left.title, left.assumption, left.order) == ("Warmer homes", "Money", 2)
    assert (link.effect, link.assumption) == (well, "Cheap heat")


def test_who_read_an_older_version_sees_what_is_stored_now(own, draft):
    seen = now(draft).version
    send(own, "framework-text", draft, "summary", text="Theirs")

    answer = own.post(
        address("framework-text", draft, "summary"), {"version": seen, "text": "Mine"}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this framework" in page
    assert "Theirs" in page
    assert "Mine" in page
    assert now(draft).summary == "Theirs"


def test_who_compared_saves_again(own, draft):
    answer = own.post(address("framework-text", draft, "summary"), {"version": 0, "text": "Mine"})
    kept = answer.context["form"]["version"].value()

    own.post(address("framework-text", draft, "summary"), {"version": kept, "text": "Mine"})

    assert now(draft).summary == "Mine"


def test_what_was_proposed_warns_and_becomes_a_draft(parties, own):
    version = proposed(parties)
    page = own.get(address("framework-text", version, "summary")).content.decode()
    own.post(
        address("framework-text", version, "summary"),
        {"version": now(version).version, "text": "Another"},
    )

    assert "it is a draft again, and signatures given for it are void" in page
    assert now(version).state == VersionState.DRAFT
    assert FrameworkSignature.objects.filter(voided_at=None).count() == 0


def test_what_is_agreed_leads_to_its_page(parties, own):
    version = agreed(parties)
    page = address("framework-text", version, "summary")

    assert own.get(page)["Location"] == address("framework-version", version)
    answer = send(own, "framework-text", version, "summary", text="Another")
    assert answer["Location"] == address("framework-version", version)
    assert now(version).summary == ""


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("framework-text", ("content-hash",)),
        ("framework-item-add", ("wish",)),
        ("framework-item", (uuid.uuid4(),)),
        ("framework-indicator-target", (uuid.uuid4(),)),
        ("framework-count", (uuid.uuid4(),)),
    ],
)
def test_what_is_not_there_has_no_page(own, draft, name, more):
    assert own.get(address(name, draft, *more)).status_code == 404


def test_an_indicator_is_chosen_in_two_pages(parties, own):
    draft = parties.start()
    value = published(parties)
    outcome = parties.add(draft, "outcome", "People live well")
    page = address("framework-indicator-add", draft)
    asked = {
        "item": outcome.lineage,
        "indicator": value.indicator.code,
        "area": value.area_id,
    }

    first = own.get(page).content.decode()
    second = own.get(page, asked).content.decode()
    query = "&".join(f"{key}={one}" for key, one in asked.items())
    own.post(f"{page}?{query}", {"version": now(draft).version, "people": str(value.breakdown_id)})

    assert "Which outcome or output does it tell of?" in first
    assert "Men" in second
    assert FrameworkIndicator.objects.get().breakdown_id == value.breakdown_id


def test_an_indicator_without_any_value_is_for_everybody(parties, own):
    draft = parties.start()
    outcome = parties.add(draft, "outcome", "People live well")
    indicator = make.IndicatorFactory()
    query = f"item={outcome.lineage}&indicator={indicator.code}&area={parties.pair.authority_id}"

    own.post(
        f"{address('framework-indicator-add', draft)}?{query}",
        {"version": now(draft).version, "people": "everybody"},
    )

    assert str(FrameworkIndicator.objects.get().breakdown) == "Persons All ages"


@pytest.mark.parametrize("asked", ["", "?item=x&indicator=y&area=z"])
def test_without_the_first_answers_nothing_is_added(own, draft, asked):
    answer = own.post(f"{address('framework-indicator-add', draft)}{asked}", {"people": "1"})

    assert answer.status_code == 422
    assert FrameworkIndicator.objects.count() == 1


def test_a_baseline_is_chosen_from_what_is_published(own, draft, place):
    later = value_of(place.indicator, place.area, first=2016, value=58.0)
    page = own.get(address("framework-indicator-baseline", draft, place.lineage))

    send(
        own,
        "framework-indicator-baseline",
        draft,
        place.lineage,
        baseline=f"{later.period_id}:{later.release_id}",
        reason="The earlier one is sounder.",
    )

    assert "58.0 years in 2016-18" in page.content.decode()
    place.refresh_from_db()
    assert place.baseline_value == 58.0


def test_a_baseline_of_another_release_is_refused_at_its_field(own, draft, place):
    answer = send(
        own,
        "framework-indicator-baseline",
        draft,
        place.lineage,
        baseline=f"{place.baseline_period_id}:{uuid.uuid4()}",
    )

    assert answer.status_code == 422
    assert "newer release" in answer.context["form"].errors["baseline"][0]


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"amount": "50"}, "amount", "must be above the baseline"),
        ({"amount": "sixty"}, "amount", "Enter a number"),
        ({"period": "2015 - 17"}, "period", "before the baseline"),
        ({"period": "2030"}, "period", "Enter it as 2028 - 30"),
        (
            {"trajectory": "milestones", "period_2": "2025 - 27", "value_2": "59"},
            "period_2",
            "do not go back",
        ),
        ({"period_1": "2025 - 27"}, "value_1", "Enter the value for 2025 - 27"),
        ({"period_0": "2025 - 27", "value_0": "61"}, "trajectory", "choose that way"),
        ({"kind": "none"}, "why_none", "Say why"),
        ({"mode": ""}, "mode", "Choose how you say the target"),
        ({"trajectory": ""}, "trajectory", "Choose how the way there runs"),
        ({"trajectory": "milestones"}, "period_0", "at least one"),
    ],
)
def test_a_target_is_refused_at_its_field(own, draft, place, fields, field, says):
    sent = {
        "kind": "reach",
        "mode": "level",
        "amount": "62.5",
        "period": "2028 - 30",
        "trajectory": "linear",
        **fields,
    }

    answer = send(own, "framework-indicator-target", draft, place.lineage, **sent)

    assert answer.status_code == 422
    assert says in answer.context["form"].errors[field][0]
    place.refresh_from_db()
    assert place.target_value == 62.0


def test_what_is_kept_without_limits_asks_for_its_margin_at_its_field(own, draft, place):
    FrameworkIndicator.objects.filter(pk=place.pk).update(baseline_lower=None, baseline_upper=None)
    sent = {"kind": "maintain", "period": "2028 - 30"}

    without = send(own, "framework-indicator-target", draft, place.lineage, **sent)
    send(own, "framework-indicator-target", draft, place.lineage, **sent, tolerance="0")

    place.refresh_from_db()
    assert without.status_code == 422
    assert "or 0 if any fall counts" in without.context["form"].errors["tolerance"][0]
    assert (place.target_kind, place.target_value, place.tolerance) == ("maintain", 60.0, 0.0)


def test_a_target_is_stored_and_shown_again(own, draft, place):
    sent = {
        "kind": "reach",
        "mode": "change",
        "amount": "3",
        "period": "2028 - 30",
        "trajectory": "milestones",
        "period_1": "2025 - 27",
        "value_1": "61.5",
    }

    send(own, "framework-indicator-target", draft, place.lineage, **sent)

    form = own.get(address("framework-indicator-target", draft, place.lineage)).context["form"]
    place.refresh_from_db()
    assert place.target_value == 63.0
    assert (form["amount"].value(), form["period_0"].value()) == ("3", "2025 - 27")


def test_once_values_came_the_reason_is_asked_at_its_field_and_shown(own, draft, place):
    value_of(place.indicator, place.area, first=2022)
    sent = {
        "kind": "reach",
        "mode": "level",
        "amount": "63",
        "period": "2028 - 30",
        "trajectory": "linear",
    }

    without = send(own, "framework-indicator-target", draft, place.lineage, **sent)
    send(own, "framework-indicator-target", draft, place.lineage, **sent, reason="Revised.")

    page = own.get(address("framework-version", draft)).content.decode()
    assert (without.status_code, "reason" in without.context["form"].errors) == (422, True)
    assert "62 in 2028-30 before, 63 in 2028-30 now" in page
    assert "Revised." in page


def test_owners_and_standing_are_stored(own, draft, place):
    housing = make.DomainFactory()
    item = str(place.item.lineage)

    without = send(
        own,
        "framework-indicator-standing",
        draft,
        place.lineage,
        item=item,
        determinant=housing.slug,
    )
    send(
        own,
        "framework-indicator-standing",
        draft,
        place.lineage,
        item=item,
        determinant=housing.slug,
        authority_role="Builds homes",
    )
    send(own, "framework-indicator-owners", draft, place.lineage, authority_owner="Mayor’s office")

    place.refresh_from_db()
    assert "authority_role" in without.context["form"].errors
    assert (place.determinant, place.authority_owner, place.board_owner) == (
        housing,
        "Mayor’s office",
        "",
    )


def test_a_set_is_adopted_on_its_page(own, draft, place):
    beacon = make.IndicatorSetMemberFactory(indicator=place.indicator).indicator_set
    work = make.DomainFactory(name="Work")
    make.IndicatorSetMemberFactory(indicator_set=beacon, determinant=work)
    page = own.get(address("framework-set-adopt", draft)).content.decode()

    send(own, "framework-set-adopt", draft, set=beacon.slug, item=str(place.item.lineage))

    assert "1 of 2 are new" in page
    assert FrameworkIndicator.objects.count() == 2
    for name in ("framework-version", "framework-edit"):
        text = unescape(own.get(address(name, draft)).content.decode())
        assert text.count(f"Came in with the set “{beacon.name}”.") == 1
    text = unescape(own.get(address("framework-version", draft)).content.decode())
    assert f"Adopted as a whole, with the indicators that came in: “{beacon.name}” (1)." in text
    listed = own.get(address("framework-csv", draft)).content.decode("utf-8-sig")
    assert [one["set"] for one in csv.DictReader(io.StringIO(listed))][-1] == beacon.slug


def test_an_indicator_goes(own, draft, place):
    send(own, "framework-indicator-remove", draft, place.lineage)

    assert FrameworkIndicator.objects.count() == 0


def test_a_count_is_written_with_its_targets_and_taken_out(parties, own, draft):
    output = parties.add(draft, "output", "Warm homes")
    facts = {
        "name": "Homes insulated",
        "unit": "homes",
        "item": str(output.lineage),
        "aggregation": "cumulative_sum",
        "direction": "more",
        "margin_percent": "10",
    }
    send(own, "framework-count-add", draft, **facts)
    made = CountMeasure.objects.get()

    wrong = send(own, "framework-count-targets", draft, made.lineage, period_1="soon", value_1="20")
    send(own, "framework-count-targets", draft, made.lineage, period_1="2026/27", value_1="1,200")
    send(own, "framework-count", draft, made.lineage, **{**facts, "unit": "dwellings"})

    made.refresh_from_db()
    assert "period_1" in wrong.context["form"].errors
    assert made.targets.get().value == 1200.0
    assert made.unit == "dwellings"
    send(own, "framework-count-remove", draft, made.lineage)
    assert CountMeasure.objects.count() == 0


def test_a_move_is_no_page(own, draft):
    item = TheoryItem.objects.get()

    assert own.get(address("framework-item-move", draft, item.lineage)).status_code == 405


def test_looking_changes_nothing(own, draft, place):
    before = now(draft).version
    for name, more in (
        ("framework-edit", ()),
        ("framework-indicator-target", (place.lineage,)),
        ("framework-propose", ()),
    ):
        assert own.get(address(name, draft, *more)).status_code == 200

    assert now(draft).version == before
    assert FrameworkHappening.objects.count() == 1
    assert FrameworkVersion.objects.count() == 1
    assert Client().get(address("framework-edit", draft)).status_code == 302


def test_indicators_and_counts_change_their_places(own, draft, place):
    second = indicator_of(draft, item=place.item, order=place.order + 1)
    counts = [measure_of(draft, name=name, order=order) for order, name in ((1, "A"), (2, "B"))]

    shown = own.get(address("framework-edit", draft)).content.decode()
    send(own, "framework-indicator-move", draft, second.lineage, to="earlier")
    send(own, "framework-indicator-move", draft, second.lineage, to="earlier")
    moved = send(own, "framework-count-move", draft, counts[0].lineage, to="later")

    page = own.get(moved["Location"]).content.decode()
    assert shown.count("Move up") == shown.count("Move down") == 2
    assert "“A” is moved." in page
    rows = FrameworkIndicator.objects.filter(framework_version=draft).order_by("order")
    assert [row.pk for row in rows] == [second.pk, place.pk]
    assert page.index('"govuk-heading-s">B<') < page.index('"govuk-heading-s">A<')
