"""What the frame of every page shows."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from authorities.read_only import shown_standing


@dataclass(frozen=True)
class NavItem:
    """One link of the main navigation."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class BackLink:
    """The link above a page's title to the page that it belongs to."""

    label: str
    url: str


def site(request: HttpRequest) -> dict[str, object]:
    """Give each page what the frame needs from the settings and the session.

    A context processor. `session_ends` is an instant where somebody is signed in, else None.
    """
    visitor = getattr(request, "user", None)
    signed_in = visitor is not None and visitor.is_authenticated
    return {
        "demonstration": bool(getattr(settings, "DEMONSTRATION", False)),
        "govuk_brand": bool(getattr(settings, "GOVUK_BRAND", False)),
        "maintenance": shown_standing(),
        "session_ends": getattr(request.session, "ends_at", None) if signed_in else None,
    }
