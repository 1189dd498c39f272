"""The centre's pages of drafts: begun, changed, looked at, proposed, approved by another."""

import csv
import io
import uuid

import pytest
from django.urls import reverse

from authorities.models import Role
from engagement.actions import reading_drafts as actions
from engagement.models import GroupMap, ReadingDraft, Rubric, Theme
from engagement.queries.reading_versions import draft_by_id
from tests.factories import engagement as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(configuration):
    return make.central(Role.ANALYST)


@pytest.fixture
def lead(configuration):
    return make.central(Role.LEAD_ANALYST)


def words(response):
    return " ".join(response.content.decode().split())


def begun(client, person, kind="rubric"):
    client.force_login(person)
    sent = {"reason": "The guidance changed.", "form_key": str(uuid.uuid4())}
    response = client.post(reverse("readings:draft-new", args=[kind]), sent)
    assert response.status_code == 302, words(response)
    return ReadingDraft.objects.latest("made_at")


def at(name, draft, *parts):
    return reverse(f"readings:{name}", args=[draft.pk, *parts])


def content_of(draft):
    return draft_by_id(draft_id=draft.pk).content


THEME = {
    "code": "S8",
    "name": "Housing",
    "core": "no",
    "high": "Much",
    "partial": "Some",
    "low": "None",
    "source": "",
}
RULE = {
    "high_at_least": "3/4",
    "low_more_than": "1/2",
    "unanswered_more_than": "1/3",
    "source": "The guidance of 2027",
    "reason": "The guidance changed.",
}


def test_a_rubric_is_drafted_changed_proposed_and_approved_on_screen(client, analyst, lead):
    draft = begun(client, analyst)
    assert "Nothing is different yet" in words(client.get(at("draft", draft)))

    client.post(at("part-new", draft, "sa"), {**THEME, "revision": "1"})
    client.post(at("part-move", draft, "S8"), {"direction": "up", "revision": "2"})
    client.post(at("part-remove", draft, "I8"), {"revision": "3"})
    client.post(at("draft-words", draft), {**RULE, "revision": "4"})
    shown = words(client.get(at("draft", draft)))
    assert "Nothing stands in the way of proposing it" in shown
    assert "S1, S2, S3, S4, S5, S6, S8, S7" in shown
    client.post(at("draft-propose", draft), {"revision": "5"})

    client.force_login(lead)
    assert "Approve it" in words(client.get(at("draft", draft)))
    sent = {"revision": "6", "kept": "no", "meaning_reason": "More is asked.", "declare": "on"}
    response = client.post(at("draft-approve", draft), sent)
    page = words(client.get(response["Location"]))

    made = Rubric.objects.get(version=2)
    assert made.rule["high_at_least"] == "3/4"
    codes = Theme.objects.filter(rubric=made).order_by("order").values_list("code", flat=True)
    assert [*codes][5:9] == ["S6", "S8", "S7", "I1"]
    assert "I8" not in codes
    assert "Levels do not compare with those of version 1. More is asked." in page
    assert f"Proposed by {analyst.full_name}, approved by {lead.full_name}" in page


