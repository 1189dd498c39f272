"""What a worker finds in a file: whose it is, what is wrong, what is unusual. Nothing is stored.

Whether it is the right file of the right body comes first, in one sentence; then the cells.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import BinaryIO

from django.utils import timezone

from authorities.models import Body
from outcomes.actions.locked_values import WHOM_TO_ASK, LockedRow, why
from outcomes.actions.staging import Staging
from outcomes.file_marks import MarkedFor, read_marks
from outcomes.problem_codes import NOT_YOUR_BODY, PERIOD_LOCKED, ProblemKind, kind_of
from outcomes.queries import rounds, upload_facts
from outcomes.queries.upload_facts import OwnPlaces
from outcomes.return_file import (
    STANDARD_LIMITS,
    KnownCodes,
    Notice,
    ReturnFile,
    ReturnFileError,
    ReturnRow,
    RowError,
)
from outcomes.return_file import layouts as headings
from outcomes.return_file.columns import column_letter
from outcomes.sent_file import SentFile, open_sent_file
from outcomes.soft_checks import SeriesValue, SoftCheck, SoftWarning, warning_of

_CHUNK = 500
_MOST = STANDARD_LIMITS.max_errors
# Said by the columns of a download as it is, and by no file that somebody made up.
_OF_A_DOWNLOAD = frozenset({"Parent Code", "Parent Name", "Area Name", "Area Type"})


@dataclass(frozen=True)
class Problem:
    """One fault or warning, with its place in the file."""

    kind: ProblemKind
    error: RowError


@dataclass(frozen=True)
class StagedRows:
    """Where the staged rows stand in the file.

    rows: of each row that was staged, in that order: its row in the file, and its period.
    column: the letter of the column of periods.
    heading: what the file calls that column.
    """

    rows: tuple[tuple[int, str], ...]
    column: str
    heading: str


@dataclass(frozen=True)
class Checked:
    """All that a reading found out."""

    refusal: ReturnFileError | None = None
    problems: tuple[Problem, ...] = ()
    total: int = 0
    rows: int = 0
    ignored: int = 0
    summary: dict[str, int] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    staged: StagedRows | None = None

    def has(self, kind: ProblemKind) -> bool:
        """Whether there is a problem of a kind."""
        return any(problem.kind == kind for problem in self.problems)

    @property
    def has_errors(self) -> bool:
        """Whether something must be corrected."""
        return any(problem.kind != ProblemKind.SOFT for problem in self.problems)

    @property
    def warnings(self) -> frozenset[str]:
        """The kinds of warning that ask for a reason."""
        return frozenset(p.error.code for p in self.problems if p.kind == ProblemKind.SOFT)


@dataclass
class _Others:
    """Rows for areas that are not the sender's."""

    rows: list[ReturnRow] = field(default_factory=list)
    total: int = 0
    has_country: bool = False

    def add(self, *, rows: Sequence[ReturnRow], countries: frozenset[Hashable]) -> None:
        self.total += len(rows)
        self.rows.extend(rows[: max(_MOST - len(self.rows), 0)])
        self.has_country = self.has_country or any(row.area_key in countries for row in rows)


def check(
    *,
    content: BinaryIO,
    name: str,
    body: Body,
    staging: Staging,
    tell: Callable[[int], None],
    at: datetime,
) -> Checked:
    """Read a file whole; stage the rows that are the body's own.

    Args:
        content: the file.
        name: as its sender called it.
        body: the authority that it was sent in for.
        staging: takes the rows. They may be used only where nothing is wrong.
        tell: is told how many rows were read, as often as that changes.
        at: the day on which codes and areas are judged.
    """
    today = timezone.localdate(at)
    own = upload_facts.own_places(body=body, day=today)
    codes = upload_facts.codes_for_upload(today=today)
    try:
        with open_sent_file(content=content, name=name, codes=codes) as sent:
            _refuse_other_marks(sent=sent, body=body, own=own, at=at)
            return _check_rows(
                sent=sent, body=body, own=own, codes=codes, staging=staging, tell=tell
            )
    except ReturnFileError as refusal:
        problems = tuple(Problem(kind_of(code=error.code), error) for error in refusal.errors)
        return Checked(refusal=refusal, problems=problems, total=max(len(problems), 1))


