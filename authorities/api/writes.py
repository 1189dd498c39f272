"""What every address of the API that takes something shares."""

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from authorities.actions import keyed_requests
from authorities.api.callers import credential_of
from authorities.api.parsers import StrictJsonParser
from authorities.api.problems import Problem, ProblemsError
from authorities.models import User

KEY_HEADER = "Idempotency-Key"
_KEY = re.compile(rf"[!-~]{{1,{keyed_requests.MOST_CHARACTERS}}}")
# Of an answer's headers, those that a replay must give too.
_KEPT_HEADERS = ("ETag", "Location")
KEY_PARAMETER = OpenApiParameter(
    KEY_HEADER,
    str,
    OpenApiParameter.HEADER,
    description=(
        "A key of your own for this one thing to do, such as a UUID. The same request with the "
        "same key is done once and answered alike for three days."
    ),
)

_Handler = Callable[..., HttpResponseBase]


class WriteView(APIView):
    """Reads strictly, and says what is wrong in one shape."""

    parser_classes = [StrictJsonParser]

    raw: bytes

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Keep what was sent as it was sent; it is read once only.

        First of all: the check of where a session's POST comes from reads its stream to the end.
        """
        self.raw = request.body
        super().initial(request, *args, **kwargs)

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        """Let nobody on the way keep what only members may read."""
        answered = super().finalize_response(request, response, *args, **kwargs)
        answered["Cache-Control"] = "private, no-store"
        return answered


def person_of(request: Request) -> User:
    """Return who asks, where only members are let in.

    Raises:
        NotAuthenticated: nobody is signed in.
    """
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def key_of(request: Request) -> str | None:
    """Return the key that the request names itself by.

    Raises:
        ProblemsError: it is none.
    """
    key: str | None = request.headers.get(KEY_HEADER)
    if key is not None and not _KEY.fullmatch(key):
        raise ProblemsError(
            Problem(
                "bad-key",
                KEY_HEADER,
                f"{KEY_HEADER} must have 1 to {keyed_requests.MOST_CHARACTERS} visible characters.",
                "Send a UUID, for example.",
            )
        )
    return key


def answered_once(handler: _Handler) -> _Handler:
    """Do what a request with a key asks once, and answer the same again alike."""

    @wraps(handler)
    def answer(view: WriteView, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = key_of(request)
        if key is None:
            return handler(view, request, *args, **kwargs)

        def make() -> keyed_requests.Answered:
            try:
                response = handler(view, request, *args, **kwargs)
            except Exception as error:
                response = view.handle_exception(error)
            return _answered(response)

        sent = keyed_requests.Request(
            credential=credential_of(request),
            key=key,
            method=request.method or "",
            path=request.path,
            body_sha256=hashlib.sha256(view.raw).hexdigest(),
        )
        try:
            answered = keyed_requests.answer_once(
                request=sent, make=make, by=person_of(request), at=timezone.now()
            )
        except keyed_requests.KeyReusedError as error:
            raise ProblemsError(
                Problem("key-reused", KEY_HEADER, str(error), "Make a new key."), status_code=422
            ) from error
        except keyed_requests.KeyInUseError as error:
            raise ProblemsError(
                Problem("key-in-use", KEY_HEADER, str(error), "Ask again with the same key."),
                status_code=409,
                more={"retry_after": 1},
            ) from error
        return _response(answered)

    return answer


def _answered(response: HttpResponseBase) -> keyed_requests.Answered:
    data = getattr(response, "data", None)
    return keyed_requests.Answered(
        status=response.status_code,
        content="" if data is None else JSONRenderer().render(data).decode(),
        headers={name: response[name] for name in _KEPT_HEADERS if name in response},
    )


def _response(answered: keyed_requests.Answered) -> HttpResponse:
    response = HttpResponse(
        answered.content,
        status=answered.status,
        headers=dict(answered.headers),
        content_type="application/json",
    )
    if answered.replayed:
        response["Idempotency-Replayed"] = "true"
    return response
