"""The published values that labels of progress rest on, as series."""

from collections.abc import Collection
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection

from outcomes.area_figures import AreaValue
from outcomes.models import Observation
from outcomes.progress_labels import Series

# Indicator, area, and whom the values are for.
SeriesKey = tuple[int, UUID, int]

_FIELDS = (
    "pk",
    "indicator_id",
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
_DAYS = itemgetter(_FIELDS.index("period__start_date"), _FIELDS.index("period__end_date"))
_RELEASE = _FIELDS.index("release_id")
# Where the fields of `AreaValue` begin; what it was computed from follows them, which is nothing.
_FACTS = _FIELDS.index("period__label")


# By hand: the database makes one text a series, where the ORM would bring each row.
_MARKS = """
    SELECT indicator_id, area_id, breakdown_id, md5(string_agg(id::text, ',' ORDER BY id))
    FROM outcomes_observation
    WHERE superseded_at IS NULL AND owner_id IS NULL AND area_id = %(area)s
        AND indicator_id = ANY(%(indicators)s) AND breakdown_id = ANY(%(breakdowns)s)
    GROUP BY indicator_id, area_id, breakdown_id
"""
# Each with some twenty values: a few megabytes.
_MOST = 4_000
_kept: dict[tuple[SeriesKey, str], Series] = {}


def series_of(
    *, indicators: Collection[int], areas: Collection[UUID], breakdowns: Collection[int]
) -> dict[SeriesKey, Series]:
    """Return the current published values in the order of time, in one query.

    Args:
        indicators: keys of the indicators.
        areas: keys of the areas.
        breakdowns: keys of whom the values are for.
    """
    found: dict[SeriesKey, list[tuple[Any, ...]]] = {}
    observations = (
        Observation.objects.published()
        .current()
        .filter(indicator__in=indicators, area__in=areas, breakdown__in=breakdowns)
        .order_by()
        .values_list(*_FIELDS)
    )
    for observation in observations:
        found.setdefault(observation[1:4], []).append(observation)
    series = {}
    for where, of_one in found.items():
        of_one.sort(key=_DAYS)
        series[where] = Series(
            values=tuple(AreaValue._make((*one[_FACTS:], ())) for one in of_one),
            ids={_DAYS(one): one[0] for one in of_one},
        )
    return series


def shared_series_of(
    *, indicators: Collection[int], area: UUID, breakdowns: Collection[int]
) -> dict[SeriesKey, Series]:
    """Return the series of an area that others are held against, as `series_of` does.

    A process keeps them from one authority to the next: values are never edited, so a series is
    the same while its keys are. One query asks for the keys, a second one for what is not kept.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _MARKS,
            {"area": area, "indicators": list(indicators), "breakdowns": list(breakdowns)},
        )
        marks = {row[:3]: row[3] for row in cursor.fetchall()}
    found = {key: _kept[key, mark] for key, mark in marks.items() if (key, mark) in _kept}
    missing = marks.keys() - found.keys()
    if missing:
        read = series_of(
            indicators={key[0] for key in missing},
            areas=[area],
            breakdowns={key[2] for key in missing},
        )
        if len(_kept) + len(missing) > _MOST:
            _kept.clear()
        # What was stored between the two queries is asked for again by whoever stored it.
        for key in missing & read.keys():
            found[key] = _kept[key, marks[key]] = read[key]
    return found
