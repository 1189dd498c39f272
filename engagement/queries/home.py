"""What the home page asks for people of authorities and ICBs, for all their bodies at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from authorities.models import AuditEvent, BodyGrouping, BodyKind, Succession
from duty.models import Round
from engagement.models import OwnView
from outcomes.models import Upload, UploadState

# As many as one screen shows; the collapsed list is shorter still.
_MOST_EVENTS = 60
_UNSOLVED = (
    UploadState.REJECTED_FILE,
    UploadState.SETUP_ERRORS,
    UploadState.BLOCKING_ERRORS,
    UploadState.NEEDS_CONFIRMING,
    UploadState.READY,
    UploadState.FAILED,
)


@dataclass(frozen=True)
class Change:
    """Something that somebody did at a body."""

    body_id: UUID
    action: str
    by: str
    at: datetime


@dataclass(frozen=True)
class PartnerChange:
    """A body that is joined with, or led together with, others."""

    body_id: UUID
    kind: str
    other_id: UUID
    on_date: date


def own_view_states(
    *, round: Round | None, pair_ids: Collection[UUID]
) -> dict[tuple[UUID, str], str]:
    """Return the state of the views of pairs in a round, by pair and side."""
    rows = OwnView.objects.filter(round=round, pair_id__in=pair_ids)
    return {
        (pair, side): state for pair, side, state in rows.values_list("pair_id", "side", "state")
    }


def unsolved_uploads(*, body_ids: Collection[UUID]) -> tuple[Upload, ...]:
    """Return the newest file of each body, where it waits for somebody there."""
    newest = (
        Upload.objects.filter(body_id__in=body_ids)
        .order_by("body_id", "-uploaded_at", "-pk")
        .distinct("body_id")
    )
    return tuple(row for row in newest if row.state in _UNSOLVED)


def changes_at(
    *, body_ids: Collection[UUID], actions: Sequence[str], since: datetime
) -> tuple[Change, ...]:
    """Return what people of the bodies did since then, the newest first."""
    rows = (
        AuditEvent.objects.filter(body_id__in=body_ids, action__in=actions, at__gte=since)
        .select_related("by")
        .order_by("-at", "-pk")[:_MOST_EVENTS]
    )
    return tuple(
        Change(
            body_id=row.body_id,
            action=row.action,
            by=row.by.full_name if row.by else "The system",
            at=row.at,
        )
        for row in rows
        if row.body_id is not None
    )


def partner_changes(*, body_ids: Collection[UUID], on: date) -> tuple[PartnerChange, ...]:
    """Return the mergers still to come, and the clusters, of bodies; from two queries."""
    lines = Succession.objects.filter(
        Q(predecessor_id__in=body_ids) | Q(successor_id__in=body_ids), on_date__gt=on
    ).order_by("on_date", "pk")
    clusters = BodyGrouping.objects.filter(
        member_id__in=body_ids, group__kind=BodyKind.CLUSTER, valid__contains=on
    ).order_by("member_id", "pk")
    return (
        *(
            PartnerChange(
                body_id=row.predecessor_id,
                kind="succession",
                other_id=row.successor_id,
                on_date=row.on_date,
            )
            for row in lines
        ),
        *(
            PartnerChange(
                body_id=row.member_id,
                kind="cluster",
                other_id=row.group_id,
                on_date=row.valid.lower or on,
            )
            for row in clusters
        ),
    )
