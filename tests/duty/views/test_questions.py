"""The page of one question."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from duty.models import Answer
from duty.questions import Answer as Given
from duty.questions import AnswerType
from tests.factories.duty import (
    ReturnStory,
    RoundFactory,
    answer,
    send,
    submit,
    tell_return,
    version_one,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def story() -> ReturnStory:
    """A return in work, with one board."""
    return tell_return()


@pytest.fixture
def editor(story: ReturnStory) -> Client:
    """The editor, signed in."""
    client = Client()
    client.force_login(story.editor)
    return client


def page_of(story: ReturnStory, section: str, code: str, *, per_board: bool = False) -> str:
    """The address of a question."""
    parts = [story.round.slug, story.authority.slug, section, code]
    if per_board:
        return reverse("duty:return-board-question", args=[*parts, story.boards[0].slug])
    return reverse("duty:return-question", args=parts)


DATE = {
    "answer_signed_on_day": "12",
    "answer_signed_on_month": "6",
    "answer_signed_on_year": "2026",
}


@pytest.mark.parametrize(
    ("section", "code", "sent", "stored"),
    [
        ("about", "AB1", {"answer_text": "Our purpose"}, {"text": "Our purpose"}),
        (
            "strategy",
            "ST1",
            {"option": "in_development", "answer_title": "ignored"},
            {"option": "in_development"},
        ),
        (
            "about",
            "AB4",
            {"options": ["peer_learning", "funding_advice"]},
            {"options": ["peer_learning", "funding_advice"]},
        ),
        (
            "co-operation",
            "CO4",
            {"options": ["other"], "answer_other_area": "Food"},
            {"options": ["other"], "other_area": "Food"},
        ),
        (
            "strategy",
            "ST5",
            {"answer_decisions": "1,250", "answer_assessed": "0"},
            {"decisions": "1250", "assessed": "0"},
        ),
        (
            "strategy",
            "ST7",
            {"answer_date_day": "31", "answer_date_month": "March", "answer_date_year": "2027"},
            {"date": "2027-03-31"},
        ),
        (
            "strategy",
            "ST8",
            {"answer_link": "https://example.org/p"},
            {"link": "https://example.org/p"},
        ),
        ("health-team", "HT3", {"answer_number": "2.50"}, {"number": "2.50"}),
        (
            "health-team",
            "HT1",
            {"answer_role_title": "Director of health"},
            {"role_title": "Director of health", "since": ""},
        ),
        (
            "outcomes-framework",
            "OF7",
            {
                "answer_date_day": "1",
                "answer_date_month": "9",
                "answer_date_year": "2026",
                "answer_conclusion": "Keep them",
            },
            {"date": "2026-09-01", "conclusion": "Keep them"},
        ),
        (
            "co-operation",
            "CO7",
            {
                "rows-rows": "2",
                "rows-1-initiative": "Posts",
                "rows-1-partner": "ICB",
                "rows-1-amount": "£1,250.50",
                "rows-1-source": "Grant",
                "rows-1-year": "2026/27",
            },
            {
                "rows": [
                    {
                        "initiative": "Posts",
                        "partner": "ICB",
                        "amount": "1250.50",
                        "source": "Grant",
                        "year": "2026/27",
                    }
                ]
            },
        ),
    ],
)
def test_every_type_of_answer_is_saved(story, editor, section, code, sent, stored):
    page = editor.post(page_of(story, section, code), sent | {"version": "0"})

    assert page.status_code == 302
    assert Answer.objects.get().value == stored


def test_an_answer_for_a_board_with_its_date_and_link(story, editor):
    page = editor.post(
        page_of(story, "co-operation", "CO3", per_board=True),
        DATE
        | {
            "version": "0",
            "option": "signed",
            "answer_agreement_link": "https://example.org/moU.pdf",
            "reason_no": "word " * 300,
        },
    )

    assert page.status_code == 302
    assert Answer.objects.get().value == {
        "option": "signed",
        "signed_on": "2026-06-12",
        "agreement_link": "https://example.org/moU.pdf",
    }


def test_the_page_asks_about_the_board_by_name(story, editor):
    page = editor.get(page_of(story, "co-operation", "CO3", per_board=True)).content.decode()

    assert "memorandum of understanding with South Testshire Board 1?" in page
    assert "100% of your people" in page


@pytest.mark.parametrize(
    ("sent", "state", "reason"),
    [
        (
            {
                "instead": "not_yet_known",
                "expected_date_day": "31",
                "expected_date_month": "1",
                "expected_date_year": "2027",
            },
            "not_yet_known",
            "",
        ),
        (
            {"instead": "not_applicable", "reason_not_applicable": "No councils hold any"},
            "not_applicable",
            "No councils hold any",
        ),
        (
            {"instead": "no_evidence", "reason_no_evidence": "Not written down"},
            "no_evidence",
            "Not written down",
        ),
    ],
)
def test_why_there_is_no_answer_is_an_answer(story, editor, sent, state, reason):
    editor.post(page_of(story, "co-operation", "CO8"), sent | {"version": "0"})

    stored = Answer.objects.get()
    assert (stored.state, stored.value, stored.reason) == (state, None, reason)


@pytest.mark.parametrize(
    ("section", "code", "sent", "said"),
    [
        ("about", "AB1", {"answer_text": ""}, "Enter an answer, or say why you cannot answer"),
        ("strategy", "ST1", {}, "Select an answer"),
        ("strategy", "ST1", {"option": "adopted"}, "Enter title of the strategy"),
        ("strategy", "ST8", {"answer_link": "ftp://x"}, "Enter a full link that starts with https"),
        (
            "strategy",
            "ST5",
            {"answer_decisions": "2", "answer_assessed": "3"},
            "3 is more than the 2 of",
        ),
        ("co-operation", "CO8", {"instead": "not_applicable"}, "Say why it does not apply"),
        (
            "co-operation",
            "CO7",
            {"rows-rows": "1", "rows-0-initiative": "KEPT", "rows-0-amount": "x"},
            "Row 1, Amount in pounds: enter a number",
        ),
        (
            "about",
            "AB1",
            {"answer_text": "KEPT", "public_note": "word " * 201},
            "1 word too many",
        ),
        (
            "co-operation",
            "CO8",
            {"answer_text": "KEPT", "evidence_pages": "4"},
            "Enter the link, or empty its title and pages",
        ),
    ],
)
def test_a_wrong_answer_is_shown_again_with_what_to_do(story, editor, section, code, sent, said):
    page = editor.post(page_of(story, section, code), sent | {"version": "0"})

    text = page.content.decode()
    assert page.status_code == 422
    assert "There is a problem" in text
    assert said in text
    assert ("KEPT" in str(sent)) == ("KEPT" in text)
    assert not Answer.objects.exists()


def test_another_row_loses_nothing_and_says_nothing_wrong(story, editor):
    page = editor.post(
        page_of(story, "health-team", "HT2"),
        {"version": "0", "rows-rows": "2", "rows-0-post": "Director", "rows-add": "1"},
    )

    text = page.content.decode()
    assert page.status_code == 200
    assert 'value="Director"' in text
    assert 'name="rows-2-post"' in text
    assert "There is a problem" not in text


def test_saving_leads_on_or_stays(story, editor):
    on = editor.post(page_of(story, "about", "AB1"), {"version": "0", "answer_text": "One"})
    version = Answer.objects.get().version

    stay = editor.post(
        page_of(story, "about", "AB1"),
        {"version": version, "answer_text": "Two", "stay": "1"},
    )

    assert on.url == page_of(story, "about", "AB2")
    assert stay.url == page_of(story, "about", "AB1")


def test_two_editors_see_both_texts_and_lose_neither(story, editor):
    answer(story, "AB1", Given(value={"text": "Theirs"}), by=story.signatory)

    page = editor.post(
        page_of(story, "about", "AB1"),
        {"version": "0", "answer_text": "Mine", "private_note": "My note"},
    )

    text = page.content.decode()
    assert page.status_code == 409
    assert "Theirs" in text
    assert "Mine" in text
    assert "My note" in text
    assert story.signatory.full_name in text
    assert Answer.objects.get().value == {"text": "Theirs"}
    assert f'name="version" value="{Answer.objects.get().version}"' in text


def test_saving_again_after_seeing_both_texts_replaces(story, editor):
    answer(story, "AB1", Given(value={"text": "Theirs"}), by=story.signatory)

    editor.post(
        page_of(story, "about", "AB1"),
        {"version": Answer.objects.get().version, "answer_text": "Mine"},
    )

    assert Answer.objects.get().value == {"text": "Mine"}


def test_removing_is_a_button_of_its_own(story, editor):
    answer(story, "AB1")
    page = page_of(story, "about", "AB1")

    editor.get(f"{page}?remove=1")
    stayed = Answer.objects.count()
    editor.post(page, {"version": Answer.objects.get().version, "remove": "1"})

    assert (stayed, Answer.objects.count()) == (1, 0)


def test_missing_evidence_is_said_after_saving(story, editor):
    editor.post(
        page_of(story, "strategy", "ST5"),
        {"version": "0", "answer_decisions": "3", "answer_assessed": "1"},
    )

    page = editor.get(page_of(story, "strategy", "ST5")).content.decode()

    assert "needs evidence before its section can be completed" in page


def test_a_locked_answer_says_why_and_keeps_what_was_typed(story, editor):
    send(story)

    shown = editor.get(page_of(story, "about", "AB1")).content.decode()
    sent = editor.post(
        page_of(story, "about", "AB1"),
        {"version": Answer.objects.get(question__code="AB1").version, "answer_text": "TYPED"},
    )

    assert "Answers are locked while the return waits to be signed" in shown
    assert story.signatory.full_name in shown
    assert sent.status_code == 409
    assert "TYPED" in sent.content.decode()


def test_a_locked_question_shows_all_that_was_typed_in_words(story, editor):
    send(story)

    page = editor.post(
        page_of(story, "strategy", "ST1"),
        {
            "version": 0,
            "option": "not_yet_known",
            "expected_date_day": "31",
            "expected_date_month": "1",
            "expected_date_year": "2027",
            "evidence_link": "https://example.org/mine",
            "evidence_pages": "4, 9",
            "public_note": "NOTE FOR ALL",
            "private_note": "NOTE FOR US",
        },
    )

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))
    assert page.status_code == 409
    for words in ("Not known yet", "31 1 2027", "https://example.org/mine", "4, 9"):
        assert words in text
    assert "NOTE FOR ALL" in text
    assert "NOTE FOR US" in text
    assert "not_yet_known" not in text


def test_a_locked_table_shows_its_rows_in_words(story, editor):
    code = next(q for q in version_one() if q.answer_type == AnswerType.TABLE)
    send(story)
    first, second = code.columns[:2]

    page = editor.post(
        page_of(story, code.specification, code.code),
        {"version": 0, "rows-rows": "2", f"rows-1-{first.code}": "TYPED IN A CELL"},
    )

    text = page.content.decode()
    assert f"{first.label}: TYPED IN A CELL" in text
    assert "{&#x27;" not in text
    assert page.status_code == 409
    assert f"{second.label}:" not in text
    assert "Row 2" not in text


def test_a_derived_answer_is_read_only_and_honest(story, editor):
    page = page_of(story, "outcomes-framework", "OF1")

    shown = editor.get(page).content.decode()

    assert "None: no framework with this ICB is recorded on this site" in shown
    assert "Save and continue" not in shown
    assert editor.post(page, {"version": "0"}).status_code == 404


def test_what_people_typed_is_never_markup(story, editor):
    answer(story, "AB1", Given(value={"text": "<script>alert(1)</script>"}))

    page = editor.get(page_of(story, "about", "AB1")).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_last_rounds_answer_is_shown(story, editor):
    submit(story)
    earlier = story.round
    RoundFactory(
        slug="spring-2027",
        covers_from=date(2026, 10, 1),
        covers_to=date(2027, 3, 31),
        specification=earlier.specification,
    ).expected_returns.create(authority=story.authority)
    editor.post(reverse("duty:return-start", args=["spring-2027", story.authority.slug]))

    page = editor.get(
        reverse("duty:return-question", args=["spring-2027", story.authority.slug, "about", "AB1"])
    ).content.decode()

    assert f"Your last answer ({earlier.name})" in page
    assert "Some more words" in page


@pytest.mark.parametrize(
    ("section", "code", "boards_too"), [("co-operation", "CO5", True), ("strategy", "ST2", False)]
)
def test_who_will_read_an_answer_is_said_as_the_rights_have_it(
    story, editor, section, code, boards_too
):
    shown = editor.get(page_of(story, section, code)).content.decode()

    assert ("the ICBs of your pairs" in shown) == boards_too
    assert "NHS England and the Local Government Association" in shown
    assert "Everyone" not in shown
