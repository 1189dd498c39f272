"""One indicator in all areas of an authority, beside each other on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from authorities.models import BodyKind
from outcomes import charts
from outcomes.area_figures import NOT_COMPARED, comparison_words
from outcomes.indicator_series import (
    Point,
    Series,
    axis,
    covid_words,
    decimals_of,
    independent,
    rolling_words,
    with_unit,
)
from outcomes.people import ALL_AGES, sex_words
from outcomes.presenters.figures import TableCell, TableColumn, value_words
from outcomes.progress_labels import first_with, period_label
from outcomes.queries.indicators import IndicatorPage
from outcomes.stats import Comparison
from outcomes.stats.trend import POINTS_NEEDED

_AGAINST = "Against England, by the publisher"


@dataclass(frozen=True)
class AreaMultiple:
    """One area's drawing with the sentence that says what it shows."""

    name: str
    drawing: charts.SmallMultiple
    label: str
    latest: str
    compared: str


@dataclass(frozen=True)
class Multiples:
    """The drawings, their table of independent periods, and for whom else there are some.

    every_rows: all values that are drawn; empty where the table above has them all.
    """

    code: str
    name: str
    heading: str
    sex: str
    sexes: tuple[str, ...]
    trend_words: str
    scale_words: str
    areas: tuple[AreaMultiple, ...]
    area_words: str
    covid_words: str
    has_breaks: bool
    has_england: bool
    is_compared: bool
    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableCell | str, ...], ...]
    every_caption: str
    every_columns: tuple[TableColumn, ...]
    every_rows: tuple[tuple[TableCell | str, ...], ...]
    source: str
    series: tuple[Series, ...]


def multiples(*, page: IndicatorPage, sex: str, breaks: Sequence[date] = ()) -> Multiples | None:
    """Return the areas' drawings for the sex asked for, or the first that there is.

    Args:
        page: the indicator with its series, as the read model keeps them.
        sex: in any letter case; another than a published one is the first.
        breaks: first days from which values are not comparable with earlier ones.

    Returns:
        None where there is nothing to draw.
    """
    local = [one for one in page.series if one.area_kind != BodyKind.COUNTRY]
    sexes = tuple(dict.fromkeys(one.sex for one in sorted(local, key=_order)))
    if not sexes:
        return None
    chosen = next((one for one in sexes if one.casefold() == sex.casefold()), sexes[0])
    ages = list(dict.fromkeys(one.age for one in local if one.sex == chosen))
    age = ALL_AGES if ALL_AGES in ages else ages[0]
    series = [one for one in page.series if (one.sex, one.age) == (chosen, age)]
    areas = [one for one in series if one.area_kind != BodyKind.COUNTRY]
    england = next((one for one in series if one.area_kind == BodyKind.COUNTRY), None)
    places = decimals_of(series=series)
    who = sex_words(sex=chosen) if age == ALL_AGES else f"{sex_words(sex=chosen)}, {age}"
    drawings = charts.small_multiples(series=areas, england=england, breaks=breaks)
    longest = max((one.points for one in areas), key=len)
    periods = _independent(longest)
    heading = f"{page.name}, {who}"
    is_compared = any(map(_compared, areas))
    every = _every_period(series)
    return Multiples(
        code=page.code,
        name=page.name,
        heading=heading,
        sex=chosen,
        sexes=sexes,
        trend_words=_trend_words(longest, len(periods)),
        scale_words=_scale_words(series, page.unit, places),
        areas=tuple(
            AreaMultiple(
                name=one.area_name,
                drawing=drawing,
                label=_label(one, england, page.unit, places, who),
                latest=_latest(one, page.unit, places),
                compared=_compared(one),
            )
            for one, drawing in zip(areas, drawings, strict=True)
        ),
        area_words=", ".join(filter(None, ("Area", rolling_words(points=longest)))),
        covid_words=covid_words(points=longest),
        has_breaks=any(one.breaks for one in drawings),
        has_england=england is not None,
        is_compared=is_compared,
        caption=f"{heading}{f', in {page.unit}' if page.unit else ''}, independent periods",
        columns=(
            *_columns(periods),
            *((TableColumn(_AGAINST, numeric=False),) if is_compared else ()),
        ),
        rows=tuple(
            (*_row(one, periods, places), *((_against(one),) if is_compared else ()))
            for one in series
        ),
        every_caption=f"{heading}{f', in {page.unit}' if page.unit else ''}, every period drawn",
        every_columns=_columns(every),
        every_rows=()
        if set(every) <= set(periods)
        else tuple(_row(one, every, places) for one in series),
        source=f"Source: {page.source}. {page.licence}." if page.source else "",
        series=tuple(series),
    )


