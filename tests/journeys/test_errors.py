"""Every form sent without what it asks for, and every page that says that something failed."""

from dataclasses import dataclass, field

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route

from tests.architecture.addresses import ADDRESSES, Visitor
from tests.architecture.things import address_of
from tests.browser.visitor import Visitor as Person
from tests.journeys.conftest import WAYS
from tests.journeys.walking import is_page, look_at, somebody
from tests.world import FurnishedSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What somebody typed beside what they left out.
_TYPED = "Kept: “what was typed” & <b>no markup</b>"

# Leaves out what the first form of the page asks for, but for its last text, and sends it.
_SEND = """typed => {
    const asks = (form) => [...form.elements].filter((e) => e.name && e.type !== "hidden"
        && ["INPUT", "SELECT", "TEXTAREA"].includes(e.tagName) && e.type !== "submit");
    const form = [...document.querySelectorAll("main form")]
        .find((f) => f.method === "post" && asks(f).length);
    if (!form) return null;
    const controls = asks(form);
    for (const e of controls) {
        if (["checkbox", "radio"].includes(e.type)) e.checked = false;
        else if (e.tagName !== "SELECT") e.value = "";
        else if ([...e.options].some((o) => o.value === "")) e.value = "";
    }
    const texts = controls.filter((e) => e.tagName === "TEXTAREA"
        || (e.type === "text" && !e.inputMode));
    const kept = new Set(controls.map((e) => e.name)).size > 1 ? texts.at(-1) : undefined;
    if (kept) kept.value = typed;
    const button = [...form.querySelectorAll("button[type=submit], button:not([type])")]
        .find((b) => !b.hidden);
    window.setTimeout(() => form.requestSubmit(button), 0);
    return kept ? kept.name : "";
}"""

_WRONG_ERRORS = """([name, typed, focuses]) => {
    const wrong = [];
    const summary = document.querySelector(".govuk-error-summary");
    if (!summary) return ["no error summary"];
    if (document.querySelector("main").firstElementChild !== summary)
        wrong.push("the summary does not come first");
    if (focuses && document.activeElement !== summary) wrong.push("the summary has no focus");
    const lines = [...summary.querySelectorAll("li")];
    if (!lines.length) wrong.push("the summary says nothing");
    for (const line of lines) {
        const words = line.textContent.trim();
        const link = line.querySelector("a");
        const messages = [...document.querySelectorAll(".govuk-error-message")];
        if (!link) {
            if (messages.some((m) => m.textContent.includes(words)))
                wrong.push(`no link: ${words}`);
            continue;
        }
        const control = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (!control) { wrong.push(`leads nowhere: ${words}`); continue; }
        if (!control.checkVisibility()) wrong.push(`leads to what is hidden: ${words}`);
        if (!control.matches("input, select, textarea, a, button, [tabindex]"))
            wrong.push(`leads to no control: ${words}`);
        const group = control.closest("fieldset[aria-describedby]");
        const named = [control, ...(group ? [group] : [])]
            .flatMap((e) => (e.getAttribute("aria-describedby") || "").split(/ +/))
            .map((id) => id && document.getElementById(id)).filter(Boolean);
        if (!named.some((e) => e.textContent.includes(words)))
            wrong.push(`the control does not name its error: ${words}`);
        // A button, as that by which a script lets a file be chosen, cannot be said to be so.
        if (!["radio", "checkbox", "button"].includes(control.type)
            && control.getAttribute("aria-invalid") !== "true")
            wrong.push(`the control is not said to be invalid: ${words}`);
    }
    const kept = name && [...document.querySelectorAll("main form *")]
        .find((e) => e.name === name);
    if (kept && kept.value !== typed) wrong.push(`${name} was not kept: ${kept.value}`);
    return wrong;
}"""

_SHAPE = """() => [...new Set([...document.querySelectorAll("main *")]
    .map((e) => `${e.tagName}.${e.getAttribute("class") || ""}`))].sort().join()"""

# In this order, each page is sent by the first who may.
_GROUPS = {
    "bodies": (
        Visitor.ANYBODY,
        Visitor.OWN_SIGNATORY,
        Visitor.BOARD_SIGNATORY,
        Visitor.OWN_EDITOR,
        Visitor.PEOPLE_LEAD,
    ),
    "centre": (
        Visitor.ANALYST,
        Visitor.LEAD_ANALYST,
        Visitor.MODERATOR,
        Visitor.ADMINISTRATOR,
        Visitor.AUDITOR,
    ),
}
_EVERYBODY = (*_GROUPS["bodies"], *_GROUPS["centre"])

# Pages whose first form may be sent without anything, and why.
_TAKES_NOTHING: dict[str, str] = {
    "commitments:owner": "nobody by name is an answer",
    "duty:review-request-changes": "its first form has a word for each answer, none of them asked",
    "outcomes:framework-count-targets": "a count without a target is allowed",
    "outcomes:framework-indicator-owners": "an indicator without an owner is a draft still",
    "outcomes:framework-indicator-standing": "its choice is one box, ticked or not",
    "outcomes:framework-item-links": "what leads to nothing is a draft still",
    "outcomes:framework-text": "a draft may have no text yet",
    "outcomes:review-words": "the words beside a status are optional",
    "support:enrolment-step": "its note is optional",
    "support:session": "its note is optional",
    "three-steps:edit": "a column may be saved half answered",
}
# Its button alone, which asks the browser for the key, can send it: it stands in no form without.
_SENT_BY_SCRIPT = {"mfa_add_webauthn"}
# Pages that end the session of those after them.
_NOT_SENT = {"account_logout", "account_session", *_SENT_BY_SCRIPT}


