"""The app's jobs. Each loads by id, calls one action, and may run twice."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from duty.actions import documents, evidence_files, link_check, round_jobs, unsent


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


@shared_task(name=documents.MAKE_TASK)
def make_return_document(*, document_id: str, **_newer: object) -> None:
    """Make the PDF of one submission."""
    documents.make(document_id=UUID(document_id), at=timezone.now())


@shared_task(name="duty.sweep_return_documents")
def sweep_return_documents(**_newer: object) -> int:
    """Nudge documents that a lost message or a killed worker left behind."""
    return documents.sweep(at=timezone.now())


@shared_task(name="duty.check_links")
def check_links(**_newer: object) -> int:
    """Ask the links behind answers that were not asked this week."""
    return link_check.check_links(at=timezone.now())


@shared_task(name="duty.forget_unsent_texts")
def forget_unsent_texts(**_newer: object) -> int:
    """Delete what was typed after a session's end and not fetched for a day."""
    return unsent.forget_old(at=timezone.now())


@shared_task(name="duty.delete_unused_evidence")
def delete_unused_evidence(**_newer: object) -> int:
    """Delete evidence files that nothing refers to any more."""
    return evidence_files.delete_unused(at=timezone.now())
