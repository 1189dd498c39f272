"""An analyst drafts a national view, a moderator agrees to it, and the picture rests on it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.journeys.conftest import in_two_ways
from tests.journeys.people import ANALYST, MODERATOR, Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_SECONDS = 20


@in_two_ways
def test_a_draft_is_written_from_what_the_site_holds_returned_agreed_and_placed(
    any_way: Way, arrive: Arrive, live_world: LiveWorld, worker: Path
) -> None:
    analyst, moderator = arrive(ANALYST), arrive(MODERATOR)

    pair = _take_up(analyst)
    draft_side(analyst, pair=pair, side="sa", level="high")
    draft_side(analyst, pair=pair, side="icb", level="low")
    send(analyst, pair=pair)

    _return(moderator, pair=pair)
    expect(analyst.open(pair).get_by_text("Name a partner.")).to_be_visible()
    send(analyst, pair=pair)
    agree(moderator, pair=pair)

    _see_the_placement(analyst, pair=pair)


def _take_up(analyst: Visitor) -> str:
    page = analyst.open("/review/pairs/?assigned=mine&state=not_started")
    analyst.check_page()
    page.locator("table tbody th a").first.click()
    analyst.check_page()
    pair = re.sub(r"^https?://[^/]+", "", page.url)
    page.get_by_role("link", name="Start the draft").click()
    analyst.check_page()
    page.get_by_role("button", name="Start the draft").click()
    expect(page.get_by_text("The draft is yours.")).to_be_visible()
    return pair


def draft_side(analyst: Visitor, *, pair: str, side: str, level: str) -> None:
    page = analyst.open(f"{pair}sides/{side}/")
    analyst.check_page()
    for radio in page.locator(f'input[type="radio"][value="{level}"]').all():
        radio.check()
    # What the body gave with its own view is offered.
    page.locator('input[name="held"]').first.check()
    page.get_by_role("button", name="Save and go to the level").click()
    expect(page.get_by_role("heading", name=re.compile("^Level of"))).to_be_visible()
    analyst.check_page()
    page.get_by_label("Rationale", exact=True).fill(f"The minutes bear out {level}.")
    page.get_by_label("Private note", exact=True).fill("Between us.")
    page.get_by_role("button", name="Save the level").click()
    expect(page.get_by_text("is saved.")).to_be_visible()


def send(analyst: Visitor, *, pair: str) -> None:
    page = analyst.open(f"{pair}send/")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("It is sent.")).to_be_visible()


def _return(moderator: Visitor, *, pair: str) -> None:
    page = moderator.open("/review/moderation/")
    moderator.check_page()
    page.locator(f'a[href="{pair}"]').first.click()
    page.get_by_role("link", name="Return it to its drafter").click()
    moderator.check_page()
    page.get_by_role("button", name="Return it").click()
    expect(page.get_by_role("link", name="Say what needs to change")).to_be_visible()
    page.get_by_label("What needs to change?").fill("Name a partner.")
    page.get_by_role("button", name="Return it").click()
    expect(page.get_by_text("It is a draft again")).to_be_visible()


def agree(moderator: Visitor, *, pair: str) -> None:
    page = moderator.open(f"{pair}agree/")
    moderator.check_page()
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("You have agreed.")).to_be_visible()
    moderator.check_page()


def _see_the_placement(analyst: Visitor, *, pair: str) -> None:
    round_, authority, board = pair.strip("/").split("/")[-3:]
    path = f"/pairs/{authority}/{board}/?round={round_}"
    for _second in range(_SECONDS):
        page = analyst.open(path)
        if page.get_by_text("The minutes bear out high.").count():
            break
        page.wait_for_timeout(1000)
    expect(page.get_by_text("The minutes bear out high.")).to_be_visible()
    expect(page.get_by_text("In-depth support").first).to_be_visible()
    expect(page.get_by_text("Between us.")).to_have_count(0)
