"""What is sent twice is stored once, and what two people change at once is lost to neither."""

import pytest
from playwright.sync_api import Page, expect

from engagement.models import Commitment
from outcomes.models import Upload
from tests.journeys.people import (
    AUTHORITY_EDITOR,
    AUTHORITY_SIGNATORY,
    BOARD_EDITOR,
    Arrive,
    Way,
)
from tests.outcomes.return_file.files import PUBLISHED
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_ONE = "Offer every jobcentre a health coach"


def test_a_double_click_proposes_once(any_way: Way, arrive: Arrive, live_world: LiveWorld) -> None:
    page = arrive(BOARD_EDITOR).open("/pairs/south-yorkshire/south-yorkshire/commitments/new/")
    page.get_by_label("What do you promise together?").fill(_ONE)
    page.get_by_label("Co-operation", exact=True).check()
    page.get_by_label("Who owns it on your side?").fill("Head of population health")
    page.get_by_label("Both", exact=True).check()
    page.get_by_label("There is no date yet").check()
    page.get_by_label("Why is there no date?").fill("It waits for the budget.")

    page.get_by_role("button", name="Send the proposal").dblclick()

    expect(page.get_by_text(_ONE).first).to_be_visible()
    assert Commitment.objects.filter(title=_ONE).count() == 1


def test_a_page_that_is_sent_again_uploads_once(arrive: Arrive, live_world: LiveWorld) -> None:
    page = arrive(AUTHORITY_EDITOR).open("/authorities/south-yorkshire/indicators/uploads/new/")
    key = page.locator('[name="form_key"]').get_attribute("value")

    for _ in range(2):
        page.goto(f"{live_world.site}/authorities/south-yorkshire/indicators/uploads/new/")
        page.locator('[name="form_key"]').evaluate("(input, key) => { input.value = key; }", key)
        page.locator('input[type="file"]').set_input_files(PUBLISHED)
        page.get_by_role("button", name="Upload and check").click()
        expect(page).to_have_url(
            f"{live_world.site}/authorities/south-yorkshire/indicators/uploads/{_only()}/"
        )


def _only() -> str:
    return str(Upload.objects.get(file_name=PUBLISHED.name).pk)


def test_two_people_at_one_answer_see_both_texts(
    any_way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    facts = live_world.facts
    address = f"/rounds/{facts.round}/returns/{facts.authority}/sections/strategy/questions/ST2/"
    editor, signatory = arrive(AUTHORITY_EDITOR), arrive(AUTHORITY_SIGNATORY)
    editor.open(address)
    signatory.open(address)

    _save(editor.page, "The editor's words")
    page = signatory.page
    _save(page, "The signatory's words")

    expect(page.locator(".govuk-error-summary")).to_contain_text("Your copy has changed")
    expect(page.locator(".app-last").first).to_contain_text("The editor's words")
    expect(page.locator('[name="answer_text"]')).to_have_value("The signatory's words")
    signatory.check_page()
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    editor.open(address)
    expect(editor.page.locator('[name="answer_text"]')).to_have_value("The signatory's words")


def _save(page: Page, text: str) -> None:
    page.locator('[name="answer_text"]').fill(text)
    page.get_by_role("button", name="Save and stay here").click()
