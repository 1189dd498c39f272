"""Slows down who tries one password on many accounts: limits for each account do not see that."""

import time

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import truncate_ip
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# From so many accounts that failed within this time from one address, each further try waits.
ACCOUNTS = 3
WITHIN_SECONDS = 5 * 60
PAUSE_SECONDS = 10


def must_wait(request: HttpRequest) -> bool:
    """Say whether a try comes too soon from where many accounts were tried; note it if not.

    Whether the account is there, and whether the password is right, is not looked at.
    """
    now, key = time.time(), _key(request)
    tried, last = _read(key, now)
    if len(tried) >= ACCOUNTS and now - last < PAUSE_SECONDS:
        return True
    if tried:
        cache.set(key, (tried, now), WITHIN_SECONDS)
    return False


def note_failure(request: HttpRequest, *, email: str) -> None:
    """Remember that an account, or an address that is none, was tried in vain."""
    now, key = time.time(), _key(request)
    tried, _ = _read(key, now)
    account = salted_hmac("authorities.spraying", email.strip().lower()).hexdigest()
    cache.set(key, ({**tried, account: now}, now), WITHIN_SECONDS)


def _read(key: str, now: float) -> tuple[dict[str, float], float]:
    tried, last = cache.get(key, ({}, 0.0))
    return {one: at for one, at in tried.items() if now - at < WITHIN_SECONDS}, last


def place_of(request: HttpRequest) -> str:
    """Return the address that a request comes from, of IPv6 the site alone: what limits count by.

    Raises:
        PermissionDenied: it is not known, since a proxy that was said to be there is not.
    """
    return str(truncate_ip(get_adapter(request).get_client_ip(request)))


def _key(request: HttpRequest) -> str:
    return f"sprayed:{place_of(request)}"
