"""A worker reads an upload: once to say what it would do, and once more to store it or nothing.

Both times the file is read whole. What the first reading leaves behind is words and counts.
"""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, cast

from django.db import connection, transaction
from django.db.models.functions import Now

from authorities import audit
from outcomes.actions import observations
from outcomes.actions.approval_messages import tell_of_waiting
from outcomes.actions.checking import Checked, check, refused_by_locks
from outcomes.actions.findings import record_findings
from outcomes.actions.observations import Comparison
from outcomes.actions.staging import Staging
from outcomes.actions.upload_messages import tell_of_result
from outcomes.actions.upload_steps import take_step
from outcomes.models import Release, ReleaseKind, ReleaseState, Upload, UploadState
from outcomes.upload_lifecycle import UNFINISHED, Event, Guard

# A file at which a worker has died three times is not given to a fourth.
MOST_ATTEMPTS = 3
_SECONDS_BETWEEN_NOTES = 0.5
_READ_BY_A_WORKER = (UploadState.CHECKING, UploadState.STORING)


class _CancelledError(Exception):
    """The person who sent the file has cancelled it while it was read."""


def process(*, upload_id: uuid.UUID, at: datetime) -> None:
    """Check or store an upload that waits, unless another worker does.

    Needs a database session of its own while it reads: the lock and the staged rows are the
    session's, so that both are gone when the worker is.
    """
    with _alone(upload_id=upload_id) as is_mine:
        if not is_mine or (upload := _claim(upload_id=upload_id, at=at)) is None:
            return
        with Staging() as staging, upload.file.open("rb") as file:
            progress = _Progress(upload=upload)
            try:
                checked = check(
                    content=cast(BinaryIO, file.file),
                    name=upload.file_name,
                    body=upload.body,
                    staging=staging,
                    tell=progress.tell,
                    at=at,
                )
                progress.finish(rows=checked.rows)
            except _CancelledError:
                return
            if upload.state == UploadState.STORING:
                _store(upload=upload, checked=checked, staging=staging, at=at)
            else:
                _report(upload=upload, checked=checked, staging=staging, at=at)


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
        take_step(upload=upload, event=Event.GIVE_UP, holding=[Guard.NO_TRIES_LEFT])
        upload.finished_at = at
        upload.save(update_fields=["state", "finished_at"])
        audit.record(action="upload.failed", target=upload, body=upload.body, by=None, at=at)
        tell_of_result(upload=upload, at=at)
        return None
    stores = upload.state == UploadState.STORING
    event = Event.START_STORING if stores else Event.START_CHECKING
    take_step(upload=upload, event=event, holding=[Guard.TRIES_LEFT])
    upload.attempts += 1
    upload.started_at = at
    upload.rows_read = 0
    upload.save(update_fields=["state", "attempts", "started_at", "rows_read"])
    Upload.objects.filter(pk=upload.pk).update(progressed_at=Now())
    return upload


@dataclass
class _Progress:
    """Writes how far a reading is, twice a second, and learns whether it is still wanted."""

    upload: Upload
    noted_at: float = field(default_factory=time.monotonic)

    def tell(self, rows: int) -> None:
        """Note the rows read so far, now and then."""
        if time.monotonic() - self.noted_at >= _SECONDS_BETWEEN_NOTES:
            self.finish(rows=rows)
            self.noted_at = time.monotonic()

    def finish(self, *, rows: int) -> None:
        """Note the rows read.

        Raises:
            _CancelledError: nobody wants them any more.
        """
        self.upload.rows_read = rows
        wanted = Upload.objects.filter(pk=self.upload.pk, state__in=_READ_BY_A_WORKER)
        if not wanted.update(rows_read=rows, progressed_at=Now()):
            raise _CancelledError


@transaction.atomic
def _report(*, upload: Upload, checked: Checked, staging: Staging, at: datetime) -> None:
    """Keep what was found, and what storing would do; nothing of the file."""
    if not _is_still_wanted(upload=upload):
        return
    checked, compared = _compare(upload=upload, checked=checked, staging=staging)
    record_findings(upload=upload, checked=checked, compared=compared, at=at)


@transaction.atomic
def _store(*, upload: Upload, checked: Checked, staging: Staging, at: datetime) -> None:
    """Store all, where that is what was confirmed; otherwise say again what it would do."""
    checked, compared = _compare(upload=upload, checked=checked, staging=staging)
    confirmed = set(upload.confirmations.values_list("code", flat=True))
    as_seen = compared is not None and compared.fingerprint == upload.summary.get("fingerprint")
    if compared is None or not as_seen or checked.warnings - confirmed:
        record_findings(upload=upload, checked=checked, compared=compared, changed=True, at=at)
        return
    release = Release.objects.create(
        body=upload.body,
        kind=ReleaseKind.BODY,
        state=ReleaseState.SUBMITTED,
        title=upload.file_name,
        source="Sent in by the authority",
        created_at=at,
        created_by=upload.confirmed_by,
    )
    counts = observations.store_staged(
        staging=staging, release=release, owner=upload.body, by=upload.confirmed_by, at=at
    )
    take_step(upload=upload, event=Event.COMMIT, holding=[Guard.SAME_EFFECT_AS_SEEN])
    upload.release = release
    upload.added = counts.added
    upload.unchanged = counts.unchanged
    upload.superseded = counts.superseded
    upload.finished_at = at
    upload.save(
        update_fields=["release", "state", "added", "unchanged", "superseded", "finished_at"]
    )
    audit.record(
        action="upload.stored",
        target=upload,
        body=upload.body,
        by=upload.confirmed_by,
        at=at,
        rows=staging.rows,
    )
    tell_of_result(upload=upload, at=at)
    if counts.changed:
        tell_of_waiting(release=release, at=at)


def _compare(
    *, upload: Upload, checked: Checked, staging: Staging
) -> tuple[Checked, Comparison | None]:
    """Say what storing would do, if it may be; no lock is set until the transaction ends."""
    if checked.refusal is not None or checked.has_errors:
        return checked, None
    compared = observations.compare_staged(staging=staging, owner=upload.body)
    if compared.locked:
        return refused_by_locks(checked=checked, locked=compared.locked), None
    return checked, compared


def _is_still_wanted(*, upload: Upload) -> bool:
    now = Upload.objects.select_for_update().get(pk=upload.pk)
    return now.state == upload.state
