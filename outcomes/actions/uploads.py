"""A file of an authority comes in: it is checked as a file, kept, and read by a worker.

The worker's part is `reading.py`. Between the two stands the upload's row: the message to the
queue only nudges, and the sweep finds rows that no worker has finished.
"""

import uuid
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import BinaryIO, cast

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q

from authorities import audit
from authorities.models import Body, User
from authorities.received_files import FormUsedError, hold_form, shown_name
from outcomes.actions.upload_steps import nudge, refused_action
from outcomes.models import Upload
from outcomes.return_file import ReturnFileError
from outcomes.sent_file import check_kind
from outcomes.upload_lifecycle import UNFINISHED

# Without progress for so long, another worker may try. Progress is written twice a second, but
# one statement on a large table may take a while.
SILENCE = timedelta(seconds=45)


def receive(
    *, body: Body, file: "File[bytes]", file_name: str, form_key: uuid.UUID, by: User, at: datetime
) -> Upload:
    """Keep a file and have it read; the same form sent twice gives the same upload.

    Raises:
        ReturnFileError: it is empty, too large, or neither CSV nor a workbook; nothing is kept.
        FormUsedError: the form was sent before, with another file.
    """
    content = cast(BinaryIO, file.file)
    try:
        is_workbook = check_kind(content=content, name=file_name)
    except ReturnFileError as refusal:
        with transaction.atomic():
            audit.record(
                action=refused_action(codes=[refusal.code]),
                target=body,
                body=body,
                by=by,
                at=at,
                codes=[refusal.code],
            )
        raise
    digest, lines = _read_through(file=file)
    return _keep(
        body=body,
        file=file,
        file_name=shown_name(file_name=file_name),
        form_key=form_key,
        digest=digest,
        lines=None if is_workbook else lines,
        by=by,
        at=at,
    )


@transaction.atomic
def _keep(
    *,
    body: Body,
    file: "File[bytes]",
    file_name: str,
    form_key: uuid.UUID,
    digest: str,
    lines: int | None,
    by: User,
    at: datetime,
) -> Upload:
    hold_form(form_key=form_key)
    if earlier := Upload.objects.filter(form_key=form_key).first():
        if (earlier.body_id, earlier.uploaded_by_id, earlier.sha256) != (body.pk, by.pk, digest):
            raise FormUsedError
        return earlier
    upload = Upload(
        body=body,
        uploaded_by=by,
        uploaded_at=at,
        file_name=file_name,
        size=file.size,
        sha256=digest,
        form_key=form_key,
        rows_expected=None if lines is None else max(lines - 1, 0),
    )
    file.seek(0)
    ending = "xlsx" if lines is None else "csv"
    upload.file.save(f"{upload.pk}.{ending}", file, save=False)
    try:
        with transaction.atomic():
            upload.save()
            audit.record(
                action="upload.received",
                target=upload,
                body=body,
                by=by,
                at=at,
                size=upload.size,
                sha256=digest,
            )
    except BaseException:
        upload.file.delete(save=False)
        raise
    transaction.on_commit(partial(nudge, upload_id=upload.pk))
    return upload


def sweep(*, at: datetime) -> int:
    """Nudge again for each upload that nobody seems to read, and return how many those are."""
    before = at - SILENCE
    waiting = Upload.objects.filter(
        Q(progressed_at__lt=before) | Q(progressed_at__isnull=True, uploaded_at__lt=before),
        state__in=UNFINISHED,
    ).order_by("uploaded_at", "pk")
    ids = list(waiting.values_list("pk", flat=True)[:100])
    for upload_id in ids:
        nudge(upload_id=upload_id)
    return len(ids)


@transaction.atomic
def note_download(*, upload: Upload, what: str, by: User, at: datetime) -> None:
    """Record that somebody took the report of an upload, or the marked file, away."""
    audit.record(action=f"upload.{what}_downloaded", target=upload, body=upload.body, by=by, at=at)


def _read_through(*, file: "File[bytes]") -> tuple[str, int]:
    """Return the digest of a file and roughly how many lines it has."""
    digest, lines = sha256(), 0
    file.seek(0)
    for block in file.chunks():
        digest.update(block)
        lines += max(block.count(b"\n"), block.count(b"\r"))
    return digest.hexdigest(), lines
