"""The list of uploads and the report of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from authorities.models import StrategicAuthority
from outcomes.models import Severity, Upload, UploadProblem, UploadState
from outcomes.presenters import upload_approval as approvals
from outcomes.presenters.figures import TableColumn
from outcomes.queries.uploads import Approval, Problems, approval_of
from outcomes.return_file import Summary
from outcomes.soft_checks import TITLES, SoftCheck
from outcomes.upload_lifecycle import REFUSED, UNFINISHED, Event, State, may

MOST_SHOWN = 20
# Of warnings as many are read as a page shows of all kinds together.
MOST_WARNINGS_SHOWN = 60
_COLOURS = {
    UploadState.UPLOADED: "blue",
    UploadState.CHECKING: "blue",
    UploadState.STORING: "blue",
    UploadState.REJECTED_FILE: "red",
    UploadState.SETUP_ERRORS: "red",
    UploadState.BLOCKING_ERRORS: "red",
    UploadState.NEEDS_CONFIRMING: "yellow",
    UploadState.READY: "yellow",
    UploadState.CANCELLED: "grey",
    UploadState.COMMITTED: "green",
    UploadState.FAILED: "orange",
}
_TITLES = {
    UploadState.UPLOADED: "We are reading your file",
    UploadState.CHECKING: "We are reading your file",
    UploadState.STORING: "We are storing your figures",
    UploadState.REJECTED_FILE: "Upload report",
    UploadState.SETUP_ERRORS: "Upload report",
    UploadState.BLOCKING_ERRORS: "Upload report",
    UploadState.NEEDS_CONFIRMING: "Confirm what is unusual",
    UploadState.READY: "Your file is ready to store",
    UploadState.CANCELLED: "You cancelled this upload",
    UploadState.COMMITTED: "Your file is stored",
    UploadState.FAILED: "We could not read your file",
}
_NOTHING_YET = "Nothing from this file counts yet."
_NOTHING_STORED = "Nothing from this file was stored."
PROBLEM_COLUMNS = tuple(
    TableColumn(label, numeric=False)
    for label in ("Cell", "Column name", "We read", "What is wrong and what to do")
)
_CARDS = (
    (Severity.NOT_YOURS, "not-yours", "Not yours to submit", "row", "rows"),
    (Severity.SETUP, "setup", "Not identified", "cell", "cells"),
    (Severity.HARD, "hard", "To fix", "cell", "cells"),
)


@dataclass(frozen=True)
class StateTag:
    """A state in words and a colour that repeats them."""

    text: str
    colour: str


@dataclass(frozen=True)
class CountBox:
    """A number with what it counts."""

    number: str
    label: str
    of: str = ""
    kind: str = ""


@dataclass(frozen=True)
class ProblemLine:
    """One wrong cell: its place, and what is wrong in one line."""

    anchor: str
    where: str
    heading: str
    given: str
    words: str
    summary: str


@dataclass(frozen=True)
class ProblemCard:
    """The errors of one kind that the page shows."""

    anchor: str
    title: str
    lines: tuple[ProblemLine, ...]


@dataclass(frozen=True)
class WarningGroup:
    """One kind of warning, the first of its cells, and the reason where one was given."""

    code: str
    title: str
    question: str
    lines: tuple[tuple[str, str], ...]
    more_words: str
    reason: str
    by: str


@dataclass(frozen=True)
class UploadListRow:
    """One upload in the list."""

    name: str
    url: str
    sent_at: datetime
    sent_by: str
    rows: int
    tag: StateTag
    note: str


@dataclass(frozen=True)
class UploadReport:
    """How far an upload is, or what became of it."""

    name: str
    sent_at: datetime
    sent_by: str
    title: str
    nothing_words: str
    is_waiting: bool
    is_stored: bool
    is_refused: bool
    is_failed: bool
    is_cancelled: bool
    is_ready: bool
    asks_reasons: bool
    may_cancel: bool
    changed: bool
    seen: str
    progress_words: str
    rows_read: int
    rows_expected: int | None
    problem_title: str
    refusal: str
    cards: tuple[ProblemCard, ...]
    problems: tuple[ProblemLine, ...]
    more_words: str
    warnings: tuple[WarningGroup, ...]
    counts: tuple[CountBox, ...]
    own_words: str
    about_words: str
    notices: tuple[str, ...]
    approval: approvals.UploadApproval | None


def present_list(
    *, authority: StrategicAuthority, uploads: Sequence[Upload]
) -> tuple[UploadListRow, ...]:
    """Return the uploads as rows of the list."""
    decisions = [approval_of(upload=upload) for upload in uploads]
    return tuple(
        UploadListRow(
            name=upload.file_name,
            url=reverse("outcomes:upload-report", args=[authority.slug, upload.pk]),
            sent_at=upload.uploaded_at,
            sent_by=upload.uploaded_by.full_name,
            rows=upload.rows_read,
            tag=_tag(upload=upload, approval=approval),
            note=approvals.decision_words(approval=approval) if approval else "",
        )
        for upload, approval in zip(uploads, decisions, strict=True)
    )


def present_report(
    *,
    authority: StrategicAuthority,
    upload: Upload,
    problems: Problems,
    approval: Approval | None,
) -> UploadReport:
    """Return the report of an upload of the authority.

    Args:
        problems: those to be shown.
        approval: what became of its values, where it is stored.
    """
    state = UploadState(upload.state)
    is_refused = State(state) in REFUSED
    lines = tuple(_line(problem=problem) for problem in problems.first) if is_refused else ()
    summary = upload.summary
    return UploadReport(
        name=upload.file_name,
        sent_at=upload.uploaded_at,
        sent_by=upload.uploaded_by.full_name,
        title=approvals.TITLES[approval.standing] if approval else _TITLES[state],
        nothing_words=_nothing_words(state),
        is_waiting=State(state) in UNFINISHED,
        is_stored=state == UploadState.COMMITTED,
        is_refused=is_refused,
        is_failed=state == UploadState.FAILED,
        is_cancelled=state == UploadState.CANCELLED,
        is_ready=state == UploadState.READY,
        asks_reasons=state == UploadState.NEEDS_CONFIRMING,
        may_cancel=may(state=state, event=Event.CANCEL),
        changed=bool(summary.get("changed")),
        seen=str(summary.get("fingerprint", "")),
        progress_words=_progress_words(upload=upload),
        rows_read=upload.rows_read,
        rows_expected=upload.rows_expected,
        problem_title=_problem_title(upload=upload),
        refusal="" if lines else str(summary.get("refusal", "")),
        cards=_cards(problems=problems, lines=lines),
        problems=lines,
        more_words=_more_words(shown=len(lines), total=upload.problem_count),
        warnings=_warnings(problems=problems),
        counts=_counts(upload=upload, problems=problems),
        own_words=approvals.own_words(upload=upload, approval=approval) if approval else "",
        about_words=_about_words(upload=upload),
        notices=tuple(upload.notices),
        approval=(
            approvals.present_approval(authority=authority, approval=approval) if approval else None
        ),
    )


def warning_questions(*, problems: Problems) -> dict[str, str]:
    """Return what is asked of each kind of warning that has no reason yet, by code."""
    given = {one.code for one in problems.confirmations}
    return {
        code.value: _question(code=code, number=problems.warnings[code])
        for code in SoftCheck
        if code in problems.warnings and code not in given
    }


def _nothing_words(state: UploadState) -> str:
    if State(state) in REFUSED or state == UploadState.CANCELLED:
        return _NOTHING_STORED
    if state in (UploadState.NEEDS_CONFIRMING, UploadState.READY):
        return _NOTHING_YET
    return ""


def _tag(*, upload: Upload, approval: Approval | None) -> StateTag:
    if approval is not None:
        text, colour = approvals.TAGS[approval.standing]
        return StateTag(text=text, colour=colour)
    state = UploadState(upload.state)
    return StateTag(text=state.label, colour=_COLOURS[state])


def _progress_words(*, upload: Upload) -> str:
    if upload.state == UploadState.UPLOADED:
        return "Waiting to be read."
    expected = f" of about {upload.rows_expected:,}" if upload.rows_expected else ""
    return f"{upload.rows_read:,}{expected} rows read."


def _problem_title(*, upload: Upload) -> str:
    if upload.state == UploadState.REJECTED_FILE:
        return "There is a problem with the file"
    number = upload.problem_count
    return f"There is a problem with {number:,} {'cell' if number == 1 else 'cells'}"


def _more_words(*, shown: int, total: int) -> str:
    if total <= shown or not shown:
        return ""
    return f"These are the first {shown} of {total:,}. All are in the report (CSV)."


def _place(problem: UploadProblem) -> str:
    line = f" (line {problem.line} of the file)" if problem.line != problem.row else ""
    column = f", column {problem.column}" if problem.column else ""
    return f"Row {problem.row}{line}{column}"


def _line(*, problem: UploadProblem) -> ProblemLine:
    where = _place(problem)
    return ProblemLine(
        anchor=f"problem-{problem.order + 1}",
        where=where,
        heading=problem.heading,
        given=f"“{problem.given}”" if problem.given else "",
        words=f"{problem.message} {problem.fix}".strip(),
        summary=f"{where}: {problem.message}",
    )


def _cards(*, problems: Problems, lines: tuple[ProblemLine, ...]) -> tuple[ProblemCard, ...]:
    by_severity: dict[str, list[ProblemLine]] = {}
    for problem, line in zip(problems.first, lines, strict=False):
        by_severity.setdefault(problem.severity, []).append(line)
    cards = []
    for severity, anchor, title, one, many in _CARDS:
        if found := by_severity.get(severity):
            number = problems.by_severity.get(severity, 0)
            words = f"{title}: {number:,} {one if number == 1 else many}"
            cards.append(ProblemCard(anchor=anchor, title=words, lines=tuple(found)))
    return tuple(cards)


def _question(*, code: SoftCheck, number: int) -> str:
    if code == SoftCheck.PERSON_DETAILS:
        return "Why must this be published?"
    return "Why is this value right?" if number == 1 else "Why are these values right?"


def _warnings(*, problems: Problems) -> tuple[WarningGroup, ...]:
    reasons = {one.code: one for one in problems.confirmations}
    groups = []
    for code in SoftCheck:
        if code not in problems.warnings:
            continue
        number = problems.warnings[code]
        lines = tuple(
            (_place(problem), _warning_words(problem))
            for problem in problems.first_warnings
            if problem.code == code
        )
        given = reasons.get(code)
        more = number - len(lines)
        groups.append(
            WarningGroup(
                code=code.value,
                title=f"{TITLES[code]} ({number:,} {'cell' if number == 1 else 'cells'})",
                question=_question(code=code, number=number),
                lines=lines,
                more_words=f"And {more:,} more: all are in the report (CSV)." if more else "",
                reason=given.reason if given else "",
                by=given.by.full_name if given else "",
            )
        )
    return tuple(groups)


def _warning_words(problem: UploadProblem) -> str:
    # What to do about a value is asked right below it.
    if problem.code == SoftCheck.PERSON_DETAILS:
        return f"{problem.message} {problem.fix}"
    return problem.message


def _counts(*, upload: Upload, problems: Problems) -> tuple[CountBox, ...]:
    state = UploadState(upload.state)
    read = CountBox(number=f"{upload.rows_read:,}", label="rows read")
    if state in (UploadState.SETUP_ERRORS, UploadState.BLOCKING_ERRORS):
        return (
            read,
            *(
                CountBox(number=f"{number:,}", label=_to_correct(severity, number), kind="off")
                for severity, number in sorted(problems.by_severity.items())
            ),
        )
    if state not in (UploadState.COMMITTED, UploadState.READY, UploadState.NEEDS_CONFIRMING):
        return ()
    warned = sum(problems.warnings.values())
    boxes = [
        read,
        CountBox(number=f"{upload.added:,}", label="new values"),
        CountBox(
            number=f"{upload.superseded - approvals.resent(upload=upload):,}",
            label="changed values: the old ones are kept",
        ),
        CountBox(number=f"{upload.unchanged:,}", label="unchanged values", kind="na"),
        CountBox(number=f"{upload.ignored:,}", label="rows left out", kind="na"),
    ]
    if resent := approvals.resent(upload=upload):
        words = "returned value sent again" if resent == 1 else "returned values sent again"
        boxes.append(CountBox(number=f"{resent:,}", label=words))
    if warned:
        words = "cell to confirm" if warned == 1 else "cells to confirm"
        if state != UploadState.NEEDS_CONFIRMING:
            words = "cell confirmed" if warned == 1 else "cells confirmed"
        boxes.append(CountBox(number=f"{warned:,}", label=words, kind="in"))
    return tuple(boxes)


def _about_words(*, upload: Upload) -> str:
    """Return what the rows are about, for whoever picked a wrong file; empty where unknown."""
    names = ("rows", "indicators", "periods", "areas")
    if not all(upload.summary.get(name) for name in names):
        return ""
    return f"Read: {Summary(**{name: upload.summary[name] for name in names})}."


def _to_correct(severity: str, number: int) -> str:
    one, many = {
        Severity.NOT_YOURS.value: ("row is not yours", "rows are not yours"),
        Severity.SETUP.value: ("cell not identified", "cells not identified"),
    }.get(severity, ("cell to fix", "cells to fix"))
    return one if number == 1 else many
