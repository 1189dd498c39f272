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
from tests.factories.duty import (
    ReturnStory,
    answer,
    answer_section,
    send,
    submit,
    tell_return,
)

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


def lost(client: Client, person: User, page: str, to: str, **typed: str) -> str:
    """Open a page, type, send it when the session is over, sign in; where that leads."""
    client.force_login(person)
    opened = client.get(page).content.decode()
    sent = {
        name: re.search(f'name="{name}" value="([^"]*)"', opened)[1]
        for name in ("csrfmiddlewaretoken", "typed_by")
    }
    Session.objects.all().delete()
    answered = client.post(to, sent | typed)
    assert answered.url.startswith(reverse("account_login"))
    client.force_login(person)
    again = client.get(answered.url.partition("?next=")[2], follow=True)
    text: str = again.content.decode()
    assert "it is not saved yet" in text
    assert 'class="govuk-error-summary"' not in text
    # Whoever else signs in at that browser sees nothing of it.
    other = MembershipFactory(role=Role.LEAD_ANALYST).user
    client.force_login(other)
    assert "TYPED" not in client.get(page, follow=True).content.decode()
    return text


def test_why_a_signatory_declines_is_in_the_form_again_and_goes_with_the_step(story):
    send(story)
    client = Client(enforce_csrf_checks=True)
    own = [story.round.slug, story.authority.slug]
    page = reverse("duty:return-sign-off", args=own)

    text = lost(
        client,
        story.signatory,
        page,
        reverse("duty:return-decline", args=own),
        sections="strategy",
        reason="TYPED REASON",
    )

    assert ">TYPED REASON</textarea>" in re.sub(r">\s+TYPED", ">TYPED", text)
    assert re.search(r'value="strategy"[^>]* checked', text)
    client.force_login(story.signatory)
    again = client.get(page).content.decode()
    # The version that was read when the words were typed is gone with the form of this test.
    seen = {
        name: re.search(f'name="{name}" value="([^"]*)"', again)[1]
        for name in ("csrfmiddlewaretoken", "version")
    }
    client.post(reverse("duty:return-decline", args=own), seen | {"reason": "TYPED REASON"})
    assert not UnsentText.objects.exists()


def test_reasons_of_a_section_are_in_its_form_again(story):
    answer_section(story, "about", only_required=True)
    own = [story.round.slug, story.authority.slug]

    text = lost(
        Client(enforce_csrf_checks=True),
        story.editor,
        reverse("duty:return-check", args=own),
        reverse("duty:section-complete", args=[*own, "about"]),
        **{"about-gaps_reason": "TYPED REASON"},
    )

    assert "TYPED REASON</textarea>" in text


def test_a_link_of_evidence_is_in_its_form_again(story):
    answer(story, "CO5")
    page = reverse(
        "duty:return-evidence", args=[story.round.slug, story.authority.slug, "co-operation", "CO5"]
    )

    text = lost(
        Client(enforce_csrf_checks=True),
        story.editor,
        page,
        page,
        add="link",
        link="https://example.org/typed",
        link_title="TYPED TITLE",
    )

    assert 'value="https://example.org/typed"' in text
    assert 'value="TYPED TITLE"' in text


def test_a_standing_record_is_in_its_form_again(story):
    page = reverse("records:new", args=[story.authority.slug, "posts"])

    text = lost(
        Client(enforce_csrf_checks=True), story.editor, page, page, title="TYPED POST", fte="x"
    )

    assert 'value="TYPED POST"' in text


def test_what_the_centre_wrote_about_a_return_is_in_the_form_again(story):
    submit(story)
    page = reverse("duty:review-request-changes", args=[story.duty_return.pk])

    text = lost(
        Client(enforce_csrf_checks=True),
        MembershipFactory(role=Role.ANALYST).user,
        page,
        page,
        reason="TYPED REASON",
        version="1",
    )

    assert "TYPED REASON</textarea>" in text


@pytest.mark.parametrize(
    ("page", "name"),
    [("rounds:new", "name"), ("rounds:extend", "reason"), ("specifications:new", "title")],
)
def test_forms_of_rounds_and_versions_are_there_again(story, page, name):
    args = [story.round.slug, story.authority.slug] if page == "rounds:extend" else []
    role = Role.LEAD_ANALYST if page == "specifications:new" else Role.ADMINISTRATOR
    url = reverse(page, args=args)

    text = lost(
        Client(enforce_csrf_checks=True),
        MembershipFactory(role=role).user,
        url,
        url,
        **{name: "TYPED WORDS"},
    )

    assert "TYPED WORDS" in text


def test_another_page_keeps_what_it_is_sent_under_a_token_that_does_not_fit(story):
    send(story)
    client = client_of(story.signatory)
    own = [story.round.slug, story.authority.slug]
    page = reverse("duty:return-sign-off", args=own)
    word = re.search('name="typed_by" value="([^"]*)"', client.get(page).content.decode())[1]

    answered = client.post(
        reverse("duty:return-decline", args=own), {"typed_by": word, "reason": "TYPED REASON"}
    )

    assert answered.url == page
    assert "TYPED REASON" in client.get(page).content.decode()


def test_one_text_a_page_is_kept(story):
    # unsent_text_once_a_page
    unsent.keep_unsent(path="/a/", fields={"one": ["1"]}, by=story.editor, at=story.at)
    unsent.keep_unsent(path="/a/", fields={"one": ["2"]}, by=story.editor, at=story.at)

    kept = UnsentText.objects.get()

    assert kept.fields == [["one", ["2"]]]
    with pytest.raises(IntegrityError, match="unsent_text_once_a_page"), transaction.atomic():
        UnsentText.objects.create(user=story.editor, path="/a/", fields=[], kept_at=timezone.now())
