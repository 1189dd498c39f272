"""The ledger: something was stored, and a higher app must compute again.

An action calls `request()` in its own transaction. The row is the truth; the message to the queue
only nudges, so a lost broker loses nothing: beat runs `run_pending()` every few seconds.
`outcomes` may not import `engagement`, so the steps are task names in one setting, read top to
bottom. Each step takes `subject` and `subject_id`, does nothing for subjects that are not its own,
may run twice, and returns how many rows it changed.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from authorities import queue
from outcomes.models import RecomputeRequest, RecomputeStep, Subject

logger = logging.getLogger(__name__)

RUN_TASK = "outcomes.run_recompute"
# After this many failures a request waits for a person: it is shown on the jobs page.
MOST_ATTEMPTS = 8


def request(*, subject: Subject, subject_id: UUID, reason: str, at: datetime) -> None:
    """Ask for what follows from a change, in the change's own transaction.

    Requests for the same subject that have not started are one.
    """
    RecomputeRequest.objects.bulk_create(
        [
            RecomputeRequest(
                subject=subject,
                subject_id=subject_id,
                reason=reason,
                requested_at=at,
                next_attempt_at=at,
            )
        ],
        ignore_conflicts=True,
    )
    # One nudge a transaction: a national release asks for every authority at once.
    if not any(waiting[1] is _nudge for waiting in connection.run_on_commit):
        transaction.on_commit(_nudge)


def _nudge() -> None:
    queue.nudge(task=RUN_TASK)


def run_pending(*, most: int = 100) -> int:
    """Run the requests that wait, oldest first, and those that a killed worker left behind.

    Returns:
        How many were finished.
    """
    # A worker has registered the tasks; a management command has not. Asked first, since importing
    # them again runs all of Django's checks, and the sweep comes every few seconds.
    if any(task not in current_app.tasks for task in settings.RECOMPUTE_TASKS):
        current_app.loader.import_default_modules()
    finished = 0
    for _ in range(most):
        claimed = _claim()
        if claimed is None:
            break
        finished += _run(request_id=claimed)
    return finished


def call_for_help() -> None:
    """Nudge another process where more than one request waits, so that none of them idles.

    A change nudges once however much it asks for. Each process that answers calls the next, until
    nothing waits that is not begun; a call that comes too late finds nothing to do.
    """
    if len(_waiting()[:2]) > 1:
        _nudge()


def _waiting() -> QuerySet[RecomputeRequest]:
    """Return the requests that somebody may begin, oldest first."""
    return RecomputeRequest.objects.filter(
        Q(next_attempt_at__lte=Now()), finished_at__isnull=True, attempts__lt=MOST_ATTEMPTS
    ).order_by("next_attempt_at", "pk")


def _claim() -> int | None:
    """Mark the next request as started, in a transaction of its own.

    Committed before the work, so that a change that arrives meanwhile writes a new row instead of
    coalescing with one whose inputs have been read already.
    """
    with transaction.atomic():
        row = _waiting().select_for_update(skip_locked=True).first()
        if row is None:
            return None
        now = timezone.now()
        row.started_at = now
        row.attempts += 1
        # Should this worker die, another may try again after the wait.
        row.next_attempt_at = now + timedelta(seconds=min(2**row.attempts * 5, 3600))
        row.save(update_fields=["started_at", "attempts", "next_attempt_at"])
        return row.pk


def _run(*, request_id: int) -> int:
    try:
        with transaction.atomic():
            row = RecomputeRequest.objects.select_for_update().get(pk=request_id)
            if row.finished_at is not None:
                return 0
            _lock(subject_id=row.subject_id)
            for task in settings.RECOMPUTE_TASKS:
                started_at = timezone.now()
                changed = current_app.tasks[task](subject=row.subject, subject_id=row.subject_id)
                RecomputeStep.objects.create(
                    request=row,
                    task=task,
                    started_at=started_at,
                    finished_at=timezone.now(),
                    rows_changed=changed,
                )
            row.finished_at = timezone.now()
            row.error = ""
            row.save(update_fields=["finished_at", "error"])
    except Exception as error:
        # The edge of the job: whatever went wrong is kept where people can see it, and tried again.
        RecomputeRequest.objects.filter(pk=request_id).update(
            error=f"{type(error).__name__}: {error}"[:2000]
        )
        logger.exception("recompute %s failed", request_id)
        return 0
    return 1


def _lock(*, subject_id: UUID) -> None:
    """Hold the subject until the transaction ends: two recomputes of it never cross."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"recompute {subject_id}"]
        )
