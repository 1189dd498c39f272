"""Reads a specification's questions from the project's own CSV.

Lists within a cell are parted by ' | '. Options are code=Label. Columns are code:type:Label, with
a star after the code of one that must be filled in. Follow-ups are option > column.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from duty.questions import (
    AnswerField,
    AnswerType,
    EvidenceNeed,
    EvidenceRule,
    FieldType,
    Option,
    QuestionSpec,
    RecordSource,
    TheoryOfChange,
)
from duty.record_sources import SOURCES

HEADINGS = (
    "specification",
    "code",
    "order",
    "theory_of_change",
    "floor",
    "answer_type",
    "text",
    "help",
    "options",
    "exclusive_options",
    "reason_required",
    "meets_floor",
    "follow_ups",
    "columns",
    "word_limit",
    "evidence",
    "record_source",
)

# Long text without a limit of its own, in words: a reason, or a long cell of a table.
DEFAULT_WORD_LIMIT = 200

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_COLUMN = re.compile(r"([a-z][a-z0-9_]*)(\*?):([a-z_]+):(.+)")
_WHOLE = re.compile(r"[0-9]{1,5}")
_CHOICES = frozenset({AnswerType.CHOICE, AnswerType.MULTI_CHOICE, AnswerType.PER_PAIR_CHOICE})
_WITH_COLUMNS = frozenset(
    {AnswerType.TABLE, AnswerType.PERSON, AnswerType.REVIEW, AnswerType.TWO_INTEGERS}
)
_WITH_LIMIT = frozenset({AnswerType.TEXT, AnswerType.PER_PAIR_TEXT})
_NO_SUBJECT = frozenset(EvidenceNeed) - {
    EvidenceNeed.REQUIRED_IF,
    EvidenceNeed.REQUIRED_IF_OVER_ZERO,
}
# Keys of a choice's value, which a follow-up may not take.
_TAKEN = frozenset({"option", "options", "reason"})


class SpecificationFileError(ValueError):
    """A specification has faults; each is said with its row and column."""

    def __init__(self, *, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(self.faults))


class _Cells:
    """One row, which collects its own faults."""

    def __init__(self, row: int, cells: Mapping[str, str]) -> None:
        self.row = row
        self.cells = cells
        self.faults: list[str] = []

    def __getitem__(self, heading: str) -> str:
        return self.cells[heading]

    def items(self, heading: str) -> list[str]:
        return [item.strip() for item in self.cells[heading].split("|") if item.strip()]

    def fault(self, heading: str, message: str) -> None:
        self.faults.append(f"Row {self.row}, column {heading}: {message}")


def read_specification(*, text: str) -> tuple[QuestionSpec, ...]:
    """Read every question, in the order of the file.

    Args:
        text: CSV with the headings of `HEADINGS`.

    Returns:
        The questions of all specifications in the file.

    Raises:
        SpecificationFileError: wrong headings, no questions, or faults; all at once, each with
            its row (the headings are row 1) and column.
    """
    faults: list[str] = []
    questions: list[QuestionSpec] = []
    codes: dict[str, int] = {}
    orders: dict[tuple[str, str], int] = {}
    for cells in _rows(text):
        if cells["code"] in codes:
            cells.fault("code", f"{cells['code']} is already in row {codes[cells['code']]}.")
        codes.setdefault(cells["code"], cells.row)
        place = (cells["specification"], cells["order"])
        if place in orders:
            cells.fault("order", f"{cells['order']} is already taken in row {orders[place]}.")
        orders.setdefault(place, cells.row)
        question = _question(cells)
        faults += cells.faults
        if question is not None and not cells.faults:
            questions.append(question)
    if not faults and not questions:
        faults.append("The file has headings but no questions. Add at least one row.")
    if faults:
        raise SpecificationFileError(faults=faults)
    return tuple(questions)


def _question(cells: _Cells) -> QuestionSpec | None:
    for heading in ("specification", "code", "text"):
        if not cells[heading]:
            cells.fault(heading, "is empty. Fill it in.")
    if not _WHOLE.fullmatch(cells["order"]):
        cells.fault("order", f"{cells['order']!r} is not a whole number. Enter one, such as 10.")
    stages, types = [s.value for s in TheoryOfChange], [t.value for t in AnswerType]
    if cells["theory_of_change"] not in stages:
        cells.fault("theory_of_change", f"use one of {', '.join(stages)}.")
    if cells["floor"] not in ("yes", "no"):
        cells.fault("floor", f"{cells['floor']!r} is neither yes nor no.")
    if cells["answer_type"] not in types:
        cells.fault("answer_type", f"{cells['answer_type']!r} is not a type of answer we know.")
        return None
    answer_type = AnswerType(cells["answer_type"])
    limit = _word_limit(cells, answer_type)
    columns = _columns(cells, answer_type, limit)
    options = _options(cells, answer_type)
    evidence = _evidence(cells, options, columns)
    if cells.faults:
        return None
    return QuestionSpec(
        specification=cells["specification"],
        code=cells["code"],
        order=int(cells["order"]),
        theory_of_change=TheoryOfChange(cells["theory_of_change"]),
        floor=cells["floor"] == "yes",
        text=cells["text"],
        help=cells["help"],
        answer_type=answer_type,
        options=options,
        columns=columns,
        word_limit=limit,
        evidence=evidence,
        record_source=_record_source(cells, answer_type),
    )


def _record_source(cells: _Cells, answer_type: AnswerType) -> RecordSource | None:
    written = cells["record_source"]
    if not written:
        return None
    if written not in {source.value for source in RecordSource}:
        cells.fault("record_source", f"{written!r} is not a kind of standing record we know.")
        return None
    source = RecordSource(written)
    if SOURCES[source][1] != answer_type:
        cells.fault(
            "record_source", f"{written} fills a {SOURCES[source][1]}, not a {answer_type}."
        )
    return source


def _word_limit(cells: _Cells, answer_type: AnswerType) -> int | None:
    written = cells["word_limit"]
    if written and not (_WHOLE.fullmatch(written) and int(written) > 0):
        cells.fault("word_limit", f"{written!r} is not a number of words. Enter one, such as 300.")
        return None
    if answer_type in _WITH_LIMIT and not written:
        cells.fault("word_limit", "is empty. A text needs a limit, such as 300.")
    return int(written) if written else None


def _columns(cells: _Cells, answer_type: AnswerType, limit: int | None) -> tuple[AnswerField, ...]:
    items = cells.items("columns")
    if answer_type not in _WITH_COLUMNS:
        if items:
            cells.fault("columns", f"an answer of type {answer_type} has no columns. Remove them.")
        return ()
    columns = tuple(
        column for item in items if (column := _column(cells, "columns", item, limit)) is not None
    )
    if not items:
        cells.fault("columns", f"an answer of type {answer_type} needs columns.")
    if len({column.code for column in columns}) < len(columns):
        cells.fault("columns", "a column is there twice. Give each a code of its own.")
    if (
        answer_type == AnswerType.TWO_INTEGERS
        and [c.type for c in columns] != [FieldType.INTEGER] * 2
    ):
        cells.fault("columns", "two_integers needs two columns of type integer.")
    return columns


def _column(cells: _Cells, heading: str, item: str, limit: int | None) -> AnswerField | None:
    match = _COLUMN.fullmatch(item)
    if match is None:
        cells.fault(heading, f"{item!r} is not a column. Write it as post*:text:Post.")
        return None
    code, star, type_name, label = match.groups()
    if type_name not in {field_type.value for field_type in FieldType}:
        cells.fault(heading, f"{type_name!r} is not a type of column we know.")
        return None
    field_type = FieldType(type_name)
    is_long = field_type == FieldType.LONG_TEXT
    return AnswerField(
        code=code,
        label=label.strip(),
        type=field_type,
        required=bool(star),
        word_limit=(limit or DEFAULT_WORD_LIMIT) if is_long else None,
    )


def _options(cells: _Cells, answer_type: AnswerType) -> tuple[Option, ...]:
    names = ("options", "exclusive_options", "reason_required", "meets_floor", "follow_ups")
    if answer_type not in _CHOICES:
        for heading in names:
            if cells[heading]:
                cells.fault(heading, f"an answer of type {answer_type} has no options. Empty it.")
        return ()
    labels: dict[str, str] = {}
    for item in cells.items("options"):
        code, _, label = (part.strip() for part in item.partition("="))
        if not _CODE.fullmatch(code) or not label:
            cells.fault("options", f"{item!r} is not an option. Write it as not_yet=Not yet.")
        elif code in labels:
            cells.fault("options", f"{code} is there twice. Remove one.")
        else:
            labels[code] = label
    if len(labels) < 2:
        cells.fault("options", "a choice needs at least two options.")
    for heading in ("exclusive_options", "reason_required", "meets_floor"):
        for code in cells.items(heading):
            if code not in labels:
                cells.fault(heading, f"{code!r} is not one of the options.")
    if answer_type == AnswerType.MULTI_CHOICE and cells["reason_required"]:
        cells.fault("reason_required", "a multi_choice asks no reason. Use a follow-up.")
    if cells["floor"] == "yes" and not cells["meets_floor"]:
        cells.fault("meets_floor", "is empty. Name the options that meet the minimum floor.")
    follow_ups = _follow_ups(cells, labels)
    return tuple(
        Option(
            code=code,
            label=label,
            exclusive=code in cells.items("exclusive_options"),
            reason_required=code in cells.items("reason_required"),
            meets_floor=code in cells.items("meets_floor"),
            follow_ups=tuple(f for option, f in follow_ups if option == code),
        )
        for code, label in labels.items()
    )


def _follow_ups(cells: _Cells, labels: Mapping[str, str]) -> list[tuple[str, AnswerField]]:
    found: list[tuple[str, AnswerField]] = []
    for item in cells.items("follow_ups"):
        option, _, column = (part.strip() for part in item.partition(">"))
        if option not in labels:
            cells.fault("follow_ups", f"{option!r} is not one of the options.")
            continue
        follow_up = _column(cells, "follow_ups", column, None)
        if follow_up is None:
            continue
        if follow_up.code in _TAKEN or follow_up.code in {known.code for _, known in found}:
            cells.fault("follow_ups", f"the code {follow_up.code} is taken. Use another.")
        found.append((option, follow_up))
    return found


def _evidence(
    cells: _Cells, options: Sequence[Option], columns: Sequence[AnswerField]
) -> EvidenceRule:
    need, _, subject = cells["evidence"].partition(":")
    if need not in {n.value for n in EvidenceNeed}:
        needs = ", ".join(n.value for n in EvidenceNeed)
        cells.fault("evidence", f"{need!r} is not a rule we know. Use one of {needs}.")
        return EvidenceRule(EvidenceNeed.NONE)
    rule = EvidenceRule(EvidenceNeed(need), subject or None)
    if rule.need in _NO_SUBJECT:
        if subject:
            cells.fault("evidence", f"{need} names nothing after a colon. Remove it.")
    elif rule.need == EvidenceNeed.REQUIRED_IF and subject not in {o.code for o in options}:
        cells.fault("evidence", f"{subject!r} is not one of the options.")
    elif rule.need == EvidenceNeed.REQUIRED_IF_OVER_ZERO and subject not in {
        column.code for column in columns if column.type == FieldType.INTEGER
    }:
        cells.fault("evidence", f"{subject!r} is not a column of whole numbers.")
    return rule


def _rows(text: str) -> list[_Cells]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        lines = list(reader)
    except csv.Error as error:
        raise SpecificationFileError(
            faults=[f"Line {reader.line_num} cannot be read as CSV: {error}."]
        ) from error
    if not lines or tuple(cell.strip() for cell in lines[0]) != HEADINGS:
        raise SpecificationFileError(faults=[f"Row 1: the headings must be {', '.join(HEADINGS)}."])
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) != len(HEADINGS):
            raise SpecificationFileError(
                faults=[f"Row {number} has {len(line)} values, the headings have {len(HEADINGS)}."]
            )
        rows.append(_Cells(number, {h: c.strip() for h, c in zip(HEADINGS, line, strict=True)}))
    return rows
