"""Counts requests by the name of their address, method and status; nothing else of them.

No label holds a path, a parameter or anything of a person, so that the number of labels is the
number of addresses.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
REQUESTS = Counter(
    "health_duty_requests", "Requests that were answered.", ["route", "method", "status"]
)
SECONDS = Histogram(
    "health_duty_request_seconds",
    "How long requests took until their answer began, in seconds.",
    ["route"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class RequestMetrics:
    """Counts each request, where metrics are asked for at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on, and count its answer."""
        if not settings.METRICS_TOKEN:
            return self.get_response(request)
        began = time.monotonic()
        answer = self.get_response(request)
        match = request.resolver_match
        route = match.view_name if match is not None and match.view_name else "no address"
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(route, method, str(answer.status_code)).inc()
        SECONDS.labels(route).observe(time.monotonic() - began)
        return answer
