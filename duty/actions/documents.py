"""A submission's PDF: asked for with the submission, made once by a worker, taken away.

The row is stored with the submission and is the truth; the message to the queue only nudges, and
the sweep finds what waits.
"""

from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from authorities import audit, queue
from authorities.models import User
from duty.documents.return_pdf import METHOD_VERSION, SubmittedReturn, return_pdf
from duty.documents.typeset import DocumentError
from duty.models import DocumentState, ReturnDocument, Submission

MAKE_TASK = "duty.make_return_document"
# A document at which a worker has failed or died three times is not given to a fourth.
MOST_ATTEMPTS = 3
# So long after a worker was asked for, or began, another is asked. One that is still at it holds
# the row, so that the other finds nothing to do.
SILENCE = timedelta(seconds=30)
_GIVEN_UP = f"A worker stopped {MOST_ATTEMPTS} times while it made this document."
_MOST_AT_ONCE = 100


class NotGivenUpError(ValueError):
    """The document is made or waits, so nobody need ask for it again."""


def ask(*, submission: Submission, at: datetime) -> ReturnDocument:
    """Have a submission's document made, unless it was asked for before.

    The caller holds the transaction: a submission is never stored without this.
    """
    row, created = ReturnDocument.objects.get_or_create(
        submission=submission, defaults={"asked_at": at}
    )
    if created:
        transaction.on_commit(partial(nudge, document_id=row.pk))
    return row


def nudge(*, document_id: UUID) -> None:
    """Tell the queue that a document waits; the sweep finds it if the queue is away."""
    queue.nudge(task=MAKE_TASK, document_id=str(document_id))


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """Nudge for each document that nobody seems to make, and return how many those are.

    Submissions without a row are asked for as well: those from before there were documents.
    """
    bare = Submission.objects.filter(document__isnull=True).defer("content")
    for submission in bare.order_by("submitted_at", "pk")[:_MOST_AT_ONCE]:
        ask(submission=submission, at=at)
    before = at - SILENCE
    waiting = ReturnDocument.objects.filter(
        Q(started_at__lt=before) | Q(started_at__isnull=True, asked_at__lt=before),
        state=DocumentState.WAITING,
    ).order_by("asked_at", "pk")
    ids = list(waiting.values_list("pk", flat=True)[:_MOST_AT_ONCE])
    for document_id in ids:
        transaction.on_commit(partial(nudge, document_id=document_id))
    return len(ids)


def make(*, document_id: UUID, at: datetime) -> None:
    """Make a document that waits, unless another worker does.

    The row is held to the end, so that two workers never make it at once; when a worker is gone,
    so is all that it did, and the next begins anew.
    """
    if not _begin(document_id=document_id, at=at):
        return
    with transaction.atomic():
        row = _waiting(document_id)
        if row is None:
            return
        try:
            _make(row, at=at)
        except (DocumentError, OSError) as error:
            _note_failure(row, error=str(error), at=at)


@transaction.atomic
def make_again(*, document_id: UUID, by: User, at: datetime) -> ReturnDocument:
    """Let a document that was given up be tried again.

    Raises:
        ReturnDocument.DoesNotExist: there is none.
        NotGivenUpError: it is made, or a worker will make it.
    """
    row = ReturnDocument.objects.select_for_update().get(pk=document_id)
    if row.state != DocumentState.FAILED:
        raise NotGivenUpError("This document is not waiting for a person. Nothing was changed.")
    _wait(row, at=at)
    audit.record(action="return.document_asked", target=row, by=by, at=at)
    return row


def has_file(*, document: ReturnDocument) -> bool:
    """Return whether the file that was made is still there."""
    return bool(document.file.name) and default_storage.exists(str(document.file.name))


@transaction.atomic
def make_lost(*, document: ReturnDocument, at: datetime) -> None:
    """Have a document made again whose file is no longer there; the snapshot still is."""
    row = ReturnDocument.objects.select_for_update().get(pk=document.pk)
    if row.state != DocumentState.MADE or has_file(document=row):
        return
    _wait(row, at=at)
    audit.record(action="return.document_lost", target=row, by=None, at=at)


@transaction.atomic
def _begin(*, document_id: UUID, at: datetime) -> bool:
    """Count the attempt, in a transaction of its own; give False where there is none to make."""
    row = _waiting(document_id)
    if row is None:
        return False
    if row.attempts >= MOST_ATTEMPTS:
        _give_up(row, error=row.error or _GIVEN_UP, at=at)
        return False
    row.attempts += 1
    row.started_at = at
    row.save(update_fields=["attempts", "started_at"])
    return True


def _waiting(document_id: UUID) -> ReturnDocument | None:
    return (
        ReturnDocument.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("submission__duty_return__round", "submission__duty_return__authority")
        .filter(pk=document_id, state=DocumentState.WAITING)
        .first()
    )


def _make(row: ReturnDocument, *, at: datetime) -> None:
    submission = row.submission
    content = return_pdf(
        submitted=SubmittedReturn(
            content=submission.content,
            reference=submission.reference,
            number=submission.number,
            submitted_at=submission.submitted_at,
            late=submission.late,
            sha256=submission.content_sha256,
            is_test=submission.duty_return.round.is_test,
            demonstration=settings.DEMONSTRATION,
        )
    )
    name = f"documents/{submission.submitted_at:%Y}/{submission.pk}.pdf"
    # What a worker left behind that was killed after it wrote.
    default_storage.delete(name)
    row.file.name = default_storage.save(name, ContentFile(content))
    row.size, row.sha256 = len(content), sha256(content).hexdigest()
    row.state, row.method_version = DocumentState.MADE, METHOD_VERSION
    row.made_at, row.error = at, ""
    row.save()
    audit.record(
        action="return.document_made",
        target=row,
        body=submission.duty_return.authority,
        by=None,
        at=at,
        reference=submission.reference,
        sha256=row.sha256,
        method_version=METHOD_VERSION,
    )


def _note_failure(row: ReturnDocument, *, error: str, at: datetime) -> None:
    if row.attempts >= MOST_ATTEMPTS:
        _give_up(row, error=error, at=at)
    else:
        row.error = error
        row.save(update_fields=["error"])


def _give_up(row: ReturnDocument, *, error: str, at: datetime) -> None:
    row.state, row.error = DocumentState.FAILED, error
    row.save(update_fields=["state", "error"])
    audit.record(
        action="return.document_failed",
        target=row,
        body=row.submission.duty_return.authority,
        by=None,
        at=at,
    )


def _wait(row: ReturnDocument, *, at: datetime) -> None:
    row.state, row.attempts, row.asked_at, row.started_at = DocumentState.WAITING, 0, at, None
    row.save(update_fields=["state", "attempts", "asked_at", "started_at"])
    transaction.on_commit(partial(nudge, document_id=row.pk))
