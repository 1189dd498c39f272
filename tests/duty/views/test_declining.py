"""A signatory sends a return back: with a reason, and as the return was when it was read."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from duty.actions import sign_off
from duty.lifecycle import ReturnState
from duty.models import ReturnEvent
from duty.queries.loaded import load
from duty.queries.standing import standing
from tests.factories.duty import ReturnStory, mark_complete, send, tell_return

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def story() -> ReturnStory:
    """A return that waits to be signed."""
    told = tell_return()
    send(told)
    return told


@pytest.fixture
def signatory(story: ReturnStory) -> Client:
    """A client of the story's signatory."""
    client = Client()
    client.force_login(story.signatory)
    return client


def address(story: ReturnStory, name: str) -> str:
    """The address of a page of the story's return."""
    return reverse(f"duty:{name}", args=[story.round.slug, story.authority.slug])


def declining(page: str) -> dict[str, str]:
    """What the form for declining carries unseen."""
    form = page[page.index("/decline/") :]
    found = {
        name: re.search(rf'name="{name}" value="([^"]+)"', form) for name in ("form_key", "version")
    }
    return {name: value[1] for name, value in found.items() if value is not None}


def sent_again(story: ReturnStory) -> None:
    """Take the return back, confirm its sections and send it once more, as an editor may."""
    sign_off.recall(duty_return=story.duty_return, by=story.editor, at=story.at)
    for section in story.round.specification.section_order:
        mark_complete(story, section, by=story.editor, at=story.at)
    sign_off.send_for_sign_off(duty_return=story.duty_return, by=story.editor, at=story.at)


def state_of(story: ReturnStory) -> ReturnState:
    """Where the return stands."""
    loaded = load(round_=story.round, authority=story.authority)
    return standing(loaded=loaded, now=story.at).state


def words_of(page: str) -> str:
    """The words of a page, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_signatory_declines_with_a_reason(story, signatory):
    opened = declining(signatory.get(address(story, "return-sign-off")).content.decode())
    editor = Client()
    editor.force_login(story.editor)

    without = signatory.post(
        address(story, "return-decline"), opened | {"sections": ["health-team"]}
    )
    declined = signatory.post(
        address(story, "return-decline"),
        declining(without.content.decode())
        | {"sections": ["health-team"], "reason": "Say when it ends"},
    )

    assert without.status_code == 422
    assert "Say what needs to change" in without.content.decode()
    assert declined.status_code == 302
    text = words_of(editor.get(address(story, "return-tasks")).content.decode())
    assert "declined to sign on" in text
    assert "because of one section : Health team" in text.replace("section:", "section :")
    assert "Check again" in text


def test_a_reason_for_a_return_that_was_taken_back_is_not_lost(story, signatory):
    sign_off.recall(duty_return=story.duty_return, by=story.editor, at=story.at)

    page = signatory.post(
        address(story, "return-decline"), {"sections": ["strategy"], "reason": "TYPED REASON"}
    )

    assert page.status_code == 409
    assert "What you typed, which was not saved" in page.content.decode()
    assert "TYPED REASON" in page.content.decode()


def test_a_return_that_changed_meanwhile_is_not_sent_back_unread(story, signatory):
    opened = declining(signatory.get(address(story, "return-sign-off")).content.decode())
    sent_again(story)

    refused = signatory.post(
        address(story, "return-decline"),
        opened | {"sections": ["strategy"], "reason": "TYPED REASON"},
    )

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "The return has changed since you opened it." in page
    assert f"{story.editor.full_name} sent it again on " in page
    assert re.search(r">\s*TYPED REASON</textarea>", page)
    assert re.search(r'value="strategy"[^>]* checked', page)
    assert state_of(story) == ReturnState.AWAITING_SIGN_OFF
    assert not ReturnEvent.objects.filter(type="decline").exists()


def test_it_is_sent_back_once_what_changed_was_read(story, signatory):
    opened = declining(signatory.get(address(story, "return-sign-off")).content.decode())
    sent_again(story)
    typed = {"sections": ["strategy"], "reason": "TYPED REASON"}
    refused = signatory.post(address(story, "return-decline"), opened | typed)

    declined = signatory.post(
        address(story, "return-decline"), declining(refused.content.decode()) | typed
    )

    assert declined.status_code == 302
    assert state_of(story) == ReturnState.IN_PROGRESS
    assert ReturnEvent.objects.get(type="decline").reason == "TYPED REASON"


def test_no_two_fields_of_the_page_share_an_id(story, signatory):
    page = signatory.get(address(story, "return-sign-off")).content.decode()

    ids = re.findall(r'\bid="([^"]+)"', page)

    assert len(ids) == len(set(ids))
