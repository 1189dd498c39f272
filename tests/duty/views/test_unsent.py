"""A question's form that is sent after the session ended: nothing that was typed is lost."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role, User
from duty.actions import unsent
from duty.models import Answer, UnsentText
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import ReturnStory, tell_return

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def story() -> ReturnStory:
    return tell_return()


def client_of(person: User) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return client


def page_of(story: ReturnStory) -> str:
    return reverse(
        "duty:return-question", args=[story.round.slug, story.authority.slug, "about", "AB1"]
    )


def hidden_of(page: str) -> dict[str, str]:
    """What the form sends besides what is typed."""
    names = ("csrfmiddlewaretoken", "version", "typed_by")
    return {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in names}


def typed(client: Client, story: ReturnStory) -> dict[str, str]:
    """A form that was opened and filled in."""
    opened = client.get(page_of(story)).content.decode()
    return {
        **hidden_of(opened),
        "answer_text": "Typed for an hour",
        "private_note": "Ours",
        "stay": "1",
    }


def send_after_the_end(story: ReturnStory) -> tuple[Client, dict[str, str]]:
    """The editor's form, sent when their session was over."""
    client = client_of(story.editor)
    sent = typed(client, story)
    Session.objects.all().delete()
    answered = client.post(page_of(story), sent)
    assert answered.url == f"{reverse('account_login')}?next={page_of(story)}"
    return client, sent


def test_the_text_is_in_the_form_again_after_signing_in(story):
    client, _ = send_after_the_end(story)
    client.force_login(story.editor)

    page = client.get(page_of(story)).content.decode()

    assert not Answer.objects.exists()
    assert "Typed for an hour" in page
    assert "Ours" in page
    assert "it is not saved yet" in page


def test_it_is_kept_until_it_is_saved(story):
    client, _ = send_after_the_end(story)
    client.force_login(story.editor)
    page = client.get(page_of(story)).content.decode()

    client.post(page_of(story), {**hidden_of(page), "answer_text": "Typed for an hour", "stay": ""})

    assert Answer.objects.get().value == {"text": "Typed for an hour"}
    assert not UnsentText.objects.exists()
    assert "it is not saved yet" not in client.get(page_of(story)).content.decode()


def test_it_can_be_thrown_away(story):
    client, _ = send_after_the_end(story)
    client.force_login(story.editor)
    page = client.get(page_of(story)).content.decode()

    client.post(page_of(story), {**hidden_of(page), "discard": "1"})

    assert not UnsentText.objects.exists()
    assert not Answer.objects.exists()


def test_somebody_else_at_that_browser_never_sees_it(story):
    client, _ = send_after_the_end(story)
    other = MembershipFactory(body=story.authority, role=Role.EDITOR).user
    client.force_login(other)

    page = client.get(page_of(story)).content.decode()

    assert "Typed for an hour" not in page
    assert "it is not saved yet" not in page


def test_signing_in_in_another_window_first_loses_nothing_either(story):
    client = client_of(story.editor)
    sent = typed(client, story)
    # Signing in changes the token against forgery, so that the open form's does not fit any more.
    client.cookies["csrftoken"] = "b" * 32

    answered = client.post(page_of(story), sent)

    assert answered.url == page_of(story)
    assert not Answer.objects.exists()
    assert "Typed for an hour" in client.get(page_of(story)).content.decode()


def test_a_form_without_a_token_is_refused_on_every_other_page(story):
    client = client_of(story.editor)

    answered = client.post(reverse("account_session"))

    assert answered.status_code == 403


@pytest.mark.parametrize("word", ["", "forged", None])
def test_nothing_is_kept_for_whom_the_page_was_not_made(story, word):
    client = client_of(story.editor)
    sent = typed(client, story)
    if word is None:
        del sent["typed_by"]
    else:
        sent["typed_by"] = word
    Session.objects.all().delete()

    client.post(page_of(story), sent)

    assert not UnsentText.objects.exists()


def test_a_removal_is_not_kept(story):
    client = client_of(story.editor)
    sent = {**typed(client, story), "remove": "1"}
    Session.objects.all().delete()

    client.post(page_of(story), sent)

    assert not UnsentText.objects.exists()


def test_it_is_shown_for_a_day_and_then_thrown_away(story):
    long_ago = timezone.now() - timedelta(hours=25)
    unsent.keep_unsent(
        path=page_of(story), fields={"answer_text": ["Old words"]}, by=story.editor, at=long_ago
    )

    page = client_of(story.editor).get(page_of(story)).content.decode()
    unsent.keep_unsent(path="/elsewhere/", fields={}, by=story.editor, at=timezone.now())

    assert "Old words" not in page
    assert UnsentText.objects.get().path == "/elsewhere/"


def test_one_text_a_page_is_kept(story):
    # unsent_text_once_a_page
    unsent.keep_unsent(path="/a/", fields={"one": ["1"]}, by=story.editor, at=story.at)
    unsent.keep_unsent(path="/a/", fields={"one": ["2"]}, by=story.editor, at=story.at)

    kept = UnsentText.objects.get()

    assert kept.fields == [["one", ["2"]]]
    with pytest.raises(IntegrityError, match="unsent_text_once_a_page"), transaction.atomic():
        UnsentText.objects.create(user=story.editor, path="/a/", fields=[], kept_at=timezone.now())
