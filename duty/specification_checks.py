"""What must be so before a specification is published, question by question.

The form of a question asks the same rules of one question; publication asks them of all.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duty.questions import (
    AnswerField,
    AnswerType,
    EvidenceNeed,
    FieldType,
    QuestionSpec,
)

CHOICES = frozenset({AnswerType.CHOICE, AnswerType.MULTI_CHOICE, AnswerType.PER_PAIR_CHOICE})
WITH_COLUMNS = frozenset(
    {AnswerType.TABLE, AnswerType.PERSON, AnswerType.REVIEW, AnswerType.TWO_INTEGERS}
)
WITH_LIMIT = frozenset({AnswerType.TEXT, AnswerType.PER_PAIR_TEXT})
WITH_SUBJECT = frozenset({EvidenceNeed.REQUIRED_IF, EvidenceNeed.REQUIRED_IF_OVER_ZERO})
# What the site reads elsewhere, by the code of the question: see `duty.queries.derived`.
DERIVED_CODES = frozenset({"OF1", "OF2", "OF3", "OF6"})
MOST_WORDS = 2000
# Keys of a choice's value, which a follow-up may not take.
_TAKEN = frozenset({"option", "options", "reason"})
_PART_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_QUESTION_CODE = re.compile(r"[A-Z][A-Z0-9]{0,11}")

Problems = list[tuple[str, str]]


@dataclass(frozen=True)
class VersionProblem:
    """What stands in the way of publication: where, and what to do.

    code: the question's; empty for what is wrong with a whole section.
    """

    section: str
    code: str
    message: str


def question_problems(*, question: QuestionSpec) -> tuple[tuple[str, str], ...]:
    """Return what is wrong with a question alone.

    Args:
        question: as it is drafted.

    Returns:
        Parts of the question, such as code, options or evidence_subject, each with a sentence.

    Source: the project's own rules, as `duty.specification_file` has them for version 1.
    """
    found: Problems = []
    if not _QUESTION_CODE.fullmatch(question.code):
        found.append(
            ("code", "Use capital letters and numbers, at most 12, such as CO3, for the code")
        )
    if not question.text.strip():
        found.append(("text", "Enter what is asked"))
    if question.derived and question.code not in DERIVED_CODES:
        found.append(
            (
                "answer_type",
                (
                    "The site reads an answer only for the questions "
                    f"{', '.join(sorted(DERIVED_CODES))}. Choose another kind of answer"
                ),
            )
        )
    if question.floor and question.concurrent:
        found.append(
            (
                "floor",
                (
                    "What rests with councils or is held concurrently cannot be of the minimum "
                    "floor. Choose one of the two"
                ),
            )
        )
    return (
        *found,
        *_limit_problems(question),
        *_option_problems(question),
        *_follow_up_problems(question),
        *_column_problems(question),
        *_evidence_problems(question),
    )


def condition_problems(
    *, question: QuestionSpec, earlier: Sequence[QuestionSpec]
) -> tuple[str, ...]:
    """Return what is wrong with when a question is asked.

    Args:
        question: as it is drafted.
        earlier: the questions that stand before it in the return.

    Returns:
        Sentences; none where it is always asked.

    Source: the project's own rule: a condition points backward, so none can wait for itself.
    """
    rule = question.condition
    if rule is None:
        return ()
    opener = next((one for one in earlier if one.code == rule.question), None)
    if opener is None:
        return (
            (
                f"It waits for question {rule.question}, which does not stand before it. Choose an "
                "earlier question"
            ),
        )
    known = {option.code for option in opener.options}
    if not known:
        return (f"It waits for question {rule.question}, which has no options to choose from",)
    if not rule.options:
        return (f"Choose which answers to question {rule.question} open it",)
    if unknown := [code for code in rule.options if code not in known]:
        return (f"Question {rule.question} has no option {', '.join(unknown)}. Choose again",)
    return ()


def version_problems(
    *, questions: Sequence[QuestionSpec], sections: Mapping[str, str]
) -> tuple[VersionProblem, ...]:
    """Return what stands in the way of publishing a version.

    Args:
        questions: all of them.
        sections: titles by code, in the order of the return.

    Returns:
        Problems in the order of the return; none where it can be published.

    Source: the project's own rules.
    """
    ordered = in_order(questions=questions, sections=tuple(sections))
    found = [
        VersionProblem(code, "", f"“{title}” has no question. Add one")
        for code, title in sections.items()
        if not any(question.specification == code for question in ordered)
    ]
    for place, question in enumerate(ordered):
        earlier = ordered[:place]
        said = [message for _, message in question_problems(question=question)]
        said += condition_problems(question=question, earlier=earlier)
        if any(one.code == question.code for one in earlier):
            said.append("Another question has this code. Use each once")
        found += [
            VersionProblem(question.specification, question.code, message) for message in said
        ]
    return tuple(found)


def in_order(
    *, questions: Sequence[QuestionSpec], sections: Sequence[str]
) -> tuple[QuestionSpec, ...]:
    """Return questions in the order in which a return asks them.

    Args:
        questions: in any order.
        sections: codes in the order of the return.

    Returns:
        By section, then by their place in it.

    Source: the project's own rule.
    """
    places = {code: place for place, code in enumerate(sections)}
    return tuple(sorted(questions, key=lambda one: (places[one.specification], one.order)))


def _limit_problems(question: QuestionSpec) -> Problems:
    limit = question.word_limit
    if question.answer_type in WITH_LIMIT and limit is None:
        return [("word_limit", "Enter how many words an answer may have, such as 300")]
    if limit is not None and not 1 <= limit <= MOST_WORDS:
        return [("word_limit", f"The word limit must be between 1 and {MOST_WORDS:,}")]
    return []


def _option_problems(question: QuestionSpec) -> Problems:
    options = question.options
    if question.answer_type not in CHOICES:
        return [("options", "This kind of answer has no options. Empty them")] if options else []
    found: Problems = []
    if len(options) < 2:
        found.append(("options", "Enter at least two options"))
    found += [("options", text) for text in _codes_twice([one.code for one in options])]
    found += [
        ("options", f"“{one.code}” cannot be an option's code. Use small letters, such as not_yet")
        for one in options
        if not _PART_CODE.fullmatch(one.code)
    ]
    several = question.answer_type == AnswerType.MULTI_CHOICE
    if several and any(one.reason_required for one in options):
        found.append(
            ("options", "An answer of several options asks no reason. Use a further question")
        )
    if several and sum(one.exclusive for one in options) > 1:
        found.append(("options", "Only one option can stand alone"))
    if not several and any(one.exclusive for one in options):
        found.append(("options", "Only an answer of several options has one that stands alone"))
    if question.counts_for_floor and not any(one.meets_floor for one in options):
        found.append(("options", "Say which options meet the minimum floor"))
    return found


def _follow_up_problems(question: QuestionSpec) -> Problems:
    fields = [field for option in question.options for field in option.follow_ups]
    found = [("follow_ups", text) for text in _codes_twice([one.code for one in fields])]
    found += [
        ("follow_ups", f"The code {one.code} is taken. Use another")
        for one in fields
        if one.code in _TAKEN
    ]
    return [*found, *(("follow_ups", text) for text in _field_problems(fields))]


def _column_problems(question: QuestionSpec) -> Problems:
    columns = question.columns
    if question.answer_type not in WITH_COLUMNS:
        return [("columns", "This kind of answer has no columns. Empty them")] if columns else []
    if not columns:
        return [("columns", "Enter at least one column")]
    found = [("columns", text) for text in _codes_twice([one.code for one in columns])]
    if (
        question.answer_type == AnswerType.TWO_INTEGERS
        and [one.type for one in columns] != [FieldType.INTEGER] * 2
    ):
        found.append(("columns", "Two whole numbers need two columns of whole numbers"))
    return [*found, *(("columns", text) for text in _field_problems(columns))]


def _evidence_problems(question: QuestionSpec) -> Problems:
    rule = question.evidence
    options = {one.code for one in question.options}
    numbers = {one.code for one in question.columns if one.type == FieldType.INTEGER}
    if rule.need not in WITH_SUBJECT:
        if rule.subject:
            return [("evidence_subject", "This rule about evidence names nothing. Empty it")]
        return []
    if rule.need == EvidenceNeed.REQUIRED_IF and rule.subject not in options:
        return [("evidence_subject", "Enter the code of one of the options")]
    if rule.need == EvidenceNeed.REQUIRED_IF_OVER_ZERO and rule.subject not in numbers:
        return [("evidence_subject", "Enter the code of a column of whole numbers")]
    return []


def _field_problems(fields: Sequence[AnswerField]) -> list[str]:
    return [
        f"“{one.code}” cannot be a code here. Use small letters, such as signed_on"
        for one in fields
        if not _PART_CODE.fullmatch(one.code)
    ]


def _codes_twice(codes: Sequence[str]) -> list[str]:
    twice = dict.fromkeys(code for code in codes if codes.count(code) > 1)
    return [f"{code} is there twice. Give each a code of its own" for code in twice]
