"""Nothing about a body is seen by who may not see it at that stage, at any address of the site."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

import pgtrigger
import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from authorities.actions import messages
from authorities.models import Message, Pair, User
from duty.models import Round, RoundState
from engagement.actions import allocations, finding_replies, placements
from engagement.models import (
    Assessment,
    Enrolment,
    Finding,
    FindingCorrection,
    FindingEvidence,
    Interest,
    PeerLink,
    ReplyChoice,
    ResolutionOutcome,
    Side,
)
from tests.architecture.addresses import ADDRESSES, Visitor
from tests.architecture.canaries import CONFIDENTIAL, PUBLIC, Canaries, texts
from tests.architecture.test_addresses import client_of
from tests.architecture.things import address_of, read_to_its_end
from tests.factories import engagement_assessments as national
from tests.factories.support import PrivateNoteFactory

pytestmark = pytest.mark.slow

# No row of the world has them, and none could: each is broken by tests of its own.
NOT_IN_THE_WORLD = {
    "CommitmentChange.no_date_reason",
    "CommitmentChange.refused_reason",
    "CommitmentClosure.refused_reason",
    "Publication.withdrawn_reason",
    "ReadingDraft.content",
}
# What a stage of a national view changes: its own pages and what is drawn from it.
_OF_A_VIEW = ("assessments:", "findings:", "engagement:", "publications:shared", "home")


@pytest.fixture
def clients(things: dict[str, str]) -> dict[Visitor, Client]:
    """Everybody, signed in."""
    return {visitor: client_of(visitor) for visitor in Visitor}


def test_every_text_says_who_may_read_it() -> None:
    there = {f"{model.__name__}.{field.name}" for model, field in texts()}

    assert there == {*CONFIDENTIAL, *PUBLIC}
    assert not set(CONFIDENTIAL) & set(PUBLIC)
    assert all(PUBLIC.values())


# The centre reads nearly all, and pages of lower apps know nothing of engagement but by a hook:
# there one of each kind looks, in the role that may do most.
_LOOK_EVERYWHERE = frozenset(
    {
        *(Visitor.ANYBODY, Visitor.OWN_SIGNATORY, Visitor.OTHER_EDITOR, Visitor.BOARD_SIGNATORY),
        *(Visitor.OTHER_BOARD_EDITOR, Visitor.LEAD_ANALYST, Visitor.READER),
    }
)


def _looking(address: str) -> frozenset[Visitor]:
    """Who looks at an address: everybody at pages of engagement."""
    found = resolve(urlsplit(address).path).func
    view = getattr(found, "view_class", None) or getattr(found, "cls", found)
    return frozenset(Visitor) if view.__module__.startswith("engagement") else _LOOK_EVERYWHERE


def _say_what_nobody_has_said(things: dict[str, str]) -> None:
    """Withdraw some evidence, decline a peer link and a correction, and write to colleagues."""
    now, by = timezone.now(), User.objects.get(email=Visitor.LEAD_ANALYST)
    PrivateNoteFactory(enrolment=Enrolment.objects.get(pk=things["enrolment"]))
    with pgtrigger.ignore():
        FindingEvidence.objects.filter(pk=things["finding_evidence"]).update(
            withdrawn_at=now, withdrawn_by=by, withdrawn_reason="Gone."
        )
        PeerLink.objects.filter(pk=things["moved_link"]).update(
            state="declined", answered_at=now, answered_by=by, declined_reason="No time."
        )
        row = FindingCorrection.objects.get(pk=things["correction"])
        row.pk, row._state.adding = uuid.uuid4(), True
        row.state, row.decided_by, row.decided_at = "declined", by, now
        row.decided_reason = "It was right."
        row.save(force_insert=True)


def test_a_word_that_reaches_a_stranger_is_found(things: dict[str, str]) -> None:
    canaries = Canaries()
    canaries.plant(rows={"Interest": {}})
    text = " ".join(Interest.objects.values_list("what", flat=True))

    assert canaries.leaks(text=text, visitor=Visitor.READER)
    assert canaries.leaks(text=text, visitor=Visitor.ANALYST) == set()


def leaks(
    canaries: Canaries,
    clients: dict[Visitor, Client],
    addresses: Iterable[tuple[str, dict[Visitor, int] | None]],
) -> list[tuple[str, str, str]]:
    """Look for every word in what each visitor is given at each address."""
    found = []
    for address, statuses in addresses:
        looking = _looking(address)
        for visitor, client in clients.items():
            if visitor not in looking:
                continue
            # A refusal is the same for whatever stands behind it.
            if statuses is not None and statuses[visitor] != 200:
                continue
            response = read_to_its_end(client.get(address))
            assert response.status_code < 500, address
            if response.streaming or response.status_code != 200:
                continue
            text = response.content.decode("utf-8", "replace")
            for field in canaries.leaks(text=text, visitor=visitor):
                found.append((address, visitor.name, field))
    return found


def test_no_address_shows_anybody_what_is_not_theirs(
    things: dict[str, str], clients: dict[Visitor, Client]
) -> None:
    _say_what_nobody_has_said(things)
    canaries = Canaries()
    canaries.plant()
    open_round = Round.objects.get(slug=things["round"])
    placements.recompute_round(round=open_round, at=timezone.now())

    found = leaks(
        canaries,
        clients,
        [(address_of(name, things=things), dict(rule.get)) for name, rule in ADDRESSES.items()],
    )

    assert found == []
    assert set(CONFIDENTIAL) - canaries.fields <= NOT_IN_THE_WORLD
    assert canaries.seen >= {
        *("Finding.private_note", "Interest.what", "FindingReply.note", "Resolution.reason"),
        *("Commitment.title", "PrivateSupportNote.text", "FindingCorrection.reason"),
    }


def test_no_message_says_what_is_not_its_readers(things: dict[str, str]) -> None:
    canaries = Canaries()
    canaries.plant()

    messages.address_due(at=timezone.now() + timedelta(days=2))

    known = {visitor.value: visitor for visitor in Visitor}
    for row in Message.objects.select_related("recipient"):
        # An invitation goes to who has no account yet.
        to = row.recipient.email if row.recipient else row.address
        visitor = known.get(to, Visitor.ANYBODY)
        assert canaries.leaks(text=f"{row.subject} {row.text}", visitor=visitor) == set()


# --- Stage by stage.


def _views_addresses(*, things: dict[str, str]) -> list[tuple[str, None]]:
    """The addresses that a national view changes, of the visitors' own pair in the open round."""
    of_pair = {
        key: things["authority"] if key.endswith("_authority") else things["board"]
        for key in things
        if key.endswith(("_authority", "_board"))
    }
    here = {**things, **of_pair, "published_round": things["round"]}
    names = [name for name in ADDRESSES if name.startswith(_OF_A_VIEW)]
    found = [address_of(name, things=here) for name in names]
    return [
        *((address, None) for address in found),
        (f"/national/?round={things['round']}", None),
        (f"/national/placements.csv?round={things['round']}", None),
        (f"{address_of('findings:reply', things=here)}?side=icb", None),
        ("/api/v1/placements/?status=working", None),
    ]


