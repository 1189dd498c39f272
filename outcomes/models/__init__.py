"""The models, one module a noun."""

from outcomes.models.computation import (
    AuthorityIndicator,
    RecomputeRequest,
    RecomputeStep,
    Subject,
)
from outcomes.models.indicator import Breakdown, Indicator, PeriodRow, Polarity, Scale
from outcomes.models.observation import Note, Observation, Release
from outcomes.models.upload import Upload, UploadProblem, UploadState

__all__ = [
    "AuthorityIndicator",
    "Breakdown",
    "Indicator",
    "Note",
    "Observation",
    "PeriodRow",
    "Polarity",
    "RecomputeRequest",
    "RecomputeStep",
    "Release",
    "Scale",
    "Subject",
    "Upload",
    "UploadProblem",
    "UploadState",
]
