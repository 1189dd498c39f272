"""What the form of a draft's question shows of one that is stored."""

from typing import Any

from duty.forms.question_draft import ALWAYS
from duty.forms.question_rows import row_of_field, row_of_option
from duty.questions import QuestionSpec


def initial_of_question(*, question: QuestionSpec) -> dict[str, Any]:
    """Return what the form shows of a question."""
    rule = question.condition
    shown: dict[str, Any] = {
        "code": question.code,
        "text": question.text,
        "help": question.help,
        "answer_type": question.answer_type.value,
        "theory_of_change": question.theory_of_change.value,
        "floor": question.floor,
        "concurrent": question.concurrent,
        "record_source": question.record_source.value if question.record_source else "",
        "word_limit": question.word_limit,
        "options": [row_of_option(option=option) for option in question.options],
        "follow_ups": [
            {"option": option.code, **row_of_field(field=field)}
            for option in question.options
            for field in option.follow_ups
        ],
        "columns": [row_of_field(field=field) for field in question.columns],
        "evidence": question.evidence.need.value,
        "evidence_subject": question.evidence.subject or "",
        "asked_when": rule.question if rule else ALWAYS,
        "types": list(question.applies_to.types),
        "tiers": list(question.applies_to.tiers),
        "first_year": question.applies_to.first_year.value,
    }
    if rule:
        shown[f"opens_{rule.question}"] = list(rule.options)
    return shown
