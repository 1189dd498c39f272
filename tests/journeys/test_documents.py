"""A signed return is a PDF within seconds, and its answers are files for their people."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.journeys.people import ANALYST, Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# This authority's return waits for its signature in the demonstration.
_SIGNATORY = "signatory@york-and-north-yorkshire.example"
_PATIENCE = 60_000


def test_a_return_is_signed_and_taken_away(
    any_way: Way, arrive: Arrive, live_world: LiveWorld, worker: Path
) -> None:
    signatory, analyst = arrive(_SIGNATORY), arrive(ANALYST)
    round_ = live_world.facts.round
    page = signatory.open(f"/rounds/{round_}/returns/york-and-north-yorkshire/sign-off/")

    form = page.locator("form", has=page.get_by_role("button", name="Sign and submit"))
    form.get_by_role("checkbox").check()
    page.get_by_role("button", name="Sign and submit").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Return submitted")
    reference = page.locator(".govuk-panel__body strong").inner_text()
    # The page keeps itself up to date, with scripts and without.
    expect(page.get_by_role("link", name="The return as submitted")).to_be_visible(
        timeout=_PATIENCE
    )
    signatory.check_page()
    name, document = _take(page, "The return as submitted")
    assert name == f"{reference}.pdf"
    assert document.startswith(b"%PDF-")
    _read_own_answers(page)
    page = analyst.open(f"/rounds/{round_}/control/")
    analyst.check_page()
    _read_answers_of_all(page, reference=reference)


def _take(page: Page, label: str) -> tuple[str, bytes]:
    """Download a file as a person does; return its name and what it holds."""
    with page.expect_download() as taking:
        # No page follows a download, and the click of the tests waits for one.
        page.get_by_role("link", name=label).first.dispatch_event("click")
    return taking.value.suggested_filename, Path(taking.value.path()).read_bytes()


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _read_own_answers(page: Page) -> None:
    name, content = _take(page, "Your answers, one a row")
    assert name.endswith("york-and-north-yorkshire-answers.csv")
    rows = _rows(content)
    assert {row["authority"] for row in rows} == {"york-and-north-yorkshire"}
    assert {row["return_state"] for row in rows} == {"submitted"}
    # What the page shows is in the file.
    shown = page.locator("main").inner_text()
    link = next(row["answer"] for row in rows if row["question"] == "ST8")
    assert link in shown
    name, content = _take(page, "Your answers, evidence and data dictionary")
    assert name.endswith(".xlsx")
    _has_as_many(content, rows)


def _has_as_many(content: bytes, rows: list[dict[str, str]]) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheet = book.get_sheet_by_name("Returns").to_python()
    head = next(place for place, row in enumerate(sheet) if "question" in row)
    assert len(sheet) - head - 1 == len(rows)


def _read_answers_of_all(page: Page, *, reference: str) -> None:
    _, content = _take(page, "Answers, one a row")
    rows = _rows(content)
    signed = [row for row in rows if row["authority"] == "york-and-north-yorkshire"]
    assert {row["submission"] for row in signed} == {reference}
    # A draft is its authority's own.
    drafted = [row for row in rows if row["authority"] == "south-yorkshire"]
    assert {row["answer"] for row in drafted} == {""}
    _, content = _take(page, "Answers, evidence and data dictionary")
    _has_as_many(content, rows)
    for label in ("Answers, one authority a row", "Evidence", "Data dictionary"):
        name, content = _take(page, f"{label} (CSV)")
        assert name.endswith(".csv")
        assert _rows(content)
