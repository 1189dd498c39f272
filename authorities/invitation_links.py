"""The links of invitations: made of the site's key, so that only a hash of each is kept.

A link that was to be stored until its mail leaves would lie in the outbox, and in every copy of it.
So the secret is worked out of the invitation's key and of how often it was sent, when it is needed.
"""

from hashlib import sha256
from secrets import compare_digest

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from authorities.models import Invitation


class NoKeyOfLinkError(RuntimeError):
    """No key of the site made the link of this invitation, so its mail cannot be written."""


def token_of(*, invitation: Invitation) -> str:
    """Return what stands in the link, by the key that the stored hash was made with.

    Raises:
        NoKeyOfLinkError: SECRET_KEY was changed since, and SECRET_KEY_FALLBACKS lacks the old one.
    """
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _token(invitation, key)
        if compare_digest(hash_of(token=token), invitation.token_hash):
            return token
    raise NoKeyOfLinkError("The key of the site was changed. Send the invitation again.")


def new_hash(*, invitation: Invitation) -> str:
    """Return the hash of the link of an invitation that is about to be sent."""
    return hash_of(token=_token(invitation, settings.SECRET_KEY))


def hash_of(*, token: str) -> str:
    """Return what is kept of a link."""
    return sha256(token.encode()).hexdigest()


def address_of(*, invitation: Invitation) -> str:
    """Return the whole address of the page where the invitation is accepted."""
    path = reverse("authorities:invitation", args=[token_of(invitation=invitation)])
    return f"{settings.SITE_URL}{path}"


def _token(invitation: Invitation, key: str | bytes) -> str:
    made = f"{invitation.pk}:{invitation.times_sent}"
    return salted_hmac(
        "authorities.Invitation.link", made, secret=key, algorithm="sha256"
    ).hexdigest()
