"""One form on one page, for every step of support: asked, refused in words, stored."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.generic import View

from authorities.models import User
from authorities.permissions import Permission
from authorities.views.centre import CentrePage
from duty.ui.navigation import BackLink
from duty.views.unsent import KeepsTyped, refilled
from engagement.actions import (
    enrolments,
    levers,
    peers,
    practice,
    support_offers,
    support_succession,
)
from engagement.lever_lifecycle import LeverRefusedError
from engagement.practice_lifecycle import PracticeRefusedError
from engagement.support_lifecycle import SupportRefusedError

# What an action refuses; each message says what to do, and some name the field.
REFUSED = (
    SupportRefusedError,
    support_offers.OfferRefusedError,
    support_offers.StaleOfferError,
    support_offers.FormUsedError,
    enrolments.EnrolmentRefusedError,
    enrolments.FormUsedError,
    enrolments.EmptyNoteError,
    peers.PeerRefusedError,
    support_succession.GoesOnRefusedError,
    practice.ExampleRefusedError,
    PracticeRefusedError,
    levers.LeverContentError,
    LeverRefusedError,
)


@dataclass(frozen=True)
class Page:
    """What stands around a form."""

    title: str
    button: str
    back: BackLink
    caption: str = ""
    lead: str = ""
    note: str = ""
    warns: bool = False


class _LetsIn(View, ABC):
    """Asks the page's own way in, inside of what keeps the words of an ended session."""

    now: datetime

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as the page's way in.
        """
        self.now = timezone.now()
        super().setup(request, *args, **kwargs)
        self.let_in()

    @abstractmethod
    def let_in(self) -> None:
        """Find what the form is about, for who may do this with it."""


class FormPage(KeepsTyped, _LetsIn):
    """A page with one form. What lets the person in stands in `let_in`."""

    @abstractmethod
    def form(self, data: Any = None) -> forms.Form:
        """Return the form, with what was sent or as it is first shown."""

    @abstractmethod
    def page(self) -> Page:
        """Return what stands around the form."""

    @abstractmethod
    def store(self, form: Any) -> tuple[str, str]:
        """Store a valid form; return what is said then, and where it leads."""

    @property
    def person(self) -> User:
        """Who writes; the way in has refused everybody who is not signed in."""
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        if (kept := self.kept_data) is not None:
            return self._show(refilled(self.form(kept)))
        return self._show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store it, or say what is wrong beside what was typed."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            said, leads = self.store(form)
        except REFUSED as error:
            field = getattr(error, "field", "") or None
            form.add_error(field if field in form.fields else None, str(error))
            return self._show(form, status=422)
        messages.success(request, said)
        return redirect(leads)

    def _show(self, form: forms.Form, *, status: int = 200) -> HttpResponse:
        page = self.page()
        context = {"form": form, "page": page, "back": page.back}
        return render(self.request, "engagement/support_form.html", context, status=status)


class CentreFormPage(FormPage, CentrePage):
    """A form of the centre's desk."""

    permission = Permission.SUPPORT_DESK_WRITE

    def let_in(self) -> None:
        """Find what the form is about; `CentrePage` has let the person in."""
