"""The centre offers support, a board accepts it, and another asks for it: voluntary throughout."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.journeys.people import ANALYST, AUTHORITY_SIGNATORY, BOARD_SIGNATORY, Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_TITLE = "A walk through joint planning"


def test_support_is_offered_answered_and_asked_for(
    any_way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    centre, board, authority = (
        arrive(email) for email in (ANALYST, BOARD_SIGNATORY, AUTHORITY_SIGNATORY)
    )

    _write_and_open(centre)
    _offer_what_fits(centre)
    _accept(board)
    _ask(authority)

    page = centre.open("/support/desk/")
    centre.check_page()
    bodies = page.locator("table").nth(1)
    expect(bodies).to_contain_text(_TITLE)
    expect(bodies).to_contain_text("Asked for")
    centre.open("/support/desk/movement/")
    centre.check_page()
    expect(page.get_by_text("It does not say that one came of the other")).to_be_visible()
    centre.open("/support/desk/asked-for/")
    centre.check_page()


def _write_and_open(centre: Visitor) -> None:
    page = centre.open("/support/desk/")
    centre.check_page()
    page.get_by_role("button", name="Write an offer").click()
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    centre.check_page()
    page.get_by_label("What is the offer called?").fill(_TITLE)
    page.get_by_label("What is it?").fill("Two days with who has done it.")
    page.get_by_label("Ambassadors", exact=True).check()
    page.get_by_label("Both sides", exact=True).check()
    page.get_by_label("None of these", exact=True).check()
    page.get_by_label("Who runs it?").fill("National team")
    first = page.get_by_role("group", name="First day")
    for label, typed in (("Day", "1"), ("Month", "1"), ("Year", "2026")):
        first.get_by_label(label).fill(typed)
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(_TITLE)
    centre.check_page()
    page.get_by_role("button", name="Open the offer").click()
    expect(page.get_by_text("The offer is open. Everybody can read it.")).to_be_visible()


def _offer_what_fits(centre: Visitor) -> None:
    page = centre.open("/support/desk/suggested/")
    centre.check_page()
    expect(page.get_by_text("not assessed, which is not low")).to_be_visible()
    link = page.get_by_role("link", name=f"{_TITLE} to NHS South Yorkshire Integrated Care Board")
    while link.count() == 0:
        page.get_by_role("link", name="Next").click()
    link.click()
    centre.check_page()
    page.get_by_role("button", name="Make the offer").click()
    expect(page.get_by_text("The offer is made.")).to_be_visible()
    centre.check_page()


def _accept(board: Visitor) -> None:
    page = board.open("/")
    page.get_by_role("link", name=f"Support offered: {_TITLE}").click()
    board.check_page()
    expect(page.get_by_text("Declining has no consequence").first).to_be_visible()
    page.get_by_role("link", name="Accept the offer").click()
    board.check_page()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("You accepted the offer.")).to_be_visible()
    page.get_by_role("link", name="Our support").first.click()
    board.check_page()
    page.goto(f"{board.site}/pairs/south-yorkshire/south-yorkshire/")
    expect(page.get_by_role("heading", name="Your own support in this pair")).to_be_visible()
    board.check_page()


def _ask(authority: Visitor) -> None:
    page = authority.open("/support/")
    authority.check_page()
    page.get_by_role("link", name=_TITLE).click()
    authority.check_page()
    page.get_by_role("button", name="We would like this").click()
    authority.check_page()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_text("The national team is told that you would like this.")).to_be_visible()
