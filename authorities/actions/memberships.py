"""Who is somebody where: people, and the roles that they hold at bodies."""

from collections.abc import Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.db.models import F, Q

from authorities import audit
from authorities.actions.membership_messages import tell_of_loss
from authorities.models import LOCAL_ROLES, Body, BodyKind, Membership, Role, User

_LOCAL_KINDS = frozenset({BodyKind.STRATEGIC_AUTHORITY, BodyKind.INTEGRATED_CARE_BOARD})
# Roles whose last holder does not go unnoticed.
NEVER_NONE = frozenset({Role.SIGNATORY, Role.PEOPLE_LEAD, Role.ADMINISTRATOR})


class RoleDoesNotFitError(ValueError):
    """The role is not one that people hold at this kind of body."""


class RoleChangeError(ValueError):
    """A role cannot be ended or changed so; the message says why and what to do."""


class RoleOverError(RoleChangeError):
    """The role has ended."""


class PastEndError(RoleChangeError):
    """A role cannot end on a day that is over."""


class LastOfRoleError(RoleChangeError):
    """Nobody else holds the role at the body."""


class LastAdministratorError(RoleChangeError):
    """Nobody would be left who looks after people."""


class ListChangedError(ValueError):
    """Another list was read than there is."""


class PersonLeftError(RoleChangeError):
    """The name of the person was taken out; they come back by an invitation alone."""

    def __init__(self) -> None:
        super().__init__(
            "This person left, and their name and address were taken out. Invite them by their "
            "address of now: they get a new account."
        )


class OwnEndError(RoleChangeError):
    """Nobody lets themselves keep a role."""


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


def end_sessions(*, person: User) -> None:
    """End every session of a person: what they may do has changed, so they sign in anew."""
    User.objects.filter(pk=person.pk).update(sessions_ended=F("sessions_ended") + 1)


def check_role_fits(*, role: Role, body: Body) -> None:
    """Refuse a role that nobody holds at this kind of body.

    Raises:
        RoleDoesNotFitError: as said.
    """
    if (role in LOCAL_ROLES) != (body.kind in _LOCAL_KINDS):
        where = "an authority or an ICB" if role in LOCAL_ROLES else "a national body"
        raise RoleDoesNotFitError(f"{role.label} is a role at {where}. Choose another role.")


@transaction.atomic
def grant(
    *,
    person: User,
    body: Body,
    role: Role,
    by: User | None,
    at: datetime,
    ends_at: datetime | None = None,
) -> Membership:
    """Give the person the role at the body; a role that is held already stays as it is.

    ends_at: when the role ends by itself; None for one that lasts.

    Raises:
        RoleDoesNotFitError, PersonLeftError: nothing is stored.
    """
    check_role_fits(role=role, body=body)
    # Who is given the same role twice at once holds it once.
    if User.objects.select_for_update(no_key=True).get(pk=person.pk).has_left:
        raise PersonLeftError
    held = (
        Membership.objects.at(at)
        .filter(Q(ended_at__isnull=True) | Q(started_at__lte=at))
        .filter(user=person, body_id=body.pk, role=role)
        .first()
    )
    if held is not None:
        return held
    membership = Membership.objects.create(
        user=person, body_id=body.pk, role=role, started_at=at, ended_at=ends_at
    )
    end_sessions(person=person)
    audit.record(
        action="membership.granted",
        target=membership,
        by=by,
        at=at,
        body=body,
        role=role.value,
        **_lasts_until(ends_at),
    )
    return membership


@transaction.atomic
def end(
    *, membership: Membership, by: User | None, at: datetime, last_is_meant: bool = True
) -> None:
    """Take the role away now. The membership stays as history.

    last_is_meant: whoever asks for it knows if nobody else signs for the body, or leads its people.

    Raises:
        LastOfRoleError: nobody else would hold the role, and that was not meant.
        LastAdministratorError: nobody would look after people any more.
    """
    take_turns(membership=membership)
    row = _hold(membership)
    if row.ended_at is not None and row.ended_at <= at:
        return
    _check_last(row, ends_at=at, last_is_meant=last_is_meant)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    end_sessions(person=row.user)
    audit.record(action="membership.ended", target=row, by=by, at=at, body=row.body, role=row.role)
    tell_of_loss(member=row, at=at)


