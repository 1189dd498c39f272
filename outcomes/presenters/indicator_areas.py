"""The page that shows one indicator in all areas of a kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from authorities.models import BodyKind
from outcomes.area_drawings import draw_rows
from outcomes.area_figures import ValueScale
from outcomes.indicator_series import with_unit
from outcomes.presenters.figures import TableCell, TableColumn
from outcomes.presenters.indicator_area_rows import (
    ListedArea,
    listed,
    ordered,
    places_of,
)
from outcomes.presenters.series_words import (
    KIND_WORDS,
    RELEASE_COLUMNS,
    area_address,
    day_words,
    direction_words,
    limits_words,
    list_address,
    people_words,
    query,
    release_row,
    value_words,
    version_words,
)
from outcomes.queries.area_lists import AreaListFacts

PAGE_SIZE = 25
_SUMS = (
    "Where nothing is published for an authority, its own page computes a value from its councils "
    "if their counts allow it."
)


@dataclass(frozen=True)
class IndicatorAreasPage:
    """All that the page shows."""

    title: str
    name: str
    code: str
    chips: tuple[str, ...]
    england: str
    direction: str
    sums: str
    svg: str
    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableCell | str, ...], ...]
    empty: str
    page: int
    pages: int
    page_url: str
    file: str
    release_columns: tuple[TableColumn, ...]
    releases: tuple[tuple[TableCell | str, ...], ...]
    text: str
    source: str
    licence: str
    draft: bool
    newer: str


def present(
    *, facts: AreaListFacts, asked: Mapping[str, str], sort: str, page: int
) -> IndicatorAreasPage:
    """Return one page of the list.

    Args:
        asked: what is shown, by the fields of the address.
        sort: one of the orders of the list.
        page: from 1; one beyond the last is the last.
    """
    indicator = facts.indicator
    rows = ordered(facts=facts, sort=sort)
    pages = max(-(-len(rows) // PAGE_SIZE), 1) if facts.period else 1
    page = min(max(page, 1), pages)
    shown = listed(facts=facts, rows=rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    places = places_of(facts=facts)
    label = next((label for key, label in facts.periods if key == facts.period), "")
    kinds = KIND_WORDS[facts.kind][1]
    who = people_words(choices=facts.choices)
    against = facts.england.of(facts.period) if facts.england else None
    unit = f", in {indicator.unit}" if indicator.unit else ""
    title = f"{indicator.name}, {who}, {label}" if label else f"{indicator.name}, {who}"
    return IndicatorAreasPage(
        title=f"{indicator.name}: {kinds}",
        name=indicator.name,
        code=indicator.code,
        chips=(
            f"{len(rows)} {kinds}",
            f"For {who}",
            label or "No period yet",
            day_words(day=facts.day).capitalize(),
        ),
        england="England: "
        + with_unit(
            words=value_words(value=against, places=places),
            unit=indicator.unit if against and against.value is not None else "",
        ),
        direction=direction_words(indicator=indicator),
        sums=_SUMS
        if facts.kind == BodyKind.STRATEGIC_AUTHORITY
        and indicator.definition.scale in (ValueScale.PROPORTION, ValueScale.RATE)
        else "",
        svg=_svg(shown, against.value if against else None, places, title),
        caption=f"{title}{unit}: {kinds}" + (f", page {page} of {pages}" if pages > 1 else ""),
        columns=(
            TableColumn("Area", numeric=False),
            TableColumn("Value", numeric=True),
            TableColumn("95% limits", numeric=True),
            TableColumn("Comparison", numeric=False),
            TableColumn("Recent trend", numeric=False),
        ),
        rows=tuple(_row(one, facts, asked, places) for one in shown) if facts.period else (),
        empty=_empty(facts),
        page=page,
        pages=pages,
        page_url=f"{query(asked=asked) or '?'}{'&' if query(asked=asked) else ''}page=",
        file=list_address(code=indicator.code, asked=asked, name="indicator-areas-csv"),
        release_columns=RELEASE_COLUMNS,
        releases=tuple(release_row(release=one) for one in facts.releases),
        text=indicator.text,
        source=indicator.source,
        licence=indicator.licence,
        draft=indicator.draft,
        newer=version_words(indicator=indicator),
    )


def _empty(facts: AreaListFacts) -> str:
    if facts.day is not None:
        return "No value had been published by that day"
    return "No value is published yet" if facts.rows else "No area of this kind is on record"


def _row(
    one: ListedArea, facts: AreaListFacts, asked: Mapping[str, str], places: int
) -> tuple[TableCell | str, ...]:
    kept = {key: asked.get(key, "") for key in ("sex", "age", "as_published")}
    url = (
        area_address(code=facts.indicator.code, area_code=one.area.code, asked=kept)
        if one.area.code
        else ""
    )
    trend = one.trend
    label = f"{trend.label}, {trend.judgement}" if trend.judgement else trend.label
    provisional = "provisional" if one.value is not None and one.value.provisional else ""
    other = facts.indicator.other_version(one.value)
    read_by = f"read by version {other} of the definition" if other is not None else ""
    return (
        TableCell(one.area.name, url=url),
        TableCell(
            value_words(value=one.value, places=places),
            "; ".join(filter(None, (provisional, read_by))),
        ),
        limits_words(value=one.value, places=places),
        TableCell(one.judgement.label, one.judgement.reason),
        TableCell(label, trend.reason),
    )


def _svg(shown: Sequence[ListedArea], reference: float | None, places: int, title: str) -> str:
    drawing = draw_rows(
        values=[
            (one.area.name, one.value, value_words(value=one.value, places=places)) for one in shown
        ],
        reference=reference,
        places=places,
    )
    if drawing is None:
        return ""
    return render_to_string(
        "outcomes/rows_drawing.html",
        {"drawing": drawing, "label": f"{title}. The table below has the same numbers."},
    )
