"""Submitted returns that somebody outside the centre may read, and which."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from authorities.models import PairOverlap, StrategicAuthority
from duty.models import Round, Submission
from duty.queries.review import body_names
from engagement.models import Publication, PublishedReturn

PAGE_SIZE = 25


@dataclass(frozen=True)
class SharedLine:
    """A submitted return in the list of them."""

    round_slug: str
    round_name: str
    authority_slug: str
    authority_name: str
    reference: str
    submitted_at: datetime


@dataclass(frozen=True)
class SharedPage:
    """A page of the list, the newest first."""

    rows: tuple[SharedLine, ...]
    page: int
    pages: int


def newest_submission(*, round_: Round, authority: StrategicAuthority) -> Submission | None:
    """Return what an authority submitted last in a round, None where it did not."""
    return (
        Submission.objects.filter(duty_return__round=round_, duty_return__authority=authority)
        .select_related("submitted_by")
        .order_by("-number")
        .first()
    )


def published_submission(*, round_: Round, authority: StrategicAuthority) -> Submission | None:
    """Return the submission that the round's current revision names; None before its instant."""
    row = (
        PublishedReturn.objects.filter(
            publication__in=Publication.objects.current().filter(round=round_),
            authority=authority,
            submission__isnull=False,
        )
        .select_related("submission__submitted_by")
        .first()
    )
    return row.submission if row else None


def boards_of(*, round_: Round, authority: StrategicAuthority) -> tuple[UUID, ...]:
    """Return the boards that the round pairs the authority with."""
    return tuple(
        PairOverlap.objects.as_at(round_.geography_date)
        .filter(pair__authority=authority, sliver=False, planned=False)
        .order_by("pair__board_id")
        .values_list("pair__board_id", flat=True)
    )


def published_rounds() -> tuple[Round, ...]:
    """Return the latest rounds whose revision everybody may see, the newest first."""
    current = Publication.objects.current().values("round_id")
    return tuple(Round.objects.counted().filter(pk__in=current).order_by("-covers_to")[:PAGE_SIZE])


def shared_page(*, published_too: bool, board_ids: Collection[UUID], page: int) -> SharedPage:
    """Return a page of what may be read: of published rounds, or by boards of their own pairs."""
    found = Submission.objects.none()
    if board_ids:
        found = _of_boards(board_ids)
    if published_too:
        current = PublishedReturn.objects.filter(publication__in=Publication.objects.current())
        published = Submission.objects.filter(pk__in=current.values("submission_id"))
        found = Submission.objects.filter(pk__in=found.values("pk")) | published
    count = found.count()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE_SIZE
    rows = list(
        found.select_related("duty_return__round", "duty_return__authority")
        .defer("content")
        .order_by("-duty_return__round__covers_to", "duty_return__authority__slug", "pk")[
            first : first + PAGE_SIZE
        ]
    )
    names = body_names(bodies=[row.duty_return.authority_id for row in rows])
    return SharedPage(
        rows=tuple(
            SharedLine(
                round_slug=row.duty_return.round.slug,
                round_name=row.duty_return.round.name,
                authority_slug=row.duty_return.authority.slug,
                authority_name=names.get(
                    row.duty_return.authority_id, row.duty_return.authority.slug
                ),
                reference=row.reference,
                submitted_at=row.submitted_at,
            )
            for row in rows
        ),
        page=page,
        pages=pages,
    )


def _of_boards(board_ids: Collection[UUID]) -> QuerySet[Submission]:
    later = Submission.objects.filter(
        duty_return_id=OuterRef("duty_return_id"), number__gt=OuterRef("number")
    )
    paired = PairOverlap.objects.filter(
        pair__authority_id=OuterRef("duty_return__authority_id"),
        pair__board_id__in=board_ids,
        valid__contains=OuterRef("duty_return__round__geography_date"),
        sliver=False,
        planned=False,
    )
    return Submission.objects.filter(
        ~Exists(later), Exists(paired), duty_return__round__is_test=False
    )
