"""Lets the site be read and nothing be written while it is worked on.

Whether that holds is asked anew before each write and each job. Pages show what their process asked
within the last seconds: a notice may come a moment late, and costs no query a page.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from authorities.queries import maintenance
from authorities.queries.maintenance import Span, Standing

# For so long a process shows what it asked.
SHOWN_FOR_SECONDS = 5.0
_READS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# Signing in, saying again who one is, and leaving, which write to sessions alone.
_OPEN = frozenset(
    {
        "account_login",
        "account_logout",
        "account_organisation",
        "account_organisation_proof",
        "account_reauthenticate",
        "account_session",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)
# What it says to wait for where nobody knows, or where the time is over.
_RETRY_SECONDS = 300
_NOT_REPEATED = frozenset({"csrfmiddlewaretoken"})


class _Shown:
    """What this process asked last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._standing = Standing()
        self._until = 0.0

    def get(self) -> Standing:
        if time.monotonic() < self._until:
            return self._standing
        with self._lock:
            if time.monotonic() >= self._until:
                self.keep(maintenance.standing(), seconds=SHOWN_FOR_SECONDS)
        return self._standing

    def keep(self, standing: Standing, *, seconds: float) -> None:
        self._standing, self._until = standing, time.monotonic() + seconds


_shown = _Shown()


def shown_standing() -> Standing:
    """Return what a page shows; asked of the database at most every few seconds a process."""
    return _configured() or _shown.get()


def standing_now() -> Standing:
    """Return what holds at this moment. One query, unless the configuration says it."""
    return _configured() or maintenance.standing()


def show(standing: Standing, *, seconds: float) -> None:
    """Let this process's pages show this for a while; tests, so that none asks in between."""
    _shown.keep(standing, seconds=seconds)


def is_read_only() -> bool:
    """Say whether nothing may be written at this moment."""
    return standing_now().read_only is not None


def _configured() -> Standing | None:
    if not settings.READ_ONLY:
        return None
    return Standing(read_only=Span(starts_at=None, until=settings.READ_ONLY_UNTIL))


class ReadOnly:
    """Refuses what would write, with a page that keeps what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse a write; the token against forgery was looked at before."""
        name = request.resolver_match.view_name if request.resolver_match else None
        if request.method in _READS or name in _OPEN:
            return None
        span = standing_now().read_only
        return None if span is None else refuse(request=request, span=span)


def refuse(*, request: HttpRequest, span: Span, repeats: bool = True) -> HttpResponse:
    """Answer a write with 503, when to come again, and a form that holds what was sent.

    The form stays in the browser alone: nothing is stored, and who presses its button later sends
    the same once more. Files cannot be kept so, and are named.

    Args:
        request: what was sent.
        span: how long the site can only be read.
        repeats: whether what was sent may be sent again from the page: not where the request may
            have been made by somebody else.
    """
    if request.path.startswith("/api/"):
        problem = {
            "code": "read-only",
            "field": "",
            "message": "The service can only be read while it is worked on. Nothing was stored.",
            "fix": "Send it again after the time in Retry-After, with the same Idempotency-Key.",
        }
        return _with_wait(JsonResponse({"errors": [problem], "total": 1}, status=503), span)
    page = render(
        request,
        "read_only.html",
        {"until": span.until, **sent_again(request=request, repeats=repeats)},
        status=503,
    )
    return _with_wait(page, span)


def sent_again(*, request: HttpRequest, repeats: bool = True) -> dict[str, Any]:
    """Return what a page needs to send the same once more: action, fields, and names of files.

    repeats: as for `refuse`.
    """
    # Of accounts nothing is repeated: what is typed there are passwords and codes.
    may_repeat = repeats and request.method == "POST" and not request.path.startswith("/account/")
    sent = request.POST.lists() if may_repeat else ()
    return {
        "action": request.get_full_path(),
        "fields": [
            (name, value) for name, values in sent if name not in _NOT_REPEATED for value in values
        ],
        "files": _file_names(request) if may_repeat else [],
    }


def _file_names(request: HttpRequest) -> list[str]:
    files = [file for name in request.FILES for file in request.FILES.getlist(name)]
    return [file.name or "a file" for file in files]


def _with_wait(answer: HttpResponse, span: Span) -> HttpResponse:
    seconds = 0.0 if span.until is None else (span.until - timezone.now()).total_seconds()
    answer.headers["Retry-After"] = str(round(seconds) if seconds >= 1 else _RETRY_SECONDS)
    return answer