@transaction.atomic
def change_end(
    *,
    membership: Membership,
    ends_at: datetime | None,
    by: User,
    at: datetime,
    last_is_meant: bool = True,
) -> Membership:
    """Say when a role ends by itself, or that it lasts.

    Raises:
        LastOfRoleError, LastAdministratorError: as `end`.
        RoleOverError: it has ended.
        OwnEndError: it would let one keep one's own role longer.
        PastEndError: the end is not ahead.
    """
    take_turns(membership=membership)
    row = _hold(membership)
    if row.ended_at is not None and row.ended_at <= at:
        raise RoleOverError("This role has ended. Invite the person again if they come back.")
    if ends_at is not None and ends_at <= at:
        raise PastEndError("Enter a day that is not over, or end the role now.")
    longer = row.ended_at is not None and (ends_at is None or ends_at > row.ended_at)
    if longer and row.user_id == by.pk:
        raise OwnEndError(
            "You cannot keep your own role for longer. Ask another people lead or an administrator."
        )
    if ends_at is not None and not longer:
        _check_last(row, ends_at=ends_at, last_is_meant=last_is_meant)
    if ends_at != row.ended_at:
        row.ended_at = ends_at
        row.save(update_fields=["ended_at"])
        audit.record(
            action="membership.end_changed",
            target=row,
            by=by,
            at=at,
            body=row.body,
            role=row.role,
            **_lasts_until(ends_at),
        )
    return row


@transaction.atomic
def confirm(*, members: Sequence[Membership], body: Body, by: User, at: datetime) -> int:
    """Keep on record that these people still need their roles at the body; return how many.

    members: all roles of the list as it was read.

    Raises:
        ListChangedError: it is another list by now; nothing is stored.
    """
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    rows = {
        row.pk: row
        for row in Membership.objects.to_confirm_by(by)
        .filter(body_id=body.pk, pk__in=[member.pk for member in members])
        .select_for_update(of=("self",))
        .order_by("pk")
    }
    if len(rows) != len({member.pk for member in members}):
        raise ListChangedError(
            "The list of people has changed since you opened it. Nothing was confirmed. Read it "
            "again."
        )
    Membership.objects.filter(pk__in=rows).update(
        confirmed_at=at, confirmed_by=by, asked_at=None, asked_again_at=None
    )
    for row in rows.values():
        audit.record(
            action="membership.confirmed", target=row, by=by, at=at, body=body, role=row.role
        )
    return len(rows)


def take_turns(*, membership: Membership) -> None:
    """Wait until nobody else is ending a role of this kind here: of two, the second is the last.

    Asked for before any row is locked, so that two who end each other's role do not wait for ever.
    """
    if membership.role in NEVER_NONE:
        where = "" if membership.role == Role.ADMINISTRATOR else membership.body_id
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [f"last {membership.role} {where}"],
            )


def others_in_role(*, member: Membership, past: datetime) -> bool:
    """Whether somebody else holds the role beyond an instant: at the body, or for all of the site.

    Administrators of any national body look after all people.
    """
    others = Membership.objects.current().at(past).filter(role=member.role).exclude(pk=member.pk)
    if member.role != Role.ADMINISTRATOR:
        others = others.filter(body_id=member.body_id)
    return others.exclude(user_id=member.user_id).exists()


def _check_last(row: Membership, *, ends_at: datetime, last_is_meant: bool) -> None:
    if row.role not in NEVER_NONE or (row.role != Role.ADMINISTRATOR and last_is_meant):
        return
    if others_in_role(member=row, past=ends_at):
        return
    if row.role == Role.ADMINISTRATOR:
        raise LastAdministratorError(
            "This is the last administrator of the site. Invite another one first, and wait until "
            "they have accepted."
        )
    raise LastOfRoleError(
        "Nobody else holds this role here. Read what that means, and say that you mean it."
    )


def _hold(membership: Membership) -> Membership:
    return (
        Membership.objects.select_for_update(of=("self",))
        .select_related("user", "body")
        .get(pk=membership.pk)
    )


def _lasts_until(ends_at: datetime | None) -> dict[str, str]:
    return {} if ends_at is None else {"lasts_until": ends_at.isoformat()}


@transaction.atomic
def remove_second_steps(*, person: User, by: User | None, at: datetime) -> int:
    """Remove apps, keys and recovery codes of somebody who lost them; return how many there were.

    Every session ends. With their password they sign in again, and are led to set up new ones.
    """
    removed, _ = Authenticator.objects.filter(user=person).delete()
    if removed:
        end_sessions(person=person)
        audit.record(
            action="person.second_steps_removed", target=person, by=by, at=at, number=removed
        )
    return int(removed)
