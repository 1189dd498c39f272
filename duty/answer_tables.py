"""Answers as tables: every question of a round for every authority, blank where unanswered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from authorities.workbook import Cell, Column, ColumnKind, codes_text
from duty.answer_fields import FieldText, read_date, show_field
from duty.answer_records import AnswerRecord, read_content
from duty.questions import AnswerState, FieldType, QuestionSpec
from duty.specification_words import ANSWER_TYPE_WORDS, STAGE_WORDS

UNANSWERED = "unanswered"
NOT_ASKED = "not_asked"
NOT_SUBMITTED = "not_submitted"
_STATES = {
    AnswerState.VALUE.value: "Answered",
    AnswerState.NOT_APPLICABLE.value: "Not applicable",
    AnswerState.NO_EVIDENCE.value: "No evidence",
    AnswerState.NOT_YET_KNOWN.value: "Not yet known",
    UNANSWERED: "Not answered",
    NOT_ASKED: "Not asked of this authority, or not after what it answered",
    NOT_SUBMITTED: "Nothing was submitted, so it is not known",
}
_FLOORS = {"yes": "Met", "no": "Not met", "not answered": "Not answered yet"}
_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY})
_FIRST = "Stands in the first row of an answer only."


@dataclass(frozen=True)
class RowHead:
    """What every row says of the return that it is of."""

    round_slug: str
    round_name: str
    is_test: bool
    authority: str
    authority_name: str
    ons_code: str
    state: str
    state_label: str
    reference: str
    number: int | None
    submitted_at: datetime | None
    late: bool | None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells under `HEAD_COLUMNS`."""
        return (
            *(self.round_slug, self.round_name, self.is_test),
            *(self.authority, self.authority_name, self.ons_code),
            *(self.state, self.state_label, self.reference),
            *(self.number, self.submitted_at, self.late),
        )


HEAD_COLUMNS = (
    Column("round", "The round’s code."),
    Column("round_name", "The round’s name."),
    Column("test_round", "Whether the round only tries things out.", ColumnKind.YES_NO),
    Column("authority", "The authority’s code on this site."),
    Column("authority_name", "Its name on the round’s day of bodies and areas."),
    Column("authority_ons_code", "Its code by the Office for National Statistics, on that day."),
    Column("return_state", "Where the return stands now, as a code."),
    Column("return_state_label", "The same in words."),
    Column("submission", "Reference of the submission that the answers are from; blank: none."),
    Column("submission_number", "Which submission of the return it is.", ColumnKind.INTEGER),
    Column("submitted_at", "When it was submitted.", ColumnKind.INSTANT),
    Column("late", "Whether that was after the due day.", ColumnKind.YES_NO),
)
_QUESTION_COLUMNS = (
    Column("section", "The part of the return, as a code."),
    Column("section_title", "Its title."),
    Column(
        "section_floor",
        "Whether the part meets its minimum floor.",
        codes=tuple(_FLOORS.items()),
    ),
    Column("question", "The question’s code; see the data dictionary."),
    Column("question_text", "What was asked."),
    Column("stage", "Its stage in the theory of change.", codes=tuple(STAGE_WORDS.items())),
    Column("in_floor", "Whether it belongs to the minimum floor.", ColumnKind.YES_NO),
    Column(
        "concurrent",
        "Whether it is about what rests with councils or is held concurrently, so that the "
        "authority is not measured by it.",
        ColumnKind.YES_NO,
    ),
    Column("answer_type", "How it is answered.", codes=tuple(ANSWER_TYPE_WORDS.items())),
)
ANSWER_COLUMNS = (
    *HEAD_COLUMNS,
    *_QUESTION_COLUMNS,
    Column("board", "Code of the integrated care board that the answer is about; blank: none."),
    Column("board_name", "Its name."),
    Column(
        "record", "Which row of a table, or line of a derived answer, from 1.", ColumnKind.INTEGER
    ),
    Column("field", "Which part of the answer; blank where it has one part."),
    Column("field_label", "The part’s label."),
    Column("answer_state", "What the answer says.", codes=tuple(_STATES.items())),
    Column("answer_state_label", "The same in words."),
    Column("answer_code", "Codes of what was chosen, with | between several."),
    Column("answer", "What was chosen or written, in words."),
    Column("answer_number", "The answer as a number, where it is one.", ColumnKind.NUMBER),
    Column("answer_date", "The answer as a date, where it is one.", ColumnKind.DAY),
    Column("reason", f"Why there is no answer. {_FIRST}"),
    Column("expected_on", f"When it will be known. {_FIRST}", ColumnKind.DAY),
    Column("public_note", f"The authority’s note. {_FIRST}"),
    Column("evidence_count", f"Pieces of evidence. {_FIRST}", ColumnKind.INTEGER),
    Column(
        "confirmed_code",
        f"Codes of what was unusual and confirmed by the authority, with | between. {_FIRST}",
    ),
    Column("confirmed", f"The same in words, each with the authority’s reason. {_FIRST}"),
)
EVIDENCE_COLUMNS = (
    *HEAD_COLUMNS,
    Column("question", "The question’s code."),
    Column("board", "Code of the integrated care board that the answer is about; blank: none."),
    Column("kind", "What it is.", codes=(("link", "Link"), ("file", "File"))),
    Column("title", "What it is called."),
    Column("address", "Where it is; blank for a file."),
    Column("pages", "The pages that matter."),
    Column("file_name", "The name of a file."),
    Column("sha256", "The checksum of a file, by which it is known."),
)