@dataclass
class Sent:
    """What came of the forms that were sent.

    shapes: pages that were looked at in the width of a desk, by the classes that they are made of.
    """

    wrong: dict[str, str] = field(default_factory=dict)
    accepted: set[str] = field(default_factory=set)
    shapes: set[str] = field(default_factory=set)
    asked: int = 0


def _senders(names: tuple[Visitor, ...], things: dict[str, str]) -> dict[Visitor, dict[str, str]]:
    found: dict[Visitor, dict[str, str]] = {visitor: {} for visitor in names}
    for name, rule in ADDRESSES.items():
        first = next(
            (
                one
                for one in _EVERYBODY
                if rule.get[one] == 200 and rule.post[one] in (200, 302, 409, 422)
            ),
            None,
        )
        if rule.takes_forms and first in found and name not in _NOT_SENT:
            address = address_of(name, things=things)
            if is_page(name, address):
                found[first][name] = address
    return found


def _send(person: Person, name: str, address: str, sent: Sent) -> None:
    look_at(person, address)
    page = person.page
    with page.expect_navigation(wait_until="load", timeout=15_000) as coming:
        kept = page.evaluate(_SEND, _TYPED)
        if kept is None:
            page.evaluate("location.reload()")
    if kept is None:
        return
    sent.asked += 1
    answer = coming.value
    if not page.title().startswith("Error: "):
        status = answer.status if answer else 0
        if status == 200 and not page.locator(".govuk-error-summary").count():
            sent.accepted.add(name)
        else:
            sent.wrong[name] = f"answered {status}, titled {page.title()!r}"
        return
    try:
        wrong = page.evaluate(_WRONG_ERRORS, [kept, _TYPED, person.scripts])
        assert wrong == [], wrong
        person.check_as_on_a_phone()
        shape = page.evaluate(_SHAPE)
        if shape not in sent.shapes:
            sent.shapes.add(shape)
            person.check_page()
    except AssertionError as error:
        sent.wrong[name] = str(error)[:1500]


@pytest.mark.parametrize("group", _GROUPS)
def test_a_form_without_what_it_asks_for_comes_back_and_says_where(
    group: str, furnished_site: FurnishedSite, browser: Browser
) -> None:
    sent = Sent()

    for visitor, pages in _senders(_GROUPS[group], furnished_site.things).items():
        with somebody(
            visitor, browser=browser, site=furnished_site.site, way=WAYS["desktop"]
        ) as person:
            for name, address in pages.items():
                _send(person, name, address, sent)

    assert not sent.wrong, "\n".join(f"{name}: {fault}" for name, fault in sent.wrong.items())
    assert sent.accepted <= set(_TAKES_NOTHING)
    # Whether forms were found at all.
    assert sent.asked > 60


def _shown(page: Page, site: str, *, template: str, status: int, **context: object) -> None:
    """Show what the site answers where it cannot be brought to it, at an address of the site."""
    text = render_to_string(template, context)

    def answer(route: Route) -> None:
        route.fulfill(status=status, body=text, content_type="text/html; charset=utf-8")

    page.route("**/of-the-tests/", answer)
    page.goto(f"{site}/of-the-tests/")
    page.unroute("**/of-the-tests/")


def _check_failure(person: Person, *, title: str) -> None:
    # Chromium logs the status of the page that was asked for.
    person.messages.clear()
    person.check_page()
    person.check_as_on_a_phone()
    assert person.page.title() == f"{title} - Health Duty Tracker"
    assert person.page.locator("main h1").inner_text() == title
    assert person.page.locator("a[href='/']").count() > 0


@pytest.mark.parametrize(
    ("template", "status", "context", "title"),
    [
        ("400.html", 400, {}, "This could not be read"),
        ("429.html", 429, {}, "Too many tries"),
        ("500.html", 500, {"reference": "abc"}, "There is a problem with the service"),
        (
            "500.html",
            503,
            {"reference": "abc", "is_out_of_reach": True},
            "The service is not available now",
        ),
        (
            "too_often.html",
            429,
            {"seconds": 5, "most": 120, "what": "changes", "fields": (("text", "Typed"),)},
            "Too many changes in a minute",
        ),
        ("read_only.html", 503, {"fields": (("text", "Typed"),)}, "Nothing can be saved now"),
    ],
)
def test_what_the_site_says_when_it_fails_is_a_page_like_others(
    template: str,
    status: int,
    context: dict[str, object],
    title: str,
    furnished_site: FurnishedSite,
    browser: Browser,
) -> None:
    with somebody(
        Visitor.ANYBODY, browser=browser, site=furnished_site.site, way=WAYS["desktop"]
    ) as person:
        _shown(person.page, person.site, template=template, status=status, **context)

        _check_failure(person, title=title)


def test_what_the_site_refuses_is_a_page_like_others(
    furnished_site: FurnishedSite, browser: Browser
) -> None:
    refused = address_of("rounds:list", things=furnished_site.things)
    with somebody(
        Visitor.PEOPLE_LEAD, browser=browser, site=furnished_site.site, way=WAYS["desktop"]
    ) as person:
        address = address_of("records:overview", things=furnished_site.things)
        assert (answer := person.page.goto(f"{person.site}{address}"))
        assert answer.status == 403
        _check_failure(person, title="You cannot do this")
        assert (answer := person.page.goto(f"{person.site}{refused}"))
        assert answer.status == 404
        _check_failure(person, title="Page not found")
        person.page.goto(f"{person.site}{address_of('account_change_password', things={})}")
        person.page.evaluate(
            "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(e => e.value = 'x')"
        )
        with person.page.expect_navigation() as coming:
            person.page.evaluate("document.querySelector('main form').requestSubmit()")
        assert coming.value.status == 403
        _check_failure(person, title="This form could not be sent")
