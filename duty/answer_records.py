"""Takes an answer's value apart: untrusted JSON in, records with their problems out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duty.answer_fields import FieldText, cut, missing, read_field
from duty.questions import AnswerField, AnswerType, FieldType, Option, Problem, QuestionSpec

MOST_ROWS = 200
# A flood of fields that nobody asked for is answered with the first few.
MOST_UNKNOWN = 20
REASON = AnswerField("reason", "Reason", FieldType.LONG_TEXT, word_limit=100)


@dataclass(frozen=True)
class AnswerRecord:
    """One record of an answer: the whole of it, one row of a table, or one pair's part.

    key: the row's number as text, the pair's key, or empty.
    """

    key: str
    options: tuple[Option, ...]
    fields: tuple[FieldText, ...]
    problems: tuple[Problem, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing was entered."""
        entered = any(not found.blank for found in self.fields)
        return not self.options and not entered and not self.problems


@dataclass(frozen=True)
class AnswerContent:
    """All records of an answer that are not blank, and every problem."""

    records: tuple[AnswerRecord, ...]
    problems: tuple[Problem, ...]

    @property
    def blank(self) -> bool:
        """Whether the question is unanswered."""
        return not self.records and not self.problems


def read_content(
    *, question: QuestionSpec, value: object, pairs: Sequence[str] = ()
) -> AnswerContent:
    """Read the value of an answer.

    Args:
        question: what is asked; not a derived one.
        value: any JSON. None and blank fields are unanswered.
        pairs: keys of the pairs that a per-pair question is about. When given, the answer must be
            about these alone, and about all of them once it is about one.

    Returns:
        The records that are not blank, in the order given, and every problem found.

    Source: the project's own shapes, see `duty.questions.AnswerType`.
    """
    if value is None:
        return AnswerContent((), ())
    if not isinstance(value, Mapping):
        return AnswerContent((), (_unreadable("answer"),))
    if question.answer_type == AnswerType.TABLE:
        return _table(question, value)
    if question.per_pair:
        return _pairs(question, value, pairs)
    record = _record(question, value, key="", path="")
    return AnswerContent(() if record.blank else (record,), record.problems)


def _table(question: QuestionSpec, value: Mapping[object, object]) -> AnswerContent:
    problems = list(_unknown_keys(value, {"rows"}, ""))
    rows = value.get("rows") or []
    if not isinstance(rows, list):
        return AnswerContent((), (_unreadable("rows"),))
    if len(rows) > MOST_ROWS:
        most = Problem(
            "rows", f"The table has {len(rows):,} rows.", f"Enter {MOST_ROWS} rows or fewer."
        )
        return AnswerContent((), (most,))
    records = []
    for number, row in enumerate(rows, start=1):
        path = f"rows.{number}."
        if row is None:
            continue
        if not isinstance(row, Mapping):
            problems.append(_unreadable(path.rstrip(".")))
            continue
        record = _record(question, row, key=str(number), path=path)
        if not record.blank:
            records.append(record)
            problems += record.problems
    return AnswerContent(tuple(records), tuple(problems))


def _pairs(
    question: QuestionSpec, value: Mapping[object, object], pairs: Sequence[str]
) -> AnswerContent:
    problems = list(_unknown_keys(value, {"pairs"}, ""))
    parts = value.get("pairs") or {}
    if not isinstance(parts, Mapping):
        return AnswerContent((), (_unreadable("pairs"),))
    records: dict[str, AnswerRecord] = {}
    for key, part in parts.items():
        # Long enough for two bodies' slugs, so that a page finds the field again.
        path = f"pairs.{cut(text=str(key), most=200) or '(no name)'}"
        if pairs and key not in pairs:
            problems.append(
                Problem(path, "This ICB is not one that you are asked about.", "Remove the answer.")
            )
        elif part is not None and not isinstance(part, Mapping):
            problems.append(_unreadable(path))
        elif part is not None:
            record = _record(question, part, key=str(key), path=f"{path}.")
            if not record.blank:
                records[record.key] = record
                problems += record.problems
    if records or problems:
        problems += [
            Problem(f"pairs.{key}", "There is no answer for this ICB.", "Answer for each ICB.")
            for key in pairs
            if key not in records and not any(p.field == f"pairs.{key}" for p in problems)
        ]
    order = {key: place for place, key in enumerate(pairs)}
    found = sorted(records.values(), key=lambda record: order.get(record.key, len(order)))
    return AnswerContent(tuple(found), tuple(problems))


