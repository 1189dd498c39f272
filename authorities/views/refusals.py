"""What the site answers when it finds nothing for the person who asks."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views import defaults

from authorities.access import SignInNeededError


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Ask to sign in where that may be all that is missing; else say that there is no page."""
    if isinstance(exception, SignInNeededError):
        return redirect_to_login(request.get_full_path())
    return defaults.page_not_found(request, exception)
