"""How long work has been owed: what the queue should have done by now, and has not."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Min, QuerySet

from authorities.models import Message, Notice
from outcomes.models import RecomputeRequest

# Sweeps come every minute, so that this is two of them that found nothing or did nothing.
LATE_AFTER = timedelta(minutes=2)


def oldest_owed(*, at: datetime) -> Mapping[str, timedelta | None]:
    """Return for how long the oldest of each kind should have been tried; None where none waits.

    Three queries, each by an index of what is not done.
    """
    return {
        "recomputes": _waits(RecomputeRequest.objects.filter(finished_at__isnull=True), at),
        "notices": _waits(Notice.objects.filter(addressed_at__isnull=True, due_at__lte=at), at),
        "mails": _waits(
            Message.objects.filter(
                sent_at__isnull=True, withdrawn_at__isnull=True, failed_at__isnull=True
            ),
            at,
        ),
    }


def _waits(rows: QuerySet, at: datetime) -> timedelta | None:  # type: ignore[type-arg]
    since = rows.filter(next_attempt_at__lte=at).aggregate(since=Min("next_attempt_at"))["since"]
    return None if since is None else at - since
