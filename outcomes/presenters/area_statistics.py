"""The statistics of one indicator in one area: page, file and API are made from them alike."""

from dataclasses import dataclass

from outcomes.area_figures import (
    AreaValue,
    Change,
    ComparisonRule,
    Judgement,
    TrendWords,
    against_benchmark,
    among_areas,
    change_since_earlier,
    decimals,
    overlapping,
    trend_of,
)
from outcomes.presenters.series_words import KIND_WORDS, breaks_before, remarks
from outcomes.queries.area_pages import AreaPageFacts
from outcomes.queries.indicator_areas import AreaFacts

ENGLAND, REGION = "england", "region"


@dataclass(frozen=True)
class PeriodFigure:
    """One row of the series: the value with what it is held against, and what to bear in mind."""

    period: str
    value: AreaValue | None
    england: AreaValue | None
    region: AreaValue | None
    judgement: Judgement
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class AreaFigures:
    """The statistics of the page, from which page, file and API are made alike."""

    facts: AreaPageFacts
    comparator: str
    benchmark: AreaFacts | None
    places: int
    rows: tuple[PeriodFigure, ...]
    latest: PeriodFigure | None
    fifth: Judgement | None
    trend: TrendWords
    change: Change


def figures(*, facts: AreaPageFacts, comparator: str) -> AreaFigures:
    """Return the statistics of the page.

    Args:
        comparator: 'region' for the area's region, where it has one; else it is England.
    """
    definition = facts.indicator.definition
    with_region = comparator == REGION and facts.around.region is not None
    benchmark = facts.around.region if with_region else facts.around.england
    against = {one.key: one for one in (facts.region if with_region else facts.england)}
    england = {one.key: one for one in facts.england}
    region = {one.key: one for one in facts.region}
    values = {one.key: one for one in facts.values}
    places = decimals(
        values=(*facts.values, *facts.england, *facts.region),
        scale=definition.scale,
    )
    overlaps = overlapping(values=facts.values)
    codes = codes_published(facts=facts)
    rows = []
    earlier: AreaValue | None = None
    for key in sorted(values.keys() | england.keys() | region.keys()):
        value = values.get(key)
        label = next(one[key].period for one in (values, england, region) if key in one)
        rows.append(
            PeriodFigure(
                period=label,
                value=value,
                england=england.get(key),
                region=region.get(key),
                judgement=against_benchmark(
                    definition=facts.indicator.definition_of(value),
                    value=value,
                    benchmark=against.get(key),
                    name=benchmark.name if benchmark else "England",
                    places=places,
                    itself=benchmark is not None and benchmark.id == facts.area.id,
                ),
                remarks=()
                if value is None
                else remarks(
                    value=value,
                    code=value.area_code if len(codes) > 1 and value.area_code in codes else "",
                    version=facts.indicator.other_version(value),
                    overlaps=key in overlaps,
                    breaks=breaks_before(definition=definition, value=value, earlier=earlier),
                ),
            )
        )
        earlier = value or earlier
    return AreaFigures(
        facts=facts,
        comparator=REGION if with_region else ENGLAND,
        benchmark=benchmark,
        places=places,
        rows=tuple(rows),
        latest=next((row for row in reversed(rows) if row.value is not None), None),
        fifth=_fifth(facts),
        trend=trend_of(definition=definition, values=facts.values),
        change=change_since_earlier(definition=definition, values=facts.values, places=places),
    )


def codes_published(*, facts: AreaPageFacts) -> frozenset[str]:
    """Return the codes that values were published under, where they are not all the area's own."""
    codes = {value.area_code for value in facts.values if value.area_code}
    return frozenset(codes) if codes - {facts.area.code} else frozenset()


def _fifth(facts: AreaPageFacts) -> Judgement | None:
    if facts.indicator.definition.rule != ComparisonRule.QUINTILES:
        return None
    keys = list(facts.siblings)
    values = [facts.siblings[key].value for key in keys]
    if facts.area.id not in keys:
        keys.append(facts.area.id)
        values.append(None)
    found = among_areas(values=values, what=KIND_WORDS.get(facts.area.kind, ("", "areas"))[1])
    return found[keys.index(facts.area.id)]
