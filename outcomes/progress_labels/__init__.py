"""The labels of an indicator in an outcomes framework, from plain values (pure).

Four facts side by side: where it stands against what was agreed, what it did lately, how it
compares with England, and how sure the data are. They are never merged into one score.
"""

from outcomes.progress_labels.change import (
    NOT_COMPARED,
    ChangeLabel,
    TrendLabel,
    chain_of,
    change_between,
)
from outcomes.progress_labels.england import EnglandLabel, GapChangeLabel, movement_words
from outcomes.progress_labels.inputs import (
    METHODS,
    AgreedMilestone,
    AgreedTarget,
    Bridge,
    Days,
    Method,
    ProgressInputs,
    Series,
)
from outcomes.progress_labels.labels import (
    ConfidenceLabel,
    LatestValue,
    ProgressLabels,
    depends_on_today,
    progress_labels,
    to_content,
)
from outcomes.progress_labels.times import decimal_year, first_with, period_label, span_of
from outcomes.progress_labels.trajectory import TrajectoryLabel
from outcomes.progress_labels.words import REASON_WORDS, STATUS_WORDS, amount, compact, signed

__all__ = [
    "METHODS",
    "NOT_COMPARED",
    "REASON_WORDS",
    "STATUS_WORDS",
    "AgreedMilestone",
    "AgreedTarget",
    "Bridge",
    "ChangeLabel",
    "ConfidenceLabel",
    "Days",
    "EnglandLabel",
    "GapChangeLabel",
    "LatestValue",
    "Method",
    "ProgressInputs",
    "ProgressLabels",
    "Series",
    "TrajectoryLabel",
    "TrendLabel",
    "amount",
    "chain_of",
    "change_between",
    "compact",
    "decimal_year",
    "depends_on_today",
    "first_with",
    "movement_words",
    "period_label",
    "progress_labels",
    "signed",
    "span_of",
    "to_content",
]