def _order(one: Series) -> int:
    return {"Male": 0, "Female": 1, "Persons": 2}.get(one.sex, 3)


def _independent(points: Sequence[Point]) -> tuple[str, ...]:
    """Return the labels of periods that share no day."""
    kept = independent(points=points)
    return tuple(one.period for one in points if one.period in kept)


def _every_period(series: Sequence[Series]) -> tuple[str, ...]:
    found = {(p.start_date, p.end_date, p.period) for one in series for p in one.points}
    return tuple(label for _, _, label in sorted(found))


def _columns(periods: Sequence[str]) -> tuple[TableColumn, ...]:
    return (
        TableColumn("Area", numeric=False),
        *(TableColumn(charts.compact(label=one), numeric=True) for one in periods),
    )


def _trend_words(points: Sequence[Point], periods: int) -> str:
    if periods >= POINTS_NEEDED:
        return ""
    noun = "period" if periods == 1 else "periods"
    said = f"{periods} independent {noun} here, {POINTS_NEEDED} needed."
    if len(points) < 2:
        return said
    earlier, latest = points[-2].start_date, points[-1].start_date
    coming = first_with(
        spans=[(one.start_date, one.end_date) for one in points],
        step=(latest.year - earlier.year) * 12 + latest.month - earlier.month,
        needed=POINTS_NEEDED,
    )
    if coming is None:
        return said
    label = period_label(start_date=coming[0], end_date=coming[1])
    return f"{said} There will be {POINTS_NEEDED} with {label}."


def _scale_words(series: Sequence[Series], unit: str, places: int) -> str:
    scale = axis(series=series)
    if scale is None:
        return "No values are published."
    low, high, _ = scale
    top = with_unit(words=f"{high:,.{places}f}", unit=unit)
    return f"Same scale in every chart, {low:,.{places}f} to {top}, areas in alphabetical order."


def _latest(one: Series, unit: str, places: int) -> str:
    latest = one.points[-1]
    words = value_words(point=latest, places=places)
    number = with_unit(words=words, unit=unit) if latest.value is not None else words.capitalize()
    return f"{number}, {charts.compact(label=latest.period)}"


def _compared(one: Series) -> str:
    """Return the publisher's own comparison of the latest value with England, where it has one."""
    said = one.points[-1].publishers_comparison
    if said is None:
        return ""
    return comparison_words(comparison=Comparison(said), name="England")


def _against(one: Series) -> str:
    if one.area_kind == BodyKind.COUNTRY:
        return NOT_COMPARED
    return _compared(one) or NOT_COMPARED


def _label(one: Series, england: Series | None, unit: str, places: int, who: str) -> str:
    def ends(series: Series) -> str:
        first, last = series.points[0], series.points[-1]
        return (
            f"{value_words(point=first, places=places)} in {charts.compact(label=first.period)}, "
            f"{value_words(point=last, places=places)} in {charts.compact(label=last.period)}"
        )

    text = f"{one.area_name}, {who}, {unit}: {ends(one)}."
    return f"{text} England: {ends(england)}." if england else text


def _row(one: Series, periods: Sequence[str], places: int) -> tuple[TableCell | str, ...]:
    points = {point.period: point for point in one.points}
    return (
        one.area_name,
        *(
            value_words(point=points[period], places=places)
            if period in points
            else "not published"
            for period in periods
        ),
    )
