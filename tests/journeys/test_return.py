"""A return, from the first page to the receipt, by two people."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import Visitor
from tests.journeys import answers
from tests.journeys.people import (
    AUTHORITY_EDITOR,
    AUTHORITY_SIGNATORY,
    Arrive,
    Way,
    sign_in,
)
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# As `duty.words` says it: the whole hours at noon and midnight have names.
_TIME_OF_DAY = r"(\d+(:\d\d)?(am|pm)|midday|midnight)"
_SECTIONS = ("Co-operation", "Strategy", "Outcomes framework")


def test_an_officer_answers_and_a_signatory_signs(
    any_way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    officer = arrive()
    tasks = f"/rounds/{live_world.facts.round}/returns/{live_world.facts.authority}/"

    _find_the_task_list(officer)
    for section in _SECTIONS:
        _answer_section(officer, tasks=tasks, section=section)
    _change_a_finished_section(officer, tasks=tasks)
    _check_and_send(officer, tasks=tasks)
    signatory = arrive(AUTHORITY_SIGNATORY)
    _sign(signatory)

    receipt = signatory.page
    expect(receipt.get_by_role("heading", level=1)).to_have_text("Return submitted")
    expect(receipt.get_by_text(re.compile(_TIME_OF_DAY + ".*London time"))).to_be_visible()
    expect(receipt.get_by_text("Sam Okoro, ")).to_be_visible()
    expect(receipt.get_by_text("£1,250,000", exact=True)).to_be_visible()
    signatory.check_page()
    officer.open(f"{tasks}submitted/")
    expect(officer.page.locator(".govuk-panel__body")).to_have_text(
        receipt.locator(".govuk-panel__body").inner_text().replace("\n", "")
    )


def _find_the_task_list(officer: Visitor) -> None:
    officer.open("/account/sign-in/")
    officer.check_page()
    page = sign_in(officer, email=AUTHORITY_EDITOR)
    expect(page.get_by_role("heading", name=re.compile("Waits for you"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ days left|days? left")).first).to_be_visible()
    officer.check_page()
    page.get_by_role("link", name="See all sections").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("return$"))
    expect(page.locator(".govuk-task-list__item")).to_have_count(6)
    officer.check_page()


def _answer_section(officer: Visitor, *, tasks: str, section: str) -> None:
    page = officer.open(tasks)
    page.locator(".govuk-task-list").get_by_role("link", name=section, exact=True).click()
    while code := _question(page):
        answers.fill(page, code=code)
        if code in {"CO3", "CO4", "CO6", "ST1", "ST5", "OF1"}:
            officer.check_page()
        if code == "CO5":
            _save_a_draft(page)
        if code == "CO6":
            _add_a_row(page)
        _go_on(page)


def _question(page: Page) -> str | None:
    found = re.search(r"/questions/([A-Z]+\d+)/", page.url)
    return found.group(1) if found else None


def _go_on(page: Page) -> None:
    before = page.url
    page.get_by_role("button", name=re.compile("^(Save and continue|Continue)$")).click()
    errors = page.locator(".govuk-error-summary")
    assert errors.count() == 0, errors.inner_text()
    assert page.url != before


def _save_a_draft(page: Page) -> None:
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.locator(".app-saved")).to_contain_text("by you")


def _add_a_row(page: Page) -> None:
    page.get_by_role("button", name="Add another row").click()
    expect(page.locator('[name="rows-0-post"]')).to_have_value("Head of health")
    expect(page.locator('[name="rows-2-post"]')).to_be_visible()


def _change_a_finished_section(officer: Visitor, *, tasks: str) -> None:
    page = officer.open(f"{tasks}sections/health-team/questions/HT3/")
    answers.fill(page, code="HT3")
    _go_on(page)


def _check_and_send(officer: Visitor, *, tasks: str) -> None:
    page = officer.open(tasks)
    page.get_by_role("link", name=re.compile("Check, print or save")).click()
    officer.check_page()
    finish = page.get_by_role("button", name=re.compile("^Mark .* as complete$|^Confirm that"))
    # A finished section leads back to the list.
    for _ in range(3):
        _say_why(page.locator("form", has=finish).first)
        finish.first.click()
        expect(page.locator(".govuk-error-summary")).to_have_count(0)
        page.goto(f"{officer.site}{tasks}check/")
    expect(finish).to_have_count(0)
    page.goto(f"{officer.site}{tasks}sign-off/")
    officer.check_page()
    page.get_by_role("button", name="Send for sign-off").click()
    expect(page.locator(".govuk-task-list__item")).to_have_count(6)
    officer.check_page()
    page.goto(f"{officer.site}{tasks}sign-off/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The return waits to be signed")
    expect(page.get_by_role("button", name="Sign and submit")).to_have_count(0)


def _say_why(section: Locator) -> None:
    """Give a reason for each answer that is unusual beside the last return's."""
    for asked in section.get_by_label(re.compile("Why is it right")).all():
        asked.fill("It was checked with finance")


def _sign(signatory: Visitor) -> None:
    page = signatory.open("/")
    page.get_by_role("link", name=re.compile("[Ss]ign")).filter(
        has_text=re.compile("return")
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign the return")
    signatory.check_page()
    page.get_by_role("button", name="Sign and submit").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.locator("form", has=page.get_by_role("button", name="Sign and submit")).get_by_role(
        "checkbox"
    ).check()
    page.get_by_role("button", name="Sign and submit").click()
