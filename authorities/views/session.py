"""Until when one is signed in, and staying so."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views import View

from authorities.sessions import SessionStore


class SessionEnd(LoginRequiredMixin, View):
    """Says when the session ends without prolonging it; prolongs it when asked to by a form."""

    # Read by the middleware: a page that only asks does not keep somebody signed in.
    prolongs_session = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """Say when the session ends."""
        return self._answer(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Prolong the session; lead home where no script asked."""
        if isinstance(request.session, SessionStore):
            request.session.prolong()
        if request.headers.get("Accept") == "application/json":
            return self._answer(request)
        messages.success(request, "You stay signed in.")
        return redirect("home")

    def _answer(self, request: HttpRequest) -> HttpResponse:
        ends_at = getattr(request.session, "ends_at", None)
        return JsonResponse({"ends_at": ends_at.isoformat() if ends_at else None})
