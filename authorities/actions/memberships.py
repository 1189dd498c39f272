"""Who is somebody where: people, and the roles that they hold at bodies."""

from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.actions.membership_messages import tell_if_none_can_sign
from authorities.models import LOCAL_ROLES, Body, BodyKind, Membership, Role, User

_LOCAL_KINDS = frozenset({BodyKind.STRATEGIC_AUTHORITY, BodyKind.INTEGRATED_CARE_BOARD})


class RoleDoesNotFitError(ValueError):
    """The role is not one that people hold at this kind of body."""


@transaction.atomic
def add_person(
    *, email: str, full_name: str, password: str | None, by: User | None, at: datetime
) -> User:
    """Return the person with this e-mail address, made now if there is none.

    A password of None leaves the account without one: its owner sets it by a link.
    """
    address = email.strip().lower()
    existing = User.objects.filter(email=address).first()
    if existing is not None:
        return existing
    person = User.objects.create_user(
        email=address, password=password, full_name=full_name, joined_at=at
    )
    audit.record(action="person.added", target=person, by=by, at=at)
    return person


@transaction.atomic
def grant(*, person: User, body: Body, role: Role, by: User | None, at: datetime) -> Membership:
    """Give the person the role at the body; a role that is held already stays as it is.

    Raises:
        RoleDoesNotFitError: nothing is stored.
    """
    if (role in LOCAL_ROLES) != (body.kind in _LOCAL_KINDS):
        where = "an authority or an ICB" if role in LOCAL_ROLES else "a national body"
        raise RoleDoesNotFitError(f"{role.label} is a role at {where}. Choose another role.")
    membership, made = Membership.objects.get_or_create(
        user=person, body_id=body.pk, role=role, ended_at=None, defaults={"started_at": at}
    )
    if made:
        audit.record(
            action="membership.granted",
            target=membership,
            by=by,
            at=at,
            body=body,
            role=role.value,
        )
    return membership


@transaction.atomic
def end(*, membership: Membership, by: User, at: datetime) -> None:
    """Take the role away. The membership stays as history."""
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    if row.ended_at is not None:
        return
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    audit.record(action="membership.ended", target=row, by=by, at=at, body=row.body, role=row.role)
    if row.role == Role.SIGNATORY:
        tell_if_none_can_sign(body=row.body, step=row.pk, at=at)
