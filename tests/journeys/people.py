"""People of the demonstration in front of browsers of their own."""

import re
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from authorities.models import User
from tests.browser.visitor import Visitor
from tests.world import PASSWORD

AUTHORITY_EDITOR = "editor@south-yorkshire.example"
AUTHORITY_SIGNATORY = "signatory@south-yorkshire.example"
BOARD_EDITOR = "editor@south-yorkshire-icb.example"
BOARD_SIGNATORY = "signatory@south-yorkshire-icb.example"
ANALYST = "analyst@dhsc.example"
LEAD_ANALYST = "lead@mhclg.example"
MODERATOR = "moderator@dhsc.example"
READER = "reader@nhs-england.example"
ADMINISTRATOR = "administrator@dhsc.example"


@dataclass(frozen=True)
class Way:
    """How the site is reached: at a desk or by phone, with scripts or without."""

    width: str
    scripts: bool


class Arrive(Protocol):
    """Opens a browser for a person who is signed in already; nobody, where none is named."""

    def __call__(self, email: str | None = None) -> Visitor: ...


def sign_in(visitor: Visitor, *, email: str) -> Page:
    """Sign in by the page, from wherever the visitor is sent to it."""
    page = visitor.page
    page.get_by_label("E-mail").or_(page.get_by_label("Email")).first.fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(
        page.get_by_role("button", name="Sign out").or_(_sign_out_link(page)).first
    ).to_be_attached()
    return page


def _sign_out_link(page: Page) -> Locator:
    return page.get_by_role("link", name=re.compile("Sign out"))


def carry_session(visitor: Visitor, *, email: str) -> None:
    """Give the browser the session of somebody who has signed in: hashing takes a second."""
    client = Client()
    client.force_login(User.objects.get(email=email))
    name = settings.SESSION_COOKIE_NAME
    visitor.page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": visitor.site}]
    )
