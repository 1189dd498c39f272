"""The pages on which a version is drafted, previewed and published."""

from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from duty.forms.question_initial import initial_of_question
from duty.models import RoundState, Specification
from duty.queries.specifications import questions_of
from duty.questions import AppliesTo, Condition, FirstYear, QuestionSpec
from tests.factories.duty import RoundFactory, SpecificationFactory, version_one
from tests.factories.rounds import make_centre

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ASKED = {question.code: question for question in version_one()}


@pytest.fixture
def lead(client: Client) -> Client:
    """A lead analyst, who may draft and publish."""
    client.force_login(make_centre().lead_analyst)
    return client


@pytest.fixture
def draft(lead: Client) -> Specification:
    """A copy of a published version."""
    origin = SpecificationFactory(version=1)
    lead.post(
        reverse("specifications:copy", args=[origin.version]),
        {"title": "Version two", "source": "", "form_key": str(uuid4())},
    )
    return Specification.objects.get(version=2)


def url(name: str, draft: Specification, *more: str) -> str:
    return reverse(f"specifications:{name}", args=[draft.version, *more])


def text_of(response: HttpResponse) -> str:
    return " ".join(unescape(response.content.decode()).split())


def stored(draft: Specification, code: str) -> QuestionSpec:
    return next(one for one in questions_of(specification=draft) if one.code == code)


def sent(question: QuestionSpec, **changes: Any) -> dict[str, Any]:
    """What the form of a question sends when it is shown as it is stored."""
    shown = initial_of_question(question=question) | {
        "revision": "1",
        "shown_type": question.answer_type.value,
    }
    data: dict[str, Any] = {}
    for name, value in (shown | changes).items():
        if name in ("options", "follow_ups", "columns"):
            data |= rows(name, value)
        elif value is not None and value is not False:
            data[name] = value
    return data


def rows(name: str, found: list[dict[str, Any]]) -> dict[str, Any]:
    """What a table of rows sends."""
    data: dict[str, Any] = {f"{name}-rows": len(found)}
    for place, row in enumerate(found):
        for column, value in row.items():
            data[f"{name}-{place}-{column}"] = "" if value is None else value
    return data


def test_a_question_of_version_one_saved_unchanged_stays_as_it_was(
    lead: Client, draft: Specification
) -> None:
    before = questions_of(specification=draft)

    answered = {
        one.code: lead.post(url("question-edit", draft, one.code), sent(one)).status_code
        for one in before
    }

    assert answered == dict.fromkeys(ASKED, 302)
    assert questions_of(specification=draft) == before


def test_every_rule_of_a_question_is_written_on_screen(lead: Client, draft: Specification) -> None:
    options = [
        {"code": "yes", "label": "Yes", "meets_floor": "yes", "reason_required": ""},
        {"code": "no", "label": "No", "meets_floor": "", "reason_required": "yes"},
    ]
    follow_ups = [
        {"option": "yes", "code": "since", "label": "Since", "type": "date", "required": "yes"}
    ]

    answered = lead.post(
        url("question-new", draft, "health-team"),
        {
            **sent(
                ASKED["HT6"],
                code="ht9",
                text="Is there a plan for the team?",
                answer_type="choice",
                shown_type="choice",
                floor="on",
                options=options,
                follow_ups=[{**one, "words": ""} for one in follow_ups],
                evidence="required_if",
                evidence_subject="yes",
                asked_when="ST1",
                opens_ST1=["adopted", "being_refreshed"],
                tiers=["mayoral"],
                first_year="not_required",
            )
        },
    )

    assert answered.status_code == 302, text_of(answered)
    made = stored(draft, "HT9")
    assert [option.code for option in made.options] == ["yes", "no"]
    assert made.options[0].follow_ups[0].code == "since"
    assert made.options[1].reason_required
    assert made.condition == Condition("ST1", ("adopted", "being_refreshed"))
    assert made.applies_to == AppliesTo((), ("mayoral",), FirstYear.NOT_REQUIRED)
    assert made.evidence.subject == "yes"


