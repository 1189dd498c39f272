"""What a page of one indicator says about the indicator itself, its people and its releases."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from outcomes.area_figures import Break, ComparisonRule, Definition, ValueScale
from outcomes.models import (
    Breakdown,
    ComparabilityBreak,
    Indicator,
    Release,
    ReleaseIndicator,
)
from outcomes.queries.indicators import indicators_visible_at
from outcomes.stats import Polarity


class NoSuchIndicatorError(LookupError):
    """There is no such indicator, or it is a draft of which nothing is published."""


@dataclass(frozen=True)
class IndicatorFacts:
    """An indicator as its publisher defines it, and what decides how its values are read."""

    id: int
    code: str
    name: str
    text: str
    unit: str
    source: str
    licence: str
    draft: bool
    version: int
    definition: Definition


@dataclass(frozen=True)
class People:
    """Whom a value is for."""

    id: int
    sex: str
    age: str
    category_type: str
    category: str


@dataclass(frozen=True)
class ReleaseFacts:
    """Where values were published, when, and how they were made."""

    id: UUID
    title: str
    source: str
    published_on: date
    says_when: bool
    stored_at: datetime
    indicator_version: int | None
    method: str


def indicator_facts(*, code: str) -> IndicatorFacts:
    """Return the indicator with its breaks, in two queries.

    Raises:
        NoSuchIndicatorError: nothing of it is for the public.
    """
    found: Indicator | None = indicators_visible_at(bodies=()).filter(code=code).first()
    if found is None:
        raise NoSuchIndicatorError(code)
    breaks = ComparabilityBreak.objects.filter(indicator=found, withdrawn_at__isnull=True)
    return IndicatorFacts(
        id=found.pk,
        code=found.code,
        name=found.name,
        text=found.definition,
        unit=found.unit,
        source=found.source,
        licence=found.licence,
        draft=found.draft,
        version=found.version,
        definition=Definition(
            scale=ValueScale(found.scale),
            polarity=Polarity(found.polarity),
            rule=ComparisonRule(found.benchmark_method),
            multiplier=found.multiplier,
            trend_eligible=found.trend_eligible,
            trend_text=found.trend_text,
            period_months=found.period_months,
            step_months=found.step_months,
            round_counts_to=found.round_counts_to,
            breaks=tuple(
                Break(
                    starts_on=one.starts_on,
                    kind=str(one.get_kind_display()),
                    text=one.text,
                    source=one.source,
                )
                for one in breaks.order_by("starts_on", "kind")
            ),
        ),
    )


def people_of(*, breakdowns: Collection[int]) -> tuple[People, ...]:
    """Return whom the breakdowns are for, by sex, age and category."""
    rows = Breakdown.objects.filter(pk__in=breakdowns)
    return tuple(
        People(row.pk, row.sex, row.age, row.category_type, row.category)
        for row in rows.order_by("sex", "age", "category_type", "category")
    )


def releases_of(*, indicator_id: int, releases: Collection[UUID]) -> tuple[ReleaseFacts, ...]:
    """Return the releases, newest first, with how they made the indicator's values."""
    contents = {
        row.release_id: row
        for row in ReleaseIndicator.objects.filter(indicator_id=indicator_id, release__in=releases)
    }
    found = [
        ReleaseFacts(
            id=row.pk,
            title=row.title,
            source=row.source,
            published_on=row.published_on or timezone.localdate(row.created_at),
            says_when=row.published_on is not None,
            stored_at=row.created_at,
            indicator_version=contents[row.pk].indicator_version if row.pk in contents else None,
            method=contents[row.pk].method if row.pk in contents else "",
        )
        for row in Release.objects.filter(pk__in=releases)
    ]
    return tuple(
        sorted(found, key=lambda one: (one.published_on, one.stored_at, str(one.id)), reverse=True)
    )
