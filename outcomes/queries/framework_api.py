"""Agreed frameworks and their targets, with what the API says of them loaded."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from outcomes.models import (
    CountMeasure,
    CountTarget,
    ExpertReview,
    FrameworkIndicator,
    FrameworkPartner,
    FrameworkVersion,
    Milestone,
    ReviewedIndicator,
    ReviewState,
    TheoryItem,
    TheoryLink,
    VersionState,
)
from outcomes.queries.counts import facts_of, measures

# Where a framework has the owners that it has now.
CURRENT_PARTNERS = "current_partners"
# Where a measure has its values and how it stands.
READING = "facts"


def versions_in_force() -> QuerySet[FrameworkVersion]:
    """Return the versions in force, each with its framework, authority and current owners."""
    partners = FrameworkPartner.objects.filter(ended_on__isnull=True).select_related("pair__board")
    return (
        FrameworkVersion.objects.filter(state=VersionState.AGREED)
        .select_related("framework__authority")
        .prefetch_related(
            Prefetch("framework__partners", partners.order_by("pk"), to_attr=CURRENT_PARTNERS)
        )
        .order_by("framework__authority__slug", "framework__name", "framework_id")
    )


def owned_by_board(*, slug: str) -> QuerySet[FrameworkPartner]:
    """Return the keys of the frameworks that an ICB owns now."""
    rows = FrameworkPartner.objects.filter(ended_on__isnull=True, pair__board__slug=slug)
    return rows.values("framework_id")  # type: ignore[return-value]  # of keys


def with_content(rows: QuerySet[FrameworkVersion]) -> QuerySet[FrameworkVersion]:
    """Load all that the versions say."""
    links = TheoryLink.objects.select_related("cause", "effect").order_by("pk")
    measures = CountMeasure.objects.select_related("item").prefetch_related(
        Prefetch("targets", CountTarget.objects.order_by("start_date", "pk"))
    )
    return rows.prefetch_related(
        Prefetch(
            "items", TheoryItem.objects.order_by("kind", "order", "pk"), to_attr="theory_items"
        ),
        Prefetch("links", links, to_attr="theory_links"),
        Prefetch("indicators", _places(), to_attr="places"),
        Prefetch("measures", measures.order_by("order", "pk"), to_attr="counted"),
    )


def targets_in_force() -> QuerySet[FrameworkIndicator]:
    """Return the indicators of the versions in force, with what they name."""
    return (
        _places()
        .filter(framework_version__state=VersionState.AGREED)
        .order_by(
            "framework_version__framework__authority__slug",
            "framework_version__framework_id",
            "order",
            "pk",
        )
    )


def measures_in_force() -> QuerySet[CountMeasure]:
    """Return what the versions in force count, with what `readings_of` needs loaded."""
    return (
        measures()
        .filter(framework_version__state=VersionState.AGREED)
        .select_related("item", "framework_version__framework__authority")
        .order_by(
            "framework_version__framework__authority__slug",
            "framework_version__framework_id",
            "order",
            "pk",
        )
    )


def with_readings(*, rows: Sequence[CountMeasure], day: date) -> None:
    """Put on each measure what was recorded of it and how it stands, as `READING`."""
    for row, facts in facts_of(rows=rows, day=day):
        setattr(row, READING, facts)


def signed_reviews() -> QuerySet[ExpertReview]:
    """Return the signed expert reviews of frameworks in force, the newest first."""
    in_force = FrameworkVersion.objects.filter(
        framework=OuterRef("framework"), state=VersionState.AGREED
    )
    return (
        ExpertReview.objects.filter(Exists(in_force), state=ReviewState.SIGNED)
        .select_related("framework__authority", "body")
        .prefetch_related(Prefetch("indicators", ReviewedIndicator.objects.order_by("pk")))
        .order_by("-met_on", "-signed_at", "pk")
    )


def _places() -> QuerySet[FrameworkIndicator]:
    return (
        FrameworkIndicator.objects.select_related(
            "framework_version__framework__authority",
            "item",
            "indicator",
            "area",
            "breakdown",
            "determinant",
            "adopted_set",
            "baseline_period",
            "baseline_release",
        )
        .prefetch_related(
            Prefetch("milestones", Milestone.objects.order_by("start_date", "pk"), to_attr="steps")
        )
        .order_by("order", "pk")
    )