@pytest.mark.parametrize(
    ("code", "changes", "message"),
    [
        ("ST2", {"text": ""}, "Enter what is asked"),
        ("ST2", {"code": "s t"}, "Use capital letters and numbers"),
        ("ST2", {"code": "ST3"}, "Question ST3 is there already"),
        ("ST2", {"word_limit": "0"}, "The word limit must be 1 or more"),
        ("ST2", {"word_limit": "many"}, "Enter a whole number of words"),
        ("ST2", {"concurrent": "on"}, "cannot be of the minimum floor"),
        ("ST2", {"asked_when": "ST1"}, "Choose which answers to question ST1 open it"),
        ("ST1", {"options": []}, "Enter at least two options"),
        ("ST1", {"evidence_subject": "gone"}, "Enter the code of one of the options"),
        (
            "ST1",
            {
                "follow_ups": [
                    {
                        "option": "gone",
                        "code": "a",
                        "label": "A",
                        "type": "text",
                        "required": "",
                        "words": "",
                    }
                ]
            },
            "There is no option gone",
        ),
        ("CO6", {"columns": []}, "Enter at least one column"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(
    lead: Client, draft: Specification, code: str, changes: dict[str, Any], message: str
) -> None:
    before = stored(draft, code)

    answered = lead.post(url("question-edit", draft, code), sent(before, **changes))

    assert answered.status_code == 422
    assert message in text_of(answered)
    assert stored(draft, code) == before


def test_another_kind_of_answer_and_another_row_are_shown_without_errors(
    lead: Client, draft: Specification
) -> None:
    edit = url("question-edit", draft, "ST2")

    retyped = lead.post(edit, sent(stored(draft, "ST2"), answer_type="table", text="Kept text"))
    more = lead.post(
        url("question-edit", draft, "ST1"), sent(stored(draft, "ST1")) | {"options-add": "1"}
    )

    assert retyped.status_code == 200
    assert "You chose another kind of answer" in text_of(retyped)
    assert "Kept text" in text_of(retyped)
    assert 'name="columns-0-code"' in text_of(retyped)
    assert "There is a problem" not in text_of(retyped)
    assert more.status_code == 200
    assert 'name="options-4-code"' in text_of(more)


def test_who_read_an_older_draft_sees_both_texts(lead: Client, draft: Specification) -> None:
    edit = url("question-edit", draft, "ST2")
    mine = sent(stored(draft, "ST2"), text="My text?")
    lead.post(edit, sent(stored(draft, "ST2"), text="Their text?"))

    refused = lead.post(edit, mine)
    again = lead.post(edit, mine | {"revision": "2"})

    assert refused.status_code == 409
    assert "My text?" in text_of(refused)
    assert "Their text?" in text_of(refused)
    assert 'name="revision" value="2"' in text_of(refused)
    assert again.status_code == 302
    assert stored(draft, "ST2").text == "My text?"


def test_a_question_for_a_draft_that_was_published_meanwhile_is_not_lost(
    lead: Client, draft: Specification
) -> None:
    mine = sent(stored(draft, "ST2"), text="My text?")
    lead.post(url("publish", draft), {"revision": draft.revision})

    refused = lead.post(url("question-edit", draft, "ST2"), mine)

    assert refused.status_code == 409
    assert "is published and cannot change" in text_of(refused)
    assert "My text?" in text_of(refused)


def test_the_buttons_move_a_question_without_scripts(lead: Client, draft: Specification) -> None:
    move = url("question-move", draft, "ST2")

    for _sent in range(2):
        lead.post(move, {"revision": "1", "direction": "up"})

    codes = [one.code for one in questions_of(specification=draft)]
    assert codes.index("ST2") < codes.index("ST1")


def test_the_buttons_move_a_section_without_scripts(lead: Client, draft: Specification) -> None:
    move = url("section-move", draft, "strategy")
    page = text_of(lead.get(url("detail", draft)))

    answers = [lead.post(move, {"revision": "1", "direction": "up"}, follow=True) for _ in range(2)]
    sideways = lead.post(move, {"revision": "2", "direction": "sideways"}, follow=True)

    assert page.count(": section ") == 6
    assert f'action="{url("section-move", draft, "about")}"' not in page
    draft.refresh_from_db()
    assert draft.section_order[:2] == ("strategy", "co-operation")
    contents = text_of(answers[0])
    assert contents.index('href="#strategy"') < contents.index('href="#co-operation"')
    assert "The draft has changed since you opened the page." in text_of(answers[1])
    assert "Choose whether the section moves up or down." in text_of(sideways)
    preview = text_of(lead.get(url("preview", draft)))
    assert preview.index("Is there a health inequalities strategy") < preview.index(
        ASKED["CO1"].text
    )


def test_a_section_is_moved_by_who_may_draft_and_in_a_draft_alone(
    client: Client, lead: Client, draft: Specification
) -> None:
    published = Specification.objects.get(version=1)
    of_published = lead.post(
        url("section-move", published, "strategy"),
        {"revision": "1", "direction": "up"},
        follow=True,
    )
    unknown = lead.post(url("section-move", draft, "weather"), {"revision": "1"})
    client.force_login(make_centre().moderator)

    refused = client.post(
        url("section-move", draft, "strategy"), {"revision": "1", "direction": "up"}
    )
    page = client.get(url("detail", draft))

    assert "is published and cannot change" in text_of(of_published)
    assert unknown.status_code == 404
    assert refused.status_code == 403
    assert ": section " not in text_of(page)
    assert Specification.objects.get(version=2).section_order[0] == "co-operation"


def test_a_version_is_published_once_its_checks_find_nothing(
    lead: Client, draft: Specification
) -> None:
    lead.post(url("question-remove", draft, "AB1"), {"revision": "1"})
    for place, code in enumerate(
        [one.code for one in questions_of(specification=draft) if one.specification == "about"], 2
    ):
        lead.post(url("question-remove", draft, code), {"revision": str(place)})
    draft.refresh_from_db()
    publish = url("publish", draft)

    early = lead.post(publish, {"revision": draft.revision})
    lead.post(
        url("question-new", draft, "about"),
        sent(ASKED["HT6"], code="AB9", revision=str(draft.revision)),
    )
    draft.refresh_from_db()
    confirm = lead.get(publish)
    late = lead.post(publish, {"revision": draft.revision})
    edit = lead.get(url("question-edit", draft, "ST1"), follow=True)

    assert early.status_code == 422
    assert "“About this return” has no question" in text_of(early)
    assert "Nothing stands in the way" in text_of(confirm)
    assert late.status_code == 302
    draft.refresh_from_db()
    assert draft.published_at is not None
    assert "is published and cannot change" in text_of(edit)


def test_a_draft_is_deleted_only_while_no_round_uses_it(lead: Client, draft: Specification) -> None:
    used = RoundFactory(specification=draft, state=RoundState.DRAFT)

    kept = lead.post(url("delete", draft), {"revision": "1"})
    used.expected_returns.all().delete()
    used.delete()
    gone = lead.post(url("delete", draft), {"revision": "1"}, follow=True)

    assert kept.status_code == 422
    assert "because a round uses it" in text_of(kept)
    assert "is deleted" in text_of(gone)
    assert not Specification.objects.filter(pk=draft.pk).exists()


def test_a_preview_shows_what_a_kind_of_authority_is_asked_and_stores_nothing(
    lead: Client, draft: Specification
) -> None:
    lead.post(
        url("question-edit", draft, "ST2"),
        sent(stored(draft, "ST2"), tiers=["mayoral"], first_year="not_asked"),
    )
    whom = {"type": "combined_authority", "tier": "mayoral", "year": "later"}

    asked = lead.get(url("preview", draft), whom)
    left_out = lead.get(url("preview", draft), whom | {"year": "first"})
    page = lead.get(url("preview-question", draft, "ST2"), whom)
    tried = lead.post(
        f"{url('preview-question', draft, 'ST2')}?tier=mayoral",
        {"version": "0", "instead": "value", "answer_text": "Some words"},
    )
    missing = lead.get(url("preview-question", draft, "ST2"), whom | {"year": "first"})

    assert ASKED["ST2"].text in text_of(asked)
    assert ASKED["ST2"].text not in text_of(left_out)
    assert "Preview of version 2, draft" in text_of(page)
    assert "Save and continue" not in text_of(page)
    assert "An officer could save this answer. Here nothing is saved." in text_of(tried)
    assert missing.status_code == 404


def test_the_list_says_which_rounds_ask_a_version(lead: Client, draft: Specification) -> None:
    RoundFactory(name="Autumn of tests", specification=Specification.objects.get(version=1))

    listed = text_of(lead.get(reverse("specifications:list")))

    assert "Autumn of tests" in listed
    assert "Draft" in listed
    assert "Version two" in listed
