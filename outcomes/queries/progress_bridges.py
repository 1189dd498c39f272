"""Breaks of comparability that can be bridged: by values that were published by both ways."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from outcomes.area_figures import AreaValue
from outcomes.models import ComparabilityBreak, Indicator, Observation, PeriodRow, Release
from outcomes.progress_labels import Bridge, Days, Series
from outcomes.queries.progress_series import SeriesKey


@dataclass(frozen=True)
class BridgedBreak:
    """A break with the period that was published by both ways.

    until: when the last release by the old ways was stored.
    """

    starts_on: date
    period: int
    days: Days
    until: datetime


@dataclass(frozen=True)
class Bridges:
    """What breaks of some indicators are bridged with.

    breaks: by the indicator's key. old_values: by series and period, as the old ways had them.
    stored: when releases were stored.
    """

    breaks: Mapping[int, tuple[BridgedBreak, ...]]
    old_values: Mapping[tuple[SeriesKey, int, datetime], float]
    stored: Mapping[UUID, datetime]

    def of(
        self, *, key: SeriesKey, series: Series, baseline: AreaValue | None
    ) -> dict[date, Bridge]:
        """Return what each break of a series is bridged with, by its first day.

        Args:
            key: of the series.
            series: its current values.
            baseline: as it was agreed.
        """
        found: dict[date, Bridge] = {}
        for one in self.breaks.get(key[0], ()):
            now = series.at(None if baseline is None else baseline.key)
            if now is not None and self._is_after(now.release_id, one.until):
                found[one.starts_on] = Bridge(restated=True)
                continue
            old = self.old_values.get((key, one.period, one.until))
            new = series.at(one.days)
            if old and new is not None and new.value:
                found[one.starts_on] = Bridge(ratio=new.value / old)
        return found

    def _is_after(self, release: UUID | None, until: datetime) -> bool:
        return release is not None and self.stored[release] > until


_NONE = Bridges({}, {}, {})


def bridges_of(*, series: Mapping[SeriesKey, Series]) -> Bridges:
    """Return the bridges of some series: in one query where no break is bridged, else in three."""
    breaks: dict[int, list[BridgedBreak]] = {}
    rows = ComparabilityBreak.objects.filter(
        indicator__in={key[0] for key in series},
        withdrawn_at__isnull=True,
        common_period__isnull=False,
    ).select_related("common_period", "old_release")
    for row in rows.order_by("starts_on", "kind"):
        assert row.common_period is not None and row.old_release is not None  # noqa: S101, PT018 - a constraint
        breaks.setdefault(row.indicator_id, []).append(
            BridgedBreak(
                starts_on=row.starts_on,
                period=row.common_period.pk,
                days=(row.common_period.start_date, row.common_period.end_date),
                until=row.old_release.created_at,
            )
        )
    if not breaks:
        return _NONE
    releases = {
        release for key, one in series.items() if key[0] in breaks for release in one.releases
    }
    return Bridges(
        breaks={key: tuple(found) for key, found in breaks.items()},
        old_values=_old_values(breaks=breaks, series=series),
        stored=dict(Release.objects.filter(pk__in=releases).values_list("pk", "created_at")),
    )


def _old_values(
    *, breaks: Mapping[int, Collection[BridgedBreak]], series: Mapping[SeriesKey, Series]
) -> dict[tuple[SeriesKey, int, datetime], float]:
    """Return the last values of the common periods by the old ways."""
    keys = [key for key in series if key[0] in breaks]
    rows = (
        Observation.objects.published()
        .filter(
            indicator__in=set(breaks),
            area__in={area for _, area, _ in keys},
            breakdown__in={people for _, _, people in keys},
            period__in={one.period for found in breaks.values() for one in found},
            value__isnull=False,
        )
        .order_by("release__created_at", "pk")
        .values_list(
            "indicator_id", "area_id", "breakdown_id", "period_id", "value", "release__created_at"
        )
    )
    found: dict[tuple[SeriesKey, int, datetime], float] = {}
    for indicator, area, people, period, value, stored in rows:
        for one in breaks[indicator]:
            if value is not None and one.period == period and stored <= one.until:
                found[(indicator, area, people), period, one.until] = value
    return found


def is_published_twice(*, indicator: Indicator, period: PeriodRow, release: Release) -> bool:
    """Whether a value of a period was published up to a release, and another one after it."""
    published = Observation.objects.published().filter(
        indicator=indicator, period=period, value__isnull=False
    )
    return (
        published.filter(release__created_at__lte=release.created_at).exists()
        and published.current().filter(release__created_at__gt=release.created_at).exists()
    )


def choices_of(*, indicator: Indicator) -> tuple[tuple[PeriodRow, ...], tuple[Release, ...]]:
    """Return the periods that were published more than once, and the releases, the newest first."""
    published = Observation.objects.published().filter(indicator=indicator)
    twice = published.filter(superseded_at__isnull=False).values("period")
    releases = Release.objects.filter(Q(contents__indicator=indicator), body__isnull=True)
    return (
        tuple(PeriodRow.objects.filter(pk__in=twice).order_by("-start_date", "-end_date")),
        tuple(releases.order_by("-created_at")),
    )
