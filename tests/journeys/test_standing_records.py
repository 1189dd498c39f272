"""An officer keeps standing records, and the return takes its first answers from them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.journeys.people import AUTHORITY_EDITOR, Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_RECORDS = "/authorities/south-yorkshire/records/"
_POST = "Head of work and health"


def test_a_record_is_kept_and_proposed_as_an_answer(
    any_way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    tasks = f"/rounds/{live_world.facts.round}/returns/{live_world.facts.authority}/"
    officer = arrive(AUTHORITY_EDITOR)

    _add_a_post(officer)
    _change_it(officer)
    _bring_over(officer, tasks=tasks)
    _take_on_what_is_still_right(officer, tasks=tasks)
    _change_what_is_not(officer, tasks=tasks)
    _end_it(officer)


def _add_a_post(officer: Visitor) -> None:
    page = officer.open(_RECORDS)
    officer.check_page()
    page.get_by_role("link", name="Health team posts").click()
    officer.check_page()
    page.get_by_role("button", name="Add a post").click()
    officer.check_page()
    page.get_by_label("Title of the role").fill("Dr Ann Other")
    page.get_by_role("button", name="Add it").click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Enter the employer")
    officer.check_page()
    page.get_by_label("Full-time equivalent").fill("0.5")
    page.get_by_label("Employer").fill("The authority")
    page.get_by_label("Joint with (optional)").fill("South Yorkshire ICB")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Add it").click()
    expect(summary).to_contain_text("not the name of a person")
    page.get_by_label("Title of the role").fill(_POST)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text(f"“{_POST}” is on record.")).to_be_visible()
    officer.check_page()


def _change_it(officer: Visitor) -> None:
    page = officer.page
    page.get_by_role("link", name=_POST).click()
    officer.check_page()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(f"“{_POST}” is saved.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text=_POST)
    row.get_by_role("link", name=re.compile("^Changed")).click()
    expect(page.get_by_text("You changed it.")).to_be_visible()
    expect(page.get_by_text("No became Yes")).to_be_visible()
    officer.check_page()


def _bring_over(officer: Visitor, *, tasks: str) -> None:
    page = officer.open(tasks)
    page.get_by_role("button", name="Bring over").click()
    expect(
        page.get_by_text(re.compile("answers were brought over.*standing records"))
    ).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ answers not yet reviewed")).first).to_be_visible()
    officer.check_page()


def _take_on_what_is_still_right(officer: Visitor, *, tasks: str) -> None:
    page = officer.open(f"{tasks}sections/co-operation/questions/CO6/")
    proposed = page.get_by_text("From your standing records, not yet reviewed")
    expect(proposed.first).to_be_visible()
    expect(page.locator('[name="rows-1-post"]')).to_have_value(_POST)
    officer.check_page()
    page.get_by_role("button", name="This is still right").click()
    expect(page.get_by_text("The answer is taken on as it was.")).to_be_visible()
    page.goto(f"{officer.site}{tasks}sections/co-operation/questions/CO6/")
    expect(proposed).to_have_count(0)
    expect(page.locator('[name="rows-1-post"]')).to_have_value(_POST)


def _change_what_is_not(officer: Visitor, *, tasks: str) -> None:
    page = officer.open(f"{tasks}check/")
    expect(page.get_by_text("From your standing records, not yet reviewed").first).to_be_visible()
    officer.check_page()
    page.goto(f"{officer.site}{tasks}sections/strategy/questions/ST8/")
    expect(page.get_by_text("not yet reviewed").first).to_be_visible()
    page.locator('[name="answer_link"]').fill("https://example.org/another-report")
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.get_by_text("not yet reviewed")).to_have_count(0)
    expect(page.get_by_text("Your records now say something else")).to_have_count(0)


def _end_it(officer: Visitor) -> None:
    page = officer.open(f"{_RECORDS}posts/")
    page.get_by_role("link", name=_POST).click()
    page.get_by_role("link", name="End it, or say that it was a mistake").click()
    officer.check_page()
    page.get_by_label("Entered by mistake").check()
    page.get_by_role("button", name="End it").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    officer.check_page()
    page.locator('[name="reason"]').fill("The post was never agreed.")
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_text("no longer holds. Its history is kept.")).to_be_visible()
    page.get_by_role("link", name="Show what ended or was a mistake").click()
    expect(page.get_by_text("Entered by mistake: The post was never agreed.")).to_be_visible()
    officer.check_page()
