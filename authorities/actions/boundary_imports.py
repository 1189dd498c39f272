"""Official boundaries on screen: a file is kept, read by a worker, then stored or discarded.

The worker's part is `boundary_jobs.py`. Between the two stands the file's row: the message to the
queue only nudges, and the sweep finds rows that no worker has finished.
"""

import uuid
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from authorities import audit, queue
from authorities.actions.boundaries import check_name
from authorities.actions.boundary_plan import BoundariesError
from authorities.actions.boundary_previews import preview_of
from authorities.boundary_file import BoundaryFileError, check_beginning
from authorities.models import BoundaryImport, BoundaryImportState, User
from authorities.received_files import FormUsedError, hold_form, shown_name

# A worker holds the whole file in memory, several times over once it is outlines.
MOST_BYTES = 30 * 1024 * 1024
# A file that nobody decided on is discarded when the next one comes after so long.
KEPT_FOR = timedelta(days=7)

PROCESS_TASK = "authorities.process_boundary_import"
# So long after a worker was asked for, or began, another is asked. One that is still at it holds
# the row, so that the other finds nothing to do.
SILENCE = timedelta(seconds=45)
AT_WORK = (BoundaryImportState.READING, BoundaryImportState.STORING)
# A person may decide on it, or have it compared with the register again.
_OPEN = (BoundaryImportState.PENDING, BoundaryImportState.REFUSED, BoundaryImportState.FAILED)
_BEGINNING = 1024

_NOT_NOW = {
    BoundaryImportState.READING: "This file is being read. Wait until that is done.",
    BoundaryImportState.STORING: "These boundaries are being stored already.",
    BoundaryImportState.STORED: "These boundaries are stored already.",
    BoundaryImportState.DISCARDED: "This file was discarded. Import it again.",
    BoundaryImportState.REFUSED: "This file cannot be used. Discard it and import another one.",
    BoundaryImportState.FAILED: "Work on this file stopped. Check it again first.",
}


class NotPendingError(ValueError):
    """A worker has the file, it was decided on before, or it was kept too long."""


def propose(
    *,
    file: "File[bytes]",
    file_name: str,
    name: str,
    valid_from: date,
    source: str,
    licence: str,
    form_key: uuid.UUID,
    by: User,
    at: datetime,
) -> BoundaryImport:
    """Keep a file and have it read; the same form sent twice gives the same row.

    Raises:
        BoundaryFileError: it is too large or no JSON at all; nothing is kept.
        BoundariesError: the name is taken; nothing is kept.
        FormUsedError: the form was sent before, with another file.
    """
    if file.size > MOST_BYTES:
        raise BoundaryFileError(too_large())
    file.seek(0)
    check_beginning(start=file.read(_BEGINNING))
    digest = _digest(file)
    _discard_old(at=at)
    with transaction.atomic():
        hold_form(form_key=form_key)
        if earlier := BoundaryImport.objects.filter(form_key=form_key).first():
            if (earlier.proposed_by_id, earlier.sha256) != (by.pk, digest):
                raise FormUsedError
            return earlier
        check_name(name=name)
        pending = BoundaryImport(
            name=name,
            valid_from=valid_from,
            source=source,
            licence=licence,
            file_name=shown_name(file_name=file_name),
            size=file.size,
            sha256=digest,
            form_key=form_key,
            proposed_by=by,
            proposed_at=at,
        )
        file.seek(0)
        pending.file.save(f"{pending.pk}.json", file, save=False)
        try:
            with transaction.atomic():
                _ask(pending, BoundaryImportState.READING, at=at)
                audit.record(
                    action="boundaries.proposed",
                    target=pending,
                    by=by,
                    at=at,
                    size=pending.size,
                    sha256=digest,
                )
        except BaseException:
            pending.file.delete(save=False)
            raise
    return pending


@transaction.atomic
def check_again(*, import_id: uuid.UUID, by: User, at: datetime) -> None:
    """Have the file compared with the register as it is now.

    Raises:
        NotPendingError: a worker has it, it was decided on before, or kept too long.
    """
    pending = _locked(import_id=import_id, allowed=_OPEN, at=at)
    _ask(pending, BoundaryImportState.READING, at=at)
    audit.record(action="boundaries.checked", target=pending, by=by, at=at)


