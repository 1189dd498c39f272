"""A new officer of an ICB updates its commitments with several authorities in one sitting."""

import time

import pytest
from playwright.sync_api import Frame, Page, expect

from authorities.models import IntegratedCareBoard, Pair, Role
from engagement.models import Commitment, CommitmentUpdate, CommitmentUpdateDraft, Side
from tests.factories.authorities import MembershipFactory
from tests.factories.engagement_commitments import AgreedCommitmentFactory
from tests.journeys.conftest import WAYS, in_two_ways
from tests.journeys.people import Arrive, Way, sign_in
from tests.world import PASSWORD, LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BOARD = "humber-and-north-yorkshire"
EMAIL = "new-officer@humber-icb.example"
MINUTES, PAGE_LOADS = 5, 12
TITLES = ("Train every link worker", "Open a joint clinic", "Publish one plan for damp homes")


def _three_commitments() -> list[Commitment]:
    """Give the ICB a commitment with each of three authorities, and a new officer."""
    board = IntegratedCareBoard.objects.get(slug=BOARD)
    MembershipFactory(user__email=EMAIL, user__password=PASSWORD, body=board, role=Role.EDITOR)
    pairs = Pair.objects.filter(board=board, overlaps__valid__upper_inf=True).distinct()
    by_authority = {pair.authority_id: pair for pair in pairs}
    assert len(by_authority) >= len(TITLES)
    return [
        AgreedCommitmentFactory(pair=pair, title=title)
        for title, pair in zip(TITLES, by_authority.values(), strict=False)
    ]


class _Loads:
    """How many pages the browser loaded."""

    def __init__(self, page: Page) -> None:
        self.addresses: list[str] = []
        self._frame = page.main_frame
        page.on("framenavigated", self._went)

    def _went(self, frame: Frame) -> None:
        if frame == self._frame:
            self.addresses.append(frame.url)


@in_two_ways
def test_three_updates_take_five_minutes_and_a_dozen_pages_at_the_most(
    any_way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    rows = _three_commitments()
    officer = arrive()
    loads, begun = _Loads(officer.page), time.monotonic()

    officer.open("/account/sign-in/")
    page = sign_in(officer, email=EMAIL)
    page.get_by_role("link", name="Commitments", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("to update")
    officer.check_page()
    for number, title in enumerate(TITLES):
        card = page.locator("article", has_text=title)
        summary = card.locator("summary")
        if card.locator("details[open]").count() == 0:
            summary.click()
        card.get_by_label("On track", exact=True).check()
        if number == 0:
            # Something is forgotten once, and something is typed elsewhere meanwhile.
            other = page.locator("article", has_text=TITLES[2])
            other.locator("summary").click()
            other.get_by_label("In a sentence or two").fill("The plan is")
            card.get_by_role("button", name="Save our update").click()
            expect(page.locator(".govuk-error-summary")).to_be_visible()
            expect(other.get_by_label("In a sentence or two")).to_have_value("The plan is")
            officer.check_page()
        card.get_by_label("In a sentence or two").fill(f"It goes well: {number}.")
        card.get_by_role("button", name="Save our update").click()
        expect(page.get_by_text(f"Your update on “{title}” is saved.")).to_be_visible()
    officer.check_page()

    assert time.monotonic() - begun <= MINUTES * 60
    assert len(loads.addresses) <= PAGE_LOADS, loads.addresses
    updates = CommitmentUpdate.objects.filter(commitment__in=rows, side=Side.BOARD)
    assert {update.commitment_id for update in updates} == {row.pk for row in rows}
    assert len(updates) == len(TITLES)
    assert not CommitmentUpdateDraft.objects.filter(by__email=EMAIL).exists()


@pytest.mark.parametrize("any_way", [WAYS["phone"]], ids=["phone"], indirect=True)
def test_what_is_typed_is_kept_by_itself(
    any_way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    _three_commitments()
    officer = arrive(EMAIL)

    page = officer.open(f"/icbs/{BOARD}/commitments/")
    card = page.locator("article", has_text=TITLES[0])
    if card.locator("details[open]").count() == 0:
        card.locator("summary").click()
    card.get_by_label("In a sentence or two").fill("Half of it")
    expect(card.get_by_text("Draft kept at")).to_be_visible(timeout=15_000)
    officer.check_page()
    page = officer.open(f"/icbs/{BOARD}/commitments/")

    card = page.locator("article", has_text=TITLES[0])
    expect(card.get_by_label("In a sentence or two")).to_have_value("Half of it")
    expect(card.get_by_text("not sent. Only you see it.")).to_be_visible()
    officer.check_page()
    card.get_by_role("button", name="Throw away the draft").click()
    expect(page.get_by_text("is thrown away")).to_be_visible()
    assert not CommitmentUpdateDraft.objects.filter(by__email=EMAIL).exists()
