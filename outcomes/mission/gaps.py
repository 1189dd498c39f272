"""Between which two regions a gap is, and how large it is."""

from collections.abc import Sequence

from outcomes.mission.figures import AreaFigure, Figures, Rank
from outcomes.mission.intervals import Interval, pair_interval, range_interval
from outcomes.mission.shapes import Definition, Extreme, Gap, GapRule

# Differences of published values, which have one digit: what floats add beyond this is no news.
DIGITS = 9


def gap_of(*, definition: Definition, figures: Figures) -> Gap | None:
    """Return the gap that a definition sees in the figures of one release, period and sex.

    Args:
        definition: which two regions the gap is between.
        figures: in years.

    Returns:
        Highest minus lowest; None where the figures do not say what those are.

    Source: the project's own reading of the mission.
    """
    if definition.rule == GapRule.RANGE:
        return range_of(figures=figures)
    best, worst = figures.region(definition.highest), figures.region(definition.lowest)
    if best is None or worst is None:
        return None
    return _gap(figures, (best,), (worst,), pair_interval(best=best, worst=worst))


def range_of(*, figures: Figures) -> Gap | None:
    """Return the highest minus the lowest region of one release, period and sex.

    Args:
        figures: in years.

    Returns:
        The gap; None where the figures do not say which those two are. Where not all regions are
        known, they are those that the publication itself names, and there is no interval.

    Source: the project's own reading of the mission.
    """
    if figures.is_complete:
        values = [one.value for one in figures.regions]
        best = tuple(one for one in figures.regions if one.value == max(values))
        worst = tuple(one for one in figures.regions if one.value == min(values))
        return _gap(figures, best, worst, range_interval(regions=figures.regions))
    best = tuple(one for one in figures.regions if one.rank == Rank.HIGHEST)
    worst = tuple(one for one in figures.regions if one.rank == Rank.LOWEST)
    return _gap(figures, best, worst, None) if best and worst else None


def _gap(
    figures: Figures,
    best: Sequence[AreaFigure],
    worst: Sequence[AreaFigure],
    interval: Interval | None,
) -> Gap:
    return Gap(
        period=figures.period,
        release=figures.release,
        best=_extreme(best),
        worst=_extreme(worst),
        value=round(best[0].value - worst[0].value, DIGITS),
        interval=interval,
        england=figures.england.value if figures.england else None,
    )


def _extreme(ends: Sequence[AreaFigure]) -> Extreme:
    return Extreme(names=tuple(sorted(one.name for one in ends)), value=ends[0].value)
