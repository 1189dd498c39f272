"""Outcomes frameworks: their parties, their versions, and what stands in one."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from authorities.models import Body
from authorities.queries.dated import NameHistory, names_on
from outcomes import framework_content as content
from outcomes.area_figures import scale_places
from outcomes.models import (
    Breakdown,
    CountMeasure,
    CountTarget,
    Framework,
    FrameworkIndicator,
    FrameworkPartner,
    FrameworkSignature,
    FrameworkVersion,
    Milestone,
    TargetKind,
    TheoryItem,
    TheoryLink,
    VersionState,
)
from outcomes.people import people_words


@dataclass(frozen=True)
class Party:
    """A body that owns a framework, and whether it has signed the version that is looked at."""

    body_id: UUID
    slug: str
    name: str
    is_authority: bool
    pair_id: UUID | None
    needs_reconfirmation: bool
    signed: bool


def parties_of(
    *, framework: Framework, day: date, version: FrameworkVersion | None = None
) -> tuple[Party, ...]:
    """Return who owns the framework: the authority, then its ICBs by name, in three queries.

    Args:
        framework: with its authority loaded.
        day: as of which bodies are named.
        version: whose signatures are asked for.
    """
    partners = list(
        FrameworkPartner.objects.filter(framework=framework, ended_on__isnull=True)
        .select_related("pair__board")
        .order_by("pk")
    )
    bodies: list[tuple[Body, FrameworkPartner | None]] = [
        (framework.authority, None),
        *((partner.pair.board, partner) for partner in partners),
    ]
    names = names_on(day=day, bodies={body.pk for body, _ in bodies})
    signed = (
        frozenset()
        if version is None
        else frozenset(
            FrameworkSignature.objects.filter(
                framework_version=version, voided_at__isnull=True
            ).values_list("body_id", flat=True)
        )
    )
    parties = [
        Party(
            body_id=body.pk,
            slug=body.slug,
            name=names.name(body.pk),
            is_authority=partner is None,
            pair_id=None if partner is None else partner.pair_id,
            needs_reconfirmation=(partner or framework).needs_reconfirmation,
            signed=body.pk in signed,
        )
        for body, partner in bodies
    ]
    return (parties[0], *sorted(parties[1:], key=lambda one: one.name))


def version_in_force(*, framework: Framework) -> FrameworkVersion | None:
    """Return the version that is agreed and not replaced; None while there is none."""
    return FrameworkVersion.objects.filter(framework=framework, state=VersionState.AGREED).first()


def content_of(*, version: FrameworkVersion) -> content.Content:
    """Return all that a version says, in a constant number of queries."""
    return contents_of(versions=[version])[version.pk]


def contents_of(*, versions: Collection[FrameworkVersion]) -> dict[UUID, content.Content]:
    """Return all that each of the versions says, by key, in a constant number of queries.

    Areas have the names of the day on which a version was edited last.
    """
    keys = [version.pk for version in versions]
    items = TheoryItem.objects.filter(framework_version__in=keys).order_by("order", "pk")
    items_by, lineage_of = defaultdict(list), {}
    for item in items:
        items_by[item.framework_version_id].append(_item(item))
        lineage_of[item.pk] = item.lineage
    links_by = defaultdict(list)
    for link in TheoryLink.objects.filter(framework_version__in=keys).order_by("pk"):
        links_by[link.framework_version_id].append(
            content.Link(
                cause=lineage_of[link.cause_id],
                effect=lineage_of[link.effect_id],
                assumption=link.assumption,
            )
        )
    places_by = _places(versions=versions, lineage_of=lineage_of)
    measures_by = defaultdict(list)
    measures = CountMeasure.objects.filter(framework_version__in=keys).prefetch_related(
        Prefetch("targets", CountTarget.objects.order_by("start_date", "end_date"))
    )
    for measure in measures.order_by("order", "pk"):
        measures_by[measure.framework_version_id].append(
            _measure(measure, lineage_of[measure.item_id])
        )
    boards = defaultdict(list)
    for framework_id, board_id in FrameworkPartner.objects.filter(
        framework__in=[version.framework_id for version in versions], ended_on__isnull=True
    ).values_list("framework_id", "pair__board_id"):
        boards[framework_id].append(board_id)
    return {
        version.pk: content.Content(
            number=version.number,
            boards=tuple(sorted(boards[version.framework_id], key=str)),
            summary=version.summary,
            assumptions=version.assumptions,
            prevention_spending=version.prevention_spending,
            disinvestment=version.disinvestment,
            change_reason=version.change_reason,
            items=tuple(items_by[version.pk]),
            links=tuple(links_by[version.pk]),
            places=tuple(places_by[version.pk]),
            measures=tuple(measures_by[version.pk]),
        )
        for version in versions
    }


def _item(row: TheoryItem) -> content.Item:
    return content.Item(
        lineage=row.lineage,
        kind=row.kind,
        order=row.order,
        title=row.title,
        text=row.text,
        assumption=row.assumption,
    )


def _measure(row: CountMeasure, item: UUID) -> content.Measure:
    return content.Measure(
        lineage=row.lineage,
        item=item,
        order=row.order,
        name=row.name,
        unit=row.unit,
        aggregation=row.aggregation,
        direction=row.direction,
        margin_percent=row.margin_percent,
        targets=tuple(
            content.CountTarget(
                period=content.Span(one.label, one.start_date, one.end_date), value=one.value
            )
            for one in row.targets.all()
        ),
    )


def _places(
    *, versions: Collection[FrameworkVersion], lineage_of: dict[int, UUID]
) -> dict[UUID, list[content.Place]]:
    rows = list(
        FrameworkIndicator.objects.filter(framework_version__in=[one.pk for one in versions])
        .select_related(
            "indicator", "area", "breakdown", "determinant", "adopted_set", "baseline_period"
        )
        .prefetch_related(
            Prefetch("milestones", Milestone.objects.order_by("start_date", "end_date"))
        )
        .order_by("order", "pk")
    )
    history = NameHistory.of(bodies={row.area_id for row in rows})
    edited = {version.pk: timezone.localdate(version.edited_at) for version in versions}
    found = defaultdict(list)
    for row in rows:
        found[row.framework_version_id].append(
            content.Place(
                lineage=row.lineage,
                item=lineage_of[row.item_id],
                order=row.order,
                indicator=row.indicator.code,
                name=row.indicator.name,
                unit=row.indicator.unit,
                polarity=row.indicator.polarity,
                area_id=row.area_id,
                area=history.short_name(row.area_id, day=edited[row.framework_version_id]),
                breakdown_id=row.breakdown_id,
                people=people_of(row.breakdown),
                determinant=row.determinant.slug if row.determinant else "",
                authority_role=row.authority_role,
                authority_owner=row.authority_owner,
                board_owner=row.board_owner,
                baseline=baseline_of_row(row),
                no_baseline_reason=row.no_baseline_reason,
                target=target_of_row(row),
                no_target_reason=row.no_target_reason,
                adopted_set=row.adopted_set.slug if row.adopted_set else "",
                set_name=row.adopted_set.name if row.adopted_set else "",
                places=scale_places(scale=row.indicator.scale),
            )
        )
    return found


def people_of(breakdown: Breakdown) -> str:
    """Return whom values of a breakdown are of, in words."""
    return people_words(sex=breakdown.sex, age=breakdown.age, category=breakdown.category)


def baseline_of_row(row: FrameworkIndicator) -> content.Baseline | None:
    """Return the baseline of an indicator in a version, its period loaded; None for none."""
    period = row.baseline_period
    if period is None or row.baseline_value is None or row.baseline_release_id is None:
        return None
    return content.Baseline(
        period=content.Span(period.label, period.start_date, period.end_date),
        value=row.baseline_value,
        lower=row.baseline_lower,
        upper=row.baseline_upper,
        release_id=row.baseline_release_id,
    )


def target_of_row(row: FrameworkIndicator) -> content.Target | None:
    """Return the target of an indicator in a version; None for none."""
    if row.target_kind == TargetKind.NONE or row.target_value is None:
        return None
    if row.target_start is None or row.target_end is None:
        return None
    return content.Target(
        kind=row.target_kind,
        mode=row.target_mode,
        value=row.target_value,
        period=content.Span(row.target_label, row.target_start, row.target_end),
        trajectory=row.trajectory,
        milestones=tuple(
            content.Milestone(
                period=content.Span(one.label, one.start_date, one.end_date), value=one.value
            )
            for one in row.milestones.all()
        ),
        tolerance=row.tolerance,
    )