def with_codes(
    *, columns: Sequence[Column], codes: Mapping[str, Sequence[tuple[str, str]]]
) -> tuple[Column, ...]:
    """Return columns with codes that only the round's version or the pages know.

    Args:
        columns: of any table.
        codes: each code with its label, by the column's name; names without a column do nothing.

    Returns:
        The same columns in their order.

    Source: the project's own layout.
    """
    return tuple(
        replace(one, codes=tuple(codes[one.name])) if one.name in codes else one for one in columns
    )


def wide_columns(*, questions: Sequence[QuestionSpec]) -> tuple[Column, ...]:
    """Return the columns of a table with one row for each authority.

    Args:
        questions: of the round, in their order.

    Returns:
        A column for each question, named by its code, and beside it one for the codes of what was
        chosen, where it has options.

    Source: the project's own layout.
    """
    columns: list[Column] = []
    for one in questions:
        columns.append(Column(one.code, one.text))
        if one.options:
            codes = tuple((option.code, option.label) for option in one.options)
            columns.append(
                Column(
                    f"{one.code}_code",
                    "Codes of what was chosen; before them, a board’s.",
                    codes=codes,
                )
            )
    return (*HEAD_COLUMNS, *columns)


def question_rows(*, questions: Sequence[QuestionSpec]) -> list[tuple[str, ...]]:
    """Return the questions for the data dictionary: what each asked, and its codes.

    Args:
        questions: of the round, in their order.

    Returns:
        Rows under `authorities.workbook.DICTIONARY_COLUMNS`.

    Source: the project's own layout.
    """
    rows: list[tuple[str, ...]] = []
    for one in questions:
        codes = [(option.code, option.label) for option in one.options]
        codes += [(field.code, f"{field.label} ({field.type.value})") for field in _parts(one)]
        rows.append(("Questions", one.code, one.text, one.answer_type.value, codes_text(codes)))
    return rows


def answer_rows(
    *, head: RowHead, content: Mapping[str, Any] | None, questions: Sequence[QuestionSpec]
) -> Iterator[tuple[Cell, ...]]:
    """Give an authority's answers: a row for each question, more where it has several parts.

    Args:
        head: whose answers, and of which submission.
        content: a snapshot as `duty.queries.snapshots` makes it; None where nothing may be read.
        questions: of the round, in their order.

    Returns:
        Rows under `ANSWER_COLUMNS`. A question without an answer has one row, and so has one that
        was not asked, and each board that is asked about; a table has a row for each field of each
        of its rows.

    Source: the project's own layout, one fact a row.
    """
    asked = _asked(content)
    for question in questions:
        section, found = asked.get(question.code, ({}, {}))
        front = (
            *head.cells,
            *(question.specification, section.get("title", ""), section.get("floor", "")),
            *(question.code, found.get("text", question.text)),
            *(question.theory_of_change.value, question.floor),
            *(question.concurrent, question.answer_type.value),
        )
        for answer in found.get("answers") or [_blank(content)]:
            for place, cells in enumerate(_cells(question, found, answer)):
                yield (*front, *cells, *_beside(answer, first=place == 0))


def evidence_rows(
    *, head: RowHead, content: Mapping[str, Any] | None
) -> Iterator[tuple[Cell, ...]]:
    """Give what shows that an authority's answers are so.

    Args:
        head: whose answers, and of which submission.
        content: a snapshot; None where nothing may be read.

    Returns:
        Rows under `EVIDENCE_COLUMNS`.

    Source: the project's own layout.
    """
    for code, (_, question) in _asked(content).items():
        for answer in question["answers"]:
            for one in answer["evidence"]:
                what = (one["kind"], one["title"], one["url"], one["pages"])
                file = (one.get("name", ""), one.get("sha256", ""))
                yield (*head.cells, code, answer["board"] or "", *what, *file)


