"""Who owns commitments by name. Only people of the same body may be shown the answers."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from authorities.models import Membership, User
from engagement.models import Commitment, CommitmentOwner, Side


@dataclass(frozen=True)
class OwnerFacts:
    """The person that a side names; `has_left` where they hold no role at its body any more."""

    person_id: UUID
    name: str
    email: str
    has_left: bool


def offered(*, body_id: UUID) -> QuerySet[User]:
    """Return the people who have a role at a body today, by name."""
    held = Membership.objects.current().filter(body=body_id, user=OuterRef("pk"))
    return User.objects.filter(Exists(held)).order_by("full_name", "pk")


def body_id_of(*, commitment: Commitment, side: Side) -> UUID:
    """Return the body of a side."""
    pair = commitment.pair
    found: UUID = pair.authority_id if side == Side.AUTHORITY else pair.board_id
    return found


def owner_of(*, commitment: Commitment, side: Side) -> OwnerFacts | None:
    """Return the person that a side names, from one query."""
    body_id = body_id_of(commitment=commitment, side=side)
    held = Membership.objects.current().filter(body=body_id, user=OuterRef("person"))
    row = (
        CommitmentOwner.objects.filter(commitment=commitment, side=side)
        .select_related("person")
        .annotate(holds_a_role=Exists(held))
        .first()
    )
    if row is None:
        return None
    return OwnerFacts(
        person_id=row.person_id,
        name=row.person.full_name,
        email=row.person.email,
        has_left=not row.holds_a_role,
    )


def owned_by(*, person_id: UUID, sides: Collection[Side]) -> QuerySet[Any]:
    """Return the keys of the commitments that a person owns on one of the sides."""
    rows = CommitmentOwner.objects.filter(person=person_id, side__in=list(sides))
    return rows.values("commitment_id")


def owners_among(*, body_id: UUID, ids: Collection[UUID]) -> frozenset[tuple[UUID, UUID]]:
    """Return who owns which of the commitments at a body: keys of person and commitment."""
    rows = CommitmentOwner.objects.filter(
        Q(side=Side.AUTHORITY, commitment__pair__authority=body_id)
        | Q(side=Side.BOARD, commitment__pair__board=body_id),
        commitment__in=list(ids),
    )
    return frozenset(rows.values_list("person_id", "commitment_id"))
