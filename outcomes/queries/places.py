"""Which areas an authority's figures are for, and which codes stand for which area."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from authorities import queries as register
from authorities.models import (
    Body,
    BodyCode,
    BodyKind,
    CodeScheme,
    CouncilMembership,
    CouncilRole,
    StrategicAuthority,
)
from outcomes.models import Indicator, Scale, YearType
from outcomes.periods import YearType as SplitYear
from outcomes.return_file import AreaRange, IndicatorFacts, KnownCodes

ENGLAND = "england"


@dataclass(frozen=True)
class Place:
    """An area with its name and code on a day."""

    id: UUID
    kind: str
    slug: str
    name: str
    code: str


def known_codes(*, today: date) -> KnownCodes:
    """Return every ONS code of the register with its days, and the indicators described.

    Args:
        today: periods that begin later have no figures yet.
    """
    return KnownCodes(
        today=today,
        areas={
            code: tuple(
                AreaRange(
                    area_key=span.body_id,
                    name=span.name,
                    start_date=span.starts or date.min,
                    end_date=span.ends,
                    successor_codes=span.successor_codes,
                )
                for span in spans
            )
            for code, spans in register.known_codes().items()
        },
        catalogue=tuple(
            IndicatorFacts(
                is_proportion=scale == Scale.PROPORTION,
                year_type=_SPLIT_YEARS.get(year_type, SplitYear.FINANCIAL),
                starts_in=_FIRST_MONTHS.get(year_type),
                period_months=months,
                fingertips_id=number,
                code=code,
            )
            for code, number, scale, year_type, months in Indicator.objects.order_by(
                "pk"
            ).values_list("code", "fingertips_id", "scale", "year_type", "period_months")
        ),
    )


_FIRST_MONTHS: dict[str, int] = {
    YearType.CALENDAR: 1,
    YearType.FINANCIAL: 4,
    YearType.ACADEMIC: 9,
}
_SPLIT_YEARS: dict[str, SplitYear] = {YearType.ACADEMIC: SplitYear.ACADEMIC}


def authority(*, pk: UUID) -> StrategicAuthority:
    """Return the strategic authority with this key."""
    return StrategicAuthority.objects.get(pk=pk)


def places_of(*, authority: StrategicAuthority, day: date) -> tuple[Place, ...]:
    """Return the authority's councils on the day, by name; then itself; then England."""
    itself, *councils = register.areas_of_authority(slug=authority.slug, as_at=day)
    places = [
        Place(
            id=area.id,
            kind=area.kind,
            slug=area.slug,
            name=area.name,
            code=area.ons_code or "",
        )
        for area in (*councils, itself)
    ]
    england = BodyCode.objects.as_at(day).filter(
        scheme=CodeScheme.ONS, body__kind=BodyKind.COUNTRY, body__slug=ENGLAND
    )
    for key, code in england.values_list("body_id", "value"):
        places.append(Place(key, BodyKind.COUNTRY, ENGLAND, "England", code))
    return tuple(places)


def own_areas(*, authority: StrategicAuthority, day: date) -> frozenset[UUID]:
    """Return the areas that are the authority's: itself and its councils on the day."""
    areas = register.areas_of_authority(slug=authority.slug, as_at=day)
    return frozenset(area.id for area in areas)


def authorities_showing(*, areas: Collection[UUID], day: date) -> list[UUID]:
    """Return the authorities whose pages show any of the areas; every page shows England."""
    every = StrategicAuthority.objects.order_by("pk").values_list("pk", flat=True)
    if Body.objects.filter(pk__in=areas, kind=BodyKind.COUNTRY).exists():
        return list(every)
    members = (
        CouncilMembership.objects.as_at(day)
        .filter(council__in=areas, role=CouncilRole.CONSTITUENT)
        .values("authority")
    )
    return list(every.filter(Q(pk__in=areas) | Q(pk__in=members)))
