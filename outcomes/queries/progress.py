"""What is kept of frameworks' progress: methods, pictures and statuses."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from authorities.models import Pair, StrategicAuthority
from authorities.queries.dated import names_on
from outcomes.models import (
    Framework,
    FrameworkIndicator,
    FrameworkPartner,
    OwnerNote,
    PictureScope,
    ProgressMethod,
    ProgressPicture,
    ProgressStatus,
    RecomputeRequest,
    Subject,
    VersionState,
)
from outcomes.progress_labels import METHODS, Method

# The subject of the nation's picture.
NATION = UUID(int=0)


@dataclass(frozen=True)
class MethodFacts:
    """A method as it is kept; public since a day, or not yet."""

    number: int
    text: str
    public_at: datetime | None


@dataclass(frozen=True)
class StoredPicture:
    """A dashboard's content with its method, and when it was computed."""

    content: dict[str, Any]
    method: int
    computed_at: datetime


def methods() -> tuple[MethodFacts, ...]:
    """Return every method that is kept, the newest first."""
    rows = ProgressMethod.objects.order_by("-number")
    return tuple(MethodFacts(row.number, row.text, row.made_public_at) for row in rows)


def public_method() -> int:
    """Return the number of the newest public method; 0 where there is none yet."""
    row = ProgressMethod.objects.filter(made_public_at__isnull=False).order_by("-number").first()
    return 0 if row is None else row.number


def methods_computed() -> tuple[Method, ...]:
    """Return the newest public method and every later one that the program knows."""
    kept = methods()
    public = max((one.number for one in kept if one.public_at is not None), default=0)
    wanted = {one.number for one in kept if one.number >= public}
    return tuple(one for one in METHODS if one.number in wanted)


def subjects_of(*, authority: StrategicAuthority) -> tuple[UUID, ...]:
    """Return what an authority's pictures are of: itself, its frameworks and its pairs."""
    return (
        authority.pk,
        *Framework.objects.filter(authority=authority).order_by("pk").values_list("pk", flat=True),
        *Pair.objects.filter(authority=authority).order_by("pk").values_list("pk", flat=True),
    )


def shown_pictures(*, scope: PictureScope, subject: UUID) -> QuerySet[ProgressPicture]:
    """Return the picture of something by the newest public method, or nothing."""
    return ProgressPicture.objects.filter(
        scope=scope,
        subject_id=subject,
        method__in=ProgressMethod.objects.filter(made_public_at__isnull=False)
        .order_by("-number")
        .values("number")[:1],
    )


def picture(*, scope: PictureScope, subject: UUID) -> StoredPicture | None:
    """Return a picture by the newest public method; None where nothing is agreed there."""
    row = shown_pictures(scope=scope, subject=subject).first()
    return None if row is None else StoredPicture(row.content, row.method, row.computed_at)


def pictures(*, scope: PictureScope) -> tuple[ProgressPicture, ...]:
    """Return every picture of a kind by the newest public method."""
    return tuple(
        ProgressPicture.objects.filter(scope=scope, method=public_method()).order_by("subject_id")
    )


def authority_pictures() -> tuple[tuple[str, StoredPicture], ...]:
    """Return the picture of every authority with its slug, in the order of the slugs."""
    rows = pictures(scope=PictureScope.AUTHORITY)
    slugs = dict(
        StrategicAuthority.objects.filter(pk__in=[row.subject_id for row in rows]).values_list(
            "pk", "slug"
        )
    )
    return tuple(
        sorted(
            (
                (slugs[row.subject_id], StoredPicture(row.content, row.method, row.computed_at))
                for row in rows
            ),
            key=lambda one: one[0],
        )
    )


