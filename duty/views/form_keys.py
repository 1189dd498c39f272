"""What a form asks is done once: each form that is shown has a key of its own."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from authorities.actions import keyed_requests
from authorities.models import User

FORM_KEY = "form_key"
# Stands for a page that says what is wrong: it is shown, and nothing of it is kept.
_SHOWN = keyed_requests.Answered(status=409)


def once(
    *, request: HttpRequest, make: Callable[[], HttpResponse], by: User, at: datetime
) -> HttpResponse:
    """Do what a form asks, or lead again to where it led before; without a key, simply do it.

    Raises:
        KeyReusedError: the form was sent before, with other words in it.
    """
    key = _key(request)
    if key is None:
        return make()
    pages: list[HttpResponse] = []

    def answer() -> keyed_requests.Answered:
        response = make()
        if isinstance(response, HttpResponseRedirect):
            return keyed_requests.Answered(status=302, headers={"Location": response.url})
        pages.append(response)
        return _SHOWN

    answered = keyed_requests.answer_once(
        request=keyed_requests.Request(
            credential=f"user:{by.pk}",
            key=f"form {key}",
            method=request.method or "",
            path=request.path,
            body_sha256=_sum_of(request),
        ),
        make=answer,
        waits=True,
        by=by,
        at=at,
    )
    return pages[0] if pages else HttpResponseRedirect(answered.headers["Location"])


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get(FORM_KEY, ""))
    except ValueError:
        return None


def _sum_of(request: HttpRequest) -> str:
    # The token against other sites' forms is another one on each page.
    sent = {name: texts for name, texts in request.POST.lists() if name != "csrfmiddlewaretoken"}
    return hashlib.sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()
