"""What a recompute of an authority's progress reads, in a constant number of queries."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from authorities.models import (
    Body,
    BodyKind,
    StrategicAuthority,
)
from authorities.queries.dated import names_on
from outcomes.area_figures import AreaValue
from outcomes.models import (
    FrameworkIndicator,
    FrameworkPartner,
    FrameworkVersion,
    Milestone,
    Release,
    ReleaseIndicator,
    ReleaseKind,
    TargetKind,
    VersionState,
)
from outcomes.progress_labels import (
    AgreedMilestone,
    AgreedTarget,
    Method,
    ProgressInputs,
    Series,
    depends_on_today,
)
from outcomes.queries.counts import MeasureFacts, facts_of, measures
from outcomes.queries.indicator_facts import (
    IndicatorFacts,
    facts_of_indicators,
    with_releases_of_many,
)
from outcomes.queries.places import ENGLAND
from outcomes.queries.progress_bridges import bridges_of
from outcomes.queries.progress_series import series_of, shared_series_of
from outcomes.stats.comparability import TargetMode
from outcomes.stats.trajectory import TrajectoryKind

# Raise it when the same inputs would be kept in another form.
FORMAT = 3
# No field says so: the publisher's words do, in the definition or in a break's.
# Source: ONS, on healthy life expectancy since December 2024.
_IN_DEVELOPMENT = "official statistics in development"


@dataclass(frozen=True)
class AgreedPartner:
    """A board that owns a framework, through its pair."""

    pair: UUID
    slug: str
    name: str


@dataclass(frozen=True)
class AgreedFramework:
    """A framework's version in force, with who owns it."""

    id: UUID
    name: str
    version: int
    version_id: UUID
    agreed_at: datetime
    partners: tuple[AgreedPartner, ...]
    measures: tuple[MeasureFacts, ...] = ()


@dataclass(frozen=True)
class Judged:
    """An indicator of a framework with everything that its labels rest on.

    marks: what the inputs are known by; observations are never edited, so their keys say it all.
    """

    row: FrameworkIndicator
    framework: UUID
    area_name: str
    inputs: ProgressInputs
    marks: str

    def input_hash(self, *, method: Method, today: date) -> str:
        """Return the same text for the same inputs under the same method."""
        stale = depends_on_today(given=self.inputs, method=method, today=today)
        return hashlib.sha256(f"{FORMAT} {method!r} {stale} {self.marks}".encode()).hexdigest()


@dataclass(frozen=True)
class AuthorityProgress:
    """The frameworks in force of one authority, and the indicators of all of them in order."""

    frameworks: tuple[AgreedFramework, ...]
    judged: tuple[Judged, ...]


def progress_of(*, authority: StrategicAuthority, day: date) -> AuthorityProgress:
    """Return what is in force at an authority and what is published of it.

    Args:
        authority: whose frameworks.
        day: in London; names are those of the day.
    """
    versions = list(
        FrameworkVersion.objects.filter(framework__authority=authority, state=VersionState.AGREED)
        .select_related("framework")
        .order_by("framework__name", "framework_id")
    )
    if not versions:
        return AuthorityProgress((), ())
    partners = list(
        FrameworkPartner.objects.filter(
            framework__in=[one.framework_id for one in versions], ended_on__isnull=True
        )
        .select_related("pair__board")
        .order_by("pk")
    )
    places = {one.pk: number for number, one in enumerate(versions)}
    rows = sorted(
        # Hundreds of rows share a few of these, which are read and made once.
        FrameworkIndicator.objects.filter(framework_version__in=versions).prefetch_related(
            "indicator__domain", "breakdown", "baseline_period", "area"
        ),
        key=lambda row: (places[row.framework_version_id], row.order, row.pk),
    )
    names = names_on(
        day=day,
        bodies={one.pair.board_id for one in partners} | {row.area_id for row in rows},
    )
    counted = facts_of(rows=list(measures().filter(framework_version__in=versions)), day=day)
    return AuthorityProgress(
        frameworks=tuple(
            AgreedFramework(
                id=one.framework_id,
                name=one.framework.name,
                version=one.number,
                version_id=one.pk,
                agreed_at=one.agreed_at or one.edited_at,
                partners=tuple(
                    AgreedPartner(
                        pair=partner.pair_id,
                        slug=partner.pair.board.slug,
                        name=names.name(partner.pair.board_id),
                    )
                    for partner in partners
                    if partner.framework_id == one.framework_id
                ),
                measures=tuple(
                    facts for row, facts in counted if row.framework_version_id == one.pk
                ),
            )
            for one in versions
        ),
        judged=tuple(
            _judged(
                rows=rows,
                frameworks={one.pk: one.framework_id for one in versions},
                names={row.area_id: names.name(row.area_id) for row in rows},
            )
        ),
    )


