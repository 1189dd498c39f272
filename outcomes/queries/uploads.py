"""Uploads of an authority and what is wrong with them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from authorities.models import StrategicAuthority
from outcomes.models import (
    Observation,
    ReleaseIndicator,
    ReleaseState,
    Severity,
    Upload,
    UploadConfirmation,
    UploadProblem,
)
from outcomes.return_file import RowError, errors_as_csv

MOST_LISTED = 50
_MOST_INDICATORS = 20


class Standing(StrEnum):
    """What became of the values of a stored file."""

    NOTHING_NEW = "nothing_new"
    WAITING = "waiting"
    REPLACED = "replaced"
    RETURNED = "returned"
    APPROVED = "approved"


@dataclass(frozen=True)
class Approval:
    """What became of the values of a stored file, and who decided.

    stands: whether a value of the file is the body's newest for what it is of.
    indicators: codes and names of the published ones among them, where they were asked for.
    """

    standing: Standing
    stands: bool
    comment: str
    decided_by: str
    decided_at: datetime | None
    indicators: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Problems:
    """What is wrong or unusual about a file: all counted, the first few there."""

    first: tuple[UploadProblem, ...]
    # By severity, and of warnings by code; counted among those that were kept.
    by_severity: dict[str, int]
    warnings: dict[str, int]
    first_warnings: tuple[UploadProblem, ...]
    confirmations: tuple[UploadConfirmation, ...]


def with_people() -> QuerySet[Upload]:
    """Return uploads with all that `approval_of` and a record of an upload ask of them."""
    standing = Observation.objects.current().filter(release=OuterRef("release"))
    return Upload.objects.select_related(
        "body", "uploaded_by", "confirmed_by", "release__decided_by"
    ).annotate(stands=Exists(standing))


def uploads_of(*, authority: StrategicAuthority) -> list[Upload]:
    """Return the newest uploads of the authority, with who sent them."""
    return list(with_people().filter(body=authority).order_by("-uploaded_at", "-pk")[:MOST_LISTED])


def approval_of(*, upload: Upload, with_indicators: bool = False) -> Approval | None:
    """Return what became of the values of a file; None where it is not stored.

    Args:
        upload: one of `with_people`.
        with_indicators: name what is public, with one query more.
    """
    release = upload.release
    if release is None:
        return None
    stands = bool(vars(upload)["stands"])
    if release.state == ReleaseState.SUBMITTED:
        standing = Standing.WAITING if stands else Standing.REPLACED
        if not upload.added and not upload.superseded:
            standing = Standing.NOTHING_NEW
    else:
        decided = {
            ReleaseState.APPROVED.value: Standing.APPROVED,
            ReleaseState.RETURNED.value: Standing.RETURNED,
        }
        standing = decided[release.state]
    indicators: tuple[tuple[str, str], ...] = ()
    if with_indicators and standing is Standing.APPROVED:
        contents = ReleaseIndicator.objects.filter(
            release__approved_from=release, indicator__draft=False
        ).order_by("indicator__name", "indicator__code")
        indicators = tuple(
            contents.values_list("indicator__code", "indicator__name")[:_MOST_INDICATORS]
        )
    return Approval(
        standing=standing,
        stands=stands,
        comment=release.comment,
        decided_by=release.decided_by.full_name if release.decided_by else "",
        decided_at=release.decided_at,
        indicators=indicators,
    )


def upload_of(*, authority: StrategicAuthority, upload_id: UUID) -> Upload | None:
    """Return the upload if it is the authority's own, with who sent it; None otherwise."""
    return with_people().filter(pk=upload_id, body=authority).first()


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
