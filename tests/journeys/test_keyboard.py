"""Forms and figures by keyboard alone: Tab, Space, Enter and typing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import AUTHORITY_EDITOR, AUTHORITY_SIGNATORY, Arrive
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_PAIR = "/pairs/south-yorkshire/south-yorkshire/"
_SEES_FOCUS = """() => {
    const e = document.activeElement, s = getComputedStyle(e), l = getComputedStyle(
        e.nextElementSibling || e, "::before");
    const drawn = (c) => c.outlineStyle !== "none" || c.boxShadow !== "none";
    return drawn(s) || drawn(l);
}"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the control has the focus, and see that it shows.

    Raises:
        AssertionError: it is not reached, or nothing shows where the focus is.
    """
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate(_SEES_FOCUS), f"Nobody sees the focus on {selector}"
            return
    raise AssertionError(f"Tab does not reach {selector}")


def type_into(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)


def test_the_first_stop_skips_to_the_content(arrive: Arrive, live_world: LiveWorld) -> None:
    page = arrive().open("/national/")

    page.keyboard.press("Tab")
    skips = page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")

    assert "govuk-skip-link" in skips
    assert page.evaluate("document.activeElement.id || location.hash") in {"main", "#main"}


def test_a_question_is_answered_by_keyboard(arrive: Arrive, live_world: LiveWorld) -> None:
    facts = live_world.facts
    visitor = arrive(AUTHORITY_EDITOR)
    tasks = f"/rounds/{facts.round}/returns/{facts.authority}/"
    page = visitor.open(f"{tasks}sections/strategy/questions/ST1/")

    tab_to(page, 'input[name="option"]')
    page.keyboard.press("Space")
    type_into(page, '[name="answer_title"]', "Fairer years")
    for part, value in (("day", "1"), ("month", "2"), ("year", "2026")):
        type_into(page, f'[name="answer_adopted_on_{part}"]', value)
    type_into(page, '[name="answer_strategy_link"]', "https://example.org/strategy")
    for part, value in (("day", "1"), ("month", "2"), ("year", "2028")):
        type_into(page, f'[name="answer_review_on_{part}"]', value)
    type_into(page, '[name="evidence_link"]', "https://example.org/evidence")
    tab_to(page, 'button[type="submit"]')
    page.keyboard.press("Enter")

    page.wait_for_url("**/questions/ST2/")
    page = visitor.open(f"{tasks}sections/strategy/questions/ST1/")
    expect(page.locator('input[value="adopted"]')).to_be_checked()
    expect(page.locator('[name="answer_title"]')).to_have_value("Fairer years")


def test_an_own_view_is_given_and_confirmed_by_keyboard(
    arrive: Arrive, live_world: LiveWorld
) -> None:
    page = arrive(AUTHORITY_SIGNATORY).open(f"{_PAIR}own-view/")

    for number in range(1, 8):
        tab_to(page, f'input[name="S{number}-level"]')
        page.keyboard.press("Space")
        type_into(page, f'[name="S{number}-title"]', f"Minutes {number}")
        type_into(page, f'[name="S{number}-url"]', f"https://example.org/{number}")
    tab_to(page, 'button[name="check"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/own-view/check/")
    expect(page.get_by_text("The statements give High")).to_be_visible()
    tab_to(page, 'input[name="level"]')
    page.keyboard.press("Space")
    tab_to(page, 'main button[type="submit"]')
    page.keyboard.press("Enter")

    expect(page.get_by_text("Confirm our view")).to_have_count(0)
    page.goto(f"{live_world.site}{_PAIR}own-view/check/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Confirm our view")).to_have_count(0)


@pytest.mark.parametrize("figure", [".app-matrix a", ".app-map a", ".app-tiles a"])
def test_a_figure_is_followed_by_keyboard(
    figure: str, arrive: Arrive, live_world: LiveWorld
) -> None:
    page = arrive().open("/national/")

    tab_to(page, figure)
    leads_to = page.evaluate(
        "document.activeElement.getAttribute('href') || document.activeElement.href.baseVal"
    )
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(re.escape(leads_to.split("#")[0])))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
