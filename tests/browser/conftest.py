"""Browsers for the tests: desktop or phone, with scripts or without."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.visitor import Visitor

WIDTHS = {"desktop": 1280, "phone": 375}

OpenVisitor = Callable[..., Visitor]


@contextmanager
def visitors(*, browser: Browser, site: str) -> Iterator[OpenVisitor]:
    """Give visitors of their own sessions, whose windows are closed at the end."""
    contexts = []

    def open_one(*, width: str = "desktop", scripts: bool = True) -> Visitor:
        context = browser.new_context(
            java_script_enabled=scripts,
            viewport={"width": WIDTHS[width], "height": 900},
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Visitor(page=context.new_page(), site=site, scripts=scripts)

    try:
        yield open_one
    finally:
        for context in contexts:
            context.close()


@pytest.fixture
def open_visitor(browser: Browser, live_server: LiveServer) -> Iterator[OpenVisitor]:
    """Give visitors of their own sessions: `open_visitor(width="phone", scripts=False)`."""
    with visitors(browser=browser, site=live_server.url) as open_one:
        yield open_one


@pytest.fixture
def visitor(open_visitor: OpenVisitor) -> Visitor:
    """Be at a desk, with scripts."""
    return open_visitor()


@pytest.fixture
def phone_visitor(open_visitor: OpenVisitor) -> Visitor:
    """Hold a phone, with scripts."""
    return open_visitor(width="phone")


@pytest.fixture(params=["scripts", "no-scripts"])
def visitor_js_or_not(open_visitor: OpenVisitor, request: pytest.FixtureRequest) -> Visitor:
    """Be at a desk, once with scripts and once without."""
    return open_visitor(scripts=request.param == "scripts")


@pytest.fixture(
    params=[("desktop", True), ("desktop", False), ("phone", True), ("phone", False)],
    ids=["desktop", "desktop-no-scripts", "phone", "phone-no-scripts"],
)
def any_visitor(open_visitor: OpenVisitor, request: pytest.FixtureRequest) -> Visitor:
    """Be each of the four in turn."""
    width, scripts = request.param
    return open_visitor(width=width, scripts=scripts)
