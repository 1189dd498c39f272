"""What a person began to say of commitments and has not sent. Asked for that person alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from authorities.models import User
from engagement.commitment_lifecycle import State
from engagement.models import Commitment, CommitmentUpdateDraft, Side


@dataclass(frozen=True)
class UpdateDraft:
    """A draft as it was kept; `after` is the side's newest update that it was written beside."""

    status: str
    narrative: str
    after: int | None
    saved_at: datetime
    form_key: UUID


def drafts_of(*, by: User, side: Side, ids: Collection[UUID]) -> dict[UUID, UpdateDraft]:
    """Return the person's own drafts for a side, by commitment."""
    rows = CommitmentUpdateDraft.objects.filter(by=by, side=side, commitment__in=ids)
    return {
        row.commitment_id: UpdateDraft(
            status=row.status,
            narrative=row.narrative,
            after=row.after_id,
            saved_at=row.saved_at,
            form_key=row.form_key,
        )
        for row in rows
    }


def takes_updates(*, commitment: Commitment) -> bool:
    """Whether a side can say now how it stands."""
    return commitment.state == State.AGREED and not commitment.unassigned


def of_body(*, body_id: UUID, side: Side, ids: Collection[UUID]) -> dict[UUID, Commitment]:
    """Return those of the commitments that are a body's, in whatever state, by their keys."""
    own = "pair__authority_id" if side == Side.AUTHORITY else "pair__board_id"
    return Commitment.objects.filter(**{own: body_id}).in_bulk(list(ids))
