"""Owners of a framework say something beside a computed status, and take it back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.generic import View

from authorities.access import access_owned, require_sign_in
from authorities.models import Body, User
from authorities.permissions import Permission
from authorities.queries.dated import names_on
from outcomes.actions import baseline_confirmations
from outcomes.actions import owner_notes as actions
from outcomes.presenters import progress_indicator
from outcomes.progress_forms import BaselineConfirmForm, OwnerNoteForm
from outcomes.queries import owner_notes, progress_pages
from outcomes.queries.progress_pages import NothingAgreedError


class _OwnersPage(View):
    """A page for who may write at a body that owns the framework."""

    permission = Permission.OWNER_NOTE_EDIT
    body: Body

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `access_owned`; 404 too where nothing was agreed.
        """
        super().setup(request, *args, **kwargs)
        # Before anything is looked up, so that a refusal says nothing of what exists.
        require_sign_in(request.user, permission=self.permission)
        owners = owner_notes.owners_of_key(framework=kwargs["framework_id"])
        if not owners:
            raise Http404
        bodies = list(owners.values())
        access_owned(request.user, bodies, permission=self.permission)
        try:
            self.facts = progress_pages.indicator(
                framework=kwargs["framework_id"],
                lineage=kwargs["lineage"],
                version=None,
                method=None,
                day=timezone.localdate(),
            )
        except NothingAgreedError as none:
            raise Http404 from none
        self.body = access_owned(request.user, self.ordered(bodies), permission=self.permission)

    def ordered(self, owners: Sequence[Body]) -> Sequence[Body]:
        """Return the owners in the order in which a person of several acts for them."""
        return owners

    @property
    def person(self) -> User:
        """Who writes; `access_owned` has refused everybody who is not signed in."""
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user

    def back(self) -> HttpResponse:
        """Lead to the indicator's page."""
        return redirect("progress:indicator", self.facts.framework, self.facts.lineage)


class BaselineConfirm(_OwnersPage):
    """An owner confirms a baseline that was revised by much."""

    permission = Permission.FRAMEWORK_EDIT

    def ordered(self, owners: Sequence[Body]) -> Sequence[Body]:
        """Return the owners, those first that have yet to confirm it."""
        waits = self.facts.confirmations.waits_for
        return sorted(owners, key=lambda body: body.pk not in waits)

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Show both values; where nothing is asked of the owner, lead to the indicator."""
        if self.body.pk not in self.facts.confirmations.waits_for:
            return self.back()
        return self._page(BaselineConfirmForm(initial=self._initial()))

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Store it, or say why not."""
        form = BaselineConfirmForm(request.POST)
        if not form.is_valid():
            return self._page(BaselineConfirmForm(initial=self._initial()), status=422)
        try:
            baseline_confirmations.confirm(
                framework=owner_notes.framework_of(key=self.facts.framework),
                lineage=self.facts.lineage,
                body=self.body,
                value_read=form.cleaned_data["value"],
                by=self.person,
                at=timezone.now(),
            )
        except baseline_confirmations.ConfirmationRefusedError as error:
            again = BaselineConfirmForm(self._initial())
            again.add_error(None, str(error))
            return self._page(again, status=409)
        messages.success(request, "Your side has confirmed the revised baseline.")
        return self.back()

    def _initial(self) -> dict[str, Any]:
        return {"value": self.facts.confirmations.revised}

    def _page(self, form: BaselineConfirmForm, *, status: int = 200) -> HttpResponse:
        return render(
            self.request,
            "outcomes/baseline_confirm.html",
            {
                "form": form,
                "facts": self.facts,
                "own": names_on(day=timezone.localdate(), bodies=[self.body.pk]).name(self.body.pk),
                "page": progress_indicator.present(facts=self.facts),
            },
            status=status,
        )


class OwnerNoteNew(_OwnersPage):
    """Says something."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Show the form beside the status as it reads now."""
        return self._page(OwnerNoteForm.fresh())

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Store it."""
        form = OwnerNoteForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        said = form.cleaned_data
        try:
            actions.add(
                framework=owner_notes.framework_of(key=self.facts.framework),
                lineage=self.facts.lineage,
                body=self.body,
                role=said["role"],
                text=said["text"],
                contested=said["contested"],
                form_key=said["form_key"],
                by=self.person,
                at=timezone.now(),
            )
        except actions.NoteRefusedError as error:
            form.add_error(None, str(error))
            return self._page(form, status=422)
        messages.success(request, "Your note stands beside the status.")
        return self.back()

    def _page(self, form: OwnerNoteForm, *, status: int = 200) -> HttpResponse:
        return render(
            self.request,
            "outcomes/owner_note.html",
            {"form": form, "facts": self.facts, "body": self.body},
            status=status,
        )


class OwnerNoteWithdraw(_OwnersPage):
    """Takes a note of one's own body back."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the note.

        Raises:
            Http404: it was never said there, or another body said it.
        """
        super().setup(request, *args, **kwargs)
        found = owner_notes.note_said(
            key=kwargs["note_id"], lineage=self.facts.lineage, body=self.body.pk
        )
        if found is None:
            raise Http404
        self.note = found

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Ask whether it is meant."""
        return render(
            request, "outcomes/owner_note_withdraw.html", {"note": self.note, "facts": self.facts}
        )

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Take it back."""
        actions.withdraw(note=self.note, body=self.body, by=self.person, at=timezone.now())
        messages.success(request, "The note is taken back.")
        return self.back()