def has_failed() -> bool:
    """Whether a recompute of an authority failed, and none of the same has finished since."""
    later = RecomputeRequest.objects.filter(
        subject=OuterRef("subject"),
        subject_id=OuterRef("subject_id"),
        finished_at__gt=OuterRef("started_at"),
    )
    failed = RecomputeRequest.objects.filter(
        ~Exists(later), subject=Subject.AUTHORITY, finished_at__isnull=True
    )
    return failed.exclude(error="").exists()


def number_in_force() -> int:
    """Return how many indicators stand in agreed versions."""
    return FrameworkIndicator.objects.filter(framework_version__state=VersionState.AGREED).count()


def status_of(*, row: int, method: int | None) -> ProgressStatus | None:
    """Return the status of one indicator by a public method, the newest that it has for None.

    A version that was replaced keeps what was said of it by the method of its time.
    """
    public = ProgressMethod.objects.filter(made_public_at__isnull=False).values("number")
    rows = ProgressStatus.objects.filter(framework_indicator=row, method__in=public)
    if method is not None:
        rows = rows.filter(method=method)
    return rows.order_by("-method").first()


def nation_picture(*, method: int) -> ProgressPicture | None:
    """Return the nation's picture by a method, without its content."""
    rows = ProgressPicture.objects.filter(
        scope=PictureScope.NATION, subject_id=NATION, method=method
    )
    return rows.defer("content").first()


def authority_counts(*, method: int, day: date) -> tuple[dict[str, Any], ...]:
    """Return slug, name and counts of every authority with a framework in force, by name."""
    rows = list(
        ProgressPicture.objects.filter(scope=PictureScope.AUTHORITY, method=method)
        .order_by("subject_id")
        .values_list("subject_id", "counts")
    )
    slugs = dict(
        StrategicAuthority.objects.filter(pk__in=[key for key, _ in rows]).values_list("pk", "slug")
    )
    names = names_on(day=day, bodies=list(slugs))
    return tuple(
        sorted(
            ({"slug": slugs[key], "name": names.name(key), "counts": c} for key, c in rows),
            key=lambda one: (one["name"], one["slug"]),
        )
    )


def statuses_in_force() -> QuerySet[ProgressStatus]:
    """Return the statuses of agreed versions by the newest public method, with what they are of."""
    return (
        ProgressStatus.objects.filter(
            framework_indicator__framework_version__state=VersionState.AGREED,
            method__in=ProgressMethod.objects.filter(made_public_at__isnull=False)
            .order_by("-number")
            .values("number")[:1],
        )
        .select_related(
            "framework_indicator__framework_version__framework__authority",
            "framework_indicator__indicator",
            "framework_indicator__area",
            "framework_indicator__breakdown",
        )
        .prefetch_related(
            Prefetch(
                "framework_indicator__framework_version__framework__owner_notes",
                OwnerNote.objects.filter(withdrawn_at__isnull=True)
                .select_related("body")
                .order_by("-at", "pk"),
                to_attr="standing_notes",
            )
        )
        .order_by(
            "framework_indicator__framework_version__framework__authority__slug",
            "framework_indicator__framework_version__framework_id",
            "framework_indicator__order",
            "pk",
        )
    )


def frameworks_of_board(*, slug: str) -> QuerySet[FrameworkPartner, UUID]:
    """Return the keys of the frameworks that a board owns today."""
    return FrameworkPartner.objects.filter(
        pair__board__slug=slug, ended_on__isnull=True
    ).values_list("framework_id", flat=True)


def status_in_force(*, framework: UUID, lineage: UUID) -> ProgressStatus | None:
    """Return the status of an indicator in force by the newest public method; None for none."""
    rows = statuses_in_force().filter(
        framework_indicator__framework_version__framework=framework,
        framework_indicator__lineage=lineage,
    )
    return rows.first()


def status_words(*, framework: UUID, lineage: UUID) -> str | None:
    """Return how an indicator's status reads now; None where nothing is computed for it."""
    row = status_in_force(framework=framework, lineage=lineage)
    return None if row is None else str(row.content["trajectory"]["words"])
