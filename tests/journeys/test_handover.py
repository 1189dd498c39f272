"""After a merger, both sides of a pair read what came to them and say what becomes of it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from authorities.models import Body, Role, User
from authorities.reorganisation.operations import Merge
from tests.browser.visitor import Visitor
from tests.factories import reorganisations as change
from tests.factories.authorities import MembershipFactory
from tests.journeys.conftest import in_two_ways
from tests.journeys.people import Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_NEW = change.board("yorkshire")


def _signatory(body: Body) -> User:
    found: User = MembershipFactory(body=body, role=Role.SIGNATORY).user
    return found


@in_two_ways
def test_what_came_over_waits_until_both_sides_have_said_what_becomes_of_it(
    any_way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    sources = (change.board(live_world.facts.board), change.board("west-yorkshire"))
    change.applied((change.opened(_NEW), Merge(sources=sources, target=_NEW)))
    board = arrive(_signatory(change.body(_NEW)).email)
    own = change.body(change.authority(live_world.facts.authority))
    authority = arrive(_signatory(own).email)

    _look(board, reverse("engagement:board-handover", args=["yorkshire"]))
    _look(authority, reverse("engagement:authority-handover", args=[own.slug]))
    _confirm_one(board)


def _look(visitor: Visitor, address: str) -> None:
    page = visitor.open(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("After a change of bodies")
    expect(page.get_by_role("link", name="Confirm it again").first).to_be_visible()
    visitor.check_page()
    visitor.check_as_on_a_phone()


def _confirm_one(board: Visitor) -> None:
    page = board.open(reverse("engagement:board-handover", args=["yorkshire"]))
    waiting = page.get_by_role("link", name="Confirm it again").count()
    page.get_by_role("link", name="Confirm it again").first.click()
    board.check_page()
    page.get_by_role("button", name="Confirm").click()
    page = board.open(reverse("engagement:board-handover", args=["yorkshire"]))
    expect(page.get_by_role("link", name="Confirm it again")).to_have_count(waiting - 1)
    expect(page.get_by_text("Confirmed again").first).to_be_visible()
    board.check_page()
