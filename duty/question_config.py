"""Turns a question into what is stored beside its text, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from duty.questions import (
    AnswerField,
    AnswerType,
    AppliesTo,
    Condition,
    EvidenceNeed,
    EvidenceRule,
    FieldType,
    FirstYear,
    Option,
    QuestionSpec,
    RecordSource,
    TheoryOfChange,
)

# Not part of what is asked: a published question may lack it, and be loaded again with it.
RECORD_SOURCE = "record_source"


def config_of(*, question: QuestionSpec) -> dict[str, Any]:
    """Return what a question's type needs, as plain JSON.

    Args:
        question: a question of a specification.

    Returns:
        Help, options, columns, word limit and evidence rule; `question_of` reads it. When and of
        whom it is asked, and the standing records that it may be taken from, only where that is
        not always, all and none, so that versions without such rules stay as they were stored.

    Source: the project's own shape.
    """
    config: dict[str, Any] = {
        "help": question.help,
        "options": [
            {
                "code": option.code,
                "label": option.label,
                "exclusive": option.exclusive,
                "reason_required": option.reason_required,
                "meets_floor": option.meets_floor,
                "follow_ups": _fields_out(option.follow_ups),
            }
            for option in question.options
        ],
        "columns": _fields_out(question.columns),
        "word_limit": question.word_limit,
        "evidence": {"need": question.evidence.need.value, "subject": question.evidence.subject},
        **({RECORD_SOURCE: question.record_source.value} if question.record_source else {}),
    }
    if question.condition is not None:
        config["condition"] = {
            "question": question.condition.question,
            "options": list(question.condition.options),
        }
    if question.applies_to != AppliesTo():
        config["applies_to"] = {
            "types": list(question.applies_to.types),
            "tiers": list(question.applies_to.tiers),
            "first_year": question.applies_to.first_year.value,
        }
    if question.concurrent:
        config["concurrent"] = True
    return config


def question_of(
    *,
    specification: str,
    code: str,
    order: int,
    theory_of_change: str,
    floor: bool,
    text: str,
    answer_type: str,
    config: Mapping[str, Any],
) -> QuestionSpec:
    """Return a stored question as the rules know it.

    Args:
        specification: the section that it stands in.
        code: its code, such as CO3.
        order: its place in the section.
        theory_of_change: a stage by its code.
        floor: whether it belongs to the minimum floor.
        text: what is asked.
        answer_type: a type by its code.
        config: what `config_of` gave.

    Returns:
        The question.

    Raises:
        KeyError: the config lacks a part.
        ValueError: a type or a stage is not known.

    Source: the project's own shape.
    """
    rule = config["evidence"]
    return QuestionSpec(
        specification=specification,
        code=code,
        order=order,
        theory_of_change=TheoryOfChange(theory_of_change),
        floor=floor,
        text=text,
        help=config["help"],
        answer_type=AnswerType(answer_type),
        options=tuple(
            Option(
                code=option["code"],
                label=option["label"],
                exclusive=option["exclusive"],
                reason_required=option["reason_required"],
                meets_floor=option["meets_floor"],
                follow_ups=_fields_in(option["follow_ups"]),
            )
            for option in config["options"]
        ),
        columns=_fields_in(config["columns"]),
        word_limit=config["word_limit"],
        evidence=EvidenceRule(need=EvidenceNeed(rule["need"]), subject=rule["subject"]),
        condition=_condition_in(config.get("condition")),
        applies_to=_applies_to_in(config.get("applies_to")),
        concurrent=config.get("concurrent", False),
        record_source=RecordSource(config[RECORD_SOURCE]) if config.get(RECORD_SOURCE) else None,
    )


def _condition_in(stored: Mapping[str, Any] | None) -> Condition | None:
    if stored is None:
        return None
    return Condition(question=stored["question"], options=tuple(stored["options"]))


def _applies_to_in(stored: Mapping[str, Any] | None) -> AppliesTo:
    if stored is None:
        return AppliesTo()
    return AppliesTo(
        types=tuple(stored["types"]),
        tiers=tuple(stored["tiers"]),
        first_year=FirstYear(stored["first_year"]),
    )


def _fields_out(fields: Sequence[AnswerField]) -> list[dict[str, Any]]:
    return [
        {
            "code": field.code,
            "label": field.label,
            "type": field.type.value,
            "required": field.required,
            "word_limit": field.word_limit,
        }
        for field in fields
    ]


def _fields_in(stored: Sequence[Mapping[str, Any]]) -> tuple[AnswerField, ...]:
    return tuple(
        AnswerField(
            code=field["code"],
            label=field["label"],
            type=FieldType(field["type"]),
            required=field["required"],
            word_limit=field["word_limit"],
        )
        for field in stored
    )
