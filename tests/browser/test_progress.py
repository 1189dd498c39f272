"""Dashboards of progress are read with scripts, without them, wide and on a phone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from outcomes.actions import indicator_pages, progress, progress_methods
from tests.browser.visitor import Visitor
from tests.factories.authorities import CouncilFactory, CouncilMembershipFactory
from tests.factories.progress import OwnerNoteFactory
from tests.outcomes.progress_world import framework_with, published

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


def test_the_dashboards_and_an_indicator_are_read(any_visitor: Visitor) -> None:
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

    for address in (
        "/progress/",
        f"/progress/authorities/{authority.slug}/",
        f"/progress/frameworks/{version.framework_id}/indicators/{row.lineage}/",
    ):
        any_visitor.open(address)
        any_visitor.check_page()
        any_visitor.check_as_on_a_phone()
    expect(any_visitor.page.get_by_text("The way to the target")).to_be_visible()
