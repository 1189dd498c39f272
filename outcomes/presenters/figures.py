"""Numbers and the words that stand in for them, for indicator pages and downloads."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.text import slugify

from authorities.csv_text import inert
from authorities.models import BodyKind
from outcomes import charts
from outcomes.indicator_series import OwnState, Point, Series, axis, decimals_of, with_unit
from outcomes.models import Note
from outcomes.people import ALL_AGES, SEX_WORDS, sex_words
from outcomes.queries.indicators import IndicatorPage

OWN_WORDS = {
    OwnState.WAITING: "Sent in by you, not yet approved",
    OwnState.RETURNED: "Sent in by you, returned for correction",
    OwnState.SUPPRESSED: "Sent in by you and approved, suppressed for the public",
    OwnState.PUBLISHED_ELSEWHERE: (
        "Sent in by you and approved, published nationally with another value"
    ),
    OwnState.PUBLISHED_OTHERWISE: "Sent in by you and approved, not public as it stands",
}
_OWN_STATUS = {
    None: "published",
    OwnState.WAITING: "sent in, not yet approved",
    OwnState.RETURNED: "sent in, returned for correction",
    OwnState.SUPPRESSED: "sent in, approved, suppressed for the public",
    OwnState.PUBLISHED_ELSEWHERE: "sent in, approved, published nationally with another value",
    OwnState.PUBLISHED_OTHERWISE: "sent in, approved, not public as it stands",
}


@dataclass(frozen=True)
class Choice:
    """A link to the same page for other people."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class AreaDrawing:
    """A small multiple with the sentence that says what it shows."""

    name: str
    drawing: charts.SmallMultiple
    label: str
    latest: str
    remark: str


@dataclass(frozen=True)
class TableColumn:
    """The head of a column."""

    label: str
    numeric: bool


@dataclass(frozen=True)
class TableCell:
    """A cell with a smaller line under it.

    status: code of a progress status, which the text then is the word of, for its sign.
    flag, flag_url: what stands beside it, and where that is said in full.
    quiet: it says that there is nothing, which a stacked table on a phone leaves out.
    """

    text: str
    note: str = ""
    url: str = ""
    status: str = ""
    flag: str = ""
    flag_url: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class FigureBlock:
    """One indicator for one sex and age: drawings, chart and table from the same numbers."""

    anchor: str
    heading: str
    scale_words: str
    areas: tuple[AreaDrawing, ...]
    chart_label: str
    chart: Any
    table_caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableCell | str, ...], ...]
    has_own: bool
    has_england: bool
    unit: str


def sexes_of(*, pages: Sequence[IndicatorPage]) -> tuple[str, ...]:
    """Return the sexes that any of the indicators is published for, men first, then women."""
    found = {one.sex for page in pages for one in page.series}
    order = list(SEX_WORDS)
    return tuple(sorted(found, key=lambda sex: order.index(sex) if sex in order else len(order)))


def blocks_of(*, page: IndicatorPage, sex: str) -> tuple[FigureBlock, ...]:
    """Return a block for each age at which the indicator is published for the sex.

    An indicator that is not published for this sex is shown for the first that it has.
    """
    has_sex = any(one.sex == sex for one in page.series)
    shown_sex = sex if has_sex else sexes_of(pages=[page])[0]
    ages = dict.fromkeys(one.age for one in page.series if one.sex == shown_sex)
    return tuple(
        _block(
            page=page,
            sex=shown_sex,
            age=age,
            series=[one for one in page.series if one.group == (shown_sex, age)],
        )
        for age in ages
    )


def _block(*, page: IndicatorPage, sex: str, age: str, series: Sequence[Series]) -> FigureBlock:
    local = [one for one in series if one.area_kind != BodyKind.COUNTRY]
    england = next((one for one in series if one.area_kind == BodyKind.COUNTRY), None)
    places = decimals_of(series=series)
    who = sex_words(sex=sex) if age == ALL_AGES else f"{sex_words(sex=sex)}, {age}"
    heading = f"{page.name}, {who}"
    drawings = charts.small_multiples(series=local, england=england)
    areas = tuple(
        _area(series=one, england=england, drawing=drawing, unit=page.unit, places=places, who=who)
        for one, drawing in zip(local, drawings, strict=True)
    )
    periods = _periods(series=series)
    return FigureBlock(
        anchor=slugify(f"{page.code} {sex} {age}"),
        heading=heading,
        scale_words=_scale_words(series=series, unit=page.unit, places=places),
        areas=areas,
        chart_label=f"{heading}: {len(local)} areas{' and England' if england else ''} on one "
        "scale. The table below has the same numbers.",
        chart=charts.figure(series=local, england=england, unit=page.unit, title=heading),
        table_caption=f"{heading}, in {page.unit}" if page.unit else heading,
        columns=(
            TableColumn("Area", numeric=False),
            *(TableColumn(charts.compact(label=period), numeric=True) for period in periods),
        ),
        rows=tuple(
            (one.area_name, *_cells(series=one, periods=periods, places=places)) for one in series
        ),
        has_own=any(one.has_own for one in series),
        has_england=england is not None,
        unit=page.unit,
    )