def wide_row(
    *, head: RowHead, content: Mapping[str, Any] | None, questions: Sequence[QuestionSpec]
) -> tuple[Cell, ...]:
    """Return an authority's answers as one row, dates by ISO 8601 and numbers plain.

    Args:
        head: whose answers, and of which submission.
        content: a snapshot; None where nothing may be read.
        questions: of the round, in their order.

    Returns:
        A row under `wide_columns`; boards and parts of an answer are lines of its cell.

    Source: the project's own layout.
    """
    asked = _asked(content)
    cells = []
    for question in questions:
        _, found = asked.get(question.code, ({}, {}))
        lines: list[str] = []
        codes: list[str] = []
        for answer in found.get("answers", ()):
            if answer["state"] == AnswerState.VALUE:
                for record, field, label, code, text, number, day in _given(
                    question, found, answer
                ):
                    row = str(record) if record is not None and question.columns else ""
                    if plain := _plain(text, number, day):
                        lines.append(_line((answer["board_name"], row, label), plain))
                    if code and not field:
                        codes.append(_line((answer["board"] or "",), code))
            elif answer["state"]:
                lines.append(_line((answer["board_name"],), _why_not(answer)))
        cells.append("\n".join(lines))
        if question.options:
            cells.append("\n".join(codes))
    return (*head.cells, *cells)


def _line(before: Sequence[str], text: str) -> str:
    return ": ".join([*filter(None, before), text])


def _plain(text: str, number: Decimal | None, day: date | None) -> str:
    if day is not None:
        return day.isoformat()
    return text if number is None else f"{number:f}"


def _why_not(answer: Mapping[str, Any]) -> str:
    said = _STATES.get(answer["state"], answer["state"])
    return "; ".join(filter(None, (said, answer["reason"], answer["expected_on"])))


def _asked(content: Mapping[str, Any] | None) -> dict[str, tuple[Any, Any]]:
    sections = content["sections"] if content else ()
    return {
        question["code"]: (section, question)
        for section in sections
        for question in section["questions"]
    }


def _blank(content: Mapping[str, Any] | None) -> dict[str, Any]:
    # What was asked and left out has an answer without a state.
    state = NOT_SUBMITTED if content is None else NOT_ASKED
    return {"board": None, "board_name": "", "state": state}


def _parts(question: QuestionSpec) -> list[Any]:
    follow_ups = [field for option in question.options for field in option.follow_ups]
    return [*question.columns, *follow_ups]


def _cells(
    question: QuestionSpec, found: Mapping[str, Any], answer: Mapping[str, Any]
) -> Iterator[tuple[Cell, ...]]:
    """Give the parts of one answer, from `board` to `answer_date`."""
    state = answer["state"] or UNANSWERED
    front = (answer["board"] or "", answer["board_name"])
    said = (state, _STATES.get(state, state))
    given = list(_given(question, found, answer)) if state == AnswerState.VALUE else []
    for record, field, label, *what in given or [(None, "", "", "", "", None, None)]:
        yield (*front, record, field, label, *said, *what)


def _given(
    question: QuestionSpec, found: Mapping[str, Any], answer: Mapping[str, Any]
) -> Iterator[tuple[Any, ...]]:
    value = answer["value"]
    if question.derived:
        yield from _derived(value)
        return
    whole = {"pairs": {answer["board"]: value}} if question.per_pair else value
    labels = {option["code"]: option["label"] for option in found["options"]}
    for record in read_content(question=question, value=whole).records:
        # The key of a board's record is the board, which stands in its own column.
        number = None if question.per_pair or not record.key else int(record.key)
        yield from _record(record, number, labels)


def _record(
    record: AnswerRecord, number: int | None, labels: Mapping[str, str]
) -> Iterator[tuple[Any, ...]]:
    if record.options:
        codes = [option.code for option in record.options]
        texts = [labels.get(option.code, option.label) for option in record.options]
        yield (number, "", "", " | ".join(codes), " | ".join(texts), None, None)
    alone = not record.options and len(record.fields) == 1
    for one in record.fields:
        name = ("", "") if alone else (one.field.code, one.field.label)
        yield (number, *name, *_typed(one))


def _typed(found: FieldText) -> tuple[Cell, ...]:
    """Return a field as code, text, number and date."""
    sound = found.problem is None and bool(found.text)
    code = found.text if sound and found.field.type == FieldType.YES_NO else ""
    number = Decimal(found.text) if sound and found.field.type in _NUMBERS else None
    day = read_date(text=found.text) if sound and found.field.type == FieldType.DATE else None
    return (code, show_field(found=found), number, day)


def _derived(value: object) -> Iterator[tuple[Any, ...]]:
    given = value if isinstance(value, Mapping) else {}
    for number, line in enumerate(given.get("lines") or (), start=1):
        yield (number, "line", line["label"], "", line["text"], None, None)
    if isinstance(given.get("met"), bool):
        met = ("yes", "Yes") if given["met"] else ("no", "No")
        yield (None, "met", "Minimum floor met", *met, None, None)


def _beside(answer: Mapping[str, Any], *, first: bool) -> tuple[Cell, ...]:
    if not first or "evidence" not in answer:
        return ("", None, "", None, "", "")
    expected = answer["expected_on"]
    confirmed = answer.get("confirmed", ())
    return (
        answer["reason"],
        date.fromisoformat(expected) if expected else None,
        answer["public_note"],
        len(answer["evidence"]),
        " | ".join(one["rule"] for one in confirmed),
        " | ".join(f"{one['message']} “{one['reason']}”" for one in confirmed),
    )
