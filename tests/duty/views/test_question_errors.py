"""What cannot be an answer: said at the field and in the summary, with what was typed."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from duty.models import Answer
from tests.factories.duty import ReturnStory, tell_return

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def story() -> ReturnStory:
    return tell_return()


def dated(day: str, month: str, year: str) -> dict[str, str]:
    """A date of a question as its three boxes send it."""
    return {"answer_date_day": day, "answer_date_month": month, "answer_date_year": year}


@pytest.mark.parametrize(
    ("section", "code", "typed", "field", "said"),
    [
        (
            "strategy",
            "ST5",
            {"answer_decisions": "-3", "answer_assessed": "1"},
            "answer_decisions",
            "number of 0 or more",
        ),
        (
            "strategy",
            "ST5",
            {"answer_decisions": "2", "answer_assessed": "3"},
            "answer_assessed",
            "3 is more than the 2 of",
        ),
        (
            "health-team",
            "HT3",
            {"answer_number": "-0.5"},
            "answer_number",
            "number of 0 or more",
        ),
        ("health-team", "HT3", {"answer_number": "two"}, "answer_number", "Enter a number"),
        (
            "health-team",
            "HT2",
            {"rows-rows": "1", "rows-0-post": "Lead", "rows-0-fte": "-1"},
            "rows",
            "Full-time equivalent",
        ),
        ("strategy", "ST7", dated("31", "2", "2027"), "answer_date", "real date"),
        ("strategy", "ST7", dated("30", "", "2027"), "answer_date", "month"),
        ("strategy", "ST7", dated("1", "1", "3027"), "answer_date", "between 1900 and 2100"),
        (
            "strategy",
            "ST5",
            {"answer_decisions": "2", "answer_assessed": ""},
            "answer_assessed",
            "Enter “Of these, decisions with an impact assessment”",
        ),
    ],
)
def test_it_is_said_at_the_field_and_in_the_summary_and_kept(
    story, section, code, typed, field, said
):
    editor = Client()
    editor.force_login(story.editor)

    answered = editor.post(
        reverse(
            "duty:return-question", args=[story.round.slug, story.authority.slug, section, code]
        ),
        typed | {"version": "0"},
    )

    page = answered.content.decode()
    summary = page.partition('class="govuk-error-summary"')[2].partition("</ul>")[0]
    rest = page.partition("</ul>")[2]
    at_field = re.findall(r'<p[^>]*class="govuk-error-message"[^>]*>(.*?)</p>', rest, re.S)
    assert answered.status_code == 422
    assert said in summary
    assert re.search(rf'href="#id_{field}', summary)
    assert any(said in words for words in at_field)
    assert "<title>Error: " in page
    for name, value in typed.items():
        # How many rows there are is the page's to say.
        if value and name != "rows-rows":
            assert re.search(rf'name="{name}"[^>]*value="{re.escape(value)}"', page), name
    assert not Answer.objects.exists()


def test_all_that_is_wrong_is_said_at_once_and_each_thing_once(story):
    editor = Client()
    editor.force_login(story.editor)

    answered = editor.post(
        reverse(
            "duty:return-question",
            args=[story.round.slug, story.authority.slug, "strategy", "ST1"],
        ),
        {
            "version": "0",
            "option": "not_yet_known",
            "evidence_link": "ftp://example.org",
            "evidence_pages": "4",
        },
    )

    page = answered.content.decode()
    summary = page.partition('class="govuk-error-summary"')[2].partition("</ul>")[0]
    assert "Enter date by which it will be known" in summary
    assert summary.count("Enter a full link") == 1
    assert "empty its title and pages" not in summary
    assert not Answer.objects.exists()
