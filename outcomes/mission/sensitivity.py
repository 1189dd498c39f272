"""What other definitions of the gap would give."""

from collections.abc import Sequence

import numpy as np

from outcomes.mission.figures import CouncilFigures, Figures, Years
from outcomes.mission.gaps import DIGITS, range_of
from outcomes.mission.shapes import (
    Definition,
    Gap,
    GapRule,
    Sensitivity,
    SensitivityCell,
    SexPicture,
)
from outcomes.mission.words import either, number_text

# July 2024, when the government came in, in decimal years.
_START = 2024.5
_NOT_AVAILABLE = "Not available"


def sensitivity_of(
    *,
    definition: Definition,
    pictures: Sequence[SexPicture],
    figures: Sequence[Figures],
    councils: Sequence[CouncilFigures],
    spreads: Sequence[tuple[str, str]],
) -> tuple[Sensitivity, ...]:
    """Return the newest values by the definition in use and by each alternative.

    Args:
        definition: the one in use.
        pictures: by it, one for each sex.
        figures: of every release, period and sex, in years.
        councils: values of upper-tier councils by sex, in years.
        spreads: sex and words of what others publish on the spread of councils.

    Returns:
        D1 range, D2 fixed pair as named at the baseline and as it is now, D3 the middle 95% of
        councils, D4 the slope over tenths of deprivation, and D1 from another baseline.

    Source: the project's own choice of alternatives.
    """
    rows = [
        _range(definition, pictures, figures),
        _pair_at_baseline(definition, pictures, figures),
        _pair_now(pictures, figures),
        _councils(pictures, councils, spreads),
        Sensitivity(
            key="D4",
            title="Slope across deprivation tenths",
            cells=tuple(SensitivityCell(one.sex, None, _NOT_AVAILABLE) for one in pictures),
            note="No figures of regions’ tenths for this release are among our sources",
        ),
        _other_baseline(definition, pictures),
    ]
    return tuple(row for row in rows if row is not None)


def percentile_spread(*, values: Sequence[float]) -> float:
    """Return the 97.5th percentile minus the 2.5th.

    Args:
        values: one for each area, in years; at least one.

    Returns:
        In years, with straight lines between the values in order.

    Source: ONS, Healthy life expectancy in the UK, 2022 to 2024 (February 2026), which measures
        inequality between local areas so; Hyndman and Fan (1996), definition 7.
    """
    upper, lower = np.percentile(values, [97.5, 2.5])
    return float(upper - lower)


def _range(
    definition: Definition, pictures: Sequence[SexPicture], figures: Sequence[Figures]
) -> Sensitivity:
    in_use = definition.rule == GapRule.RANGE
    cells = []
    for one in pictures:
        now = one.current if in_use else _range_now(one.sex, figures)
        cells.append(_cell(one.sex, now.value if now else None))
    chance = max((one.chance for one in pictures), default=0.0)
    return Sensitivity(
        key="D1",
        title="Highest minus lowest of 9 regions",
        cells=tuple(cells),
        note=(
            "A range is always a little too large: with no real difference, nine regions would "
            f"still show about {number_text(chance)} years"
        ),
        in_use=in_use,
    )


def _range_now(sex: str, figures: Sequence[Figures]) -> Gap | None:
    found = [
        gap for one in figures if one.sex == sex and (gap := range_of(figures=one)) is not None
    ]
    return max(found, key=_newest, default=None)


def _newest(gap: Gap) -> tuple[int, int, str]:
    return gap.period.last, gap.period.first, gap.release.key


def _pair_at_baseline(
    definition: Definition, pictures: Sequence[SexPicture], figures: Sequence[Figures]
) -> Sensitivity:
    cells = []
    for one in pictures:
        before = _range_in(one.sex, definition.baseline, figures)
        cells.append(_pair_cell(one, before, figures))
    return Sensitivity(
        key="D2",
        title="Fixed pair, as named at the baseline",
        cells=tuple(cells),
        note=f"The highest and the lowest region of {definition.baseline.label}, whoever is it now",
        in_use=definition.rule == GapRule.FIXED_PAIR,
    )


