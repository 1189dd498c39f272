"""The models, one module a noun."""

from authorities.models.access_events import AccessEvent, AccessKind
from authorities.models.audit import AuditEvent
from authorities.models.bodies import (
    Body,
    BodyKind,
    Certainty,
    Council,
    IntegratedCareBoard,
    StrategicAuthority,
)
from authorities.models.boundary_import import BoundaryImport, BoundaryImportState
from authorities.models.feeds import (
    FeedAspect,
    FeedDecision,
    FeedDifference,
    FeedDifferenceKind,
    FeedFinding,
    FeedLayout,
    FeedScheme,
    FeedState,
    RegisterFeed,
)
from authorities.models.geography import (
    AreaPart,
    BodyGrouping,
    Boundary,
    BoundarySet,
    Coterminosity,
    CouncilMembership,
    CouncilRole,
    Drawing,
    Pair,
    PairOverlap,
    PartBoard,
    PartCouncil,
    Succession,
)
from authorities.models.governance import (
    DevolvedFunction,
    GovernanceSeat,
    HeldFunction,
    RecordedAgreement,
    SeatKind,
)
from authorities.models.idempotency import KeyedRequest
from authorities.models.identity import (
    AuthorityTier,
    AuthorityType,
    BodyCode,
    BodyName,
    CodeScheme,
    Designation,
)
from authorities.models.invitations import Invitation
from authorities.models.jobs import JobRecord
from authorities.models.maintenance import Maintenance, MaintenanceKind
from authorities.models.messages import Message, Notice
from authorities.models.people import LOCAL_ROLES, WORKING_ROLES, Membership, Role, User
from authorities.models.reorganisation import (
    Origin,
    Reorganisation,
    ReorganisationBody,
    ReorganisationOperation,
    ReorganisationState,
    RightsMove,
)
from authorities.models.seals import AuditSeal, SealedTable
from authorities.models.thresholds import SliverThreshold, ThresholdState
from authorities.models.tokens import TOKEN_LASTS_AT_MOST, ApiToken, CallCount, TokenScope

__all__ = [
    "LOCAL_ROLES",
    "TOKEN_LASTS_AT_MOST",
    "WORKING_ROLES",
    "AccessEvent",
    "AccessKind",
    "ApiToken",
    "AreaPart",
    "AuditEvent",
    "AuditSeal",
    "AuthorityTier",
    "AuthorityType",
    "Body",
    "BodyCode",
    "BodyGrouping",
    "BodyKind",
    "BodyName",
    "Boundary",
    "BoundaryImport",
    "BoundaryImportState",
    "BoundarySet",
    "CallCount",
    "Certainty",
    "CodeScheme",
    "Coterminosity",
    "Council",
    "CouncilMembership",
    "CouncilRole",
    "Designation",
    "DevolvedFunction",
    "Drawing",
    "FeedAspect",
    "FeedDecision",
    "FeedDifference",
    "FeedDifferenceKind",
    "FeedFinding",
    "FeedLayout",
    "FeedScheme",
    "FeedState",
    "GovernanceSeat",
    "HeldFunction",
    "IntegratedCareBoard",
    "Invitation",
    "JobRecord",
    "KeyedRequest",
    "Maintenance",
    "MaintenanceKind",
    "Membership",
    "Message",
    "Notice",
    "Origin",
    "Pair",
    "PairOverlap",
    "PartBoard",
    "PartCouncil",
    "RecordedAgreement",
    "RegisterFeed",
    "Reorganisation",
    "ReorganisationBody",
    "ReorganisationOperation",
    "ReorganisationState",
    "RightsMove",
    "Role",
    "SealedTable",
    "SeatKind",
    "SliverThreshold",
    "StrategicAuthority",
    "Succession",
    "ThresholdState",
    "TokenScope",
    "User",
]
