"""Sliver thresholds for tests, as two people would have approved them."""

from datetime import date
from decimal import Decimal

from authorities.models import Role, SliverThreshold
from tests.factories.authorities import JOINED, NationalMembershipFactory


def threshold_from(*, day: date, share: str) -> SliverThreshold:
    """Let a threshold hold from a day, a past one too."""
    newest = SliverThreshold.objects.order_by("-number").first()
    analyst, lead = (
        NationalMembershipFactory(role=role).user for role in (Role.ANALYST, Role.LEAD_ANALYST)
    )
    return SliverThreshold.objects.create(
        number=(newest.number if newest else 1) + 1,
        share=Decimal(share),
        holds_from=day,
        reason="The tests look at it.",
        state="approved",
        proposed_at=JOINED,
        proposed_by=analyst,
        decided_at=JOINED,
        decided_by=lead,
    )
