"""One line in the log for each request: which page, by whom, with what outcome, how long it took.

The line holds the name of the page and never its address: an address may hold the key that opens an
account, and what is searched for.
"""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from authorities.access_notes import person_of, token_of
from authorities.request_ids import taken, working_on

logger = logging.getLogger(__name__)

HEADER = "X-Request-ID"


class RequestLog:
    """Gives each request an id, hands it back in a header, and logs the request (a middleware)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on, and log what became of it."""
        began = time.monotonic()
        request_id = taken(request.headers.get(HEADER, ""))
        with working_on(request_id):
            answer = self.get_response(request)
            answer.headers[HEADER] = request_id
            match = request.resolver_match
            person, token = person_of(request), token_of(request)
            logger.info(
                "request",
                extra={
                    "route": match.view_name if match is not None else "",
                    "method": request.method,
                    "status": answer.status_code,
                    "ms": round((time.monotonic() - began) * 1000),
                    "user": str(person.pk) if person is not None else "",
                    **({} if token is None else {"token": str(token.pk)}),
                },
            )
        return answer
