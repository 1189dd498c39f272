"""What one side of a commitment asked and the other answered. Only insiders may be shown it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from engagement.models import (
    AskedState,
    Commitment,
    CommitmentChange,
    CommitmentClosure,
    CommitmentState,
    CommitmentStatus,
    Side,
    Visibility,
)


@dataclass(frozen=True)
class Promise:
    """What is promised, as far as a change can reach it."""

    title: str
    description: str
    target_date: date | None
    no_date_reason: str
    visibility: Visibility = Visibility.RESTRICTED


@dataclass(frozen=True)
class AskedFacts:
    """A change or a closure that one side asked for.

    before, after: of a change. final_status: of a closure. by_change_of_bodies: a reorganisation
        took it back, and no person.
    """

    id: UUID
    side: Side
    reason: str
    state: AskedState
    asked_at: datetime
    answered_at: datetime | None
    refused_reason: str
    by_change_of_bodies: bool = False
    before: Promise | None = None
    after: Promise | None = None
    final_status: CommitmentStatus | None = None

    @property
    def is_change(self) -> bool:
        """Whether it is a change, and no closure."""
        return self.after is not None


def waiting_of(*, rows: Collection[Commitment]) -> dict[UUID, AskedFacts]:
    """Return what waits for an answer, by commitment, from two queries; one thing at the most."""
    agreed = [row.pk for row in rows if row.state == CommitmentState.AGREED]
    closing = [row.pk for row in rows if row.state == CommitmentState.CLOSING]
    changes = CommitmentChange.objects.filter(commitment__in=agreed, state=AskedState.WAITS)
    closures = CommitmentClosure.objects.filter(commitment__in=closing, state=AskedState.WAITS)
    return {row.commitment_id: _change(row) for row in changes} | {
        row.commitment_id: _closure(row) for row in closures
    }


def asked_of(*, commitment: Commitment) -> tuple[AskedFacts, ...]:
    """Return everything that was ever asked of a commitment, the newest first, from two queries."""
    found = [
        *(_change(row) for row in commitment.changes.all()),
        *(_closure(row) for row in commitment.closures.all()),
    ]
    return tuple(sorted(found, key=lambda one: (one.asked_at, str(one.id)), reverse=True))


def one_asked(*, asked: CommitmentChange | CommitmentClosure) -> AskedFacts:
    """Return what is shown of a row that is loaded."""
    return _change(asked) if isinstance(asked, CommitmentChange) else _closure(asked)


def _change(row: CommitmentChange) -> AskedFacts:
    return AskedFacts(
        id=row.pk,
        side=Side(row.side),
        reason=row.reason,
        state=AskedState(row.state),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        refused_reason=row.refused_reason,
        by_change_of_bodies=row.answered_at is not None and row.answered_by_id is None,
        before=Promise(
            title=row.old_title,
            description=row.old_description,
            target_date=row.old_target_date,
            no_date_reason=row.old_no_date_reason,
            visibility=Visibility(row.old_visibility),
        ),
        after=Promise(
            title=row.title,
            description=row.description,
            target_date=row.target_date,
            no_date_reason=row.no_date_reason,
            visibility=Visibility(row.visibility),
        ),
    )


def _closure(row: CommitmentClosure) -> AskedFacts:
    return AskedFacts(
        id=row.pk,
        side=Side(row.side),
        reason=row.reason,
        state=AskedState(row.state),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        refused_reason=row.refused_reason,
        by_change_of_bodies=row.answered_at is not None and row.answered_by_id is None,
        final_status=CommitmentStatus(row.final_status),
    )
