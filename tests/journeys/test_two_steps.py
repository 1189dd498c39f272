"""Signing in with two steps, in a browser: an app's codes without scripts, a key with them."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor
from tests.journeys.people import AUTHORITY_SIGNATORY, Arrive, Way
from tests.world import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def needed(live_world, settings):
    """As on a site that is not for demonstration."""
    settings.TWO_STEPS = True
    # A real site's key is bound to its name; that of the tests is this machine's.
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True


def code_of(key: str) -> str:
    return format_hotp_value(hotp_value(key, int(time.time()) // 30))


def give_password(page: Page) -> None:
    page.get_by_label("E-mail address").fill(AUTHORITY_SIGNATORY)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def look(visitor: Visitor) -> None:
    visitor.check_page()


def test_an_app_is_set_up_with_a_phone_and_then_asked_for(any_way: Way, arrive: Arrive):
    visitor = arrive()
    page = visitor.open("/account/sign-in/")
    give_password(page)

    expect(page.get_by_role("heading", name="Two-step sign-in")).to_be_visible()
    look(visitor)
    page.get_by_role("button", name="Set up an app").click()
    look(visitor)
    key = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Code that the app shows").fill("1")
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_text("This code is not right").first).to_be_visible()
    look(visitor)
    # The key stays the same while it is typed: whoever scanned it need not do so again.
    assert page.locator("code").inner_text().replace(" ", "") == key
    page.get_by_label("Code that the app shows").fill(code_of(key))
    page.get_by_role("button", name="Set up").click()

    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    look(visitor)
    recovery = page.locator("li code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Two-step sign-in")
    page.get_by_role("button", name="Sign out").click()

    visitor.open("/account/sign-in/")
    give_password(page)
    expect(page.get_by_role("heading", name="Enter your code")).to_be_visible()
    look(visitor)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def add_virtual_key(page: Page) -> None:
    """Plug a security key in that Chromium itself plays, as its developer tools do."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "usb",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_security_key_is_added_and_then_used(arrive: Arrive):
    visitor = arrive()
    page = visitor.page
    add_virtual_key(page)
    visitor.open("/account/sign-in/")
    give_password(page)

    page.get_by_role("button", name="Add a security key").click()
    look(visitor)
    page.get_by_label("Name of the key").fill("Blue key")
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    visitor.open("/account/two-steps/keys/")
    expect(page.get_by_text("Blue key").first).to_be_visible()
    look(visitor)
    page.get_by_role("link", name=re.compile("Remove")).click()
    expect(page.get_by_text("This is your only second step")).to_be_visible()
    look(visitor)
    page.get_by_role("button", name="Sign out").click()

    visitor.open("/account/sign-in/")
    give_password(page)
    expect(page.get_by_role("heading", name="Or use your security key")).to_be_visible()
    look(visitor)
    page.get_by_role("button", name="Use your security key").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
