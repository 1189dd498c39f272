"""The models, one module a noun."""

from duty.models.duty_return import (
    WRITABLE_STATES,
    Answer,
    AnswerState,
    DutyReturn,
    Evidence,
    EvidenceKind,
    ReturnEvent,
    ReturnSection,
    ReturnState,
    SectionMark,
)
from duty.models.round import ExpectedReturn, Round, RoundHappening, RoundState
from duty.models.soft_warning import WarningDecision
from duty.models.specification import Question, Section, Specification, TheoryOfChange
from duty.models.submission import Declaration, Submission
from duty.models.unsent import UnsentText

__all__ = [
    "WRITABLE_STATES",
    "Answer",
    "AnswerState",
    "Declaration",
    "DutyReturn",
    "Evidence",
    "EvidenceKind",
    "ExpectedReturn",
    "Question",
    "ReturnEvent",
    "ReturnSection",
    "ReturnState",
    "Round",
    "RoundHappening",
    "RoundState",
    "Section",
    "SectionMark",
    "Specification",
    "Submission",
    "TheoryOfChange",
    "UnsentText",
    "WarningDecision",
]
