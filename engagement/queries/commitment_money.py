"""The money of commitments, and how they were described. Only insiders may be shown it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from duty.standing_records import Prevention
from engagement.models import (
    Commitment,
    CommitmentDescription,
    CommitmentMoney,
    MoneySource,
    Side,
)


@dataclass(frozen=True)
class MoneyFacts:
    """A line of money. amount: in pounds; None is not known. corrected: another took its place."""

    id: UUID
    side: Side
    source: MoneySource
    year: int
    amount: Decimal | None
    prevention: Prevention
    purpose: str
    stated_at: datetime
    ended_at: datetime | None = None
    corrected: bool = False
    withdrawn_reason: str = ""


@dataclass(frozen=True)
class Described:
    """That a side described a commitment anew: what was, and what is, by the names of fields."""

    side: Side
    at: datetime
    before: Mapping[str, str]
    after: Mapping[str, str]


def money_of(*, ids: Collection[UUID], ended: bool = False) -> dict[UUID, tuple[MoneyFacts, ...]]:
    """Return the money of commitments, by year, source and side, from one query.

    Args:
        ids: the commitments.
        ended: with what was corrected or withdrawn.
    """
    rows = CommitmentMoney.objects.filter(commitment__in=ids)
    if not ended:
        rows = rows.filter(superseded_at__isnull=True)
    found: defaultdict[UUID, list[MoneyFacts]] = defaultdict(list)
    for row in rows.order_by("year", "source", "side", "prevention", "stated_at", "pk"):
        found[row.commitment_id].append(
            MoneyFacts(
                id=row.pk,
                side=Side(row.side),
                source=MoneySource(row.source),
                year=row.year,
                amount=row.amount,
                prevention=Prevention(row.prevention),
                purpose=row.purpose,
                stated_at=row.stated_at,
                ended_at=row.superseded_at,
                corrected=row.replaced_by_id is not None,
                withdrawn_reason=row.withdrawn_reason,
            )
        )
    return {key: tuple(lines) for key, lines in found.items()}


def descriptions_of(*, commitment: Commitment) -> tuple[Described, ...]:
    """Return how a commitment was described, the newest first."""
    rows = CommitmentDescription.objects.filter(commitment=commitment).order_by("-at", "-pk")
    return tuple(
        Described(side=Side(row.side), at=row.at, before=row.before, after=row.after)
        for row in rows
    )