def test_a_matrix_gets_other_words_groups_and_cells_on_screen(client, analyst, lead):
    draft = begun(client, analyst, "matrix")
    group = {
        "code": "violet",
        "name": "New ground",
        "note": "Something new",
        "offer": "A first conversation",
        "aimed_at": "both",
        "look": "violet",
        "revision": "1",
    }
    client.post(at("part-new", draft, "group"), group)
    assert "No cell brings the group New ground" in words(client.get(at("draft", draft)))
    form = client.get(at("draft-cells", draft)).context["form"]
    cells = {name: form.initial[name] for name in form.fields}
    client.post(at("draft-cells", draft), {**cells, "low_low_group": "violet"})
    assert "No cell brings the group Core learning" in words(client.get(at("draft", draft)))
    client.post(at("part-remove", draft, "red"), {"revision": "3"})
    said = {"high": "Strong", "partial": "Growing", "low": "Early", "not_assessed": "No view yet"}
    client.post(
        at("draft-words", draft),
        {**said, "source": "The guidance", "reason": "Plain words.", "revision": "4"},
    )
    client.post(at("draft-propose", draft), {"revision": "5"})
    client.force_login(lead)
    response = client.post(at("draft-approve", draft), {"revision": "6", "declare": "on"})
    page = words(client.get(response["Location"]))

    assert GroupMap.objects.get(version=2).low_label == "Early"
    assert "ICB growing" in page
    assert 'fill="url(#p-violet)"' in page
    assert "Something new. Violet, upright white bars" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"high": ""}, "Enter the statement for high"),
        ({"code": "S1"}, "Another theme has the code S1"),
        ({"code": "eight"}, "Enter a capital letter"),
        ({"low": "Much"}, "Two statements are the same"),
        ({"core": ""}, "Choose whether it is core"),
    ],
)
def test_a_fault_is_said_at_its_field_and_what_was_typed_is_kept(client, analyst, change, message):
    draft = begun(client, analyst)

    response = client.post(at("part-new", draft, "sa"), {**THEME, "revision": "1", **change})
    shown = words(response)

    assert response.status_code == 422
    assert "There is a problem" in shown
    assert message in shown
    assert 'value="Housing"' in shown
    assert len(content_of(draft).themes) == 15


def test_a_threshold_outside_0_to_1_is_refused_at_its_field(client, analyst):
    draft = begun(client, analyst)

    sent = {**RULE, "high_at_least": "4/3", "revision": "1"}
    response = client.post(at("draft-words", draft), sent)

    assert response.status_code == 422
    assert 'href="#id_high_at_least">Enter a fraction from 0 to 1' in words(response)


def test_the_last_core_theme_that_goes_leaves_a_fault_and_no_proposal(client, analyst):
    draft = begun(client, analyst)
    for revision, code in enumerate(("S1", "S2"), start=1):
        client.post(at("part-remove", draft, code), {"revision": str(revision)})

    shown = words(client.get(at("draft", draft)))
    response = client.post(at("draft-propose", draft), {"revision": "3"})

    assert "1 thing to correct before it can be proposed" in shown
    assert "No theme on the authority’s side is core" in shown
    assert response.status_code == 409
    assert "The draft has faults" in words(response)


def test_a_form_of_an_older_revision_shows_both_texts_and_can_be_sent_again(client, analyst):
    draft = begun(client, analyst)
    theme = {**THEME, "code": "S7", "revision": "1"}
    client.post(at("part", draft, "S7"), {**theme, "name": "First"})

    response = client.post(at("part", draft, "S7"), {**theme, "name": "Second"})
    shown = words(response)

    assert response.status_code == 409
    assert "What is stored now" in shown
    assert "First" in shown
    assert 'value="Second"' in shown
    again = client.post(at("part", draft, "S7"), {**theme, "name": "Second", "revision": "2"})
    assert again.status_code == 302
    assert content_of(draft).theme("S7").name == "Second"


def test_what_was_typed_for_a_theme_that_is_gone_is_given_back(client, analyst):
    draft = begun(client, analyst)
    client.post(at("part-remove", draft, "S7"), {"revision": "1"})

    response = client.post(at("part", draft, "S7"), {**THEME, "code": "S7", "revision": "1"})

    assert response.status_code == 409
    assert "Housing" in words(response)
    assert client.get(at("part", draft, "S7")).status_code == 404


def test_an_older_order_is_not_moved(client, analyst):
    draft = begun(client, analyst)
    client.post(at("part-move", draft, "S2"), {"direction": "up", "revision": "1"})

    response = client.post(
        at("part-move", draft, "S2"), {"direction": "down", "revision": "1"}, follow=True
    )

    assert "has changed since you opened the page" in words(response)
    assert [one.code for one in content_of(draft).themes][:2] == ["S2", "S1"]


