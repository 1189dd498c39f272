"""Two people publish a round: unseen before its instant, and corrected by a new revision."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from authorities.models import PairOverlap
from duty.actions import round_jobs
from duty.models import Round, RoundState
from engagement.actions import placements
from engagement.models import Publication
from tests.browser.visitor import Visitor
from tests.engagement.actions.test_publications import let_the_instant_pass
from tests.factories.engagement_assessments import settle
from tests.journeys.conftest import in_two_ways
from tests.journeys.people import LEAD_ANALYST, MODERATOR, READER, Arrive, Way
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_WHY = "The share of people in South Yorkshire was wrong."


@in_two_ways
def test_a_round_is_proposed_approved_seen_and_corrected(
    any_way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    round_ = _finalising(live_world.facts.round)
    lead, moderator, reader = arrive(LEAD_ANALYST), arrive(MODERATOR), arrive(READER)

    _propose(lead, round_=round_)
    _approve(moderator, round_=round_, lead=lead)
    _see_nothing(reader, round_=round_)
    _let_the_instant_come(round_)
    _see_it(reader, round_=round_)
    PairOverlap.objects.filter(pair__authority__slug="south-yorkshire").update(share_of_board=0.5)
    _correct(lead, moderator, round_=round_)
    _see_the_difference(reader, round_=round_)


def _finalising(slug: str) -> Round:
    """Let the reply of the open round be over; it is to be published in an hour."""
    settle(round=Round.objects.get(slug=slug))
    today = timezone.localdate()
    Round.objects.filter(slug=slug).update(
        state=RoundState.FINALISING,
        due_on=today - timedelta(days=30),
        edits_until=today - timedelta(days=25),
        reply_opens_on=today - timedelta(days=20),
        reply_closes_on=today - timedelta(days=2),
        publish_at=timezone.now() + timedelta(hours=1),
    )
    round_ = Round.objects.get(slug=slug)
    placements.recompute_round(round=round_, at=timezone.now())
    return round_


def _publish_page(visitor: Visitor, *, round_: Round) -> Page:
    return visitor.open(f"/rounds/{round_.slug}/publish/")


def _propose(lead: Visitor, *, round_: Round) -> None:
    page = _publish_page(lead, round_=round_)
    expect(page.get_by_text("Not proposed")).to_be_visible()
    page.get_by_role("link", name="Propose the publication").click()
    lead.check_page()
    page.get_by_role("button", name="Propose the publication").click()
    expect(page.get_by_text("It is proposed. Another person must approve it.")).to_be_visible()
    _publish_page(lead, round_=round_)
    expect(page.get_by_text("You proposed it, so another person must approve it.")).to_be_visible()
    expect(page.get_by_role("link", name="Approve the publication")).to_have_count(0)


def _approve(moderator: Visitor, *, round_: Round, lead: Visitor) -> None:
    page = _publish_page(moderator, round_=round_)
    page.get_by_role("link", name="Approve the publication").click()
    expect(page.get_by_text("Daniel Ashe proposed it")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    moderator.check_page()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Revision 1 is approved.")).to_be_visible()
    preview = _publish_page(lead, round_=round_)
    expect(preview.get_by_text("Approved, under embargo")).to_be_visible()
    lead.check_page()


def _revisions(round_: Round) -> str:
    return f"/national/revisions/{round_.slug}/"


def _see_nothing(reader: Visitor, *, round_: Round) -> None:
    page = reader.open("/national/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text(round_.name)).to_have_count(0)
    page.goto(f"{reader.site}/submitted-returns/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text(round_.name)).to_have_count(0)
    for path in (_revisions(round_), f"{_revisions(round_)}1/placements.csv"):
        assert page.context.request.get(f"{reader.site}{path}").status == 404


def _let_the_instant_come(round_: Round) -> None:
    let_the_instant_pass(Publication.objects.get(round=round_))
    Round.objects.filter(pk=round_.pk).update(publish_at=timezone.now() - timedelta(seconds=1))


def _see_it(reader: Visitor, *, round_: Round) -> None:
    # No job has come yet: the clock alone has lifted the embargo.
    page = reader.open("/national/")
    expect(page.get_by_text(round_.name).first).to_be_visible()
    page.goto(f"{reader.site}{_revisions(round_)}1/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Revision 1")
    expect(page.get_by_role("rowheader", name=re.compile("^South Yorkshire")).first).to_be_visible()
    expect(page.get_by_role("table", name="Returns of this revision")).to_be_visible()
    reader.check_page()
    page.goto(f"{reader.site}/submitted-returns/")
    expect(page.get_by_text(round_.name).first).to_be_visible()
    reader.check_page()


def _correct(lead: Visitor, moderator: Visitor, *, round_: Round) -> None:
    assert round_jobs.turn_due(at=timezone.now()) == 1
    page = _publish_page(lead, round_=round_)
    page.get_by_role("link", name="Propose a correction").click()
    page.get_by_role("button", name="Propose the correction").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    lead.check_page()
    page.locator('[name="reason"]').fill(_WHY)
    page.get_by_role("button", name="Propose the correction").click()
    expect(page.get_by_text("It is proposed. Another person must approve it.")).to_be_visible()
    page = _publish_page(moderator, round_=round_)
    expect(page.get_by_role("table", name="Pairs that would change")).to_contain_text("50.0%")
    moderator.check_page()
    page.get_by_role("link", name="Approve the correction").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Revision 2 is approved.")).to_be_visible()


def _see_the_difference(reader: Visitor, *, round_: Round) -> None:
    page = reader.open(_revisions(round_))
    expect(page.get_by_text(_WHY)).to_be_visible()
    reader.check_page()
    page.get_by_role("link", name="What changed in revision 2").click()
    changed = page.get_by_role("table", name="Pairs whose placement changed")
    expect(changed).to_contain_text("50.0%")
    reader.check_page()
    file = page.get_by_role("link", name="Take the changes as CSV").get_attribute("href")
    text = page.context.request.get(f"{reader.site}{file}").text()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows
    assert {row["after"] for row in rows} == {"50.0%"}
    page.goto(f"{reader.site}{_revisions(round_)}1/")
    expect(page.get_by_text("There is a newer revision.")).to_be_visible()
