"""A person's own tokens for programs: listed, made, shown once, revoked."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages as flash
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from authorities.access import require_proof
from authorities.actions import tokens as actions
from authorities.forms.tokens import TokenForm
from authorities.models import ApiToken, TokenScope, User
from authorities.presenters import tokens as presenter
from authorities.presenters.people import last_day_of
from authorities.queries import tokens as queries
from authorities.views.people import end_of

logger = logging.getLogger(__name__)


class _OwnTokensPage(LoginRequiredMixin, View):
    """A page of one's own tokens; everybody has their own only."""

    now: datetime

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Fix the moment."""
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    @property
    def person(self) -> User:
        """Whose tokens they are; the mixin has sent others to sign in."""
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page."""
        return render(self.request, template, context, status=status)


class TokenList(_OwnTokensPage):
    """One's tokens, with the way to make and to revoke one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        found = queries.own_tokens(person=self.person, at=self.now)
        return self.show("authorities/tokens.html", page=presenter.tokens_page(tokens=found))


class TokenNew(_OwnTokensPage):
    """Makes a token, for who has proved a short while ago who they are, and shows it once.

    It is shown in the answer to the form itself: to lead on to another page, its text would have
    to be stored.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        require_proof(self.person)
        return self._show(self._form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make the token and show its text."""
        require_proof(self.person)
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            made = actions.make(
                name=form.cleaned_data["name"],
                scope=TokenScope(form.cleaned_data["scope"]),
                ends_at=end_of(last_day=form.cleaned_data["last_day"]),
                by=self.person,
                at=self.now,
            )
        except actions.WrongEndError as refusal:
            form.add_error("last_day", str(refusal))
            return self._show(form, status=422)
        except actions.TokenError as refusal:
            form.add_error("name", str(refusal))
            return self._show(form, status=422)
        self._tell(made.token)
        return self.show(
            "authorities/token_made.html",
            back=presenter.back_to_tokens(),
            name=made.token.name,
            text=made.text,
        )

    def _tell(self, token: ApiToken) -> None:
        """Write to the person, as whenever the way into an account is changed."""
        told = {
            "last_day": last_day_of(token.ends_at),
            "tokens_url": f"{settings.SITE_URL}{reverse('authorities:tokens')}",
        }
        try:
            get_adapter(self.request).send_notification_mail(
                "account/email/token_made", self.person, told
            )
        except OSError:
            # The mail server is away. The token is made, and would be lost with an error here.
            logger.exception("the owner of a new token was not written to")

    def _form(self, data: Any = None) -> TokenForm:
        return TokenForm(data, today=timezone.localdate(self.now))

    def _show(self, form: TokenForm, *, status: int = 200) -> HttpResponse:
        return self.show(
            "authorities/token_new.html", status=status, form=form, back=presenter.back_to_tokens()
        )


class TokenRevoke(_OwnTokensPage):
    """Revokes one token. No proof is asked for: that would only keep a lost token working."""

    def get(self, request: HttpRequest, token_id: UUID) -> HttpResponse:
        """Ask once more."""
        token = self._token(token_id)
        if token.revoked_at is not None or token.ends_at <= self.now:
            flash.info(request, "This token works no more.")
            return redirect("authorities:tokens")
        return self.show("authorities/token_revoke.html", page=presenter.token_page(token=token))

    def post(self, request: HttpRequest, token_id: UUID) -> HttpResponse:
        """Revoke it, and go back to the list."""
        try:
            actions.revoke(token=self._token(token_id), by=self.person, at=self.now)
        except actions.OverError as refusal:
            flash.info(request, str(refusal))
        else:
            flash.success(
                request,
                "The token is revoked. A program that uses it is refused from now on.",
            )
        return redirect("authorities:tokens")

    def _token(self, key: UUID) -> ApiToken:
        found = queries.own_token(person=self.person, key=key)
        if found is None:
            raise Http404
        return found