def test_who_wrote_in_it_is_told_that_another_must_approve(client, lead):
    draft = begun(client, lead)
    client.post(at("draft-propose", draft), {"revision": "1"})

    shown = words(client.get(at("draft", draft)))
    sent = {"revision": "2", "kept": "yes", "meaning_reason": "Same.", "declare": "on"}
    response = client.post(at("draft-approve", draft), sent)

    assert "another person must approve it" in shown
    assert "Approve it" not in shown
    assert response.status_code == 409
    assert Rubric.objects.count() == 1


def test_a_declined_draft_says_why(client, analyst, lead):
    draft = begun(client, analyst)
    client.post(at("draft-propose", draft), {"revision": "1"})
    client.force_login(lead)

    client.post(at("draft-decline", draft), {"revision": "2", "reason": "Name the source."})
    client.force_login(analyst)

    assert "Name the source." in words(client.get(at("draft", draft)))


def test_a_discarded_draft_stays_readable_and_takes_no_changes(client, analyst):
    draft = begun(client, analyst)
    client.post(at("draft-discard", draft), {"revision": "1", "reason": "Not needed."})

    response = client.post(at("part-new", draft, "sa"), {**THEME, "revision": "2"})

    assert "Not needed." in words(client.get(at("draft", draft)))
    assert response.status_code == 409
    assert "Housing" in words(response)
    assert client.get(at("draft-words", draft)).status_code == 302


def test_a_second_draft_of_a_kind_is_not_begun(client, analyst):
    begun(client, analyst)

    sent = {"reason": "Another.", "form_key": str(uuid.uuid4())}
    response = client.post(reverse("readings:draft-new", args=["rubric"]), sent)

    assert response.status_code == 409
    assert "A draft is open already" in words(response)
    assert "Draft a new version: rubric" not in words(client.get(reverse("readings:list")))


def stricter(draft, by):
    def change(content):
        return type(content)(**{**vars(content), "high_at_least": "1"})

    row = actions.edit(
        draft_id=draft.pk, expected_revision=draft.revision, change=change, by=by, at=make.NOW
    )
    assert row.revision == 2


def test_the_preview_says_who_would_move(client, analyst, pair, round):
    make.confirmed(pair=pair, round=round, side="sa", level="high", S5="partial")
    make.confirmed(pair=pair, round=round, side="icb", level="high")
    draft = begun(client, analyst)
    none = words(client.get(at("draft-preview", draft)))
    stricter(draft, analyst)

    shown = words(client.get(at("draft-preview", draft)))
    text = client.get(at("draft-preview-csv", draft)).content.decode("utf-8-sig")

    assert "0 of 1 would change" in none
    assert "1 of 1 would change" in shown
    assert "From high to partial" in shown
    assert "1 of 2 sides" in shown
    assert "Emerging leaders" in shown
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(r["authority_level_now"], r["authority_level_by_draft"]) for r in rows] == [
        ("high", "partial")
    ]
    assert (rows[0]["group_now"], rows[0]["group_by_draft"]) == ("green", "amber")


def test_the_preview_says_why_there_is_nothing_to_read(client, analyst):
    draft = begun(client, analyst)

    assert "Nobody has confirmed a view" in words(client.get(at("draft-preview", draft)))
    assert client.get(at("draft-preview-csv", draft)).status_code == 200


def test_the_preview_of_a_matrix_says_which_pairs_change_group(client, analyst, pair, round):
    for side in ("sa", "icb"):
        make.confirmed(pair=pair, round=round, side=side, level="high")
    draft = begun(client, analyst, "matrix")
    form = client.get(at("draft-cells", draft)).context["form"]
    cells = {name: form.initial[name] for name in form.fields}
    client.post(at("draft-cells", draft), {**cells, "high_high_group": "amber"})
    # Every group is brought by a cell.
    client.post(
        at("draft-cells", draft),
        {**cells, "revision": "2"} | {"high_high_group": "amber", "high_partial_group": "green"},
    )

    shown = words(client.get(at("draft-preview", draft)))

    assert "Pairs whose group would change" in shown
    assert "1 of 1 would change" in shown
    assert "0 of 2" in shown
