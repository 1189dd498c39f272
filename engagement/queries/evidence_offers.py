"""What the site holds already that may bear a finding out: offered, so that nobody types it again.

Only what the centre may read: a return as it was submitted, commitments and frameworks that both
sides agreed, and evidence of confirmed own views. What bodies keep for themselves is not here.
"""

from dataclasses import dataclass

from django.urls import reverse

from authorities.models import Pair
from duty.models import Round, Submission
from engagement.models import (
    Commitment,
    CommitmentState,
    EvidenceKind,
    Pick,
    ViewState,
)
from outcomes.models import FrameworkPartner, VersionState


@dataclass(frozen=True)
class Offer:
    """Something that may be evidence: what it is, what it is called, and where it is."""

    kind: EvidenceKind
    title: str
    address: str
    of: str

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return f"{self.kind.value}|{self.address}"


def offers_for(*, round: Round, pair: Pair, side: str) -> tuple[Offer, ...]:
    """Return what may be evidence for one side of a pair; a fixed number of queries."""
    return (
        *(_own_views(round, pair, side)),
        *(_return(round, pair)),
        *(_commitments(pair)),
        *(_frameworks(pair)),
    )


def _own_views(round_: Round, pair: Pair, side: str) -> list[Offer]:
    picks = (
        Pick.objects.filter(view__round=round_, view__pair=pair, view__state=ViewState.CONFIRMED)
        .exclude(evidence_url="")
        .select_related("view")
        .order_by("view__side", "theme__order", "pk")
    )
    found = [(pick.view.side == side, pick) for pick in picks]
    return [
        Offer(
            kind=EvidenceKind.OWN_VIEW,
            title=pick.evidence_title,
            address=pick.evidence_url,
            of="the body’s own view" if own else "the other body’s own view",
        )
        for own, pick in sorted(found, key=lambda one: not one[0])
    ]


def _return(round_: Round, pair: Pair) -> list[Offer]:
    newest = (
        Submission.objects.filter(
            duty_return__round=round_, duty_return__authority_id=pair.authority_id
        )
        .order_by("-number")
        .first()
    )
    if newest is None:
        return []
    page = reverse("duty:review-return", args=[newest.duty_return_id])
    return [
        Offer(
            kind=EvidenceKind.ANSWER,
            title=f"Return as submitted: {section['title']}",
            address=f"{page}?submission={newest.number}#{section['code']}",
            of=f"submission {newest.number}",
        )
        for section in newest.content["sections"]
    ]


def _commitments(pair: Pair) -> list[Offer]:
    rows = Commitment.objects.filter(pair=pair, state=CommitmentState.AGREED).order_by(
        "title", "pk"
    )
    return [
        Offer(
            kind=EvidenceKind.COMMITMENT,
            title=row.title,
            address=reverse("commitments:detail", args=[row.pk]),
            of="joint commitment",
        )
        for row in rows
    ]


def _frameworks(pair: Pair) -> list[Offer]:
    partners = (
        FrameworkPartner.objects.filter(
            pair=pair,
            ended_on__isnull=True,
            framework__versions__state=VersionState.AGREED,
        )
        .select_related("framework")
        .order_by("framework__name", "pk")
    )
    return [
        Offer(
            kind=EvidenceKind.FRAMEWORK,
            title=partner.framework.name,
            address=reverse("outcomes:framework", args=[partner.framework_id]),
            of="agreed outcomes framework",
        )
        for partner in partners
    ]
