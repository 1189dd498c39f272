"""Every page of the site is accessible, quiet, at home and still, on screens and on paper."""

import pytest
from playwright.sync_api import Browser, Response

from tests.architecture.addresses import ADDRESSES, Visitor
from tests.architecture.things import address_of
from tests.journeys.conftest import in_two_ways
from tests.journeys.people import Way
from tests.journeys.walking import check_whole, is_page, look_at, somebody, unknown_figure
from tests.world import FurnishedSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_VISITORS = (
    Visitor.ANYBODY,
    Visitor.OWN_SIGNATORY,
    Visitor.BOARD_SIGNATORY,
    Visitor.ANALYST,
    Visitor.READER,
    Visitor.ADMINISTRATOR,
)


# What these show depends on who looks.
_OF_THE_VISITOR = {"home", "engagement:national", "engagement:pair", "outcomes:authority"}
# Files at addresses like those of pages, and pages that end the session of those after them.
_NO_PAGES = {
    "duty:evidence-file",
    "agreements:document-file",
    "outcomes:upload-marked",
    "account_logout",
    "account_session",
}


def pages_of(visitor: Visitor, *, things: dict[str, str]) -> dict[str, str]:
    """Return the addresses of what the visitor may see, by name.

    What earlier visitors saw just so, they need not.
    """
    earlier = _VISITORS[: _VISITORS.index(visitor)]
    addresses = {
        name: address_of(name, things=things)
        for name, rule in ADDRESSES.items()
        if rule.get[visitor] == 200
        and name not in _NO_PAGES
        and (name in _OF_THE_VISITOR or not any(rule.get[other] == 200 for other in earlier))
    }
    return {name: address for name, address in addresses.items() if is_page(name, address)}


# Each page is loaded twice: with scripts it is looked at in every width, without them in three.
@in_two_ways
@pytest.mark.parametrize("visitor", _VISITORS, ids=lambda visitor: visitor.name)
def test_every_page_of_a_visitor_is_sound(
    visitor: Visitor, any_way: Way, furnished_site: FurnishedSite, browser: Browser
) -> None:
    found: dict[str, str] = {}
    with somebody(visitor, browser=browser, site=furnished_site.site, way=any_way) as person:
        for name, address in pages_of(visitor, things=furnished_site.things).items():
            answer = look_at(person, address)
            found |= _faults(name, answer, person.page.title())
            if unknown_figure(person, name):
                found[name] = "has a figure that FIGURES does not name"
            try:
                check_whole(person)
            except AssertionError as error:
                found[name] = str(error)[:1500]

    assert not found, "\n".join(f"{name}: {fault}" for name, fault in found.items())


def _faults(name: str, answer: Response | None, title: str) -> dict[str, str]:
    if answer is None or answer.status != 200:
        return {name: f"answered {answer.status if answer else 'nothing'}"}
    return {} if title.endswith(" - Health Duty Tracker") else {name: f"is titled {title!r}"}
