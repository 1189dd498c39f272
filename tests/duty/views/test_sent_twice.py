"""A form of a return that is sent twice takes its step once, and leads to the same place."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from duty.models import ReturnEvent
from tests.factories.duty import ReturnStory, answer_section, complete, send, tell_return

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def address(story: ReturnStory, name: str, *more: str) -> str:
    return reverse(f"duty:{name}", args=[story.round.slug, story.authority.slug, *more])


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def value_on(client: Client, page: str, name: str) -> str:
    shown = client.get(page).content.decode()
    found = re.search(rf'name="{name}" value="([0-9a-f-]+)"', shown)
    assert found is not None
    return found[1]


def key_on(client: Client, page: str) -> str:
    return value_on(client, page, "form_key")


def test_each_step_is_taken_once_however_often_its_form_is_sent():
    story = tell_return()
    answer_section(story, "about")
    editor, signatory = signed_in(story.editor), signed_in(story.signatory)
    about = address(story, "section-complete", "about")
    completed = {"form_key": key_on(editor, address(story, "return-check"))}

    done = [editor.post(about, completed) for _ in range(2)]
    complete(story, "co-operation", "strategy", "health-team", "outcomes-framework")
    sending = {"form_key": key_on(editor, address(story, "return-sign-off"))}
    sent = [editor.post(address(story, "return-send"), sending) for _ in range(2)]
    page = address(story, "return-sign-off")
    declining = {
        "form_key": key_on(signatory, page),
        "version": value_on(signatory, page, "version"),
        "reason": "The figures are old",
    }
    declined = [signatory.post(address(story, "return-decline"), declining) for _ in range(2)]
    other_words = signatory.post(
        address(story, "return-decline"), {**declining, "reason": "Something else"}
    )

    for first, again in (done, sent, declined):
        assert (first.status_code, again.status_code) == (302, 302)
        assert again["Location"] == first["Location"]
    assert other_words.status_code == 422
    for step in ("send_for_sign_off", "decline"):
        assert ReturnEvent.objects.filter(type=step).count() == 1
    assert ReturnEvent.objects.filter(type="complete_section").count() == 5


def test_a_form_that_is_refused_may_be_sent_again_with_its_key():
    story = tell_return()
    editor = signed_in(story.editor)
    sending = {"form_key": str(uuid4())}
    early = editor.post(address(story, "return-send"), sending)
    complete(story)

    late = editor.post(address(story, "return-send"), sending)

    assert (early.status_code, late.status_code) == (409, 302)


def test_a_return_that_is_taken_back_twice_is_taken_back_once():
    story = tell_return()
    send(story)
    editor = signed_in(story.editor)
    key = {"form_key": key_on(editor, address(story, "return-sign-off"))}

    answered = [editor.post(address(story, "return-recall"), key) for _ in range(2)]

    assert [one.status_code for one in answered] == [302, 302]
    assert ReturnEvent.objects.filter(type="recall").count() == 1
