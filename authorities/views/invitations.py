"""The page behind the link of an invitation: who is invited comes in, or takes up another role."""

from datetime import datetime
from typing import Any

from allauth.account.utils import perform_login
from django.contrib import messages as flash
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from authorities.actions import invitations
from authorities.forms.people import JoinForm
from authorities.models import Invitation, User
from authorities.permissions import Permission
from authorities.presenters import invitations as presenter


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class InvitationPage(View):
    """What an invitation offers, and its acceptance. Whoever has the link is let in."""

    permission = Permission.REGISTER_READ

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show it, or say why the link does not work."""
        row, refusal = self._find(token)
        if row is None:
            return refusal
        return self._show(row, self._form(row))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Take up the role, with a new account where there is none."""
        row, refusal = self._find(token)
        if row is None:
            return refusal
        now = timezone.now()
        if isinstance(request.user, User):
            return self._accept(row, request.user, now)
        form = self._form(row, request.POST)
        if form is None:
            return self._show(row, None, status=422)
        if not form.is_valid():
            return self._show(row, form, status=422)
        try:
            person = invitations.join(
                invitation=row,
                full_name=form.cleaned_data["full_name"],
                password=form.cleaned_data["password"],
                at=now,
            )
        except invitations.InvitationError:
            # Somebody was quicker with the same link: the page says what it is now.
            return redirect("authorities:invitation", token)
        person.refresh_from_db()
        flash.success(request, "Your account is made.")
        answer: HttpResponse = perform_login(request, person, redirect_url="/")
        return answer

    def _accept(self, row: Invitation, person: User, now: datetime) -> HttpResponse:
        try:
            member = invitations.accept(invitation=row, by=person, at=now)
        except invitations.WrongPersonError:
            return self._show(row, None, status=422)
        except invitations.InvitationError:
            return redirect(self.request.path)
        # All sessions end where a role is given, but for the one in which it was taken up.
        person.refresh_from_db(fields=["sessions_ended"])
        update_session_auth_hash(self.request, person)
        flash.success(self.request, f"You have the role now: {member.get_role_display().lower()}.")
        return redirect("home")

    def _find(self, token: str) -> tuple[Invitation | None, HttpResponse]:
        row = invitations.of_token(token=token)
        dead = presenter.why_dead(invitation=row, at=timezone.now())
        if dead is None:
            return row, HttpResponse()
        page = render(
            self.request,
            "authorities/invitation_dead.html",
            {"page": dead},
            status=404 if row is None else 410,
        )
        return None, page

    def _form(self, row: Invitation, data: Any = None) -> JoinForm | None:
        if self.request.user.is_authenticated or User.objects.filter(email=row.email).exists():
            return None
        return JoinForm(data, email=row.email)

    def _show(self, row: Invitation, form: JoinForm | None, *, status: int = 200) -> HttpResponse:
        visitor = self.request.user
        page = presenter.invitation_page(
            invitation=row,
            person=visitor if isinstance(visitor, User) else None,
            is_new=form is not None,
            path=self.request.path,
            at=timezone.now(),
        )
        return render(
            self.request,
            "authorities/invitation.html",
            {"page": page, "form": form},
            status=status,
        )
