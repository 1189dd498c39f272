"""A change is approved, scheduled or cancelled."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from authorities.actions import reorganisations
from authorities.forms.reorganisations.steps import CancelForm, ScheduleForm, StepForm
from authorities.models import ReorganisationState
from authorities.permissions import Permission
from authorities.presenters.reorganisations.previews import preview_page, with_questions
from authorities.presenters.words import day_text
from authorities.queries.reorganisations import preview_of
from authorities.reorganisation.states import Step
from authorities.views.reorganisations.pages import ChangeFormPage


class ChangeApprove(ChangeFormPage):
    """A second person agrees to exactly what the preview shows."""

    permission = Permission.REORGANISATION_APPROVE
    step = Step.APPROVE
    form_class = StepForm
    template_name = "authorities/change_approve.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show once more what is agreed to."""
        context = super().get_context_data(**kwargs)
        preview = preview_of(self.reorganisation)
        if preview is None:
            return context
        page = preview_page(reorganisation=self.reorganisation, preview=preview)
        return {
            **context,
            "page": page,
            "people": with_questions(people=page.people, questions={}),
            "roles": self.roles_not_decided(),
        }

    def store(self, form: StepForm) -> HttpResponse:
        """Agree."""
        reorganisations.approve(
            reorganisation=self.reorganisation,
            version=form.cleaned_data["version"],
            by=self.person,
            at=timezone.now(),
        )
        return self.done("Approved. An administrator schedules it next.")


class ChangeSchedule(ChangeFormPage):
    """An administrator sets the change to happen, or tries again after a failure."""

    permission = Permission.REORGANISATION_APPLY
    step = Step.SCHEDULE
    form_class = ScheduleForm
    template_name = "authorities/change_schedule.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask for a reason only where something waits."""
        self.waiting = reorganisations.waits_for(reorganisation=self.reorganisation)
        return {**super().get_form_kwargs(), "waits": bool(self.waiting)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what waits, and what went wrong before."""
        row = self.reorganisation
        return {
            **super().get_context_data(**kwargs),
            "waiting": self.waiting,
            "day": day_text(day=row.effective_date),
            "due": row.effective_date <= timezone.localdate(),
            "failure": row.failure if row.state == ReorganisationState.FAILED else "",
        }

    def store(self, form: ScheduleForm) -> HttpResponse:
        """Set it."""
        reorganisations.schedule(
            reorganisation=self.reorganisation,
            version=form.cleaned_data["version"],
            override_reason=form.cleaned_data.get("override_reason", ""),
            by=self.person,
            at=timezone.now(),
        )
        return self.done("Scheduled. It happens by itself at the start of its day.")


class ChangeCancel(ChangeFormPage):
    """The change is given up and stays on record."""

    permission = Permission.REORGANISATION_CANCEL
    step = Step.CANCEL
    form_class = CancelForm
    template_name = "authorities/change_cancel.html"

    def store(self, form: CancelForm) -> HttpResponse:
        """Give it up."""
        reorganisations.cancel(
            reorganisation=self.reorganisation,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            by=self.person,
            at=timezone.now(),
        )
        return self.done("Given up. It stays on record with your reason.")
