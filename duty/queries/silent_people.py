"""Who holds a role at a body and has never signed in."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from authorities.models import WORKING_ROLES, Membership, Role


@dataclass(frozen=True)
class SilentPerson:
    """Somebody who has never signed in."""

    name: str
    role: Role


def never_signed_in(*, body_ids: Collection[UUID]) -> dict[UUID, tuple[SilentPerson, ...]]:
    """Return, by body, who has a role there and has never signed in, from one query."""
    rows = (
        Membership.objects.current()
        .filter(body_id__in=body_ids, role__in=WORKING_ROLES, user__last_login__isnull=True)
        .order_by("body_id", "role", "user__full_name", "pk")
        .values_list("body_id", "role", "user__full_name")
    )
    found: defaultdict[UUID, list[SilentPerson]] = defaultdict(list)
    for body_id, role, name in rows:
        found[body_id].append(SilentPerson(name=name, role=Role(role)))
    return {body_id: tuple(people) for body_id, people in found.items()}
