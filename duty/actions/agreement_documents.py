"""The document of a partnership agreement: added, replaced, taken away, downloaded.

Signatures are for what was read, the document among it: a change of it voids them.
"""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from authorities import audit
from authorities.models import User
from authorities.received_files import FormUsedError, hold_form, shown_name
from duty.actions.agreements import void_signatures
from duty.actions.kept_files import read_file
from duty.actions.standing_records import RecordEndedError, hold, stamp
from duty.evidence_file import EvidenceFileError
from duty.models import AgreementDocument, AgreementSignature, PartnershipAgreement
from duty.standing_records import RecordKind


class SameDocumentError(ValueError):
    """The agreement holds this very file already."""


class NoDocumentError(LookupError):
    """The agreement holds another document by now, or none."""


def add_document(
    *,
    agreement: PartnershipAgreement,
    file: "File[bytes]",
    file_name: str,
    form_key: UUID,
    by: User,
    at: datetime,
) -> AgreementDocument:
    """Keep a file as the agreement's document, in the place of the one before.

    The same form sent twice keeps it once.

    Raises:
        EvidenceFileError: the file may not be kept; that it came is recorded, and nothing else.
        SameDocumentError, FormUsedError: see there.
        RecordEndedError: the agreement ended.
    """
    name = shown_name(file_name=file_name)
    try:
        read = read_file(file=file, name=name)
    except EvidenceFileError as refusal:
        with transaction.atomic():
            _record(
                "agreement.document_refused", agreement, by=by, at=at, fault=refusal.fault.value
            )
        raise
    received = AgreementDocument(
        agreement=agreement,
        file_name=name,
        kind=read.kind.value,
        size=len(read.content),
        sha256=read.sha256,
        form_key=form_key,
        received_at=at,
        received_by=by,
    )
    # The file is written first: a row never names a file that is not there. What a killed server
    # leaves of it is cleared with the evidence that nothing names.
    received.file.save(f"{received.pk}.{read.kind.value}", ContentFile(read.content), save=False)
    try:
        kept = _keep(received, by=by, at=at)
    except BaseException:
        received.file.delete(save=False)
        raise
    if kept.pk != received.pk:
        received.file.delete(save=False)
    return kept


@transaction.atomic
def remove_document(
    *, agreement: PartnershipAgreement, document_id: UUID, by: User, at: datetime
) -> None:
    """Take the document away; its file goes unless it was signed.

    Raises:
        NoDocumentError: the agreement holds another one by now, or none.
        RecordEndedError: the agreement ended.
    """
    row = _hold(agreement)
    before = row.document
    if before is None or before.pk != document_id:
        raise NoDocumentError("This document was replaced or removed before.")
    _write(row, None, by=by, at=at)
    _record("agreement.document_removed", row, by=by, at=at, sha256=before.sha256)
    _forget(before, at=at)


@transaction.atomic
def note_download(*, document: AgreementDocument, role: str, by: User, at: datetime) -> None:
    """Record that somebody took a document away, and in which role."""
    _record(
        "agreement.document_downloaded",
        document.agreement,
        by=by,
        at=at,
        role=role,
        sha256=document.sha256,
    )


@transaction.atomic
def _keep(received: AgreementDocument, *, by: User, at: datetime) -> AgreementDocument:
    hold_form(form_key=received.form_key)
    if earlier := AgreementDocument.objects.filter(form_key=received.form_key).first():
        if (earlier.agreement_id, earlier.received_by_id, earlier.sha256) != (
            received.agreement_id,
            received.received_by_id,
            received.sha256,
        ):
            raise FormUsedError
        return earlier
    row = _hold(received.agreement)
    before = row.document
    if before is not None and before.sha256 == received.sha256:
        raise SameDocumentError("The agreement has the same file already.")
    received.save(force_insert=True)
    _write(row, received, by=by, at=at)
    _record("agreement.document_added", row, by=by, at=at, sha256=received.sha256)
    if before is not None:
        _forget(before, at=at)
    return received


def _hold(agreement: PartnershipAgreement) -> PartnershipAgreement:
    held = hold(authority=agreement.authority, kind=RecordKind.AGREEMENT, key=agreement.pk).row
    assert isinstance(held, PartnershipAgreement)  # noqa: S101 - narrows the type
    if held.ending:
        raise RecordEndedError("This agreement has ended, so it stays as it is.")
    return held


def _write(
    row: PartnershipAgreement, document: AgreementDocument | None, *, by: User, at: datetime
) -> None:
    row.document = document
    stamp(row=row, by=by, at=at)
    void_signatures(agreement=row, at=row.changed_at)
    row.save()


def _forget(document: AgreementDocument, *, at: datetime) -> None:
    """Delete the file of a document that nobody signed; what was signed stays."""
    signed = AgreementSignature.objects.filter(
        agreement=document.agreement_id, content__document__id=str(document.pk)
    )
    if signed.exists():
        return
    # The clock may be behind that of the server which received it.
    AgreementDocument.objects.filter(pk=document.pk).update(
        erased_at=Greatest(F("received_at"), Value(at))
    )
    transaction.on_commit(partial(default_storage.delete, str(document.file.name)))


def _record(
    action: str, row: PartnershipAgreement, *, by: User, at: datetime, **detail: str
) -> None:
    audit.record(action=action, target=row, body=row.authority, by=by, at=at, **detail)
