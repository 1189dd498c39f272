"""The models, one module a noun."""

from engagement.models.assessment import (
    Assessment,
    AssessmentHappening,
    EvidenceKind,
    Finding,
    FindingEvidence,
    FindingPick,
    Interest,
)
from engagement.models.assessment_reply import (
    FindingReply,
    ReplyChoice,
    Resolution,
    ResolutionOutcome,
)
from engagement.models.commitment import (
    NARRATIVE_NOT_NEEDED,
    Commitment,
    CommitmentState,
    CommitmentStatus,
    CommitmentUpdate,
    PossiblePair,
)
from engagement.models.placement import (
    Basis,
    NationalPicture,
    Placement,
    PublishedPlacement,
)
from engagement.models.publication import Publication, PublishedReturn
from engagement.models.reading_draft import (
    DraftAuthor,
    DraftKind,
    DraftState,
    ReadingDraft,
)
from engagement.models.rubric import (
    GroupCell,
    GroupMap,
    Level,
    RoundRubric,
    Rubric,
    Side,
    SupportGroup,
    Theme,
)
from engagement.models.view import OwnView, Pick, ViewState

__all__ = [
    "NARRATIVE_NOT_NEEDED",
    "Assessment",
    "AssessmentHappening",
    "Basis",
    "Commitment",
    "CommitmentState",
    "CommitmentStatus",
    "CommitmentUpdate",
    "DraftAuthor",
    "DraftKind",
    "DraftState",
    "EvidenceKind",
    "Finding",
    "FindingEvidence",
    "FindingPick",
    "FindingReply",
    "GroupCell",
    "GroupMap",
    "Interest",
    "Level",
    "NationalPicture",
    "OwnView",
    "Pick",
    "Placement",
    "PossiblePair",
    "Publication",
    "PublishedPlacement",
    "PublishedReturn",
    "ReadingDraft",
    "ReplyChoice",
    "Resolution",
    "ResolutionOutcome",
    "RoundRubric",
    "Rubric",
    "Side",
    "SupportGroup",
    "Theme",
    "ViewState",
]
