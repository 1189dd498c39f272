"""What is to be seen of a commitment by its dates and both latest words, said in SQL.

The same rules as in `engagement.standing`, so that lists can be filtered, and many be counted.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from duty.deadlines import closes_at
from engagement import standing
from engagement.models import (
    Commitment,
    CommitmentState,
    CommitmentStatus,
    Side,
)

_OWN = {Side.AUTHORITY: "authority", Side.BOARD: "board"}


def with_words(*, rows: QuerySet[Commitment]) -> QuerySet[Any]:
    """Return the commitments with each side's latest word.

    `authority_status` and `board_status` are codes, `authority_at` and `board_at` when it was said,
    and `authority_sent_back` and `board_sent_back` whether it was sent back; None where nothing was
    said.
    """
    return rows.annotate(
        **{
            f"{own}_{what}": F(f"latest__{own}_{what}")
            for own in _OWN.values()
            for what in ("status", "at", "sent_back")
        }
    )


def views_differ() -> Q:
    """Both sides have said how it stands, and not the same. Of rows `with_words`."""
    return Q(authority_status__isnull=False, board_status__isnull=False) & ~Q(
        authority_status=F("board_status")
    )


def is_stale(*, side: Side, on: date) -> Q:
    """A side of what is agreed has been silent for too long. Of rows `with_words`."""
    own = _OWN[side]
    silent_since = standing.months_before(day=on, months=standing.STALE_AFTER_MONTHS)
    return Q(state=CommitmentState.AGREED) & (
        Q(**{f"{own}_status__isnull": True, "decided_at__lt": _begins(silent_since)})
        | Q(**{f"{own}_at__lt": _begins(silent_since)})
        & ~Q(**{f"{own}_status": CommitmentStatus.MET})
    )


def update_is_due(*, side: Side, since: date) -> Q:
    """A side of what is agreed has not said since that day how it stands. Of rows `with_words`."""
    own = _OWN[side]
    silent = Q(**{f"{own}_at__isnull": True}) | Q(**{f"{own}_at__lt": _begins(since)})
    met = Q(**{f"{own}_status": CommitmentStatus.MET})
    return Q(state=CommitmentState.AGREED) & (
        Q(**{f"{own}_sent_back": True}) | silent & (Q(**{f"{own}_status__isnull": True}) | ~met)
    )


def is_overdue(*, on: date) -> Q:
    """What is agreed should have been done by now."""
    return Q(state=CommitmentState.AGREED, target_date__lt=on)


def _begins(day: date) -> datetime:
    return closes_at(closing_date=day - timedelta(days=1))
