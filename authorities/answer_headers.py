"""Headers of every answer that Django and the content policy do not set themselves."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Nothing on the site uses any of these, so no script on a page may either.
_FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
# Security keys are asked for by our own pages.
PERMISSIONS_POLICY = ", ".join(
    [*(f"{feature}=()" for feature in _FEATURES), "publickey-credentials-get=(self)"]
)


class AnswerHeaders:
    """Says what pages may use, who may embed answers, and that private ones are kept nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on, and dress its answer."""
        answer = self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # What a person sees depends on who they are: neither a shared cache nor the next person at
        # the same device gets it, nor what a program of theirs is told. Files of the site itself
        # are the same for all.
        shows_who = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in (
            request.headers
        )
        if shows_who and not request.path.startswith(settings.STATIC_URL):
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer
