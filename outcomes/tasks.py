"""The app's jobs. Each loads by id, calls one action, and may run twice."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from outcomes import recompute
from outcomes.actions import (
    indicator_pages,
    mission_reading,
    progress,
    reading,
    upload_steps,
    uploads,
)
from outcomes.models import Subject
from outcomes.queries import places


@shared_task(name=recompute.RUN_TASK)
def run_recompute(**_newer: object) -> int:
    """Run what waits in the ledger."""
    recompute.call_for_help()
    return recompute.run_pending()


@shared_task(name="outcomes.request_recompute_of_all")
def request_recompute_of_all(**_newer: object) -> int:
    """Ask for a recompute of everything, as a check that nothing was missed."""
    return indicator_pages.request_all(at=timezone.now())


@shared_task(name="outcomes.refresh_authority_indicators")
def refresh_authority_indicators(*, subject: str, subject_id: UUID, **_newer: object) -> int:
    """Step of a recompute: the pages that show an authority's indicators."""
    if subject != Subject.AUTHORITY:
        return 0
    return indicator_pages.refresh(authority=places.authority(pk=subject_id), at=timezone.now())


@shared_task(name="outcomes.refresh_mission")
def refresh_mission(*, subject: str, subject_id: UUID, **_newer: object) -> int:
    """Step of a recompute: the page of the mission."""
    if subject != Subject.MISSION:
        return 0
    return mission_reading.refresh(at=timezone.now())


@shared_task(name="outcomes.refresh_progress")
def refresh_progress(*, subject: str, subject_id: UUID, **_newer: object) -> int:
    """Step of a recompute: the statuses of an authority's frameworks, and their dashboards."""
    if subject != Subject.AUTHORITY:
        return 0
    return progress.refresh(authority=places.authority(pk=subject_id), at=timezone.now())


@shared_task(name="outcomes.refresh_nation_progress")
def refresh_nation_progress(*, subject: str, subject_id: UUID, **_newer: object) -> int:
    """Step of a recompute: the dashboard of the nation, once an authority's is there."""
    if subject != Subject.AUTHORITY:
        return 0
    return progress.refresh_nation(at=timezone.now())


@shared_task(name=upload_steps.PROCESS_TASK)
def process_upload(*, upload_id: str, **_newer: object) -> None:
    """Check one upload, or store it."""
    reading.process(upload_id=UUID(upload_id), at=timezone.now())


@shared_task(name="outcomes.sweep_uploads")
def sweep_uploads(**_newer: object) -> int:
    """Nudge uploads that a lost message or a killed worker left behind."""
    return uploads.sweep(at=timezone.now())
