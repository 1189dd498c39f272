"""As which sides of which pairs bodies act today, with the pairs' published groups."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from authorities.models import Body, BodyKind
from engagement.models import Side
from engagement.queries.bodies import names_of, partners_of_bodies
from engagement.queries.current_placements import current_placements

SIDES = {
    BodyKind.STRATEGIC_AUTHORITY: Side.AUTHORITY,
    BodyKind.INTEGRATED_CARE_BOARD: Side.BOARD,
}


@dataclass(frozen=True)
class OwnSide:
    """A body as a side of a pair that lives; group is the published one, None where none is."""

    body_id: UUID
    name: str
    side: Side
    pair_id: UUID
    other_name: str
    group: str | None


def own_sides(*, body_ids: Collection[UUID], on: date) -> tuple[OwnSide, ...]:
    """Return the sides of pairs that bodies are, by name, from a fixed number of queries."""
    kinds = dict(
        Body.objects.filter(pk__in=list(body_ids), kind__in=list(SIDES)).values_list("pk", "kind")
    )
    names = names_of(body_ids=kinds, on=on)
    found = [
        (side, partner)
        for kind, side in SIDES.items()
        if (ids := [key for key, of in kinds.items() if of == kind])
        for partner in partners_of_bodies(body_ids=ids, side=side, on=on)
        if not partner.planned
    ]
    groups = current_placements(pair_ids=[partner.pair_id for _, partner in found])
    return tuple(
        OwnSide(
            body_id=partner.own_id,
            name=names[partner.own_id].name,
            side=side,
            pair_id=partner.pair_id,
            other_name=partner.body.name,
            group=groups[partner.pair_id].group if partner.pair_id in groups else None,
        )
        for side, partner in found
    )
