"""A person in front of the site, and what must be true of each page that they open."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page, Request

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What passes is not told node by node: on a page with a map that takes longer than the checks.
_AXE = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}

# WCAG 2.2, 1.4.10 Reflow: no sideways scrolling at 320 CSS pixels.
NARROW_WIDTHS = (375, 320)

# Told whole, what a page does right takes the browser longer to send than to find.
_RUN_AXE = "options => axe.run(options).then(found => ({violations: found.violations}))"

_FORM_SENT_BACK = re.compile(r"^Failed to load resource: .* status of (409|413|415|422) ")

_IS_WIDER_THAN_WINDOW = """() => [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
        && document.documentElement.scrollWidth > document.documentElement.clientWidth)
    .map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""}`).slice(0, 5)"""

_MOMENTS = 20


@dataclass
class Visitor:
    """A page of a browser, with everything that it said and asked for."""

    page: Page
    site: str
    scripts: bool
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    fonts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen before the first page is opened."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", self._failed)
        self.page.on("request", self._asked)

    def open(self, path: str) -> Page:
        """Open an address of the site."""
        try:
            self.page.goto(f"{self.site}{path}")
        except Error as error:
            # A page that shows how a job goes on may load itself anew in this very moment.
            if "ERR_ABORTED" not in str(error):
                raise
            self.page.goto(f"{self.site}{path}")
        return self.page

    def check_page(self) -> None:
        """Check what every page promises: accessible, quiet, at home, and not too wide.

        Raises:
            AssertionError: with what is wrong.
        """
        # A click returns when the next page has begun to arrive, and half a page has no main part.
        self.page.wait_for_load_state("load")
        assert self.messages == [], f"The console said: {self.messages}"
        strangers = [url for url in self.requests if not self._is_ours(url)]
        assert strangers == [], f"The page asked other hosts: {strangers}"
        assert self.fonts == [], f"The page asked for typefaces: {self.fonts}"
        self._check_widths()
        if self.scripts:
            self._check_axe()
        assert self.messages == [], f"The console said: {self.messages}"

    def check_as_on_a_phone(self) -> None:
        """Check with axe that the page as it stands is accessible on a phone, too.

        Raises:
            AssertionError: with what is wrong.
        """
        if not self.scripts:
            return
        size = self.page.viewport_size
        assert size is not None
        self.page.set_viewport_size({"width": NARROW_WIDTHS[0], "height": size["height"]})
        self._check_axe()
        self.page.set_viewport_size(size)

    def _check_axe(self) -> None:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Axe().axe_script)
        found = AxeResults(self.page.evaluate(_RUN_AXE, _AXE))
        assert found.violations_count == 0, found.generate_report()

    def _check_widths(self) -> None:
        size = self.page.viewport_size
        assert size is not None
        for width in (size["width"], *NARROW_WIDTHS):
            self.page.set_viewport_size({"width": width, "height": size["height"]})
            wide = self.page.evaluate(_IS_WIDER_THAN_WINDOW)
            # A busy machine takes a moment to lay the page out anew; what is too wide stays so.
            for _ in range(_MOMENTS):
                if not wide:
                    break
                self.page.wait_for_timeout(50)
                wide = self.page.evaluate(_IS_WIDER_THAN_WINDOW)
            assert wide == [], f"Wider than {width} pixels: {wide}"
        self.page.set_viewport_size(size)

    def _is_ours(self, url: str) -> bool:
        return urlsplit(url).scheme == "data" or url.startswith(f"{self.site}/")

    def _heard(self, message: ConsoleMessage) -> None:
        # Chromium logs the status of a form that was sent back; that status is no fault.
        if _FORM_SENT_BACK.search(message.text):
            return
        self.messages.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _failed(self, error: Error) -> None:
        self.messages.append(f"script error: {error}")

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)
        if request.resource_type == "font":
            self.fonts.append(request.url)