def _record(
    question: QuestionSpec, value: Mapping[object, object], *, key: str, path: str
) -> AnswerRecord:
    if question.options:
        return _choice(question, value, key=key, path=path)
    found, problems = _fields(question.fields, value, path)
    problems += _unknown_keys(value, {field.code for field in question.fields}, path)
    if any(not one.blank for one in found):
        problems += _missing(found, path)
        if question.answer_type == AnswerType.TWO_INTEGERS:
            problems += _part_above_whole(found, path)
    return AnswerRecord(key, (), tuple(found), tuple(problems))


def _choice(
    question: QuestionSpec, value: Mapping[object, object], *, key: str, path: str
) -> AnswerRecord:
    several = question.answer_type == AnswerType.MULTI_CHOICE
    name = "options" if several else "option"
    known = {name} | {field.code for option in question.options for field in option.follow_ups}
    problems = list(_unknown_keys(value, known if several else known | {"reason"}, path))
    by_code = {option.code: option for option in question.options}
    chosen: dict[str, Option] = {}
    for code in _codes(value.get(name), several=several):
        if isinstance(code, str) and code.strip() in by_code:
            chosen[code.strip()] = by_code[code.strip()]
        elif code is not None and not (isinstance(code, str) and not code.strip()):
            shown = f"“{cut(text=code)}”" if isinstance(code, str) else "What was chosen"
            problems.append(
                Problem(f"{path}{name}", f"{shown} is not one of the choices.", "Choose again.")
            )
    # In the order of the question, so that the same choice always reads the same.
    options = tuple(option for option in question.options if option.code in chosen)
    exclusive = next((option for option in options if option.exclusive), None)
    if exclusive is not None and len(options) > 1:
        problems.append(
            Problem(
                f"{path}{name}",
                f"“{exclusive.label}” cannot be chosen together with others.",
                f"Select “{exclusive.label}” alone, or the others without it.",
            )
        )
    # What belongs to options that were not chosen was hidden from the person, and is left out.
    asked = [field for option in options for field in option.follow_ups]
    if any(option.reason_required for option in options):
        asked.append(REASON)
    found, field_problems = _fields(asked, value, path)
    problems += field_problems
    problems += _missing(found, path)
    for option in options:
        if option.reason_required and any(one.field is REASON and one.blank for one in found):
            problems.append(
                Problem(
                    f"{path}reason", f"“{option.label}” needs a reason.", "Say why, in a sentence."
                )
            )
    return AnswerRecord(key, options, tuple(found), tuple(problems))


def _codes(given: object, *, several: bool) -> list[object]:
    if several and isinstance(given, list):
        return given
    return [] if given is None else [given]


def _fields(
    asked: Sequence[AnswerField], value: Mapping[object, object], path: str
) -> tuple[list[FieldText], list[Problem]]:
    found = [
        read_field(field=field, value=value.get(field.code), path=f"{path}{field.code}")
        for field in asked
    ]
    return found, [one.problem for one in found if one.problem is not None]


def _missing(found: Sequence[FieldText], path: str) -> list[Problem]:
    return [
        missing(field=one.field, path=f"{path}{one.field.code}")
        for one in found
        if one.field.required and one.blank
    ]


def _part_above_whole(found: Sequence[FieldText], path: str) -> list[Problem]:
    whole, part = found
    if any(one.blank or one.problem is not None for one in found):
        return []
    if int(part.text) <= int(whole.text):
        return []
    return [
        Problem(
            f"{path}{part.field.code}",
            f"{part.text} is more than the {whole.text} of “{whole.field.label}”.",
            f"Enter {whole.text} or less, or correct “{whole.field.label}”.",
        )
    ]


def _unknown_keys(value: Mapping[object, object], known: set[str], path: str) -> list[Problem]:
    unknown = [key for key in value if key not in known]
    return [
        Problem(
            f"{path}{cut(text=str(key)) or '(no name)'}",
            "This field is not part of the question.",
            "Remove it.",
        )
        for key in unknown[:MOST_UNKNOWN]
    ]


def _unreadable(path: str) -> Problem:
    return Problem(path, "The answer cannot be read.", "Enter it again on the question's page.")
