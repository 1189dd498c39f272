"""The models, one module a noun."""

from outcomes.models.catalogue import (
    BreakKind,
    ComparabilityBreak,
    IndicatorSet,
    IndicatorSetMember,
    IndicatorVersion,
    PeriodLock,
)
from outcomes.models.computation import (
    AuthorityIndicator,
    RecomputeRequest,
    RecomputeStep,
    Subject,
)
from outcomes.models.indicator import (
    BenchmarkMethod,
    Breakdown,
    Domain,
    Indicator,
    PeriodRow,
    Polarity,
    Scale,
    YearType,
)
from outcomes.models.observation import (
    Note,
    Observation,
    Release,
    ReleaseIndicator,
    ReleaseKind,
    ReleaseState,
)
from outcomes.models.upload import (
    Layout,
    Severity,
    Upload,
    UploadConfirmation,
    UploadProblem,
    UploadState,
)

__all__ = [
    "AuthorityIndicator",
    "BenchmarkMethod",
    "BreakKind",
    "Breakdown",
    "ComparabilityBreak",
    "Domain",
    "Indicator",
    "IndicatorSet",
    "IndicatorSetMember",
    "IndicatorVersion",
    "Layout",
    "Note",
    "Observation",
    "PeriodLock",
    "PeriodRow",
    "Polarity",
    "RecomputeRequest",
    "RecomputeStep",
    "Release",
    "ReleaseIndicator",
    "ReleaseKind",
    "ReleaseState",
    "Scale",
    "Severity",
    "Subject",
    "Upload",
    "UploadConfirmation",
    "UploadProblem",
    "UploadState",
    "YearType",
]
