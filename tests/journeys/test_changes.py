"""Two boards merge: proposed, refused once, previewed, approved, scheduled, and done on its day."""

import re
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from authorities.actions.reorganisation_jobs import apply_due
from tests.architecture.addresses import Visitor as Person
from tests.browser.visitor import Visitor
from tests.journeys.people import Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_TITLE = "South and West Yorkshire ICBs merge"
_DAY = date(2027, 4, 1)


def test_two_boards_merge_on_their_day(any_way: Way, arrive: Arrive, live_world: LiveWorld) -> None:
    analyst, lead, administrator = (
        arrive(Person.ANALYST),
        arrive(Person.LEAD_ANALYST),
        arrive(Person.ADMINISTRATOR),
    )

    change = _propose(analyst)
    _preview_and_decide(analyst, change)
    _see_it_beside_today(analyst, change)
    _approve(lead, change)
    _schedule(administrator, change)
    _see_it_announced(arrive())
    assert apply_due(today=_DAY, at=timezone.now()) == 1
    _see_it_done(arrive(), administrator, change)


def _press(page: Page, name: str) -> None:
    """Press a button, or a link that looks like one, and wait for the page that follows."""
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state("load")


def _propose(analyst: Visitor) -> str:
    page = analyst.open("/")
    page.get_by_role("link", name="Changes", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Changes of bodies and areas")
    analyst.check_page()
    _press(page, "Propose a change")
    analyst.check_page()
    _press(page, "Save and continue")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter what the change is called")
    analyst.check_page()
    page.get_by_label("What is it called?").fill(_TITLE)
    page.get_by_label("On which day does it take effect?").fill("1 April 2027")
    page.get_by_label("Where does it say so?").fill("The order of 3 November 2026")
    page.get_by_label("High").check()
    _press(page, "Save and continue")
    analyst.check_page()
    page.get_by_label("Bodies merge").check()
    _press(page, "Continue")
    analyst.check_page()
    page.get_by_label("South Yorkshire (").check()
    page.get_by_label("West Yorkshire (").check()
    page.get_by_label("A new one").check()
    page.get_by_label("Name of the new ICB").fill("NHS Yorkshire Integrated Care Board")
    page.get_by_label("Short name").fill("Yorkshire")
    page.get_by_label("ODS code").fill("QHM")
    page.get_by_label("NHS region").select_option("north-east-and-yorkshire")
    _press(page, "Add to the change")
    expect(page.locator(".govuk-error-summary")).to_contain_text(
        "The ODS code QHM is of North East and North Cumbria ICB"
    )
    expect(page.get_by_label("Short name")).to_have_value("Yorkshire")
    analyst.check_page()
    page.get_by_label("ODS code").fill("QYY")
    _press(page, "Add to the change")
    expect(page.get_by_text("Yorkshire ICB begins.", exact=True)).to_be_visible()
    analyst.check_page()
    return page.url.removeprefix(analyst.site)


def _preview_and_decide(analyst: Visitor, change: str) -> None:
    page = analyst.open(change)
    _press(page, "Preview the change")
    expect(page.get_by_text("South Yorkshire with Yorkshire ICB").first).to_be_visible()
    analyst.check_page()
    page.get_by_label("Sam Okoro, signatory at West Yorkshire").select_option("Ends")
    _press(page, "Save what becomes of the roles")
    expect(page.get_by_label("Sam Okoro, signatory at West Yorkshire")).to_have_value("")
    expect(page.get_by_label("Sam Okoro, signatory at South Yorkshire")).to_have_value("yorkshire")


def _see_it_beside_today(analyst: Visitor, change: str) -> None:
    page = analyst.open(f"{change}what-if/")
    expect(page.get_by_role("heading", name="With the change, 1 April 2027")).to_be_visible()
    expect(page.locator("svg.app-map")).to_have_count(2)
    analyst.check_page()


def _approve(lead: Visitor, change: str) -> None:
    page = lead.open(change)
    lead.check_page()
    _press(page, "Approve the change")
    expect(page.get_by_text("South Yorkshire with Yorkshire ICB").first).to_be_visible()
    lead.check_page()
    _press(page, "Approve this change")
    expect(page.get_by_text("Waits to be scheduled").first).to_be_visible()


def _schedule(administrator: Visitor, change: str) -> None:
    page = administrator.open(change)
    _press(page, "Schedule the change")
    administrator.check_page()
    reason = page.get_by_label("Why can it not wait?")
    if reason.count():
        reason.fill("The order says so.")
    _press(page, "Schedule this change")
    expect(page.get_by_text("It happens by itself at the start of its day.").first).to_be_visible()
    administrator.check_page()


def _see_it_announced(visitor: Visitor) -> None:
    page = visitor.open("/icbs/south-yorkshire/")
    expect(page.get_by_text("This board is part of a change on 1 April 2027.")).to_be_visible()
    visitor.check_page()


def _see_it_done(visitor: Visitor, administrator: Visitor, change: str) -> None:
    page = visitor.open("/icbs/?as_at=2027-04-01")
    expect(page.get_by_text("35 integrated care boards on 1 April 2027")).to_be_visible()
    visitor.open("/icbs/south-yorkshire/?as_at=2027-04-01")
    successor = page.locator(".govuk-inset-text").get_by_role(
        "link", name=re.compile("NHS Yorkshire Integrated Care Board")
    )
    expect(successor).to_be_visible()
    visitor.check_page()
    successor.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("NHS Yorkshire Integrated Care Board")
    administrator.open(change)
    expect(administrator.page.get_by_text("Took effect on 1 April 2027.")).to_be_visible()
    administrator.check_page()


def test_a_split_and_a_transfer_are_tried_out_as_a_what_if(
    arrive: Arrive, live_world: LiveWorld
) -> None:
    analyst = arrive(Person.ANALYST)
    page = analyst.open("/changes/new/?what_if=1")
    page.get_by_label("What is it called?").fill("What if Merseyside stood alone")
    page.get_by_label("On which day does it take effect?").fill("1/4/2027")
    page.get_by_label("Where does it say so?").fill("An idea")
    page.get_by_label("Low").check()
    _press(page, "Save and continue")
    expect(page.get_by_text("A draft. Nothing here has happened.")).to_be_visible()

    page.get_by_label("A body is split").check()
    _press(page, "Continue")
    page.get_by_label("Which ICB is split?").select_option("cheshire-and-merseyside")
    page.get_by_label("Who takes over, 1 of 4").select_option("new")
    page.get_by_text("Describe number 1, if it is new").click()
    described = page.locator("details").first
    described.get_by_label("Name of the new ICB").fill("NHS Merseyside Integrated Care Board")
    described.get_by_label("Short name").fill("Merseyside")
    described.get_by_label("NHS region").select_option("north-west")
    page.get_by_label("Who takes over, 2 of 4").select_option("lancashire-and-south-cumbria")
    analyst.check_page()
    _press(page, "Continue to the areas")
    analyst.check_page()
    for select in page.locator("main select").all():
        select.select_option("merseyside")
    page.get_by_label("Who takes over Wirral").select_option("divided")
    page.get_by_label("Percentage of Wirral that goes to Merseyside").fill("60")
    page.get_by_label("Percentage of Wirral that goes to Lancashire").fill("30")
    _press(page, "Add to the change")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Wirral add up to 90")
    analyst.check_page()
    page.get_by_label("Percentage of Wirral that goes to Lancashire").fill("40")
    _press(page, "Add to the change")
    expect(page.get_by_text("60% of Wirral", exact=False).first).to_be_visible()

    _press(page, "Add to what happens")
    page.get_by_label("Area moves").check()
    _press(page, "Continue")
    page.get_by_label("Which ICB the area leaves").select_option("devon")
    page.get_by_label("Which ICB the area joins").select_option("somerset")
    _press(page, "Continue to the areas")
    analyst.check_page()
    page.get_by_label("Torbay moves").check()
    _press(page, "Add to the change")
    analyst.check_page()
    _press(page, "Preview the change")
    expect(page.get_by_role("heading", level=1)).to_have_text("What if, beside today")
    begins = page.get_by_role("rowheader", name="Devon and Torbay with Somerset ICB")
    expect(begins.first).to_be_visible()
    analyst.check_page()
