"""Who may read what one side says of the other: canaries are looked for in every answer to all."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import Message, Role
from duty.actions.clock import invented_past
from engagement.actions import national, placements
from engagement.models import PartnerView
from tests.engagement import sight
from tests.factories import engagement as make
from tests.factories import engagement_partner_views as partner

pytestmark = pytest.mark.django_db

NOTE, EVIDENCE, REASON = "canary-note", "canary-evidence", "canary-reason"
CENTRE = {"analyst", "moderator", "lead analyst", "administrator"}
AUTHOR = {"authority editor", "authority signatory"}
OTHER = {"board editor", "board signatory"}


def pages(pair, round) -> dict[str, str]:
    """Every page, file and answer of the API that could tell of it."""
    slugs = [pair.authority.slug, pair.board.slug]
    return {
        "home": reverse("home"),
        "account": reverse("account"),
        **{
            name: reverse(f"engagement:{name}", args=slugs)
            for name in (
                *("pair", "pair-placements", "own-view", "own-view-check", "partner-view"),
                *("partner-view-check", "partner-view-reopen", "partner-view-release"),
            )
        },
        "national": reverse("engagement:national") + f"?round={round.slug}",
        "placements": reverse("engagement:national-placements") + f"?round={round.slug}",
        "desk": reverse("assessments:desk"),
        "assessment": reverse("assessments:pair", args=[round.slug, *slugs]),
        "file": reverse("assessments:partner-views-csv") + f"?round={round.slug}",
        "challenges": reverse("assessments:challenges-csv"),
        "reply": reverse("findings:reply", args=[round.slug, *slugs]),
        "support": reverse("support:own", args=[pair.authority_id]),
        "support of the other": reverse("support:own", args=[pair.board_id]),
        "commitments": reverse("commitments:pair", args=slugs),
        "register": reverse("authorities:board", args=[pair.board.slug]),
        "api list": reverse("partner-view-list"),
        "api one": reverse("partner-view-detail", args=[round.slug, *slugs]),
        "api placements": reverse("placement-list") + f"?round={round.slug}&status=working",
    }


def seen_by(client: Client, pair, round) -> dict[str, set[str]]:
    """The canaries of each page, for this visitor."""
    found = {}
    for name, url in pages(pair, round).items():
        text = client.get(url).content.decode()
        found[name] = {word for word in (NOTE, EVIDENCE, REASON) if word in text}
    return {name: words for name, words in found.items() if words}


def written(pair, round, *, release: bool, confirm: bool = True) -> PartnerView:
    said = {"pair": pair, "round": round, "side": "sa", "level": "high", "evidence": EVIDENCE}
    if not confirm:
        view = partner.drafted(**said)
    else:
        make_it = partner.released if release else partner.confirmed
        view = make_it(**said, confirm_as="partial", reason=REASON, note=NOTE)
    placements.recompute(pair=pair, round=round, at=make.NOW)
    national.refresh(round=round, at=make.NOW)
    return view


def everybody(pair, other_pair):
    people = sight.people_of(pair)
    people["member of another pair"] = make.member(other_pair.authority, Role.SIGNATORY)
    people["another board"] = make.member(other_pair.board, Role.SIGNATORY)
    return {who: sight.sign_in(person) for who, person in people.items()}


def test_a_draft_is_read_by_its_own_body_alone(pair, other_pair, round):
    written(pair, round, release=False, confirm=False)

    seen = {who: seen_by(one, pair, round) for who, one in everybody(pair, other_pair).items()}

    assert {who for who, found in seen.items() if found} == AUTHOR


def test_before_the_release_only_its_own_body_and_the_centre_read_it(pair, other_pair, round):
    written(pair, round, release=False)

    seen = {who: seen_by(one, pair, round) for who, one in everybody(pair, other_pair).items()}

    assert {who for who, found in seen.items() if found} == AUTHOR | CENTRE
    for who in CENTRE:
        assert set(seen[who]) == {"assessment", "file", "api list"}
        assert seen[who]["assessment"] == {NOTE, EVIDENCE, REASON}


def test_a_release_shows_the_other_side_the_reason_and_never_note_or_evidence(
    pair, other_pair, round
):
    written(pair, round, release=True)

    seen = {who: seen_by(one, pair, round) for who, one in everybody(pair, other_pair).items()}

    assert {who for who, found in seen.items() if found} == AUTHOR | CENTRE | OTHER
    for who in OTHER:
        assert seen[who] == {"pair": {REASON}, "api list": {REASON}}


def test_no_mail_and_no_message_tells_of_it(pair, round):
    written(pair, round, release=True)

    said = [*(one.text for one in Message.objects.all()), *(one.body for one in mail.outbox)]

    assert not [text for text in said if "canary" in text]


def test_the_other_side_reads_it_after_the_publication_as_before(pair, other_pair):
    published = make.earlier_round()
    with invented_past():
        partner_view = partner.confirmed(
            pair=pair,
            round=_open_for_a_moment(published),
            side="sa",
            level="high",
            confirm_as="partial",
            reason=REASON,
            note=NOTE,
            evidence=EVIDENCE,
        )
    make.publish(round=published, levels={pair: ("high", "low")})

    seen = {who: seen_by(one, pair, published) for who, one in everybody(pair, other_pair).items()}

    assert partner_view.released_at is None
    # The pages of views are of the round that was last open: this one.
    assert {who for who, found in seen.items() if found} == AUTHOR | CENTRE
    assert timezone.now() > published.publish_at


def _open_for_a_moment(round):
    round.state = "open"
    round.save()
    return round