def _periods(*, series: Sequence[Series]) -> tuple[str, ...]:
    found = {(p.start_date, p.end_date, p.period) for one in series for p in one.points}
    return tuple(label for _, _, label in sorted(found))


def _cells(*, series: Series, periods: Sequence[str], places: int) -> tuple[TableCell | str, ...]:
    points = {point.period: point for point in series.points}
    return tuple(
        _cell(point=points[period], places=places)
        if period in points
        else "not sent in"
        if series.has_own
        else "not published"
        for period in periods
    )


def _cell(*, point: Point, places: int) -> TableCell | str:
    notes = [note_words(note=point.note)] if point.value is not None else []
    if point.own is not None:
        notes.append(OWN_WORDS[point.own])
    notes.append(read_words(point=point))
    return TableCell(value_words(point=point, places=places), "; ".join(filter(None, notes)))


def value_words(*, point: Point, places: int) -> str:
    """Return the number, or why there is none: 'missing' and 'suppressed' are not zero."""
    if point.value is None:
        return Note(point.note).label.lower()
    return f"{point.value:,.{places}f}".replace("-", "−")


def read_words(*, point: Point) -> str:
    """Return by which definition a value is read where it is not the page's, or nothing."""
    if point.read_by is None:
        return ""
    unit = f", in {point.unit}" if point.unit else ""
    return f"read by version {point.read_by} of the definition{unit}"


def note_words(*, note: str) -> str:
    """Return what to bear in mind of a value that is there, or nothing."""
    return "" if note == Note.OK else Note(note).label.lower()


def _area(
    *,
    series: Series,
    england: Series | None,
    drawing: charts.SmallMultiple,
    unit: str,
    places: int,
    who: str,
) -> AreaDrawing:
    latest = series.points[-1]
    words = value_words(point=latest, places=places)
    latest_unit = unit if latest.read_by is None else latest.unit
    number = words.capitalize()
    if latest.value is not None:
        number = with_unit(words=words, unit=latest_unit)
    return AreaDrawing(
        name=series.area_name,
        drawing=drawing,
        label=_drawing_label(series=series, england=england, unit=unit, places=places, who=who),
        latest=f"{number}, {charts.compact(label=latest.period)}",
        remark=". ".join(
            filter(
                None,
                (
                    _remark(point=latest, places=places),
                    read_words(point=latest).capitalize(),
                ),
            )
        ),
    )


def _remark(*, point: Point, places: int) -> str:
    own = f"{OWN_WORDS[point.own]}. " if point.own is not None else ""
    if point.value is None:
        return own.strip()
    if point.lower is None or point.upper is None:
        return f"{own}Not compared: no limits were published"
    return f"{own}95% limits {point.lower:.{places}f} to {point.upper:.{places}f}"


def _drawing_label(
    *, series: Series, england: Series | None, unit: str, places: int, who: str
) -> str:
    def end(point: Point) -> str:
        words = value_words(point=point, places=places)
        if point.read_by is not None and point.value is not None:
            words = with_unit(words=words, unit=point.unit)
        return f"{words} in {charts.compact(label=point.period)}"

    def ends(one: Series) -> str:
        return f"{end(one.points[0])}, {end(one.points[-1])}"

    text = f"{series.area_name}, {who}, {unit}: {ends(series)}."
    return f"{text} England: {ends(england)}." if england else text


def _scale_words(*, series: Sequence[Series], unit: str, places: int) -> str:
    scale = axis(series=series)
    if scale is None:
        return "No values are published."
    low, high, _ = scale
    top = with_unit(words=f"{high:,.{places}f}", unit=unit)
    return (
        f"Same scale in every chart, {low:,.{places}f} to {top}, areas in alphabetical order. "
        "Round dots mark periods that do not overlap."
    )


_CSV_HEADINGS = (
    "indicator_code",
    "indicator",
    "unit",
    "area_code",
    "area",
    "area_kind",
    "sex",
    "age",
    "period",
    "period_first_day",
    "period_last_day",
    "value",
    "lower_95",
    "upper_95",
    "note",
    "note_text",
    "status",
)


def indicator_csv(*, page: IndicatorPage) -> str:
    """Return the page's numbers as CSV: codes and labels, ISO dates, words for gaps."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_CSV_HEADINGS)
    for one in page.series:
        for point in one.points:
            row = (
                page.code,
                page.name,
                page.unit if point.read_by is None else point.unit,
                one.area_code,
                one.area_name,
                one.area_kind,
                one.sex,
                one.age,
                point.period,
                point.start_date.isoformat(),
                (point.end_date - timedelta(days=1)).isoformat(),
                *(
                    "" if number is None else repr(number)
                    for number in (point.value, point.lower, point.upper)
                ),
                Note(point.note).label.lower(),
                point.note_text,
                _OWN_STATUS[point.own],
            )
            writer.writerow([inert(cell) for cell in row])
    return out.getvalue()
