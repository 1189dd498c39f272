"""The app's jobs. Each loads by id, calls one action, and may run twice."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from duty.actions import round_jobs


@shared_task(name="duty.refresh_derived_answers")
def refresh_derived_answers(*, subject: str, subject_id: UUID, **_newer: object) -> int:
    """Return 0: derived answers are read when they are shown, so none is stored to refresh.

    The step stands in its place of the recompute because a submission's snapshot is the only copy
    of a derived answer, and that one never changes.
    """
    return 0


@shared_task(name="duty.open_and_close_rounds")
def open_and_close_rounds(**_newer: object) -> int:
    """Take the next step of the rounds whose day or time, in London, has come."""
    return round_jobs.turn_due(at=timezone.now())
