"""What expert groups concluded of a framework, what waits as a draft, and when one is due."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Min, OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone

from authorities.queries.dated import names_on
from outcomes.expert_reviews import LookedAt, ReviewText, next_due
from outcomes.models import (
    AGREED_STATES,
    ExpertReview,
    Framework,
    FrameworkIndicator,
    FrameworkVersion,
    ProgressMethod,
    ProgressStatus,
    ReviewedIndicator,
    ReviewState,
    VersionState,
)
from outcomes.queries.frameworks import people_of


@dataclass(frozen=True)
class ReviewedFacts:
    """An indicator as a review looked at it; `status_then` is empty where none was computed."""

    lineage: UUID
    name: str
    text: str
    status_then: str


@dataclass(frozen=True)
class ReviewFacts:
    """A review with the indicators that it looked at, in the framework's order."""

    id: UUID
    text: ReviewText
    signed: bool
    signed_role: str
    signed_at: datetime | None
    body_id: UUID
    written_for: str
    version: int
    indicators: tuple[ReviewedFacts, ...]


@dataclass(frozen=True)
class Choice:
    """An indicator of a version that a group may look at, and how its status reads now."""

    lineage: UUID
    name: str
    status: str


@dataclass(frozen=True)
class DueFacts:
    """A framework in force and the day by which its next review is due.

    after: the day of the last signed review, or of the agreement where there is none.
    """

    framework_id: UUID
    name: str
    bodies: tuple[UUID, ...]
    last: date | None
    due_on: date


@dataclass(frozen=True)
class Beside:
    """What stands of reviews beside a framework in force; `last` is None where none is signed."""

    due: DueFacts
    last: ReviewFacts | None


@dataclass(frozen=True)
class SaidFacts:
    """What a group said last of one indicator; `status_then` is empty where none was computed."""

    review: UUID
    group_name: str
    met_on: date
    text: str
    status_then: str


def reviews_of(
    *, framework: Framework, with_drafts: bool, day: date, pk: UUID | None = None
) -> tuple[ReviewFacts, ...]:
    """Return the reviews of a framework, the newest first, from five queries at most.

    Args:
        framework: of which.
        with_drafts: whether drafts are asked for, which owners alone may read.
        day: as of which bodies and areas are named.
        pk: of the one review that is asked for; None for all.
    """
    rows = ExpertReview.objects.filter(framework=framework).order_by("-met_on", "-written_at", "pk")
    if not with_drafts:
        rows = rows.filter(state=ReviewState.SIGNED)
    if pk is not None:
        rows = rows.filter(pk=pk)
    found = list(
        rows.prefetch_related(
            Prefetch("indicators", ReviewedIndicator.objects.order_by("pk")),
        )
    )
    if not found:
        return ()
    names = names_on(day=day, bodies={one.body_id for one in found})
    called = _called(framework, day)
    return tuple(
        _facts(row, looked_at=row.indicators.all(), called=called, body=names.name(row.body_id))
        for row in found
    )


def choices_of(*, version: FrameworkVersion, day: date) -> tuple[Choice, ...]:
    """Return the indicators of a version with how their statuses read, from three queries."""
    statuses = dict(
        _statuses()
        .filter(framework_indicator__framework_version=version)
        .values_list("framework_indicator_id", "content__trajectory__words")
    )
    rows = list(_indicators().filter(framework_version=version).order_by("order", "pk"))
    called = _names(rows, day)
    return tuple(
        Choice(row.lineage, called[row.lineage], statuses.get(row.pk) or "") for row in rows
    )


def due_of(*, framework: Framework) -> date | None:
    """Return the day by which the next review is due; None where no version is in force."""
    found = reviews_due(frameworks=[framework.pk])
    return found[0].due_on if found else None


def reviews_due(*, frameworks: Collection[UUID] | None = None) -> tuple[DueFacts, ...]:
    """Return the frameworks in force with when their next review is due, from two queries.

    Args:
        frameworks: those that are asked for; None for all.
    """
    agreed = (
        FrameworkVersion.objects.filter(framework=OuterRef("pk"), state__in=AGREED_STATES)
        .order_by()
        .values("framework")
        .annotate(first=Min("agreed_at"))
        .values("first")
    )
    last = (
        ExpertReview.objects.filter(framework=OuterRef("pk"), state=ReviewState.SIGNED)
        .order_by()
        .values("framework")
        .annotate(last=Max("met_on"))
        .values("last")
    )
    rows = (
        Framework.objects.filter(versions__state=VersionState.AGREED)
        .annotate(first_agreed=Subquery(agreed), last_review=Subquery(last))
        .prefetch_related("partners__pair")
        .order_by("pk")
    )
    if frameworks is not None:
        rows = rows.filter(pk__in=frameworks)
    found = []
    for row in rows:
        known = vars(row)
        reviewed, begun = known["last_review"], timezone.localdate(known["first_agreed"])
        found.append(
            DueFacts(
                framework_id=row.pk,
                name=row.name,
                bodies=(
                    row.authority_id,
                    *sorted(
                        (one.pair.board_id for one in row.partners.all() if not one.ended_on),
                        key=str,
                    ),
                ),
                last=reviewed,
                due_on=next_due(after=reviewed or begun),
            )
        )
    return tuple(found)


