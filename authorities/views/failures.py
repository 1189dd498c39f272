"""What the site answers when something has failed: nothing is asked, and nothing is given away."""

import errno
import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string

from authorities.request_ids import current, taken

logger = logging.getLogger(__name__)

# A database is back within this time, or somebody is at work on it.
RETRY_SECONDS = 30
# A disk or somebody's share of one is full, or can only be read.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something failed, with a reference that stands in the log beside what it was.

    Where the database is out of reach or too busy, or a disk is full, 503 says when to come again:
    nothing is wrong with what was asked.
    """
    is_out_of_reach = _is_out_of_reach(sys.exc_info()[1])
    # The id by which every line of the request is found.
    reference = current() or taken("")
    match = request.resolver_match
    route = match.view_name if match is not None else "none"
    logger.error("Request failed, reference %s, %s %s", reference, request.method, route)
    status = 503 if is_out_of_reach else 500
    answer: HttpResponse
    if request.path.startswith("/api/"):
        answer = JsonResponse(_problems(reference, is_out_of_reach), status=status)
    else:
        page = render_to_string(
            "500.html", {"reference": reference, "is_out_of_reach": is_out_of_reach}
        )
        answer = HttpResponseServerError(page, status=status)
    if is_out_of_reach:
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _is_out_of_reach(error: BaseException | None) -> bool:
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    return isinstance(error, OperationalError | InterfaceError)


def _problems(reference: str, is_out_of_reach: bool) -> dict[str, object]:
    problem = {
        "code": "unavailable" if is_out_of_reach else "failed",
        "field": "",
        "message": f"The service failed, reference {reference}.",
        "fix": "Send it again in a minute, with the same Idempotency-Key if it had one.",
    }
    return {"errors": [problem], "total": 1}
