"""What an administrator does about a recompute that failed."""

from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.models import User
from outcomes.models import RecomputeRequest
from outcomes.recompute import MOST_ATTEMPTS


class NotFailedError(ValueError):
    """The recompute waits or is done, so nobody need run it again."""


@transaction.atomic
def run_again(*, request_id: int, by: User, at: datetime) -> RecomputeRequest:
    """Let a failed recompute be tried again; the sweep takes it within seconds.

    Raises:
        NotFailedError: it has not failed for good, or somebody else asked meanwhile.
    """
    row = RecomputeRequest.objects.select_for_update().get(pk=request_id)
    if row.finished_at is not None or row.attempts < MOST_ATTEMPTS:
        raise NotFailedError("This recompute is not waiting for a person. Nothing was changed.")
    row.attempts = 0
    row.next_attempt_at = at
    row.save(update_fields=["attempts", "next_attempt_at"])
    audit.record(
        action="recompute.run_again",
        target=row,
        by=by,
        at=at,
        subject=row.subject,
        subject_id=str(row.subject_id),
    )
    return row