def _judged(
    *,
    rows: Collection[FrameworkIndicator],
    frameworks: Mapping[UUID, UUID],
    names: Mapping[UUID, str],
) -> Iterable[Judged]:
    """Return the indicators with what is published of them.

    Args:
        rows: of the versions in force.
        frameworks: by the key of the version.
        names: of the areas.
    """
    england = (
        Body.objects.filter(kind=BodyKind.COUNTRY, slug=ENGLAND)
        .values_list("pk", flat=True)
        .first()
    )
    indicators = {row.indicator_id for row in rows}
    breakdowns = {row.breakdown_id for row in rows}
    series = series_of(
        indicators=indicators, areas={row.area_id for row in rows}, breakdowns=breakdowns
    )
    if england is not None:
        series |= shared_series_of(indicators=indicators, area=england, breakdowns=breakdowns)
    releases = frozenset[UUID]().union(*(one.releases for one in series.values()))
    facts = facts_of_indicators(
        indicators=list({row.indicator_id: row.indicator for row in rows}.values())
    )
    facts = with_releases_of_many(indicators=facts, releases=releases)
    bridges = bridges_of(series=series)
    made_by = _made_by(indicators=indicators, releases=releases)
    unofficial = _unofficial(releases)
    ways = _ways(rows)
    nothing = Series()
    for row in rows:
        key = (row.indicator_id, row.area_id, row.breakdown_id)
        own = series.get(key, nothing)
        baseline = _baseline(row)
        theirs = nothing
        if england is not None:
            theirs = series.get((row.indicator_id, england, row.breakdown_id), nothing)
        read = facts[row.indicator_id].read_as(own.values)
        inputs = ProgressInputs(
            framework_indicator=row.pk,
            unit=read.unit,
            definition=read.definition,
            version=read.read_by,
            baseline=baseline,
            target=_target(row, ways.get(row.pk, ())),
            series=own,
            england=theirs,
            publication_lag_months=row.indicator.publication_lag_months,
            in_development=_in_development(read),
            bridges=bridges.of(key=key, series=own, baseline=baseline),
            made_by=made_by.get(row.indicator_id, {}),
            unofficial=unofficial,
            is_england=row.area_id == england,
        )
        yield Judged(
            row=row,
            framework=frameworks[row.framework_version_id],
            area_name=names[row.area_id],
            inputs=inputs,
            marks=_marks(row, read, inputs),
        )


def _unofficial(releases: Collection[UUID]) -> frozenset[UUID]:
    """Return the releases that are not national."""
    found = Release.objects.filter(pk__in=releases).exclude(kind=ReleaseKind.NATIONAL)
    return frozenset(found.values_list("pk", flat=True))


def _made_by(
    *, indicators: Collection[int], releases: Collection[UUID]
) -> dict[int, dict[UUID, str]]:
    """Return how releases made the values of each indicator, where they say so."""
    rows = ReleaseIndicator.objects.filter(indicator__in=indicators, release__in=releases).exclude(
        method=""
    )
    found: dict[int, dict[UUID, str]] = {}
    for indicator, release, method in rows.order_by("pk").values_list(
        "indicator_id", "release_id", "method"
    ):
        found.setdefault(indicator, {})[release] = method
    return found


def _baseline(row: FrameworkIndicator) -> AreaValue | None:
    period = row.baseline_period
    if period is None:
        return None
    return AreaValue(
        period=period.label,
        start_date=period.start_date,
        end_date=period.end_date,
        value=row.baseline_value,
        lower_95=row.baseline_lower,
        upper_95=row.baseline_upper,
        release_id=row.baseline_release_id,
    )


def _ways(rows: Collection[FrameworkIndicator]) -> dict[int, tuple[AgreedMilestone, ...]]:
    """Return the milestones of each indicator that has some, in the order of time."""
    found: dict[int, tuple[AgreedMilestone, ...]] = {}
    milestones = Milestone.objects.filter(framework_indicator__in=[row.pk for row in rows])
    for one in milestones.order_by("start_date", "pk"):
        agreed = AgreedMilestone(one.label, (one.start_date, one.end_date), one.value)
        found[one.framework_indicator_id] = (
            *found.get(one.framework_indicator_id, ()),
            agreed,
        )
    return found


def _target(row: FrameworkIndicator, way: tuple[AgreedMilestone, ...]) -> AgreedTarget | None:
    if row.target_value is None or row.target_start is None or row.target_end is None:
        return None
    return AgreedTarget(
        label=row.target_label,
        days=(row.target_start, row.target_end),
        value=row.target_value,
        mode=TargetMode(row.target_mode),
        kind=TrajectoryKind(row.trajectory),
        milestones=way,
        tolerance=row.tolerance,
        maintain=row.target_kind == TargetKind.MAINTAIN,
    )


def _in_development(read: IndicatorFacts) -> bool:
    texts = (read.text, *(one.text for one in read.definition.breaks))
    return any(_IN_DEVELOPMENT in text.casefold() for text in texts)


def _marks(row: FrameworkIndicator, read: IndicatorFacts, inputs: ProgressInputs) -> str:
    facts: tuple[Any, ...] = (
        row.pk,
        read.read_by,
        read.definition,
        inputs.unit,
        inputs.publication_lag_months,
        inputs.in_development,
        inputs.is_england,
        tuple(inputs.series.ids.values()),
        tuple(inputs.england.ids.values()),
        inputs.bridges,
        inputs.made_by,
    )
    return repr(facts)
