"""A file of indicators goes in whole or not at all, and its numbers come out as they went in."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from outcomes.models import Observation
from tests.browser.visitor import Visitor
from tests.journeys.people import AUTHORITY_EDITOR, Arrive, Way
from tests.outcomes.return_file.files import PUBLISHED
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_AUTHORITY = "/authorities/south-yorkshire/"
_UPLOAD = f"{_AUTHORITY}indicators/uploads/new/"
_PATIENCE = 60_000


def test_the_published_file_is_read_and_stored(
    any_way: Way, arrive: Arrive, live_world: LiveWorld, worker: Path
) -> None:
    officer = arrive(AUTHORITY_EDITOR)
    before = Observation.objects.count()

    page = _send(officer, path=PUBLISHED)
    _wait_until_read(page)

    # A download as it is: what is not the authority's is left out, and said.
    expect(page.get_by_role("heading", level=1)).to_have_text("Your file is ready to store")
    expect(page.get_by_text("Nothing from this file counts yet.")).to_be_visible()
    found = page.get_by_role("list", name="What we found")
    expect(found).to_contain_text(re.compile(r"2,128\s*rows read"))
    added, left_out = (_number(found, label) for label in ("new values", "rows left out"))
    assert added > 0
    assert added + left_out == 2128
    assert Observation.objects.count() == before
    officer.check_page()
    page.get_by_role("button", name="Store these figures").click()
    stored = page.get_by_role("list", name="What we stored")
    expect(stored).to_be_visible(timeout=_PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your file is stored")
    assert _number(stored, "new values") == added
    assert Observation.objects.count() == before + added
    officer.check_page()
    _compare_page_and_csv(officer, indicator=live_world.facts.indicator)


def test_a_template_is_filled_in_explained_and_stored(
    any_way: Way, arrive: Arrive, live_world: LiveWorld, worker: Path, tmp_path: Path
) -> None:
    officer = arrive(AUTHORITY_EDITOR)
    page = officer.open(_UPLOAD)
    link = page.get_by_role("link", name="Template with the indicators you have figures for (CSV)")
    answer = page.context.request.get(f"{officer.site}{link.get_attribute('href')}")
    rows = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))
    for row in rows:
        row["Value"] = f"{float(row['Value']) / 2:.4f}" if row["Value"] else ""
        row.update({name: "" for name in row if "limit" in name})
    filled = tmp_path / "filled.csv"
    with filled.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)

    page = _send(officer, path=filled)
    _wait_until_read(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm what is unusual")
    officer.check_page()
    for question in page.get_by_label(re.compile("^Why ")).all():
        question.fill("A try.")
    page.get_by_role("button", name="Save reasons").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your file is ready to store")
    page.get_by_role("button", name="Store these figures").click()
    expect(page.get_by_role("list", name="What we stored")).to_be_visible(timeout=_PATIENCE)
    officer.check_page()


def test_a_file_with_errors_is_refused_whole(
    any_way: Way, arrive: Arrive, live_world: LiveWorld, worker: Path, tmp_path: Path
) -> None:
    officer = arrive(AUTHORITY_EDITOR)
    before = Observation.objects.count()
    wrong = tmp_path / "wrong.csv"
    lines = PUBLISHED.read_text(encoding="utf-8").splitlines()[:40]
    columns = lines[0].split(",")
    cells = next(csv.reader([lines[9]]))
    cells[columns.index("Area Code")] = "E99999999"
    cells[columns.index("Value")] = "sixty"
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    wrong.write_text("\n".join([*lines[:9], written.getvalue().strip(), *lines[10:]]) + "\n")

    page = _send(officer, path=wrong)
    _wait_until_read(page)

    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.get_by_text("Nothing from this file was stored.")).to_be_visible()
    for kind, given in (("Not identified: 1 cell", "E99999999"), ("To fix: 1 cell", "sixty")):
        table = page.get_by_role("region", name=kind).get_by_role("table")
        expect(table).to_contain_text(given)
        # The tenth line of the file, where a spreadsheet shows it.
        expect(table.get_by_role("rowheader").first).to_contain_text("10")
    assert Observation.objects.count() == before
    officer.check_page()


def _send(officer: Visitor, *, path: Path) -> Page:
    page = officer.open(_UPLOAD)
    officer.check_page()
    page.locator('input[type="file"]').set_input_files(path)
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    officer.check_page()
    return page


def _wait_until_read(page: Page) -> None:
    """Watch the page, which refreshes itself, with scripts and without."""
    expect(page.get_by_role("list", name="What we found")).to_be_visible(timeout=_PATIENCE)


def _number(counts: Locator, label: str) -> int:
    box = counts.get_by_role("listitem").filter(has_text=label)
    return int(box.locator("b").inner_text().replace(",", ""))


def _compare_page_and_csv(officer: Visitor, *, indicator: str) -> None:
    page = officer.open(_AUTHORITY)
    if officer.scripts:
        page.wait_for_selector("[data-chart][data-ready]")
    officer.check_page()
    link = page.locator(f'a[href$="{indicator}.csv"]').first
    answer = page.context.request.get(f"{officer.site}{link.get_attribute('href')}")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text().removeprefix("\ufeff"))))
    assert {row["indicator_code"] for row in rows} == {indicator}
    # The page tells the authority's history in tables, too.
    figures = page.locator("caption", has_text="Healthy life expectancy")
    shown = page.locator("table").filter(has=figures).all_inner_texts()
    values = {cell for row in rows for cell in row.values() if cell}
    numbers = {text for table in shown for text in table.split() if _is_number(text)}
    rounded = {f"{float(value):.1f}" for value in values if _is_number(value)}
    assert numbers
    assert numbers <= rounded


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit() and "." in text
