"""Evidence beside an answer: links and files, added and taken away one by one.

The answer must be stored first. Each change counts as a save of the answer: its version moves on,
and a section that was marked as complete is in work again.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from authorities import audit
from authorities.models import User
from authorities.received_files import FormUsedError, hold_form, shown_name
from duty.actions.answers import EvidenceLink
from duty.actions.held_answers import HeldAnswer, changed_beside, hold_answer
from duty.actions.kept_files import read_file
from duty.actions.steps import role_for
from duty.evidence_file import (
    MOST_BYTES_OF_RETURN,
    MOST_FILES_OF_RETURN,
    EvidenceFileError,
)
from duty.lifecycle import ReturnEvent
from duty.models import DutyReturn, Evidence, EvidenceFile, EvidenceKind, Submission


@dataclass(frozen=True)
class Place:
    """Which answer something is evidence of."""

    duty_return: DutyReturn
    question: str
    board: str | None = None


@dataclass(frozen=True)
class AddedFile:
    """A file that was kept; `also_at` are the codes of other questions with the same content."""

    evidence: Evidence
    also_at: tuple[str, ...] = ()


class EvidenceQuotaError(ValueError):
    """The return has as many files, or as many bytes of them, as it may."""


class SameEvidenceError(ValueError):
    """The answer has this link or this file already."""


class UnknownEvidenceError(LookupError):
    """The return has no such evidence, or no more."""


def add_file(
    *,
    place: Place,
    file: "File[bytes]",
    file_name: str,
    title: str,
    form_key: uuid.UUID,
    by: User,
    at: datetime,
) -> AddedFile:
    """Keep a file as evidence; the same form sent twice keeps it once.

    Raises:
        EvidenceFileError: the file may not be kept; that it came is recorded, and nothing else.
        EvidenceQuotaError, SameEvidenceError, FormUsedError: see there.
        UnknownQuestionError, TransitionRefusedError, NoAnswerYetError: as `hold_answer`.
    """
    name = shown_name(file_name=file_name)
    try:
        read = read_file(file=file, name=name)
    except EvidenceFileError as refusal:
        with transaction.atomic():
            audit.record(
                action="evidence.refused",
                target=place.duty_return,
                body=place.duty_return.authority,
                by=by,
                at=at,
                fault=refusal.fault.value,
            )
        raise
    received = EvidenceFile(
        duty_return=place.duty_return,
        file_name=name,
        kind=read.kind.value,
        size=len(read.content),
        sha256=read.sha256,
        form_key=form_key,
        received_at=at,
        received_by=by,
    )
    # The file is written first: a row never names a file that is not there. What a killed server
    # leaves of it is cleared by `delete_unused_files`.
    received.file.save(f"{received.pk}.{read.kind.value}", ContentFile(read.content), save=False)
    try:
        added = _keep_file(place=place, received=received, title=title, by=by, at=at)
    except BaseException:
        received.file.delete(save=False)
        raise
    if added.evidence.file_id != received.pk:
        received.file.delete(save=False)
    return added


@transaction.atomic
def _keep_file(
    *, place: Place, received: EvidenceFile, title: str, by: User, at: datetime
) -> AddedFile:
    hold_form(form_key=received.form_key)
    if earlier := EvidenceFile.objects.filter(form_key=received.form_key).first():
        return AddedFile(_sent_before(earlier, received))
    answer = _hold(place, by=by, at=at)
    files = tuple(
        Evidence.objects.filter(
            answer__duty_return=answer.held.duty_return, kind=EvidenceKind.FILE
        ).select_related("file", "answer__question")
    )
    same = tuple(one for one in files if one.file and one.file.sha256 == received.sha256)
    if any(one.answer_id == answer.stored.row.pk for one in same):
        raise SameEvidenceError("This answer has the same file already.")
    _refuse_over_quota(files, received.size)
    received.save()
    row = Evidence.objects.create(
        answer=answer.stored.row,
        kind=EvidenceKind.FILE,
        title=title,
        file=received,
        added_at=at,
        added_by=by,
    )
    _note("evidence.added", answer, row, by=by, at=at)
    return AddedFile(row, tuple(sorted({one.answer.question.code for one in same})))


def _sent_before(earlier: EvidenceFile, received: EvidenceFile) -> Evidence:
    row = earlier.evidence.order_by("pk").first()
    is_same = (earlier.duty_return_id, earlier.received_by_id, earlier.sha256) == (
        received.duty_return_id,
        received.received_by_id,
        received.sha256,
    )
    if row is None or not is_same:
        raise FormUsedError
    return row


def _refuse_over_quota(files: tuple[Evidence, ...], size: int) -> None:
    if len(files) >= MOST_FILES_OF_RETURN:
        raise EvidenceQuotaError(
            f"The return has {MOST_FILES_OF_RETURN} files, and may have no more. Remove one, or "
            "add a link instead."
        )
    held = sum(one.file.size for one in files if one.file)
    if held + size > MOST_BYTES_OF_RETURN:
        raise EvidenceQuotaError(
            f"With this file the return would hold over {MOST_BYTES_OF_RETURN // 1_000_000} MB. "
            "Remove a file, or add a link instead."
        )


@transaction.atomic
def add_link(*, place: Place, link: EvidenceLink, by: User, at: datetime) -> Evidence:
    """Add a link; the same form sent twice adds it once.

    Raises:
        UnknownQuestionError, TransitionRefusedError, NoAnswerYetError: as `hold_answer`.
    """
    answer = _hold(place, by=by, at=at)
    links = [one for one in answer.stored.evidence if one.kind == EvidenceKind.LINK]
    for one in links:
        if EvidenceLink(url=one.url, title=one.title, pages=one.pages) == link:
            return one
    row = Evidence.objects.create(
        answer=answer.stored.row,
        kind=EvidenceKind.LINK,
        url=link.url,
        title=link.title,
        pages=link.pages,
        added_at=at,
        added_by=by,
    )
    _note("evidence.added", answer, row, by=by, at=at)
    return row


@transaction.atomic
def remove(*, place: Place, evidence_id: int, by: User, at: datetime) -> None:
    """Take one piece of evidence away; its file too, unless it was submitted.

    Raises:
        UnknownEvidenceError: the answer has none of that number.
        UnknownQuestionError, TransitionRefusedError, NoAnswerYetError: as `hold_answer`.
    """
    answer = _hold(place, by=by, at=at)
    row = next((one for one in answer.stored.evidence if one.pk == evidence_id), None)
    if row is None:
        raise UnknownEvidenceError("This evidence was removed before.")
    _note("evidence.removed", answer, row, by=by, at=at)
    file = row.file
    row.delete()
    if file is not None and not is_kept(file=file):
        forget(file=file)


@transaction.atomic
def note_download(*, file: EvidenceFile, by: User, at: datetime) -> None:
    """Record that somebody took a file away, and as whom."""
    authority = file.duty_return.authority
    audit.record(
        action="evidence.downloaded",
        target=file,
        body=authority,
        by=by,
        at=at,
        role=role_for(event=ReturnEvent.SAVE_ANSWER, authority=authority, by=by),
    )


def is_kept(*, file: EvidenceFile) -> bool:
    """Whether a file is evidence of a draft, or was submitted."""
    return (
        file.evidence.exists()
        or Submission.objects.filter(content__icontains=str(file.pk)).exists()
    )


def forget(*, file: EvidenceFile) -> None:
    """Delete a file and its row. The caller holds the transaction and has asked `is_kept`."""
    transaction.on_commit(partial(default_storage.delete, str(file.file.name)))
    file.delete()


def _hold(place: Place, *, by: User, at: datetime) -> HeldAnswer:
    return hold_answer(
        duty_return=place.duty_return, question=place.question, board=place.board, by=by, at=at
    )


def _note(action: str, answer: HeldAnswer, row: Evidence, *, by: User, at: datetime) -> None:
    changed_beside(answer=answer, by=by, at=at)
    audit.record(
        action=action,
        target=row,
        body=answer.held.loaded.authority,
        by=by,
        at=at,
        question=answer.slot.question.code,
        board=answer.slot.board or "",
        kind=row.kind,
        sha256=row.file.sha256 if row.file else "",
    )
