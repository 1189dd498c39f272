"""Judges, counts and shows answers to a specification's questions.

An answer's value is untrusted JSON: nothing here raises on it. Blank means unanswered, which is
no problem of its own; what is missing is asked for when a section is completed.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from duty.answer_fields import cut, missing, read_field, show_field
from duty.answer_records import AnswerContent, AnswerRecord, read_content
from duty.questions import (
    Answer,
    AnswerField,
    AnswerState,
    AnswerType,
    EvidenceNeed,
    FieldType,
    Problem,
    QuestionSpec,
)

NOT_ANSWERED = "Not answered"
_REASON = AnswerField("reason", "Reason", FieldType.LONG_TEXT, word_limit=200)
_EXPECTED = AnswerField("expected_date", "Date by which it will be known", FieldType.DATE)
_STATE_WORDS = {
    AnswerState.NOT_APPLICABLE: "Not applicable",
    AnswerState.NO_EVIDENCE: "No evidence",
    AnswerState.NOT_YET_KNOWN: "Not yet known",
}
# A tuple, because a state from outside may be of a kind that no set can look up.
_STATES = tuple(AnswerState)
_WHEN_ANSWERED = frozenset(
    {EvidenceNeed.REQUIRED, EvidenceNeed.REQUIRED_IF_ANY, EvidenceNeed.REQUIRED_IF_ANSWERED}
)


class FloorMet(StrEnum):
    """Whether the minimum floor is met; 'not answered' is not 'no'."""

    YES = "yes"
    NO = "no"
    NOT_ANSWERED = "not answered"


def check_answer(
    *, question: QuestionSpec, answer: Answer, evidence_count: int, pairs: Sequence[str] = ()
) -> tuple[Problem, ...]:
    """Return everything that is wrong with an answer, or nothing.

    Args:
        question: what is asked.
        answer: what was given; its value is any JSON.
        evidence_count: pieces of evidence beside the answer, 0 or more.
        pairs: keys of the pairs that a per-pair question is about; without them the answer's own
            keys are taken, as suits a draft.

    Returns:
        Problems in the order of the fields, the one about evidence last. Nothing for an answer
        that is blank, and for the evidence of an answer that says it has none.

    Source: the project's own rules, specification version 1.
    """
    if answer.state not in _STATES:
        return (
            Problem("answer", "We do not know what this answer says.", "Choose how you answer."),
        )
    if answer.state != AnswerState.VALUE:
        return _without_value(answer)
    if question.derived:
        if answer.value is None:
            return ()
        return (
            Problem(
                "answer",
                "This answer is read from the outcomes frameworks and cannot be typed in.",
                "Change the framework instead.",
            ),
        )
    content = read_content(question=question, value=answer.value, pairs=pairs)
    if _evidence_missing(question, content) and evidence_count < 1:
        lacking = Problem("evidence", "This answer needs evidence.", "Add a link or a file.")
        return (*content.problems, lacking)
    return content.problems


def is_answered(
    *, question: QuestionSpec, answer: Answer | None, pairs: Sequence[str] = ()
) -> bool:
    """Return whether a question has an answer, right or wrong.

    Args:
        question: what is asked.
        answer: what was given, if anything.
        pairs: keys of the pairs that a per-pair question is about; each needs its part.

    Returns:
        True for a value that is not blank, and for 'not applicable', 'no evidence' and 'not yet
        known'.

    Source: the project's own rule.
    """
    if answer is None:
        return False
    if answer.state != AnswerState.VALUE:
        return answer.state in _STATES
    if question.derived:
        return isinstance(answer.value, Mapping) and bool(answer.value)
    content = read_content(question=question, value=answer.value, pairs=pairs)
    if question.per_pair:
        return bool(content.records) and set(pairs) <= {record.key for record in content.records}
    return not content.blank


def floor_met(
    *, questions: Sequence[QuestionSpec], answers: Mapping[str, Answer], pairs: Sequence[str] = ()
) -> FloorMet:
    """Return whether a specification's minimum floor is met.

    Each floor question is met, unmet or not answered. A choice is met by the options that the
    specification names; with several pairs, when each pair is met. Any other answer is met when
    it is valid. Derived answers say so themselves. 'No evidence' is unmet, 'not yet known' is not
    answered, 'not applicable' leaves the question out. Evidence plays no part here, and neither
    does a question on what rests with councils, or one that is not required yet.

    Args:
        questions: the questions of one specification.
        answers: by question code.
        pairs: keys of the pairs that per-pair questions are about.

    Returns:
        No when any floor question is unmet, else not answered when any has no valid answer, or
        none counts; else yes.

    Source: the project's own rule, specification version 1. Shown beside the narrative, never
        mixed with it.
    """
    found = [
        one
        for question in questions
        if question.counts_for_floor
        and (one := _question_met(question, answers.get(question.code), pairs)) is not None
    ]
    if FloorMet.NO in found:
        return FloorMet.NO
    if FloorMet.NOT_ANSWERED in found or not found:
        return FloorMet.NOT_ANSWERED
    return FloorMet.YES


def display_answer(
    *,
    question: QuestionSpec,
    answer: Answer | None,
    pair_names: Mapping[str, str] | None = None,
) -> tuple[tuple[str, str], ...]:
    """Return an answer as lines of label and text, for checking and for snapshots.

    Args:
        question: what is asked.
        answer: what was given, if anything; a wrong value is shown as typed.
        pair_names: the name of each pair by its key; a key without a name is shown itself.

    Returns:
        At least one line; 'Not answered' when there is nothing to show.

    Source: GOV.UK Design System, check answers.
    """
    if answer is None or answer.state not in _STATES:
        return (("Answer", NOT_ANSWERED),)
    if answer.state != AnswerState.VALUE:
        return _show_without_value(answer)
    if question.derived:
        return _show_derived(answer.value)
    content = read_content(question=question, value=answer.value)
    names = pair_names or {}
    lines: list[tuple[str, str]] = []
    for number, record in enumerate(content.records, start=1):
        prefix = ""
        if question.per_pair:
            prefix = names.get(record.key) or cut(text=record.key)
        elif question.answer_type == AnswerType.TABLE:
            # Blank rows are dropped, so rows are counted anew.
            prefix = f"Row {number}"
        lines += _show_record(record, prefix)
    return tuple(lines) or (("Answer", NOT_ANSWERED),)


def _without_value(answer: Answer) -> tuple[Problem, ...]:
    reason = read_field(field=_REASON, value=answer.reason, path="reason")
    expected = read_field(field=_EXPECTED, value=answer.expected_date, path="expected_date")
    problems = [reason.problem] if reason.problem is not None else []
    if answer.state == AnswerState.NOT_APPLICABLE and reason.blank:
        problems.append(
            Problem("reason", "“Not applicable” needs a reason.", "Say why it does not apply.")
        )
    if answer.state == AnswerState.NOT_YET_KNOWN:
        if expected.blank:
            problems.append(missing(field=_EXPECTED, path="expected_date"))
        elif expected.problem is not None:
            problems.append(expected.problem)
    return tuple(problems)


def _evidence_missing(question: QuestionSpec, content: AnswerContent) -> bool:
    rule = question.evidence
    if rule.need in _WHEN_ANSWERED:
        return bool(content.records)
    if rule.need == EvidenceNeed.REQUIRED_IF:
        chosen = {option.code for record in content.records for option in record.options}
        return rule.subject in chosen
    if rule.need == EvidenceNeed.REQUIRED_IF_OVER_ZERO:
        return any(
            found.field.code == rule.subject and found.problem is None and int(found.text or 0) > 0
            for record in content.records
            for found in record.fields
        )
    return False


def _question_met(
    question: QuestionSpec, answer: Answer | None, pairs: Sequence[str]
) -> FloorMet | None:
    if answer is not None and answer.state == AnswerState.NOT_APPLICABLE:
        return None
    if answer is not None and answer.state == AnswerState.NO_EVIDENCE:
        return FloorMet.NO
    if answer is None or answer.state != AnswerState.VALUE:
        return FloorMet.NOT_ANSWERED
    if question.derived:
        met = answer.value.get("met") if isinstance(answer.value, Mapping) else None
        return (
            {True: FloorMet.YES, False: FloorMet.NO}[met]
            if isinstance(met, bool)
            else (FloorMet.NOT_ANSWERED)
        )
    content = read_content(question=question, value=answer.value, pairs=pairs)
    # One pair that is known to fall short settles it, whatever is still blank.
    if any(
        record.options and not any(option.meets_floor for option in record.options)
        for record in content.records
    ):
        return FloorMet.NO
    if content.problems or not is_answered(question=question, answer=answer, pairs=pairs):
        return FloorMet.NOT_ANSWERED
    return FloorMet.YES


def _show_without_value(answer: Answer) -> tuple[tuple[str, str], ...]:
    lines = [("Answer", _STATE_WORDS[AnswerState(answer.state)])]
    reason = read_field(field=_REASON, value=answer.reason, path="reason")
    if reason.text:
        lines.append((_REASON.label, show_field(found=reason)))
    if answer.state == AnswerState.NOT_YET_KNOWN:
        expected = read_field(field=_EXPECTED, value=answer.expected_date, path="expected_date")
        lines.append((_EXPECTED.label, show_field(found=expected) or NOT_ANSWERED))
    return tuple(lines)


def _show_derived(value: object) -> tuple[tuple[str, str], ...]:
    found = value.get("lines") if isinstance(value, Mapping) else None
    lines = [
        (line["label"], line["text"])
        for line in (found if isinstance(found, list) else [])
        if isinstance(line, Mapping)
        and isinstance(line.get("label"), str)
        and isinstance(line.get("text"), str)
    ]
    return tuple(lines) or (("Answer", "Not available"),)


def _show_record(record: AnswerRecord, prefix: str) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    if record.options:
        lines.append((prefix or "Answer", ", ".join(option.label for option in record.options)))
    # A text for one pair reads better under the pair's name alone.
    alone = not record.options and len(record.fields) == 1
    for found in record.fields:
        if found.blank and found.field.type != FieldType.MONEY:
            continue
        label = found.field.label
        shown = prefix if alone and prefix else (f"{prefix}: {label}" if prefix else label)
        # An amount that nobody gave is not nought.
        lines.append((shown, "not known" if found.blank else show_field(found=found)))
    return lines
