"""Signing in with an organisation's own account, in a browser and at a provider of its own."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.journeys.people import AUTHORITY_SIGNATORY, Arrive, Way
from tests.oidc.provider import ACCOUNTS, person, running
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def at_work(live_world: LiveWorld, settings):
    """A provider that knows a signatory of the demonstration, and how the site knows it."""
    accounts = {**ACCOUNTS, "signatory": person(AUTHORITY_SIGNATORY)}
    with running(site=live_world.site, accounts=accounts) as provider:
        settings.SITE_URL = live_world.site
        settings.TWO_STEPS = True
        settings.SIGN_IN_PROVIDERS = (
            provider.configured(domains=["north.example", AUTHORITY_SIGNATORY.partition("@")[2]]),
        )
        yield provider


def sign_in_there(visitor: Visitor, *, account: str) -> None:
    """Go to the provider from the site's page, sign in there, and look at this site alone again."""
    page = visitor.page
    page.get_by_role("button", name="Sign in with North Combined").click()
    expect(page.get_by_role("heading", name="Sign in at work")).to_be_visible()
    page.get_by_label("Account").fill(account)
    page.get_by_role("button", name="Continue").click()
    # What was asked of the provider was meant for it; and browsers log the status of a refusal.
    visitor.requests.clear()
    visitor.messages.clear()


def test_a_signatory_comes_in_from_work_and_proves_it_anew(any_way: Way, arrive: Arrive, at_work):
    visitor = arrive()
    page = visitor.open("/account/sign-in/?next=/account/two-steps/app/")
    visitor.check_page()

    sign_in_there(visitor, account="signatory")

    # The second step was taken there: nothing stands before the page that was wanted.
    expect(page.get_by_role("heading", name="Set up an app")).to_be_visible()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.context.clear_cookies(name="sessionid")
    visitor.open("/account/sign-in/")
    sign_in_there_again(visitor)
    visitor.open("/account/organisations/north/confirm/?next=/account/")
    visitor.check_page()
    sign_in_there(visitor, account="signatory")
    expect(page).to_have_url(f"{visitor.site}/account/")
    visitor.check_page()


def sign_in_there_again(visitor: Visitor) -> None:
    """Come back at once, since the provider still knows who it is."""
    page = visitor.page
    page.get_by_role("button", name="Sign in with North Combined").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    visitor.requests.clear()


def test_who_has_no_account_reads_what_to_do(arrive: Arrive, at_work):
    visitor = arrive()
    visitor.open("/account/sign-in/")

    sign_in_there(visitor, account="nobody")

    expect(visitor.page.get_by_role("heading", name="You have no account here yet")).to_be_visible()
    visitor.check_page()