def _refuse_other_marks(*, sent: SentFile, body: Body, own: OwnPlaces, at: datetime) -> None:
    """Refuse a template that was made for another body or another round.

    Raises:
        ReturnFileError: in one sentence.
    """
    open_rounds = rounds.open_rounds(body=body, at=at)
    for mark in read_marks(content=sent.rows, columns=sent.read.columns, limits=sent.limits):
        if mark.body and not mark.is_for(body.slug, own.name):
            raise ReturnFileError(
                "wrong-body",
                f"This file was made for {mark.body}. You can only submit for {own.name}.",
            )
        if mark.round and not any(mark.is_of(one.slug, one.name) for one in open_rounds):
            raise ReturnFileError("wrong-round", _other_round(mark, open_rounds))


def _other_round(mark: MarkedFor, open_rounds: Sequence[rounds.OpenRound]) -> str:
    made = f"This file was made for the round {mark.round}"
    if not open_rounds:
        return f"{made}, which is not open, and no round is open now."
    names = " or ".join(one.name for one in open_rounds)
    return f"{made}, which is not open: download the template for {names}."


def _check_rows(
    *,
    sent: SentFile,
    body: Body,
    own: OwnPlaces,
    codes: KnownCodes,
    staging: Staging,
    tell: Callable[[int], None],
) -> Checked:
    read = sent.read
    others, mine = _Others(), list[ReturnRow]()
    for chunk in read.iter_chunks(size=_CHUNK):
        own_rows = [row for row in chunk if row.area_key in own.areas]
        if len(own_rows) < len(chunk):
            strangers = [row for row in chunk if row.area_key not in own.areas]
            others.add(rows=strangers, countries=frozenset(own.countries))
        if not read.errors and own_rows:
            staging.add(rows=own_rows)
            mine.extend(own_rows)
        tell(read.rows_read)
    staging.methods = read.methods
    if others.total and not mine and not read.errors:
        raise ReturnFileError("wrong-body", _nothing_of_yours(others, own, codes))
    # A download as it is holds England and everybody else for comparison.
    is_download = others.has_country and set(read.columns.headings) >= _OF_A_DOWNLOAD
    found = [Problem(kind_of(code=error.code), error) for error in sent.errors()]
    total = sent.total_errors()
    if others.total and not is_download:
        found = [*_not_yours(others, own, codes, read, sent), *found]
        total += others.total
    if not found:
        values = _unusual(mine=mine, body=body, own=own, read=read)
        found = sorted([*_personal(mine=mine, read=read), *values], key=lambda one: one.error.row)
        total = len(found)
    summary = read.summary
    position = read.columns.position(headings.TIME_PERIOD)
    return Checked(
        problems=_kept(found),
        total=total,
        rows=read.rows_read,
        ignored=others.total if is_download else 0,
        summary={
            "rows": summary.rows,
            "indicators": summary.indicators,
            "periods": summary.periods,
            "areas": summary.areas,
        },
        notices=_notices(sent, ignored=others.total if is_download else 0, own=own),
        staged=StagedRows(
            rows=tuple((row.row, row.period.label) for row in mine),
            column=column_letter(position=position),
            heading=read.columns.headings[position],
        ),
    )


def refused_by_locks(*, checked: Checked, locked: Sequence[LockedRow]) -> Checked:
    """Return what was found, with an error for each row that a lock refuses.

    Raises:
        ValueError: nothing of the file was staged.
    """
    if checked.staged is None:
        raise ValueError("No row was staged")
    found = []
    for one in locked[:_MOST]:
        row, label = checked.staged.rows[one.number - 1]
        error = RowError(
            row,
            row,
            checked.staged.column,
            checked.staged.heading,
            PERIOD_LOCKED,
            label,
            why(hit=one.hit),
            f"Remove this row, or {WHOM_TO_ASK}.",
        )
        found.append(Problem(kind_of(code=PERIOD_LOCKED), error))
    # What is unusual is asked of a file that may be stored.
    return replace(checked, problems=tuple(found), total=len(locked))


