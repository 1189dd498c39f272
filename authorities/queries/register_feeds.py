"""Questions about files of others and what was decided of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from authorities.feed_difference import Aspect, Difference, DifferenceKind
from authorities.feed_operations import Entered, Taken
from authorities.frozen_json import from_plain
from authorities.models import (
    Body,
    FeedDecision,
    FeedDifference,
    FeedDifferenceKind,
    FeedFinding,
    FeedState,
    RegisterFeed,
    Reorganisation,
)
from authorities.reorganisation.facts import BodyKey

PAGE_SIZE = 25
_TO_DECIDE = ~Q(kind=FeedDifferenceKind.UNKNOWN) & Q(decision=FeedDecision.UNDECIDED)


class NoSuchFeedError(LookupError):
    """There is no such file, or no such row of it."""


@dataclass(frozen=True)
class FeedPage:
    """A page of the files, newest first; each has `to_decide`."""

    rows: tuple[RegisterFeed, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class DifferencePage:
    """A page of the differences that a filter shows."""

    rows: tuple[FeedDifference, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class FeedCounts:
    """How many rows there are of each kind, and how far the review is."""

    kinds: dict[str, int] = field(default_factory=dict)
    to_decide: int = 0
    to_change: int = 0


def feed_list(*, page: int) -> FeedPage:
    """Return a page of the files."""
    count = RegisterFeed.objects.count()
    page, pages, first = _place(page, count)
    rows = (
        RegisterFeed.objects.select_related("uploaded_by")
        .annotate(
            to_decide=Count(
                "differences",
                filter=~Q(differences__kind=FeedDifferenceKind.UNKNOWN)
                & Q(differences__decision=FeedDecision.UNDECIDED),
            )
        )
        .order_by("-uploaded_at", "-pk")
    )
    return FeedPage(tuple(rows[first : first + PAGE_SIZE]), page, pages, count)


def feed_of(*, feed_id: UUID) -> RegisterFeed:
    """Return one file.

    Raises:
        NoSuchFeedError: there is none.
    """
    found = (
        RegisterFeed.objects.filter(pk=feed_id).select_related("uploaded_by", "settled_by").first()
    )
    if found is None:
        raise NoSuchFeedError
    return found


def counts_of(*, feed: RegisterFeed) -> FeedCounts:
    """Return how many rows there are of each kind."""
    kinds = dict(feed.differences.order_by("kind").values_list("kind").annotate(rows=Count("pk")))
    state = feed.differences.aggregate(
        to_decide=Count("pk", filter=_TO_DECIDE),
        to_change=Count("pk", filter=Q(decision=FeedDecision.TAKE, reorganisation__isnull=True)),
    )
    return FeedCounts(kinds=kinds, **state)


def differences_of(
    *, feed: RegisterFeed, kind: str = "", to_decide: bool = False, page: int = 1
) -> DifferencePage:
    """Return a page of the differences: of one kind, or those to decide, or all."""
    rows = all_differences(feed=feed)
    if kind:
        rows = rows.filter(kind=kind)
    if to_decide:
        rows = rows.filter(_TO_DECIDE)
    count = rows.count()
    page, pages, first = _place(page, count)
    return DifferencePage(tuple(rows[first : first + PAGE_SIZE]), page, pages, count)


def all_differences(*, feed: RegisterFeed) -> QuerySet[FeedDifference]:
    """Return every difference of the file in its order."""
    return feed.differences.select_related(
        "body", "group", "match", "reorganisation", "decided_by"
    ).order_by("position")


def difference_of(*, feed_id: UUID, position: int) -> FeedDifference:
    """Return one row.

    Raises:
        NoSuchFeedError: there is no such file or row.
    """
    found = (
        FeedDifference.objects.filter(feed=feed_id, position=position)
        .select_related("feed", "body", "group", "match", "reorganisation", "decided_by")
        .first()
    )
    if found is None:
        raise NoSuchFeedError
    return found


def rows_to_change(*, feed: RegisterFeed) -> list[FeedDifference]:
    """Return the rows that are taken and in no change yet."""
    return list(
        all_differences(feed=feed).filter(decision=FeedDecision.TAKE, reorganisation__isnull=True)
    )


def rows_to_complete(*, feed: RegisterFeed) -> list[FeedDifference]:
    """Return the rows whose change still needs what the file does not say."""
    return list(feed.differences.exclude(to_complete="").order_by("position"))


def changes_of(*, feed: RegisterFeed) -> list[Reorganisation]:
    """Return the changes made of the file, oldest first."""
    return list(
        Reorganisation.objects.filter(feed_differences__feed=feed)
        .distinct()
        .order_by("proposed_at", "pk")
    )


def taken_of(rows: Sequence[FeedDifference]) -> tuple[Taken, ...]:
    """Return taken rows as plain values, for working out what they make of a change."""
    return tuple(
        Taken(
            position=row.position,
            difference=Difference(
                kind=DifferenceKind(row.kind),
                aspect=Aspect(row.aspect),
                body_kind=row.body_kind,
                scheme=row.scheme,
                code=row.code,
                name=row.name,
                detail=row.detail,
                body=key_of(row.body),
                group=key_of(row.group),
                value=row.value,
                other_codes=tuple((scheme, value) for scheme, value in row.other_codes),
                offers=tuple(BodyKey(row.body_kind, slug) for slug in row.offers),
                row=row.row,
            ),
            match=key_of(row.match),
            entered=from_plain(kind=Entered, plain=row.entered) if row.entered else Entered(),
        )
        for row in rows
    )


def key_of(body: Body | None) -> BodyKey | None:
    """Return the body as plain values name it."""
    return BodyKey(body.kind, body.slug) if body is not None else None


def newest_feed(*, scheme: str, kind: str) -> RegisterFeed | None:
    """Return the file that lists the bodies of the kind on the latest day; None without one."""
    return (
        RegisterFeed.objects.filter(scheme=scheme, covers__contains=[kind])
        .exclude(state=FeedState.DISCARDED)
        .order_by("-day", "-uploaded_at", "-pk")
        .first()
    )


def findings() -> list[FeedFinding]:
    """Return what the weekly look found, by scheme and kind."""
    return list(FeedFinding.objects.select_related("feed").order_by("scheme", "kind"))


def _place(page: int, count: int) -> tuple[int, int, int]:
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, page), pages)
    return page, pages, (page - 1) * PAGE_SIZE
