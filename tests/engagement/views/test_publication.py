"""Publication on screen: an embargo that holds, two people, revisions and what they changed."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Pair, PairOverlap, Role
from duty.models import Round, RoundHappening, RoundState
from engagement.actions import placements, publications
from engagement.models import Publication
from tests.engagement import sight
from tests.engagement.actions.test_publications import let_the_instant_pass, set_
from tests.factories import engagement as make
from tests.factories.engagement_assessments import settle

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CANARY = "Canary round"
MEMBERS = ("authority editor", "board signatory")
OUTSIDERS = ("anybody", "reader", *MEMBERS)


@pytest.fixture
def finalising(pair: Pair) -> Round:
    """A round with one pair, to be published in a few seconds more than a test takes."""
    made = make.earlier_round(state=RoundState.OPEN, slug="canary-round", name=CANARY)
    for side in ("sa", "icb"):
        make.confirmed(pair=pair, round=made, side=side, level="high")
    settle(round=made)
    placements.recompute_round(round=made, at=make.NOW)
    set_(made, state=RoundState.FINALISING, publish_at=timezone.now() + timedelta(minutes=5))
    return made


def at(name: str, round: Round, *more: object) -> str:
    return reverse(f"publications:{name}", args=[round.slug, *more])


def public_addresses(pair: Pair, round: Round) -> list[str]:
    sides = [pair.authority.slug, pair.board.slug]
    return [
        reverse("engagement:national"),
        reverse("engagement:national-placements"),
        f"{reverse('engagement:national')}?round={round.slug}",
        f"{reverse('engagement:national-placements')}?round={round.slug}",
        reverse("engagement:pair", args=sides),
        reverse("engagement:pair-placements", args=sides),
        "/api/v1/placements/",
        f"/api/v1/placements/?round={round.slug}",
        at("revisions", round),
        at("revision", round, 1),
        at("revision-csv", round, 1),
        at("difference", round, 1, 1),
        "/",
    ]


def said(path: str, client) -> str:
    """What an answer says, headers included; what does not exist says nothing."""
    response = client.get(path)
    if response.status_code in (302, 404):
        return ""
    return f"{dict(response.headers)} {response.content.decode()}"


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nothing_of_it_is_seen_before_its_instant_and_all_of_it_after(who, finalising, pair):
    client = sight.sign_in(sight.people_of(pair)[who])
    addresses = public_addresses(pair, finalising)
    before = {path: said(path, client) for path in addresses}

    publication = make.approve(round=finalising, clock=timezone.now)
    under_embargo = {path: said(path, client) for path in addresses}
    let_the_instant_pass(publication)
    after = {path: said(path, client) for path in addresses}

    for path in addresses:
        # A body's own people know of the round from their own views; the approval tells no more.
        for word in (CANARY, finalising.slug):
            assert (word in under_embargo[path]) == (word in before[path])
            assert who in MEMBERS or word not in before[path]
        assert bool(under_embargo[path]) == bool(before[path])
    # No job was there: the state of the round has not moved.
    finalising.refresh_from_db()
    assert finalising.state == RoundState.FINALISING
    for path in addresses[:-1]:
        assert CANARY in after[path] or finalising.slug in after[path]


def test_the_centre_reads_a_preview_under_embargo(finalising, pair):
    make.approve(round=finalising, clock=timezone.now)
    client = sight.sign_in(make.central(Role.ANALYST))

    page = client.get(at("publish", finalising)).content.decode()

    assert "Under embargo" in page
    assert "Approved, under embargo" in page
    # Nobody has looked at what is not taken yet.
    assert "Not checked" in page
    assert "No reply waits" not in page
    assert "Ambassadors" in page
    assert at("withdraw", finalising) not in page


def test_one_proposes_and_another_approves_on_screen(finalising):
    lead, moderator = (sight.sign_in(make.central(r)) for r in (Role.LEAD_ANALYST, Role.MODERATOR))

    proposed = lead.post(at("propose", finalising), follow=True).content.decode()
    own = lead.get(at("publish", finalising)).content.decode()
    undeclared = moderator.post(at("approve", finalising), {"seen": ""})
    form = moderator.get(at("approve", finalising)).context["form"]
    sent = {"seen": form.initial["seen"], "declare": "on"}
    approved = moderator.post(at("approve", finalising), sent, follow=True).content.decode()
    again = moderator.post(at("approve", finalising), sent)
    withdrawn = moderator.post(
        at("withdraw", finalising), {"reason": "A level is wrong."}, follow=True
    )

    assert "Another person must approve it." in proposed
    assert "You proposed it, so another person must approve it." in own
    assert undeclared.status_code == 422
    assert "Revision 1 is approved." in approved
    # The same form sent twice approves once.
    assert again.status_code == 422
    assert "The approval is withdrawn." in withdrawn.content.decode()
    assert Publication.objects.get().withdrawn_reason == "A level is wrong."


def test_a_proposal_is_taken_back_with_a_reason_and_can_be_made_again(finalising):
    lead, moderator = (sight.sign_in(make.central(r)) for r in (Role.LEAD_ANALYST, Role.MODERATOR))
    lead.post(at("propose", finalising))
    seen = moderator.get(at("approve", finalising)).context["form"].initial["seen"]

    silent = moderator.post(at("take-back", finalising), {"reason": " "})
    taken = moderator.post(at("take-back", finalising), {"reason": "Too early."}, follow=True)
    approved = moderator.post(at("approve", finalising), {"seen": seen, "declare": "on"})
    again = moderator.post(at("take-back", finalising), {"reason": "Once more."})
    proposed = lead.post(at("propose", finalising), follow=True)

    assert silent.status_code == 422
    assert "The proposal is taken back." in taken.content.decode()
    assert [one.reason for one in RoundHappening.objects.filter(type="take_back")] == ["Too early."]
    # What was taken back can neither be approved nor taken back once more.
    assert (approved.status_code, again.status_code) == (422, 422)
    assert not Publication.objects.exists()
    assert "Another person must approve it." in proposed.content.decode()
    finalising.refresh_from_db()
    assert finalising.state == RoundState.FINALISING


def test_who_proposed_is_refused_as_the_second_person_in_words(finalising):
    person = make.central(Role.LEAD_ANALYST)
    seen = publications.propose(round_=finalising, by=person, at=timezone.now())

    response = sight.sign_in(person).post(
        at("approve", finalising), {"seen": seen, "declare": "on"}
    )

    assert response.status_code == 422
    assert "You have proposed it" in response.content.decode()


def test_a_correction_says_what_changed_and_the_first_revision_stays(finalising, client):
    set_(finalising, publish_at=timezone.now() - timedelta(days=1))
    make.approve(round=finalising, clock=timezone.now)
    PairOverlap.objects.update(share_of_board=0.5)
    make.approve(round=finalising, clock=timezone.now, reason="A share was wrong.")

    first = client.get(at("revision", finalising, 1)).content.decode()
    listed = client.get(at("revisions", finalising)).content.decode()
    changed = client.get(at("difference", finalising, 1, 2)).content.decode()
    text = client.get(f"{at('difference', finalising, 1, 2)}changes.csv").content.decode()

    assert "There is a newer revision." in first
    assert "A share was wrong." in listed
    assert "90.0%" in changed
    assert "50.0%" in changed
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["kind"], row["before"], row["after"]) for row in rows] == [
        ("pair", "90.0%", "50.0%")
    ]
    assert client.get(at("difference", finalising, 1, 3)).status_code == 404