def beside(*, frameworks: Collection[UUID], day: date) -> tuple[Beside, ...]:
    """Return what stands beside the numbers of frameworks in force, by name, from five queries.

    Args:
        frameworks: which; of those that are not in force nothing is returned.
        day: as of which bodies are named.
    """
    signed = ExpertReview.objects.filter(framework__in=frameworks, state=ReviewState.SIGNED)
    last = {
        row.framework_id: row
        for row in signed.order_by("framework_id", "-met_on", "-written_at", "pk").distinct(
            "framework_id"
        )
    }
    names = names_on(day=day, bodies={row.body_id for row in last.values()})
    found = [
        Beside(
            due=due,
            last=_facts(row, looked_at=(), called={}, body=names.name(row.body_id))
            if (row := last.get(due.framework_id))
            else None,
        )
        for due in reviews_due(frameworks=frameworks)
    ]
    return tuple(sorted(found, key=lambda one: (one.due.name, str(one.due.framework_id))))


def said_of(*, framework: UUID, lineage: UUID) -> SaidFacts | None:
    """Return what the newest signed review says of an indicator that says something of it."""
    row = (
        ReviewedIndicator.objects.filter(
            review__framework=framework, review__state=ReviewState.SIGNED, lineage=lineage
        )
        .exclude(text="")
        .select_related("review")
        .order_by("-review__met_on", "-review__written_at", "review")
        .first()
    )
    if row is None:
        return None
    return SaidFacts(
        review=row.review_id,
        group_name=row.review.group_name,
        met_on=row.review.met_on,
        text=row.text,
        status_then=row.status_then,
    )


def _facts(
    row: ExpertReview, *, looked_at: Iterable[ReviewedIndicator], called: dict[UUID, str], body: str
) -> ReviewFacts:
    places = list(called)
    looked_at = sorted(
        looked_at,
        key=lambda one: places.index(one.lineage) if one.lineage in called else len(places),
    )
    return ReviewFacts(
        id=row.pk,
        text=text_of(review=row, looked_at=looked_at),
        signed=row.state == ReviewState.SIGNED,
        signed_role=row.signed_role,
        signed_at=row.signed_at,
        body_id=row.body_id,
        written_for=body,
        version=row.version,
        indicators=tuple(
            ReviewedFacts(
                one.lineage,
                called.get(one.lineage, "An indicator of an earlier draft"),
                one.text,
                one.status_then,
            )
            for one in looked_at
        ),
    )


def text_of(
    *, review: ExpertReview, looked_at: Collection[ReviewedIndicator] | None = None
) -> ReviewText:
    """Return what a stored review says; the indicators are read where they are not given."""
    if looked_at is None:
        looked_at = list(ReviewedIndicator.objects.filter(review=review).order_by("pk"))
    return ReviewText(
        group_name=review.group_name,
        met_on=review.met_on,
        things_right=review.things_right,
        things_right_text=review.things_right_text,
        right_things=review.right_things,
        right_things_text=review.right_things_text,
        conclusion=review.conclusion,
        looked_at=tuple(LookedAt(one.lineage, one.text) for one in looked_at),
    )


def _called(framework: Framework, day: date) -> dict[UUID, str]:
    """Return the names of all indicators that the framework ever had, by the newest version."""
    rows = _indicators().filter(framework_version__framework=framework)
    found: dict[UUID, FrameworkIndicator] = {}
    for row in rows.order_by("-framework_version__number", "order", "pk"):
        found.setdefault(row.lineage, row)
    return _names(found.values(), day)


def _names(rows: Collection[FrameworkIndicator], day: date) -> dict[UUID, str]:
    areas = names_on(day=day, bodies={row.area_id for row in rows})
    return {
        row.lineage: f"{row.indicator.name}, {areas.short_name(row.area_id)}, "
        f"{people_of(row.breakdown)}"
        for row in rows
    }


def _indicators() -> QuerySet[FrameworkIndicator]:
    return FrameworkIndicator.objects.select_related("indicator", "breakdown")


def _statuses() -> QuerySet[ProgressStatus]:
    """Return statuses by the newest method that is public."""
    public = ProgressMethod.objects.filter(made_public_at__isnull=False).order_by("-number")
    return ProgressStatus.objects.filter(method__in=public.values("number")[:1])
