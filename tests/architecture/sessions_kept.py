"""Sessions of everybody who asks, begun once in the furnished demonstration.

Signing fourteen people in anew for each address took a quarter of the time of asking it.
"""

from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.test import Client
from django.utils import timezone

from authorities.models import User
from authorities.sessions import SessionStore
from tests.architecture.addresses import Visitor

# The whole suite asks within it: no session ends, is prolonged or wants proof meanwhile.
_LASTS = timedelta(days=1)


def begin_sessions() -> None:
    """Sign everybody in, each under a key that their address gives."""
    later = (timezone.now() + _LASTS).timestamp()
    for visitor in Visitor:
        if visitor is Visitor.ANYBODY:
            continue
        client = Client()
        client.force_login(User.objects.get(email=visitor))
        kept = SessionStore()
        kept.update(dict(client.session.items()))
        kept.update(
            {
                "unused_seconds": int(_LASTS.total_seconds()),
                "signed_in_at": later,
                "proven_at": later,
            }
        )
        # A store that is made with a key looks for a row, and forgets the key where there is none.
        kept._session_key = key_of(visitor)
        kept.save(must_create=True)


def known_client(visitor: Visitor, *, checks_origin: bool = False) -> Client:
    """Return a client that goes on with the session of a visitor."""
    client = Client(enforce_csrf_checks=checks_origin, raise_request_exception=False)
    if visitor is not Visitor.ANYBODY:
        client.cookies[settings.SESSION_COOKIE_NAME] = key_of(visitor)
    return client


def key_of(visitor: Visitor) -> str:
    return sha256(visitor.encode()).hexdigest()[:32]
