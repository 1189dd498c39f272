"""The centre says something beside the mission's figures, and withdraws it."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from authorities.access import acting_as
from authorities.models import Role
from authorities.permissions import Permission
from authorities.queries.dated import names_on
from authorities.views.centre import CentrePage
from outcomes.actions import mission_notes as actions
from outcomes.mission_forms import MissionNoteForm, WithdrawMissionNoteForm
from outcomes.queries import mission_notes as queries


class MissionNoteNew(CentrePage):
    """Says something."""

    permission: ClassVar[Permission] = Permission.MISSION_NOTE_WRITE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return self._page(MissionNoteForm(initial={"form_key": uuid4()}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store it."""
        form = MissionNoteForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            actions.add(
                **form.cleaned_data, signed_as=self._signature(), by=self.person, at=self.now
            )
        except actions.MissionNoteRefusedError as error:
            form.add_error(None, str(error))
            return self._page(form, status=422)
        messages.success(request, "Your note stands under the figures.")
        return redirect("mission:page")

    def _page(self, form: MissionNoteForm, *, status: int = 200) -> HttpResponse:
        return self.show(
            "outcomes/mission_note.html", form=form, signed_as=self._signature(), status=status
        )

    def _signature(self) -> str:
        """Return the role in which the person writes, with its department."""
        held = acting_as(self.person, self.permission)
        names = names_on(day=timezone.localdate(self.now), bodies=[held.body_id])
        return f"{Role(held.role).label}, {names.name(held.body_id)}"


class MissionNoteWithdraw(CentrePage):
    """Takes a note back, with a reason."""

    permission: ClassVar[Permission] = Permission.MISSION_NOTE_WRITE

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the note.

        Raises:
            Http404, PermissionDenied: as `require`; 404 too where there is no such note.
        """
        super().setup(request, *args, **kwargs)
        try:
            self.note = queries.mission_note(key=kwargs["note_id"])
        except queries.NoSuchNoteError as none:
            raise Http404 from none

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for the reason."""
        return self._page(WithdrawMissionNoteForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take it back."""
        form = WithdrawMissionNoteForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            actions.withdraw(
                note=self.note, reason=form.cleaned_data["reason"], by=self.person, at=self.now
            )
        except actions.MissionNoteRefusedError as error:
            form.add_error(None, str(error))
            return self._page(form, status=409)
        messages.success(request, "The note is withdrawn.")
        return redirect("mission:page")

    def _page(self, form: WithdrawMissionNoteForm, *, status: int = 200) -> HttpResponse:
        return self.show(
            "outcomes/mission_note_withdraw.html", form=form, note=self.note, status=status
        )
