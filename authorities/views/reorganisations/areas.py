"""Which area goes to whom, once the bodies of a split or a transfer are chosen."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from authorities.forms.reorganisations.areas import TransferAreasForm, TransferForm
from authorities.forms.reorganisations.new_bodies import NOUNS
from authorities.forms.reorganisations.operations import OperationForm
from authorities.forms.reorganisations.splits import SplitAreasForm, SplitForm
from authorities.presenters.links import BackLink
from authorities.queries.body_choices import areas_to_choose, operation_choices
from authorities.queries.change_names import ChangeNames, names_in
from authorities.queries.reorganisations import change_of
from authorities.reorganisation.facts import BodyKey
from authorities.reorganisation.operations import Change
from authorities.views.reorganisations.operations import OPERATION_FORMS, OperationPage


class AreasPage(OperationPage):
    """A page whose address holds the bodies that were chosen before."""

    chosen: OperationForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the bodies from the address."""
        super().setup(request, *args, **{**kwargs, "kind": self.kind})
        self.change = change_of(self.reorganisation)
        self.chosen = OPERATION_FORMS[self.kind](
            request.GET,
            choices=operation_choices(change=self.change, body_kind=self.body_kind),
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back to the bodies where the address holds none that fit."""
        if not self.chosen.is_valid():
            return redirect(self.bodies_url)
        return super().dispatch(request, *args, **kwargs)

    @property
    def bodies_url(self) -> str:
        """Where the bodies are chosen."""
        return reverse(
            "changes:operation-new", args=[self.reorganisation.pk, self.kind, self.body_kind]
        )

    @property
    def names(self) -> ChangeNames:
        """What the bodies are called."""
        return names_in(
            Change(
                on=self.change.on,
                operations=(*self.change.operations, *self.chosen.operations()),
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the page is."""
        return {
            **super().get_context_data(**kwargs),
            "noun": NOUNS[self.body_kind],
            "back": BackLink("The bodies", self.bodies_url),
        }

    def store(self, form: SplitAreasForm | TransferAreasForm) -> HttpResponse:
        """Add the operation with its areas."""
        return self.add(form)


class SplitAreas(AreasPage):
    """Who takes over which area of a body that is split."""

    kind = "split"
    form_class = SplitAreasForm
    template_name = "authorities/change_split_areas.html"
    chosen: SplitForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the areas and who takes over."""
        source = self.chosen.key("source")
        return {
            **super().get_form_kwargs(),
            "source": source,
            "primary": self.chosen.primary,
            "takers": self.chosen.chosen(),
            "areas": areas_to_choose(body=source, on=self.change.on),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the body that is split."""
        return {
            **super().get_context_data(**kwargs),
            "title": f"Who takes over the area of {self.names.body(self.chosen.key('source'))}?",
        }


class TransferAreas(AreasPage):
    """Which areas go from one body to another."""

    kind = "transfer"
    form_class = TransferAreasForm
    template_name = "authorities/change_transfer_areas.html"
    chosen: TransferForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the areas and both bodies."""
        source = self.chosen.body("source")
        return {
            **super().get_form_kwargs(),
            "source": source,
            "target": self.chosen.body("target"),
            "areas": areas_to_choose(body=source, on=self.change.on),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name both bodies."""
        source, target = self.chosen.body("source"), self.chosen.body("target")
        return {
            **super().get_context_data(**kwargs),
            "title": f"Which area moves from {self._name(source)} to {self._name(target)}?",
        }

    def _name(self, key: BodyKey | None) -> str:
        return self.names.body(key) if key else "no authority"
