"""Going from page to page as somebody, and what must be true of each page on the way."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from playwright.sync_api import Browser, Response

from tests.architecture.addresses import Visitor
from tests.architecture.sessions_kept import key_of
from tests.browser import conftest as browsers
from tests.browser.visitor import Visitor as Person
from tests.journeys.people import Way

# What a person sees as a hole: a heading over nothing, a table or a list without a row.
_HOLLOW = """() => {
    const main = document.querySelector("main");
    const said = (e) => `${e.tagName.toLowerCase()} ${e.textContent.trim().slice(0, 60)}`;
    const seen = (e) => e.checkVisibility();
    const found = [...main.querySelectorAll("table")]
        .filter((t) => seen(t) && !t.querySelector("tbody tr")).map(said);
    found.push(...[...main.querySelectorAll("ul, ol, dl")]
        .filter((l) => !l.children.length && seen(l)).map((l) => `empty ${l.className}`));
    const headings = [...main.querySelectorAll("h1, h2, h3, h4, h5")].filter(seen);
    headings.forEach((heading, number) => {
        const next = headings[number + 1];
        if (next && next.tagName > heading.tagName) return;
        const between = document.createRange();
        between.setStartAfter(heading);
        if (next) between.setEndBefore(next);
        else between.setEndAfter(main.lastChild);
        const held = between.cloneContents();
        if (!held.textContent.trim() && !held.querySelector("svg, img, input, button, select"))
            found.push(`nothing under ${said(heading)}`);
    });
    return found.slice(0, 5);
}"""


# Pages with figures, who looks at them, and how test_figures.py compares what they show; or why
# there is nothing to compare.
FIGURES: dict[str, tuple[Visitor, str]] = {
    "outcomes:authority": (Visitor.OWN_SIGNATORY, "chart"),
    "outcomes:indicator-area": (Visitor.ANYBODY, "chart"),
    "outcomes:indicator-areas": (Visitor.ANYBODY, "drawing"),
    "mission:page": (Visitor.ANYBODY, "drawing"),
    "progress:indicator": (Visitor.ANYBODY, "drawing"),
    "progress:authority": (Visitor.ANYBODY, "drawing"),
    "progress:pair": (Visitor.ANYBODY, "drawing"),
    "progress:framework": (Visitor.ANYBODY, "drawing"),
    "engagement:national": (Visitor.ANYBODY, "a test of its own"),
    "engagement:pair": (Visitor.ANYBODY, "the list after it says each step; the map has no number"),
    "authorities:geography": (Visitor.ANYBODY, "its shares are the cells of its tables"),
    "outcomes:framework-version": (Visitor.ANYBODY, "words alone, which the list after it has"),
    **dict.fromkeys(
        (
            "authorities:board",
            "authorities:council",
            "authorities:cluster",
            "authorities:nhs-region",
        ),
        (Visitor.ANYBODY, "where an area lies: a map without a number"),
    ),
    "changes:what-if": (Visitor.ANALYST, "its pairs and their shares are the cells of its tables"),
    "mfa_activate_totp": (Visitor.OWN_SIGNATORY, "a picture of the key that stands beside it"),
    "levers:own": (Visitor.OWN_SIGNATORY, "words alone, in tests/engagement/views/test_levers.py"),
}


@contextmanager
def somebody(
    visitor: Visitor, *, browser: Browser, site: str, way: Way, known: bool = True
) -> Iterator[Person]:
    """Give the browser of somebody who is signed in, as `begin_sessions()` has signed them in."""
    with browsers.visitors(browser=browser, site=site) as open_visitor:
        person = open_visitor(width=way.width, scripts=way.scripts)
        if visitor is not Visitor.ANYBODY and known:
            name = settings.SESSION_COOKIE_NAME
            person.page.context.add_cookies([{"name": name, "value": key_of(visitor), "url": site}])
        yield person


def unknown_figure(person: Person, name: str) -> bool:
    """Whether the page has a figure that nobody has said how to compare."""
    figures = "main svg[role=img], main svg[role=group], [data-chart]"
    return name not in FIGURES and person.page.locator(figures).count() > 0


def is_page(name: str, address: str) -> bool:
    """Whether it is for people to read: files are named as files, the rest is for programs."""
    for_programs = address.startswith(("/api/", "/health/")) and name != "api-docs"
    return address.endswith("/") and not for_programs


def look_at(person: Person, address: str) -> Response | None:
    """Open an address, and wait until its figures are drawn."""
    person.messages.clear()
    answer = person.page.goto(f"{person.site}{address}")
    if person.scripts and person.page.locator("[data-chart]").count():
        person.page.wait_for_selector("[data-chart][data-ready]")
    return answer


def check_whole(person: Person) -> None:
    """Check the page in every width, enlarged and on paper, and that nothing on it is hollow.

    Raises:
        AssertionError: with what is wrong.
    """
    person.check_page()
    person.check_as_on_a_phone()
    check_not_hollow(person)
    if person.scripts:
        person.check_other_needs()
        has_forms = person.page.locator("main form[method=post]").count() > 0
        person.check_on_paper(has_forms=has_forms)


def check_not_hollow(person: Person) -> None:
    """Check that each heading has something under it, and each table and list a row.

    Raises:
        AssertionError: with what is hollow.
    """
    hollow = person.page.evaluate(_HOLLOW)
    assert hollow == [], f"Hollow: {hollow}"
