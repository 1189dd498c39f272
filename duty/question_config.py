"""Turns a question into what is stored beside its text, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

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

# Not part of what is asked: a published question may lack it, and be loaded again with it.
RECORD_SOURCE = "record_source"


def config_of(*, question: QuestionSpec) -> dict[str, Any]:
    """Return what a question's type needs, as plain JSON.

    Args:
        question: a question of a specification.

    Returns:
        Help, options, columns, word limit, evidence rule, and the standing records that it may be
        taken from where there are any; `question_of` reads it.

    Source: the project's own shape.
    """
    return {
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
        record_source=RecordSource(config[RECORD_SOURCE]) if config.get(RECORD_SOURCE) else None,
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
