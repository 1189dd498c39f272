"""When and of whom a question is asked, in words."""

from collections.abc import Sequence

from authorities.models import AuthorityTier, AuthorityType
from duty.questions import FirstYear, QuestionSpec
from duty.specification_words import CONCURRENT

NOT_REQUIRED = (
    "An authority in its first year does not have to answer this, and its minimum floor does not "
    "count it."
)
_FIRST_YEAR = {
    FirstYear.ASKED: "",
    FirstYear.NOT_REQUIRED: "In its first year an authority does not have to answer it.",
    FirstYear.NOT_ASKED: "It is not asked of an authority in its first year.",
}


def opens_words(*, question: QuestionSpec, questions: Sequence[QuestionSpec]) -> str:
    """Return which answer opens a question; empty where it is always asked."""
    rule = question.condition
    if rule is None:
        return ""
    opener = next((one for one in questions if one.code == rule.question), None)
    if opener is None:
        return f"It is asked only after question {rule.question}, which this return does not ask."
    labels = {option.code: option.label for option in opener.options}
    answers = " or ".join(f"“{labels.get(code, code)}”" for code in rule.options)
    return f"It is asked only if the answer to “{opener.text}” ({opener.code}) is {answers}."


def rule_words(*, question: QuestionSpec, questions: Sequence[QuestionSpec]) -> tuple[str, ...]:
    """Return what an officer should know of a question that is asked: why, and what it counts."""
    return tuple(
        words
        for words in (
            opens_words(question=question, questions=questions),
            CONCURRENT if question.concurrent else "",
            NOT_REQUIRED if question.relaxed and question.floor else "",
        )
        if words
    )


def applies_words(*, question: QuestionSpec) -> tuple[str, ...]:
    """Return of whom a question is asked, for those who write it; nothing where it is of all."""
    rule = question.applies_to
    types = [AuthorityType(code).label.lower() for code in rule.types]
    tiers = [AuthorityTier(code).label.lower() for code in rule.tiers]
    return tuple(
        words
        for words in (
            f"Asked only of these types: {', '.join(types)}." if types else "",
            f"Asked only of these tiers: {', '.join(tiers)}." if tiers else "",
            _FIRST_YEAR[rule.first_year],
        )
        if words
    )
