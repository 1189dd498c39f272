"""What a page of one indicator says about the indicator itself, its people and its releases."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from outcomes.area_figures import AreaValue, Break, ComparisonRule, Definition, ValueScale
from outcomes.definitions import facts_of
from outcomes.models import (
    Breakdown,
    ComparabilityBreak,
    Indicator,
    IndicatorVersion,
    Release,
    ReleaseIndicator,
)
from outcomes.queries.definitions import current_definition, is_read_otherwise
from outcomes.queries.indicators import indicators_visible_at
from outcomes.stats import Polarity


class NoSuchIndicatorError(LookupError):
    """There is no such indicator, or it is a draft and drafts are not for the visitor."""


@dataclass(frozen=True)
class VersionRead:
    """A version of the definition, by which values are read that came under it."""

    number: int
    made_on: date
    text: str
    unit: str
    definition: Definition


@dataclass(frozen=True)
class IndicatorFacts:
    """An indicator as its publisher defines it, and what decides how its values are read.

    Values are read by the version of the definition that their release came under, so that a
    change of the definition changes no label of what has been published.

    version, since: number and day of the version that holds now.
    read_by: number of the version that text, unit and definition here are of.
    earlier: versions before the one that holds, by number, that read values otherwise.
    under: the version that each release came under, where it reads values otherwise.
    """

    id: int
    code: str
    name: str
    text: str
    unit: str
    source: str
    licence: str
    draft: bool
    version: int
    since: date | None
    read_by: int
    definition: Definition
    current: Definition
    earlier: Mapping[int, VersionRead] = field(default_factory=dict)
    under: Mapping[UUID, int] = field(default_factory=dict)

    def version_of(self, value: AreaValue | None) -> int:
        """Return the number of the version that a value is read by."""
        release = None if value is None else value.release_id
        return self.version if release is None else self.under.get(release, self.version)

    def definition_of(self, value: AreaValue | None) -> Definition:
        """Return the definition that a value is read by; a computed one by that of its page."""
        if value is None or value.release_id is None:
            return self.definition
        number = self.version_of(value)
        return self.earlier[number].definition if number in self.earlier else self.current

    def other_version(self, value: AreaValue | None) -> int | None:
        """Return the version that a value is read by where it is not that of the page."""
        if value is None or value.release_id is None:
            return None
        number = self.version_of(value)
        return None if number == self.read_by else number

    def read_as(self, values: Iterable[AreaValue | None]) -> "IndicatorFacts":
        """Return the indicator as it was when the newest of the values came."""
        if not self.earlier:
            return self
        numbers = [self.version_of(one) for one in values if one is not None and one.release_id]
        read = self.earlier.get(max(numbers, default=self.version))
        if read is None:
            return self
        return replace(
            self, text=read.text, unit=read.unit, definition=read.definition, read_by=read.number
        )


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
    # Empty where its source names none, None where it was never asked for.
    method: str | None


def indicator_facts(*, code: str, with_drafts: bool) -> IndicatorFacts:
    """Return the indicator with its breaks and versions, in three queries.

    Args:
        code: of the indicator.
        with_drafts: for the centre, which describes them.

    Raises:
        NoSuchIndicatorError: nothing of it is for the public.
    """
    shown = indicators_visible_at(bodies=(), all_drafts=with_drafts)
    found: Indicator | None = shown.filter(code=code).first()
    if found is None:
        raise NoSuchIndicatorError(code)
    return facts_of_indicators(indicators=[found])[found.pk]


def facts_of_indicators(*, indicators: Sequence[Indicator]) -> dict[int, IndicatorFacts]:
    """Return indicators with their breaks and versions by key, in two queries.

    Args:
        indicators: with their domains loaded.
    """
    keys = [one.pk for one in indicators]
    breaks: dict[int, list[Break]] = {}
    rows = ComparabilityBreak.objects.filter(indicator__in=keys, withdrawn_at__isnull=True)
    for row in rows.order_by("starts_on", "kind"):
        breaks.setdefault(row.indicator_id, []).append(
            Break(
                starts_on=row.starts_on,
                kind=str(row.get_kind_display()),
                text=row.text,
                source=row.source,
            )
        )
    versions: dict[int, list[IndicatorVersion]] = {}
    for version in IndicatorVersion.objects.filter(indicator__in=keys).order_by("number"):
        versions.setdefault(version.indicator_id, []).append(version)
    return {
        one.pk: _facts(one, tuple(breaks.get(one.pk, ())), versions.get(one.pk, []))
        for one in indicators
    }


def _facts(
    found: Indicator, breaks: tuple[Break, ...], versions: Sequence[IndicatorVersion]
) -> IndicatorFacts:
    now = facts_of(definition=current_definition(indicator=found))
    current = _read_by(now, breaks)
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
        since=timezone.localdate(versions[-1].made_at) if versions else None,
        read_by=found.version,
        definition=current,
        current=current,
        earlier={
            one.number: VersionRead(
                number=one.number,
                made_on=timezone.localdate(one.made_at),
                text=str(one.facts.get("definition", "")),
                unit=str(one.facts.get("unit", "")),
                definition=_read_by(one.facts, breaks),
            )
            for one in versions
            if is_read_otherwise(then=one.facts, now=now)
        },
    )


def _read_by(facts: Mapping[str, Any], breaks: tuple[Break, ...]) -> Definition:
    return Definition(
        scale=ValueScale(facts.get("scale", ValueScale.UNKNOWN)),
        polarity=Polarity(facts.get("polarity", Polarity.NO_JUDGEMENT)),
        rule=ComparisonRule(facts.get("benchmark_method", ComparisonRule.NONE)),
        multiplier=facts.get("multiplier"),
        trend_eligible=bool(facts.get("trend_eligible")),
        trend_text=str(facts.get("trend_text") or ""),
        period_months=facts.get("period_months"),
        step_months=facts.get("step_months"),
        round_counts_to=facts.get("round_counts_to"),
        breaks=breaks,
    )


def with_releases(*, indicator: IndicatorFacts, releases: Collection[UUID]) -> IndicatorFacts:
    """Return the indicator with the version that each of the releases came under, in one query."""
    found = with_releases_of_many(indicators={indicator.id: indicator}, releases=releases)
    return found[indicator.id]


def with_releases_of_many(
    *, indicators: Mapping[int, IndicatorFacts], releases: Collection[UUID]
) -> dict[int, IndicatorFacts]:
    """Return indicators with the versions that the releases came under, in one query at most."""
    several = {key: one for key, one in indicators.items() if one.earlier}
    under: dict[int, dict[UUID, int]] = {}
    if several:
        rows = ReleaseIndicator.objects.filter(indicator__in=list(several), release__in=releases)
        for key, release, version in rows.values_list(
            "indicator_id", "release_id", "indicator_version"
        ):
            if version in several[key].earlier:
                under.setdefault(key, {})[release] = version
    return {
        key: replace(one, under=under.get(key, {})) if key in several else one
        for key, one in indicators.items()
    }


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
            method=contents[row.pk].method if row.pk in contents else None,
        )
        for row in Release.objects.filter(pk__in=releases)
    ]
    return tuple(
        sorted(found, key=lambda one: (one.published_on, one.stored_at, str(one.id)), reverse=True)
    )
