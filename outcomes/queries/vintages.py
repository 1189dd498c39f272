"""Published values as they stood on a day.

For pages: `values_as_published(*, indicator_id, areas, day) -> tuple[PublishedValue, ...]`; for the
API: `rows_as_published(*, rows, indicator_code, day)`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from outcomes.models import Note, Observation

_LONDON = ZoneInfo("Europe/London")
_PUBLISHED_ON = Coalesce(
    F("release__published_on"), TruncDate("release__created_at", tzinfo=_LONDON)
)
_EITHER = Q(superseded_at__isnull=True) | Q(superseded_at__isnull=False)


@dataclass(frozen=True)
class PublishedValue:
    """A value as a release gave it, with the release that said so.

    Args:
        value: in the unit of the indicator; None where the note says why there is none.
        end_date: first day after the period.
        published_on: the day of the release.
        superseded: a later release says otherwise, or says it again with more.
    """

    area_id: UUID
    breakdown_id: int
    area_code: str
    sex: str
    age: str
    category_type: str
    category: str
    period_label: str
    start_date: date
    end_date: date
    value: float | None
    lower_95: float | None
    upper_95: float | None
    lower_998: float | None
    upper_998: float | None
    count: float | None
    denominator: float | None
    note: str
    note_text: str
    provisional: bool
    publishers_comparison: str | None
    release_id: UUID
    release_title: str
    published_on: date
    superseded: bool


def values_as_published(
    *,
    indicator_id: int,
    areas: Collection[UUID],
    day: date,
    breakdowns: Collection[int] | None = None,
) -> tuple[PublishedValue, ...]:
    """Return what had been published of an indicator by the end of a day, in one query.

    For each area, period and breakdown that is the value of the newest release of that day or
    before, superseded since or not. What a body sent in is not published and never here.

    Args:
        indicator_id: key of the indicator.
        areas: keys of the areas.
        day: the day in London.
        breakdowns: keys of the people asked for; None for all.

    Returns:
        The values by area, then by period, then by breakdown.
    """
    asked = Q(indicator_id=indicator_id, area_id__in=list(areas))
    if breakdowns is not None:
        asked &= Q(breakdown_id__in=list(breakdowns))
    rows = (
        Observation.objects.published()
        # Each index of values holds either the current or the superseded ones: both are read.
        .filter(_EITHER, asked)
        .annotate(published_on=_PUBLISHED_ON)
        .filter(published_on__lte=day)
        .order_by(
            "area_id",
            "period__start_date",
            "period__end_date",
            "breakdown_id",
            "-published_on",
            "-pk",
        )
        .distinct("area_id", "period__start_date", "period__end_date", "breakdown_id")
        .values_list(
            "area_id",
            "breakdown_id",
            "area_code",
            "breakdown__sex",
            "breakdown__age",
            "breakdown__category_type",
            "breakdown__category",
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
            "publishers_comparison",
            "release_id",
            "release__title",
            "published_on",
            "superseded_at",
        )
    )
    return tuple(PublishedValue(*row[:-1], superseded=row[-1] is not None) for row in rows)


def rows_as_published(
    *, rows: QuerySet[Observation], indicator_code: str, day: date
) -> QuerySet[Observation]:
    """Keep of some rows those that spoke of an indicator by the end of a day.

    Each row says as `held_back` whether the newest release suppresses its value: then none of its
    numbers may be shown, though an earlier release gave them.

    Args:
        rows: published ones, superseded or not, narrowed in any way.
        indicator_code: of the indicator; without one every value there is would have to be sorted.
        day: the day in London.
    """
    newest = (
        Observation.objects.published()
        .filter(_EITHER, indicator__code=indicator_code)
        .annotate(published_on=_PUBLISHED_ON)
        .filter(published_on__lte=day)
        .order_by("area_id", "period_id", "breakdown_id", "-published_on", "-pk")
        .distinct("area_id", "period_id", "breakdown_id")
        .values("pk")
    )
    suppressed = (
        Observation.objects.published()
        .current()
        .filter(
            indicator=OuterRef("indicator"),
            area=OuterRef("area"),
            period=OuterRef("period"),
            breakdown=OuterRef("breakdown"),
            note=Note.SUPPRESSED,
        )
    )
    return rows.filter(pk__in=newest).annotate(held_back=Exists(suppressed))
