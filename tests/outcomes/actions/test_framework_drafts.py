"""The theory of change and the texts of a draft, each edit with the version that was read."""

import uuid
from dataclasses import replace

import pytest

from authorities.models import AuditEvent, Role
from outcomes.access import Acting
from outcomes.actions import framework_drafts as drafts
from outcomes.actions.framework_drafts import GoneError, ItemWords
from outcomes.actions.framework_steps import NotAPartyError
from outcomes.framework_lifecycle import FrameworkRefusedError, Guard
from outcomes.framework_rules import DraftRefusedError
from outcomes.models import FrameworkVersion, TheoryItem, TheoryLink, VersionState
from tests.factories.authorities import PairFactory
from tests.factories.frameworks import CountMeasureFactory, FrameworkIndicatorFactory
from tests.outcomes.framework_people import Parties

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties():
    return Parties()


@pytest.fixture
def draft(parties):
    return parties.start()


@pytest.fixture
def chain(parties, draft):
    """An input, two outputs and an outcome."""
    return [
        parties.add(draft, kind, title)
        for kind, title in (
            ("input", "Money"),
            ("output", "Warm homes"),
            ("output", "Insulated homes"),
            ("outcome", "People live well"),
        )
    ]


def titles(kind):
    rows = TheoryItem.objects.filter(kind=kind).order_by("order")
    return list(rows.values_list("title", flat=True))


def refusal_of(act):
    with pytest.raises(DraftRefusedError) as error:
        act()
    [fault] = error.value.faults
    return fault.field, fault.message


def test_an_item_is_added_at_the_end_of_its_kind(chain):
    assert titles("output") == ["Warm homes", "Insulated homes"]


def test_each_edit_counts_and_is_in_the_audit(parties, draft):
    before = draft.version

    parties.add(draft, "outcome", "People live well")

    assert FrameworkVersion.objects.get(pk=draft.pk).version == before + 1
    event = AuditEvent.objects.get(action="framework.edited")
    assert event.detail["what"] == "item_added"
    assert event.body_id == parties.pair.authority_id


def test_who_read_an_older_version_changes_nothing(parties, draft):
    stale = replace(parties.edit(draft), expected_version=0)

    with pytest.raises(FrameworkRefusedError) as refused:
        drafts.add_item(edit=stale, kind="outcome", words=ItemWords("People live well"))

    assert refused.value.guard is Guard.VERSION_MATCHES
    assert TheoryItem.objects.count() == 0


def test_a_stranger_changes_nothing(parties, draft):
    stranger = Acting(body=PairFactory().board, role=Role.EDITOR)

    with pytest.raises(NotAPartyError):
        drafts.write_text(edit=parties.edit(draft, acting=stranger), name="summary", text="Ours")

    assert FrameworkVersion.objects.get(pk=draft.pk).summary == ""


@pytest.mark.parametrize("title", ["", "  ", "PEOPLE LIVE WELL"])
def test_an_item_has_a_title_of_its_own(parties, draft, title):
    parties.add(draft, "outcome", "People live well")

    field, _ = refusal_of(lambda: parties.add(draft, "outcome", title))

    assert field == "title"
    assert TheoryItem.objects.count() == 1


def test_a_refused_edit_leaves_the_version_as_it_was(parties, draft):
    before = FrameworkVersion.objects.get(pk=draft.pk).version

    refusal_of(lambda: parties.add(draft, "outcome", ""))

    assert FrameworkVersion.objects.get(pk=draft.pk).version == before


def test_an_item_is_said_otherwise(parties, draft, chain):
    drafts.change_item(
        edit=parties.edit(draft),
        lineage=chain[1].lineage,
        words=ItemWords(" Warmer homes ", text="For all", assumption="Landlords agree"),
    )

    row = TheoryItem.objects.get(pk=chain[1].pk)
    assert (row.title, row.text, row.assumption) == ("Warmer homes", "For all", "Landlords agree")


def test_an_item_keeps_its_own_title(parties, draft, chain):
    drafts.change_item(
        edit=parties.edit(draft), lineage=chain[1].lineage, words=ItemWords("Warm homes", text="x")
    )

    assert TheoryItem.objects.get(pk=chain[1].pk).text == "x"


