"""Published values of one indicator for its pages: as they stand, or as they stood on a day.

What a body sent in and nobody has approved is never among them, nor is a number that the newest
release suppresses.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from outcomes.area_figures import AreaValue
from outcomes.models import Note, Observation
from outcomes.models.observation import ObservationQuerySet
from outcomes.queries import vintages

_FIELDS = (
    "area_id",
    "breakdown_id",
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
    "publishers_comparison",
)


@dataclass(frozen=True, slots=True)
class AreaPeriodValue:
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
) -> tuple[AreaPeriodValue, ...]:
    """Return the published values of some areas by area, people and period.

    Args:
        indicator_id: of the indicator.
        areas: keys of the areas.
        breakdowns: keys of the people asked for.
        day: as they were published on the day; None for those that nothing has superseded. What
            the newest release suppresses is suppressed on every day: an earlier one must not give
            away what a later one holds back.
    """
    rows: ObservationQuerySet = (
        Observation.objects.published()
        .current()
        .filter(indicator_id=indicator_id, area__in=list(areas), breakdown__in=list(breakdowns))
    )
    if day is None:
        found = [_current(row) for row in rows.values_list(*_FIELDS)]
    else:
        held_back = set(
            rows.filter(note=Note.SUPPRESSED).values_list(
                "area_id", "breakdown_id", "period__start_date", "period__end_date"
            )
        )
        found = [
            _as_published(one, held_back=_key(one) in held_back)
            for one in vintages.values_as_published(
                indicator_id=indicator_id, areas=areas, day=day, breakdowns=breakdowns
            )
        ]
    found.sort(key=lambda one: (str(one.area_id), one.breakdown_id, one.value.key))
    return tuple(found)


def _current(row: tuple[Any, ...]) -> AreaPeriodValue:
    names = (name.removeprefix("period__") for name in _FIELDS[2:])
    facts = dict(zip(names, row[2:], strict=True))
    facts["period"] = facts.pop("label")
    return AreaPeriodValue(area_id=row[0], breakdown_id=row[1], value=AreaValue(**facts))


def _key(one: vintages.PublishedValue) -> tuple[UUID, int, date, date]:
    return one.area_id, one.breakdown_id, one.start_date, one.end_date


def _as_published(one: vintages.PublishedValue, *, held_back: bool) -> AreaPeriodValue:
    value = AreaValue(
        period=one.period_label,
        start_date=one.start_date,
        end_date=one.end_date,
        value=None,
        note=Note.SUPPRESSED.value,
        area_code=one.area_code,
        release_id=one.release_id,
    )
    if not held_back:
        value = AreaValue(
            period=one.period_label,
            start_date=one.start_date,
            end_date=one.end_date,
            value=one.value,
            lower_95=one.lower_95,
            upper_95=one.upper_95,
            lower_998=one.lower_998,
            upper_998=one.upper_998,
            count=one.count,
            denominator=one.denominator,
            note=one.note,
            note_text=one.note_text,
            provisional=one.provisional,
            area_code=one.area_code,
            release_id=one.release_id,
            publishers_comparison=one.publishers_comparison,
        )
    return AreaPeriodValue(area_id=one.area_id, breakdown_id=one.breakdown_id, value=value)
