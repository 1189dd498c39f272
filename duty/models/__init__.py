"""The models, one module a noun."""

from duty.models.document import DocumentState, ReturnDocument
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
from duty.models.specification import Question, Section, Specification, TheoryOfChange
from duty.models.submission import Declaration, Submission

__all__ = [
    "WRITABLE_STATES",
    "Answer",
    "AnswerState",
    "Declaration",
    "DocumentState",
    "DutyReturn",
    "Evidence",
    "EvidenceKind",
    "ExpectedReturn",
    "Question",
    "ReturnDocument",
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
]
