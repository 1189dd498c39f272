"""Carries an answer of the last round forward: a submission's content in, a proposed answer out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from duty.questions import Answer, AnswerField, AnswerState, AnswerType, Option, QuestionSpec
from duty.slots import Slot


@dataclass(frozen=True)
class CarriedLink:
    """A link that stood as evidence beside the answer."""

    url: str
    title: str
    pages: str


@dataclass(frozen=True)
class Carried:
    """What the last round says to a slot; `answer` is None where nothing can be taken over.

    said: sentences on what was left out, and why.
    """

    answer: Answer | None
    said: tuple[str, ...] = ()
    public_note: str = ""
    links: tuple[CarriedLink, ...] = ()


def carried(*, slot: Slot, content: Mapping[str, Any], boards: Collection[str]) -> Carried:
    """Return what of the last round's answer still answers the question of the same code.

    The type of answer must be the same. Choices and fields that no longer exist are left out, and
    that is said. An answer about one ICB follows that ICB alone, never one that came after it.

    Args:
        slot: what is asked now.
        content: the content of the last round's submission.
        boards: slugs of every ICB that is asked about now.

    Returns:
        The answer with its public note and links, or none.

    Source: the project's own rule.
    """
    asked_then = _question(content, slot.question.code)
    if asked_then is None or asked_then["derived"] or slot.question.derived:
        return Carried(None)
    answers = [one for one in asked_then["answers"] if one["state"]]
    if not answers:
        return Carried(None)
    if asked_then["answer_type"] != slot.question.answer_type.value:
        return Carried(None, ("The question is answered in another way than last time.",))
    found = next((one for one in answers if one["board"] == slot.board), None)
    if found is None:
        gone = [one["board_name"] for one in answers if one["board"] not in boards]
        return Carried(None, _about_other_boards(gone))
    return _of_answer(slot.question, asked_then, found)


def _of_answer(
    question: QuestionSpec, asked_then: Mapping[str, Any], found: Mapping[str, Any]
) -> Carried:
    said: tuple[str, ...] = ()
    value: dict[str, Any] | None = None
    if found["state"] == AnswerState.VALUE:
        stored = found["value"] if isinstance(found["value"], Mapping) else {}
        value, said = _value(question, stored, _labels(asked_then))
        if value is None:
            return Carried(None, said)
    return Carried(
        answer=Answer(
            state=found["state"],
            value=value,
            reason=found["reason"] or None,
            expected_date=found["expected_on"],
        ),
        said=said,
        public_note=found["public_note"],
        links=tuple(
            CarriedLink(url=one["url"], title=one["title"], pages=one["pages"])
            for one in found["evidence"]
            if one["kind"] == "link"
        ),
    )


def _value(
    question: QuestionSpec, stored: Mapping[str, Any], labels: Mapping[str, str]
) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    if question.options:
        return _chosen(question, stored, labels)
    if question.answer_type == AnswerType.TABLE:
        rows = [_fields(question.columns, row) for row in stored.get("rows") or ()]
        kept = {code for row in stored.get("rows") or () for code in row}
        return ({"rows": rows} if rows else None), _left_out(kept, question.columns)
    value = _fields(question.fields, stored)
    return (value if any(value.values()) else None), _left_out(set(stored), question.fields)


def _chosen(
    question: QuestionSpec, stored: Mapping[str, Any], labels: Mapping[str, str]
) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    several = question.answer_type == AnswerType.MULTI_CHOICE
    codes = list(stored.get("options") or ()) if several else [stored.get("option")]
    by_code = {option.code: option for option in question.options}
    said = tuple(
        f"“{labels.get(code, code)}” is no longer one of the choices."
        for code in codes
        if code and code not in by_code
    )
    chosen = [by_code[code] for code in codes if code in by_code]
    if not chosen:
        return None, said
    asked = [follow_up for option in chosen for follow_up in option.follow_ups]
    value: dict[str, Any] = _fields(asked, stored)
    value |= {"options": [o.code for o in chosen]} if several else {"option": chosen[0].code}
    if _reasoned(chosen) and stored.get("reason"):
        value["reason"] = stored["reason"]
    known = {"option", "options", "reason"}
    if not said:
        said = _left_out({code for code in stored if stored[code]} - known, asked)
    return value, said


def _reasoned(chosen: Collection[Option]) -> bool:
    return any(option.reason_required for option in chosen)


def _fields(asked: Collection[AnswerField], stored: Mapping[str, Any]) -> dict[str, Any]:
    return {field.code: stored[field.code] for field in asked if stored.get(field.code)}


def _left_out(codes: Collection[str], asked: Collection[AnswerField]) -> tuple[str, ...]:
    if set(codes) <= {field.code for field in asked}:
        return ()
    return ("A part of the answer that is no longer asked for was left out.",)


def _about_other_boards(names: Collection[str]) -> tuple[str, ...]:
    if not names:
        return ()
    sentence = (
        f"Last time you answered about {' and '.join(names)}, which this round does not ask about. "
        "What you said of one ICB is not taken for another."
    )
    return (sentence,)


def _question(content: Mapping[str, Any], code: str) -> Mapping[str, Any] | None:
    return next(
        (
            question
            for section in content["sections"]
            for question in section["questions"]
            if question["code"] == code
        ),
        None,
    )


def _labels(question: Mapping[str, Any]) -> dict[str, str]:
    return {option["code"]: option["label"] for option in question["options"]}
