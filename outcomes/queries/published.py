"""Published values of one indicator: as they stand, or as they stood on a day.

What a body sent in and nobody has approved is never among them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from outcomes.area_figures import AreaValue
from outcomes.models import Note, Observation
from outcomes.models.observation import ObservationQuerySet

_FIELDS = (
    "area_id",
    "period_id",
    "breakdown_id",
    "release__published_on",
    "release__created_at",
    "pk",
    "period__label",
    "period__start_date",
    "period__end_date",
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
    "area_code",
    "release_id",
)


_NOTE = _FIELDS.index("note")
# Area, period and breakdown; and of releases, the newest has the highest.
_Key = tuple[UUID, int, int]
_Rank = tuple[date, datetime, int]


@dataclass(frozen=True, slots=True)
class PublishedValue:
    """A value with the area and the people that it is for."""

    area_id: UUID
    breakdown_id: int
    value: AreaValue


def breakdowns_published(
    *, indicator_id: int, areas: Collection[UUID]
) -> frozenset[tuple[UUID, int]]:
    """Return area and breakdown of everything that was ever published for the areas."""
    rows: ObservationQuerySet = Observation.objects.published().filter(
        indicator_id=indicator_id, area__in=areas
    )
    # Two partial indexes hold the current and the superseded values: each half asks its own.
    current = rows.current().order_by().values_list("area_id", "breakdown_id")
    earlier = rows.filter(superseded_at__isnull=False).order_by()
    return frozenset(current.union(earlier.values_list("area_id", "breakdown_id")))


def values_published(
    *,
    indicator_id: int,
    areas: Collection[UUID],
    breakdowns: Collection[int],
    day: date | None = None,
) -> tuple[PublishedValue, ...]:
    """Return the published values that no later release has superseded, by area and period.

    Args:
        indicator_id: of the indicator.
        areas: bodies.
        breakdowns: keys of the people asked for.
        day: as they were published on the day, where one is asked for.
    """
    if day is not None:
        return values_as_published(
            indicator_id=indicator_id, areas=areas, day=day, breakdowns=breakdowns
        )
    rows = _rows(indicator_id, areas, breakdowns).current()
    return _in_order(_value(row) for row in rows.values_list(*_FIELDS))


def values_as_published(
    *,
    indicator_id: int,
    areas: Collection[UUID],
    day: date,
    breakdowns: Collection[int],
) -> tuple[PublishedValue, ...]:
    """Return the values as a reader found them on the day, by area and period.

    For each area, period and breakdown that is the value of the newest release of that day or
    before, whether it was superseded later or not. A release that does not say when it was
    published counts from the day on which it was stored.

    What the newest release of all suppresses is suppressed on every day: an earlier release must
    not give away what a later one holds back.

    Args:
        indicator_id: of the indicator.
        areas: bodies.
        day: in London; releases of the day itself count.
        breakdowns: keys of the people asked for.
    """
    newest: dict[_Key, tuple[_Rank, Any]] = {}
    last: dict[_Key, tuple[_Rank, str]] = {}
    rows = _rows(indicator_id, areas, breakdowns)
    # Two queries, since the current and the superseded values have an index each.
    for half in (rows.current(), rows.filter(superseded_at__isnull=False)):
        for row in half.values_list(*_FIELDS):
            published = row[3] or timezone.localdate(row[4])
            rank = (published, row[4], row[5])
            key = row[:3]
            if published <= day and (key not in newest or newest[key][0] < rank):
                newest[key] = (rank, row)
            if key not in last or last[key][0] < rank:
                last[key] = (rank, row[_NOTE])
    return _in_order(
        _held_back(_value(row)) if last[key][1] == Note.SUPPRESSED else _value(row)
        for key, (_, row) in newest.items()
    )


def _held_back(published: PublishedValue) -> PublishedValue:
    value = published.value
    return replace(
        published,
        value=AreaValue(
            period=value.period,
            start_date=value.start_date,
            end_date=value.end_date,
            value=None,
            note=Note.SUPPRESSED.value,
            area_code=value.area_code,
            release_id=value.release_id,
        ),
    )


def _rows(
    indicator_id: int, areas: Collection[UUID], breakdowns: Collection[int]
) -> ObservationQuerySet:
    rows: ObservationQuerySet = Observation.objects.published().filter(
        indicator_id=indicator_id, area__in=list(areas), breakdown__in=list(breakdowns)
    )
    return rows


def _value(row: tuple[Any, ...]) -> PublishedValue:
    return PublishedValue(
        area_id=row[0],
        breakdown_id=row[2],
        value=AreaValue(
            period=row[6],
            start_date=row[7],
            end_date=row[8],
            value=row[9],
            lower_95=row[10],
            upper_95=row[11],
            lower_998=row[12],
            upper_998=row[13],
            count=row[14],
            denominator=row[15],
            note=row[16],
            note_text=row[17],
            provisional=row[18],
            area_code=row[19],
            release_id=row[20],
        ),
    )


def _in_order(values: Iterable[PublishedValue]) -> tuple[PublishedValue, ...]:
    return tuple(
        sorted(values, key=lambda one: (str(one.area_id), one.breakdown_id, one.value.key))
    )
