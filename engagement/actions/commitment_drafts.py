"""Keeps what a person typed of an update and did not send, until it is sent or thrown away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from authorities import audit
from authorities.models import User
from engagement.commitment_lifecycle import State
from engagement.models import Commitment, CommitmentUpdate, CommitmentUpdateDraft, Side


@dataclass(frozen=True)
class TypedUpdate:
    """What stands in the form of an update, which nobody has checked; all of it may be empty.

    after: the side's newest update that the form was shown with, 0 for none; None where the form
        does not say.
    """

    status: str
    narrative: str
    form_key: UUID
    after: int | None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return not self.status and not self.narrative


@transaction.atomic
def keep(
    *, commitment: Commitment, side: Side, typed: TypedUpdate, by: User, at: datetime
) -> CommitmentUpdateDraft | None:
    """Keep what a person typed in place of what they kept before; return what is kept.

    Nothing is written where it is the same, where the form was sent meanwhile, or where the
    commitment takes no updates; an empty form takes the draft away.
    """
    # Held until the end, so that an update that is sent at once is seen.
    row = Commitment.objects.select_for_update().get(pk=commitment.pk)
    kept = _of(commitment=row, side=side, by=by).first()
    sent = CommitmentUpdate.objects.filter(form_key=typed.form_key).exists()
    if sent or row.state != State.AGREED or row.unassigned:
        return kept
    if typed.is_empty:
        forget(commitment=row, side=side, by=by, at=at)
        return None
    after = row.updates.filter(side=side, pk=typed.after).first() if typed.after else None
    if kept is not None and (kept.status, kept.narrative, kept.after_id) == (
        typed.status,
        typed.narrative,
        after.pk if after else None,
    ):
        return kept
    draft, _ = CommitmentUpdateDraft.objects.update_or_create(
        commitment=row,
        side=side,
        by=by,
        defaults={
            "status": typed.status,
            "narrative": typed.narrative,
            "after": after,
            "saved_at": at,
            "form_key": typed.form_key,
        },
    )
    _record("kept", draft, by, at)
    return draft


@transaction.atomic
def forget(*, commitment: Commitment, side: Side, by: User, at: datetime) -> None:
    """Throw away what a person kept; where there is nothing, nothing happens."""
    for draft in _of(commitment=commitment, side=side, by=by):
        _record("forgotten", draft, by, at)
        draft.delete()


def forget_sent(*, commitment: Commitment, side: Side, by: User) -> None:
    """Take away the draft of an update that was sent; the caller holds the transaction."""
    _of(commitment=commitment, side=side, by=by).delete()


def forget_all(*, commitments: Iterable[Commitment]) -> None:
    """Take away everybody's drafts of what takes no updates any more, in the caller's step."""
    CommitmentUpdateDraft.objects.filter(commitment__in=commitments).delete()


def forget_drafts_of(*, person: User) -> int:
    """Take away all drafts of a person; return how many."""
    return CommitmentUpdateDraft.objects.filter(by=person).delete()[0]


def _of(*, commitment: Commitment, side: Side, by: User) -> QuerySet[CommitmentUpdateDraft]:
    return CommitmentUpdateDraft.objects.filter(commitment=commitment, side=side, by=by)


def _record(what: str, draft: CommitmentUpdateDraft, by: User, at: datetime) -> None:
    audit.record(
        action=f"commitment_update_draft.{what}",
        target=draft,
        by=by,
        at=at,
        commitment=str(draft.commitment_id),
    )
