"""The numbers of the pages of one indicator to take away, as they are on the page."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from authorities.csv_text import write_csv
from outcomes.area_figures import AreaValue
from outcomes.models import Note
from outcomes.presenters.area_statistics import AreaFigures
from outcomes.presenters.indicator_area_rows import ListedArea
from outcomes.presenters.indicator_inequality import NO_INDEX, groups_of
from outcomes.queries.area_lists import AreaListFacts
from outcomes.queries.area_pages import AreaPageFacts
from outcomes.queries.indicator_facts import IndicatorFacts, ReleaseFacts

_ABOUT = ("indicator_code", "indicator", "unit")
_WHO = ("area_code", "area", "area_kind", "sex", "age")
_VALUE = (
    "period",
    "period_first_day",
    "period_last_day",
    "value",
    "lower_95",
    "upper_95",
    "lower_998",
    "upper_998",
    "count",
    "denominator",
    "note",
    "note_text",
    "provisional",
    "publishers_comparison",
    "status",
    "published_for",
    "release",
    "released_on",
)
_LABELS = ("compared_with", "comparison", "comparison_reason")


def series_csv(*, found: AreaFigures) -> str:
    """Return the area's series and what it is held against; suppressed values have no number."""
    facts = found.facts
    released = {one.id: one for one in facts.releases}
    about = _about(facts.indicator)
    rows: list[Sequence[str]] = []
    for row in found.rows:
        if row.value is not None:
            rows.append(
                (
                    *about,
                    *_who(facts, facts.area.code, facts.area.name, facts.area.kind),
                    *_cells(row.value, released),
                    found.benchmark.name if found.benchmark else "",
                    row.judgement.label,
                    row.judgement.reason,
                    "; ".join(row.remarks),
                )
            )
    for area, values in (
        (facts.around.england, facts.england),
        (facts.around.region, facts.region),
    ):
        if area is None or area.id == facts.area.id:
            continue
        rows += [
            (
                *about,
                *_who(facts, area.code, area.name, area.kind),
                *_cells(value, released),
                "",
                "",
                "",
                "",
            )
            for value in values
        ]
    return write_csv(headings=(*_ABOUT, *_WHO, *_VALUE, *_LABELS, "remarks"), rows=rows)


def groups_csv(*, facts: AreaPageFacts, period: str) -> str:
    """Return the groups of one period, with slope and relative index in each row."""
    released = {one.id: one for one in facts.releases}
    headings = (
        *_ABOUT,
        *_WHO,
        "category_type",
        "category",
        *_VALUE,
        "slope_index",
        "slope_index_lower_95",
        "slope_index_upper_95",
        "relative_index",
        "relative_index_lower_95",
        "relative_index_upper_95",
        "index_reason",
    )
    groups = groups_of(facts=facts, period=period)
    if groups is None:
        return write_csv(headings=headings, rows=())
    index = groups[1].index
    numbers = (
        ("",) * 6
        if index is None
        else tuple(
            repr(float(one))
            for one in (
                index.slope,
                index.slope_lower,
                index.slope_upper,
                index.relative,
                index.relative_lower,
                index.relative_upper,
            )
        )
    )
    reason = f"{NO_INDEX}: {groups[1].reason}" if index is None else ""
    return write_csv(
        headings=headings,
        rows=(
            (
                *_about(facts.indicator),
                *_who(facts, facts.area.code, facts.area.name, facts.area.kind),
                facts.choices.category_type,
                name,
                *_cells(value, released),
                *numbers,
                reason,
            )
            for name, value in groups[1].groups
        ),
    )


def areas_csv(*, facts: AreaListFacts, rows: Sequence[ListedArea]) -> str:
    """Return every area of the list, all pages, in its order."""
    return write_csv(
        headings=(*_ABOUT, *_WHO, *_VALUE, *_LABELS, "trend", "trend_reason"),
        rows=_area_rows(facts, rows),
    )


def _area_rows(facts: AreaListFacts, rows: Sequence[ListedArea]) -> Iterator[Sequence[str]]:
    released = {one.id: one for one in facts.releases}
    for row in rows:
        yield (
            *_about(facts.indicator),
            *_who(facts, row.area.code, row.area.name, row.area.kind),
            *_cells(row.value, released),
            row.compared_with,
            row.judgement.label,
            row.judgement.reason,
            row.trend.label,
            row.trend.reason,
        )


def _about(indicator: IndicatorFacts) -> tuple[str, str, str]:
    return indicator.code, indicator.name, indicator.unit


def _who(facts: AreaPageFacts | AreaListFacts, code: str, name: str, kind: str) -> tuple[str, ...]:
    return code, name, kind, facts.choices.sex, facts.choices.age


def _cells(value: AreaValue | None, released: Mapping[UUID, ReleaseFacts]) -> tuple[str, ...]:
    if value is None:
        return ("",) * 10 + ("not published", "", "", "", "not published", "", "", "")
    release = released.get(value.release_id) if value.release_id else None
    return (
        value.period,
        value.start_date.isoformat(),
        value.last_date.isoformat(),
        *(
            "" if number is None else repr(float(number))
            for number in (
                value.value,
                value.lower_95,
                value.upper_95,
                value.lower_998,
                value.upper_998,
                value.count,
                value.denominator,
            )
        ),
        str(Note(value.note).label).lower(),
        value.note_text,
        "yes" if value.provisional else "no",
        value.publishers_comparison or "",
        f"computed by this site from {', '.join(value.computed_from)}"
        if value.is_computed
        else "published",
        value.area_code,
        release.title if release else "",
        release.published_on.isoformat() if release else "",
    )
