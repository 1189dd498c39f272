"""What the national page asks: which rounds may be shown, and the picture of one."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

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
from duty.models import Round
from engagement.models import NationalPicture, Publication
from engagement.picture_comparison import Reorganised
from engagement.queries import placements
from engagement.queries.pairs import with_predecessors


@dataclass(frozen=True)
class ShownRound:
    """A round that somebody may see, as published or as work that goes on.

    picture: what a job has drawn, without its content; None where it has not yet.
    drawing: key of the map of its day; None where nobody has drawn it.
    """

    round: Round
    working: bool
    picture: NationalPicture | None = None
    drawing: int | None = None


def rounds_to_show(*, working_too: bool, until: datetime | None = None) -> tuple[ShownRound, ...]:
    """Return the published rounds, the latest first, then those that are worked on.

    Args:
        working_too: also what is not published, which only the centre sees.
        until: as everybody saw them at that instant; None for now.
    """
    publications = Publication.objects.current(until=until)
    published = tuple(
        ShownRound(
            round=each.round,
            working=False,
            picture=getattr(each, "picture", None),
            drawing=getattr(each, "drawing", None),
        )
        for each in publications.select_related("round", "picture")
        .defer("picture__content")
        .annotate(drawing=_drawing("round__geography_date"))
        .order_by("-round__covers_to", "-round__opens_on", "-round__pk")
    )
    if not working_too or until is not None:
        return published
    rounds = placements.working_rounds()
    pictures = {
        each.round_id: each
        for each in NationalPicture.objects.filter(round__in=rounds, public=False)
        .defer("content")
        .annotate(drawing=_drawing("round__geography_date"))
    }
    return published + tuple(
        ShownRound(
            round=each,
            working=True,
            picture=pictures.get(each.pk),
            drawing=pictures[each.pk].drawing if each.pk in pictures else None,
        )
        for each in rounds
    )


def _drawing(day: str) -> Subquery:
    drawn = Drawing.objects.filter(subject=NATIONAL, valid__contains=OuterRef(day))
    return Subquery(drawn.order_by("pk").values("pk")[:1])


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
