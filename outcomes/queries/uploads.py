"""Uploads of an authority and what is wrong with them."""

from uuid import UUID

from authorities.models import StrategicAuthority
from outcomes.models import Upload, UploadProblem
from outcomes.return_file import RowError, errors_as_csv

MOST_LISTED = 50


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
        .select_related("uploaded_by", "body")
        .first()
    )


def problems_of(*, upload: Upload, most: int | None = None) -> list[UploadProblem]:
    """Return what is wrong with the file, in file order."""
    return list(upload.problems.order_by("order")[:most])


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
