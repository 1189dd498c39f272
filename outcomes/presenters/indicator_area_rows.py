"""All areas of a kind beside each other: value, comparison and trend of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from outcomes.area_figures import (
    AreaValue,
    ComparisonRule,
    Judgement,
    TrendWords,
    against_benchmark,
    among_areas,
    decimals,
    trend_of,
)
from outcomes.presenters.series_words import KIND_WORDS
from outcomes.queries.area_lists import AreaListFacts, AreaRow
from outcomes.queries.indicator_areas import AreaFacts

BY_NAME, LOWEST, HIGHEST = "name", "lowest", "highest"
SORTS = (
    (BY_NAME, "Name"),
    (HIGHEST, "Highest value first"),
    (LOWEST, "Lowest value first"),
)


@dataclass(frozen=True)
class ListedArea:
    """One area of the list."""

    area: AreaFacts
    value: AreaValue | None
    judgement: Judgement
    compared_with: str
    trend: TrendWords


def places_of(*, facts: AreaListFacts) -> int:
    """Return how many digits after the point the list shows."""
    values = [row.of(facts.period) for row in facts.rows]
    return decimals(
        values=values,
        scale=facts.indicator.definition.scale,
    )


def ordered(*, facts: AreaListFacts, sort: str) -> tuple[AreaRow, ...]:
    """Return the areas in the order that is asked for; those without a value at the end."""
    if sort not in (LOWEST, HIGHEST):
        return facts.rows
    sign = -1 if sort == HIGHEST else 1

    def place(row: AreaRow) -> tuple[bool, float, str]:
        value = row.of(facts.period)
        number = None if value is None else value.value
        return (number is None, sign * (number or 0.0), row.area.name.casefold())

    return tuple(sorted(facts.rows, key=place))


def listed(*, facts: AreaListFacts, rows: Sequence[AreaRow]) -> tuple[ListedArea, ...]:
    """Return the labels of some of the areas.

    By the indicator's own rule: against England by the limits, or by fifths of all areas of the
    list. The trend is that up to the period shown.
    """
    definition = facts.indicator.definition
    places = places_of(facts=facts)
    against = facts.england.of(facts.period) if facts.england else None
    fifths = _fifths(facts) if definition.rule == ComparisonRule.QUINTILES else {}
    name = "fifths" if fifths else "England"
    return tuple(
        ListedArea(
            area=row.area,
            value=(value := row.of(facts.period)),
            judgement=fifths.get(row.area.code)
            or against_benchmark(
                definition=facts.indicator.definition_of(value),
                value=value,
                benchmark=against,
                name="England",
                places=places,
            ),
            compared_with=name,
            trend=trend_of(
                definition=definition,
                values=[
                    one
                    for one in row.values
                    if facts.period is None or one.end_date <= facts.period[1]
                ],
            ),
        )
        for row in rows
    )


def _fifths(facts: AreaListFacts) -> dict[str, Judgement]:
    values = [row.of(facts.period) for row in facts.rows]
    found = among_areas(
        values=[None if value is None else value.value for value in values],
        what=KIND_WORDS[facts.kind][1],
    )
    return {row.area.code: one for row, one in zip(facts.rows, found, strict=True)}
