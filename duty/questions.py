"""What a duty specification asks: questions, their answer types, and the shape of an answer."""

from dataclasses import dataclass
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
class QuestionSpec:
    """One question of a specification's version."""

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
    record_source: RecordSource | None = None

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
        return self.floor and not self.derived

    @property
    def fields(self) -> tuple[AnswerField, ...]:
        """The fields of one record of the answer; none for choices and derived answers."""
        if self.answer_type in _LONG_TEXT:
            return (AnswerField("text", "Answer", FieldType.LONG_TEXT, False, self.word_limit),)
        if self.answer_type in _SINGLE:
            code, label, field_type = _SINGLE[self.answer_type]
            return (AnswerField(code, label, field_type),)
        return self.columns


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
