"""The list of uploads and the report of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from authorities.models import StrategicAuthority
from outcomes.models import Upload, UploadProblem, UploadState
from outcomes.presenters.figures import TableCell, TableColumn

MOST_SHOWN = 20
# No one but the sender learns from an upload, until an analyst has approved it.
VISIBILITY = "Only your colleagues see what you upload until an analyst approves it."

_COLOURS = {
    UploadState.UPLOADED: "blue",
    UploadState.CHECKING: "blue",
    UploadState.REJECTED_FILE: "red",
    UploadState.BLOCKING_ERRORS: "red",
    UploadState.COMMITTED: "green",
    UploadState.FAILED: "orange",
}
UPLOAD_COLUMNS = tuple(
    TableColumn(label, numeric=label == "Rows")
    for label in ("File", "Sent", "Sent by", "Rows", "What became of it")
)
PROBLEM_COLUMNS = tuple(
    TableColumn(label, numeric=False)
    for label in ("Cell", "Column name", "We read", "What is wrong and what to do")
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
class UploadListRow:
    """One upload in the list."""

    name: str
    url: str
    sent_at: datetime
    sent_by: str
    rows: int
    tag: StateTag


@dataclass(frozen=True)
class UploadReport:
    """How far an upload is, or what became of it."""

    name: str
    sent_at: datetime
    sent_by: str
    state: StateTag
    is_waiting: bool
    is_stored: bool
    is_refused: bool
    is_failed: bool
    title: str
    progress_words: str
    rows_read: int
    rows_expected: int | None
    problem_title: str
    refusal: str
    problems: tuple[ProblemLine, ...]
    more_words: str
    has_csv: bool
    counts: tuple[CountBox, ...]
    own_words: str
    notices: tuple[str, ...]
    drafts: tuple[str, ...]
    visibility: str


def present_list(
    *, authority: StrategicAuthority, uploads: Sequence[Upload]
) -> tuple[UploadListRow, ...]:
    """Return the uploads as rows of the list."""
    return tuple(
        UploadListRow(
            name=upload.file_name,
            url=reverse("outcomes:upload-report", args=[authority.slug, upload.pk]),
            sent_at=upload.uploaded_at,
            sent_by=upload.uploaded_by.full_name,
            rows=upload.rows_read,
            tag=_tag(upload=upload),
        )
        for upload in uploads
    )


def present_report(*, upload: Upload, problems: Sequence[UploadProblem]) -> UploadReport:
    """Return the report of an upload; `problems` are those to be shown."""
    state = UploadState(upload.state)
    summary = upload.summary
    lines = tuple(_line(problem=problem) for problem in problems)
    return UploadReport(
        name=upload.file_name,
        sent_at=upload.uploaded_at,
        sent_by=upload.uploaded_by.full_name,
        state=_tag(upload=upload),
        is_waiting=state in (UploadState.UPLOADED, UploadState.CHECKING),
        is_stored=state == UploadState.COMMITTED,
        is_refused=state in (UploadState.BLOCKING_ERRORS, UploadState.REJECTED_FILE),
        is_failed=state == UploadState.FAILED,
        title=_title(state=state),
        progress_words=_progress_words(upload=upload),
        rows_read=upload.rows_read,
        rows_expected=upload.rows_expected,
        problem_title=_problem_title(upload=upload),
        refusal="" if lines else str(summary.get("refusal", "")),
        problems=lines,
        more_words=_more_words(shown=len(lines), total=upload.problem_count),
        has_csv=bool(lines),
        counts=_counts(upload=upload),
        own_words=_own_words(upload=upload),
        notices=tuple(upload.notices),
        drafts=tuple(summary.get("drafts", ())),
        visibility=VISIBILITY,
    )


def _tag(*, upload: Upload) -> StateTag:
    state = UploadState(upload.state)
    return StateTag(text=state.label, colour=_COLOURS[state])


def _title(*, state: UploadState) -> str:
    if state == UploadState.COMMITTED:
        return "Your file is stored"
    if state == UploadState.FAILED:
        return "We could not read your file"
    if state in (UploadState.BLOCKING_ERRORS, UploadState.REJECTED_FILE):
        return "Upload report"
    return "We are reading your file"


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


def _line(*, problem: UploadProblem) -> ProblemLine:
    line = f" (line {problem.line} of the file)" if problem.line != problem.row else ""
    column = f", column {problem.column}" if problem.column else ""
    where = f"Row {problem.row}{line}{column}"
    words = f"{problem.message} {problem.fix}".strip()
    return ProblemLine(
        anchor=f"problem-{problem.order + 1}",
        where=where,
        heading=problem.heading,
        given=f"“{problem.given}”" if problem.given else "",
        words=words,
        summary=f"{where}: {problem.message}",
    )


def problem_row(*, line: ProblemLine) -> tuple[str | TableCell, ...]:
    """Return a line as cells of the table of errors."""
    return (line.where, line.heading, line.given, line.words)


def _counts(*, upload: Upload) -> tuple[CountBox, ...]:
    if upload.state != UploadState.COMMITTED:
        return ()
    return (
        CountBox(number=f"{upload.rows_read:,}", label="rows read"),
        CountBox(number=f"{upload.added:,}", label="new values"),
        CountBox(number=f"{upload.superseded:,}", label="changed values: the old ones are kept"),
        CountBox(number=f"{upload.unchanged:,}", label="unchanged values", kind="na"),
    )


def _own_words(*, upload: Upload) -> str:
    if upload.state != UploadState.COMMITTED:
        return ""
    rows, own = upload.rows_read, int(upload.summary.get("own_rows", 0))
    word = "row" if rows == 1 else "rows"
    is_are = "is" if own == 1 else "are"
    if own == rows:
        which = f"{'it is' if rows == 1 else 'all are'} for your area."
    elif own == 0:
        which = "none is for your area. They are kept for comparison."
    else:
        which = f"{own:,} {is_are} for your area, the rest are kept beside them for comparison."
    return f"{rows:,} {word}: {which} {VISIBILITY}"
