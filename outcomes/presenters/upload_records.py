"""Uploads and their problems as the API says them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from outcomes.models import Severity, Upload, UploadProblem
from outcomes.presenters import upload_approval as approvals
from outcomes.queries.uploads import Problems, Standing, approval_of
from outcomes.return_file import ReturnFileError, RowError
from outcomes.soft_checks import TITLES, SoftCheck
from outcomes.upload_lifecycle import Event, may


@dataclass(frozen=True)
class WarningRecord:
    """One kind of warning of a file."""

    code: str
    title: str
    cells: int
    reason: str


@dataclass(frozen=True)
class ApprovalRecord:
    """What became of the values of a stored file."""

    state: str
    text: str
    decided_at: datetime | None
    decided_by: str
    comment: str
    fix: str
    public: str


@dataclass(frozen=True)
class UploadRecord:
    """How far an upload is, and what it would do or did."""

    id: UUID
    authority: str
    file_name: str
    sent_at: datetime
    sent_by: str
    state: str
    rows_read: int
    rows_expected: int | None
    added: int
    updated: int
    resent: int
    unchanged: int
    ignored: int
    problems: int
    refusal: str
    notices: tuple[str, ...]
    warnings: tuple[WarningRecord, ...]
    fingerprint: str
    changed_since_confirmed: bool
    next_steps: tuple[str, ...]
    approval: ApprovalRecord | None


@dataclass(frozen=True)
class CellProblem:
    """One fault or warning of a file, with its place."""

    row: int | None
    column: str
    cell: str
    heading: str
    severity: str
    code: str
    message: str
    fix: str
    given: str


def record_of(*, upload: Upload, problems: Problems | None = None) -> UploadRecord:
    """Return an upload of `with_people`; its kinds of warning where the problems are given."""
    summary = upload.summary
    steps = []
    if any(may(state=upload.state, event=event) for event in (Event.CONFIRM, Event.GIVE_REASONS)):
        steps.append("confirm")
    if may(state=upload.state, event=Event.CANCEL):
        steps.append("cancel")
    return UploadRecord(
        id=upload.pk,
        authority=upload.body.slug,
        file_name=upload.file_name,
        sent_at=upload.uploaded_at,
        sent_by=upload.uploaded_by.full_name,
        state=upload.state,
        rows_read=upload.rows_read,
        rows_expected=upload.rows_expected,
        added=upload.added,
        updated=upload.superseded,
        resent=approvals.resent(upload=upload),
        unchanged=upload.unchanged,
        ignored=upload.ignored,
        problems=upload.problem_count,
        refusal=str(summary.get("refusal", "")),
        notices=tuple(upload.notices),
        warnings=_warnings(problems) if problems else (),
        fingerprint=str(summary.get("fingerprint", "")),
        changed_since_confirmed=bool(summary.get("changed")),
        next_steps=tuple(steps),
        approval=_approval(upload),
    )


def cell_problem(*, problem: UploadProblem) -> CellProblem:
    """Return a problem that was kept."""
    return CellProblem(
        row=problem.row,
        column=problem.column,
        cell=f"{problem.column}{problem.row}" if problem.column else "",
        heading=problem.heading,
        severity=problem.severity,
        code=problem.code,
        message=problem.message,
        fix=problem.fix,
        given=problem.given,
    )


def refusal_problems(*, refusal: ReturnFileError) -> tuple[CellProblem, ...]:
    """Return why a file was not taken at all: cell by cell where it has cells."""
    if not refusal.errors:
        return (
            CellProblem(
                row=None,
                column="",
                cell="",
                heading="",
                severity=Severity.HARD.value,
                code=refusal.code,
                message=refusal.message,
                fix="Correct the file and send it again.",
                given="",
            ),
        )
    return tuple(_of_error(error) for error in refusal.errors)


def _of_error(error: RowError) -> CellProblem:
    return CellProblem(
        row=error.row,
        column=error.column_letter,
        cell=f"{error.column_letter}{error.row}" if error.column_letter else "",
        heading=error.heading,
        severity=Severity.HARD.value,
        code=error.code,
        message=error.message,
        fix=error.fix,
        given=error.given,
    )


def _approval(upload: Upload) -> ApprovalRecord | None:
    approval = approval_of(upload=upload)
    if approval is None:
        return None
    is_public = approval.standing is Standing.APPROVED
    return ApprovalRecord(
        state=approval.standing.value,
        text=approvals.approval_words(approval=approval),
        decided_at=approval.decided_at,
        decided_by=approval.decided_by,
        comment=approval.comment,
        fix=approvals.what_next(approval=approval),
        public=approvals.public_url(slug=upload.body.slug) if is_public else "",
    )


def _warnings(problems: Problems) -> tuple[WarningRecord, ...]:
    reasons = {one.code: one.reason for one in problems.confirmations}
    return tuple(
        WarningRecord(
            code=code.value,
            title=TITLES[code],
            cells=problems.warnings[code],
            reason=reasons.get(code, ""),
        )
        for code in SoftCheck
        if code in problems.warnings
    )
