"""An officer makes a token, a program reads with it, and is refused once it is revoked."""

import json
import logging
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.architecture.addresses import Visitor as Person
from tests.journeys.conftest import in_two_ways
from tests.journeys.people import Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def ask(site: str, *headers: str) -> tuple[int, dict[str, str], dict[str, object]]:
    """Ask as a program does that knows no browser; each header is sent as one of its own."""
    connection = HTTPConnection(urlsplit(site).netloc)
    connection.putrequest("GET", "/api/v1/returns/")
    for header in headers:
        connection.putheader("Authorization", header)
    connection.endheaders()
    answer = connection.getresponse()
    body = json.loads(answer.read())
    connection.close()
    return answer.status, dict(answer.headers), body


@in_two_ways
def test_made_used_revoked_and_refused(
    any_way: Way, arrive: Arrive, live_world: LiveWorld, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    officer = arrive(Person.OWN_EDITOR)
    page = officer.open("/account/")
    page.get_by_role("link", name="Tokens for programs").click()
    officer.check_page()
    page.get_by_role("button", name="Make a token").click()
    officer.check_page()
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_text("Choose what the program may do").first).to_be_visible()
    officer.check_page()
    page.get_by_label("What is it for?").fill("Planning system")
    page.get_by_label("Read", exact=True).check()
    page.get_by_role("button", name="Make the token").click()
    text = page.locator("#token").inner_text()
    officer.check_page()

    status, headers, body = ask(live_world.site, f"Bearer {text}")
    twice, _, _ = ask(live_world.site, f"Bearer {text}", f"Bearer {text}")

    assert (status, twice) == (200, 401)
    assert body["count"]
    assert headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in headers

    page.get_by_role("link", name="I have kept it").click()
    expect(page.get_by_text(f"{text[:10]}…").first).to_be_visible()
    officer.check_page()
    page.get_by_role("link", name="Revoke").click()
    officer.check_page()
    page.get_by_role("button", name="Revoke the token").click()
    expect(page.get_by_text("The token is revoked.")).to_be_visible()
    officer.check_page()

    status, headers, body = ask(live_world.site, f"Bearer {text}")

    assert status == 401
    assert body["errors"][0]["code"] == "token-revoked"
    assert text not in page.content()
    assert text[4:24] not in caplog.text
