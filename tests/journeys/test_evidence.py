"""An officer puts a link with its pages and a file behind an answer, and takes the file again."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor
from tests.factories.evidence import pdf
from tests.journeys import answers
from tests.journeys.people import ANALYST, AUTHORITY_EDITOR, Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_PLAN = pdf(b"The plan of South Yorkshire")


def test_a_link_and_a_file_stand_behind_an_answer(
    any_way: Way, arrive: Arrive, live_world: LiveWorld, tmp_path: Path
) -> None:
    tasks = f"/rounds/{live_world.facts.round}/returns/{live_world.facts.authority}/"
    officer = arrive(AUTHORITY_EDITOR)
    page = officer.open(f"{tasks}sections/strategy/questions/ST5/")

    _answer_with_a_link(officer)
    _add_a_link_to_pages(officer)
    _send_wrong_files(officer, folder=tmp_path)
    _send_a_file(page, path=_file(tmp_path, "plan.pdf", _PLAN), title="The plan")
    expect(page.get_by_text("The file was added.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"plan\.pdf, PDF, .*SHA-256"))).to_be_visible()
    officer.check_page()
    kept_at = _take(page)
    # A draft is its authority's own.
    refused = arrive(ANALYST).page.context.request.get(f"{officer.site}{kept_at}")
    assert refused.status == 404
    _remove_the_link(officer)


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def _answer_with_a_link(officer: Visitor) -> None:
    page = officer.page
    expect(page.get_by_text("Save your answer first.")).to_be_visible()
    answers.fill(page, code="ST5")
    page.locator('[name="evidence_pages"]').fill("nine")
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter page numbers with commas")
    page.locator('[name="evidence_pages"]').fill("4; 9 to 12")
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(page.get_by_role("link", name="Minutes of the joint board")).to_have_attribute(
        "href", "https://example.org/evidence"
    )
    expect(page.locator("#evidence + ul")).to_contain_text("pages 4, 9-12")


def _open_forms(page: Page) -> None:
    more = page.get_by_text("Add a file or another link")
    if more.count() and not page.get_by_role("button", name="Add this link").is_visible():
        more.click()


def _add_a_link_to_pages(officer: Visitor) -> None:
    page = officer.page
    _open_forms(page)
    page.locator('[name="link"]').fill("example.org/annual-report")
    page.get_by_role("button", name="Add this link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Evidence behind this answer")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    officer.check_page()
    page.locator('[name="link"]').fill("https://example.org/annual-report")
    page.locator('[name="link_title"]').fill("Annual report")
    page.locator('[name="link_pages"]').fill("17")
    page.get_by_role("button", name="Add this link").click()
    expect(page.get_by_text("The link was added.")).to_be_visible()
    expect(page.locator("#evidence + ul")).to_contain_text(
        re.compile(r"Annual report,\s+pages? 17")
    )


def _send_wrong_files(officer: Visitor, *, folder: Path) -> None:
    page = officer.page
    _open_forms(page)
    _send_a_file(page, path=_file(folder, "picture.png", _PLAN), title="The plan")
    refusal = page.locator(".govuk-error-summary")
    expect(refusal).to_contain_text("The file is named .png but holds a PDF.")
    expect(page.locator('[name="file_title"]')).to_have_value("The plan")
    officer.check_page()
    _send_a_file(page, path=_file(folder, "notes.txt", b"Only words"), title="The plan")
    expect(refusal).to_contain_text("Choose a PDF, DOCX, XLSX, PNG or JPG file.")


def _send_a_file(page: Page, *, path: Path, title: str) -> None:
    page.locator('[name="file"]').set_input_files(path)
    page.locator('[name="file_title"]').fill(title)
    page.get_by_role("button", name="Add this file").click()


def _take(page: Page) -> str:
    """Download the file as a person does; give the path of its address."""
    link = page.get_by_role("link", name="The plan")
    with page.expect_download() as taking:
        # No page follows a download, so the click of the tests, which waits for one, is not used.
        link.dispatch_event("click")
    assert taking.value.suggested_filename == "plan.pdf"
    assert Path(taking.value.path()).read_bytes() == _PLAN
    return str(link.get_attribute("href"))


def _remove_the_link(officer: Visitor) -> None:
    page = officer.page
    page.get_by_role("button", name="Remove Annual report").click()
    expect(page.get_by_text("The evidence was removed.")).to_be_visible()
    expect(page.locator("#evidence + ul > li")).to_have_count(2)
    officer.check_page()
