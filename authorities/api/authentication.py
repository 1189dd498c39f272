"""How a program says whose it is: by a token, in the header Authorization and nowhere else.

Each request looks the token up, so that one that is revoked opens nothing from the next one on.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework import status
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from authorities.access_notes import note_door, note_refused_token, note_token
from authorities.actions.tokens import note_use
from authorities.api.callers import count_call
from authorities.api.problems import Problem, ProblemsError
from authorities.models import AccessKind, ApiToken, TokenScope, User
from authorities.queries.tokens import ShownToken, shown_token
from authorities.spraying import place_of
from authorities.token_text import is_token

_SCHEME = "bearer"
# Of tokens that are refused, so many a minute from one address. A token in force is not held up by
# those: what is slowed down is not guessing, which 256 bits prevent, but filling the log.
REFUSED_A_MINUTE = 20
_ON_THE_SITE = "Make another one on the site, at Your account, Tokens for programs."


@dataclass(frozen=True)
class _Refusal:
    code: str
    message: str
    fix: str = _ON_THE_SITE


_UNKNOWN = _Refusal(
    "token-not-known",
    "This is no token of this site.",
    "Send the whole token, as it was shown once: Authorization: Bearer hdt_…",
)
_REVOKED = _Refusal("token-revoked", "This token is revoked.")
_ENDED = _Refusal("token-ended", "This token has ended.")
_OF_NOBODY = _Refusal(
    "token-without-owner",
    "Whoever made this token has no open account with a role any more.",
    "Let somebody make one who has a role.",
)
_ONE_STEP = _Refusal(
    "token-needs-second-step",
    "Whoever made this token has no second step of signing in.",
    "Let them set one up on the site; the token works again then.",
)


class TokenAuthentication(BaseAuthentication):
    """Lets a program in as the owner of the token that it shows."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return owner and token; None where no token is shown, so that a session may count.

        Raises:
            ProblemsError: the token opens nothing (401), or not this (403).
        """
        scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != _SCHEME:
            return None
        now = timezone.now()
        text = shown.strip(" ")
        found = shown_token(text=text) if is_token(text=text) else None
        refusal = _UNKNOWN if found is None else _refusal(found, is_over=found.token.ends_at <= now)
        asked: HttpRequest = request._request
        if found is None or refusal is not None:
            raise _refused(asked, shown=text, found=found, refusal=refusal or _UNKNOWN)
        token = found.token
        note_token(asked, token)
        if note_use(token=token, at=now):
            note_door(asked, AccessKind.TOKEN_USED, person=token.owner, token=str(token.pk))
        # Nobody sits before a program: it signs nothing, publishes nothing, administers nothing.
        token.owner.proven_recently = False
        if token.scope == TokenScope.READ and request.method not in SAFE_METHODS:
            raise ProblemsError(
                Problem(
                    "token-only-reads",
                    "",
                    "This token only reads, and nothing was stored.",
                    "Make one that reads and writes on the site, at Your account, Tokens for "
                    "programs.",
                ),
                status_code=status.HTTP_403_FORBIDDEN,
            )
        return token.owner, token

    def authenticate_header(self, request: Request) -> str:
        """Return how to say who one is."""
        return "Bearer"


def _refusal(found: ShownToken, *, is_over: bool) -> _Refusal | None:
    token = found.token
    if token.revoked_at is not None:
        return _REVOKED
    if is_over:
        return _ENDED
    if not (token.owner.is_active and found.has_role):
        return _OF_NOBODY
    if settings.TWO_STEPS and not found.has_second_step:
        return _ONE_STEP
    return None


def _refused(
    request: HttpRequest, *, shown: str, found: ShownToken | None, refusal: _Refusal
) -> ProblemsError:
    """Return the refusal, which is kept as a sign-in that failed.

    Raises:
        ProblemsError: too many were refused where it came from (429).
    """
    try:
        place = place_of(request)
    except PermissionDenied:
        place = "unknown"
    # Of the address a keyed hash is kept, for a day.
    key = salted_hmac("authorities.refused_tokens", place, algorithm="sha256").hexdigest()
    count_call(
        request=request,
        caller=f"refused:{key}",
        most=REFUSED_A_MINUTE,
        problem=Problem(
            "too-many-refused-tokens",
            "",
            "Too many tokens that open nothing were sent from where you are.",
            "Wait for the seconds in Retry-After, and send a token that works.",
        ),
    )
    note_refused_token(request, shown=shown, token=None if found is None else found.token)
    return ProblemsError(
        Problem(refusal.code, "Authorization", refusal.message, refusal.fix),
        status_code=status.HTTP_401_UNAUTHORIZED,
    )
