"""How people come in: somebody who may say so invites them to a role at a body."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from authorities import audit
from authorities.actions import memberships
from authorities.actions.invitation_messages import tell_invited
from authorities.invitation_links import hash_of, new_hash
from authorities.leaver_words import is_of_leaver
from authorities.models import Body, Invitation, Membership, Role, User

VALID_FOR = timedelta(days=14)
# A mail is asked for again once in so long: nobody's letter box is filled by a button.
_BETWEEN_MAILS = timedelta(minutes=5)


class InvitationError(ValueError):
    """The invitation cannot be given, sent or accepted; the message says why and what to do."""


class OwnRoleError(InvitationError):
    """Nobody gives a role to themselves."""


class NoAddressError(InvitationError):
    """The address is none: it stands for a person who left."""


class HeldRoleError(InvitationError):
    """The person holds the role already."""


class InvitedAlreadyError(InvitationError):
    """An invitation to the role waits already."""


class ClosedBodyError(InvitationError):
    """The body has ended."""


class WrongPersonError(InvitationError):
    """The invitation is for another address."""


class OverError(InvitationError):
    """The invitation was accepted, withdrawn, or is too old."""


class SentJustNowError(InvitationError):
    """A mail left a moment ago."""


@transaction.atomic
def invite(
    *,
    email: str,
    body: Body,
    role: Role,
    role_ends_at: datetime | None,
    by: User | None,
    at: datetime,
) -> Invitation:
    """Offer a role at a body to an address, and write to it.

    by: None for the command that brings the first administrator.

    Raises:
        OwnRoleError, HeldRoleError, InvitedAlreadyError, ClosedBodyError, NoAddressError: nothing
            is stored.
        RoleDoesNotFitError: nothing is stored.
    """
    address = email.strip().lower()
    # Two people who invite at once take their turns.
    held = Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    memberships.check_role_fits(role=role, body=held)
    if is_of_leaver(address=address):
        raise NoAddressError(
            "This stands for a person who left, and nothing can be sent there. Enter the person’s "
            "e-mail address of now."
        )
    if by is not None and address == by.email:
        raise OwnRoleError(
            "You cannot give a role to yourself. Ask another people lead or an administrator."
        )
    if held.closed_on is not None and held.closed_on <= timezone.localdate(at):
        raise ClosedBodyError("This body has ended, so nobody takes up a role there any more.")
    if Membership.objects.at(at).filter(user__email=address, body=held, role=role).exists():
        raise HeldRoleError(
            f"This person is {_a(role)} of this body already. Choose another role, or change when "
            "the role ends in the list of people."
        )
    if Invitation.objects.waiting().filter(email=address, body=held, role=role).exists():
        raise InvitedAlreadyError(
            "This person is invited to this role already. Send the invitation again, or withdraw "
            "it, in the list of invitations."
        )
    row = Invitation(
        email=address,
        body=held,
        role=role,
        role_ends_at=role_ends_at,
        invited_by=by,
        invited_at=at,
        sent_at=at,
        expires_at=at + VALID_FOR,
    )
    row.token_hash = new_hash(invitation=row)
    row.save()
    tell_invited(invitation=row, at=at)
    _record("invitation.sent", row, by, at)
    return row


@transaction.atomic
def send_again(*, invitation: Invitation, by: User | None, at: datetime) -> Invitation:
    """Write anew, with a new link that works for another 14 days; the old link works no more.

    Raises:
        OverError: it was accepted or withdrawn.
        SentJustNowError: a mail left a moment ago.
    """
    row = _hold(invitation)
    _check_waits(row)
    if at < row.sent_at + _BETWEEN_MAILS:
        raise SentJustNowError("A mail was sent a moment ago. Wait 5 minutes and send it again.")
    if row.role_ends_at is not None and row.role_ends_at <= at:
        raise OverError(
            "The role was to end on a day that is over. Withdraw the invitation and invite anew."
        )
    row.times_sent += 1
    row.sent_at, row.expires_at = at, at + VALID_FOR
    row.token_hash = new_hash(invitation=row)
    row.save(update_fields=["times_sent", "sent_at", "expires_at", "token_hash"])
    tell_invited(invitation=row, at=at)
    _record("invitation.sent_again", row, by, at)
    return row


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User, at: datetime) -> None:
    """Take the invitation back: its link leads to nothing.

    Raises:
        OverError: it was accepted, or withdrawn already.
    """
    row = _hold(invitation)
    _check_waits(row)
    row.withdrawn_at, row.withdrawn_by = at, by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record("invitation.withdrawn", row, by, at)


@transaction.atomic
def accept(*, invitation: Invitation, by: User, at: datetime) -> Membership:
    """Take up the role, as the person whom the link was sent to.

    Raises:
        OverError: it was accepted, withdrawn, or is too old.
        WrongPersonError: another address is invited, or one's own account gave the invitation.
    """
    row = _hold(invitation)
    _check_open(row, at)
    if row.email != by.email or row.invited_by_id == by.pk:
        raise WrongPersonError(
            "This invitation is for another person. Sign out, and sign in as that person."
        )
    member = memberships.grant(
        person=by, body=row.body, role=Role(row.role), ends_at=row.role_ends_at, by=by, at=at
    )
    row.accepted_at, row.accepted_by = at, by
    row.save(update_fields=["accepted_at", "accepted_by"])
    _record("invitation.accepted", row, by, at)
    return member


@transaction.atomic
def join(*, invitation: Invitation, full_name: str, password: str, at: datetime) -> User:
    """Make the account of who is invited and has none, and take up the role.

    Raises:
        OverError: it was accepted, withdrawn, or is too old.
        WrongPersonError: the address has an account by now: its owner signs in.
    """
    row = _hold(invitation)
    _check_open(row, at)
    if User.objects.filter(email=row.email).exists():
        raise WrongPersonError("There is an account with your e-mail address. Sign in with it.")
    person = memberships.add_person(
        email=row.email, full_name=full_name, password=password, by=row.invited_by, at=at
    )
    accept(invitation=row, by=person, at=at)
    return person


def of_token(*, token: str) -> Invitation | None:
    """Return the invitation that a link leads to, whatever became of it."""
    return (
        Invitation.objects.select_related("body", "invited_by")
        .filter(token_hash=hash_of(token=token))
        .first()
    )


def _hold(invitation: Invitation) -> Invitation:
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("body", "invited_by")
        .get(pk=invitation.pk)
    )


def _check_waits(row: Invitation) -> None:
    if row.accepted_at is not None:
        raise OverError("This invitation was accepted meanwhile.")
    if row.withdrawn_at is not None:
        raise OverError("This invitation was withdrawn meanwhile.")


def _check_open(row: Invitation, at: datetime) -> None:
    _check_waits(row)
    closed = row.body.closed_on is not None and row.body.closed_on <= timezone.localdate(at)
    if closed or row.expires_at <= at or (row.role_ends_at is not None and row.role_ends_at <= at):
        raise OverError("This invitation is too old. Ask for another one.")


def _a(role: Role) -> str:
    word = str(role.label).lower()
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _record(action: str, row: Invitation, by: User | None, at: datetime) -> None:
    audit.record(action=action, target=row, by=by, at=at, body=row.body, role=row.role)