@transaction.atomic
def confirm(*, import_id: uuid.UUID, by: User, at: datetime) -> None:
    """Have the areas stored, compared with the register once more.

    Raises:
        NotPendingError: a worker has it, it was decided on before, or kept too long.
        BoundariesError: it did not fit when it was read, or its name is taken by now.
    """
    pending = _locked(import_id=import_id, allowed=(BoundaryImportState.PENDING,), at=at)
    preview = preview_of(pending=pending)
    if preview is None:
        raise BoundariesError("Another release of the site read this file. Check it again first.")
    if preview.problems:
        raise BoundariesError(" ".join(preview.problems))
    check_name(name=pending.name)
    pending.decided_by, pending.decided_at = by, at
    _ask(pending, BoundaryImportState.STORING, at=at)
    audit.record(action="boundaries.confirmed", target=pending, by=by, at=at)


@transaction.atomic
def discard(*, import_id: uuid.UUID, by: User, at: datetime) -> None:
    """Forget the file.

    Raises:
        NotPendingError: a worker has it, or it was stored or discarded before.
    """
    pending = _locked(import_id=import_id, allowed=_OPEN)
    _discard(pending, by=by, at=at)
    audit.record(action="boundaries.discarded", target=pending, by=by, at=at)


def nudge(*, import_id: uuid.UUID) -> None:
    """Tell the queue that a file waits; the sweep finds it if the queue is away."""
    queue.nudge(task=PROCESS_TASK, import_id=str(import_id))


def sweep(*, at: datetime) -> int:
    """Nudge again for each file that nobody seems to have, and return how many those are."""
    before = at - SILENCE
    waiting = BoundaryImport.objects.filter(
        Q(started_at__lt=before) | Q(started_at__isnull=True, asked_at__lt=before),
        state__in=AT_WORK,
    ).order_by("asked_at", "pk")
    ids = list(waiting.values_list("pk", flat=True)[:100])
    for import_id in ids:
        nudge(import_id=import_id)
    return len(ids)


def delete_file(*, pending: BoundaryImport) -> None:
    """Let the file go when the transaction commits; the caller saves the row."""
    kept = pending.file.name
    pending.file = ""
    if kept:
        transaction.on_commit(partial(default_storage.delete, kept))


def too_large() -> str:
    """Return what is said of a file that is too large."""
    return (
        f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Download the boundaries "
        "generalised to 200 m or 500 m (BSC or BUC), which are as fine as the maps here."
    )


def _ask(pending: BoundaryImport, state: BoundaryImportState, *, at: datetime) -> None:
    pending.state, pending.failure = state, ""
    pending.asked_at, pending.started_at, pending.attempts = at, None, 0
    pending.save()
    transaction.on_commit(partial(nudge, import_id=pending.pk))


def _digest(file: "File[bytes]") -> str:
    digest = sha256()
    file.seek(0)
    for block in file.chunks():
        digest.update(block)
    return digest.hexdigest()


def _discard_old(*, at: datetime) -> None:
    old = BoundaryImport.objects.filter(state__in=_OPEN, proposed_at__lt=at - KEPT_FOR).order_by(
        "pk"
    )
    for import_id in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            try:
                pending = _locked(import_id=import_id, allowed=_OPEN)
            except NotPendingError:
                continue
            _discard(pending, by=None, at=at)
            audit.record(action="boundaries.expired", target=pending, by=None, at=at)


def _locked(
    *,
    import_id: uuid.UUID,
    allowed: tuple[BoundaryImportState, ...],
    at: datetime | None = None,
) -> BoundaryImport:
    """Lock a file that may be decided on; with `at`, one that has not been kept too long."""
    rows = BoundaryImport.objects.filter(pk=import_id)
    # Whoever holds the row takes a while: who asks is told so, and does not wait.
    found = rows.select_for_update(skip_locked=True).first()
    state = BoundaryImportState(found.state if found else rows.get().state)
    if found is None or state not in allowed:
        raise NotPendingError(
            _NOT_NOW.get(state, "Somebody decides on this file just now. Look at it again.")
        )
    if at is not None and found.proposed_at < at - KEPT_FOR:
        raise NotPendingError(
            f"This file was kept for {KEPT_FOR.days} days without a decision. Import it again."
        )
    return found


def _discard(pending: BoundaryImport, *, by: User | None, at: datetime) -> None:
    delete_file(pending=pending)
    pending.state = BoundaryImportState.DISCARDED
    pending.decided_by, pending.decided_at = by, at
    pending.save()
