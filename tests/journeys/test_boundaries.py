"""Official boundaries go in by the form; a worker reads them and, once confirmed, stores them."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from authorities.models import BoundarySet
from tests.authorities.actions.test_boundaries import official, rename_first
from tests.browser.visitor import Visitor
from tests.journeys.people import LEAD_ANALYST, Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_IMPORT = "/geography/boundaries/import/"
_NAME = "Counties of the test"
_PATIENCE = 60_000


def test_a_file_is_previewed_confirmed_and_drawn_from(
    any_way: Way, arrive: Arrive, live_world: LiveWorld, worker: Path, tmp_path: Path
) -> None:
    lead = arrive(LEAD_ANALYST)

    page = _send(lead, text=official(), folder=tmp_path)
    expect(page.get_by_role("button", name="Store these boundaries")).to_be_visible(
        timeout=_PATIENCE
    )
    expect(page.get_by_text("Nothing is stored until you confirm.")).to_be_visible()
    lead.check_page()
    assert not BoundarySet.objects.filter(name=_NAME).exists()
    page.get_by_role("button", name="Store these boundaries").click()
    expect(page.get_by_role("heading", name=f"{_NAME} is stored")).to_be_visible(timeout=_PATIENCE)
    lead.check_page()

    assert BoundarySet.objects.get(name=_NAME).boundaries.exists()
    page.get_by_role("link", name="See who serves whom").click()
    expect(page.get_by_text(_NAME).first).to_be_visible()


def test_a_file_that_does_not_fit_is_said_and_can_be_discarded(
    any_way: Way, arrive: Arrive, live_world: LiveWorld, worker: Path, tmp_path: Path
) -> None:
    lead = arrive(LEAD_ANALYST)

    page = _send(lead, text=official(rename_first), folder=tmp_path)
    expect(page.get_by_text("The file cannot be stored yet.")).to_be_visible(timeout=_PATIENCE)
    lead.check_page()
    expect(page.get_by_role("table").first).to_contain_text("E06000099")
    page.get_by_role("button", name="Discard").click()

    expect(page.get_by_text(f"{_NAME} was discarded. Nothing was stored.")).to_be_visible()
    assert not BoundarySet.objects.filter(name=_NAME).exists()


def _send(lead: Visitor, *, text: str, folder: Path) -> Page:
    file = folder / "councils.geojson"
    file.write_text(text)
    page = lead.open(_IMPORT)
    lead.check_page()
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Name").fill(_NAME)
    page.get_by_label("First day").fill("2026-04-01")
    page.get_by_label("Source").fill("ONS")
    page.get_by_label("Licence").fill("Open Government Licence")
    page.get_by_role("button", name="Send and preview").click()
    return page
