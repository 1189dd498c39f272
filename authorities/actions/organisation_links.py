"""Which account a sign-in at an organisation opens: linked once, by an address, and then kept.

allauth's table holds the links: its `provider` is the issuer, its `uid` the subject there. Nobody
gets an account here; people come in by an invitation (docs/adr/0020).
"""

from dataclasses import dataclass
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from authorities import audit
from authorities.actions.memberships import end_sessions
from authorities.models import User
from authorities.sign_in_providers import SignInProvider


class NoAccountError(ValueError):
    """There is no account that the organisation could open for this person."""


class AddressNotVerifiedError(NoAccountError):
    """The organisation does not vouch for the person's address."""


class OtherDomainError(NoAccountError):
    """The address is none of the organisation's."""


class OtherPersonError(ValueError):
    """The account is linked to somebody else of the same organisation."""


class AccountClosedError(ValueError):
    """The account is closed."""


class LinkLaterError(RuntimeError):
    """Nothing may be written now, and the sign-in is not linked yet."""


@dataclass(frozen=True)
class Opened:
    """Whose account a sign-in opens, and whether it does so for the first time."""

    person: User
    is_new: bool


@transaction.atomic
def open_account(
    *,
    provider: SignInProvider,
    subject: str,
    address: str,
    is_verified: bool,
    may_link: bool,
    at: datetime,
) -> Opened:
    """Return whose account a sign-in opens, and link the two where it is the first time.

    Args:
        provider: which organisation.
        subject: as its provider calls the person, for ever.
        address: the e-mail address that the provider says, in lower case; may be empty.
        is_verified: whether it vouches for the address.
        may_link: whether something may be written now.
        at: the instant of the sign-in.

    Raises:
        NoAccountError: nobody here has this address, or the provider may not speak of it.
        OtherPersonError: the account is linked to another subject.
        AccountClosedError: it is closed.
        LinkLaterError: it is the first time, and nothing may be written.
    """
    linked = (
        SocialAccount.objects.filter(provider=provider.issuer, uid=subject)
        .select_related("user")
        .first()
    )
    if linked is None:
        person = _by_address(provider=provider, address=address, is_verified=is_verified)
    else:
        person = linked.user
    # An address may have changed since, and so may what the organisation speaks of.
    if not provider.speaks_of(person.email):
        raise OtherDomainError
    if not person.is_active:
        raise AccountClosedError
    is_new = linked is None and _link(
        person=person, provider=provider, subject=subject, may_link=may_link, at=at
    )
    return Opened(person=person, is_new=is_new)


def _by_address(*, provider: SignInProvider, address: str, is_verified: bool) -> User:
    if not address:
        raise AddressNotVerifiedError
    if not provider.speaks_of(address):
        raise OtherDomainError
    if not (is_verified or provider.addresses_are_verified):
        raise AddressNotVerifiedError
    # Locks the account, so that two sign-ins at once do not both link it.
    person = User.objects.select_for_update().filter(email=address).first()
    if person is None:
        raise NoAccountError
    return person


def _link(
    *, person: User, provider: SignInProvider, subject: str, may_link: bool, at: datetime
) -> bool:
    other = SocialAccount.objects.filter(user_id=person.pk, provider=provider.issuer).first()
    if other is not None and other.uid != subject:
        raise OtherPersonError
    if other is not None:
        return False
    if not may_link:
        raise LinkLaterError
    SocialAccount.objects.create(user_id=person.pk, provider=provider.issuer, uid=subject)
    audit.record(
        action="person.organisation_linked",
        target=person,
        by=person,
        at=at,
        organisation=provider.id,
    )
    return True


@transaction.atomic
def unlink(*, person: User, by: User | None, at: datetime) -> int:
    """Remove all links of a person, and end their sessions; return how many links there were.

    The next sign-in at the organisation links its subject of then.
    """
    removed, _ = SocialAccount.objects.filter(user_id=person.pk).delete()
    if removed:
        end_sessions(person=person)
        audit.record(
            action="person.organisation_unlinked", target=person, by=by, at=at, number=removed
        )
    return int(removed)
