"""The sentences behind the first label."""

from outcomes.area_figures import AreaValue
from outcomes.area_figures.numbers import told_apart
from outcomes.progress_labels.held import Held
from outcomes.progress_labels.inputs import ProgressInputs
from outcomes.progress_labels.times import (
    first_independent,
    months_between,
    period_label,
    published_about,
    span_of,
)
from outcomes.progress_labels.words import (
    KEPT_SO_FAR,
    REASON_WORDS,
    STATUS_WORDS,
    VERDICTS,
    VERDICTS_BY_TOLERANCE,
    amount,
    compact,
)
from outcomes.stats.comparability import ComparableBaseline
from outcomes.stats.trajectory import NotAssessed, Target, Trajectory


def words_of(*, status: str, given: ProgressInputs, latest: AreaValue | None) -> str:
    """Return the label: what is to be kept is never called achieved before its time."""
    return _kept_so_far(status, given, latest) or STATUS_WORDS[status]


def _kept_so_far(status: str, given: ProgressInputs, latest: AreaValue | None) -> str:
    """Return the words of what is to be kept, and is at a time before its target's, or nothing."""
    target = given.target
    if target is None or not target.maintain or latest is None:
        return ""
    # The target's time has come as in `trajectory_status`.
    now, then = (
        span_of(start_date=start, end_date=end).midpoint for start, end in (latest.key, target.days)
    )
    return KEPT_SO_FAR.get(status, "") if now < then else ""


def why_assessed(
    *, given: ProgressInputs, latest: AreaValue | None, held: Held, found: Trajectory
) -> str:
    """Return the numbers that decided the status, and what they do."""
    assert latest is not None and latest.value is not None  # noqa: S101, PT018 - it is assessed
    assert held.target is not None and found.expected is not None  # noqa: S101, PT018 - it is assessed
    places = given.places
    value, expected = told_apart(values=(latest.value, found.expected), places=places)
    interval = ""
    if found.has_limits and latest.lower_95 is not None and latest.upper_95 is not None:
        low, high = (
            amount(value=one, places=places, unit="") for one in (latest.lower_95, latest.upper_95)
        )
        interval = f" ({low} to {high})"
    target = held.target
    start = compact(label=given.baseline.period if given.baseline else "")
    end = compact(label=given.target.label if given.target else "")
    line = f"from {_plain(target.baseline_value, places)} in {start}"
    line = f"{line} to {_plain(target.value, places)} in {end}"
    said = [
        f"{value}{interval} in {compact(label=latest.period)}.",
        f"The line {line} is at {expected}.",
    ]
    if found.has_limits:
        said.append(VERDICTS[found.status])
    else:
        margin = amount(value=target.margin, places=max(places, 2), unit=given.unit)
        said.append(f"No confidence interval: judged by a margin of {margin}.")
        said.append(VERDICTS_BY_TOLERANCE[found.status])
    if _kept_so_far(found.status, given, latest):
        said.append(f"It is to be kept until {end}, and counts as ‘{STATUS_WORDS[found.status]}’.")
    if later := _later(given, latest):
        said.append(later)
    if held.comparable is not None and held.comparable.revised:
        said.append(_revision_words(held.comparable, places))
    return " ".join(said)


def _revision_words(now: ComparableBaseline, places: int) -> str:
    if now.spliced:
        return now.reason
    assert now.value is not None  # noqa: S101 - by the caller
    agreed, revised = told_apart(values=(now.agreed_value, now.value), places=places)
    asked = " The owners are asked to confirm it." if now.needs_confirmation else ""
    return f"The baseline was {agreed} when agreed, {revised} as revised.{asked}"


def _later(given: ProgressInputs, latest: AreaValue) -> str:
    """Say that newer periods have no value, where they have none."""
    newer = [one for one in given.series.values if one.key > latest.key and one.value is None]
    if not newer:
        return ""
    return f"{compact(label=newer[-1].period)} is {newer[-1].note.replace('_', ' ')}."


def why_not_assessed(
    *, reason: str, given: ProgressInputs, latest: AreaValue | None, held: Held
) -> str:
    """Return why there is no status, with periods and what would change it."""
    said = REASON_WORDS[reason]
    said = f"{said[0].upper()}{said[1:]}"
    period = compact(label=latest.period) if latest is not None else ""
    baseline = compact(label=given.baseline.period) if given.baseline is not None else ""
    if reason == NotAssessed.NOT_COMPARABLE:
        if held.hidden:
            return "The newest release suppresses the baseline, so nothing is compared with it."
        return held.comparable.reason if held.comparable is not None else f"{said}."
    if reason == NotAssessed.OVERLAPPING:
        first = first_possible(given=given, latest=latest)
        same = (
            f"The latest period, {period}, is the baseline itself."
            if given.baseline is not None
            and latest is not None
            and latest.key == given.baseline.key
            else f"{period} shares days with the baseline, {baseline}."
        )
        return f"{same} First possible with {first}." if first else same
    if reason in (NotAssessed.SUPPRESSED, NotAssessed.MISSING) and period:
        return f"{period} is {said[0].lower()}{said[1:]}."
    if reason == NotAssessed.STALE:
        return f"The latest value is of {period}. A newer one should long have been published."
    if reason == NotAssessed.NO_DATA_AFTER_BASELINE:
        return f"The latest value, of {period}, is not newer than the baseline, {baseline}."
    return f"{said}."


def first_possible(*, given: ProgressInputs, latest: AreaValue | None) -> str:
    """Return the first period that could be assessed, and about when its figures come."""
    if given.baseline is None or latest is None:
        return ""
    months = given.definition.period_months or months_between(
        start_date=latest.start_date, end_date=latest.end_date
    )
    start, end = first_independent(
        baseline=given.baseline.key,
        months=months,
        step=given.definition.step_months,
        latest=latest.key,
    )
    label = period_label(start_date=start, end_date=end)
    when = published_about(end=end, lag=given.publication_lag_months)
    return f"{label}, published about {when}" if when else label


def share_words(*, share: float, given: ProgressInputs, latest: AreaValue, target: Target) -> str:
    """Return how much of the way is gone, in words.

    Who moves away is told how far in the indicator's unit: a share of what was agreed the other
    way round says little.
    """
    if share >= 0:
        return f"{round(share * 100)}% of the way"
    assert latest.value is not None  # noqa: S101 - there is a share of it
    # A difference of percentages is none itself.
    unit = "percentage points" if given.unit.startswith("%") else given.unit
    moved, agreed = latest.value - target.baseline_value, target.value - target.baseline_value
    return (
        f"moving away: {amount(value=abs(moved), places=given.places, unit=unit)} "
        f"{_side(moved)} than the baseline; "
        f"{amount(value=abs(agreed), places=given.places, unit='')} {_side(agreed)} were agreed"
    )


def _side(change: float) -> str:
    return "higher" if change > 0 else "lower"


def _plain(value: float, places: int) -> str:
    return amount(value=value, places=places, unit="")
