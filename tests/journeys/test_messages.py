"""The centre sees what is due to be told and what was told, and what failed is tried again."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from authorities.actions import message_sending
from authorities.models import Message, Notice, StrategicAuthority, User
from duty.models import Round
from tests.browser.visitor import Visitor
from tests.journeys.conftest import in_two_ways
from tests.journeys.people import ADMINISTRATOR, ANALYST, AUTHORITY_EDITOR, Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# A page holds 25.
_MANY = 30


@in_two_ways
def test_messages_are_seen_before_and_after_they_are_sent(
    any_way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    round_ = Round.objects.get(slug=live_world.facts.round)
    analyst, administrator = arrive(ANALYST), arrive(ADMINISTRATOR)

    message_sending.send_waiting(at=timezone.now())
    _see_what_is_due(analyst, round_=round_)
    _send_many(round_)
    _page_through_what_was_sent(analyst)
    _see_to_whom(administrator)
    _let_one_fail()
    _see_the_failure(analyst)
    _try_again(administrator)


def _see_what_is_due(analyst: Visitor, *, round_: Round) -> None:
    # Dates stay in order: the last day of the round is later still.
    Round.objects.filter(pk=round_.pk).update(due_on=timezone.localdate() + timedelta(days=2))
    page = analyst.open(f"/rounds/{round_.slug}/control/")
    page.get_by_role("link", name=re.compile("[Mm]essages")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(round_.name)
    analyst.check_page()
    due = _listed(page, under="due")
    assert re.search(r"South Yorkshire[^\n]*\n*.*Due today", due), due
    # Who has submitted is not reminded of the return, though own views may still be due.
    assert not re.search(r"Tees Valley[^\n\t]*[\n\t]+(Reminder|Due today|Overdue)", due), due


def _listed(page: Page, *, under: str) -> str:
    """Return the words of a table on all its pages, from its heading's first."""
    text = ""
    while True:
        table = page.locator(f"#{under} ~ table, #{under} ~ * table").first
        text += table.inner_text()
        onward = page.get_by_role("navigation", name=re.compile(under)).get_by_role(
            "link", name="Next page"
        )
        if onward.count() == 0:
            return text
        onward.click()


def _send_many(round_: Round) -> None:
    """Let there be more than a page of what was sent."""
    at = timezone.now()
    for number in range(_MANY):
        notice = Notice.objects.create(
            kind="round.open",
            key=f"journey-{number}",
            about=round_.pk,
            body=StrategicAuthority.objects.get(slug="south-yorkshire"),
            due_at=at + timedelta(seconds=number),
            next_attempt_at=at,
            addressed_at=at,
        )
        Message.objects.create(
            notice=notice,
            recipient=User.objects.get(email=AUTHORITY_EDITOR),
            subject=f"Journey {number:02}.",
            text="Words",
            due_at=at,
            next_attempt_at=at,
            sent_at=at,
        )


def _page_through_what_was_sent(analyst: Visitor) -> None:
    page = analyst.open("/messages/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Messages due and sent")
    sent = _listed(page, under="sent")
    assert all(f"Journey {number:02}." in sent for number in range(_MANY))
    assert sent.index("Journey 29.") < sent.index("Journey 00.")
    # Addresses are for who looks after messages.
    assert AUTHORITY_EDITOR not in sent
    analyst.check_page()


def _see_to_whom(administrator: Visitor) -> None:
    page = administrator.open("/messages/")
    expect(page.get_by_text(AUTHORITY_EDITOR).first).to_be_visible()


def _let_one_fail() -> None:
    failed = Message.objects.get(subject="Journey 07.")
    failed.sent_at, failed.failed_at = None, timezone.now()
    failed.error = "The server refused it."
    failed.save()


def _see_the_failure(analyst: Visitor) -> None:
    page = analyst.open("/messages/")
    failure = page.get_by_role("table", name=re.compile("could not be sent"))
    expect(failure).to_contain_text("The server refused it.")
    expect(failure).to_contain_text("For an administrator")
    expect(failure.get_by_role("button")).to_have_count(0)
    analyst.check_page()


def _try_again(administrator: Visitor) -> None:
    page = administrator.open("/messages/")
    page.get_by_role("button", name=re.compile("^Try again")).click()
    expect(page.get_by_text("The message is tried again within minutes.")).to_be_visible()
    expect(page.get_by_text("Could not be sent")).to_have_count(0)
