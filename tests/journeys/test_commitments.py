"""An officer of an ICB proposes a commitment, the authority confirms it, and both say how it is."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.journeys.people import AUTHORITY_SIGNATORY, BOARD_EDITOR, Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_TITLE = "Offer every jobcentre a health coach"


def test_a_commitment_is_proposed_confirmed_and_updated(
    any_way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    board = arrive(BOARD_EDITOR)
    authority = arrive(AUTHORITY_SIGNATORY)

    _propose(board)
    _confirm(authority)
    _update(board, status="On track", narrative="Two coaches have started.")
    _update(authority, status="Constrained", narrative="Rooms are hard to find.")

    page = board.open("/icbs/south-yorkshire/commitments/")
    board.check_page()
    card = page.locator("article", has_text=_TITLE)
    expect(card).to_contain_text("Two coaches have started.")
    expect(card).to_contain_text("Rooms are hard to find.")
    expect(card).to_contain_text("The two views differ.")
    expect(page.locator("article", has_text="Share one list of people").first).to_contain_text(
        "Waiting for an analyst post to be filled."
    )


def _propose(board: Visitor) -> None:
    page = board.open("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    board.check_page()
    page.goto(f"{board.site}/pairs/south-yorkshire/south-yorkshire/commitments/")
    board.check_page()
    page.get_by_role("button", name="Propose a commitment").click()
    page.get_by_role("button", name="Send the proposal").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    board.check_page()
    page.get_by_label("What do you promise together?").fill(_TITLE)
    page.get_by_label("Co-operation", exact=True).check()
    page.get_by_label("Who owns it on your side?").fill("Head of population health")
    page.get_by_label("Both", exact=True).check()
    page.get_by_label("By a date").check()
    page.get_by_label("Day").fill("31")
    page.get_by_label("Month").fill("3")
    page.get_by_label("Year").fill("2028")
    page.get_by_role("button", name="Send the proposal").click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(page.get_by_text(_TITLE).first).to_be_visible()
    board.check_page()


def _confirm(authority: Visitor) -> None:
    page = authority.open("/authorities/south-yorkshire/commitments/")
    authority.check_page()
    page.get_by_role("button", name=f"Confirm {_TITLE}").click()
    authority.check_page()
    page.get_by_label(re.compile("own", re.IGNORECASE)).first.fill("Director of health")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def _update(visitor: Visitor, *, status: str, narrative: str) -> None:
    page = visitor.open("/pairs/south-yorkshire/south-yorkshire/commitments/")
    page.get_by_role("link", name=_TITLE).first.click()
    page.get_by_role("button", name="Give our update").click()
    visitor.check_page()
    page.get_by_label(status, exact=True).check()
    page.get_by_label("In a sentence or two").fill(narrative)
    page.get_by_role("button", name="Save our update").click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(page.get_by_text(narrative).first).to_be_visible()
