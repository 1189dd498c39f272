"""What the latest value is held against: baseline and target of its own release."""

from dataclasses import dataclass
from datetime import date

from outcomes.area_figures import AreaValue
from outcomes.progress_labels.inputs import AgreedTarget, Bridge, Method, ProgressInputs
from outcomes.progress_labels.times import months_after, span_of
from outcomes.stats import comparable_baseline
from outcomes.stats.comparability import ComparableBaseline, SeriesBreak, TargetMode
from outcomes.stats.trajectory import Target

SUPPRESSED = "suppressed"
_NO_BRIDGE = Bridge()
_OTHER_METHOD = (
    "The value of the baseline’s period was made by ‘{}’, the latest by ‘{}’, and the first was "
    "not published again."
)


@dataclass(frozen=True)
class Held:
    """What the latest value is held against: baseline and target of its own release.

    baseline: the baseline's value in today's series, None where it may not be compared.
    comparable: None where no target was agreed.
    """

    baseline: AreaValue | None
    comparable: ComparableBaseline | None
    target: Target | None
    hidden: bool = False


def latest_of(*, given: ProgressInputs) -> AreaValue | None:
    """Return the value that is judged: the newest there is, or the one that says why there is none.

    A suppressed value hides every earlier one. Where the newest periods are missing, the value
    before them stands, unless it is not newer than the baseline.
    """
    missing = None
    for value in reversed(given.series.values):
        if value.note == SUPPRESSED:
            return value
        if value.value is not None:
            after = given.baseline is None or value.start_date > given.baseline.start_date
            return value if missing is None or after else missing
        missing = missing or value
    return missing


def held_against(*, given: ProgressInputs, method: Method, latest: AreaValue | None) -> Held:
    """Return baseline and target as today's value may be held against them."""
    agreed = given.baseline
    if agreed is None or agreed.value is None:
        return Held(baseline=None, comparable=None, target=None)
    today = given.series.at(agreed.key)
    hidden = today is not None and today.note == SUPPRESSED
    target = given.target
    if target is None:
        return Held(baseline=_shown(today), comparable=None, target=None, hidden=hidden)
    breaks = [] if latest is None else _between(given, agreed, latest, today)
    now = 1.0
    comparable = comparable_baseline(
        agreed_value=agreed.value,
        agreed_target=agreed.value if target.maintain else target.value,
        # What is to be kept follows its baseline.
        mode=TargetMode.CHANGE if target.maintain else target.mode,
        # What was published before a break stays as it was then.
        same_release_value=None if today is None or breaks else today.value,
        baseline_time=0.0,
        current_time=now,
        # Which breaks lie between is decided by first days, as everywhere in the catalogue.
        breaks=[SeriesBreak(time=now, text=text, ratio=ratio) for text, ratio in breaks],
    )
    if comparable.value is None or comparable.target is None:
        return Held(baseline=None, comparable=comparable, target=None, hidden=hidden)
    baseline = AreaValue(
        period=agreed.period,
        start_date=agreed.start_date,
        end_date=agreed.end_date,
        value=comparable.value,
    )
    return Held(
        baseline=baseline if comparable.spliced or today is None else today,
        comparable=comparable,
        target=_target(given, target, comparable, method),
        hidden=hidden,
    )


def _shown(value: AreaValue | None) -> AreaValue | None:
    return value if value is not None and value.value is not None else None


def _between(
    given: ProgressInputs, earlier: AreaValue, later: AreaValue, today: AreaValue | None
) -> list[tuple[str, float | None]]:
    """Return what lies between the baseline and the latest value, each with its ratio if any."""
    found = []
    for one in given.definition.breaks:
        bridge = given.bridges.get(one.starts_on, _NO_BRIDGE)
        if earlier.start_date < one.starts_on <= later.start_date and not bridge.restated:
            found.append((one.text, bridge.ratio))
    made = [
        given.made_by.get(value.release_id)
        for value in (today or earlier, later)
        if value.release_id is not None
    ]
    if not found and None not in made and len(set(made)) > 1:
        found.append((_OTHER_METHOD.format(*made), None))
    return found


def _target(
    given: ProgressInputs, target: AgreedTarget, now: ComparableBaseline, method: Method
) -> Target:
    assert given.baseline is not None and now.value is not None and now.target is not None  # noqa: S101, PT018 - by the caller
    tolerance = target.tolerance
    if tolerance is None:
        tolerance = method.tolerance * abs(now.target - now.value)
    return Target(
        baseline=span_of(start_date=given.baseline.start_date, end_date=given.baseline.end_date),
        baseline_value=now.value,
        period=span_of(start_date=target.days[0], end_date=target.days[1]),
        value=now.target,
        kind=target.kind,
        milestones=tuple(
            (
                span_of(start_date=one.days[0], end_date=one.days[1]).midpoint,
                _moved(one.value, target.mode, now),
            )
            for one in target.milestones
        ),
        tolerance=tolerance,
    )


def _moved(value: float, mode: TargetMode, now: ComparableBaseline) -> float:
    """Return a milestone after a revision: what stays of the target stays of it too."""
    assert now.value is not None  # noqa: S101 - by the caller
    if mode == TargetMode.CHANGE:
        return value + now.value - now.agreed_value
    if mode == TargetMode.PERCENT and now.agreed_value:
        return value * now.value / now.agreed_value
    return value


def is_stale(*, given: ProgressInputs, method: Method, latest: AreaValue, today: date) -> bool:
    """Whether a newer value should long have been published."""
    lag = given.publication_lag_months
    if lag is None:
        return False
    return today >= months_after(day=latest.end_date, months=lag + method.stale_months)
