"""A change starts, is described anew, or is copied."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from authorities.actions import reorganisations
from authorities.forms.reorganisations.headings import HeadingForm, heading_of
from authorities.forms.reorganisations.steps import CopyForm
from authorities.permissions import Permission
from authorities.presenters.links import BackLink
from authorities.reorganisation.states import Step
from authorities.views.reorganisations.pages import ChangeFormPage, ProblemFormPage


class ChangeNew(ProblemFormPage):
    """A change, or a what-if, starts without operations."""

    permission = Permission.REORGANISATION_PROPOSE
    form_class = HeadingForm
    template_name = "authorities/change_heading.html"

    @property
    def is_what_if(self) -> bool:
        """Whether it is only to be looked at."""
        return self.request.GET.get("what_if") == "1"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the page is."""
        title = "Draft a what-if" if self.is_what_if else "Propose a change of bodies and areas"
        return {
            **super().get_context_data(**kwargs),
            "title": title,
            "what_if": self.is_what_if,
            "button": "Save and continue",
            "back": BackLink("Changes", reverse("changes:list")),
        }

    def store(self, form: HeadingForm) -> HttpResponse:
        """Start it."""
        made = reorganisations.draft(
            heading=form.heading(what_if=self.is_what_if), by=self.person, at=timezone.now()
        )
        return redirect("changes:operation-choose", reorganisation_id=made.pk)


class ChangeEdit(ChangeFormPage):
    """The title, the day or the source becomes another."""

    permission = Permission.REORGANISATION_PROPOSE
    step = Step.EDIT
    form_class = HeadingForm
    template_name = "authorities/change_heading.html"

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {**super().get_initial(), **heading_of(self.reorganisation)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the page is."""
        return {
            **super().get_context_data(**kwargs),
            "title": "Change title, day or source",
            "what_if": self.reorganisation.what_if,
            "button": "Save",
        }

    def store(self, form: HeadingForm) -> HttpResponse:
        """Store it; the preview is of another change then."""
        reorganisations.describe(
            reorganisation=self.reorganisation,
            version=form.cleaned_data["version"],
            heading=form.heading(what_if=self.reorganisation.what_if),
            by=self.person,
            at=timezone.now(),
        )
        return self.done("Saved. The change needs a preview again.")


class ChangeCopy(ChangeFormPage):
    """A new change, or a what-if, with the same operations."""

    permission = Permission.REORGANISATION_PROPOSE
    form_class = CopyForm
    template_name = "authorities/change_heading.html"

    @property
    def is_what_if(self) -> bool:
        """Whether the copy is only to be looked at."""
        return self.request.GET.get("what_if") == "1"

    def get_initial(self) -> dict[str, Any]:
        """Suggest what the original says."""
        return {**super().get_initial(), **heading_of(self.reorganisation)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the page is."""
        return {
            **super().get_context_data(**kwargs),
            "title": "Copy into a what-if" if self.is_what_if else "Copy into a change",
            "what_if": self.is_what_if,
            "button": "Make the copy",
        }

    def store(self, form: HeadingForm) -> HttpResponse:
        """Make the copy."""
        made = reorganisations.copy(
            reorganisation=self.reorganisation,
            heading=form.heading(what_if=self.is_what_if),
            by=self.person,
            at=timezone.now(),
        )
        messages.success(self.request, "This is the copy. The original stays as it is.")
        return redirect("changes:detail", reorganisation_id=made.pk)
