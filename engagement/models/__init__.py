"""The models, one module a noun."""

from engagement.models.commitment import (
    NARRATIVE_NOT_NEEDED,
    Commitment,
    CommitmentState,
    CommitmentStatus,
    CommitmentUpdate,
    PossiblePair,
)
from engagement.models.peer import (
    Ambassador,
    AmbassadorPair,
    LinkState,
    PeerLink,
    PeerMeeting,
)
from engagement.models.placement import (
    Basis,
    NationalPicture,
    Placement,
    PublishedPlacement,
)
from engagement.models.practice import PracticeExample, PracticeState, PracticeVersion
from engagement.models.publication import Publication, PublishedReturn
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
from engagement.models.support import (
    STANDING_ENROLMENTS,
    Aim,
    Enrolment,
    EnrolmentState,
    Need,
    OfferState,
    PrivateSupportNote,
    SessionAttendance,
    SharedSupportNote,
    SupportOffer,
    SupportSession,
)
from engagement.models.view import OwnView, Pick, ViewState

__all__ = [
    "NARRATIVE_NOT_NEEDED",
    "STANDING_ENROLMENTS",
    "Aim",
    "Ambassador",
    "AmbassadorPair",
    "Basis",
    "Commitment",
    "CommitmentState",
    "CommitmentStatus",
    "CommitmentUpdate",
    "Enrolment",
    "EnrolmentState",
    "GroupCell",
    "GroupMap",
    "Level",
    "LinkState",
    "NationalPicture",
    "Need",
    "OfferState",
    "OwnView",
    "PeerLink",
    "PeerMeeting",
    "Pick",
    "Placement",
    "PossiblePair",
    "PracticeExample",
    "PracticeState",
    "PracticeVersion",
    "PrivateSupportNote",
    "Publication",
    "PublishedPlacement",
    "PublishedReturn",
    "RoundRubric",
    "Rubric",
    "SessionAttendance",
    "SharedSupportNote",
    "Side",
    "SupportGroup",
    "SupportOffer",
    "SupportSession",
    "Theme",
    "ViewState",
]
