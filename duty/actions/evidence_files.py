"""Clears files that nothing refers to any more: of answers and agreements, and ones left behind."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model

from authorities import audit
from duty.actions.evidence import forget, is_kept
from duty.models import AgreementDocument, EvidenceFile

# A file is written before its row: what is younger may still be on its way.
KEPT_FOR = timedelta(days=1)
_FOLDERS = {"evidence": EvidenceFile, "agreements": AgreementDocument}


def delete_unused(*, at: datetime) -> int:
    """Delete files that nothing refers to any more, and return how many those were."""
    before = at - KEPT_FOR
    return sum(
        _delete_row(row, at=at)
        for row in EvidenceFile.objects.filter(
            evidence__isnull=True, received_at__lt=before
        ).order_by("received_at", "pk")
    ) + _delete_strays(before=before)


@transaction.atomic
def _delete_row(row: EvidenceFile, *, at: datetime) -> int:
    file = (
        EvidenceFile.objects.select_for_update(of=("self",))
        .select_related("duty_return__authority")
        .filter(pk=row.pk)
        .first()
    )
    if file is None or is_kept(file=file):
        return 0
    audit.record(
        action="evidence.file_deleted",
        target=file,
        body=file.duty_return.authority,
        by=None,
        at=at,
        sha256=file.sha256,
    )
    forget(file=file)
    return 1


def _delete_strays(*, before: datetime) -> int:
    """Delete files without a row: a killed server leaves one behind."""
    strays = [name for folder, model in _FOLDERS.items() for name in _strays(folder, model, before)]
    for name in strays:
        default_storage.delete(name)
    return len(strays)


def _strays(folder: str, model: type[Model], before: datetime) -> list[str]:
    names = [
        name for name in _stored_names(folder) if default_storage.get_modified_time(name) < before
    ]
    known = set(model._default_manager.filter(file__in=names).values_list("file", flat=True))
    return [name for name in names if name not in known]


def _stored_names(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in sorted(files))
    for inner in sorted(folders):
        yield from _stored_names(f"{folder}/{inner}")
