"""Partnership agreements whose ICB ends: the one that follows becomes party, and is asked again.

What the ICB signed stands as its own. Where several follow, or none, its place stays as it is, and
the authority records what they agree to.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from authorities import audit
from authorities.effects import Applied
from authorities.models import BodyKind, User
from duty.actions.agreement_messages import ask_again
from duty.models import AgreementParty, AgreementSignature, PartnershipAgreement
from duty.queries import successions


@dataclass(frozen=True)
class Handover:
    """A party that ends, and the board that takes its place; None where no single one follows."""

    party: AgreementParty
    heir: UUID | None


def handovers(*, change: Applied) -> tuple[Handover, ...]:
    """Return what becomes of the places in agreements of ICBs that end."""
    followers = {
        ending.body.pk: [
            heir.successor.pk
            for heir in ending.heirs
            if heir.successor.kind == BodyKind.INTEGRATED_CARE_BOARD
        ]
        for ending in change.endings
        if ending.body.kind == BodyKind.INTEGRATED_CARE_BOARD
    }
    # Of several that follow an ICB, one alone may serve the people that it shared with a party.
    shared: defaultdict[tuple[UUID, UUID], set[UUID]] = defaultdict(set)
    for one in change.pair_endings:
        for pair in one.successors:
            if pair.authority_id == one.pair.authority_id:
                shared[one.pair.authority_id, one.pair.board_id].add(pair.board_id)
    found = []
    for party in successions.parties_of(board_ids=list(followers)):
        key = (party.agreement.authority_id, party.board_id)
        heirs = [
            heir for heir in followers[party.board_id] if key not in shared or heir in shared[key]
        ]
        found.append(Handover(party, heirs[0] if len(heirs) == 1 else None))
    return tuple(found)


def hand_over(*, change: Applied, by: User | None, at: datetime) -> None:
    """Let those that follow become parties. The caller holds the transaction."""
    for one in handovers(change=change):
        if one.heir is not None:
            _take_over(one.party, one.heir, by=by, at=at)


def _take_over(party: AgreementParty, heir: UUID, *, by: User | None, at: datetime) -> None:
    agreement = (
        PartnershipAgreement.objects.select_for_update(of=("self",))
        .select_related("authority")
        .get(pk=party.agreement_id)
    )
    # Written before: the clock of another server may be ahead.
    at = max(at, party.added_at)
    follows, came = AgreementParty.objects.get_or_create(
        agreement=agreement,
        board_id=heir,
        left_at__isnull=True,
        defaults={"added_at": at, "took_over": True},
    )
    party.left_at, party.followed_by = at, follows
    party.save(update_fields=["left_at", "followed_by"])
    audit.record(
        action="agreement.passed_on",
        target=agreement,
        by=by,
        at=at,
        body=agreement.authority,
        board=str(party.board_id),
        to=str(heir),
    )
    signed = AgreementSignature.objects.filter(
        agreement=agreement, body_id=agreement.authority_id, voided_at__isnull=True
    )
    if came and signed.exists():
        ask_again(agreement_id=agreement.pk, board_id=heir, at=at)
