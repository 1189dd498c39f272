"""What is published of regions, councils and authorities, as the picture of the mission takes it.

Values of national releases come first. Where they lack a period's nine regions, the headlines stand
in that publications name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from authorities.models import BodyKind, CouncilMembership, CouncilRole, StrategicAuthority
from authorities.queries.dated import Names, codes_on, names_on
from outcomes.mission import (
    ENGLAND_CODE,
    REGIONS,
    AreaFigure,
    CouncilFigures,
    Figures,
    OwnValue,
    Rank,
    Release,
    Years,
)
from outcomes.mission.words import sex_words
from outcomes.models import (
    Indicator,
    Measure,
    MissionFigure,
    MissionRelease,
    Observation,
    ReleaseKind,
)
from outcomes.models.observation import ObservationQuerySet

# Fingertips' number of healthy life expectancy at birth.
HLE = 90362
_SEXES = ("Male", "Female")


@dataclass(frozen=True)
class MissionFacts:
    """Everything that a picture is made of; own values by the slug of the authority."""

    figures: tuple[Figures, ...]
    councils: tuple[CouncilFigures, ...]
    spreads: tuple[tuple[str, str], ...]
    own: Mapping[str, tuple[OwnValue, ...]]


@dataclass(frozen=True)
class _Value:
    area_id: UUID
    sex: str
    period: Years
    figure: AreaFigure
    release: str
    month: str


def mission_facts(*, today: date) -> MissionFacts:
    """Return what is published, in a constant number of queries.

    Args:
        today: of names, codes and memberships.
    """
    headlines = list(
        MissionFigure.objects.filter(superseded_at__isnull=True)
        .select_related("release")
        .order_by("release__key", "first_year", "sex", "area_code")
    )
    releases = tuple(_release(row) for row in MissionRelease.objects.order_by("key"))
    authorities = _one_councils(today)
    values = _values(extra=set(authorities.values()))
    named = _headline_figures([row for row in headlines if row.measure == Measure.LIFE])
    return MissionFacts(
        figures=(*named, *_figures(values, releases)),
        councils=_councils(),
        spreads=_spreads([row for row in headlines if row.measure == Measure.SPREAD]),
        own=_own(values, named, authorities, today),
    )


def _hle() -> ObservationQuerySet:
    return (
        Observation.objects.published()
        .current()
        .filter(
            indicator__in=Indicator.objects.filter(fingertips_id=HLE),
            # What a body sent in is its own word, and no publication of the ONS.
            release__kind=ReleaseKind.NATIONAL,
            value__isnull=False,
            breakdown__sex__in=_SEXES,
            breakdown__category_type="",
        )
    )


def _values(*, extra: set[UUID]) -> tuple[_Value, ...]:
    rows = (
        _hle()
        .filter(
            Q(area_code__in=[*REGIONS, ENGLAND_CODE])
            | Q(area__kind=BodyKind.STRATEGIC_AUTHORITY)
            | Q(area__in=extra)
        )
        .select_related("period", "breakdown", "release")
        .order_by("period__start_date", "breakdown__sex", "area_code", "pk")
    )
    return tuple(
        _Value(
            area_id=row.area_id,
            sex=row.breakdown.sex,
            period=period,
            figure=AreaFigure(
                row.area_code,
                REGIONS.get(row.area_code, "England"),
                row.value,
                row.lower_95,
                row.upper_95,
            ),
            release=row.release.title,
            month=f"{row.release.published_on or row.release.created_at:%Y-%m}",
        )
        for row in rows
        if row.value is not None
        and (period := _years(row.period.start_date, row.period.end_date)) is not None
    )


def _years(start: date, end: date) -> Years | None:
    """Return a period of whole calendar years; others are not held beside these."""
    whole = (start.month, start.day, end.month, end.day) == (1, 1, 1, 1)
    return Years(start.year, end.year - 1) if whole else None


def _headline_figures(rows: Sequence[MissionFigure]) -> tuple[Figures, ...]:
    groups: defaultdict[tuple[str, Years, str], list[MissionFigure]] = defaultdict(list)
    for row in rows:
        groups[row.release.key, Years(row.first_year, row.last_year), row.sex].append(row)
    return tuple(
        Figures(
            period=period,
            sex=sex,
            release=_release(found[0].release),
            regions=tuple(_headline(row) for row in found if row.area_code in REGIONS),
            england=next((_headline(row) for row in found if row.area_code == ENGLAND_CODE), None),
        )
        for (_, period, sex), found in groups.items()
    )


def _headline(row: MissionFigure) -> AreaFigure:
    return AreaFigure(
        row.area_code,
        REGIONS.get(row.area_code, row.area_name),
        row.value,
        row.lower_95,
        row.upper_95,
        Rank(row.rank),
    )


def _release(row: MissionRelease) -> Release:
    return Release(row.key, row.title, row.method, row.source, row.note)


def _figures(values: Iterable[_Value], releases: Sequence[Release]) -> tuple[Figures, ...]:
    """Return the periods of which national releases have all nine regions.

    A value that a newer release repeats stays with the release that had it first, so the newest
    of the nine is the one that all of them belong to.
    """
    groups: defaultdict[tuple[Years, str], list[_Value]] = defaultdict(list)
    for one in values:
        if one.figure.code in REGIONS or one.figure.code == ENGLAND_CODE:
            groups[one.period, one.sex].append(one)
    found = []
    for (period, sex), group in groups.items():
        regions = [one for one in group if one.figure.code in REGIONS]
        if len({one.figure.code for one in regions}) < len(REGIONS):
            continue
        newest = max(regions, key=lambda one: one.month)
        england = next((one.figure for one in group if one.figure.code == ENGLAND_CODE), None)
        found.append(
            Figures(
                period=period,
                sex=sex,
                release=Release(
                    newest.month, newest.release, _method(newest.month, releases), newest.release
                ),
                regions=tuple(one.figure for one in regions),
                england=england,
            )
        )
    return tuple(found)


def _method(month: str, releases: Sequence[Release]) -> str:
    """Return the method of the newest release on record that is not later."""
    earlier = [one.method for one in releases if one.key <= month]
    return earlier[-1] if earlier else ""


def _councils() -> tuple[CouncilFigures, ...]:
    """Return the values of all councils for the newest period that has any."""
    rows = _hle().filter(area__kind=BodyKind.COUNCIL)
    newest = (
        rows.order_by("-period__end_date", "-period__start_date")
        .values_list("period_id", "period__start_date", "period__end_date")
        .first()
    )
    if newest is None or (period := _years(newest[1], newest[2])) is None:
        return ()
    by_sex: defaultdict[str, list[float]] = defaultdict(list)
    for sex, value in rows.filter(period=newest[0]).values_list("breakdown__sex", "value"):
        by_sex[sex].append(float(value or 0))
    return tuple(
        CouncilFigures(period, sex, tuple(sorted(found))) for sex, found in sorted(by_sex.items())
    )


def _spreads(rows: Sequence[MissionFigure]) -> tuple[tuple[str, str], ...]:
    newest = max(((row.last_year, row.release.key) for row in rows), default=None)
    order = {sex: place for place, sex in enumerate(_SEXES)}
    return tuple(
        (row.sex, f"{row.value:.1f} {sex_words(row.sex)}")
        for row in sorted(rows, key=lambda row: order[row.sex])
        if (row.last_year, row.release.key) == newest
    )


def _one_councils(today: date) -> dict[UUID, UUID]:
    """Return the one council of each authority that is the area of one."""
    members: defaultdict[UUID, list[UUID]] = defaultdict(list)
    rows = CouncilMembership.objects.as_at(today).filter(role=CouncilRole.CONSTITUENT)
    for authority, council in rows.order_by("pk").values_list("authority_id", "council_id"):
        members[authority].append(council)
    return {key: found[0] for key, found in members.items() if len(found) == 1}


def _own(
    values: Sequence[_Value],
    named: Sequence[Figures],
    one_councils: Mapping[UUID, UUID],
    today: date,
) -> dict[str, tuple[OwnValue, ...]]:
    authorities = dict(StrategicAuthority.objects.order_by("pk").values_list("pk", "slug"))
    shown = {*authorities, *one_councils.values()}
    names = names_on(day=today, bodies=shown)
    codes = codes_on(day=today, bodies=authorities)
    england = {
        (one.period, one.sex): one.figure for one in values if one.figure.code == ENGLAND_CODE
    }
    by_area: defaultdict[UUID, list[_Value]] = defaultdict(list)
    for one in values:
        by_area[one.area_id].append(one)
    found = {}
    for key, slug in authorities.items():
        area = key if by_area[key] else one_councils.get(key, key)
        own = [_own_value(one, names, england) for one in by_area[area]]
        # London's region is the area of its authority, so what is published of it is its own.
        code = next((value for (body, _), value in codes.items() if body == key), "")
        there = {(one.period, one.sex) for one in own}
        own += [
            OwnValue(each.sex, each.period, region.name, region, each.release.title, each.england)
            for each in named
            if (region := each.region(code)) is not None and (each.period, each.sex) not in there
        ]
        if own:
            found[slug] = tuple(own)
    return found


def _own_value(
    one: _Value, names: Names, england: Mapping[tuple[Years, str], AreaFigure]
) -> OwnValue:
    return OwnValue(
        sex=one.sex,
        period=one.period,
        area=names.short_name(one.area_id) or names.name(one.area_id),
        value=one.figure,
        release=one.release,
        england=england.get((one.period, one.sex)),
    )
