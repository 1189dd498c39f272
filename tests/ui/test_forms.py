"""How forms are drawn: labels, hints, errors and their links."""

import re

import pytest
from django import forms
from django.template import Context, Template

from duty.ui.forms import GovukBoundField, error_links
from tests.ui.gallery import EveryQuestionForm, QuestionPageForm


def tags(pattern: str, html: str) -> list[str]:
    return re.findall(pattern, html)


def draw(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


def test_every_control_has_a_label_and_every_described_thing_is_there() -> None:
    html = str(EveryQuestionForm({"signed_on_0": "31"}))

    ids = tags(r'\bid="([^"]+)"', html)
    visible = tags(r'<(?:input(?! type="hidden")|select|textarea)[^>]*\bid="([^"]+)"', html)
    named = " ".join(tags(r'aria-describedby="([^"]+)"', html)).split()

    assert len(ids) == len(set(ids))
    assert set(visible) == set(tags(r'<label[^>]* for="([^"]+)"', html))
    assert set(named) <= set(ids)


def test_every_error_links_to_a_control_that_is_there() -> None:
    form = EveryQuestionForm({"agreement": "signed", "signed_on_day": "31", "posts-rows": "2"})

    html = str(form)
    links = error_links(form=form)

    assert {link.target for link in links} <= set(tags(r'\bid="([^"]+)"', html))
    assert len(links) == len(form.errors)


def test_a_form_that_was_not_sent_shows_no_error() -> None:
    html = str(EveryQuestionForm())

    assert "error" not in html


def test_a_field_without_words_of_its_own_says_what_to_enter_or_select() -> None:
    form = EveryQuestionForm({})

    assert form.errors["title"] == ["Enter title of the strategy"]
    assert form.errors["region"] == ["Select NHS region"]
    assert form.errors["plain_radios"] == ["Select an answer to “Is it published?”"]
    assert form.errors["areas"] == ["Select what the work plan covers"]


def test_only_the_wrong_part_of_a_date_is_marked() -> None:
    form = EveryQuestionForm(
        {"signed_on_day": "12", "signed_on_month": "", "signed_on_year": "2026"}
    )

    html = str(form["signed_on"])

    assert tags(r'govuk-input--error" id="([^"]+)"', html) == ["id_signed_on_1"]
    assert 'value="12"' in html


def test_questions_under_a_choice_are_drawn_once_and_open_when_one_is_wrong() -> None:
    asked = str(EveryQuestionForm())
    wrong = str(EveryQuestionForm({"link": "example.org"}))

    assert asked.count('name="link"') == 1
    assert "app-reveals--opened" not in asked
    assert "app-reveals--opened" in wrong


def test_the_choice_after_the_divider_stands_alone() -> None:
    html = str(EveryQuestionForm()["areas"])

    assert html.index("govuk-checkboxes__divider") < html.index('value="none"')
    assert html.count('data-behaviour="exclusive"') == 1


def test_a_text_with_a_limit_says_it_without_scripts() -> None:
    html = EveryQuestionForm()["account"].as_field_group()

    assert "You can enter up to 20 words" in html
    assert 'data-maxlength="20" data-count-type="words"' in html


def test_what_was_typed_is_text_and_never_markup() -> None:
    html = str(EveryQuestionForm({"title": "<script>", "account": "</textarea><b>"}))

    assert "<script>" not in html
    assert "</textarea><b>" not in html


def test_a_password_is_never_sent_back() -> None:
    html = str(EveryQuestionForm({"password": "secret-words"})["password"])

    assert "secret-words" not in html


def test_a_question_may_be_the_pages_title() -> None:
    html = draw(
        '{% question form.view page_heading=True caption="Theme 1" %}', form=QuestionPageForm()
    )

    assert '<h1 class="govuk-fieldset__heading">' in html
    assert html.index("Theme 1") < html.index("Which statement fits best?")


@pytest.mark.parametrize("size", ["s", "m", "l"])
def test_a_label_has_the_size_that_is_asked_for(size: str) -> None:
    form = EveryQuestionForm()

    assert f"govuk-label--{size}" in draw(
        "{% question form.title label_size=size %}", form=form, size=size
    )


def test_the_summary_lists_the_whole_forms_problems_first_and_without_a_link() -> None:
    class Clash(forms.Form):
        name = forms.CharField(label="Name")

        def clean(self) -> None:
            raise forms.ValidationError("The return was changed by someone else.")

    html = draw("{% error_summary form %}", form=Clash({}))

    assert html.index("<li>The return was changed") < html.index(
        '<a class="govuk-link" href="#id_name"'
    )


@pytest.mark.urls("tests.ui.gallery")
def test_the_title_of_a_page_with_errors_says_so() -> None:
    template = Template('{% extends "base.html" %}{% block title %}Ask{% endblock %}')

    with_errors = template.render(Context({"form": QuestionPageForm({})}))
    without = template.render(Context({"form": QuestionPageForm()}))

    assert "<title>Error: Ask - Health Duty Tracker</title>" in with_errors
    assert "<title>Ask - Health Duty Tracker</title>" in without


def test_a_plain_form_of_any_app_is_dressed() -> None:
    class Plain(forms.Form):
        name = forms.CharField(widget=forms.TextInput({"class": "govuk-input--width-5"}))

    bound = Plain()["name"]

    assert isinstance(bound, GovukBoundField)
    assert 'class="govuk-input govuk-input--width-5"' in str(bound)
