"""All four labels of an indicator of a framework, side by side and never merged into one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from outcomes.area_figures import AreaValue
from outcomes.progress_labels.change import TrendLabel, trend_label
from outcomes.progress_labels.england import EnglandLabel, england_label
from outcomes.progress_labels.held import held_against, is_stale, latest_of
from outcomes.progress_labels.inputs import Method, ProgressInputs
from outcomes.progress_labels.trajectory import TrajectoryLabel, trajectory_label
from outcomes.progress_labels.words import compact
from outcomes.stats import data_confidence
from outcomes.stats.trajectory import TrajectoryStatus

_ASSUMED = frozenset({"estimated", "unreliable"})


@dataclass(frozen=True)
class LatestValue:
    """The value that the labels are of; without a number where the note says why there is none.

    observation: its key. release: key of where it was published.
    days: first day of its period and first day after, in ISO form.
    """

    period: str
    days: tuple[str, str]
    value: float | None
    lower: float | None
    upper: float | None
    note: str
    provisional: bool
    observation: int | None
    release: str


@dataclass(frozen=True)
class ConfidenceLabel:
    """How sure the data are: high, medium, low or none, with the reasons."""

    level: str
    why: str


@dataclass(frozen=True)
class ProgressLabels:
    """The four labels with what they rest on.

    framework_indicator: the version of the target. method: by which they were computed.
    definition_version: of the indicator. places: digits after the point on pages.
    """

    framework_indicator: int
    method: int
    definition_version: int
    places: int
    latest: LatestValue | None
    trajectory: TrajectoryLabel
    trend: TrendLabel
    england: EnglandLabel
    confidence: ConfidenceLabel


def progress_labels(*, given: ProgressInputs, method: Method, today: date) -> ProgressLabels:
    """Return the four labels of one indicator of a framework.

    Args:
        given: what was agreed, what is published, and how it is read.
        method: by which the labels are computed.
        today: in London; only a status that is stale depends on it.

    Returns:
        The labels, each with its reason in words and the numbers behind it. A suppressed value
        yields no value, interval, gap, share or status; it is neither missing nor nought.

    Source: the project's own rules, in docs/methods/progress.md.
    """
    latest = latest_of(given=given)
    held = held_against(given=given, method=method, latest=latest)
    trajectory = trajectory_label(given=given, method=method, latest=latest, held=held, today=today)
    trend = trend_label(
        definition=given.definition,
        values=given.series.values,
        latest=latest,
        baseline=held.baseline,
        spliced=trajectory.spliced,
        publication_lag_months=given.publication_lag_months,
    )
    return ProgressLabels(
        framework_indicator=given.framework_indicator,
        method=method.number,
        definition_version=given.version,
        places=given.places,
        latest=None if latest is None else _latest(given, latest),
        trajectory=trajectory,
        trend=trend,
        england=england_label(given=given, latest=latest),
        confidence=_confidence(given, latest, trajectory, trend),
    )


def depends_on_today(*, given: ProgressInputs, method: Method, today: date) -> bool:
    """Whether the newest value is stale today: all that the labels take from the calendar."""
    latest = latest_of(given=given)
    return latest is not None and is_stale(given=given, method=method, latest=latest, today=today)


def _latest(given: ProgressInputs, value: AreaValue) -> LatestValue:
    return LatestValue(
        period=compact(label=value.period),
        days=(value.start_date.isoformat(), value.end_date.isoformat()),
        value=value.value,
        lower=value.lower_95 if value.value is not None else None,
        upper=value.upper_95 if value.value is not None else None,
        note=value.note,
        provisional=value.provisional,
        observation=given.series.ids.get(value.key),
        release="" if value.release_id is None else str(value.release_id),
    )


def _confidence(
    given: ProgressInputs,
    latest: AreaValue | None,
    trajectory: TrajectoryLabel,
    trend: TrendLabel,
) -> ConfidenceLabel:
    half = None
    if latest is not None and latest.lower_95 is not None and latest.upper_95 is not None:
        half = (latest.upper_95 - latest.lower_95) / 2
    required = None
    if trajectory.target is not None and trajectory.baseline is not None:
        required = trajectory.target - trajectory.baseline
    found = data_confidence(
        assessed=trajectory.status != TrajectoryStatus.NOT_ASSESSED,
        official=latest is not None and latest.release_id not in given.unofficial,
        has_limits=half is not None,
        independent_points=trend.independent_periods,
        in_development=given.in_development,
        provisional=latest is not None and latest.provisional,
        estimated=latest is not None and latest.note in _ASSUMED,
        spliced=trajectory.spliced,
        half_width=half,
        # To keep a value asks for no change that an interval could be wider than.
        required_change=required or None,
    )
    reasons = found.reasons
    if latest is not None and latest.note == "unreliable":
        reasons = tuple("not reliable" if one == "estimated" else one for one in reasons)
    return ConfidenceLabel(level=found.level.value, why="; ".join(reasons))


def to_content(*, labels: ProgressLabels) -> dict[str, Any]:
    """Return the labels as plain values that JSON can hold."""
    # By hand, since `asdict` copies deeply and takes most of a recompute's time.
    return {
        "framework_indicator": labels.framework_indicator,
        "method": labels.method,
        "definition_version": labels.definition_version,
        "places": labels.places,
        "latest": None if labels.latest is None else dict(vars(labels.latest)),
        "trajectory": dict(vars(labels.trajectory)),
        "trend": {
            **vars(labels.trend),
            "since_independent": dict(vars(labels.trend.since_independent)),
            "since_baseline": dict(vars(labels.trend.since_baseline)),
        },
        "england": {
            **vars(labels.england),
            "change": None if labels.england.change is None else dict(vars(labels.england.change)),
        },
        "confidence": dict(vars(labels.confidence)),
    }
