"""The next rubric and matrix on screen: drafted, looked at, proposed, approved by another."""

import re

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


def test_a_rubric_is_drafted_previewed_and_approved_by_another(
    way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    analyst, lead, anybody = arrive(ANALYST), arrive(LEAD_ANALYST), arrive()

    _draft(analyst)
    _preview(analyst)
    _propose(analyst)
    _approve(lead)

    page = anybody.open("/engagement-settings/rubric/2/")
    expect(page.get_by_text("Levels do not compare with those of version 1.")).to_be_visible()
    anybody.check_page()
    page.get_by_role("link", name="What is different from version 1").click()
    expect(page.get_by_text("Housing").first).to_be_visible()
    anybody.check_page()


def _draft(analyst: Visitor) -> None:
    page = analyst.open("/engagement-settings/")
    analyst.check_page()
    page.get_by_role("button", name="Draft a new version of the rubric").click()
    page.get_by_role("button", name="Start the draft").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.get_by_label("Why is there a new version?").fill("Housing is asked about.")
    page.get_by_role("button", name="Start the draft").click()
    expect(page.get_by_text("The draft is made.")).to_be_visible()
    analyst.check_page()
    page.get_by_role("link", name="Add a theme to the authority’s side").click()
    page.get_by_label("Code").fill("S8")
    page.get_by_label("Name").fill("Housing")
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Add the theme").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    analyst.check_page()
    for level in ("high", "partial", "low"):
        page.get_by_label(f"Statement for {level}").fill(f"Homes and health, {level}")
    page.get_by_role("button", name="Add the theme").click()
    expect(page.get_by_text("It is stored.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Up.*theme S8")).click()


def _preview(analyst: Visitor) -> None:
    page = analyst.page
    page.get_by_role("button", name="What would change").click()
    # A new core theme was never asked, so sides lose their level and none becomes low.
    expect(page.get_by_text("Not read: a core theme was not answered").first).to_be_visible()
    expect(page.get_by_text("S8. They count as unanswered here")).to_be_visible()
    analyst.check_page()
    page.get_by_role("link", name="draft after version 1").click()


def _propose(analyst: Visitor) -> None:
    page = analyst.page
    page.get_by_role("button", name="Propose it").click()
    analyst.check_page()
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("The draft is proposed.")).to_be_visible()


def _approve(lead: Visitor) -> None:
    page = lead.open("/engagement-settings/")
    page.get_by_role("link", name="Rubric: draft after version 1").click()
    page.get_by_role("button", name="Approve it").click()
    lead.check_page()
    page.get_by_label("No, they do not compare").check()
    page.get_by_label("Why?").fill("One more theme is core.")
    page.get_by_label("I have read what would change").check()
    page.get_by_role("button", name="Approve it").click()
    expect(page.get_by_text("The version is approved.")).to_be_visible()


def test_a_group_gets_another_look_on_screen(
    way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    analyst = arrive(ANALYST)
    page = analyst.open("/engagement-settings/matrix/new/")
    page.get_by_label("Why is there a new version?").fill("Plain words.")
    page.get_by_role("button", name="Start the draft").click()
    analyst.check_page()
    page.get_by_role("link", name="Change group green").click()
    page.get_by_label("Red, white grid").check()
    page.get_by_role("button", name="Save the group").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Another group looks like this")
    analyst.check_page()
    page.get_by_label("Teal, level bars").check()
    page.get_by_role("button", name="Save the group").click()
    page.get_by_role("link", name="Change the nine cells").click()
    analyst.check_page()
    page.get_by_label("Authority low with ICB low: group").select_option("Ambassadors")
    page.get_by_role("button", name="Save the cells").click()
    expect(page.get_by_text("No cell brings the group Core learning").first).to_be_visible()
    analyst.check_page()


def test_a_sliver_threshold_is_proposed_and_approved_by_another(
    way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    analyst, lead = arrive(ANALYST), arrive(LEAD_ANALYST)
    page = analyst.open("/engagement-settings/sliver-threshold/")
    analyst.check_page()
    page.get_by_role("button", name="Propose another threshold").click()
    page.get_by_role("button", name="Propose it").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    analyst.check_page()
    page.get_by_label("in per cent").fill("10")
    for part, value in (("Day", "1"), ("Month", "4"), ("Year", "2099")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Why does the threshold change?").fill("Policy changed.")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("York and North Yorkshire with West Yorkshire")).to_be_visible()
    analyst.check_page()

    page = lead.open("/engagement-settings/sliver-threshold/2/")
    page.get_by_role("button", name="Approve it").click()
    lead.check_page()
    page.get_by_label("I have read which pairs would come and go").check()
    page.get_by_role("button", name="Approve it").click()
    expect(page.get_by_text("The threshold is approved.")).to_be_visible()
