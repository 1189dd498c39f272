"""Dashboards of progress are read with scripts, without them, wide and on a phone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from outcomes.actions import indicator_pages, progress, progress_methods
from outcomes.models import FrameworkIndicator
from tests.browser.visitor import Visitor
from tests.factories.authorities import CouncilFactory, CouncilMembershipFactory
from tests.factories.progress import OwnerNoteFactory
from tests.outcomes.progress_world import framework_with, published

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


def one_in_force() -> FrameworkIndicator:
    """An indicator of a framework in force, with all that dashboards show of it."""
    now = timezone.now()
    progress_methods.load(at=now)
    version = framework_with({2019: 60.0, 2020: 60.4, 2022: 61.0}, {2019: 60.0})
    authority = version.framework.authority
    row = version.indicators.order_by("order")[0]
    council = CouncilFactory(name="Ashby")
    CouncilMembershipFactory(authority=authority, council=council)
    published(row.indicator, council, {2019: 59.0, 2022: 58.0})
    indicator_pages.refresh(authority=authority, at=now)
    progress.refresh(authority=authority, at=now)
    progress.refresh_nation(at=now)
    OwnerNoteFactory(framework_indicator=row, contested=True)
    return row


def addresses_of(row: FrameworkIndicator) -> tuple[str, ...]:
    """The nation's dashboard, the authority's, and the indicator's own page."""
    framework = row.framework_version.framework
    return (
        "/progress/",
        f"/progress/authorities/{framework.authority.slug}/",
        f"/progress/frameworks/{framework.pk}/indicators/{row.lineage}/",
    )


def test_the_dashboards_and_an_indicator_are_read(any_visitor: Visitor) -> None:
    for address in addresses_of(one_in_force()):
        any_visitor.open(address)
        any_visitor.check_page()
        any_visitor.check_as_on_a_phone()
    expect(any_visitor.page.get_by_text("The way to the target")).to_be_visible()


def test_on_paper_a_dashboard_keeps_its_tables_and_leaves_nothing_out(any_visitor: Visitor) -> None:
    _, authority, _ = addresses = addresses_of(one_in_force())
    page = any_visitor.page
    page.emulate_media(media="print")
    # A4 within the margins of a browser, in CSS pixels.
    page.set_viewport_size({"width": 718, "height": 1000})

    widths = []
    for address in addresses:
        any_visitor.open(address)
        widths.append(page.evaluate("document.documentElement.scrollWidth"))
    any_visitor.open(authority)

    assert widths == [718] * 3
    quiet = page.locator("#indicators ~ table td.app-quiet").first
    expect(quiet).to_be_visible()
    assert quiet.evaluate("cell => getComputedStyle(cell).display") == "table-cell"
    expect(page.get_by_text("On a narrow screen")).to_be_hidden()
