"""The steps that a person takes with an upload: reasons, the word to store it, giving it up."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from authorities import audit, queue
from authorities.models import User
from outcomes.models import Severity, Upload, UploadConfirmation, UploadState
from outcomes.upload_lifecycle import Event, Guard, next_state

UNSAFE = "unsafe"
PROCESS_TASK = "outcomes.process_upload"
LONGEST_REASON = 1_000


class ReasonsMissingError(ValueError):
    """Some kinds of warning have no reason, or a reason is too long; `codes` says which."""

    def __init__(self, *, codes: tuple[str, ...], too_long: tuple[str, ...] = ()) -> None:
        self.codes = codes
        self.too_long = too_long
        super().__init__(
            "Say for each kind of warning why the figures are right."
            if codes
            else f"A reason may have at most {LONGEST_REASON:,} characters."
        )


def refused_action(*, codes: Collection[str]) -> str:
    """Return what the log calls a refusal: a file made to do harm is looked for there."""
    return "upload.unsafe" if UNSAFE in codes else "upload.refused"


def take_step(*, upload: Upload, event: Event, holding: Collection[Guard] = ()) -> None:
    """Give an upload the state that a step leads to; the caller saves it.

    Raises:
        UploadRefusedError: the state or a guard refuses.
    """
    upload.state = UploadState(next_state(state=upload.state, event=event, holding=holding))


def nudge(*, upload_id: UUID) -> None:
    """Tell the queue that an upload waits; the sweep finds it if the queue is away."""
    queue.nudge(task=PROCESS_TASK, upload_id=str(upload_id))


@transaction.atomic
def give_reasons(*, upload: Upload, reasons: Mapping[str, str], by: User, at: datetime) -> Upload:
    """Keep why each kind of warning is right as it is; the file is then ready.

    Args:
        upload: one that waits for reasons.
        reasons: by the code of the warning. Codes that the file has no warning of are left out.
        by: who gives them.
        at: when.

    Raises:
        UploadRefusedError: the file does not wait for reasons.
        ReasonsMissingError: a kind has none; nothing is kept.
    """
    upload = _locked(upload)
    asked = set(
        upload.problems.filter(severity=Severity.SOFT)
        .exclude(code__in=upload.confirmations.values("code"))
        .values_list("code", flat=True)
    )
    given = {code: " ".join(reasons.get(code, "").split()) for code in sorted(asked)}
    missing = tuple(code for code, reason in given.items() if not reason)
    too_long = tuple(code for code, reason in given.items() if len(reason) > LONGEST_REASON)
    holding = [] if missing else [Guard.EVERY_WARNING_HAS_A_REASON]
    if not missing or upload.state != UploadState.NEEDS_CONFIRMING:
        take_step(upload=upload, event=Event.GIVE_REASONS, holding=holding)
    if missing or too_long:
        raise ReasonsMissingError(codes=missing, too_long=too_long)
    UploadConfirmation.objects.bulk_create(
        UploadConfirmation(upload=upload, code=code, reason=reason, by=by, at=at)
        for code, reason in given.items()
    )
    upload.save(update_fields=["state"])
    audit.record(
        action="upload.reasons_given",
        target=upload,
        body=upload.body,
        by=by,
        at=at,
        codes=sorted(given),
    )
    return upload


@transaction.atomic
def confirm(*, upload: Upload, seen: str, by: User, at: datetime) -> Upload:
    """Have a file stored that was found ready.

    Args:
        upload: one that is ready.
        seen: the fingerprint of what the person saw that it would do.
        by: who confirms.
        at: when.

    Raises:
        UploadRefusedError: it is not ready, or it would do something else by now.
    """
    upload = _locked(upload)
    holding = [Guard.SEEN_AS_IT_IS] if seen == upload.summary.get("fingerprint") else []
    take_step(upload=upload, event=Event.CONFIRM, holding=holding)
    upload.confirmed_at, upload.confirmed_by = at, by
    upload.attempts, upload.rows_read, upload.finished_at = 0, 0, None
    upload.save(
        update_fields=[
            "state",
            "confirmed_at",
            "confirmed_by",
            "attempts",
            "rows_read",
            "finished_at",
        ]
    )
    # What the sweep looks at: since now nobody has read it.
    Upload.objects.filter(pk=upload.pk).update(progressed_at=at)
    audit.record(action="upload.confirmed", target=upload, body=upload.body, by=by, at=at)
    transaction.on_commit(partial(nudge, upload_id=upload.pk))
    return upload


@transaction.atomic
def cancel(*, upload: Upload, by: User, at: datetime) -> Upload:
    """Give a file up before anything of it is stored; a worker that reads it stops.

    Raises:
        UploadRefusedError: it is being stored, or there is nothing left to cancel.
    """
    upload = _locked(upload)
    take_step(upload=upload, event=Event.CANCEL)
    upload.cancel_asked_at = upload.finished_at = at
    upload.save(update_fields=["state", "cancel_asked_at", "finished_at"])
    audit.record(action="upload.cancelled", target=upload, body=upload.body, by=by, at=at)
    return upload


def _locked(upload: Upload) -> Upload:
    return (
        Upload.objects.select_for_update(of=("self",))
        .select_related("body", "uploaded_by")
        .get(pk=upload.pk)
    )
