"""Both bodies reply to what was found, a moderator resolves a challenge, and it is final."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from authorities.models import Pair, User
from duty.models import Round, RoundState
from engagement.actions import round_publication
from engagement.models import Assessment
from tests.browser.visitor import Visitor
from tests.factories import engagement_assessments as national
from tests.journeys.conftest import in_two_ways
from tests.journeys.people import (
    ANALYST,
    AUTHORITY_EDITOR,
    AUTHORITY_SIGNATORY,
    BOARD_SIGNATORY,
    LEAD_ANALYST,
    MODERATOR,
    Arrive,
    Way,
)
from tests.world import LiveWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@in_two_ways
def test_bodies_reply_a_challenge_is_resolved_and_the_view_is_final(
    any_way: Way, arrive: Arrive, live_world: LiveWorld
) -> None:
    made = _shared(live_world)
    pair = made.pair
    address = f"/rounds/{made.round.slug}/pairs/{pair.authority.slug}/{pair.board.slug}/reply/"
    signatory, board = arrive(AUTHORITY_SIGNATORY), arrive(BOARD_SIGNATORY)

    _find_it_from_home(signatory, address=address)
    disagree(signatory, address=address)
    agree(board, address=address)
    _read_as_editor(arrive(AUTHORITY_EDITOR), address=address)
    _close(made)

    resolve(arrive(MODERATOR))
    for visitor in (signatory, board):
        page = visitor.open(address)
        expect(page.get_by_text("The minutes say otherwise.")).to_be_visible()
        expect(page.get_by_text("It is published with the round as it is.")).to_be_visible()
        visitor.check_page()
    expect(board.open(address).get_by_text("Our own board minutes show")).to_have_count(0)


def _shared(live_world: LiveWorld) -> Assessment:
    """Agree to the national view of South Yorkshire, and start the round's reply.

    How a draft is written and agreed to is another journey's.
    """
    round_ = Round.objects.get(slug=live_world.facts.round)
    today = timezone.localdate()
    Round.objects.filter(pk=round_.pk).update(
        due_on=today - timedelta(days=6),
        edits_until=today - timedelta(days=5),
        reply_opens_on=today - timedelta(days=1),
        reply_closes_on=today + timedelta(days=10),
        state=RoundState.CLOSED,
    )
    round_.refresh_from_db()
    pair = Pair.objects.get(
        authority__slug=live_world.facts.authority, board__slug=live_world.facts.board
    )
    made = Assessment.objects.filter(round=round_, pair=pair).first()
    if made is None or made.state != "moderated":
        made = national.moderated(
            pair=pair,
            round=round_,
            levels=("partial", "high"),
            by=User.objects.get(email=ANALYST),
            moderator=User.objects.get(email=LEAD_ANALYST),
        )
    national.move_to(round_, RoundState.IN_REPLY)
    round_publication.reply_started(round_=round_, by=None, at=timezone.now())
    made.refresh_from_db()
    assert made.state == "shared"
    return made


def _find_it_from_home(signatory: Visitor, *, address: str) -> None:
    page = signatory.open("/")
    expect(page.get_by_text("10 days left").first).to_be_visible()
    page.get_by_role("link", name=re.compile("Finding to reply to")).first.click()
    expect(page).to_have_url(re.compile(re.escape(address)))
    signatory.check_page()


def disagree(signatory: Visitor, *, address: str) -> None:
    page = signatory.open(address)
    page.get_by_label("Note", exact=True).fill("Our own board minutes show more.")
    page.get_by_role("button", name="Check the reply").click()
    # A note without a choice is refused, and nothing is lost.
    expect(page.get_by_role("alert").get_by_text("Select whether you agree")).to_be_visible()
    signatory.check_page()
    page.get_by_label("No, we disagree").check()
    expect(page.get_by_label("Note", exact=True)).to_have_value("Our own board minutes show more.")
    page.get_by_label("New evidence 1: title").fill("Minutes")
    page.get_by_label("New evidence 1: link").fill("https://www.example.org/minutes")
    page.get_by_role("button", name="Check the reply").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check the reply")
    signatory.check_page()
    page.get_by_role("button", name="Send the reply").click()
    expect(page.get_by_text("Your reply is stored: your body disagrees.")).to_be_visible()
    expect(page.get_by_role("heading", name="Change your reply")).to_be_visible()


def agree(board: Visitor, *, address: str) -> None:
    page = board.open(address)
    expect(page.get_by_text("Our own board minutes show")).to_have_count(0)
    page.get_by_label("Yes, we agree").check()
    page.get_by_role("button", name="Check the reply").click()
    page.get_by_role("button", name="Send the reply").click()
    expect(page.get_by_text("Your reply is stored: your body agrees.")).to_be_visible()


def _read_as_editor(editor: Visitor, *, address: str) -> None:
    page = editor.open(address)
    expect(page.get_by_text("A signatory gives the reply")).to_be_visible()
    expect(page.get_by_text("Our own board minutes show")).to_be_visible()
    expect(page.get_by_role("button", name="Check the reply")).to_have_count(0)
    editor.check_page()


def _close(made: Assessment) -> None:
    """Let the last day of the replies pass."""
    Round.objects.filter(pk=made.round_id).update(
        reply_closes_on=timezone.localdate() - timedelta(days=1),
        reply_opens_on=timezone.localdate() - timedelta(days=2),
    )
    round_ = Round.objects.get(pk=made.round_id)
    national.move_to(round_, RoundState.FINALISING)
    round_publication.reply_ended(round_=round_, at=timezone.now())


def resolve(moderator: Visitor) -> None:
    page = moderator.open("/review/challenges/")
    moderator.check_page()
    page.get_by_role("link", name=re.compile("^Resolve")).first.click()
    expect(page.get_by_text("Our own board minutes show more.")).to_be_visible()
    moderator.check_page()
    page.get_by_role("button", name="Check the answer").click()
    expect(page.get_by_role("alert").get_by_text("Select whether the level")).to_be_visible()
    page.get_by_label("It is changed").check()
    page.get_by_label("Low", exact=True).check()
    page.get_by_label("Reason", exact=True).fill("The minutes say otherwise.")
    page.get_by_role("button", name="Check the answer").click()
    expect(page.get_by_text("the national view is final then")).to_be_visible()
    moderator.check_page()
    page.get_by_role("button", name="Resolve the challenge").click()
    expect(page.get_by_text("The challenge is resolved.")).to_be_visible()
