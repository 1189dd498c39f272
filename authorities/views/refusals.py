"""What the site answers when it finds nothing for the person who asks."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

from authorities.access import SignInNeededError


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Ask to sign in where that may be all that is missing; else say that there is no page.

    Programs are told as the API says no: to them a page is noise.
    """
    if request.path.startswith("/api/"):
        problem = {
            "code": "not_found",
            "field": "",
            "message": "There is no such address.",
            "fix": "Check the address against the documentation.",
        }
        return JsonResponse({"errors": [problem], "total": 1}, status=404)
    if isinstance(exception, SignInNeededError):
        return redirect_to_login(request.get_full_path())
    return defaults.page_not_found(request, exception)
