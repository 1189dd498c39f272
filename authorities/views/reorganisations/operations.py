"""What a change does: chosen, described and taken away again."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView

from authorities.actions import reorganisations
from authorities.actions.reorganisation_checks import problems_of_more
from authorities.forms.reorganisations.areas import TransferForm
from authorities.forms.reorganisations.mergers import (
    ClusterEndForm,
    ClusterStartForm,
    MergeForm,
)
from authorities.forms.reorganisations.new_bodies import PLURALS
from authorities.forms.reorganisations.operations import (
    ONLY_KIND,
    CloseForm,
    OpenForm,
    OperationForm,
    OperationKindForm,
    RecodeForm,
    RenameForm,
    RetypeForm,
    title_of,
)
from authorities.forms.reorganisations.splits import SplitForm
from authorities.forms.reorganisations.steps import StepForm
from authorities.permissions import Permission
from authorities.presenters.links import BackLink
from authorities.presenters.reorganisations.words import operation_text
from authorities.queries.body_choices import operation_choices
from authorities.queries.change_names import names_in
from authorities.queries.reorganisations import change_of, operation_of
from authorities.reorganisation.facts import AUTHORITY, BOARD, COUNCIL
from authorities.reorganisation.guards import Guard
from authorities.reorganisation.states import Step
from authorities.views.reorganisations.pages import ChangeFormPage, ChangePage

OPERATION_FORMS: dict[str, type[OperationForm]] = {
    "merge": MergeForm,
    "split": SplitForm,
    "transfer": TransferForm,
    "open": OpenForm,
    "close": CloseForm,
    "rename": RenameForm,
    "recode": RecodeForm,
    "retype": RetypeForm,
    "cluster_start": ClusterStartForm,
    "cluster_end": ClusterEndForm,
}
# These ask for the areas on a page of their own.
AREAS_FOLLOW = frozenset({"split", "transfer"})
# What is not known before the areas are.
_ABOUT_AREAS = frozenset(
    {
        Guard.NO_AREA,
        Guard.AREA_LEFT,
        Guard.SHARES_SUM,
        Guard.NO_OPERATION,
        Guard.WHICH_AUTHORITY,
        Guard.PEOPLE_LEFT,
    }
)
_TEMPLATES = {"split": "authorities/change_split.html"}


class OperationChoose(ChangePage, FormView):  # type: ignore[type-arg]  # generic to mypy only
    """What happens, and to which kind of body."""

    permission = Permission.REORGANISATION_PROPOSE
    step = Step.EDIT
    form_class = OperationKindForm
    template_name = "authorities/change_operation_choose.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the change and the way back."""
        return {
            **super().get_context_data(**kwargs),
            "change": self.reorganisation,
            "back": self.back_link(),
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Lead to the questions of what was chosen."""
        said = form.cleaned_data
        return redirect(
            "changes:operation-new",
            reorganisation_id=self.reorganisation.pk,
            kind=said["kind"],
            body_kind=said["body_kind"],
        )

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form again as one that could not be taken."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class OperationPage(ChangeFormPage):
    """A page about a new operation on bodies of one kind."""

    permission = Permission.REORGANISATION_PROPOSE
    step = Step.EDIT
    kind: str
    body_kind: str

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read what kind of operation and of body the address names.

        Raises:
            Http404: there is none such.
        """
        super().setup(request, *args, **kwargs)
        self.kind, self.body_kind = kwargs["kind"], kwargs["body_kind"]
        known = self.body_kind in (AUTHORITY, BOARD, COUNCIL)
        only = ONLY_KIND.get(self.kind, self.body_kind)
        if self.kind not in OPERATION_FORMS or not known or self.body_kind != only:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the page is."""
        return {
            **super().get_context_data(**kwargs),
            "title": title_of(kind=self.kind, body_kind=self.body_kind),
            "of_what": PLURALS[self.body_kind],
            "back": BackLink(
                "What happens", reverse("changes:operation-choose", args=[self.reorganisation.pk])
            ),
        }

    def add(self, form: Any) -> HttpResponse:
        """Add what the form stands for."""
        reorganisations.add_operation(
            reorganisation=self.reorganisation,
            version=form.cleaned_data["version"],
            operations=form.operations(),
            by=self.person,
            at=timezone.now(),
        )
        return self.done("Added to the change.")


class OperationNew(OperationPage):
    """The questions about one operation."""

    def get_template_names(self) -> list[str]:
        """Return the page of the kind."""
        return [_TEMPLATES.get(self.kind, "authorities/change_operation.html")]

    def get_form_class(self) -> type[OperationForm]:
        """Return the questions of the kind."""
        return OPERATION_FORMS[self.kind]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add what may be named on the day of the change."""
        return {
            **super().get_form_kwargs(),
            "choices": operation_choices(
                change=change_of(self.reorganisation), body_kind=self.body_kind
            ),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether the areas follow."""
        follow = self.kind in AREAS_FOLLOW
        return {
            **super().get_context_data(**kwargs),
            "button": "Continue to the areas" if follow else "Add to the change",
        }

    def store(self, form: OperationForm) -> HttpResponse:
        """Add it, or go on to the areas."""
        return self.go_on(form) if self.kind in AREAS_FOLLOW else self.add(form)

    def go_on(self, form: OperationForm) -> HttpResponse:
        """Say what is wrong with the bodies before anybody fills in their areas."""
        found = [
            problem
            for problem in problems_of_more(
                reorganisation=self.reorganisation,
                operations=form.operations(),
                today=timezone.localdate(),
            )
            if problem.guard not in _ABOUT_AREAS
        ]
        if found:
            form.add_problems(found)
            return self.form_invalid(form)
        said = [
            (name, value)
            for name in form.fields
            if name != "version" and (value := form[name].value())
        ]
        url = reverse(f"changes:{self.kind}-areas", args=[self.reorganisation.pk, self.body_kind])
        return redirect(f"{url}?{urlencode(said)}")


class OperationRemove(ChangeFormPage):
    """One operation is taken away, once that is confirmed."""

    permission = Permission.REORGANISATION_PROPOSE
    step = Step.EDIT
    form_class = StepForm
    template_name = "authorities/change_operation_remove.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the operation.

        Raises:
            Http404: the change has none there.
        """
        super().setup(request, *args, **kwargs)
        self.operation = self.reorganisation.operations.filter(position=kwargs["position"]).first()
        if self.operation is None:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what would be taken away."""
        assert self.operation is not None  # noqa: S101 - narrows the type
        return {
            **super().get_context_data(**kwargs),
            "operation": operation_text(
                operation=operation_of(self.operation),
                names=names_in(change_of(self.reorganisation)),
            ),
        }

    def store(self, form: StepForm) -> HttpResponse:
        """Take it away."""
        assert self.operation is not None  # noqa: S101 - narrows the type
        reorganisations.remove_operation(
            reorganisation=self.reorganisation,
            version=form.cleaned_data["version"],
            position=self.operation.position,
            by=self.person,
            at=timezone.now(),
        )
        return self.done("Taken away. The history of the change keeps it.")
