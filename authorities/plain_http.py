"""Refuses programs that send without encryption: a redirect would let them go on doing so."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse


class PlainHttpRefused:
    """Answers for the API in place of the redirect that browsers get."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse what came to the API as plain text, or hand the request on."""
        if (
            not settings.SECURE_SSL_REDIRECT
            or request.is_secure()
            or not request.path.startswith("/api/")
        ):
            return self.get_response(request)
        problem = {
            "code": "https-needed",
            "field": "",
            "message": "What you sent was not encrypted, and others may have read it.",
            "fix": "Send it to the same address with https. Make a new token if you sent one.",
        }
        return JsonResponse({"errors": [problem], "total": 1}, status=403)