def test_items_change_places(parties, draft, chain):
    drafts.move_item(edit=parties.edit(draft), lineage=chain[2].lineage, earlier=True)
    between = titles("output")
    drafts.move_item(edit=parties.edit(draft), lineage=chain[2].lineage, earlier=True)

    assert between == titles("output") == ["Insulated homes", "Warm homes"]


def test_items_that_are_linked_keep_their_order(parties, draft, chain):
    drafts.link_item(edit=parties.edit(draft), cause=chain[1].lineage, effects=[chain[2].lineage])

    _, message = refusal_of(
        lambda: drafts.move_item(edit=parties.edit(draft), lineage=chain[2].lineage, earlier=True)
    )

    assert "are linked" in message


def test_links_are_set_and_those_that_stay_keep_their_assumption(parties, draft, chain):
    money, warm, insulated, well = (item.lineage for item in chain)
    drafts.link_item(edit=parties.edit(draft), cause=money, effects=[warm, insulated])
    drafts.assume(edit=parties.edit(draft), cause=money, effect=warm, assumption=" Builders ")

    drafts.link_item(edit=parties.edit(draft), cause=money, effects=[warm, well])

    links = TheoryLink.objects.values_list("effect__lineage", "assumption")
    assert set(links) == {(warm, "Builders"), (well, "")}


@pytest.mark.parametrize(("cause", "effect"), [(3, 0), (2, 1), (1, 1)])
def test_a_link_leads_forward(parties, draft, chain, cause, effect):
    field, _ = refusal_of(
        lambda: drafts.link_item(
            edit=parties.edit(draft), cause=chain[cause].lineage, effects=[chain[effect].lineage]
        )
    )

    assert field == "effects"
    assert TheoryLink.objects.count() == 0


def test_an_item_goes_with_its_links(parties, draft, chain):
    drafts.link_item(edit=parties.edit(draft), cause=chain[0].lineage, effects=[chain[1].lineage])

    drafts.remove_item(edit=parties.edit(draft), lineage=chain[1].lineage)

    assert titles("output") == ["Insulated homes"]
    assert TheoryLink.objects.count() == 0


@pytest.mark.parametrize("factory", [FrameworkIndicatorFactory, CountMeasureFactory])
def test_an_item_with_something_of_its_own_stays(parties, draft, chain, factory):
    factory(framework_version=draft, item=chain[1])

    _, message = refusal_of(
        lambda: drafts.remove_item(edit=parties.edit(draft), lineage=chain[1].lineage)
    )

    assert "Move or remove what belongs to it first" in message


@pytest.mark.parametrize("act", ["change", "remove", "link", "assume"])
def test_what_is_gone_cannot_be_changed(parties, draft, act):
    edit, nothing = parties.edit(draft), uuid.uuid4()
    acts = {
        "change": lambda: drafts.change_item(edit=edit, lineage=nothing, words=ItemWords("x")),
        "remove": lambda: drafts.remove_item(edit=edit, lineage=nothing),
        "link": lambda: drafts.link_item(edit=edit, cause=nothing, effects=[]),
        "assume": lambda: drafts.assume(edit=edit, cause=nothing, effect=nothing, assumption="x"),
    }

    with pytest.raises(GoneError, match="removed"):
        acts[act]()


@pytest.mark.parametrize("name", drafts.TEXTS)
def test_each_text_is_stored(parties, draft, name):
    drafts.write_text(edit=parties.edit(draft), name=name, text=" Words ")

    assert getattr(FrameworkVersion.objects.get(pk=draft.pk), name) == "Words"


def test_there_are_no_other_texts(parties, draft):
    field, _ = refusal_of(
        lambda: drafts.write_text(edit=parties.edit(draft), name="content_hash", text="x")
    )

    assert field == "text"


def test_a_later_version_always_says_why(parties, draft):
    FrameworkVersion.objects.filter(pk=draft.pk).update(number=2)

    field, _ = refusal_of(
        lambda: drafts.write_text(edit=parties.edit(draft), name="change_reason", text=" ")
    )

    assert field == "text"


def test_what_is_agreed_is_not_edited(parties, draft):
    FrameworkVersion.objects.filter(pk=draft.pk).update(state=VersionState.DISCARDED)

    with pytest.raises(FrameworkRefusedError, match="was given up"):
        parties.add(draft, "outcome", "People live well")
