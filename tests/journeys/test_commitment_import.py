"""An officer of an ICB proposes what it had in a spreadsheet, from a wrong file to stored rows."""

import pytest
from playwright.sync_api import Page, expect

from engagement.models import Commitment, CommitmentState
from tests.engagement.commitment_sheets import csv_file
from tests.journeys.conftest import in_two_ways
from tests.journeys.people import BOARD_EDITOR, Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLES = ("Share one list of warm homes", "Meet each month about work and health")


def _send(page: Page, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "commitments.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Upload and check").click()


@in_two_ways
def test_a_spreadsheet_becomes_proposals(
    any_way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    officer = arrive(BOARD_EDITOR)
    page = officer.page
    officer.open("/icbs/south-yorkshire/commitments/")
    page.get_by_role("link", name="from a file").first.click()
    rows = [{"ICB": "", "Authority": "south-yorkshire", "Title": title} for title in TITLES]

    _send(page, csv_file({**rows[0], "Date": "someday"}, rows[1]))
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.get_by_text("Nothing of your file was stored.")).to_be_visible()
    officer.check_page()
    assert not Commitment.objects.filter(title__in=TITLES).exists()

    _send(page, csv_file(*rows))
    expect(page.get_by_role("heading", level=1)).to_have_text("Check what you propose")
    for title in TITLES:
        expect(page.get_by_text(title)).to_be_visible()
    officer.check_page()
    officer.check_as_on_a_phone()
    assert not Commitment.objects.filter(title__in=TITLES).exists()

    page.get_by_role("button", name="Propose them").click()
    expect(page.locator(".govuk-notification-banner")).to_be_visible()
    officer.check_page()
    made = Commitment.objects.filter(title__in=TITLES)
    assert {row.state for row in made} == {CommitmentState.PROPOSED}
    assert made.count() == len(TITLES)
