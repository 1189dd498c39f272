"""Doing what a request asks once, however often it is sent.

The answer is stored in the transaction of what was done, so that a killed process leaves both or
neither, and no key waits for somebody who is gone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction

from authorities.models import KeyedRequest, User

# Longer than a day, so that what was lost on a Friday evening may be sent again on Sunday.
KEPT_FOR = timedelta(hours=72)
MOST_CHARACTERS = 100
# What may be otherwise a moment later: the caller should ask again, with the same key.
_PASSING = frozenset({401, 409, 429})


class KeyReusedError(ValueError):
    """A key came back with another request."""


class KeyInUseError(ValueError):
    """The first request with this key is still being answered."""


@dataclass(frozen=True)
class Request:
    """A request that names itself by a key; `credential` is what the caller showed."""

    credential: str
    key: str
    method: str
    path: str
    body_sha256: str


@dataclass(frozen=True)
class Answered:
    """An answer as it goes out; `replayed` says that it was given before."""

    status: int
    content: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    replayed: bool = False


@transaction.atomic
def answer_once(
    *,
    request: Request,
    make: Callable[[], Answered],
    waits: bool = False,
    by: User,
    at: datetime,
) -> Answered:
    """Return the answer to a request: the one that was given before, or that which `make` gives.

    Args:
        request: what was sent.
        make: does what is asked. What it stores is stored with its answer, or not at all.
        waits: whether to wait while the same request is answered elsewhere, as a page does.
        by: who asks.
        at: when.

    Raises:
        KeyReusedError: the key stands for another request.
        KeyInUseError: it is being answered elsewhere, and this one does not wait.
    """
    _lock(request, waits=waits)
    stored = KeyedRequest.objects.filter(credential=request.credential, key=request.key).first()
    if stored is not None and stored.answered_at > at - KEPT_FOR:
        if (stored.method, stored.path, stored.body_sha256) != (
            request.method,
            request.path,
            request.body_sha256,
        ):
            raise KeyReusedError(
                "This key was used for another request. Use a new key for each thing that you do."
            )
        return Answered(
            status=stored.status, content=stored.content, headers=stored.headers, replayed=True
        )
    answered = make()
    if answered.status >= 500 or answered.status in _PASSING:
        return answered
    KeyedRequest.objects.update_or_create(
        credential=request.credential,
        key=request.key,
        defaults={
            "user": by,
            "method": request.method,
            "path": request.path,
            "body_sha256": request.body_sha256,
            "status": answered.status,
            "headers": dict(answered.headers),
            "content": answered.content,
            "answered_at": at,
        },
    )
    return answered


def forget_old(*, at: datetime) -> int:
    """Delete what was answered long ago; return how many."""
    deleted, _ = KeyedRequest.objects.filter(answered_at__lte=at - KEPT_FOR).delete()
    return deleted


def _lock(request: Request, *, waits: bool) -> None:
    """Hold the key until the transaction ends.

    Raises:
        KeyInUseError: somebody else holds it, and this request does not wait.
    """
    name = f"keyed request {request.credential} {request.key}"
    wanted = "pg_advisory_xact_lock" if waits else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {wanted}(hashtextextended(%s, 0))", [name])
        if not waits and not cursor.fetchone()[0]:
            raise KeyInUseError("The same request is being answered. Ask again in a moment.")