def _kept(found: Sequence[Problem]) -> tuple[Problem, ...]:
    """Keep the first ones, and one of each kind of warning: none is left unasked."""
    first = {one.error.code: one for one in reversed(found) if one.kind == ProblemKind.SOFT}
    missing = first.keys() - {one.error.code for one in found[:_MOST]}
    return (*found[: _MOST - len(missing)], *(first[code] for code in sorted(missing)))


def _notices(sent: SentFile, *, ignored: int, own: OwnPlaces) -> tuple[str, ...]:
    notices: list[Notice] = [*sent.notices, *sent.read.notices]
    said = [notice.message for notice in notices]
    if ignored:
        said.append(
            f"{ignored:,} {'row is' if ignored == 1 else 'rows are'} for England or for areas that "
            f"are not yours. We leave them out: you can only submit for {own.name}."
        )
    return tuple(said)


def _nothing_of_yours(others: _Others, own: OwnPlaces, codes: KnownCodes) -> str:
    names = sorted({_area_name(row.area_code, codes) for row in others.rows})
    of = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} other areas"
    return f"This file is for {of}. You can only submit for {own.name} and its councils."


def _not_yours(
    others: _Others, own: OwnPlaces, codes: KnownCodes, read: ReturnFile, sent: SentFile
) -> list[Problem]:
    position = read.columns.position(headings.AREA_CODE)
    return [
        Problem(
            ProblemKind.NOT_YOURS,
            RowError(
                row.row,
                sent.line_of(row.row),
                column_letter(position=position),
                read.columns.headings[position],
                NOT_YOUR_BODY,
                row.area_code,
                f"You’re not authorised to submit for {_area_name(row.area_code, codes)}.",
                f"You can only submit for {own.name} and its councils. Remove this row.",
            ),
        )
        for row in others.rows
    ]


def _area_name(code: str, codes: KnownCodes) -> str:
    return codes.areas[code][-1].name


def _unusual(
    *, mine: Sequence[ReturnRow], body: Body, own: OwnPlaces, read: ReturnFile
) -> list[Problem]:
    known = upload_facts.known_values(
        owner=body,
        indicators={(row.indicator_id, row.indicator_code) for row in mine},
        areas=own.areas,
        ages={row.age for row in mine},
    )
    beside: dict[upload_facts.SeriesKey, list[SeriesValue]] = {}
    series = [(row, upload_facts.key_of(row=row), _arriving(row)) for row in mine]
    for _, key, value in series:
        if key in known:
            beside.setdefault(key, []).append(value)
    position = read.columns.position(headings.VALUE)
    found = []
    for row, key, value in series:
        if key not in known:
            continue
        warning = warning_of(arriving=value, known=known[key], beside=beside[key])
        if warning is not None:
            found.append(_warned(row, value, warning, position, read))
    return found


def _warned(
    row: ReturnRow, value: SeriesValue, warning: SoftWarning, position: int, read: ReturnFile
) -> Problem:
    return Problem(
        ProblemKind.SOFT,
        RowError(
            row.row,
            row.row,
            column_letter(position=position),
            read.columns.headings[position],
            warning.kind.value,
            "" if value.value is None else f"{value.value:.10g}",
            f"{row.area_code}, {value.label}: {warning.message}",
            "Correct it, or say why it is right.",
        ),
    )


def _personal(*, mine: Sequence[ReturnRow], read: ReturnFile) -> Iterator[Problem]:
    """Yield a warning for each text that looks like a person's details, without the text."""
    rows = {row.row: row for row in mine}
    for number, heading in read.personal:
        if (row := rows.get(number)) is None:
            continue
        position = read.columns.position(heading)
        yield Problem(
            ProblemKind.SOFT,
            RowError(
                number,
                number,
                column_letter(position=position),
                read.columns.headings[position],
                SoftCheck.PERSON_DETAILS.value,
                "",
                f"{row.area_code}, {row.period.label}: this text looks like a person’s details.",
                "Remove it unless it must be published.",
            ),
        )


def _arriving(row: ReturnRow) -> SeriesValue:
    return SeriesValue(
        label=row.period.label,
        start_date=row.period.start_date,
        end_date=row.period.end_date,
        value=row.value,
        count=row.count,
        note=row.note.value,
        provisional=row.provisional,
    )
