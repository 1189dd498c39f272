"""Both sides confirm their views, a worker places the pair, and the analyst sees it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import Visitor
from tests.journeys.people import (
    ANALYST,
    AUTHORITY_EDITOR,
    AUTHORITY_SIGNATORY,
    BOARD_SIGNATORY,
    Arrive,
    Way,
)
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_PAIR = "/pairs/south-yorkshire/south-yorkshire/"
# "Within seconds" of the client; the sweep alone would take up to ten.
_SECONDS = 20


def test_confirmed_views_of_both_sides_move_the_national_page(
    any_way: Way, arrive: Arrive, live_world: LiveWorld, worker: Path
) -> None:
    editor, signatory, board = (
        arrive(AUTHORITY_EDITOR),
        arrive(AUTHORITY_SIGNATORY),
        arrive(BOARD_SIGNATORY),
    )
    analyst = arrive(ANALYST)
    analyst.open(f"/national/?round={live_world.facts.round}")
    expect(_listed(analyst.page)).to_contain_text("Not assessed")

    _draft(editor, levels={"S1": "high", "S2": "high", "S3": "high", "S4": "high"}, rest="partial")
    _confirm(signatory, level="Partial")
    _draft(board, levels={"I1": "low", "I2": "low", "I3": "low", "I4": "low"}, rest="low")
    _confirm(board, level="Low")

    _see_the_placement(analyst, round=live_world.facts.round)
    _see_the_reasons(analyst)
    _see_that_the_public_does_not(arrive())


def _draft(visitor: Visitor, *, levels: dict[str, str], rest: str) -> None:
    page = visitor.open(_PAIR)
    page.get_by_role("link", name=re.compile("^(Give|Continue) your view$")).click()
    visitor.check_page()
    groups = page.locator('input[type="radio"][value="high"]')
    codes = [name.removesuffix("-level") for name in groups.evaluate_all("e => e.map(i => i.name)")]
    assert len(codes) >= 6
    for code in codes:
        level = levels.get(code, rest)
        page.locator(f'input[name="{code}-level"][value="{level}"]').check()
        if level != "partial":
            page.locator(f'[name="{code}-title"]').fill(f"Minutes on {code}")
            page.locator(f'[name="{code}-url"]').fill(f"https://example.org/{code}")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(page.locator(f'input[name="{codes[0]}-level"]:checked')).to_have_count(1)
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Check your view"))
    visitor.check_page()


def _confirm(visitor: Visitor, *, level: str) -> None:
    page = visitor.open(f"{_PAIR}own-view/check/")
    expect(page.get_by_text(f"The statements give {level}")).to_be_visible()
    page.get_by_label(level, exact=True).check()
    page.get_by_role("button", name="Confirm our view").click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    visitor.check_page()


def _listed(page: Page) -> Locator:
    return page.locator(
        '[aria-labelledby="all-pairs"] tbody tr', has=page.locator(f'a[href*="{_PAIR}"]')
    )


def _see_the_placement(analyst: Visitor, *, round: str) -> None:
    page = analyst.page
    row = _listed(page)
    for _ in range(_SECONDS):
        page.reload()
        if "Not assessed" not in row.inner_text():
            break
        page.wait_for_timeout(1000)
    expect(row).not_to_contain_text("Not assessed")
    group = row.locator('[data-l="Support group"]').inner_text().strip()
    expect(row.locator('[data-l="Authority"]')).to_contain_text("Partial")
    expect(row.locator('[data-l="ICB"]')).to_contain_text("Low")
    cell = page.locator(".app-matrix td", has=page.locator(f'a[href*="{_PAIR}"]'))
    expect(cell).to_have_count(1)
    expect(cell).to_contain_text(group)
    area = page.locator(f'.app-map a[href*="{_PAIR}"]').first
    expect(area).to_have_attribute("aria-label", re.compile(f"South Yorkshire.*{group}", re.DOTALL))
    tile = page.locator('.app-tiles a[aria-label*="South Yorkshire"]')
    expect(tile).to_have_attribute("aria-label", re.compile(group))
    expect(page.get_by_text("Own views, not moderated").first).to_be_visible()
    analyst.check_page()


def _see_the_reasons(analyst: Visitor) -> None:
    page = analyst.page
    _listed(page).get_by_role("link").click()
    expect(page.get_by_text("working placement, not published")).to_be_visible()
    expect(page.get_by_text("Own views, not moderated").first).to_be_visible()
    expect(page.get_by_text("Minutes on S1")).to_be_visible()
    expect(page.get_by_text("Minutes on I1")).to_be_visible()
    expect(page.get_by_text(re.compile("coterminous", re.IGNORECASE)).first).to_be_visible()
    expect(page.get_by_text(re.compile(r"100(\.0)?%")).first).to_be_visible()
    analyst.check_page()


def _see_that_the_public_does_not(visitor: Visitor) -> None:
    page = visitor.open(_PAIR)
    expect(page.get_by_text("Minutes on S1")).to_have_count(0)
    expect(page.get_by_text("working placement, not published")).to_have_count(0)
    visitor.check_page()
