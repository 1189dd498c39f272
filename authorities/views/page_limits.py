"""How often somebody may send something, or take a file away, within a minute of the clock.

Counted beside the calls of the API, in one statement: what several processes answer at once is all
counted. A page that is only looked at is not counted here, since that would write to the database
for each; the server before the site slows those down (docs/deployment/nginx.conf).
"""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from authorities.access_notes import note_limit_is_known
from authorities.actions import call_counts
from authorities.models import User
from authorities.read_only import sent_again, shown_standing
from authorities.spraying import place_of

_READS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# The API counts its callers itself (authorities/api/callers.py).
_API = "/api/"
# Leaving is never refused.
_OPEN = frozenset({"account_logout"})
# What takes long to make is known by its address, before it is made.
_FILE = re.compile(r"\.(csv|json|pdf|svg|xlsx|zip)$")
_COUNTED = "_is_counted"


class PageLimits:
    """Refuses what comes too often, with a page that keeps what was typed (a middleware)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on; a file whose address did not say so is counted as it leaves."""
        answer = self.get_response(request)
        is_file = answer.headers.get("Content-Disposition", "").startswith("attachment")
        if not is_file or _COUNTED in request.__dict__ or request.path.startswith(_API):
            return answer
        refusal = _count(request, "files", settings.FILES_A_MINUTE)
        if refusal is None:
            return answer
        answer.close()
        return refusal

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Count what changes something, and files, before anything is done for them."""
        name = request.resolver_match.view_name if request.resolver_match else None
        if request.path.startswith(_API) or name in _OPEN:
            return None
        if request.method not in _READS:
            return _count(request, "changes", settings.CHANGES_A_MINUTE)
        if _FILE.search(request.path):
            return _count(request, "files", settings.FILES_A_MINUTE)
        return None


def _count(request: HttpRequest, what: str, most: int) -> HttpResponse | None:
    """Count one of a minute; return the refusal where it is one too many.

    Only the first one that is too many leaves a row in the log of access. While the site can only
    be read nothing is counted: the database may take no writes at all.
    """
    request.__dict__[_COUNTED] = True
    if not most or shown_standing().read_only is not None:
        return None
    now = timezone.now()
    number = call_counts.count(caller=f"{_caller(request)}:{what}", at=now)
    if number <= most:
        return None
    if number > most + 1:
        note_limit_is_known(request)
    return _refuse(request, most=most, seconds=call_counts.seconds_left(at=now), what=what)


def _caller(request: HttpRequest) -> str:
    """Return the person, or the address where nobody is signed in, as limits on sign-in do."""
    if isinstance(request.user, User):
        return f"pages:{request.user.pk}"
    try:
        return f"pages:{place_of(request)}"
    except PermissionDenied:
        # A proxy that was said to be there is not: all of them share a limit.
        return "pages:unknown"


def _refuse(request: HttpRequest, *, most: int, seconds: int, what: str) -> HttpResponse:
    answer: HttpResponse
    if request.accepts("text/html"):
        answer = render(
            request,
            "too_often.html",
            {"seconds": seconds, "most": most, "what": what, **sent_again(request=request)},
            status=429,
        )
    else:
        problem = {
            "code": "too-many-calls",
            "field": "",
            "message": f"More than {most} {what} were asked for within a minute. Nothing was done.",
            "fix": "Wait for the seconds in Retry-After, and send it again.",
        }
        answer = JsonResponse({"errors": [problem], "total": 1}, status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer
