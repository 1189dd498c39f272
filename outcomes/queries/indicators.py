"""What is known of indicators: for the recompute of an authority's pages, and for the pages."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from authorities.models import BodyKind, StrategicAuthority
from outcomes.indicator_series import OwnState, Point, ReadBy, Series, from_json, read_by_of
from outcomes.models import (
    AuthorityIndicator,
    ComparabilityBreak,
    Indicator,
    Note,
    Observation,
    ReleaseKind,
    ReleaseState,
)
from outcomes.queries.places import Place
from outcomes.queries.readings import Reading, readings_of


@dataclass(frozen=True)
class Shown:
    """What a page shows of an indicator, and the version by which it is read."""

    series: tuple[Series, ...]
    read_by: ReadBy


@dataclass(frozen=True)
class IndicatorPage:
    """One indicator of an authority as its page shows it; unit and definition as it is read."""

    code: str
    name: str
    definition: str
    unit: str
    source: str
    licence: str
    draft: bool
    fingertips_id: int | None
    series: tuple[Series, ...]
    computed_at: datetime
    # Of the definition: by which the page is read, and which holds now.
    read_by: int
    version: int

    @property
    def has_own(self) -> bool:
        """Whether any value was sent in by the authority itself, and is not what is public."""
        return any(one.has_own for one in self.series)


class _Value(NamedTuple):
    indicator_id: int
    area_id: UUID
    sex: str
    age: str
    own: bool
    release_id: UUID
    kind: str
    state: str
    point: Point


def series_of(
    *, places: Sequence[Place], owner: StrategicAuthority | None, indicators: Collection[int]
) -> dict[int, Shown]:
    """Return the series of the indicators for the places, in the places' order.

    Only whole populations are shown: values of a category (a deprivation tenth, say) are left
    out. Indicators with values for England alone have no page. The page is read by the definition
    of the newest of its local values, and a value that came under another one says so.

    Args:
        places: councils, the authority and England.
        owner: whose own values stand in for published ones where they differ; None for nobody's.
        indicators: keys of those to be read.
    """
    order = {place.id: (number, place) for number, place in enumerate(places)}
    found: dict[int, dict[tuple[str, str, int], dict[tuple[date, date], _Value]]] = {}
    for indicator_id, values in groupby(
        _values(places=places, owner=owner, indicators=indicators),
        key=lambda value: value.indicator_id,
    ):
        by_series: dict[tuple[str, str, int], dict[tuple[date, date], _Value]] = {}
        for value in values:
            key = (value.sex, value.age, order[value.area_id][0])
            points = by_series.setdefault(key, {})
            _put(points=points, value=value)
        if any(places[number].kind != BodyKind.COUNTRY for _, _, number in by_series):
            found[indicator_id] = by_series
    releases = {
        value.release_id
        for by_series in found.values()
        for points in by_series.values()
        for value in points.values()
    }
    readings = readings_of(indicators=found.keys(), releases=releases)
    return {
        indicator_id: _shown(places=places, by_series=by_series, reading=readings[indicator_id])
        for indicator_id, by_series in found.items()
    }


def _shown(
    *,
    places: Sequence[Place],
    by_series: dict[tuple[str, str, int], dict[tuple[date, date], _Value]],
    reading: Reading,
) -> Shown:
    read_by = reading.newest(
        value.release_id
        for (_, _, number), points in by_series.items()
        for value in points.values()
        if places[number].kind != BodyKind.COUNTRY
    )
    return Shown(
        series=tuple(
            Series(
                area_name=places[number].name,
                area_code=places[number].code,
                area_kind=places[number].kind,
                sex=sex,
                age=age,
                points=tuple(
                    _point(value=points[key], page=read_by, reading=reading)
                    for key in sorted(points)
                ),
            )
            for (sex, age, number), points in sorted(by_series.items())
        ),
        read_by=read_by,
    )


def _point(*, value: _Value, page: ReadBy, reading: Reading) -> Point:
    own = reading.of(value.release_id)
    if own.version == page.version:
        return value.point
    return value.point._replace(read_by=own.version, unit=own.unit)


def _values(
    *, places: Sequence[Place], owner: StrategicAuthority | None, indicators: Collection[int]
) -> Iterator[_Value]:
    whose = Q(owner__isnull=True) if owner is None else Q(owner__isnull=True) | Q(owner=owner)
    rows = (
        Observation.objects.current()
        .filter(
            whose,
            indicator__in=indicators,
            area__in=[place.id for place in places],
            breakdown__category_type="",
        )
        .order_by("indicator_id", "pk")
        .values_list(
            "indicator_id",
            "area_id",
            "breakdown__sex",
            "breakdown__age",
            "owner_id",
            "period__label",
            "period__start_date",
            "period__end_date",
            "value",
            "lower_95",
            "upper_95",
            "note",
            "note_text",
            "publishers_comparison",
            "release_id",
            "release__kind",
            "release__state",
        )
    )
    # Published values first, so that an own one can be held against it.
    ordered = sorted(rows, key=lambda row: (row[0], row[4] is not None))
    for row in ordered:
        indicator_id, area_id, sex, age, owner_id, label, start, end = row[:8]
        value, lower, upper, note, note_text, compared, release_id, kind, state = row[8:]
        yield _Value(
            indicator_id=indicator_id,
            area_id=area_id,
            sex=sex,
            age=age,
            own=owner_id is not None,
            release_id=release_id,
            kind=kind,
            state=state,
            point=Point(
                period=label,
                start_date=start,
                end_date=end,
                value=value,
                lower=lower,
                upper=upper,
                note=note,
                note_text=note_text,
                publishers_comparison=compared,
            ),
        )


def _put(*, points: dict[tuple[date, date], _Value], value: _Value) -> None:
    """Let an own value stand in for a published one only where it says something else."""
    key = (value.point.start_date, value.point.end_date)
    there = points.get(key)
    if not value.own:
        points[key] = value
    elif there is None or _facts(there.point) != _facts(value.point):
        stands = _standing(state=value.state, public=there)
        points[key] = value._replace(point=value.point._replace(own=stands))


def _standing(*, state: str, public: _Value | None) -> OwnState:
    """Return how an own value stands that is not what the public sees."""
    if state == ReleaseState.SUBMITTED:
        return OwnState.WAITING
    if state == ReleaseState.RETURNED:
        return OwnState.RETURNED
    if public is not None and public.kind == ReleaseKind.NATIONAL:
        return OwnState.PUBLISHED_ELSEWHERE
    if public is not None and public.point.note == Note.SUPPRESSED:
        return OwnState.SUPPRESSED
    return OwnState.PUBLISHED_OTHERWISE


def _facts(point: Point) -> tuple[object, ...]:
    return point.value, point.lower, point.upper, point.note


def pages_of(
    *,
    authority: StrategicAuthority,
    with_own: bool,
    all_drafts: bool = False,
    code: str | None = None,
) -> tuple[IndicatorPage, ...]:
    """Return the authority's indicators by name, from the read model, in one query.

    Args:
        with_own: show what the authority sent in itself, for its own members.
        all_drafts: for the centre, which describes them; members see those that they sent in.
        code: only this indicator.
    """
    rows: QuerySet[AuthorityIndicator] = AuthorityIndicator.objects.filter(authority=authority)
    if not with_own:
        rows = rows.filter(own=False)
    if not all_drafts:
        rows = rows.filter(Q(indicator__draft=False) | Q(own=True))
    if code is not None:
        rows = rows.filter(indicator__code=code)
    chosen: dict[int, AuthorityIndicator] = {}
    # An own page holds the published values as well, so it takes their place.
    for row in rows.select_related("indicator").order_by("indicator__name", "indicator_id", "own"):
        chosen[row.indicator_id] = row
    return tuple(_page(row=row, indicator=row.indicator) for row in chosen.values())


def _page(*, row: AuthorityIndicator, indicator: Indicator) -> IndicatorPage:
    read_by = read_by_of(content=row.content) or ReadBy(
        version=indicator.version, unit=indicator.unit, definition=indicator.definition
    )
    return IndicatorPage(
        code=indicator.code,
        name=indicator.name,
        definition=read_by.definition,
        unit=read_by.unit,
        source=indicator.source,
        licence=indicator.licence,
        draft=indicator.draft,
        fingertips_id=indicator.fingertips_id,
        series=from_json(content=row.content),
        computed_at=row.computed_at,
        read_by=read_by.version,
        version=indicator.version,
    )


def observations_visible_at(
    *, bodies: Collection[str], all_drafts: bool = False
) -> QuerySet[Observation]:
    """Return current values that are published or that one of the bodies sent in.

    Published values of an indicator that nobody has described are for the centre: its unit, its
    scale and its rules are not known yet, so that nobody could read them rightly.

    Args:
        bodies: where the visitor belongs.
        all_drafts: for the centre.
    """
    return Observation.objects.current().filter(
        _public(all_drafts=all_drafts) | Q(owner__in=list(bodies))
    )


def observations_public(*, all_drafts: bool = False) -> QuerySet[Observation]:
    """Return what was ever published, superseded since or not; of drafts for the centre only."""
    return Observation.objects.published().filter(_public(all_drafts=all_drafts))


def _public(*, all_drafts: bool) -> Q:
    published = Q(owner__isnull=True)
    return published if all_drafts else published & Q(indicator__draft=False)


def indicators_visible_at(
    *, bodies: Collection[str], all_drafts: bool = False
) -> QuerySet[Indicator]:
    """Return described indicators, and drafts of which one of the bodies sent in a value.

    Each has its domain and, as `standing_breaks`, the breaks that were not withdrawn.

    Args:
        bodies: where the visitor belongs.
        all_drafts: for the centre, which describes them.
    """
    sent = Observation.objects.current().filter(indicator=OuterRef("pk"), owner__in=list(bodies))
    shown = Indicator.objects.all()
    if not all_drafts:
        shown = shown.filter(Q(draft=False) | Exists(sent))
    breaks = ComparabilityBreak.objects.filter(withdrawn_at__isnull=True)
    return (
        shown.select_related("domain")
        .prefetch_related(
            Prefetch(
                "breaks",
                breaks.select_related("common_period").order_by("starts_on", "pk"),
                to_attr="standing_breaks",
            )
        )
        .order_by("code")
    )
