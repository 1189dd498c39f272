"""What administrators do with accounts: close and open them, and end all sessions of a person."""

from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.actions.memberships import (
    LastAdministratorError,
    PersonLeftError,
    RoleChangeError,
    end_sessions,
    others_in_role,
)
from authorities.models import Membership, Role, User


class OwnAccountError(RoleChangeError):
    """Nobody closes their own account."""


class AccountChangedError(RoleChangeError):
    """The account is as it was to become already."""


@transaction.atomic
def close_account(*, person: User, by: User, at: datetime) -> None:
    """Let a person no longer sign in, from now on. Roles stay as they are, and give nothing.

    Every request asks anew whether the account is open, so sessions and keys of programs end at
    once.

    Raises:
        OwnAccountError, AccountChangedError, LastAdministratorError: nothing is stored.
    """
    if person.pk == by.pk:
        raise OwnAccountError("You cannot close your own account. Ask another administrator.")
    row = _hold(person)
    if not row.is_active:
        raise AccountChangedError("This account is closed already.")
    administers = (
        Membership.objects.current().filter(user=row, role=Role.ADMINISTRATOR).order_by("pk")
    )
    for member in administers:
        if not others_in_role(member=member, past=at):
            raise LastAdministratorError(
                "This is the last administrator of the site. Invite another one first, and wait "
                "until they have accepted."
            )
    row.is_active = False
    row.save(update_fields=["is_active"])
    end_sessions(person=row)
    audit.record(action="person.closed", target=row, by=by, at=at)


@transaction.atomic
def open_account(*, person: User, by: User, at: datetime) -> None:
    """Let a person sign in again, with the roles that have not ended.

    Raises:
        AccountChangedError, PersonLeftError: nothing is stored.
    """
    row = _hold(person)
    if row.has_left:
        raise PersonLeftError
    if row.is_active:
        raise AccountChangedError("This account is open already.")
    row.is_active = True
    row.save(update_fields=["is_active"])
    audit.record(action="person.opened", target=row, by=by, at=at)


@transaction.atomic
def sign_out_everywhere(*, person: User, by: User, at: datetime) -> None:
    """End every session of a person; they sign in anew."""
    end_sessions(person=person)
    audit.record(action="person.sessions_ended", target=person, by=by, at=at)


def _hold(person: User) -> User:
    return User.objects.select_for_update(of=("self",)).get(pk=person.pk)
