"""What the page of one indicator in one area shows, read in a constant number of queries.

Nothing is kept between two looks: an area has few values of an indicator, and an index leads to
them, so that the page is never older than the values.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from outcomes.area_figures import (
    AreaValue,
    ComparisonRule,
    Definition,
    Part,
    SumRefused,
    summed,
)
from outcomes.queries.indicator_areas import (
    AreaFacts,
    AreaSurroundings,
    area_of_code,
    areas_of_kind,
    surroundings_of,
)
from outcomes.queries.indicator_facts import (
    IndicatorFacts,
    People,
    ReleaseFacts,
    indicator_facts,
    people_of,
    releases_of,
    with_releases,
)
from outcomes.queries.published import AreaPeriodValue, breakdowns_published, values_published


@dataclass(frozen=True)
class AskedFor:
    """What an address asks for; every field may be empty.

    sex, age, category_type: as published.
    day: the values as they were published on it; None for those of today.
    """

    sex: str = ""
    age: str = ""
    category_type: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Choices:
    """What there is to choose from, and what is shown."""

    sexes: tuple[str, ...]
    ages: tuple[str, ...]
    category_types: tuple[str, ...]
    sex: str
    age: str
    category_type: str


@dataclass(frozen=True)
class AreaPageFacts:
    """One indicator in one area, with what it is held against.

    values, england, region: one series each, oldest first; computed values stand among the area's.
    no_sum: why the newest period without a value could not be computed; empty where none lacks.
    categories: by period, the values of the chosen kind of category by name.
    siblings: latest values of all areas of the kind, where the indicator is compared by fifths.
    """

    indicator: IndicatorFacts
    area: AreaFacts
    around: AreaSurroundings
    choices: Choices
    day: date | None
    values: tuple[AreaValue, ...]
    england: tuple[AreaValue, ...]
    region: tuple[AreaValue, ...]
    no_sum: str
    categories: Mapping[tuple[date, date], Mapping[str, AreaValue]]
    siblings: Mapping[UUID, AreaValue]
    releases: tuple[ReleaseFacts, ...]


# Men and women before all people, as on every page.
_SEXES = ("Male", "Female", "Persons")
_ALL_AGES = "All ages"


def area_page(
    *, code: str, area_code: str, asked: AskedFor, today: date, with_drafts: bool = False
) -> AreaPageFacts:
    """Return what the page shows.

    Args:
        code: of the indicator.
        area_code: an ONS code that the area has or had.
        asked: for whom and as on which day.
        today: in London.
        with_drafts: for the centre, which describes them.

    Raises:
        NoSuchIndicatorError: there is none, or it is a draft and those are not for the visitor.
        NoSuchAreaError: no area has ever had the code.
    """
    indicator = indicator_facts(code=code, with_drafts=with_drafts)
    area = area_of_code(code=area_code, day=today)
    around = surroundings_of(area=area, day=today)
    shown = [area, *around.parts]
    shown += [one for one in (around.england, around.region) if one is not None]
    published = breakdowns_published(indicator_id=indicator.id, areas={one.id for one in shown})
    people = people_of(breakdowns={breakdown for _, breakdown in published})
    choices = choose(
        asked=asked,
        people=people,
        own={breakdown for area_id, breakdown in published if area_id == area.id},
    )
    whole = _breakdown(people, choices)
    categories = {
        one.id: one.category
        for one in people
        if choices.category_type
        and (one.sex, one.age, one.category_type)
        == (choices.sex, choices.age, choices.category_type)
    }
    found = values_published(
        indicator_id=indicator.id,
        areas={one.id for one in shown},
        breakdowns={*whole, *categories},
        day=asked.day,
    )
    series = _by_area(one for one in found if one.breakdown_id in whole)
    indicator = with_releases(
        indicator=indicator,
        releases={one.value.release_id for one in found if one.value.release_id is not None},
    ).read_as(
        [one.value for one in found if one.area_id == area.id] or [one.value for one in found]
    )
    values, no_sum = with_sums(
        definition=indicator.definition,
        values=series.get(area.id, ()),
        parts=[(part.name, series.get(part.id, ())) for part in around.parts],
    )
    by_period: dict[tuple[date, date], dict[str, AreaValue]] = {}
    for one in found:
        if one.area_id == area.id and one.breakdown_id in categories:
            by_period.setdefault(one.value.key, {})[categories[one.breakdown_id]] = one.value
    england = () if around.england is None else series.get(around.england.id, ())
    region = () if around.region is None else series.get(around.region.id, ())
    return AreaPageFacts(
        indicator=indicator,
        area=area,
        around=around,
        choices=choices,
        day=asked.day,
        values=values,
        england=england,
        region=region,
        no_sum=no_sum,
        categories=by_period,
        siblings=_siblings(indicator, area, values, whole, asked.day, today),
        releases=releases_of(
            indicator_id=indicator.id,
            releases={
                value.release_id
                for value in [
                    *series.get(area.id, ()),
                    *england,
                    *region,
                    *(value for row in by_period.values() for value in row.values()),
                    *(
                        value
                        for part in (around.parts if any(v.is_computed for v in values) else ())
                        for value in series.get(part.id, ())
                    ),
                ]
                if value.release_id is not None
            },
        ),
    )


def choose(*, asked: AskedFor, people: Sequence[People], own: Iterable[int]) -> Choices:
    """Return what is shown: what is asked for where it is published, else the first that is.

    Args:
        asked: as in the address.
        people: everybody for whom anything is published.
        own: breakdowns of the area itself, whose choices come first; without any, those of others.
    """
    mine = set(own)
    offered = [one for one in people if one.id in mine] or list(people)
    plain = [one for one in offered if not one.category_type] or offered
    sexes = sorted({one.sex for one in plain}, key=_sex_order)
    sex = _asked(asked.sex, sexes)
    ages = sorted({one.age for one in plain if one.sex == sex}, key=lambda age: _age_order(age))
    age = _asked(asked.age, ages)
    kinds = sorted(
        {
            one.category_type
            for one in offered
            if one.category_type and (one.sex, one.age) == (sex, age)
        },
        key=lambda kind: ("deprivation" not in kind.casefold(), kind),
    )
    kind = _asked(asked.category_type, kinds)
    return Choices(tuple(sexes), tuple(ages), tuple(kinds), sex, age, kind)


def _asked(word: str, there: Sequence[str]) -> str:
    same = (one for one in there if one.casefold() == word.casefold())
    return next(same, there[0] if there else "")


def with_sums(
    *,
    definition: Definition,
    values: Sequence[AreaValue],
    parts: Sequence[tuple[str, Sequence[AreaValue]]],
) -> tuple[tuple[AreaValue, ...], str]:
    """Return the series with computed values where nothing is published, and why one is missing.

    Published beats computed: where anything is published for a period, even a note that the value
    is suppressed, nothing is computed for it.
    """
    there = {value.key for value in values}
    of_parts = [(name, {value.key: value for value in series}) for name, series in parts]
    lacking = sorted({key for _, series in of_parts for key in series} - there)
    added: list[AreaValue] = []
    refused = ""
    for key in lacking:
        result = summed(
            definition=definition,
            parts=[Part(name, series.get(key)) for name, series in of_parts],
        )
        if isinstance(result, SumRefused):
            refused = result.reason
        else:
            added.append(result)
            refused = ""
    return tuple(sorted([*values, *added], key=lambda value: value.key)), refused


def _siblings(
    indicator: IndicatorFacts,
    area: AreaFacts,
    values: Sequence[AreaValue],
    whole: set[int],
    day: date | None,
    today: date,
) -> dict[UUID, AreaValue]:
    if indicator.definition.rule != ComparisonRule.QUINTILES or not values:
        return {}
    latest = values[-1].key
    areas = areas_of_kind(kind=area.kind, day=today)
    found = values_published(
        indicator_id=indicator.id,
        areas={one.id for one in areas},
        breakdowns=whole,
        day=day,
    )
    return {one.area_id: one.value for one in found if one.value.key == latest}


def _breakdown(people: Sequence[People], choices: Choices) -> set[int]:
    return {
        one.id
        for one in people
        if not one.category_type and (one.sex, one.age) == (choices.sex, choices.age)
    }


def _by_area(values: Iterable[AreaPeriodValue]) -> dict[UUID, tuple[AreaValue, ...]]:
    found: dict[UUID, list[AreaValue]] = {}
    for one in values:
        found.setdefault(one.area_id, []).append(one.value)
    return {key: tuple(series) for key, series in found.items()}


def _sex_order(sex: str) -> tuple[int, str]:
    return (_SEXES.index(sex) if sex in _SEXES else len(_SEXES), sex)


def _age_order(age: str) -> tuple[bool, str]:
    return age != _ALL_AGES, age
