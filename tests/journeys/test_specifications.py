"""An analyst drafts a version on screen, sees it as an officer would, and the lead publishes it."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.journeys.people import ANALYST, LEAD_ANALYST, Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def way() -> Way:
    """By phone and without scripts: the hardest of the four ways."""
    return Way("phone", scripts=False)


def test_a_version_is_copied_changed_previewed_and_published(
    way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    analyst = arrive(ANALYST)
    lead = arrive(LEAD_ANALYST)

    _copy(analyst)
    _make_it_wait(analyst)
    _preview(analyst)
    _publish(lead)

    page = analyst.open("/specifications/2/questions/ST3/")
    expect(page.get_by_text("Version 2 is published and cannot change.")).to_be_visible()


def _copy(analyst: Visitor) -> None:
    page = analyst.open("/specifications/1/")
    analyst.check_page()
    page.get_by_role("link", name="Copy it into a new draft").click()
    page.get_by_role("button", name="Make the copy").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.get_by_label("What is this version called?").fill("Version two")
    page.get_by_role("button", name="Make the copy").click()
    expect(page.get_by_text("Version 2 is drafted.")).to_be_visible()
    analyst.check_page()


def _make_it_wait(analyst: Visitor) -> None:
    page = analyst.page
    page.get_by_role("link", name="Change question ST3").click()
    analyst.check_page()
    page.get_by_label("After some answers to ST1").check()
    page.get_by_role("button", name="Save the question").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    analyst.check_page()
    page.get_by_label("Adopted").first.check()
    page.get_by_role("button", name="Save the question").click()
    expect(page.get_by_text("Question ST3 is stored.")).to_be_visible()


def _preview(analyst: Visitor) -> None:
    page = analyst.page
    page.get_by_role("button", name="Preview as an officer").click()
    analyst.check_page()
    page.get_by_role("link", name="How does it fit with the local growth plan").click()
    expect(page.get_by_text("Preview of version 2, draft.")).to_be_visible()
    analyst.check_page()
    page.get_by_role("button", name="Try this answer").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()


def _publish(lead: Visitor) -> None:
    page = lead.open("/specifications/2/publish/")
    lead.check_page()
    page.get_by_role("button", name="Publish version 2").click()
    expect(page.get_by_text("Version 2 is published.")).to_be_visible()
