"""What the bodies and areas of a change are called on its day."""

from collections.abc import Mapping
from dataclasses import dataclass

from authorities.queries.body_choices import names_of_bodies, names_of_parts, plans_among
from authorities.reorganisation.facts import AUTHORITY, COUNCIL, BodyKey
from authorities.reorganisation.operations import (
    AreaShare,
    Change,
    Close,
    ClusterStart,
    Open,
    Operation,
    Split,
    Transfer,
    bodies_of,
)


@dataclass(frozen=True)
class ChangeNames:
    """Names by body, and by the key of a part or the slug of a council that moves.

    plans: the bodies that close and have not begun on the day.
    """

    bodies: Mapping[BodyKey, str]
    areas: Mapping[str, str]
    plans: frozenset[BodyKey] = frozenset()

    def body(self, key: BodyKey) -> str:
        """What a body is called; its slug where nothing is known of it."""
        return self.bodies.get(key, key.slug)

    def area(self, key: str) -> str:
        """What an area is called."""
        return self.areas.get(key, key)


def names_in(change: Change) -> ChangeNames:
    """Return the names of everything that a change names; new bodies by what it calls them."""
    keys = {key for operation in change.operations for key in bodies_of(operation)}
    councils: set[str] = set()
    parts: set[str] = set()
    for operation in change.operations:
        kind, areas = _areas_of(operation)
        (councils if kind == AUTHORITY else parts).update(one.area for one in areas)
    held = names_of_bodies(keys=keys | {BodyKey(COUNCIL, slug) for slug in councils}, on=change.on)
    given = {
        operation.body: operation.short_name
        for operation in change.operations
        if isinstance(operation, Open) and operation.short_name
    } | {
        operation.body: operation.name
        for operation in change.operations
        if isinstance(operation, ClusterStart) and operation.name
    }
    return ChangeNames(
        bodies={**held, **given},
        areas={
            **names_of_parts(keys=parts, on=change.on),
            **{key.slug: held[key] for key in held if key.kind == COUNCIL and key.slug in councils},
        },
        plans=plans_among(
            keys=[one.body for one in change.operations if isinstance(one, Close)], on=change.on
        ),
    )


def _areas_of(operation: Operation) -> tuple[str, tuple[AreaShare, ...]]:
    match operation:
        case Split(source=source, targets=targets):
            return source.kind, tuple(one for target in targets for one in target.areas)
        case Transfer(areas=areas, source=source, target=target):
            return next((body.kind for body in (source, target) if body), ""), areas
        case _:
            return "", ()