def _pair_now(pictures: Sequence[SexPicture], figures: Sequence[Figures]) -> Sensitivity:
    cells = [_pair_cell(one, _range_now(one.sex, figures), figures) for one in pictures]
    return Sensitivity(
        key="D2-now",
        title="Fixed pair, as named by the newest figures",
        cells=tuple(cells),
        note="The same as D1 in the newest period by its making; it differs in earlier ones",
    )


def _range_in(sex: str, period: Years, figures: Sequence[Figures]) -> Gap | None:
    return _range_now(sex, [one for one in figures if one.period == period])


def _pair_cell(one: SexPicture, named: Gap | None, figures: Sequence[Figures]) -> SensitivityCell:
    """Return what the pair that a gap names comes to in the newest period."""
    now = one.current
    if named is None or now is None:
        return SensitivityCell(one.sex, None, _NOT_AVAILABLE)
    values = {
        area.name: area.value
        for each in figures
        if (each.sex, each.period, each.release.key) == (one.sex, now.period, now.release.key)
        for area in each.regions
    }
    pair = (named.best.names[0], named.worst.names[0])
    words = f"{pair[0]} minus {pair[1]}"
    unknown = [name for name in pair if name not in values]
    if unknown:
        return SensitivityCell(
            one.sex,
            None,
            f"Not known: {words}, and {either(unknown)} is not among our sources for "
            f"{now.period.label}",
        )
    return SensitivityCell(one.sex, round(values[pair[0]] - values[pair[1]], DIGITS), words)


def _councils(
    pictures: Sequence[SexPicture],
    councils: Sequence[CouncilFigures],
    spreads: Sequence[tuple[str, str]],
) -> Sensitivity:
    by_sex = {one.sex: one for one in councils if one.values}
    cells, periods, counts = [], set(), set()
    for one in pictures:
        found = by_sex.get(one.sex)
        if found is None:
            cells.append(SensitivityCell(one.sex, None, _NOT_AVAILABLE))
            continue
        periods.add(found.period.label)
        counts.add(len(found.values))
        cells.append(SensitivityCell(one.sex, percentile_spread(values=found.values)))
    of = [f"{either(sorted(map(str, counts)))} councils, {either(sorted(periods))}"]
    said = [*(of if counts else []), *_spread_words(pictures, spreads)]
    return Sensitivity(
        key="D3",
        title="Upper-tier councils, middle 95%",
        cells=tuple(cells),
        note="; ".join(said),
    )


def _spread_words(pictures: Sequence[SexPicture], spreads: Sequence[tuple[str, str]]) -> list[str]:
    shown = {one.sex for one in pictures}
    kept = [words for sex, words in spreads if sex in shown]
    return [f"ONS for the UK: {', '.join(kept)}"] if kept else []


def _other_baseline(definition: Definition, pictures: Sequence[SexPicture]) -> Sensitivity | None:
    """Return the definition in use with the period nearest July 2024, if that is another."""
    cells, periods = [], set()
    for one in pictures:
        offered = [gap for gap in one.gaps if gap.comparable]
        nearest = min(offered, key=lambda gap: abs(gap.period.span.midpoint - _START), default=None)
        if nearest is None or nearest.period == definition.baseline:
            return None
        periods.add(nearest.period)
        half = f"half is {number_text(nearest.value / 2)}"
        cells.append(SensitivityCell(one.sex, nearest.value, half))
    if len(periods) != 1:
        return None
    [period] = periods
    return Sensitivity(
        key="D1-baseline",
        title=f"The same with baseline {period.label}",
        cells=tuple(cells),
        note=f"First fair comparison would be {period.next_apart().label}",
    )


def _cell(sex: str, value: float | None) -> SensitivityCell:
    return SensitivityCell(sex, value, "" if value is not None else _NOT_AVAILABLE)
