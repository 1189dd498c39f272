"""The preview of a change: made, shown, decided upon and taken away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from authorities.access import require
from authorities.actions import reorganisations
from authorities.actions.reorganisation_checks import note_download
from authorities.forms.reorganisations.steps import RightsForm, StepForm
from authorities.models import ReorganisationState
from authorities.permissions import Permission
from authorities.presenters.reorganisations import files
from authorities.presenters.reorganisations.previews import preview_page, with_questions
from authorities.queries.change_names import names_in
from authorities.queries.reorganisations import change_of, preview_of
from authorities.reorganisation.facts import BodyKey
from authorities.reorganisation.operations import successors
from authorities.reorganisation.preview import Preview
from authorities.views.csv_files import csv_answer
from authorities.views.reorganisations.pages import ChangeFormPage, ChangePage


class ChangePreview(ChangeFormPage):
    """Everything that a change would do; the form decides about people's roles."""

    form_class = RightsForm
    template_name = "authorities/change_preview.html"

    @property
    def may_decide(self) -> bool:
        """Whether the reader may still decide about roles."""
        return (
            self.may(Permission.REORGANISATION_PROPOSE)
            and self.reorganisation.state == ReorganisationState.READY
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask about each role at a body that ends."""
        change = change_of(self.reorganisation)
        names = names_in(change)
        people = self.preview.people if self.preview else ()
        bodies = {(line.body_kind, line.body_slug) for line in people}
        return {
            **super().get_form_kwargs(),
            "people": people,
            "heirs": {
                key: [(heir.slug, names.body(heir)) for heir in successors(change, BodyKey(*key))]
                for key in bodies
            },
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the preview, or the change where there is none."""
        if self.preview is None:
            return redirect("changes:detail", reorganisation_id=self.reorganisation.pk)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the decisions of who may propose.

        Raises:
            PermissionDenied: the person may only read.
        """
        require(request.user, Permission.REORGANISATION_PROPOSE)
        return super().post(request, *args, **kwargs)

    def store(self, form: RightsForm) -> HttpResponse:
        """Store what was decided."""
        reorganisations.decide_rights(
            reorganisation=self.reorganisation,
            version=form.cleaned_data["version"],
            decisions=form.decisions(),
            by=self.person,
            at=timezone.now(),
        )
        messages.success(self.request, "Saved what becomes of the roles.")
        return redirect("changes:preview", reorganisation_id=self.reorganisation.pk)

    @property
    def preview(self) -> Preview | None:
        """The frozen preview, if there is one."""
        return preview_of(self.reorganisation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the preview."""
        context = super().get_context_data(**kwargs)
        preview = self.preview
        if preview is None:
            return context
        page = preview_page(reorganisation=self.reorganisation, preview=preview)
        form: RightsForm = context["form"]
        questions = {name: form[name] for name in form.fields} if self.may_decide else {}
        return {
            **context,
            "page": page,
            "people": with_questions(people=page.people, questions=questions),
            "may_decide": self.may_decide,
        }


class PreviewMake(ChangeFormPage):
    """Rehearses the change and freezes what it would do."""

    permission = Permission.REORGANISATION_PROPOSE
    form_class = StepForm
    template_name = "authorities/change_refused.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the change, which has the button."""
        return redirect("changes:detail", reorganisation_id=self.reorganisation.pk)

    def store(self, form: StepForm) -> HttpResponse:
        """Make the preview."""
        reorganisations.preview(
            reorganisation=self.reorganisation,
            version=form.cleaned_data["version"],
            by=self.person,
            at=timezone.now(),
        )
        name = "changes:what-if" if self.reorganisation.what_if else "changes:preview"
        return redirect(name, reorganisation_id=self.reorganisation.pk)


class PreviewFile(ChangePage):
    """A file of the preview; who takes it away is in the history."""

    what = ""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Send the file."""
        preview = preview_of(self.reorganisation)
        if preview is None:
            raise Http404
        make = {
            "pairs": files.pairs_csv,
            "governance": files.governance_csv,
            "people": files.people_csv,
        }[self.what]
        text = make(reorganisation=self.reorganisation, preview=preview)
        note_download(
            reorganisation=self.reorganisation, what=self.what, by=self.person, at=timezone.now()
        )
        return csv_answer(text=text, name=f"change-{self.reorganisation.pk}-{self.what}.csv")