def _begun(*, round_: Round, pair: Pair, by: User) -> Assessment:
    """A draft of the pair's national view that is the analyst's, whatever the world holds of it."""
    held = allocations.begin(round=round_, pair=pair, at=timezone.now())
    with pgtrigger.ignore():
        Assessment.objects.filter(pk=held.pk).update(
            **{"state": "national_draft", "assigned_to": by, "drafted_by": None, "sent_at": None},
            **{"moderated_by": None, "moderated_at": None},
        )
    for side in Side:
        Finding.objects.get_or_create(assessment=held, side=side.value)
    return national.drafted(pair=pair, round=round_, levels=("high", "low"), by=by)


def test_at_each_stage_of_a_national_view_everybody_sees_what_is_theirs(
    things: dict[str, str], clients: dict[Visitor, Client]
) -> None:
    person = {visitor: User.objects.filter(email=visitor).first() for visitor in Visitor}
    round_ = Round.objects.get(slug=things["round"])
    pair = Pair.objects.get(authority__slug=things["authority"], board__slug=things["board"])
    canaries, addresses = Canaries(), _views_addresses(things=things)
    national.move_to(round_, RoundState.CLOSED)

    def look(held: Assessment) -> None:
        of_view = {"assessment": held}
        canaries.plant(
            rows={
                "Finding": of_view,
                "FindingEvidence": {"finding__assessment": held},
                "FindingReply": of_view,
                "Resolution": {"reply__assessment": held},
                "AssessmentHappening": of_view,
                "OwnView": {"round": round_, "pair": pair},
                "Pick": {"view__round": round_, "view__pair": pair},
            }
        )
        placements.recompute(pair=pair, round=round_, at=timezone.now())
        assert leaks(canaries, clients, addresses) == []

    held = _begun(round_=round_, pair=pair, by=person[Visitor.ANALYST])
    look(held)
    held = national.sent(drafted=held)
    look(held)
    held = national.shared_of(sent=held)
    look(held)
    for side, visitor in (("sa", Visitor.OWN_SIGNATORY), ("icb", Visitor.BOARD_SIGNATORY)):
        national.answered(
            shared=held, side=side, choice=ReplyChoice.DISAGREE, by=person[visitor], note="No."
        )
    look(held)
    held = national.closed(shared=held)
    for side in Side:
        held.refresh_from_db()
        finding_replies.resolve(
            assessment=held,
            side=side,
            outcome=ResolutionOutcome.UPHOLD,
            reason="What both read.",
            expected_version=held.version,
            by=person[Visitor.MODERATOR],
            at=timezone.now(),
        )
    held.refresh_from_db()
    assert held.state == "final"
    look(held)
    assert canaries.seen >= {
        *("Finding.private_note", "Finding.rationale", "FindingEvidence.public_note"),
        *("FindingReply.note", "Resolution.reason", "AssessmentHappening.reason"),
    }
