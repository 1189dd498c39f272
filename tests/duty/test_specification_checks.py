"""What stands in the way of publishing a version, rule by rule."""

from dataclasses import replace
from typing import Any

import pytest

from duty.models import Section
from duty.questions import (
    AnswerField,
    AnswerType,
    Condition,
    EvidenceNeed,
    EvidenceRule,
    FieldType,
    Option,
    QuestionSpec,
)
from duty.specification_checks import condition_problems, question_problems, version_problems
from tests.factories.duty import version_one

ASKED = {question.code: question for question in version_one()}
TITLES = {code: code for code in Section.values}
CHOICE, SEVERAL, TEXT, TABLE, NUMBERS = (
    ASKED[code] for code in ("ST1", "CO4", "ST2", "CO6", "ST5")
)
YES, NO = Option("yes", "Yes", meets_floor=True), Option("no", "No")


def without(question: QuestionSpec, **change: Any) -> QuestionSpec:
    return replace(question, **change)


def test_version_one_can_be_published() -> None:
    assert version_problems(questions=version_one(), sections=TITLES) == ()


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (without(TEXT, code="st2"), "code"),
        (without(TEXT, code=""), "code"),
        (without(TEXT, text="  "), "text"),
        (without(TEXT, word_limit=None), "word_limit"),
        (without(TEXT, word_limit=0), "word_limit"),
        (without(TEXT, word_limit=2001), "word_limit"),
        (without(TEXT, concurrent=True), "floor"),
        (without(TEXT, options=(YES, NO)), "options"),
        (without(CHOICE, options=()), "options"),
        (without(CHOICE, options=(YES,)), "options"),
        (without(CHOICE, options=(YES, YES)), "options"),
        (without(CHOICE, options=(YES, replace(NO, code="No!"))), "options"),
        (without(CHOICE, options=(YES, replace(NO, exclusive=True))), "options"),
        (without(CHOICE, options=(replace(YES, meets_floor=False), NO)), "options"),
        (without(SEVERAL, options=(YES, replace(NO, reason_required=True))), "options"),
        (
            without(SEVERAL, options=(replace(YES, exclusive=True), replace(NO, exclusive=True))),
            "options",
        ),
        (
            without(
                CHOICE,
                options=(
                    replace(YES, follow_ups=(AnswerField("reason", "Why", FieldType.TEXT),)),
                    NO,
                ),
            ),
            "follow_ups",
        ),
        (without(TABLE, columns=()), "columns"),
        (without(TABLE, columns=TABLE.columns[:1] * 2), "columns"),
        (without(NUMBERS, columns=TABLE.columns[:2]), "columns"),
        (without(TEXT, columns=TABLE.columns), "columns"),
        (
            without(CHOICE, evidence=EvidenceRule(EvidenceNeed.REQUIRED_IF, "maybe")),
            "evidence_subject",
        ),
        (
            without(NUMBERS, evidence=EvidenceRule(EvidenceNeed.REQUIRED_IF_OVER_ZERO, "none")),
            "evidence_subject",
        ),
        (
            without(TEXT, evidence=EvidenceRule(EvidenceNeed.OPTIONAL, "adopted")),
            "evidence_subject",
        ),
        (without(TEXT, answer_type=AnswerType.DERIVED, word_limit=None), "answer_type"),
    ],
)
def test_a_question_says_which_part_of_it_is_wrong(question: QuestionSpec, field: str) -> None:
    assert field in {part for part, _ in question_problems(question=question)}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Condition("HT1", ("yes",)), "does not stand before it"),
        (Condition("ST2", ("yes",)), "does not stand before it"),
        (Condition("CO1", ("yes",)), "has no options"),
        (Condition("ST1", ()), "Choose which answers"),
        (Condition("ST1", ("adopted", "gone")), "no option gone"),
    ],
)
def test_a_condition_points_backward_to_an_option(rule: Condition, words: str) -> None:
    waiting = replace(TEXT, condition=rule)

    found = condition_problems(question=waiting, earlier=[ASKED["CO1"], CHOICE])

    assert len(found) == 1
    assert words in found[0]


def test_two_questions_cannot_wait_for_each_other() -> None:
    ring = [
        replace(CHOICE, condition=Condition("ST6", ("housing",))),
        replace(ASKED["ST6"], condition=Condition("ST1", ("adopted",))),
    ]
    questions = [one for one in version_one() if one.code not in ("ST1", "ST6")] + ring

    found = version_problems(questions=questions, sections=TITLES)

    assert [one.code for one in found] == ["ST1"]


def test_each_section_needs_a_question_and_each_code_is_used_once() -> None:
    questions = [one for one in version_one() if one.specification != "strategy"]
    doubled = replace(questions[0], order=900)

    found = version_problems(questions=[*questions, doubled], sections=TITLES)

    assert [(one.section, one.code) for one in found] == [
        ("strategy", ""),
        (doubled.specification, doubled.code),
    ]
