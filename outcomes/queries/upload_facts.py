"""What a file of an authority is held against: known codes, its own areas, its series so far."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from authorities import queries as register
from authorities.models import Body, BodyKind
from outcomes.models import Observation, ReleaseState
from outcomes.queries import places
from outcomes.return_file import KnownCodes, ReturnRow
from outcomes.soft_checks import SeriesValue

SeriesKey = tuple[int, str, UUID, str, str, str, str]


@dataclass(frozen=True)
class OwnPlaces:
    """Whose file it is: the areas that are the sender's, and those that belong to everybody."""

    name: str
    areas: frozenset[UUID]
    countries: frozenset[UUID]


def codes_for_upload(*, today: date) -> KnownCodes:
    """Return the area codes of the register and the indicators of the catalogue; no others come."""
    known = places.known_codes(today=today)
    return replace(known, indicators=known.by_fingertips_id)


def own_places(*, body: Body, day: date) -> OwnPlaces:
    """Return the areas that a body may send figures for."""
    itself, *councils = register.areas_of_authority(slug=body.slug, as_at=day)
    countries = Body.objects.filter(kind=BodyKind.COUNTRY).values_list("pk", flat=True)
    return OwnPlaces(
        name=itself.name,
        areas=frozenset(area.id for area in (itself, *councils)),
        countries=frozenset(countries),
    )


def key_of(*, row: ReturnRow) -> SeriesKey:
    """Return the series that a row of a file is of."""
    # The keys of areas are those that `places.known_codes` gave.
    area: UUID = row.area_key  # type: ignore[assignment]
    series = row.sex, row.age, row.category_type, row.category
    return row.indicator_id, row.indicator_code, area, *series


def known_values(
    *,
    owner: Body,
    indicators: Collection[tuple[int, str]],
    areas: Collection[UUID],
    ages: Collection[str],
) -> dict[SeriesKey, tuple[SeriesValue, ...]]:
    """Return the current values of series: published ones first, then what the owner sent in.

    Args:
        owner: whose own values count.
        indicators: the number at Fingertips of each, or 0 and its code where it has none.
        areas: the owner's.
        ages: of the breakdowns; other breakdowns are left out.
    """
    found: dict[SeriesKey, list[SeriesValue]] = {}
    for key, value in _rows(owner=owner, indicators=indicators, areas=areas, ages=ages):
        found.setdefault(key, []).append(value)
    return {
        key: tuple(sorted(values, key=lambda value: not value.published))
        for key, values in found.items()
    }


def _rows(
    *,
    owner: Body,
    indicators: Collection[tuple[int, str]],
    areas: Collection[UUID],
    ages: Collection[str],
) -> Iterator[tuple[SeriesKey, SeriesValue]]:
    rows = (
        Observation.objects.current()
        .filter(
            Q(owner__isnull=True) | Q(owner=owner),
            Q(indicator__fingertips_id__in={number for number, _ in indicators if number})
            | Q(indicator__code__in={code for _, code in indicators if code}),
            area__in=areas,
            breakdown__age__in=ages,
        )
        .order_by("pk")
        .values_list(
            "indicator__fingertips_id",
            "indicator__code",
            "area_id",
            "breakdown__sex",
            "breakdown__age",
            "breakdown__category_type",
            "breakdown__category",
            "period__label",
            "period__start_date",
            "period__end_date",
            "value",
            "count",
            "note",
            "provisional",
            "owner_id",
            "release__state",
        )
    )
    for row in rows.iterator():
        number, code, area, *series = row[:7]
        label, start, end, value, count, note, provisional, owner_id, state = row[7:]
        sex, age, category_type, category = series
        yield (
            (number or 0, "" if number else code, area, sex, age, category_type, category),
            SeriesValue(
                label=label,
                start_date=start,
                end_date=end,
                value=value,
                count=count,
                note=note,
                provisional=provisional,
                published=owner_id is None or state == ReleaseState.APPROVED,
            ),
        )
