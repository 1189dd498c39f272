"""Where one's own account is in use, and signing it out everywhere else."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View

from authorities.access import ProofNeededError
from authorities.actions.own_sessions import end_own_sessions
from authorities.models import AccessKind, User
from authorities.presenters.register_feeds import moment_text
from authorities.presenters.tables import Cell, Column
from authorities.queries.sign_ins import SignInsPage, sign_ins_of
from authorities.views.centre import page_number

_SHOWN = timedelta(days=30)


class OwnSignIns(LoginRequiredMixin, View):
    """What happened at one's account in the last days, and a way to end what goes on elsewhere."""

    columns: ClassVar = (Column("When"), Column("What"), Column("From the network"))

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of it."""
        found = sign_ins_of(
            person=_person(request),
            since=timezone.now() - _SHOWN,
            page=page_number(request=request),
        )
        context = {
            "columns": self.columns,
            "rows": self._rows(found),
            "found": found,
            "days": _SHOWN.days,
            "hours": settings.SESSION_LONGEST // 3600,
        }
        return render(request, "account/sign_ins.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Sign out everywhere else.

        Raises:
            ProofNeededError: it is too long ago that the person proved who they are.
        """
        person = _person(request)
        if not person.proven_recently:
            raise ProofNeededError
        end_own_sessions(person=person, at=timezone.now())
        person.refresh_from_db()
        # This one goes on, under a key of its own.
        update_session_auth_hash(request, person)
        messages.success(request, "You are signed out everywhere but here.")
        return redirect("account_sign_ins")

    def _rows(self, found: SignInsPage) -> tuple[tuple[Cell, ...], ...]:
        return tuple(
            (
                Cell(moment_text(moment=one.at)),
                Cell(AccessKind(one.kind).label),
                Cell(one.network or "Not known"),
            )
            for one in found.events
        )


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the mixin has refused everybody else
    return request.user
