"""What the site holds already that a body may give as evidence of its own.

Only what people of the body may read themselves: the authority's return as it was submitted (a
board its shared sections alone), commitments and frameworks that both sides agreed, seats of the
public register, and links of what the authority keeps on record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from authorities.models import GovernanceSeat, Pair
from duty.models import ImpactAssessment, PartnershipAgreement, Round, Strategy, Submission
from duty.queries.shared_sections import SHARED_SECTIONS
from engagement.commitment_lifecycle import EVER_AGREED
from engagement.models import Commitment, Side
from outcomes.models import FrameworkPartner, VersionState

_LONGEST_TITLE, _LONGEST_ADDRESS = 200, 500


@dataclass(frozen=True)
class OwnOffer:
    """Something that may be evidence; `of` says where the site holds it."""

    title: str
    address: str
    of: str


def own_offers(*, round: Round, pair: Pair, side: str, on: date) -> tuple[OwnOffer, ...]:
    """Return what one side of a pair may give as evidence; a fixed number of queries.

    Args:
        round: whose return is offered.
        pair: of the body with the other.
        side: the body's own.
        on: the London day, for seats and agreements that hold.
    """
    found = [
        *_return(round, pair, side),
        *_commitments(pair),
        *_frameworks(pair),
        *(_records(pair, on) if side == Side.AUTHORITY else ()),
        *_seats(pair, on),
    ]
    by_address: dict[str, OwnOffer] = {}
    for one in found:
        if len(one.address) <= _LONGEST_ADDRESS:
            by_address.setdefault(one.address, one)
    return tuple(by_address.values())


def _offer(*, title: str, address: str, of: str) -> OwnOffer:
    return OwnOffer(title=(title.strip() or address)[:_LONGEST_TITLE], address=address, of=of)


def _return(round_: Round, pair: Pair, side: str) -> Iterable[OwnOffer]:
    newest = (
        Submission.objects.filter(
            duty_return__round=round_, duty_return__authority_id=pair.authority_id
        )
        .order_by("-number")
        .first()
    )
    if newest is None:
        return
    page = reverse("publications:shared-return", args=[round_.slug, pair.authority.slug])
    for section in newest.content["sections"]:
        if side == Side.BOARD and section["code"] not in SHARED_SECTIONS:
            continue
        where = f"return as submitted, {section['title'].lower()}"
        yield _offer(
            title=f"Return as submitted: {section['title']}",
            address=f"{page}#{section['code']}",
            of="return as submitted",
        )
        for question in section["questions"]:
            for answer in question["answers"]:
                for link in answer["evidence"]:
                    if link.get("url"):
                        yield _offer(title=link.get("title", ""), address=link["url"], of=where)


def _commitments(pair: Pair) -> Iterable[OwnOffer]:
    rows = Commitment.objects.filter(pair=pair, state__in=EVER_AGREED)
    for row in rows.order_by("title", "pk"):
        yield _offer(
            title=row.title,
            address=reverse("commitments:detail", args=[row.pk]),
            of="joint commitment",
        )


def _frameworks(pair: Pair) -> Iterable[OwnOffer]:
    partners = FrameworkPartner.objects.filter(
        pair=pair, ended_on__isnull=True, framework__versions__state=VersionState.AGREED
    ).select_related("framework")
    for partner in partners.order_by("framework__name", "pk"):
        yield _offer(
            title=partner.framework.name,
            address=reverse("outcomes:framework", args=[partner.framework_id]),
            of="agreed outcomes framework",
        )


def _agreements(pair: Pair, on: date) -> Iterable[OwnOffer]:
    rows = PartnershipAgreement.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        authority_id=pair.authority_id,
        parties__board_id=pair.board_id,
        parties__left_at__isnull=True,
        ending="",
    ).exclude(link="")
    for row in rows.order_by("title", "pk"):
        yield _offer(title=row.title, address=row.link, of="partnership agreement on record")


def _records(pair: Pair, on: date) -> Iterable[OwnOffer]:
    """Offer the links of what the authority keeps on record; posts and funding have none."""
    yield from _agreements(pair, on)
    holds = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    strategies = Strategy.objects.filter(holds, authority_id=pair.authority_id, ending="")
    for strategy in strategies.order_by("title", "pk"):
        if strategy.link:
            yield _offer(title=strategy.title, address=strategy.link, of="strategy on record")
        if strategy.progress_link:
            yield _offer(
                title=f"Progress of {strategy.title}",
                address=strategy.progress_link,
                of="strategy on record",
            )
    assessments = ImpactAssessment.objects.filter(
        holds, authority_id=pair.authority_id, ending=""
    ).exclude(link="")
    for assessment in assessments.order_by("title", "pk"):
        yield _offer(
            title=assessment.title, address=assessment.link, of="impact assessment on record"
        )


def _seats(pair: Pair, on: date) -> Iterable[OwnOffer]:
    rows = GovernanceSeat.objects.as_at(on).filter(
        authority_id=pair.authority_id, board_id=pair.board_id
    )
    page = reverse("authorities:board", args=[pair.board.slug])
    for row in rows.order_by("kind", "holder", "pk"):
        yield _offer(
            title=f"{row.get_kind_display()}: {row.holder}",
            # Each seat has an address of its own, so that a form can tell them apart.
            address=f"{page}#seat-{row.pk}",
            of="seat on record",
        )
