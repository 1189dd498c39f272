"""One indicator in all areas of a kind for one period, read in a constant number of queries."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from outcomes.area_figures import AreaValue
from outcomes.queries.area_pages import AskedFor, Choices, choose
from outcomes.queries.indicator_areas import LISTED_KINDS, AreaFacts, areas_of_kind, england
from outcomes.queries.indicator_facts import (
    IndicatorFacts,
    ReleaseFacts,
    indicator_facts,
    people_of,
    releases_of,
    with_releases,
)
from outcomes.queries.published import breakdowns_published, values_published


@dataclass(frozen=True)
class AreaRow:
    """One area with its series; oldest first."""

    area: AreaFacts
    values: tuple[AreaValue, ...]

    def of(self, period: tuple[date, date] | None) -> AreaValue | None:
        """Return the value of a period; None where none is published."""
        return next((value for value in self.values if value.key == period), None)


@dataclass(frozen=True)
class AreaListFacts:
    """All areas of a kind, with England beside them.

    periods: days and label of every period that any of the areas has a value for, newest first.
    period: the one that is shown; None where there is none.
    """

    indicator: IndicatorFacts
    kind: str
    kinds: tuple[str, ...]
    choices: Choices
    day: date | None
    periods: tuple[tuple[tuple[date, date], str], ...]
    period: tuple[date, date] | None
    rows: tuple[AreaRow, ...]
    england: AreaRow | None
    releases: tuple[ReleaseFacts, ...]


def area_list(
    *,
    code: str,
    kind: str,
    period: str,
    asked: AskedFor,
    today: date,
    with_drafts: bool = False,
) -> AreaListFacts:
    """Return the areas of a kind that exist today or have a value, by name.

    Args:
        code: of the indicator.
        kind: of body; an unknown or empty one is the first kind with values.
        period: label as published; an unknown or empty one is the newest.
        asked: for whom and as on which day.
        today: in London.
        with_drafts: for the centre, which describes them.

    Raises:
        NoSuchIndicatorError: there is none, or it is a draft and those are not for the visitor.
    """
    indicator = indicator_facts(code=code, with_drafts=with_drafts)
    of_kind = {one: areas_of_kind(kind=one, day=today) for one in LISTED_KINDS}
    kind_of = {area.id: one for one, areas in of_kind.items() for area in areas}
    country = england(day=today)
    ids = {*kind_of, *([country.id] if country else [])}
    published = breakdowns_published(indicator_id=indicator.id, areas=ids)
    kinds_with_values = {kind_of[area] for area, _ in published if area in kind_of}
    kinds = tuple(str(one) for one in LISTED_KINDS if one in kinds_with_values)
    shown = kind if kind in kinds else (kinds[0] if kinds else str(LISTED_KINDS[0]))
    areas = next(found for one, found in of_kind.items() if one == shown)
    keys = {area.id for area in areas}
    people = [
        one
        for one in people_of(breakdowns={breakdown for _, breakdown in published})
        if not one.category_type
    ]
    choices = choose(
        asked=asked,
        people=people,
        own={breakdown for area, breakdown in published if area in keys},
    )
    found = values_published(
        indicator_id=indicator.id,
        areas={*keys, *([country.id] if country else [])},
        breakdowns={one.id for one in people if (one.sex, one.age) == (choices.sex, choices.age)},
        day=asked.day,
    )
    indicator = with_releases(
        indicator=indicator,
        releases={one.value.release_id for one in found if one.value.release_id is not None},
    )
    series: dict[UUID, list[AreaValue]] = {}
    for one in found:
        series.setdefault(one.area_id, []).append(one.value)
    labels = {value.key: value.period for key in keys for value in series.get(key, ())}
    periods = tuple(sorted(labels.items(), key=lambda one: (one[0][1], one[0][0]), reverse=True))
    chosen = next((key for key, label in periods if label == period), None)
    chosen = chosen or (periods[0][0] if periods else None)
    rows = tuple(AreaRow(area, tuple(series.get(area.id, ()))) for area in areas)
    beside = AreaRow(country, tuple(series.get(country.id, ()))) if country else None
    return AreaListFacts(
        indicator=indicator.read_as(row.of(chosen) for row in rows),
        kind=shown,
        kinds=kinds,
        choices=choices,
        day=asked.day,
        periods=periods,
        period=chosen,
        rows=tuple(row for row in rows if row.of(chosen) or row.area.exists_on(today)),
        england=beside,
        releases=releases_of(
            indicator_id=indicator.id,
            releases={
                value.release_id
                for row in (*rows, *([beside] if beside else ()))
                if (value := row.of(chosen)) is not None and value.release_id is not None
            },
        ),
    )
