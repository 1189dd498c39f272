"""The components and forms in a real browser, under the strict content policy."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Route
from pytest_django import Settings

from tests.browser.conftest import OpenVisitor
from tests.browser.visitor import Visitor
from tests.ui.gallery import Progress

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.urls("tests.ui.gallery"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> None:
    settings.DEMONSTRATION = True


def picture(visitor: Visitor, name: str) -> None:
    """Keep a picture of the page where a person asks for pictures."""
    if folder := os.environ.get("PICTURES"):
        size = visitor.page.viewport_size
        width = size["width"] if size else "window"
        scripts = "" if visitor.scripts else "-no-scripts"
        visitor.page.screenshot(path=Path(folder) / f"{name}-{width}{scripts}.png", full_page=True)


def test_every_component_is_accessible_and_quiet(any_visitor: Visitor) -> None:
    page = any_visitor.open("/ui/")

    if any_visitor.scripts:
        page.wait_for_selector("[data-chart][data-ready]")
    picture(any_visitor, "gallery")

    any_visitor.check_page()


def test_the_chart_is_drawn_over_the_servers_own_drawing(visitor: Visitor) -> None:
    page = visitor.open("/ui/")

    page.wait_for_selector("[data-chart][data-ready]")

    assert page.locator("[data-chart] svg.main-svg").first.is_visible()
    assert page.locator("[data-chart-fallback]").is_hidden()


def test_the_govuk_typeface_is_asked_for_on_govuk_domains(
    visitor: Visitor, settings: Settings
) -> None:
    settings.GOVUK_BRAND = True

    visitor.open("/ui/question/")

    assert visitor.fonts != []


@pytest.mark.parametrize("late", ["app.css", "govuk-frontend.min.css"])
def test_no_typeface_is_asked_for_while_a_style_sheet_is_late(
    open_visitor: OpenVisitor, late: str
) -> None:
    # Without scripts, since a script waits for the style sheets before it and holds the page back.
    visitor = open_visitor(scripts=False)
    held: list[Route] = []
    visitor.page.route(f"**/assets/{late}", lambda route: held.append(route))
    visitor.page.goto(f"{visitor.site}/ui/question/", wait_until="commit")
    visitor.page.wait_for_selector("h1", state="attached")

    measured = visitor.page.evaluate("document.querySelector('h1').offsetWidth")
    for route in held:
        route.continue_()
    visitor.page.wait_for_load_state("networkidle")

    assert measured > 0
    assert len(held) == 1
    visitor.check_page()


def test_without_scripts_the_servers_own_drawing_stays(open_visitor: OpenVisitor) -> None:
    visitor = open_visitor(scripts=False)

    page = visitor.open("/ui/")

    assert page.locator("[data-chart-fallback]").is_visible()
    assert page.locator("[data-chart]").is_hidden()


def test_the_empty_form_is_accessible_and_quiet(any_visitor: Visitor) -> None:
    any_visitor.open("/ui/form/")

    picture(any_visitor, "form")

    any_visitor.check_page()


def test_errors_are_listed_and_lead_to_their_controls(any_visitor: Visitor) -> None:
    page = any_visitor.open("/ui/form/")
    page.get_by_label("Signed", exact=True).check()
    page.get_by_label("Day").fill("31")
    page.get_by_label("Month").fill("2")
    page.get_by_label("Year").fill("2026")

    page.get_by_role("button", name="Save and continue").click()

    assert page.title() == "Error: Every question - Health Duty Tracker"
    page.get_by_role("link", name="The date it was signed must be a real date").click()
    assert page.evaluate("document.activeElement.id || location.hash.slice(1)") == "id_signed_on_0"
    assert page.get_by_label("Day").input_value() == "31"
    picture(any_visitor, "form-errors")
    any_visitor.check_page()


def test_a_choice_shows_its_questions_only_when_it_is_chosen(
    visitor_js_or_not: Visitor,
) -> None:
    page = visitor_js_or_not.open("/ui/form/")

    hidden_at_first = page.get_by_label("Link to the agreement").is_hidden()
    page.get_by_label("Signed", exact=True).check()

    assert hidden_at_first
    assert page.get_by_label("Link to the agreement").is_visible()


def test_another_row_keeps_what_was_typed(visitor_js_or_not: Visitor) -> None:
    page = visitor_js_or_not.open("/ui/form/")
    page.get_by_label("Post, row 1").fill("Head of health")

    page.get_by_role("button", name="Add another row").click()

    assert page.get_by_label("Post, row 1").input_value() == "Head of health"
    assert page.get_by_label("Post, row 3").is_visible()
    assert page.locator(".govuk-error-summary").count() == 0


def test_enter_in_a_cell_sends_the_form_and_adds_no_row(visitor_js_or_not: Visitor) -> None:
    page = visitor_js_or_not.open("/ui/form/")

    page.get_by_label("Post, row 1").press("Enter")

    page.wait_for_selector(".govuk-error-summary")
    assert page.get_by_label("Post, row 3").count() == 0


def test_the_words_left_are_counted(visitor: Visitor) -> None:
    page = visitor.open("/ui/form/")

    page.get_by_label("What has changed?").fill("A joint team was formed")

    page.wait_for_selector("text=You have 15 words remaining >> visible=true")


def test_a_question_can_be_the_pages_title(any_visitor: Visitor) -> None:
    page = any_visitor.open("/ui/question/")

    picture(any_visitor, "question")

    assert page.get_by_role("heading", level=1).count() == 1
    any_visitor.check_page()


def test_a_running_job_refreshes_its_panel_until_it_is_done(visitor: Visitor) -> None:
    Progress.reads = 0
    page = visitor.open("/ui/progress/")

    page.wait_for_selector("#progress >> text=All rows are read.")

    assert page.locator("#progress").get_attribute("data-refresh") == "off"
    visitor.check_page()


@pytest.mark.parametrize("status", [403, 404])
def test_a_refusal_is_a_page_like_the_others(visitor: Visitor, status: int) -> None:
    page = visitor.open("/ui/refused/" if status == 403 else "/no-such-page/")

    visitor.messages = [heard for heard in visitor.messages if str(status) not in heard]

    assert page.get_by_role("heading", level=1).is_visible()
    visitor.check_page()
