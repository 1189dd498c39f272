"""What a duty specification asks: questions, their answer types, and the shape of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class TheoryOfChange(StrEnum):
    """The stage of the theory of change that a question is about."""

    INPUT = "input"
    PROCESS = "process"
    OUTPUT = "output"
    OUTCOME = "outcome"


class AnswerType(StrEnum):
    """How a question is answered; the value's shape stands beside each.

    Every value is a JSON object. Fields hold text as typed; numbers are accepted too.
    """

    TEXT = "text"  # {"text": "..."}
    CHOICE = "choice"  # {"option": code, "reason": "...", <follow-up>: "..."}
    MULTI_CHOICE = "multi_choice"  # {"options": [code, ...], <follow-up>: "..."}
    DECIMAL = "decimal"  # {"number": "2.5"}
    TWO_INTEGERS = "two_integers"  # {<first column>: "4", <second column>: "2"}
    DATE = "date"  # {"date": "2026-11-23"}
    LINK = "link"  # {"link": "https://..."}
    PERSON = "person"  # {<column>: "..."}
    TABLE = "table"  # {"rows": [{<column>: "..."}, ...]}
    REVIEW = "review"  # {<column>: "..."}
    PER_PAIR_TEXT = "per_pair_text"  # {"pairs": {<pair key>: {"text": "..."}}}
    PER_PAIR_CHOICE = "per_pair_choice"  # {"pairs": {<pair key>: a choice}}
    DERIVED = "derived"  # {"lines": [{"label": "...", "text": "..."}], "met": true | false | null}
    DERIVED_PER_PAIR = "derived_per_pair"  # as derived


class FieldType(StrEnum):
    """What one field of an answer, or one column of a table, holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    LINK = "link"
    YES_NO = "yes_no"
    YEAR = "year"


class EvidenceNeed(StrEnum):
    """When an answer must have evidence."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"
    REQUIRED_IF = "required_if"
    REQUIRED_IF_ANY = "required_if_any"
    REQUIRED_IF_OVER_ZERO = "required_if_over_zero"
    REQUIRED_IF_ANSWERED = "required_if_answered"


class FirstYear(StrEnum):
    """What is asked of an authority in the first year after it was established."""

    ASKED = "asked"
    NOT_REQUIRED = "not_required"
    NOT_ASKED = "not_asked"


class AnswerState(StrEnum):
    """What an answer says; blank is none of these, it is unanswered."""

    VALUE = "value"
    NOT_APPLICABLE = "not_applicable"
    NO_EVIDENCE = "no_evidence"
    NOT_YET_KNOWN = "not_yet_known"


class RecordSource(StrEnum):
    """Which of an authority's standing records an answer may be taken from."""

    STRATEGY = "strategy"
    STRATEGY_REVIEW = "strategy_review"
    STRATEGY_PROGRESS = "strategy_progress"
    IMPACT_ASSESSMENTS = "impact_assessments"
    POSTS = "posts"
    JOINT_POSTS = "joint_posts"
    FUNDING = "funding"
    JOINT_FUNDING = "joint_funding"
    AGREEMENT = "agreement"
    AGREEMENT_THEMES = "agreement_themes"
    AGREEMENT_ROLES = "agreement_roles"


@dataclass(frozen=True)
class AnswerField:
    """One field of an answer. The word limit holds for long text only."""

    code: str
    label: str
    type: FieldType
    required: bool = False
    word_limit: int | None = None


@dataclass(frozen=True)
class Option:
    """One option of a choice, and what choosing it brings with it."""

    code: str
    label: str
    exclusive: bool = False
    reason_required: bool = False
    meets_floor: bool = False
    follow_ups: tuple[AnswerField, ...] = ()


@dataclass(frozen=True)
class EvidenceRule:
    """When evidence is needed; the subject is an option's or a field's code where one is named."""

    need: EvidenceNeed
    subject: str | None = None


