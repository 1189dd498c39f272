"""Tells who sent a file in what became of it."""

from datetime import datetime

from django.urls import reverse

from authorities.actions import messages
from authorities.models import Notice
from authorities.notices import Letter, NoticeKind, people_at
from outcomes.models import Upload, UploadState

FINISHED = "upload.finished"
_WORDS = {
    UploadState.COMMITTED: ("stored", "The figures of your indicator file are stored."),
    UploadState.NEEDS_CONFIRMING: (
        "asks for your reasons",
        "Some figures of your indicator file are unusual. Nothing is stored until you say why.",
    ),
    UploadState.READY: (
        "is ready to be stored",
        "Your indicator file is checked. Nothing is stored until you say so.",
    ),
    UploadState.SETUP_ERRORS: (
        "has problems to fix",
        "Your indicator file names what we do not know, so nothing of it was stored.",
    ),
    UploadState.BLOCKING_ERRORS: (
        "has problems to fix",
        "Your indicator file has problems, so nothing of it was stored.",
    ),
    UploadState.REJECTED_FILE: (
        "could not be read",
        "Your indicator file could not be read, so nothing of it was stored.",
    ),
    UploadState.FAILED: (
        "stopped by a fault of ours",
        (
            "A fault of ours stopped the reading of your indicator file. Nothing of it was stored; "
            "please send it again."
        ),
    ),
}


def tell_of_result(*, upload: Upload, at: datetime) -> None:
    """Tell of a file that was read, stored, or given up."""
    messages.announce(
        kind=FINISHED,
        key=f"{upload.pk} {upload.state} {at.isoformat(timespec='seconds')}",
        about=upload.pk,
        body_id=upload.body_id,
        at=at,
    )


def _letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    upload = Upload.objects.select_related("body").get(pk=notice.about)
    state = UploadState(upload.state)
    # Who has taken the next step already need not be told that it waits.
    if state not in _WORDS or state not in notice.key.split():
        return ()
    headline, text = _WORDS[state]
    path = reverse("outcomes:upload-report", args=[upload.body.slug, upload.pk])
    return tuple(
        Letter(
            person,
            f"Indicator file: {headline}",
            f"{text} The report of the upload is here:",
            (("", path),),
        )
        for person in people_at(body_id=upload.body_id)
        if person.pk == upload.uploaded_by_id
    )


KINDS = {FINISHED: NoticeKind(label="Indicator file read", letters=_letters)}
