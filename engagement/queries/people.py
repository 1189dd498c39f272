"""What is asked of the person who is signed in: roles, with the names of the bodies."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from authorities.access import Visitor
from authorities.models import BodyKind, BodyName, Membership, Role, User
from duty.models import ExpectedReturn
from duty.queries.closings import worked_on

# A request has its own person object, so what is kept on it lives as long as the request.
_KEPT = "_roles_of_request"


@dataclass(frozen=True)
class HeldRole:
    """A role that the person holds now.

    open_round: slug of a round whose return the body may work on; empty where none asks it.
    until: when it ends, for work at a body that has ended; None for one that lasts.
    """

    role: Role
    body_id: UUID
    kind: BodyKind
    slug: str
    name: str
    since: datetime
    open_round: str
    until: datetime | None = None


def roles_of(visitor: Visitor, *, on: date) -> tuple[HeldRole, ...]:
    """Return the person's roles, oldest first, from one query; kept for the request.

    Roles that will end, since their body has ended, come after those that last.
    """
    if not isinstance(visitor, User):
        return ()
    kept: tuple[HeldRole, ...] | None = getattr(visitor, _KEPT, None)
    if kept is not None:
        return kept
    names = BodyName.objects.filter(body=OuterRef("body_id")).order_by(F("valid").desc())
    asked = worked_on(ExpectedReturn.objects.filter(authority=OuterRef("body_id")), today=on)
    rows = (
        Membership.objects.current()
        .filter(user=visitor)
        .annotate(
            body_name=Coalesce(
                Subquery(names.filter(valid__contains=on).values("name")[:1]),
                Subquery(names.values("name")[:1]),
            ),
            open_round=Subquery(asked.values("round__slug")[:1]),
        )
        .order_by(F("ended_at").desc(nulls_first=True), "started_at", "pk")
        .values_list(
            *("role", "body_id", "body__kind", "body__slug", "body_name", "started_at"),
            *("open_round", "ended_at"),
        )
    )
    found = tuple(
        HeldRole(
            role=Role(role),
            body_id=body_id,
            kind=BodyKind(kind),
            slug=slug,
            name=name or slug,
            since=since,
            open_round=open_round or "",
            until=until,
        )
        for role, body_id, kind, slug, name, since, open_round, until in rows
    )
    setattr(visitor, _KEPT, found)
    return found
