"""What is sent to a question that was locked meanwhile: nothing is stored, nothing is lost."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from duty.actions import review, unsent
from duty.models import Answer, DutyReturn, Round, RoundState
from duty.questions import Answer as Given
from duty.questions import Condition
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import (
    ReturnStory,
    SpecificationFactory,
    answer,
    send,
    submit,
    tell_return,
    version_one,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOT_SAVED = "What you typed, which was not saved"
LOCKED = "Answers are locked while the return waits to be signed"


def told(**more: Any) -> tuple[ReturnStory, Client]:
    """A return with an answer, and a client of its editor."""
    story = tell_return(**more)
    editor = Client()
    editor.force_login(story.editor)
    return story, editor


@pytest.fixture
def sent() -> tuple[ReturnStory, Client]:
    """One that waits to be signed."""
    story, editor = told()
    send(story)
    return story, editor


def page_of(story: ReturnStory, section: str, code: str, name: str = "return-question") -> str:
    return reverse(f"duty:{name}", args=[story.round.slug, story.authority.slug, section, code])


def stored(code: str) -> Answer:
    return Answer.objects.get(question__code=code)


def text_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


def test_an_answer_that_is_sent_changes_nothing(sent):
    story, editor = sent
    before = stored("AB1")

    answered = editor.post(
        page_of(story, "about", "AB1"), {"version": before.version, "answer_text": "TYPED"}
    )

    after = stored("AB1")
    assert answered.status_code == 409
    assert (after.value, after.version, after.updated_at) == (
        before.value,
        before.version,
        before.updated_at,
    )


@pytest.mark.parametrize("lock", ["submitted", "accepted", "closed", "not open yet"])
def test_whatever_locks_it_an_answer_that_is_sent_changes_nothing(lock):
    story, editor = told()
    if lock in ("submitted", "accepted"):
        submit(story)
    else:
        answer(story, "AB1")
    if lock == "accepted":
        review.accept(
            duty_return=story.duty_return,
            expected_version=DutyReturn.objects.get().version,
            by=MembershipFactory(role=Role.ANALYST).user,
            at=story.at,
        )
    elif lock != "submitted":
        state = RoundState.CLOSED if lock == "closed" else RoundState.SCHEDULED
        Round.objects.update(state=state)
    before = stored("AB1")
    form = {"version": before.version, "answer_text": "TYPED WORDS"}

    pages = [
        editor.post(page_of(story, "about", "AB1"), form | more)
        for more in ({}, {"stay": "1"}, {"remove": "1"})
    ]

    after = stored("AB1")
    assert (after.value, after.version) == (before.value, before.version)
    for page in pages:
        assert page.status_code == 409
        assert lock in text_of(page)
        assert NOT_SAVED in text_of(page)
        assert "TYPED WORDS" in text_of(page)


def test_a_removal_changes_nothing_and_loses_nothing(sent):
    story, editor = sent
    before = stored("AB1")

    answered = editor.post(
        page_of(story, "about", "AB1"),
        {
            "version": before.version,
            "answer_text": "TYPED WORDS",
            "private_note": "TYPED NOTE",
            "remove": "1",
        },
    )

    page = text_of(answered)
    assert answered.status_code == 409
    assert LOCKED in page
    assert NOT_SAVED in page
    assert "TYPED WORDS" in page
    assert "TYPED NOTE" in page
    assert stored("AB1").value == before.value


def test_a_removal_asks_nothing_of_what_stands_in_the_form(sent):
    story, editor = sent

    answered = editor.post(
        page_of(story, "about", "AB1"),
        {"version": stored("AB1").version, "answer_text": "word " * 900, "remove": "1"},
    )

    summary = text_of(answered).partition("govuk-error-summary__body")[2].partition("</ul>")[0]
    assert answered.status_code == 409
    assert "so you cannot change an answer" in " ".join(summary.split())
    assert "words" not in summary


@pytest.mark.parametrize(
    "form",
    [
        {"add": "link", "link": "no link", "link_title": "TYPED TITLE"},
        {"add": "file", "file": ("plan.exe", b"MZ"), "file_title": "TYPED TITLE"},
        {"add": "file", "file_title": "TYPED TITLE"},
    ],
    ids=["a wrong link", "a file of another kind", "no file"],
)
def test_evidence_that_is_wrong_as_well_is_not_lost(sent, form):
    story, editor = sent
    form = dict(form)
    if "file" in form:
        form["file"] = SimpleUploadedFile(*form["file"])

    answered = editor.post(
        page_of(story, "co-operation", "CO5", "return-evidence"),
        form | {"form_key": str(uuid4())},
    )

    page = text_of(answered)
    assert LOCKED in page
    assert NOT_SAVED in page
    assert "TYPED TITLE" in page


def test_evidence_that_was_kept_over_the_sessions_end_is_shown_where_it_cannot_be_added(sent):
    story, editor = sent
    page = page_of(story, "co-operation", "CO5", "return-evidence")
    unsent.keep_unsent(
        path=page,
        fields={"add": ["link"], "link": ["https://example.org/a"], "link_title": ["TYPED TITLE"]},
        by=story.editor,
        at=timezone.now(),
    )

    shown = text_of(editor.get(page))

    assert NOT_SAVED in shown
    assert "TYPED TITLE" in shown


def test_evidence_of_a_question_that_is_not_asked_any_more_is_not_lost():
    rules = Condition(question="ST1", options=("adopted",))
    questions = tuple(
        replace(one, condition=rules) if one.code == "ST2" else one for one in version_one()
    )
    story, editor = told(specification=SpecificationFactory(questions=questions))
    answer(story, "ST1")
    answer(story, "ST2")
    answer(story, "ST1", Given(value={"option": "not_started"}))
    page = page_of(story, "strategy", "ST2", "return-evidence")

    shown = editor.get(page)
    answered = editor.post(
        page, {"add": "link", "link": "https://example.org/a", "link_title": "TYPED TITLE"}
    )

    assert shown.status_code == 200
    assert answered.status_code == 409
    for one in (shown, answered):
        assert "This question is not asked now." in text_of(one)
    assert "TYPED TITLE" in text_of(answered)
