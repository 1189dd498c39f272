"""What one body says, and what the centre keeps to itself, is nowhere that others look.

Each confidential field holds a word of its own, which is searched for in the answers of everybody
at every stage of the reply.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.actions import messages
from authorities.models import Message, Role, User
from duty.actions.clock import invented_past
from duty.models import Round, RoundState
from engagement.actions import finding_replies, interests, moderation, own_views, placements
from engagement.actions.assessments import GivenEvidence
from engagement.actions.own_views import Choice
from engagement.models import Assessment, Level, ReplyChoice, ResolutionOutcome, Side
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national

pytestmark = pytest.mark.django_db

DRAFT, PRIVATE, NOTE = "CANARY-OWN-DRAFT", "CANARY-PRIVATE-NOTE", "CANARY-EVIDENCE-NOTE"
SA_REPLY, ICB_REPLY, INTEREST = "CANARY-SA-REPLY", "CANARY-ICB-REPLY", "CANARY-INTEREST"
EVERY = {DRAFT, PRIVATE, NOTE, SA_REPLY, ICB_REPLY, INTEREST}
# Who may read which; the centre reads no draft of a body's own view.
MAY = {
    "sa": {DRAFT, SA_REPLY},
    "icb": {ICB_REPLY},
    "centre": {PRIVATE, NOTE, SA_REPLY, ICB_REPLY, INTEREST},
    "others": set(),
}


@pytest.fixture
def people(pair, other_pair, in_reply_now) -> dict[str, list[User | None]]:
    return {
        "sa": [make.member(pair.authority), make.member(pair.authority, Role.SIGNATORY)],
        "icb": [make.member(pair.board), make.member(pair.board, Role.SIGNATORY)],
        "centre": [make.central(r) for r in (Role.ANALYST, Role.MODERATOR, Role.LEAD_ANALYST)],
        "others": [
            None,
            make.member(other_pair.authority, Role.SIGNATORY),
            make.member(other_pair.board, Role.SIGNATORY),
            make.central(Role.READER),
        ],
    }


def search(people, made: Assessment, *, stage: str) -> dict[str, set[str]]:
    """Look for every word in everything that everybody can ask for; return what was found."""
    pair, slugs = made.pair, [made.pair.authority.slug, made.pair.board.slug]
    of_view = [made.round.slug, *slugs]
    addresses = [
        "/",
        reverse("engagement:pair", args=slugs),
        reverse("engagement:pair-placements", args=slugs),
        reverse("engagement:own-view", args=slugs),
        reverse("engagement:own-view-check", args=slugs),
        reverse("findings:reply", args=of_view),
        f"{reverse('findings:reply', args=of_view)}?side=icb",
        reverse("assessments:pair", args=of_view),
        *(reverse("assessments:resolve", args=[*of_view, side]) for side in Side.values),
        reverse("assessments:desk"),
        reverse("assessments:moderation"),
        reverse("assessments:challenges"),
        f"{reverse('assessments:challenges')}?show=challenges",
        reverse("assessments:challenges-csv"),
        reverse("assessments:interests"),
        reverse("commitments:pair", args=slugs),
        "/national/",
        f"/national/?round={made.round.slug}",
        f"/national/placements.csv?round={made.round.slug}",
        "/api/v1/placements/",
        "/api/v1/placements/?status=working",
        "/messages/",
        f"/rounds/{made.round.slug}/history/",
        f"/authorities/{pair.authority.slug}/",
        f"/icbs/{pair.board.slug}/",
    ]
    found: dict[str, set[str]] = {}
    for group, persons in people.items():
        seen = set()
        for person in persons:
            client = Client()
            if person is not None:
                client.force_login(person)
            for address in addresses:
                response = client.get(address, follow=True)
                body = response.getvalue() if not response.streaming else b"".join(response)
                words = {word for word in EVERY if word in body.decode("utf-8", "replace")}
                assert words <= MAY[group], (stage, group, address, words - MAY[group])
                seen |= words
        found[group] = seen
    return found


def sent_words() -> str:
    """All that mails say."""
    messages.address_due(at=timezone.now() + timedelta(days=1))
    rows = Message.objects.values_list("subject", "text")
    return " ".join(f"{subject} {text}" for subject, text in rows)


def _draft_of_the_body(people, pair, round: Round) -> None:
    national.move_to(round, RoundState.OPEN)
    with invented_past():
        own_views.save_picks(
            pair=pair,
            round=round,
            side=Side.AUTHORITY,
            choices={make.themes("sa")[0].code: Choice(Level.HIGH, DRAFT, "https://example.org/x")},
            expected_version=0,
            by=people["sa"][0],
            at=make.during(round),
        )
    national.move_to(round, RoundState.CLOSED)


def _drafted(pair, round: Round) -> Assessment:
    made = national.drafted(pair=pair, round=round, levels=("high", "low"))
    evidence = GivenEvidence(
        title="Minutes", address="https://www.example.org/m", private_note=NOTE
    )
    for side, level in (("sa", "high"), ("icb", "low")):
        made = national.assessments.save_side(
            assessment=made,
            side=Side(side),
            draft=national.side_draft(
                round=round,
                side=Side(side),
                level=level,
                private_note=PRIVATE,
                evidence=(evidence,),
            ),
            expected_version=made.version,
            by=made.assigned_to,
            at=national.after_closing(round),
        )
    return made


def test_nothing_confidential_is_seen_by_others_at_any_stage(people, pair, in_reply_now):
    round = in_reply_now
    friend = make.central(Role.MODERATOR)
    interests.declare(body=pair.board, what=INTEREST, by=friend, at=timezone.now())
    _draft_of_the_body(people, pair, round)

    def look(made: Assessment, stage: str) -> dict[str, set[str]]:
        return search(people, made, stage=stage)

    made = _drafted(pair, round)
    assert DRAFT in look(made, "draft")["sa"]
    made = national.sent(drafted=made)
    look(made, "in moderation")
    made = national.shared_of(sent=made)
    placements.recompute_round(round=round, at=make.NOW)
    assert {PRIVATE, NOTE, INTEREST} <= look(made, "shared")["centre"]

    for side, word, group in (("sa", SA_REPLY, "sa"), ("icb", ICB_REPLY, "icb")):
        national.answered(
            shared=made, side=side, choice=ReplyChoice.DISAGREE, by=people[group][1], note=word
        )
    found = look(made, "replied")
    assert SA_REPLY in found["sa"]
    assert ICB_REPLY in found["icb"]
    assert {SA_REPLY, ICB_REPLY} <= found["centre"]

    Round.objects.filter(pk=round.pk).update(
        reply_closes_on=timezone.localdate() - timedelta(days=1)
    )
    made.round.refresh_from_db()
    made = national.closed(shared=made)
    look(made, "window over")
    for side in Side:
        made.refresh_from_db()
        finding_replies.resolve(
            assessment=made,
            side=side,
            outcome=ResolutionOutcome.UPHOLD,
            reason="What we say to both.",
            expected_version=made.version,
            by=people["centre"][1],
            at=timezone.now(),
        )
    made.refresh_from_db()
    assert made.state == "final"
    placements.recompute_round(round=round, at=make.NOW)
    look(made, "final")
    moderation.unfinalise(
        assessment=made,
        reason="Once more.",
        expected_version=made.version,
        by=people["centre"][2],
        at=timezone.now(),
    )
    look(made, "taken back")
    assert "CANARY" not in sent_words()
