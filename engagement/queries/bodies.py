"""What is asked of bodies by the pages of people who work there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from authorities.models import Body, IntegratedCareBoard, PairOverlap, StrategicAuthority
from authorities.queries.dated import names_on
from engagement.models import Side
from engagement.queries.body_names import BodyName


@dataclass(frozen=True)
class Partner:
    """A body on the other side of a pair. `share` is of the asking body's people, 0 to 1."""

    pair_id: UUID
    own_id: UUID
    body_id: UUID
    body: BodyName
    share: float
    sliver: bool
    planned: bool


def names_of(*, body_ids: Iterable[UUID], on: date) -> dict[UUID, BodyName]:
    """Return what bodies of any kind are called on the day; ended ones, as they were last."""
    rows = list(Body.objects.with_facts(on).filter(pk__in=list(body_ids)))
    ended = [row for row in rows if getattr(row, "name", None) is None]
    found = {row.pk: _name(row) for row in rows}
    if ended:
        last = names_on(day=on, bodies=[row.pk for row in ended])
        found |= {
            row.pk: BodyName(
                slug=row.slug,
                name=last.name(row.pk) or row.slug,
                short_name=last.short_name(row.pk) or row.slug,
            )
            for row in ended
        }
    return found


def name_of(*, body: Body, on: date) -> BodyName:
    """Return what one body is called on the day."""
    return names_of(body_ids=[body.pk], on=on)[body.pk]


def partners_of(*, body: Body, side: Side, on: date) -> tuple[Partner, ...]:
    """Return the other sides of a body's pairs, by name; slivers are left out."""
    return partners_of_bodies(body_ids=[body.pk], side=side, on=on)


def partners_of_bodies(*, body_ids: Iterable[UUID], side: Side, on: date) -> tuple[Partner, ...]:
    """Return the other sides of the pairs of bodies of one side, from two queries."""
    own, other = ("authority", "board") if side == Side.AUTHORITY else ("board", "authority")
    overlaps = list(
        PairOverlap.objects.as_at(on)
        .filter(sliver=False, **{f"pair__{own}_id__in": list(body_ids)})
        .select_related("pair")
        .order_by("pair_id")
    )
    model = IntegratedCareBoard if side == Side.AUTHORITY else StrategicAuthority
    bodies = model.objects.with_facts(on).in_bulk(
        {getattr(overlap.pair, f"{other}_id") for overlap in overlaps}
    )
    found = [
        Partner(
            pair_id=overlap.pair_id,
            own_id=getattr(overlap.pair, f"{own}_id"),
            body_id=getattr(overlap.pair, f"{other}_id"),
            body=_name(bodies[getattr(overlap.pair, f"{other}_id")]),
            share=overlap.share_of_authority if side == Side.AUTHORITY else overlap.share_of_board,
            sliver=overlap.sliver,
            planned=overlap.planned,
        )
        for overlap in overlaps
    ]
    return tuple(sorted(found, key=lambda partner: (partner.body.name, str(partner.pair_id))))


def partners_differ(*, body_ids: Iterable[UUID], days: tuple[date, date]) -> bool:
    """Whether any pair of the bodies begins, ends or changes between two days."""
    ids, (first, last) = list(body_ids), sorted(days)
    return (
        PairOverlap.objects.filter(Q(pair__authority__in=ids) | Q(pair__board__in=ids))
        .filter(
            Q(valid__startswith__gt=first, valid__startswith__lte=last)
            | Q(valid__endswith__gt=first, valid__endswith__lte=last)
        )
        .exists()
    )


def _name(body: Body) -> BodyName:
    name, short_name = getattr(body, "name", None), getattr(body, "short_name", None)
    return BodyName(
        slug=body.slug, name=name or body.slug, short_name=short_name or name or body.slug
    )
