"""A strategic authority's own figure beside England, the best region and the floor."""

from collections.abc import Sequence
from dataclasses import dataclass

from outcomes.mission.figures import AreaFigure, Years
from outcomes.mission.gaps import DIGITS
from outcomes.mission.intervals import pair_interval
from outcomes.mission.shapes import Gap, OwnFigure, SexPicture


@dataclass(frozen=True)
class OwnValue:
    """What is published for an authority, for one sex and period, in years.

    area: whose figure it is, in words; of an authority that is one council, that council.
    england: of the same release or, where that lacks it, as the page of the mission has it.
    """

    sex: str
    period: Years
    area: str
    value: AreaFigure
    release: str
    england: AreaFigure | None


def own_figures(
    *, values: Sequence[OwnValue], pictures: Sequence[SexPicture]
) -> tuple[OwnFigure, ...]:
    """Return an authority's newest figure for each sex, beside what the mission asks of regions.

    Args:
        values: published for the authority itself; never an average of its districts, and never
            of the sexes.
        pictures: of the mission, one for each sex.

    Returns:
        One for each sex that has a value: of the newest period for which the regions are known by
        the same method, else of the newest. An authority is no region, so nothing here says what
        it adds to halving.

    Source: the project's own rule.
    """
    found = []
    for picture in pictures:
        known = {gap.period: gap for gap in picture.gaps if gap.comparable}
        own = [one for one in values if one.sex == picture.sex]
        own.sort(key=lambda one: (one.period in known, one.period.last, one.period.first))
        if own:
            found.append(_figure(own[-1], known.get(own[-1].period), picture.target))
    return tuple(found)


def _figure(own: OwnValue, gap: Gap | None, target: float | None) -> OwnFigure:
    value = own.value.value
    best = gap.best.value if gap else None
    floor = None if best is None or target is None else round(best - target, DIGITS)
    england = own.england
    if england is None and gap is not None and gap.england is not None:
        england = AreaFigure("", "England", gap.england)
    return OwnFigure(
        sex=own.sex,
        period=own.period,
        area=own.area,
        value=value,
        lower=own.value.lower,
        upper=own.value.upper,
        release=own.release,
        england=england.value if england else None,
        england_gap=_less(value, england.value if england else None),
        england_interval=pair_interval(best=own.value, worst=england) if england else None,
        best=gap.best if gap else None,
        best_gap=_less(value, best),
        floor=floor,
        floor_gap=_less(value, floor),
    )


def _less(value: float, other: float | None) -> float | None:
    return None if other is None else round(value - other, DIGITS)
