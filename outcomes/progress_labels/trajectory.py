"""The first label: where the latest value stands against what was agreed."""

from dataclasses import dataclass
from datetime import date

from outcomes.area_figures import AreaValue
from outcomes.progress_labels.held import Held, is_stale
from outcomes.progress_labels.inputs import Method, ProgressInputs
from outcomes.progress_labels.times import published_about, span_of
from outcomes.progress_labels.trajectory_words import (
    first_possible,
    share_words,
    why_assessed,
    why_not_assessed,
    words_of,
)
from outcomes.progress_labels.words import compact
from outcomes.stats import trajectory_status
from outcomes.stats.comparability import TargetMode
from outcomes.stats.trajectory import (
    NotAssessed,
    Note,
    Reading,
    Target,
    Trajectory,
    TrajectoryError,
    TrajectoryKind,
    TrajectoryStatus,
    trajectory_value,
)


@dataclass(frozen=True)
class TrajectoryLabel:
    """Where the latest value stands, with the numbers behind it.

    status, reason: values of `TrajectoryStatus` and `NotAssessed`; reason is empty where assessed.
    words, why: the label, and the sentences behind it.
    expected: what the line gives for the latest period; None where it is not assessed.
    share: how much of the way is gone, 1 for all; None where it is not assessed or to be kept.
    baseline, target: as today's value is held against them; *_agreed as they were agreed.
    baseline_days, target_days, days: first day and first day after, in ISO form.
    has_limits: False where the status rests on the tolerance.
    first_possible: the first period that could be assessed, with when it is usual; or nothing.
    """

    status: str
    reason: str
    words: str
    why: str
    expected: float | None = None
    share: float | None = None
    share_words: str = ""
    baseline: float | None = None
    baseline_agreed: float | None = None
    baseline_period: str = ""
    baseline_days: tuple[str, str] | None = None
    target: float | None = None
    target_agreed: float | None = None
    target_period: str = ""
    target_days: tuple[str, str] | None = None
    target_published: str = ""
    line: tuple[tuple[float, float], ...] = ()
    revised: bool = False
    needs_confirmation: bool = False
    spliced: bool = False
    has_limits: bool = False
    first_possible: str = ""


def trajectory_label(
    *, given: ProgressInputs, method: Method, latest: AreaValue | None, held: Held, today: date
) -> TrajectoryLabel:
    """Return the label with its reason and its numbers.

    Args:
        given: what was agreed and what is published.
        method: by which it is computed.
        latest: as `latest_of` gives it.
        held: as `held_against` gives it.
        today: in London.

    Returns:
        The label. A value that is suppressed leaves no number of itself, nor does a baseline that
        the newest release suppresses.

    Source: `outcomes.stats.trajectory_status`, `comparable_baseline`.
    """
    reading = _reading(latest)
    found = _assessed(given, method, latest, reading, held, today)
    if isinstance(found, str):
        reason, why = NotAssessed.NOT_COMPARABLE.value, found
        status = TrajectoryStatus.NOT_ASSESSED.value
        trajectory = None
    else:
        trajectory = found
        status, reason = found.status.value, found.reason.value if found.reason else ""
        why = (
            why_not_assessed(reason=reason, given=given, latest=latest, held=held)
            if reason
            else why_assessed(given=given, latest=latest, held=held, found=found)
        )
    share = trajectory.share if trajectory is not None else None
    return TrajectoryLabel(
        status=status,
        reason=reason,
        words=words_of(status=status, given=given, latest=latest),
        why=why,
        expected=trajectory.expected if trajectory is not None else None,
        share=share,
        share_words=share_words(share=share, given=given, latest=latest, target=held.target)
        if share is not None and latest is not None and held.target is not None
        else "",
        has_limits=trajectory is not None and trajectory.has_limits,
        first_possible=first_possible(given=given, latest=latest)
        if reason == NotAssessed.OVERLAPPING
        else "",
        **_agreed_numbers(given, held),  # type: ignore[arg-type]
    )


def _reading(latest: AreaValue | None) -> Reading | None:
    if latest is None:
        return None
    notes = {"suppressed": Note.SUPPRESSED, "estimated": Note.ESTIMATED}
    return Reading(
        period=span_of(start_date=latest.start_date, end_date=latest.end_date),
        value=latest.value,
        lower=latest.lower_95,
        upper=latest.upper_95,
        note=notes.get(latest.note, Note.OK if latest.value is not None else Note.MISSING),
    )


def _assessed(
    given: ProgressInputs,
    method: Method,
    latest: AreaValue | None,
    reading: Reading | None,
    held: Held,
    today: date,
) -> Trajectory | str:
    """Return the status, or why the baseline leaves nothing to compare."""
    target = held.target
    comparable = not held.hidden
    if given.target is not None and target is None:
        # There is a target, so whatever stands before comparability in the order is asked first.
        comparable = False
        target = _as_agreed(given)
    try:
        return trajectory_status(
            reading=reading,
            target=target if given.target is not None else None,
            polarity=given.definition.polarity,
            comparable=comparable,
            stale=latest is not None
            and is_stale(given=given, method=method, latest=latest, today=today),
        )
    except TrajectoryError as error:
        return str(error)


def _as_agreed(given: ProgressInputs) -> Target | None:
    if given.baseline is None or given.baseline.value is None or given.target is None:
        return None
    return Target(
        baseline=span_of(start_date=given.baseline.start_date, end_date=given.baseline.end_date),
        baseline_value=given.baseline.value,
        period=span_of(start_date=given.target.days[0], end_date=given.target.days[1]),
        value=given.target.value,
    )


def _agreed_numbers(given: ProgressInputs, held: Held) -> dict[str, object]:
    agreed, target, now = given.baseline, given.target, held.comparable
    facts: dict[str, object] = {}
    if agreed is not None:
        facts |= {
            "baseline_period": compact(label=agreed.period),
            "baseline_days": _iso(agreed.key),
            "baseline_agreed": None if held.hidden else agreed.value,
            "baseline": None if held.baseline is None else held.baseline.value,
        }
    if target is not None:
        # A target that is counted from a baseline gives it away.
        tells = held.hidden and (target.maintain or target.mode != TargetMode.LEVEL)
        facts |= {
            "target_period": compact(label=target.label),
            "target_days": _iso(target.days),
            "target_agreed": None if tells else target.value,
            "target_published": published_about(
                end=target.days[1], lag=given.publication_lag_months
            ),
        }
    if now is not None and held.target is not None:
        facts |= {
            "target": held.target.value,
            "line": _line(held.target),
            "revised": now.revised and not now.spliced,
            "needs_confirmation": now.needs_confirmation,
            "spliced": now.spliced,
        }
    elif now is not None:
        facts |= {"needs_confirmation": True}
    return facts


def _line(target: Target) -> tuple[tuple[float, float], ...]:
    """Return the way as points to be joined: time in decimal years, and value."""
    start, end = target.baseline.midpoint, target.period.midpoint
    if target.milestones:
        return (
            (start, target.baseline_value),
            *target.milestones,
            (end, target.value),
        )
    # A compound way is a curve: eight pieces show it.
    pieces = 8 if target.kind == TrajectoryKind.COMPOUND else 1
    try:
        return tuple(
            (time, trajectory_value(target=target, time=time))
            for time in (start + (end - start) * part / pieces for part in range(pieces + 1))
        )
    except TrajectoryError:
        return ()


def _iso(days: tuple[date, date]) -> tuple[str, str]:
    return days[0].isoformat(), days[1].isoformat()
