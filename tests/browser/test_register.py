"""The register's pages in a real browser, with and without scripts, on a desk and on a phone."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.browser.visitor import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


def test_the_register_is_read_from_a_list_to_a_board_on_any_day(any_visitor: Visitor) -> None:
    call_command("load_register", stdout=StringIO())
    call_command("load_boundaries", stdout=StringIO())

    page = any_visitor.open("/authorities/?as_at=2026-11-23")
    any_visitor.check_page()
    page = any_visitor.open("/icbs/?as_at=2026-11-23")
    any_visitor.check_page()
    page.get_by_label("Show the register on").fill("never")
    page.get_by_role("button", name="Show this day").click()
    assert page.get_by_role("link", name="Enter a date as year, month and day").is_visible()
    assert page.get_by_label("Show the register on").input_value() == "never"
    any_visitor.check_page()
    page.get_by_label("Show the register on").fill("2026-03-31")
    page.get_by_role("button", name="Show this day").click()
    page.get_by_role("link", name="Frimley", exact=True).click()

    assert page.get_by_role("heading", level=1).inner_text() == "NHS Frimley Integrated Care Board"
    assert page.get_by_role("link", name="NHS Thames Valley Integrated Care Board").is_visible()
    assert page.get_by_role("img", name="Map: the area of NHS Frimley").is_visible()
    any_visitor.check_page()


def test_a_council_leads_to_its_boards_and_the_register_to_its_files(
    any_visitor: Visitor,
) -> None:
    call_command("load_register", stdout=StringIO())
    call_command("load_boundaries", stdout=StringIO())

    page = any_visitor.open("/councils/?as_at=2026-03-31")
    any_visitor.check_page()
    page.get_by_role("link", name="Essex", exact=True).click()
    any_visitor.check_page()
    page.get_by_role("link", name="Mid and South Essex", exact=True).click()
    assert page.get_by_role("heading", name="Timeline").is_visible()
    page = any_visitor.open("/register/?as_at=2026-03-31")
    any_visitor.check_page()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Bodies (CSV)").click()

    assert saved.value.suggested_filename == "register-bodies-2026-03-31.csv"
