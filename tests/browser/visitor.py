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

# WCAG 2.2, 1.4.10 Reflow: no sideways scrolling at 320 CSS pixels, which are 400% of 1280.
NARROW_WIDTHS = (375, 320)

# A sheet of A4 between margins of a centimetre and a half, in CSS pixels.
PAPER_WIDTH = 680

# Told whole, what a page does right takes the browser longer to send than to find.
_RUN_AXE = "options => axe.run(options).then(found => ({violations: found.violations}))"

_FORM_SENT_BACK = re.compile(r"^Failed to load resource: .* status of (409|413|415|422) ")

_IS_WIDER_THAN_WINDOW = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")]
        .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1)
        .map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""}`);
    return wide.length ? wide.slice(0, 5) : ["html"];
}"""

# 2.3.3: nothing moves, whether or not somebody asked for less. 2.4.11: nothing stays where it is
# while the page scrolls under it, so nothing covers what has the focus.
_MOVES_OR_COVERS = """() => {
    const found = document.getAnimations().length ? ["something moves"] : [];
    for (const e of document.querySelectorAll("body, body *")) {
        const s = getComputedStyle(e);
        const moves = s.animationName !== "none" || /[1-9]/.test(s.transitionDuration);
        const covers = s.display !== "none" && ["fixed", "sticky"].includes(s.position);
        if (moves || covers) {
            const name = `${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""}`;
            found.push(`${name} ${moves ? "moves" : "covers what scrolls"}`);
        }
    }
    return found.slice(0, 5);
}"""

# 1.4.12 Text spacing, and 1.4.4: text at twice its size.
_SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
_TWICE_AS_LARGE = "html { font-size: 200% !important }"
# By a sheet that a script makes: the content policy refuses a style element.
_WITH_STYLE = """text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = text ? [sheet] : [];
}"""
# What is hidden from sight on purpose is a pixel wide.
_IS_CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((e) => {
    if (e.clientWidth <= 1 || !e.textContent.trim() || e.closest("svg")) return false;
    const s = getComputedStyle(e);
    const cuts = (way) => ["hidden", "clip"].includes(way);
    return (cuts(s.overflowX) && e.scrollWidth > e.clientWidth + 1)
        || (cuts(s.overflowY) && e.scrollHeight > e.clientHeight + 1);
}).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""}`).slice(0, 5)"""

# What leads elsewhere or sends something is of no use on paper.
_STAYS_ON_PAPER = """() => [...document.querySelectorAll(
    ".app-nav, .app-header, .govuk-skip-link, .govuk-back-link, .app-filter, .app-footer-list"
    + ", main button, main input:not([type=hidden]), main select, main textarea"
)].filter((e) => e.checkVisibility({visibilityProperty: true}))
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
        self.page.set_viewport_size({"width": NARROW_WIDTHS[-1], "height": size["height"]})
        try:
            self._check_axe()
        finally:
            self.page.set_viewport_size(size)

    def check_other_needs(self) -> None:
        """Check that wide or large text loses nothing, and that nothing moves or covers.

        Raises:
            AssertionError: with what is wrong.
        """
        size = self.page.viewport_size
        assert size is not None
        wrong = self.page.evaluate(_MOVES_OR_COVERS)
        assert wrong == [], f"Moves or covers: {wrong}"
        try:
            self._check_with_style(_SPACED, width=NARROW_WIDTHS[-1], height=size["height"])
            # Whose own browser enlarges text alone may scroll: 1.4.4 asks that nothing is lost.
            self._check_with_style(_TWICE_AS_LARGE, width=size["width"], height=size["height"])
        finally:
            self.page.evaluate(_WITH_STYLE, "")
            self.page.set_viewport_size(size)

    def _check_with_style(self, style: str, *, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate(_WITH_STYLE, style)
        cut_off = self._settled(_IS_CUT_OFF)
        assert cut_off == [], f"Cut off at {width} pixels with {style}: {cut_off}"
        if style == _SPACED:
            wide = self._settled(_IS_WIDER_THAN_WINDOW)
            assert wide == [], f"Wider than {width} pixels with {style}: {wide}"

    def check_on_paper(self, *, has_forms: bool = False) -> None:
        """Check that a sheet of paper holds the page, and nothing that paper cannot do.

        Raises:
            AssertionError: with what is wrong.
        """
        size = self.page.viewport_size
        assert size is not None
        self.page.emulate_media(media="print")
        self.page.set_viewport_size({"width": PAPER_WIDTH, "height": size["height"]})
        wide = self._settled(_IS_WIDER_THAN_WINDOW)
        useless = [] if has_forms else self.page.evaluate(_STAYS_ON_PAPER)
        self.page.emulate_media(media="null")
        self.page.set_viewport_size(size)
        assert wide == [], f"Wider than paper: {wide}"
        assert useless == [], f"Of no use on paper: {useless}"

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
            wide = self._settled(_IS_WIDER_THAN_WINDOW)
            assert wide == [], f"Wider than {width} pixels: {wide}"
        self.page.set_viewport_size(size)

    def _settled(self, question: str) -> list[str]:
        """Ask until nothing is found: a busy machine takes a moment to lay the page out anew."""
        found: list[str] = self.page.evaluate(question)
        for _ in range(_MOMENTS):
            if not found:
                break
            self.page.wait_for_timeout(50)
            found = self.page.evaluate(question)
        return found

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
