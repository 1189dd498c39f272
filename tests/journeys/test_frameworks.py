"""An outcomes framework from its first draft to its next version, by two sides and a worker."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from authorities.models import Body, BodyKind, Role
from outcomes.models import Framework, VersionState
from tests.browser.visitor import Visitor
from tests.factories.authorities import MembershipFactory
from tests.journeys.people import ANALYST, Arrive
from tests.outcomes.return_file.files import PUBLISHED
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_NAME = "Longer in good health"
_ITEM = "People of York live well for longer"
# With the other of its two ICBs the authority drafts a framework already.
_BOARD = "west-yorkshire"
_PATIENCE = 60_000
_YORK = "E06000014"
_ERRORS = ".govuk-error-summary"


@pytest.fixture
def sides(arrive: Arrive, live_world: LiveWorld) -> tuple[Visitor, Visitor]:
    """A signatory of an authority and one of its ICB; the two own no framework yet."""
    found = []
    for kind, slug in (
        (BodyKind.STRATEGIC_AUTHORITY, live_world.facts.other_authority),
        (BodyKind.INTEGRATED_CARE_BOARD, _BOARD),
    ):
        body = Body.objects.get(kind=kind, slug=slug)
        person = MembershipFactory(body=body, role=Role.SIGNATORY).user
        found.append(arrive(person.email))
    return found[0], found[1]


def test_a_framework_is_agreed_followed_and_changed(
    sides: tuple[Visitor, Visitor],
    arrive: Arrive,
    live_world: LiveWorld,
    worker: Path,
    tmp_path: Path,
) -> None:
    authority, board = sides
    text = _begin(authority, live_world)
    _write(authority, text)
    _propose(authority, text)
    _decline(board, text, reason="We cannot reach it without more beds.")

    expect(authority.open(text).locator(".app-differ").first).to_contain_text("without more beds")
    _edit(authority, text, said="With warm homes.")
    _propose(authority, text)
    _sign(board, text)
    # What is changed is another content: the signature is void, and all are asked anew.
    _edit(authority, text, said="With warm, dry homes.")
    expect(board.open(text).locator(".app-meta")).to_contain_text("Draft")
    _propose(authority, text)
    _sign(authority, text)
    _sign(board, text)
    expect(board.open(text).locator(".app-meta")).to_contain_text("Agreed")

    way = _wait_for_progress(authority, text, "2022-24")
    _send_values(authority, live_world, tmp_path)
    _approve(arrive(ANALYST))
    _wait_for_progress(authority, text, "2023-25")
    page = authority.open(way)
    expect(page.locator("main")).to_contain_text("2023-25")
    authority.check_page()

    _say(authority, way)
    _review(authority, board, text, way)
    _change_with_reason(authority, board, text)


def _fill(page: Page, **fields: str | bool) -> None:
    """Fill in fields by their names; of a choice, the one with the value or the words."""
    for name, value in fields.items():
        field = page.locator(f'main [name="{name}"]')
        kind = field.first.evaluate("one => one.type || one.tagName")
        if kind in ("radio", "checkbox"):
            chosen = field if value is True else page.locator(f'[name="{name}"][value="{value}"]')
            chosen.first.check()
        elif kind.startswith("select"):
            field.select_option(label=str(value))
        else:
            field.fill(str(value))


def _send(visitor: Visitor, **fields: str | bool) -> Page:
    """Fill in the form of the page, send it, and read what comes."""
    page = visitor.page
    visitor.check_page()
    _fill(page, **fields)
    page.locator("main form button.govuk-button").last.click()
    page.wait_for_load_state("load")
    expect(page.locator(_ERRORS)).to_have_count(0)
    return page


def _begin(authority: Visitor, world: LiveWorld) -> str:
    facts = world.facts
    page = authority.open(f"/authorities/{facts.other_authority}/frameworks/")
    page.get_by_role("link", name=re.compile("^With NHS West Yorkshire")).click()
    _send(authority, name=_NAME)
    framework = Framework.objects.get(name=_NAME)
    return f"/frameworks/{framework.pk}/1/"


def _write(authority: Visitor, text: str) -> None:
    page = authority.open(f"{text}draft/")
    # What is missing leads to where it is entered.
    page.get_by_role("link", name="Add at least one outcome with an indicator.").click()
    _send(authority, title=_ITEM)
    page.get_by_role("link", name="Add at least one outcome with an indicator.").click()
    _send(authority, indicator="Healthy life expectancy at birth", area="York")
    page.get_by_label(re.compile("^Women")).check()
    _send(authority)
    page.get_by_role("link", name=re.compile("choose a baseline")).click()
    page.get_by_label(re.compile(r"2019-21")).first.check()
    _send(authority)
    page.get_by_role("link", name=re.compile("set a target")).click()
    _send(
        authority,
        kind="reach",
        mode="change",
        amount="2",
        period="2028 - 30",
        trajectory="linear",
    )
    page.get_by_role("link", name=re.compile("name the role that owns it at the ICB")).click()
    _send(authority, authority_owner="Director of health", board_owner="Director of strategy")
    expect(page.get_by_text("What is missing before it can be proposed")).to_have_count(0)


def _edit(visitor: Visitor, text: str, *, said: str) -> None:
    page = visitor.open(f"{text}draft/")
    page.get_by_role("link", name=re.compile(f"^Change.*{_ITEM}")).first.click()
    _send(visitor, text=said)


def _propose(visitor: Visitor, text: str) -> None:
    visitor.open(f"{text}propose/")
    _send(visitor)
    expect(visitor.page.locator(".app-meta")).to_contain_text("Proposed")


def _decline(visitor: Visitor, text: str, *, reason: str) -> None:
    page = visitor.open(text)
    page.get_by_role("link", name="Decline and say why").click()
    _send(visitor, reason=reason)
    expect(page.locator(".app-meta")).to_contain_text("Draft")


def _sign(visitor: Visitor, text: str) -> None:
    page = visitor.open(text)
    page.get_by_role("button", name="Sign", exact=True).click()
    _send(visitor, declared=True)
    expect(page.get_by_text(re.compile("^Signed\\."))).to_be_visible()


def _wait_for_progress(visitor: Visitor, text: str, period: str) -> str:
    """Look at the framework's progress until the worker has computed it; give the indicator's."""
    page = visitor.open(text)
    page.get_by_role("link", name="Progress", exact=True).last.click()
    _again(
        page,
        lambda: expect(page.locator("#indicators ~ table tbody tr").first).to_contain_text(
            period, timeout=1_000
        ),
    )
    visitor.check_page()
    address = page.locator("#indicators ~ table tbody tr a").first.get_attribute("href")
    assert address is not None
    return address


def _again(page: Page, look: Callable[[], None]) -> None:
    """Load the page anew until it shows what is looked for.

    Raises:
        AssertionError: it never does.
    """
    for _ in range(_PATIENCE // 1_000):
        try:
            look()
        except AssertionError:
            page.reload()
        else:
            return
    look()


def _send_values(authority: Visitor, world: LiveWorld, folder: Path) -> None:
    """Upload a period that nobody has published yet."""
    with PUBLISHED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    later = [
        row | {"Time period": "2023 - 25", "Time period Sortable": "20230000", "Value": "61.9"}
        for row in rows
        if row["Area Code"] == _YORK
        and row["Time period"] == "2022 - 24"
        and row["Sex"] == "Female"
    ]
    sent = folder / "york.csv"
    with sent.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(later)
    page = authority.open(f"/authorities/{world.facts.other_authority}/indicators/uploads/new/")
    page.locator('input[type="file"]').set_input_files(sent)
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_role("list", name="What we found")).to_be_visible(timeout=_PATIENCE)
    for question in page.get_by_label(re.compile("^Why ")).all():
        question.fill("Early figures.")
    if page.get_by_role("button", name="Save reasons").count():
        page.get_by_role("button", name="Save reasons").click()
    page.get_by_role("button", name="Store these figures").click()
    expect(page.get_by_role("list", name="What we stored")).to_be_visible(timeout=_PATIENCE)


def _approve(analyst: Visitor) -> None:
    page = analyst.open("/indicators/approvals/")
    row = page.locator("main tr", has_text="York and North Yorkshire").first
    row.get_by_role("link").first.click()
    page.get_by_role("button", name="Approve").click()
    _send(analyst, declare=True)


def _say(authority: Visitor, way: str) -> None:
    page = authority.open(way)
    page.get_by_role("link", name="Say something beside this status").click()
    _send(
        authority,
        role="Director of health",
        text="One year says little; the homes are not warm yet.",
        contested=True,
    )
    expect(page.locator("main")).to_contain_text("the homes are not warm yet")
    expect(page.locator("main")).to_contain_text("Contested")


def _review(authority: Visitor, board: Visitor, text: str, way: str) -> None:
    page = authority.open(text)
    page.get_by_role("link", name="Expert reviews", exact=True).click()
    page.get_by_role("button", name="Draft a review").click()
    today = timezone.localdate()
    page.get_by_label(re.compile("^Healthy life expectancy")).first.check()
    _send(
        authority,
        group_name="Outcomes group",
        met_on=f"{today.day} {today:%B %Y}",
        things_right="partly",
        things_right_text="Homes are insulated more slowly than agreed.",
        right_things="yes",
        right_things_text="Warm homes are what helps.",
        conclusion="Go on, and ask for builders.",
    )
    _send(authority, text_1="It moves slowly.")
    page = board.open(page.url.removeprefix(board.site))
    page.get_by_role("link", name="Sign it for the group").click()
    _send(board, role="Chair of the outcomes group", declare=True)
    # It stands beside the numbers, on a page that was shown without it before.
    for address in (text, way.partition("indicators/")[0]):
        expect(authority.open(address).locator("main")).to_contain_text("ask for builders")
    expect(authority.open(way).locator("main")).to_contain_text("It moves slowly.")


def _change_with_reason(authority: Visitor, board: Visitor, text: str) -> None:
    page = authority.open(text)
    page.get_by_role("button", name="Propose a change").click()
    _send(authority, reason="Figures of 2023-25 came.")
    following = text.replace("/1/", "/2/")
    page = authority.open(f"{following}draft/")
    page.get_by_role("link", name=re.compile("^Change.*Target:")).click()
    page.locator('[name="amount"]').fill("2.5")
    page.get_by_role("button", name="Save").click()
    # There are values to hold against it, so that a reason is asked.
    expect(page.locator(_ERRORS)).to_contain_text("Say why it changes")
    authority.messages.clear()
    _fill(page, reason="The first value shows that more can be reached.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(_ERRORS)).to_have_count(0)
    _propose(authority, following)
    for side in (authority, board):
        _sign(side, following)
    page = board.open(f"{text}differences/2/")
    expect(page.locator("main")).to_contain_text("more can be reached")
    board.check_page()
    states = Framework.objects.get(name=_NAME).versions.order_by("number")
    assert list(states.values_list("state", flat=True)) == [
        VersionState.SUPERSEDED,
        VersionState.AGREED,
    ]