@dataclass(frozen=True)
class Condition:
    """Ask only if another question is answered with one of these of its options."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class AppliesTo:
    """Of which authorities a question is asked; no types or no tiers named are all of them."""

    types: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    first_year: FirstYear = FirstYear.ASKED


@dataclass(frozen=True)
class Holder:
    """What decides which questions an authority is asked; an empty type or tier is not known."""

    type: str
    tier: str
    first_year: bool


@dataclass(frozen=True)
class QuestionSpec:
    """One question of a specification's version.

    concurrent: it is about what rests with councils or is held concurrently.
    relaxed: the authority is in its first year, and the question is not required of it yet. Never
        stored: `questions_for` says it.
    """

    specification: str
    code: str
    order: int
    theory_of_change: TheoryOfChange
    floor: bool
    text: str
    help: str
    answer_type: AnswerType
    options: tuple[Option, ...]
    columns: tuple[AnswerField, ...]
    word_limit: int | None
    evidence: EvidenceRule
    condition: Condition | None = None
    applies_to: AppliesTo = AppliesTo()
    concurrent: bool = False
    relaxed: bool = False
    record_source: RecordSource | None = None

    @property
    def counts_for_floor(self) -> bool:
        """Whether the authority is measured by it: never on what rests with councils."""
        return self.floor and not (self.concurrent or self.relaxed)

    @property
    def per_pair(self) -> bool:
        """Whether it is answered once for each pair."""
        return self.answer_type in _PER_PAIR

    @property
    def derived(self) -> bool:
        """Whether the answer is read from elsewhere and never typed in."""
        return self.answer_type in _DERIVED

    @property
    def required(self) -> bool:
        """Whether a section cannot be completed without it: the floor's questions are."""
        return self.counts_for_floor and not self.derived

    @property
    def fields(self) -> tuple[AnswerField, ...]:
        """The fields of one record of the answer; none for choices and derived answers."""
        if self.answer_type in _LONG_TEXT:
            return (AnswerField("text", "Answer", FieldType.LONG_TEXT, False, self.word_limit),)
        if self.answer_type in _SINGLE:
            code, label, field_type = _SINGLE[self.answer_type]
            return (AnswerField(code, label, field_type),)
        return self.columns


def questions_for(*, questions: Sequence[QuestionSpec], holder: Holder) -> tuple[QuestionSpec, ...]:
    """Return what an authority is asked, with what is expected of it in its first year.

    Args:
        questions: all questions of a version, in their order.
        holder: the authority; where its type or tier is not known, nothing is left out for that.

    Returns:
        The questions that apply, in the same order.

    Source: the project's own rule: expectations in proportion to type, tier and age.
    """
    found = []
    for question in questions:
        rule = question.applies_to
        if rule.types and holder.type and holder.type not in rule.types:
            continue
        if rule.tiers and holder.tier and holder.tier not in rule.tiers:
            continue
        if not holder.first_year or rule.first_year == FirstYear.ASKED:
            found.append(question)
        elif rule.first_year == FirstYear.NOT_REQUIRED:
            found.append(replace(question, relaxed=True))
    return tuple(found)


def in_first_year(*, opened_on: date | None, day: date) -> bool:
    """Return whether an authority is in its first year.

    Args:
        opened_on: the day on which it was established; None while it is only planned.
        day: the round's day of bodies and areas.

    Returns:
        True until the day before the first anniversary; an authority of 29 February has its
        first on 1 March.

    Source: the project's own rule.
    """
    if opened_on is None:
        return True
    try:
        anniversary = opened_on.replace(year=opened_on.year + 1)
    except ValueError:
        anniversary = date(opened_on.year + 1, 3, 1)
    return day < anniversary


@dataclass(frozen=True)
class Answer:
    """An answer as it was given; `value` is any JSON and is not trusted."""

    state: str = AnswerState.VALUE
    value: object = None
    reason: str | None = None
    expected_date: str | None = None


@dataclass(frozen=True)
class Problem:
    """What is wrong with an answer: where, what, and what to do.

    field: a dotted path into the value, such as text, rows.2.amount (rows count from 1) or
        pairs.<key>.reason; 'answer' for the whole, 'evidence' for its evidence.
    """

    field: str
    message: str
    fix: str


_PER_PAIR = frozenset(
    {AnswerType.PER_PAIR_TEXT, AnswerType.PER_PAIR_CHOICE, AnswerType.DERIVED_PER_PAIR}
)
_DERIVED = frozenset({AnswerType.DERIVED, AnswerType.DERIVED_PER_PAIR})
_LONG_TEXT = frozenset({AnswerType.TEXT, AnswerType.PER_PAIR_TEXT})
_SINGLE = {
    AnswerType.DECIMAL: ("number", "Number", FieldType.DECIMAL),
    AnswerType.DATE: ("date", "Date", FieldType.DATE),
    AnswerType.LINK: ("link", "Link", FieldType.LINK),
}
