"""The models, one module a noun."""

from duty.models.duty_return import (
    WRITABLE_STATES,
    Answer,
    AnswerState,
    DutyReturn,
    ReturnEvent,
    ReturnSection,
    ReturnState,
    SectionMark,
)
from duty.models.evidence import Evidence, EvidenceFile, EvidenceKind
from duty.models.link_check import LinkCheck, LinkState
from duty.models.round import ExpectedReturn, Round, RoundHappening, RoundState
from duty.models.specification import Question, Section, Specification, TheoryOfChange
from duty.models.submission import Declaration, Submission

__all__ = [
    "WRITABLE_STATES",
    "Answer",
    "AnswerState",
    "Declaration",
    "DutyReturn",
    "Evidence",
    "EvidenceFile",
    "EvidenceKind",
    "ExpectedReturn",
    "LinkCheck",
    "LinkState",
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
]
