"""What the national page asks: which rounds may be shown, and the picture of one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Subquery

from authorities.drawings import NATIONAL
from authorities.models import (
    Body,
    BodyKind,
    Designation,
    Drawing,
    ReorganisationBody,
    ReorganisationState,
    Succession,
)
from engagement.models import NationalPicture
from engagement.picture_comparison import Reorganised
from engagement.queries import placements
from engagement.queries.pairs import with_predecessors


@dataclass(frozen=True)
class RoundFacts:
    """A round as the page names it."""

    id: UUID
    slug: str
    name: str
    covers_to: date
    geography_date: date


@dataclass(frozen=True)
class PictureFacts:
    """What a job has drawn, without its content."""

    id: int
    input_hash: str
    computed_at: datetime


@dataclass(frozen=True)
class ShownRound:
    """A round that somebody may see, as published or as work that goes on.

    picture: None where no job has drawn it yet.
    drawing: key of the map of its day; None where nobody has drawn it.
    """

    round: RoundFacts
    working: bool
    picture: PictureFacts | None = None
    drawing: int | None = None


# By hand: Django takes longer to write this than the database to answer it, on every page.
# `Publication.objects.current()` says the same.
_PUBLISHED = """
    WITH seen AS (
        SELECT id, round_id, number FROM engagement_publication
        WHERE withdrawn_at IS NULL AND published_at <= statement_timestamp()
            AND (%(until)s::timestamptz IS NULL OR published_at <= %(until)s)
    )
    SELECT round.id, round.slug, round.name, round.covers_to, round.geography_date,
        picture.id, picture.input_hash, picture.computed_at,
        (
            SELECT min(drawing.id) FROM authorities_drawing AS drawing
            WHERE drawing.subject = %(subject)s AND drawing.valid @> round.geography_date
        )
    FROM seen
    JOIN duty_round AS round ON round.id = seen.round_id
    LEFT JOIN engagement_nationalpicture AS picture ON picture.publication_id = seen.id
    WHERE NOT EXISTS (
        SELECT FROM seen AS later
        WHERE later.round_id = seen.round_id AND later.number > seen.number
    )
    ORDER BY round.covers_to DESC, round.opens_on DESC, round.id DESC
"""


def rounds_to_show(*, working_too: bool, until: datetime | None = None) -> tuple[ShownRound, ...]:
    """Return the published rounds, the latest first, then those that are worked on.

    Args:
        working_too: also what is not published, which only the centre sees.
        until: as everybody saw them at that instant; None for now.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PUBLISHED, {"until": until, "subject": NATIONAL})
        published = tuple(_shown(row) for row in cursor.fetchall())
    if not working_too or until is not None:
        return published
    return published + _worked_on()


def _shown(row: Sequence[Any]) -> ShownRound:
    *about, picture, input_hash, computed_at, drawing = row
    return ShownRound(
        round=RoundFacts(*about),
        working=False,
        picture=None if picture is None else PictureFacts(picture, input_hash, computed_at),
        drawing=drawing,
    )


def _worked_on() -> tuple[ShownRound, ...]:
    rounds = placements.working_rounds()
    drawn = Drawing.objects.filter(
        subject=NATIONAL, valid__contains=OuterRef("round__geography_date")
    )
    pictures = {
        round_id: (PictureFacts(key, input_hash, computed_at), drawing)
        for round_id, drawing, key, input_hash, computed_at in NationalPicture.objects.filter(
            round__in=rounds, public=False
        )
        .annotate(drawing=Subquery(drawn.order_by("pk").values("pk")[:1]))
        .values_list("round_id", "drawing", "pk", "input_hash", "computed_at")
    }
    return tuple(
        ShownRound(
            round=RoundFacts(each.pk, each.slug, each.name, each.covers_to, each.geography_date),
            working=True,
            picture=pictures.get(each.pk, (None, None))[0],
            drawing=pictures.get(each.pk, (None, None))[1],
        )
        for each in rounds
    )


def content_of(*, picture: int) -> dict[str, Any]:
    """Return what a picture shows.

    Raises:
        NationalPicture.DoesNotExist: a recompute has dropped it meanwhile.
    """
    content: dict[str, Any] = NationalPicture.objects.values_list("content", flat=True).get(
        pk=picture
    )
    return content


def types_on(*, day: date) -> dict[str, str]:
    """Return the type of each strategic authority on a day, by its slug."""
    found = Designation.objects.as_at(day).values_list("authority__slug", "type")
    return dict(found)


def reorganised_between(*, after: date, until: date) -> Reorganised:
    """Return what happened to bodies after one day and until another, in three queries."""
    lines = list(
        Succession.objects.filter(on_date__lte=until).values_list(
            "predecessor_id", "successor_id", "on_date"
        )
    )
    bodies = {
        key: (kind, slug)
        for key, kind, slug in Body.objects.filter(
            pk__in={body for line in lines for body in line[:2]}
        ).values_list("pk", "kind", "slug")
    }
    changed = {bodies[body] for line in lines if line[2] > after for body in line[:2]}
    changed |= set(
        ReorganisationBody.objects.filter(
            reorganisation__state=ReorganisationState.APPLIED,
            reorganisation__effective_date__gt=after,
            reorganisation__effective_date__lte=until,
        ).values_list("kind", "slug")
    )
    before: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    predecessors: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for predecessor, successor, _ in lines:
        predecessors[successor].add(predecessor)
    for body, (kind, slug) in bodies.items():
        line_of = with_predecessors(body=body, predecessors=predecessors)
        others = sorted(bodies[one][1] for one in line_of if one != body)
        before[kind][slug] = (slug, *others)
    return Reorganised(
        authorities=frozenset(
            slug for kind, slug in changed if kind == BodyKind.STRATEGIC_AUTHORITY
        ),
        boards=frozenset(slug for kind, slug in changed if kind == BodyKind.INTEGRATED_CARE_BOARD),
        authorities_before=before[BodyKind.STRATEGIC_AUTHORITY],
        boards_before=before[BodyKind.INTEGRATED_CARE_BOARD],
    )
