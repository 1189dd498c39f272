"""Commitments of which a side has said nothing for too long: the SQL of `standing.is_stale`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import DateTimeField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from duty.deadlines import closes_at
from engagement import standing
from engagement.models import Commitment, CommitmentState, CommitmentStatus, CommitmentUpdate, Side


@dataclass(frozen=True)
class StaleCommitment:
    """A commitment that waits for a body's word, and the body on the other side."""

    id: UUID
    body_id: UUID
    other_id: UUID


def stale_commitments(
    *, on: date, body_ids: Collection[UUID] | None = None
) -> tuple[StaleCommitment, ...]:
    """Return the stale commitments of all bodies, or of some, from a query for each side."""
    return (*_of_side(Side.AUTHORITY, on, body_ids), *_of_side(Side.BOARD, on, body_ids))


def _of_side(
    side: Side, on: date, body_ids: Collection[UUID] | None
) -> tuple[StaleCommitment, ...]:
    own, other = ("authority", "board") if side == Side.AUTHORITY else ("board", "authority")
    limit = standing.months_before(day=on, months=standing.STALE_AFTER_MONTHS)
    said = CommitmentUpdate.objects.filter(commitment=OuterRef("pk"), side=side).order_by(
        "-at", "-pk"
    )
    rows = (
        Commitment.objects.filter(state=CommitmentState.AGREED, unassigned=False)
        .annotate(
            own_status=Subquery(said.values("status")[:1]),
            own_since=Coalesce(
                Subquery(said.values("at")[:1], output_field=DateTimeField()), "decided_at"
            ),
        )
        .filter(
            Q(own_status__isnull=True) | ~Q(own_status=CommitmentStatus.MET),
            own_since__lt=closes_at(closing_date=limit - timedelta(days=1)),
        )
    )
    if body_ids is not None:
        rows = rows.filter(**{f"pair__{own}_id__in": body_ids})
    return tuple(
        StaleCommitment(id=key, body_id=body_id, other_id=other_id)
        for key, body_id, other_id in rows.order_by("decided_at", "pk").values_list(
            "pk", f"pair__{own}_id", f"pair__{other}_id"
        )
    )
