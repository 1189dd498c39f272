"""An answer while it is written: it saves by itself, and a session that ends takes nothing."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from duty.models import Answer
from tests.journeys.people import AUTHORITY_EDITOR, AUTHORITY_SIGNATORY, Arrive, Way, sign_in
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_PATIENCE = 20_000


def _question(world: LiveWorld) -> str:
    facts = world.facts
    return f"/rounds/{facts.round}/returns/{facts.authority}/sections/strategy/questions/ST2/"


def _stored(world: LiveWorld) -> str:
    facts = world.facts
    found = Answer.objects.get(
        question__code="ST2",
        duty_return__round__slug=facts.round,
        duty_return__authority__slug=facts.authority,
    )
    return str(found.value)


def test_an_answer_saves_by_itself_until_somebody_else_saves(
    arrive: Arrive, live_world: LiveWorld
) -> None:
    editor, signatory = arrive(AUTHORITY_EDITOR), arrive(AUTHORITY_SIGNATORY)
    page = editor.open(_question(live_world))
    text, status = page.locator('[name="answer_text"]'), page.locator("#autosave")

    text.fill("Healthy years lost in the former coalfield")
    expect(status).to_contain_text("Saved at", timeout=_PATIENCE)
    expect(text).to_be_focused()
    assert "former coalfield" in _stored(live_world)
    editor.check_page()

    text.fill("")
    expect(status).to_contain_text("Not saved: enter an answer", timeout=_PATIENCE)
    expect(text).to_be_focused()
    text.fill("Healthy years lost in the former coalfield, most of all")
    _colleague_saves(signatory.open(_question(live_world)))
    text.fill("Healthy years lost in the former coalfield, and on the coast")
    expect(status).to_contain_text("to compare both texts", timeout=_PATIENCE)
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Your copy has changed")
    expect(page.locator(".app-last").first).to_contain_text("The colleague's words")
    expect(text).to_have_value("Healthy years lost in the former coalfield, and on the coast")


def _colleague_saves(page: Page) -> None:
    page.locator('[name="answer_text"]').fill("The colleague's words of this answer")
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def test_who_is_about_to_be_signed_out_is_warned_and_can_stay(
    arrive: Arrive, live_world: LiveWorld
) -> None:
    visitor = arrive(AUTHORITY_EDITOR)
    page = visitor.open(_question(live_world))
    near = timezone.now() + timedelta(minutes=4)
    Session.objects.update(expire_date=near)
    page.evaluate(
        "at => document.dispatchEvent(new CustomEvent('session-prolonged', { detail: at }))",
        near.isoformat(),
    )

    dialog = page.get_by_role("dialog", name="You will be signed out soon")
    expect(dialog).to_contain_text("in 4 minutes")
    stay = dialog.get_by_role("button", name="Stay signed in")
    expect(stay).to_be_focused()
    visitor.check_page()
    stay.press("Enter")
    expect(dialog).to_have_count(0)
    assert Session.objects.get().expire_date > near + timedelta(minutes=20)


@pytest.mark.parametrize("way", [Way("phone", scripts=False)], ids=["phone-no-scripts"])
def test_an_answer_sent_after_the_session_is_there_again(
    way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    visitor = arrive(AUTHORITY_EDITOR)
    page = visitor.open(_question(live_world))
    expect(page.get_by_text("You are signed in until")).to_be_visible()
    page.locator('[name="answer_text"]').fill("Typed for an hour and a half")
    Session.objects.all().delete()

    page.get_by_role("button", name="Save and stay here").click()
    sign_in(visitor, email=AUTHORITY_EDITOR)

    expect(page.get_by_text("it is not saved yet")).to_be_visible()
    expect(page.locator('[name="answer_text"]')).to_have_value("Typed for an hour and a half")
    visitor.check_page()
    page.get_by_role("button", name="Save and stay here").click()
    assert "Typed for an hour and a half" in _stored(live_world)
