"""Who calls the API: by which credential, and how often within a minute.

The REST framework loads this while it loads its own views, so nothing here may import those.
"""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone
from rest_framework import status
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from authorities.access_notes import note_limit_is_known
from authorities.actions import call_counts
from authorities.api.problems import Problem, ProblemsError
from authorities.models import ApiToken, User

if TYPE_CHECKING:
    from rest_framework.views import APIView

# Ten calls a second: a return is read whole with some dozens.
CALLS_A_MINUTE = 600


def credential_of(request: Request) -> str:
    """Return what the caller showed; keys of one credential mean nothing to another."""
    if isinstance(request.auth, ApiToken):
        return f"token:{request.auth.pk}"
    return f"user:{request.user.pk}"


def count_call(*, request: HttpRequest, caller: str, most: int, problem: Problem) -> None:
    """Count a call of a minute by the clock.

    Only the first one that is too many leaves a row in the log of access.

    Raises:
        ProblemsError: it is one too many; it says until when.
    """
    now = timezone.now()
    number = call_counts.count(caller=caller, at=now)
    if number <= most:
        return
    if number > most + 1:
        note_limit_is_known(request)
    raise ProblemsError(
        problem,
        status_code=status.HTTP_429_TOO_MANY_REQUESTS,
        more={"retry_after": call_counts.seconds_left(at=now)},
    )


class CallerThrottle(BaseThrottle):
    """Lets a token, or a person by their session, call so often a minute."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Count the call of who is known.

        Raises:
            ProblemsError: it is one too many.
        """
        if isinstance(request.user, User):
            count_call(
                request=request._request,
                caller=credential_of(request),
                most=CALLS_A_MINUTE,
                problem=Problem(
                    "too-many-calls",
                    "",
                    f"More than {CALLS_A_MINUTE} calls came within a minute.",
                    "Wait for the seconds in Retry-After, and ask for more rows at once where "
                    "you can (page_size).",
                ),
            )
        return True
