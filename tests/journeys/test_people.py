"""A people lead invites a colleague, who comes in by the mail and then stands in the list."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from authorities.actions import message_sending
from tests.journeys.people import Arrive, Way
from tests.world import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEAD = "people@south-yorkshire.example"
NEW = "jo.march@south-yorkshire.example"


def test_invited_accepted_set_up_and_in_the_list(
    any_way: Way, arrive: Arrive, live_world, settings
):
    lead = arrive()
    page = lead.open("/account/sign-in/")
    page.get_by_label("E-mail address").fill(LEAD)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="People whom you look after")).to_be_visible()
    lead.check_page()
    page.get_by_role("link", name=re.compile("^People of South Yorkshire.*Authority$")).click()
    lead.check_page()
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("Choose a role").first).to_be_visible()
    lead.check_page()
    page.get_by_label("E-mail address at work").fill(NEW)
    page.get_by_label("Editor").check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text(f"A mail is on its way to {NEW}")).to_be_visible()
    lead.check_page()

    mail.outbox.clear()
    message_sending.send_waiting(at=timezone.now())
    [body] = [one.body for one in mail.outbox if one.to == [NEW]]
    link = re.findall(r"/invitations/[0-9a-f]+/", body)[0]
    settings.TWO_STEPS = True
    visitor = arrive()
    theirs = visitor.open(link)
    visitor.check_page()
    theirs.get_by_label("Full name").fill("Jo March")
    theirs.get_by_label("Password", exact=True).fill("too short")
    theirs.get_by_role("button", name="Make the account and accept").click()
    visitor.check_page()
    theirs.get_by_label("Password", exact=True).fill("three words that stand alone")
    theirs.get_by_role("button", name="Make the account and accept").click()
    expect(theirs.get_by_role("heading", name="Two-step sign-in")).to_be_visible()
    theirs.get_by_role("button", name="Set up an app").click()
    key = theirs.locator("code").inner_text().replace(" ", "")
    code = format_hotp_value(hotp_value(key, int(time.time()) // 30))
    theirs.get_by_label("Code that the app shows").fill(code)
    theirs.get_by_role("button", name="Set up").click()
    theirs.get_by_role("link", name="I have kept them").click()
    expect(theirs.get_by_role("button", name="Sign out")).to_be_visible()
    visitor.open(link)
    expect(theirs.get_by_role("heading", name="accepted already")).to_be_visible()
    # A browser says of itself that such a page is gone.
    visitor.messages.clear()
    visitor.check_page()

    settings.TWO_STEPS = False
    lead.open("/authorities/south-yorkshire/people/")
    expect(page.get_by_role("row", name=re.compile("Jo March")).first).to_be_visible()
    lead.check_page()
    page.get_by_role("link", name=re.compile("Change the role of Jo March")).click()
    lead.check_page()
    page.get_by_label("It ends now").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The role has ended.")).to_be_visible()
    lead.open("/authorities/south-yorkshire/people/confirm/")
    lead.check_page()
