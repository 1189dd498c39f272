"""The whole picture of the mission by one definition, from plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from outcomes.mission.figures import REGIONS, CouncilFigures, Figures
from outcomes.mission.gaps import DIGITS, gap_of
from outcomes.mission.intervals import BIAS_ERROR, expected_range, mean_error
from outcomes.mission.sensitivity import sensitivity_of
from outcomes.mission.shapes import (
    Definition,
    Gap,
    MissionPicture,
    MissionStatus,
    Reason,
    RegionLine,
    SexPicture,
)
from outcomes.mission.times import lag_of, months_of, published_about
from outcomes.stats.gap import Halving, halving_progress

_LATE_MONTHS = 12


@dataclass(frozen=True)
class _Measured:
    """A gap with the figures that it was taken from."""

    gap: Gap
    figures: Figures


def picture_of(
    *,
    definition: Definition,
    figures: Sequence[Figures],
    councils: Sequence[CouncilFigures] = (),
    spreads: Sequence[tuple[str, str]] = (),
    today: date,
) -> MissionPicture:
    """Return everything that follows from a definition and what is published.

    Args:
        definition: the reading of the mission.
        figures: of every release, period and sex; in any order.
        councils: values of upper-tier councils, for the newest period of each sex.
        spreads: sex and words of what others publish on the spread of councils.
        today: in London; what should long have been replaced is stale.

    Returns:
        One picture for each sex of the definition, and what other definitions would give. Releases
        are mixed only where the newest one lacks the baseline's period, which the picture says.

    Source: the project's own reading of the mission; no definition of it is published.
    """
    sexes = tuple(
        _sex_picture(definition, sex, [one for one in figures if one.sex == sex], today)
        for sex in definition.sexes.published
    )
    return MissionPicture(
        definition=definition,
        sexes=sexes,
        sensitivity=sensitivity_of(
            definition=definition,
            pictures=sexes,
            figures=figures,
            councils=councils,
            spreads=spreads,
        ),
    )


def _sex_picture(
    definition: Definition, sex: str, figures: Sequence[Figures], today: date
) -> SexPicture:
    measured = [
        _Measured(gap, one)
        for one in figures
        if (gap := gap_of(definition=definition, figures=one)) is not None
    ]
    measured.sort(key=lambda one: (one.gap.period.last, one.gap.period.first, one.gap.release.key))
    of_baseline = [one for one in measured if one.gap.period == definition.baseline]
    baseline = _baseline(of_baseline, measured[-1] if measured else None)
    shown = _one_a_period(measured, baseline)
    current = shown[-1] if shown else None
    first = definition.baseline.next_apart()
    lag = lag_of(period=current.gap.period, release=current.gap.release) if current else None
    error = mean_error(regions=current.figures.regions) if current else None
    picture = SexPicture(
        sex=sex,
        gaps=tuple(one.gap for one in shown),
        baseline=baseline.gap if baseline else None,
        current=current.gap if current else None,
        first_gap=_first_gap(of_baseline, baseline),
        same_release=_in_one_release(baseline, current),
        target=None,
        progress=None,
        best_change=None,
        worst_change=None,
        by_decline_at_top=False,
        expected=None,
        status=MissionStatus.NOT_ASSESSED,
        reason=Reason.NO_BASELINE if baseline is None else Reason.MISSING,
        floor=None,
        regions=_lines(current, None),
        first_comparable=first,
        comparable_from="" if lag is None else published_about(period=first, lag=lag),
        chance=expected_range(count=len(REGIONS), error=error or BIAS_ERROR),
        chance_error=error or BIAS_ERROR,
    )
    if baseline is None or current is None:
        return picture
    if baseline.gap.value <= 0:
        return replace(picture, reason=Reason.NO_GAP)
    return _judged(picture, definition, baseline.gap, current, today)


def _judged(
    picture: SexPicture, definition: Definition, before: Gap, current: _Measured, today: date
) -> SexPicture:
    now = current.gap
    target = definition.target
    found = halving_progress(
        best=now.best.value,
        worst=now.worst.value,
        period=now.period.span,
        baseline_best=before.best.value,
        baseline_worst=before.worst.value,
        baseline=before.period.span,
        target_period=target.span if target else None,
        lower=now.interval.lower if now.interval else None,
        upper=now.interval.upper if now.interval else None,
        comparable=now.comparable,
        stale=_is_stale(now, today),
    )
    status, reason = _label(found, before, now)
    floor = round(found.floor, DIGITS)
    return replace(
        picture,
        target=round(found.target, DIGITS),
        progress=round(found.progress, DIGITS),
        best_change=round(found.best_change, DIGITS),
        worst_change=round(found.worst_change, DIGITS),
        by_decline_at_top=found.by_decline_at_top,
        expected=found.trajectory.expected,
        status=status,
        reason=reason,
        floor=floor,
        regions=_lines(current, floor),
    )


def _label(found: Halving, before: Gap, now: Gap) -> tuple[MissionStatus, Reason | None]:
    if now.period == before.period:
        return MissionStatus.NOT_ASSESSED, Reason.NO_DATA_AFTER_BASELINE
    reason = found.reason
    return MissionStatus(found.status), Reason(reason.value) if reason else None


def _baseline(found: Sequence[_Measured], current: _Measured | None) -> _Measured | None:
    """Return the baseline of the newest figure's own release, else the newest that there is."""
    same = [one for one in found if current and one.gap.release.key == current.gap.release.key]
    offered = same or list(found)
    return offered[-1] if offered else None


def _in_one_release(baseline: _Measured | None, current: _Measured | None) -> bool:
    if baseline is None or current is None:
        return False
    return baseline.gap.release.key == current.gap.release.key


def _first_gap(found: Sequence[_Measured], baseline: _Measured | None) -> float | None:
    if baseline is None:
        return None
    method = baseline.gap.release.method
    return next(one.gap.value for one in found if one.gap.release.method == method)


def _one_a_period(
    measured: Sequence[_Measured], baseline: _Measured | None
) -> tuple[_Measured, ...]:
    """Return the newest release of each period, and whether the baseline's method made it.

    The order of `measured`, oldest first, is kept.
    """
    newest = {one.gap.period: one for one in measured}
    if baseline is None:
        return tuple(newest.values())
    newest[baseline.gap.period] = baseline
    method = baseline.gap.release.method
    return tuple(
        replace(one, gap=replace(one.gap, comparable=one.gap.release.method == method))
        for one in newest.values()
    )


def _lines(current: _Measured | None, floor: float | None) -> tuple[RegionLine, ...]:
    lines = []
    for code, name in REGIONS.items():
        known = current.figures.region(code) if current else None
        away = None
        if known is not None and floor is not None:
            away = round(known.value - floor, DIGITS)
        lines.append(RegionLine(code, name, known.value if known else None, away))
    return tuple(lines)


def _is_stale(now: Gap, today: date) -> bool:
    """Whether a newer figure is more than a year later than this one was."""
    since_end = months_of(year=today.year, month=today.month) - months_of(
        year=now.period.last + 1, month=1
    )
    return since_end > lag_of(period=now.period, release=now.release) + _LATE_MONTHS
