"""What everybody may read of a pair's commitments: how many, and those made public by both."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from authorities.models import Pair
from engagement.commitment_lifecycle import EVER_AGREED
from engagement.models import Commitment, CommitmentStatus

PAGE_SIZE = 20


@dataclass(frozen=True)
class PublicCommitment:
    """A commitment as everybody reads it: no update, money, owner or description.

    final_status, closed_at: of one that is closed.
    """

    id: UUID
    title: str
    theme: str
    target_date: date | None
    no_date_reason: str
    final_status: CommitmentStatus | None
    closed_at: datetime | None


@dataclass(frozen=True)
class PublicPage:
    """A page of public commitments. agreed: how many there are, the restricted ones too."""

    rows: tuple[PublicCommitment, ...]
    public: int
    agreed: int
    page: int
    pages: int


def public_page(*, pair: Pair, page: int = 1) -> PublicPage:
    """Return what everybody may read, from three queries; what is open comes first, by date."""
    agreed = Commitment.objects.filter(
        pair=pair, state__in=[state.value for state in EVER_AGREED]
    ).count()
    rows = Commitment.objects.made_public().filter(pair=pair)
    public = rows.count()
    pages = max(1, -(-public // PAGE_SIZE))
    page = min(max(1, page), pages)
    ordered = rows.order_by(
        F("closed_at").desc(nulls_first=True), F("target_date").asc(nulls_last=True), "title", "pk"
    )
    first = (page - 1) * PAGE_SIZE
    return PublicPage(
        rows=tuple(
            PublicCommitment(
                id=row.pk,
                title=row.title,
                theme=row.theme,
                target_date=row.target_date,
                no_date_reason=row.no_date_reason,
                final_status=CommitmentStatus(row.final_status) if row.final_status else None,
                closed_at=row.closed_at,
            )
            for row in ordered[first : first + PAGE_SIZE]
        ),
        public=public,
        agreed=agreed,
        page=page,
        pages=pages,
    )
