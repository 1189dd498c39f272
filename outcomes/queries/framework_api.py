"""Agreed frameworks and their targets, with what the API says of them loaded."""

from django.db.models import Prefetch, QuerySet

from outcomes.models import (
    CountMeasure,
    CountTarget,
    FrameworkIndicator,
    FrameworkPartner,
    FrameworkVersion,
    Milestone,
    TheoryItem,
    TheoryLink,
    VersionState,
)

# Where a framework has the owners that it has now.
CURRENT_PARTNERS = "current_partners"


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


def _places() -> QuerySet[FrameworkIndicator]:
    return (
        FrameworkIndicator.objects.select_related(
            "framework_version__framework__authority",
            "item",
            "indicator",
            "area",
            "breakdown",
            "determinant",
            "baseline_period",
            "baseline_release",
        )
        .prefetch_related(
            Prefetch("milestones", Milestone.objects.order_by("start_date", "pk"), to_attr="steps")
        )
        .order_by("order", "pk")
    )
