"""The models, one module a noun."""

from duty.models.agreement import (
    AgreementParty,
    AgreementRole,
    AgreementSignature,
    PartnershipAgreement,
)
from duty.models.agreement_document import AgreementDocument
from duty.models.document import DocumentState, ReturnDocument
from duty.models.duty_return import (
    WRITABLE_STATES,
    Answer,
    AnswerOrigin,
    AnswerState,
    DutyReturn,
    ReturnEvent,
    ReturnSection,
    ReturnState,
    SectionMark,
)
from duty.models.evidence import Evidence, EvidenceFile, EvidenceKind
from duty.models.link_check import LinkCheck, LinkState
from duty.models.round import (
    ExpectedReturn,
    Round,
    RoundHappening,
    RoundState,
    usual_reminder,
)
from duty.models.soft_warning import WarningDecision
from duty.models.specification import Question, Section, Specification, TheoryOfChange
from duty.models.standing_record import (
    DutyFunding,
    ImpactAssessment,
    StandingRecord,
    Strategy,
    TeamPost,
)
from duty.models.submission import Declaration, Submission
from duty.models.unsent import UnsentText

__all__ = [
    "WRITABLE_STATES",
    "AgreementDocument",
    "AgreementParty",
    "AgreementRole",
    "AgreementSignature",
    "Answer",
    "AnswerOrigin",
    "AnswerState",
    "Declaration",
    "DocumentState",
    "DutyFunding",
    "DutyReturn",
    "Evidence",
    "EvidenceFile",
    "EvidenceKind",
    "ExpectedReturn",
    "ImpactAssessment",
    "LinkCheck",
    "LinkState",
    "PartnershipAgreement",
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
    "StandingRecord",
    "Strategy",
    "Submission",
    "TeamPost",
    "TheoryOfChange",
    "UnsentText",
    "WarningDecision",
    "usual_reminder",
]
