"""A national view from its first draft to a published level and its correction, without scripts."""

import re
from datetime import timedelta

import pgtrigger
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from authorities.models import Pair, User
from duty.actions import round_jobs
from duty.models import Round, RoundState
from engagement.actions import allocations, placements
from engagement.models import Assessment, Finding, Publication
from tests.browser.visitor import Visitor
from tests.engagement.actions.test_publications import let_the_instant_pass
from tests.factories.engagement_assessments import move_to, settle
from tests.journeys.conftest import WAYS
from tests.journeys.people import (
    ADMINISTRATOR,
    ANALYST,
    AUTHORITY_SIGNATORY,
    BOARD_SIGNATORY,
    LEAD_ANALYST,
    MODERATOR,
    READER,
    Arrive,
    Way,
)
from tests.journeys.test_national_views import agree as agree_to
from tests.journeys.test_national_views import draft_side, send
from tests.journeys.test_replies import agree, disagree, resolve
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def way() -> Way:
    """The hardest of the ways: all of it works by forms alone."""
    return WAYS["phone-no-scripts"]


def test_a_level_goes_the_whole_way_and_is_corrected_afterwards(
    arrive: Arrive, live_world: LiveWorld
) -> None:
    round_, pair = _not_started(live_world)
    slugs = f"{round_.slug}/{pair.authority.slug}/{pair.board.slug}"
    view = f"/review/pairs/{slugs}/"
    finding = f"/rounds/{round_.slug}/pairs/{pair.authority.slug}/{pair.board.slug}/reply/"
    analyst, moderator = arrive(ANALYST), arrive(MODERATOR)
    administrator, lead = arrive(ADMINISTRATOR), arrive(LEAD_ANALYST)
    signatory, board = arrive(AUTHORITY_SIGNATORY), arrive(BOARD_SIGNATORY)

    _start(analyst, view=view)
    for side, level in (("sa", "partial"), ("icb", "high")):
        draft_side(analyst, pair=view, side=side, level=level)
    send(analyst, pair=view)
    agree_to(moderator, pair=view)
    # The other pairs go the same way unseen.
    settle(round=round_, final=False)
    _take_round_step(administrator, round_=round_, name="Start the reply")
    disagree(signatory, address=finding)
    agree(board, address=finding)
    _let_the_days_of_the_reply_pass(round_)
    _take_round_step(administrator, round_=round_, name="End the reply")
    resolve(moderator)
    # Bodies of the other pairs have no readers: those are made final unseen.
    settle(round=round_)
    placements.recompute_round(round=round_, at=timezone.now())
    _publish(lead, moderator, round_=round_)
    _see(arrive(READER), round_=round_, pair=pair, words="The minutes say otherwise.")

    _correct(analyst, moderator, view=view)
    page = signatory.open(finding)
    expect(page.get_by_text("Corrected, revision 2").first).to_be_visible()
    signatory.check_page()
    _see(arrive(READER), round_=round_, pair=pair, words="Corrected, revision 2")


def _not_started(live_world: LiveWorld) -> tuple[Round, Pair]:
    """Let the days of own views be over, and nothing be begun of South Yorkshire's pair."""
    round_ = Round.objects.get(slug=live_world.facts.round)
    today = timezone.localdate()
    Round.objects.filter(pk=round_.pk).update(
        due_on=today - timedelta(days=6),
        edits_until=today - timedelta(days=5),
        reply_opens_on=today - timedelta(days=1),
        reply_closes_on=today + timedelta(days=10),
        publish_at=timezone.now() + timedelta(days=20),
    )
    round_.refresh_from_db()
    move_to(round_, RoundState.CLOSED)
    pair = Pair.objects.select_related("authority", "board").get(
        authority__slug=live_world.facts.authority, board__slug=live_world.facts.board
    )
    held = allocations.begin(round=round_, pair=pair, at=timezone.now())
    with pgtrigger.ignore():
        Finding.objects.filter(assessment=held).delete()
        Assessment.objects.filter(pk=held.pk).update(
            state="not_started",
            assigned_to=User.objects.get(email=ANALYST),
            drafted_by=None,
            moderated_by=None,
        )
    return round_, pair


def _start(analyst: Visitor, *, view: str) -> None:
    page = analyst.open(view)
    page.get_by_role("link", name="Start the draft").click()
    page.get_by_role("button", name="Start the draft").click()
    expect(page.get_by_text("The draft is yours.")).to_be_visible()


def _take_round_step(administrator: Visitor, *, round_: Round, name: str) -> None:
    page = administrator.open(f"/rounds/{round_.slug}/control/")
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name=name).click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(page.get_by_text("The reply").first).to_be_visible()


def _let_the_days_of_the_reply_pass(round_: Round) -> None:
    today = timezone.localdate()
    Round.objects.filter(pk=round_.pk).update(
        reply_opens_on=today - timedelta(days=2), reply_closes_on=today - timedelta(days=1)
    )


def _publish(lead: Visitor, moderator: Visitor, *, round_: Round) -> None:
    page = lead.open(f"/rounds/{round_.slug}/publish/")
    page.get_by_role("link", name="Propose the publication").click()
    page.get_by_role("button", name="Propose the publication").click()
    expect(page.get_by_text("It is proposed.")).to_be_visible()
    page = moderator.open(f"/rounds/{round_.slug}/publish/")
    page.get_by_role("link", name="Approve the publication").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Revision 1 is approved.")).to_be_visible()
    let_the_instant_pass(Publication.objects.get(round=round_))
    Round.objects.filter(pk=round_.pk).update(publish_at=timezone.now() - timedelta(seconds=1))
    assert round_jobs.turn_due(at=timezone.now()) == 1


def _see(reader: Visitor, *, round_: Round, pair: Pair, words: str) -> None:
    page = reader.open(f"/pairs/{pair.authority.slug}/{pair.board.slug}/?round={round_.slug}")
    expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_text("Between us.")).to_have_count(0)
    reader.check_page()


def _correct(analyst: Visitor, moderator: Visitor, *, view: str) -> None:
    page = analyst.open(view)
    page.get_by_role("link", name=re.compile("^Correct the published level of")).first.click()
    analyst.check_page()
    page.get_by_role("button", name="Propose the correction").click()
    expect(page.get_by_role("link", name="Say why the published level was wrong")).to_be_visible()
    page.get_by_label("Why was the published level wrong?").fill("A newer minute was missed.")
    page.locator('input[name="level"][value="high"]').check()
    for radio in page.locator('input[type="radio"][value="high"]').all():
        radio.check()
    page.get_by_role("button", name="Propose the correction").click()
    expect(page.get_by_text("The correction is proposed.")).to_be_visible()
    analyst.check_page()

    page = moderator.open("/review/moderation/")
    page.locator("section", has_text="Corrections of published levels").get_by_role(
        "link"
    ).last.click()
    moderator.check_page()
    page.get_by_role("link", name="Approve and publish it").click()
    moderator.check_page()
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("everybody sees the new revision")).to_be_visible()
