"""Takes the name and address of a person who left out of the site, and all that lets them in.

What was frozen on purpose keeps the name: docs/retention.md says which.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import DatabaseError, transaction
from django.db.models import Model, Q, QuerySet

from authorities import audit
from authorities.leaver_words import address_of, name_of
from authorities.leavers import all_draft_modules
from authorities.models import ApiToken, Invitation, KeyedRequest, Membership, Message, User
from authorities.queries.leavers import leavers, sessions_of

logger = logging.getLogger(__name__)

# So many in one run of the job; those that are left come the night after.
MOST = 200


class AnonymisationError(ValueError):
    """The person cannot be made anonymous; the message says why and what to do."""


class RoleHeldError(AnonymisationError):
    """The person holds a role, now or to come."""


class SomeNotAnonymousError(RuntimeError):
    """Some people could not be made anonymous; the log says whom and why."""


@dataclass(frozen=True)
class _Named:
    """Keys of what names a person by their addresses, those of before included."""

    invitations: tuple[UUID, ...]
    messages: tuple[UUID, ...]


@transaction.atomic
def anonymise(*, person: User, by: User | None, at: datetime) -> bool:
    """Call a person by their key, and let them in no more; return whether that was still to do.

    Name and address go from the account, from its history, and from invitations to the person
    with their mails. Second steps, links to organisations, sessions, tokens and what they kept for
    themselves are deleted. The row of the account stays, and so does what was frozen on purpose.

    by: None for the nightly job and the command.

    Raises:
        RoleHeldError: the person holds a role, now or to come; nothing is changed.
    """
    row = User.objects.select_for_update().get(pk=person.pk)
    if row.has_left:
        return False
    if Membership.objects.at(at).filter(user=row).exists():
        raise RoleHeldError(
            "This person holds a role, now or to come. End all their roles first: under People, "
            "on the page of each role."
        )
    named = _named(row)
    _withdraw(named, row, by=by, at=at)
    row.email, row.full_name = address_of(key=row.pk), name_of(key=row.pk)
    row.is_active = False
    row.set_unusable_password()
    row.sessions_ended += 1
    row.save(
        update_fields=["email", "full_name", "is_active", "password", "sessions_ended"],
    )
    _rename(named, row)
    drafts = sum(module.forget_drafts_of(person=row) for module in all_draft_modules())
    _delete_what_lets_in(row)
    audit.record(action="person.anonymised", target=row, by=by, at=at, drafts=drafts)
    # Whoever restores a backup of before finds here who is to be made anonymous once more.
    transaction.on_commit(partial(logger.info, "person %s made anonymous", row.pk))
    return True


def anonymise_leavers(*, at: datetime, kept_for: timedelta, most: int = MOST) -> int:
    """Make those anonymous whose last role ended so long ago; return how many.

    Each in a transaction of their own: what is killed goes on with the next run.

    Raises:
        SomeNotAnonymousError: after all others are.
    """
    done, failed = 0, 0
    for leaver in leavers(before=at - kept_for, at=at, most=most):
        try:
            done += anonymise(person=User(pk=leaver.key), by=None, at=at)
        except RoleHeldError:
            # Came back between the question and now.
            continue
        except DatabaseError:
            # One who cannot be holds up no other.
            failed += 1
            logger.exception("person %s could not be made anonymous", leaver.key)
    if failed:
        raise SomeNotAnonymousError(f"{failed} people could not be made anonymous: see the log.")
    return done


def _named(row: User) -> _Named:
    before = _history_of(User).filter(pgh_obj_id=row.pk).values_list("email", flat=True)
    known = {email.lower() for email in (row.email, *before)}
    # An address may have been given to somebody else since.
    others = User.objects.exclude(pk=row.pk).filter(email__in=known)
    own = known - set(others.values_list("email", flat=True))
    # Answered before anything is changed: afterwards nothing has these addresses any more.
    invitations = tuple(
        Invitation.objects.filter(
            Q(accepted_by=row) | Q(accepted_by__isnull=True, email__in=own)
        ).values_list("pk", flat=True)
    )
    messages = Message.objects.filter(recipient__isnull=True).filter(
        Q(address__in=own) | Q(notice__about__in=invitations)
    )
    return _Named(invitations=invitations, messages=tuple(messages.values_list("pk", flat=True)))


def _withdraw(named: _Named, row: User, *, by: User | None, at: datetime) -> None:
    """End what waits for an answer and what is about to leave; nobody else stands behind it."""
    Invitation.objects.waiting().filter(pk__in=named.invitations).update(
        withdrawn_at=at, withdrawn_by=by or row
    )
    Message.objects.filter(
        Q(pk__in=named.messages) | Q(recipient=row),
        sent_at__isnull=True,
        withdrawn_at__isnull=True,
        failed_at__isnull=True,
    ).update(withdrawn_at=at)


def _rename(named: _Named, row: User) -> None:
    """Write the new words over the old ones, in the histories last: their triggers look there."""
    Invitation.objects.filter(pk__in=named.invitations).update(email=row.email)
    Message.objects.filter(pk__in=named.messages).update(address=row.email)
    _history_of(User).filter(pgh_obj_id=row.pk).update(email=row.email, full_name=row.full_name)
    _history_of(Invitation).filter(pgh_obj_id__in=named.invitations).update(email=row.email)
    _history_of(Message).filter(pgh_obj_id__in=named.messages).update(address=row.email)


def _history_of(model: type[Model]) -> QuerySet[Any]:
    history: Any = model._meta.get_field("history").related_model
    found: QuerySet[Any] = history._default_manager.all()
    return found


def _delete_what_lets_in(row: User) -> None:
    Authenticator.objects.filter(user=row).delete()
    SocialAccount.objects.filter(user_id=row.pk).delete()
    EmailAddress.objects.filter(user_id=row.pk).delete()
    ApiToken.objects.filter(owner=row).delete()
    KeyedRequest.objects.filter(user=row).delete()
    Session.objects.filter(pk__in=sessions_of(key=row.pk)).delete()
