"""An officer writes an agreement, both sides sign it, and a change asks for both again."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.journeys.people import (
    AUTHORITY_EDITOR,
    AUTHORITY_SIGNATORY,
    BOARD_SIGNATORY,
    Arrive,
    Way,
)
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_LIST = "/authorities/south-yorkshire/records/agreements/"
_TITLE = "Agreement on health and transport"


def test_an_agreement_is_written_signed_by_both_and_changed(
    any_way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    officer = arrive(AUTHORITY_EDITOR)
    authority = arrive(AUTHORITY_SIGNATORY)
    board = arrive(BOARD_SIGNATORY)

    _write(officer)
    _sign(authority, path=_LIST)
    _decline(board)
    _sign(board, path="/icbs/south-yorkshire/agreements/")
    expect(board.page.locator(".app-lede")).to_have_text("Signed by all parties")
    _change(officer)

    page = board.open("/icbs/south-yorkshire/agreements/")
    board.check_page()
    row = page.get_by_role("row").filter(has_text=_TITLE)
    expect(row).to_contain_text("The authority is changing it")
    page = authority.open("/")
    expect(page.get_by_text(re.compile(f"{_TITLE}, anew.*sign it again"))).to_be_visible()
    authority.check_page()


def _write(officer: Visitor) -> None:
    page = officer.open(_LIST)
    officer.check_page()
    page.get_by_role("button", name="Add an agreement").click()
    officer.check_page()
    page.get_by_label("What is it called?").fill(_TITLE)
    page.get_by_label("NHS South Yorkshire", exact=False).first.check()
    page.get_by_label("In development").check()
    page.get_by_label("Transport", exact=True).check()
    page.get_by_label("Work plan (optional)", exact=True).fill("Free buses to clinics.")
    page.locator('[name="roles-0-title"]').fill("Director of strategy")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Row 1")
    officer.check_page()
    page.locator('[name="roles-0-board"]').select_option("south-yorkshire")
    page.locator('[name="roles-0-of"]').select_option("board")
    page.locator('[name="roles-0-committee"]').fill("Transport committee")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text(f"“{_TITLE}” is on record.")).to_be_visible()
    officer.check_page()


def _sign(signatory: Visitor, *, path: str) -> None:
    page = signatory.open(path)
    signatory.check_page()
    page.get_by_role("link", name=_TITLE).click()
    signatory.check_page()
    page.get_by_role("button", name="Sign it").click()
    signatory.check_page()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Tick to say that you sign it")
    signatory.check_page()
    page.get_by_label("I have read this agreement").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text(re.compile("^Signed. "))).to_be_visible()
    signatory.check_page()


def _decline(board: Visitor) -> None:
    page = board.open("/")
    page.get_by_role("link", name=re.compile(f"{_TITLE}.*sign or decline it")).click()
    board.check_page()
    page.get_by_role("link", name="Decline it").click()
    board.check_page()
    page.get_by_role("button", name="Decline").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    board.check_page()
    page.locator('[name="reason"]').fill("Our board meets in March.")
    page.get_by_role("button", name="Decline").click()
    expect(page.get_by_text("“Our board meets in March.”")).to_be_visible()
    board.check_page()


def _change(officer: Visitor) -> None:
    page = officer.open(_LIST)
    page.get_by_role("link", name=_TITLE).click()
    page.get_by_role("link", name="Change it").click()
    officer.check_page()
    page.get_by_label("What is it called?").fill(f"{_TITLE}, anew")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("is saved.")).to_be_visible()
