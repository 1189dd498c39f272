"""The page of a question saves by itself, and says how that went."""

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import AuditEvent
from duty.models import Answer
from duty.questions import Answer as Given
from tests.factories.duty import ReturnStory, answer, send, tell_return

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def story() -> ReturnStory:
    return tell_return()


@pytest.fixture
def editor(story: ReturnStory) -> Client:
    client = Client()
    client.force_login(story.editor)
    return client


def page_of(story: ReturnStory, section: str = "about", code: str = "AB1") -> str:
    return reverse(
        "duty:return-question", args=[story.round.slug, story.authority.slug, section, code]
    )


def test_it_says_when_it_saved_and_the_version_that_the_page_now_has(story, editor):
    reply = editor.post(page_of(story), {"version": "0", "answer_text": "Mine"}, headers=SCRIPT)

    said = reply.json()
    assert reply.status_code == 200
    assert said["state"] == "saved"
    assert said["words"].startswith("Saved at ")
    assert said["version"] == Answer.objects.get().version
    assert said["session_ends"]
    assert AuditEvent.objects.get(action="answer.saved").detail["autosaved"] is True


def test_the_same_again_stores_nothing_new(story, editor):
    sent = {"version": "0", "answer_text": "Mine"}

    first, again = (editor.post(page_of(story), sent, headers=SCRIPT).json() for _ in range(2))

    assert first["version"] == again["version"]
    assert AuditEvent.objects.filter(action="answer.saved").count() == 1


def test_the_button_after_it_stores_nothing_twice(story, editor):
    saved = editor.post(page_of(story), {"version": "0", "answer_text": "Mine"}, headers=SCRIPT)

    page = editor.post(page_of(story), {"version": saved.json()["version"], "answer_text": "Mine"})

    assert page.status_code == 302
    assert AuditEvent.objects.filter(action="answer.saved").count() == 1


@pytest.mark.parametrize(
    ("section", "code", "sent", "words"),
    [
        ("about", "AB1", {"answer_text": ""}, "Not saved: enter an answer, or say why"),
        (
            "strategy",
            "ST5",
            {"answer_decisions": "2", "answer_assessed": "3"},
            "Not saved: 3 is more than the 2 of",
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_stored(story, editor, section, code, sent, words):
    reply = editor.post(page_of(story, section, code), {"version": "0", **sent}, headers=SCRIPT)

    assert reply.status_code == 422
    assert reply.json()["state"] == "invalid"
    assert reply.json()["words"].startswith(words)
    assert not Answer.objects.exists()


def test_a_colleague_s_text_is_not_replaced_unseen(story, editor):
    answer(story, "AB1", Given(value={"text": "Theirs"}), by=story.signatory)

    reply = editor.post(page_of(story), {"version": "0", "answer_text": "Mine"}, headers=SCRIPT)

    assert reply.status_code == 409
    assert reply.json()["state"] == "stale"
    assert story.signatory.full_name in reply.json()["words"]
    assert "to compare both texts" in reply.json()["words"]
    assert Answer.objects.get().value == {"text": "Theirs"}


def test_a_locked_return_says_why(story, editor):
    send(story)
    stored = Answer.objects.get(question__code="AB1")

    reply = editor.post(
        page_of(story), {"version": stored.version, "answer_text": "Mine"}, headers=SCRIPT
    )

    assert reply.status_code == 409
    assert reply.json()["state"] == "locked"
    assert "Copy your text" in reply.json()["words"]
    stored.refresh_from_db()
    assert stored.value != {"text": "Mine"}


def test_the_form_offers_it_but_not_beside_another_text(story, editor):
    shown = editor.get(page_of(story)).content.decode()
    answer(story, "AB1", Given(value={"text": "Theirs"}), by=story.signatory)

    both = editor.post(page_of(story), {"version": "0", "answer_text": "Mine"}).content.decode()

    assert " data-autosave data-saving=" in shown
    assert 'id="autosave" data-autosave-line role="status"' in shown
    assert "Theirs" in both
    assert " data-autosave data-saving=" not in both
