"""What all pages of the centre about rounds share: who is let in, and which round it is."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from authorities.permissions import Permission
from authorities.views.centre import CentrePage
from duty.actions.round_stages import SeenAnotherListError
from duty.actions.round_steps import role_for, roles_of
from duty.models import Round
from duty.round_lifecycle import (
    RoundEvent,
    RoundGuard,
    RoundRefusedError,
    RoundState,
    allowed_events,
    next_state,
)
from duty.ui.navigation import BackLink
from duty.ui.typed import typed_rows
from duty.views.unsent import KeepsTyped, refilled

# Where a form says what a guard refuses; the others are said above the form.
GUARD_FIELDS = {
    RoundGuard.REASON_GIVEN: "reason",
    RoundGuard.CHECKS_DECIDED: "reason",
    RoundGuard.EXTENSION_LONGER: "edits_until",
    RoundGuard.EXTENSION_BEFORE_REPLY: "edits_until",
    RoundGuard.LAST_DAY_AHEAD: "edits_until",
    RoundGuard.SIGN_OFF_NOT_AWAITED: "confirm",
    RoundGuard.BODIES_EXPECTED: "authorities",
    RoundGuard.KEEPS_STARTED_RETURNS: "authorities",
    RoundGuard.TIME_AHEAD: "publish_on",
}


class RoundPage(CentrePage):
    """A page of one round."""

    permission: ClassVar[Permission] = Permission.ROUND_READ

    round: Round
    # What the page is for; where the state does not allow it, there is nothing to fill in.
    step: ClassVar[RoundEvent | None] = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the round.

        Raises:
            Http404, PermissionDenied: as `require`; 404 too where there is no such round.
        """
        super().setup(request, *args, **kwargs)
        found = (
            Round.objects.filter(slug=kwargs["round_slug"])
            .select_related(
                "specification", "copied_from", "indicator_set", "indicator_set_version"
            )
            .first()
        )
        if found is None:
            raise Http404
        self.round = found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back to the round, and say why, where its state does not allow the step.

        What was typed for it is shown, since it is not stored.
        """
        if (step := self.step_now) is not None:
            try:
                next_state(
                    state=RoundState(self.round.state),
                    event=step,
                    role=role_for(event=step, by=self.person),
                    holding=frozenset(RoundGuard),
                )
            except RoundRefusedError as error:
                form = self.sent_form() if request.method == "POST" else None
                if form is not None and typed_rows(form=form):
                    return self.show("duty/not_done.html", status=409, why=str(error), form=form)
                messages.info(request, str(error))
                return redirect("rounds:control", round_slug=self.round.slug)
        return super().dispatch(request, *args, **kwargs)

    @property
    def step_now(self) -> RoundEvent | None:
        """The step that the page takes from where the round stands."""
        return self.step

    def sent_form(self) -> forms.Form | None:
        """Return the page's form as it was sent; None where it has none."""
        return None

    @property
    def events(self) -> tuple[RoundEvent, ...]:
        """The steps that the person may try from where the round stands."""
        if not self.may(Permission.ROUND_MANAGE) and not self.may(Permission.ROUND_APPROVE):
            return ()
        state = RoundState(self.round.state)
        roles = roles_of(by=self.person)
        return tuple(
            dict.fromkeys(
                event for role in roles for event in allowed_events(state=state, role=role)
            )
        )

    @property
    def back(self) -> BackLink:
        """The link to the round."""
        return BackLink(self.round.name, reverse("rounds:control", args=[self.round.slug]))

    def done(self, message: str) -> HttpResponse:
        """Say what was stored, and go back to the round."""
        messages.success(self.request, message)
        return redirect("rounds:control", round_slug=self.round.slug)

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page of the round."""
        return super().show(
            template, status=status, **{"round": self.round, "back": self.back, **context}
        )


class StepPage(KeepsTyped, RoundPage, ABC):
    """A form that takes one step of a round; a refusal is said at its place."""

    template = "duty/round_step.html"

    @abstractmethod
    def form(self, data: Any = None) -> forms.Form:
        """Return the form, empty or as it was sent."""

    @abstractmethod
    def words(self) -> dict[str, Any]:
        """Return title, lead and button of the page."""

    @abstractmethod
    def store(self, form: Any) -> HttpResponse:
        """Take the step and lead on."""

    def sent_form(self) -> forms.Form | None:
        """Return the form as it was sent."""
        return self.form(self.request.POST)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        kept = self.kept_data
        form = self.form() if kept is None else refilled(self.form(kept))
        return self.show(self.template, form=form, **self.words())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take the step, or show the form again with what is to be corrected."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.again(form, status=422)
        try:
            return self.store(form)
        except SeenAnotherListError as error:
            form = self.seen_anew(form)
            form.add_error(None, str(error))
            return self.again(form, status=409)
        except RoundRefusedError as error:
            say_refusal(form=form, error=error)
            return self.again(form, status=422 if error.guards else 409)

    def seen_anew(self, form: forms.Form) -> forms.Form:
        """Return the form with what was typed, about the list as it is now."""
        return form

    def again(self, form: forms.Form, *, status: int) -> HttpResponse:
        """Show the form with what was typed."""
        return self.show(self.template, form=form, status=status, **self.words())


class VersionedPage(StepPage, ABC):
    """A form that says which version of the round it was made from; two people lose nothing.

    What somebody else stored since stands above the form, and what was typed in it.
    """

    overtaken = False

    @property
    def stored_now(self) -> str:
        """What is stored now, in words; the lead says it where this is empty."""
        return ""

    def seen_anew(self, form: forms.Form) -> forms.Form:
        """Keep what was typed, about the round as it is now."""
        self.round.refresh_from_db()
        self.overtaken = True
        kept = self.request.POST.copy()
        kept["version"] = str(self.round.version)
        return self.form(kept)

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Say what is stored where somebody else was first."""
        said = self.stored_now if self.overtaken else ""
        return super().show(template, status=status, stored_now=said, **context)


def say_refusal(*, form: forms.Form, error: RoundRefusedError) -> None:
    """Say a refusal at the field that can mend it, else above the form."""
    fields = [GUARD_FIELDS.get(guard) for guard in error.guards]
    named = next((name for name in fields if name in form.fields), None)
    form.add_error(named, str(error))
