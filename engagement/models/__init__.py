"""The models, one module a noun."""

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
    "Basis",
    "Commitment",
    "CommitmentState",
    "CommitmentStatus",
    "CommitmentUpdate",
    "DraftAuthor",
    "DraftKind",
    "DraftState",
    "GroupCell",
    "GroupMap",
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
    "RoundRubric",
    "Rubric",
    "Side",
    "SupportGroup",
    "Theme",
    "ViewState",
]
