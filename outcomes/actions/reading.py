"""A worker reads an upload: all of it is stored, or nothing."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO, cast

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from authorities import audit
from outcomes.actions import observations
from outcomes.actions.staging import Staging
from outcomes.actions.upload_messages import tell_of_result
from outcomes.actions.uploads import UNFINISHED
from outcomes.models import (
    Release,
    ReleaseKind,
    ReleaseState,
    Upload,
    UploadProblem,
    UploadState,
)
from outcomes.queries import places
from outcomes.return_file import ReturnFile, ReturnFileError, RowError, read_return_file

# A file at which a worker has died three times is not given to a fourth.
MOST_ATTEMPTS = 3
_CHUNK = 500
_SECONDS_BETWEEN_NOTES = 0.5


def process(*, upload_id: uuid.UUID, at: datetime) -> None:
    """Read an upload that waits, unless another worker does; store its values or its errors.

    Needs a database session of its own while it reads: the lock and the staged rows are the
    session's, so that both are gone when the worker is.
    """
    with _alone(upload_id=upload_id) as is_mine:
        if not is_mine or (upload := _claim(upload_id=upload_id, at=at)) is None:
            return
        with Staging() as staging, upload.file.open("rb") as file:
            content = cast(BinaryIO, file.file)
            try:
                read = read_return_file(
                    content=content, name=upload.file_name, codes=places.known_codes()
                )
                _stage(read=read, staging=staging, upload=upload)
            except ReturnFileError as refusal:
                _refuse_file(upload=upload, refusal=refusal, at=at)
                return
            if read.errors:
                _refuse_rows(upload=upload, read=read, at=at)
            else:
                _commit(upload=upload, read=read, staging=staging, at=at)


@contextmanager
def _alone(*, upload_id: uuid.UUID) -> Iterator[bool]:
    """Hold the upload for this session; give False where another session holds it."""
    key = f"upload {upload_id}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        is_mine: bool = cursor.fetchone()[0]
    try:
        yield is_mine
    finally:
        if is_mine and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])


@transaction.atomic
def _claim(*, upload_id: uuid.UUID, at: datetime) -> Upload | None:
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    if upload.state not in UNFINISHED:
        return None
    if upload.attempts >= MOST_ATTEMPTS:
        upload.state = UploadState.FAILED
        upload.finished_at = at
        upload.save(update_fields=["state", "finished_at"])
        audit.record(action="upload.failed", target=upload, body=upload.body, by=None, at=at)
        tell_of_result(upload=upload, at=at)
        return None
    upload.state = UploadState.CHECKING
    upload.attempts += 1
    upload.started_at = at
    upload.rows_read = 0
    upload.save(update_fields=["state", "attempts", "started_at", "rows_read"])
    Upload.objects.filter(pk=upload.pk).update(progressed_at=Now())
    return upload


def _stage(*, read: ReturnFile, staging: Staging, upload: Upload) -> None:
    noted_at, rows = time.monotonic(), 0
    for chunk in read.iter_chunks(size=_CHUNK):
        if not read.errors:
            staging.add(rows=chunk)
        # The headings are no row of figures.
        rows = chunk[-1].row - 1
        if time.monotonic() - noted_at >= _SECONDS_BETWEEN_NOTES:
            _note(upload=upload, rows=rows)
            noted_at = time.monotonic()
    _note(upload=upload, rows=rows)


def _note(*, upload: Upload, rows: int) -> None:
    upload.rows_read = rows
    Upload.objects.filter(pk=upload.pk).update(rows_read=rows, progressed_at=Now())


@transaction.atomic
def _commit(*, upload: Upload, read: ReturnFile, staging: Staging, at: datetime) -> None:
    release = Release.objects.create(
        body=upload.body,
        kind=ReleaseKind.BODY,
        state=ReleaseState.SUBMITTED,
        title=upload.file_name,
        source="Sent in by the authority",
        created_at=at,
        created_by=upload.uploaded_by,
    )
    counts = observations.store_staged(
        staging=staging, release=release, owner=upload.body, by=upload.uploaded_by, at=at
    )
    authority = places.authority(pk=upload.body_id)
    own = staging.rows_in(areas=places.own_areas(authority=authority, day=timezone.localdate(at)))
    upload.release = release
    upload.state = UploadState.COMMITTED
    upload.added = counts.added
    upload.unchanged = counts.unchanged
    upload.superseded = counts.superseded
    upload.rows_read = staging.rows
    upload.summary = {**_summary(read), "own_rows": own, "drafts": list(counts.drafts)}
    upload.notices = [notice.message for notice in read.notices]
    upload.finished_at = at
    upload.save(
        update_fields=[
            "release",
            "state",
            "added",
            "unchanged",
            "superseded",
            "rows_read",
            "summary",
            "notices",
            "finished_at",
        ]
    )
    audit.record(
        action="upload.stored",
        target=upload,
        body=upload.body,
        by=upload.uploaded_by,
        at=at,
        rows=staging.rows,
    )
    tell_of_result(upload=upload, at=at)


def _summary(read: ReturnFile) -> dict[str, int]:
    found = read.summary
    return {
        "rows": found.rows,
        "indicators": found.indicators,
        "periods": found.periods,
        "areas": found.areas,
    }


@transaction.atomic
def _refuse_file(*, upload: Upload, refusal: ReturnFileError, at: datetime) -> None:
    upload.summary = {"refusal": refusal.message, "code": refusal.code}
    codes = sorted({refusal.code, *(error.code for error in refusal.errors)})
    _refuse(
        upload=upload,
        state=UploadState.REJECTED_FILE,
        errors=refusal.errors,
        total=max(len(refusal.errors), 1),
        codes=codes,
        at=at,
    )


@transaction.atomic
def _refuse_rows(*, upload: Upload, read: ReturnFile, at: datetime) -> None:
    upload.summary = _summary(read)
    upload.notices = [notice.message for notice in read.notices]
    _refuse(
        upload=upload,
        state=UploadState.BLOCKING_ERRORS,
        errors=read.errors.kept,
        total=read.errors.total,
        codes=sorted({error.code for error in read.errors}),
        at=at,
    )


def _refuse(
    *,
    upload: Upload,
    state: UploadState,
    errors: tuple[RowError, ...],
    total: int,
    codes: list[str],
    at: datetime,
) -> None:
    UploadProblem.objects.bulk_create(
        [
            UploadProblem(
                upload=upload,
                order=order,
                row=error.row,
                line=error.line,
                column=error.column_letter,
                heading=error.heading,
                code=error.code,
                given=error.given,
                message=error.message,
                fix=error.fix,
            )
            for order, error in enumerate(errors)
        ],
        batch_size=1_000,
    )
    upload.state = state
    upload.problem_count = total
    upload.finished_at = at
    upload.save(update_fields=["state", "problem_count", "finished_at", "summary", "notices"])
    # Codes only: what the cells hold is nobody's business but the sender's.
    audit.record(
        action="upload.refused",
        target=upload,
        body=upload.body,
        by=upload.uploaded_by,
        at=at,
        codes=codes,
        total=total,
    )
    tell_of_result(upload=upload, at=at)
