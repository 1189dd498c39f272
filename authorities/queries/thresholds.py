"""What is asked of the sliver threshold over time."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from authorities.models import SliverThreshold, ThresholdState
from authorities.thresholds import Threshold, threshold_on


@dataclass(frozen=True)
class StoredThreshold:
    """A threshold in any state. People's names are for the centre."""

    number: int
    share: Decimal
    holds_from: date | None
    reason: str
    state: str
    proposed_at: datetime
    proposed_by: str
    proposed_by_id: UUID | None
    decided_at: datetime | None
    decided_by: str
    declined_reason: str


def approved_thresholds() -> tuple[Threshold, ...]:
    """Return those that two people agreed on, and the first, as the pure rules take them."""
    rows = SliverThreshold.objects.filter(state=ThresholdState.APPROVED).order_by("number")
    return tuple(Threshold(*row) for row in rows.values_list("share", "holds_from"))


def threshold_of_day(*, day: date) -> float:
    """Return the threshold that holds on a day, 0 to 1."""
    return threshold_on(thresholds=approved_thresholds(), day=day)


def all_thresholds() -> tuple[StoredThreshold, ...]:
    """Return every threshold, the newest first."""
    rows = SliverThreshold.objects.select_related("proposed_by", "decided_by")
    return tuple(
        StoredThreshold(
            number=row.number,
            share=row.share,
            holds_from=row.holds_from,
            reason=row.reason,
            state=row.state,
            proposed_at=row.proposed_at,
            proposed_by=row.proposed_by.full_name if row.proposed_by else "",
            proposed_by_id=row.proposed_by_id,
            decided_at=row.decided_at,
            decided_by=row.decided_by.full_name if row.decided_by else "",
            declined_reason=row.declined_reason,
        )
        for row in rows.order_by("-number")
    )
