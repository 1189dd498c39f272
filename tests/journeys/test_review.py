"""A return goes back for changes in one section, comes again, and is accepted."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.journeys.people import ANALYST, Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# This authority's return waits for its signature in the demonstration.
_EDITOR = "editor@york-and-north-yorkshire.example"
_SIGNATORY = "signatory@york-and-north-yorkshire.example"
_LEAD = "lead@mhclg.example"
_NAME = "York and North Yorkshire Combined Authority"
_WHY = "Say on which boards, and since when."
_NEW = "The strategy director has sat on both wellbeing boards since May."


def test_a_section_goes_back_comes_again_and_the_return_is_accepted(
    any_way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    tasks = f"/rounds/{live_world.facts.round}/returns/york-and-north-yorkshire/"
    editor, signatory, analyst = arrive(_EDITOR), arrive(_SIGNATORY), arrive(ANALYST)

    _sign(signatory, tasks=tasks)
    reviewed = _ask_for_changes(analyst)
    _answer_the_request(editor, tasks=tasks)
    _sign(signatory, tasks=tasks)
    _read_the_difference_and_accept(analyst, reviewed=reviewed)

    editor.open(tasks)
    expect(editor.page.get_by_text("has been accepted", exact=False).first).to_be_visible()
    editor.check_page()
    _take_back(arrive(_LEAD), reviewed=reviewed)


def _sign(signatory: Visitor, *, tasks: str) -> None:
    page = signatory.open(f"{tasks}sign-off/")
    form = page.locator("form", has=page.get_by_role("button", name="Sign and submit"))
    form.get_by_role("checkbox").check()
    page.get_by_role("button", name="Sign and submit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Return submitted")


def _ask_for_changes(analyst: Visitor) -> str:
    page = analyst.open("/")
    page.get_by_role("link", name="Read and review its returns").click()
    analyst.check_page()
    page.get_by_role("link", name=re.compile("^To review")).click()
    page.get_by_role("link", name=_NAME).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(_NAME)
    analyst.check_page()
    reviewed = page.url.removeprefix(analyst.site)
    page.get_by_role("link", name="Ask for changes").click()
    analyst.check_page()
    page.get_by_label("Co-operation", exact=True).check()
    page.get_by_role("button", name="Ask for changes").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say what needs to change")
    expect(page.get_by_label("Co-operation", exact=True)).to_be_checked()
    analyst.check_page()
    page.locator('[name="reason"]').fill(_WHY)
    page.get_by_role("button", name="Ask for changes").click()
    expect(page.get_by_text("Changes were requested.", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name="Accept this return")).to_have_count(0)
    analyst.check_page()
    return reviewed


def _answer_the_request(editor: Visitor, *, tasks: str) -> None:
    page = editor.open(tasks)
    card = page.locator(".app-differ").first
    expect(card).to_contain_text("Priya Nair, analyst, Department of Health and Social Care")
    expect(card).to_contain_text("in one section: Co-operation")
    expect(card).to_contain_text(_WHY)
    tags = page.locator(".govuk-task-list .govuk-tag")
    expect(tags).to_have_text(["Changes requested"])
    editor.check_page()
    page.goto(f"{editor.site}{tasks}sections/co-operation/questions/CO5/")
    page.locator('[name="answer_text"]').fill(_NEW)
    page.get_by_role("button", name=re.compile("^Save and continue$")).click()
    page.goto(f"{editor.site}{tasks}differences/")
    expect(page.get_by_text("1 answer differs from submission 1.")).to_be_visible()
    expect(page.get_by_text(_NEW)).to_be_visible()
    editor.check_page()
    page.get_by_role("link", name="Check all answers").click()
    editor.check_page()
    page.get_by_role("button", name="Mark “Co-operation” as complete").click()
    page.get_by_role("button", name="Send for sign-off").click()
    expect(page.get_by_text("Awaiting sign-off").first).to_be_visible()


def _read_the_difference_and_accept(analyst: Visitor, *, reviewed: str) -> None:
    page = analyst.open(reviewed)
    expect(page.get_by_text("Submitted with changes")).to_be_visible()
    expect(page.get_by_text("1 answer differs from submission 1.")).to_be_visible()
    expect(page.get_by_text(_NEW).first).to_be_visible()
    expect(page.get_by_text(f"“{_WHY}”")).to_be_visible()
    analyst.check_page()
    page.get_by_role("button", name="Accept this return").click()
    analyst.check_page()
    page.get_by_role("button", name="Accept this return").click()
    expect(page.get_by_text("The return was accepted.")).to_be_visible()
    expect(page.get_by_role("link", name="Ask for changes")).to_have_count(0)
    analyst.check_page()


def _take_back(lead: Visitor, *, reviewed: str) -> None:
    page = lead.open(reviewed)
    page.get_by_role("link", name="Take the acceptance back").click()
    lead.check_page()
    page.locator('[name="reason"]').fill("A figure was found to be wrong.")
    page.get_by_role("button", name="Take the acceptance back").click()
    expect(page.get_by_role("link", name="Ask for changes")).to_be_visible()
    lead.check_page()
