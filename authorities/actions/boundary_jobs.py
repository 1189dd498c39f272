"""A worker reads a file of boundaries for its preview, or stores it: all of it, or nothing."""

import uuid
from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.actions.boundaries import import_boundaries
from authorities.actions.boundary_imports import AT_WORK, delete_file
from authorities.actions.boundary_plan import BoundariesError
from authorities.actions.boundary_previews import make_preview
from authorities.boundary_file import BoundaryFile, BoundaryFileError, read_boundary_file
from authorities.frozen_json import to_plain
from authorities.models import BoundaryImport, BoundaryImportState
from authorities.part_boundaries import PartBoundariesError

# A file at which a worker has died three times is not given to a fourth.
MOST_ATTEMPTS = 3
_GIVEN_UP = (
    f"Work on this file stopped {MOST_ATTEMPTS} times, so we have stopped trying. Nothing was "
    "stored. This is our fault, not yours. Check it again later. If it stops again, tell the "
    "helpdesk its name."
)

_REFUSALS = (BoundaryFileError, BoundariesError, PartBoundariesError)


def process(*, import_id: uuid.UUID, at: datetime) -> None:
    """Read or store a file that waits, unless another worker does.

    The row is held to the end, so that two workers never do it at once; when a worker is gone,
    so is all that it did, and the next begins anew.
    """
    if not _begin(import_id=import_id, at=at):
        return
    with transaction.atomic():
        row = _waiting(import_id)
        if row is None:
            return
        if row.state == BoundaryImportState.STORING:
            _store(row, at=at)
        else:
            _read(row, at=at)


@transaction.atomic
def _begin(*, import_id: uuid.UUID, at: datetime) -> bool:
    """Count the attempt, in a transaction of its own; give False where there is none to make."""
    row = _waiting(import_id)
    if row is None:
        return False
    if row.attempts >= MOST_ATTEMPTS:
        _end(
            row,
            BoundaryImportState.FAILED,
            failure=_GIVEN_UP,
        )
        audit.record(action="boundaries.failed", target=row, by=None, at=at)
        return False
    row.attempts += 1
    row.started_at = at
    row.save(update_fields=["attempts", "started_at"])
    return True


def _waiting(import_id: uuid.UUID) -> BoundaryImport | None:
    return (
        BoundaryImport.objects.select_for_update(skip_locked=True)
        .filter(pk=import_id, state__in=AT_WORK)
        .first()
    )


def _read(row: BoundaryImport, *, at: datetime, failure: str = "") -> None:
    """Keep what the file would give, and with it why it was not stored."""
    try:
        preview = make_preview(file=_file(row), valid_from=row.valid_from)
    except _REFUSALS as refusal:
        _end(row, BoundaryImportState.REFUSED, failure=str(refusal))
        audit.record(action="boundaries.refused", target=row, by=None, at=at)
        return
    row.preview, row.checked_at = to_plain(value=preview), at
    _end(row, BoundaryImportState.PENDING, failure=failure)
    audit.record(
        action="boundaries.read", target=row, by=None, at=at, problems=len(preview.problems)
    )


def _store(row: BoundaryImport, *, at: datetime) -> None:
    try:
        with transaction.atomic():
            report = import_boundaries(
                file=_file(row),
                name=row.name,
                valid_from=row.valid_from,
                source=row.source,
                licence=row.licence,
                by=row.decided_by,
                at=at,
            )
    except _REFUSALS as refusal:
        # The register has changed since: the person sees how, and decides again.
        audit.record(action="boundaries.not_stored", target=row, by=None, at=at)
        _read(row, at=at, failure=str(refusal))
        return
    delete_file(pending=row)
    row.state, row.boundary_set = BoundaryImportState.STORED, report.boundary_set
    row.save()


def _end(row: BoundaryImport, state: BoundaryImportState, *, failure: str) -> None:
    row.state, row.failure = state, failure
    row.decided_by = row.decided_at = None
    row.save()


def _file(row: BoundaryImport) -> BoundaryFile:
    try:
        with row.file.open("rb") as file:
            content = bytes(file.read())
    except (OSError, ValueError) as error:
        raise BoundariesError(
            "The file is no longer there. Discard it and import it again."
        ) from error
    return read_boundary_file(text=content)
