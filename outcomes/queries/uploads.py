"""Uploads of an authority and what is wrong with them."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from authorities.models import StrategicAuthority
from outcomes.models import Severity, Upload, UploadConfirmation, UploadProblem
from outcomes.return_file import RowError, errors_as_csv

MOST_LISTED = 50


@dataclass(frozen=True)
class Problems:
    """What is wrong or unusual about a file: all counted, the first few there."""

    first: tuple[UploadProblem, ...]
    # By severity, and of warnings by code; counted among those that were kept.
    by_severity: dict[str, int]
    warnings: dict[str, int]
    first_warnings: tuple[UploadProblem, ...]
    confirmations: tuple[UploadConfirmation, ...]


def uploads_of(*, authority: StrategicAuthority) -> list[Upload]:
    """Return the newest uploads of the authority, with who sent them."""
    return list(
        Upload.objects.filter(body=authority)
        .select_related("uploaded_by")
        .order_by("-uploaded_at", "-pk")[:MOST_LISTED]
    )


def upload_of(*, authority: StrategicAuthority, upload_id: UUID) -> Upload | None:
    """Return the upload if it is the authority's own, with who sent it; None otherwise."""
    return (
        Upload.objects.filter(pk=upload_id, body=authority)
        .select_related("uploaded_by", "confirmed_by", "body")
        .first()
    )


def problems_of(*, upload: Upload) -> list[UploadProblem]:
    """Return all that was kept of what is wrong with the file, in file order."""
    return list(upload.problems.order_by("order"))


def first_problems(*, upload: Upload, most: int, most_warnings: int) -> Problems:
    """Return what a page shows of the problems, in as many queries for any number of them."""
    counted = upload.problems.values("severity", "code").annotate(number=Count("pk")).order_by()
    by_severity: dict[str, int] = defaultdict(int)
    warnings: dict[str, int] = {}
    for row in counted:
        by_severity[row["severity"]] += row["number"]
        if row["severity"] == Severity.SOFT:
            warnings[row["code"]] = row["number"]
    errors = upload.problems.exclude(severity=Severity.SOFT).order_by("order")
    soft = upload.problems.filter(severity=Severity.SOFT).order_by("order")
    return Problems(
        first=tuple(errors[:most]),
        by_severity=dict(by_severity),
        warnings=warnings,
        first_warnings=tuple(soft[:most_warnings]),
        confirmations=tuple(upload.confirmations.select_related("by").order_by("at", "code")),
    )


def notes_by_row(*, upload: Upload) -> dict[int, str]:
    """Return what is wrong in each row of the file, in one text a row."""
    notes: dict[int, list[str]] = defaultdict(list)
    for problem in problems_of(upload=upload):
        if problem.row is not None:
            where = f"{problem.heading or 'Column ' + problem.column}: " if problem.column else ""
            notes[problem.row].append(f"{where}{problem.message} {problem.fix}".strip())
    return {row: " ".join(texts) for row, texts in notes.items()}


def problems_csv(*, upload: Upload) -> str:
    """Return all errors that were kept as CSV, safe to open in a spreadsheet."""
    errors = [
        RowError(
            row=problem.row or 1,
            line=problem.line or 1,
            column_letter=problem.column,
            heading=problem.heading,
            code=problem.code,
            given=problem.given,
            message=problem.message,
            fix=problem.fix,
        )
        for problem in problems_of(upload=upload)
    ]
    return errors_as_csv(errors=errors, total=upload.problem_count)
