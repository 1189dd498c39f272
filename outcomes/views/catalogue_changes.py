"""Analysts describe indicators and record breaks in comparability."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from authorities.permissions import Permission
from authorities.presenters.tables import Link
from authorities.views.centre import CentrePage
from outcomes.actions import indicator_breaks, indicators
from outcomes.catalogue_forms import BreakForm, IndicatorForm, WithdrawForm, initial_of
from outcomes.models import BreakKind, Indicator
from outcomes.presenters import catalogue as presenter
from outcomes.queries import catalogue as queries
from outcomes.queries import progress_bridges
from outcomes.queries.definitions import current_definition, has_values


class DescribingPage(CentrePage):
    """A page for those who may describe indicators."""

    permission = Permission.INDICATOR_DESCRIBE
    template = "outcomes/catalogue_form.html"

    def again(
        self, form: forms.Form, *, status: int = 200, stored: Any = (), **words: Any
    ) -> HttpResponse:
        """Show a form, with what is stored now where somebody changed it meanwhile."""
        return self.show(
            self.template, status=status, form=form, stored=stored, back=self.back(), **words
        )

    def back(self) -> Link:
        """Return where a form leads back to."""
        return Link(label="Indicators", url=reverse("catalogue:list"))


def _back_to(indicator: Indicator) -> Link:
    return Link(label=indicator.name, url=reverse("catalogue:indicator", args=[indicator.code]))


class _IndicatorPage(DescribingPage):
    """A form with all facts of an indicator."""

    def form(
        self, *, needs_reason: bool, data: Any = None, initial: dict[str, object] | None = None
    ) -> IndicatorForm:
        """Return the form, with the domains that are in use."""
        domains = [(one.slug, one.name) for one in queries.domain_counts() if one.in_use]
        own = (initial or {}).get("domain")
        if own and own not in dict(domains):
            domains.append((str(own), str(own)))
        return IndicatorForm(data, initial=initial, domains=domains, needs_reason=needs_reason)

    def refuse(self, form: IndicatorForm, error: indicators.DefinitionError) -> None:
        """Say each problem at its field."""
        for problem in error.problems:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)


class IndicatorNew(_IndicatorPage):
    """A new indicator."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask."""
        return self._show(self._empty())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it and show it."""
        form = self._empty(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            made = indicators.create(definition=form.to_definition(), by=self.person, at=self.now)
        except indicators.DefinitionError as error:
            self.refuse(form, error)
            return self._show(form, status=422)
        messages.success(request, f"{made.name} is in the catalogue.")
        return redirect("catalogue:indicator", made.code)

    def _empty(self, data: Any = None) -> IndicatorForm:
        form = self.form(needs_reason=False, data=data)
        del form.fields["reason"]
        return form

    def _show(self, form: IndicatorForm, *, status: int = 200) -> HttpResponse:
        return self.again(form, status=status, title="Add an indicator", button="Add the indicator")


class IndicatorEdit(_IndicatorPage):
    """An indicator is described, or described otherwise."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the indicator."""
        super().setup(request, *args, **kwargs)
        self._load(kwargs["code"])

    def _load(self, code: str) -> None:
        rows = Indicator.objects.select_related("domain")
        self.indicator = get_object_or_404(rows, code=code)
        self.definition = current_definition(indicator=self.indicator)
        self.needs_reason = bool(self.indicator.version) and has_values(indicator=self.indicator)

    def back(self) -> Link:
        """Return where the form leads back to."""
        return _back_to(self.indicator)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Ask, with what is stored."""
        return self._show(self._form())

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Store the next version; who read an older one compares first."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            changed = indicators.change(
                indicator=self.indicator,
                definition=form.to_definition(),
                expected_version=form.seen,
                reason=form.cleaned_data["reason"],
                by=self.person,
                at=self.now,
            )
        except indicators.IndicatorChangedError as error:
            return self._overtaken(form, error)
        except indicators.ReasonMissingError as error:
            form.add_error("reason", str(error))
        except indicators.DefinitionError as error:
            self.refuse(form, error)
        else:
            if changed.version == self.indicator.version:
                messages.info(request, "You changed nothing, so nothing was stored.")
            else:
                messages.success(request, f"Version {changed.version} is stored.")
            return redirect("catalogue:indicator", changed.code)
        return self._show(form, status=422)

    def _form(self, data: Any = None) -> IndicatorForm:
        initial = initial_of(definition=self.definition, version=self.indicator.version)
        form = self.form(needs_reason=self.needs_reason, data=data, initial=initial)
        if not self.indicator.draft:
            form.fields["code"].disabled = True
            form.fields["code"].help_text = "It stays as it is: links to the indicator use it"
        return form

    def _overtaken(
        self, form: IndicatorForm, error: indicators.IndicatorChangedError
    ) -> HttpResponse:
        self.indicator.refresh_from_db()
        self._load(self.indicator.code)
        stored = presenter.stored_rows(before=self.definition, entered=form.to_definition())
        kept = self.request.POST.copy()
        kept["version"] = str(self.indicator.version)
        again = self._form(kept)
        again.is_valid()
        again.add_error(None, str(error))
        return self._show(again, status=409, stored=stored)

    def _show(self, form: IndicatorForm, *, status: int = 200, stored: Any = ()) -> HttpResponse:
        draft = self.indicator.draft
        return self.again(
            form,
            status=status,
            stored=stored,
            caption=self.indicator.name,
            title="Describe the indicator" if draft else "Change the indicator",
            lead=(
                "Values came under this definition, so a change of it needs a reason. Values keep "
                "the version that they came under."
                if self.needs_reason
                else ""
            ),
            button="Save the description" if draft else "Save as the next version",
        )


class BreakNew(DescribingPage):
    """A break in comparability is recorded."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the indicator."""
        super().setup(request, *args, **kwargs)
        self.indicator = get_object_or_404(Indicator, code=kwargs["code"])
        periods, releases = progress_bridges.choices_of(indicator=self.indicator)
        self.periods = {str(one.pk): one for one in periods}
        self.releases = {str(one.pk): one for one in releases}

    def back(self) -> Link:
        """Return where the form leads back to."""
        return _back_to(self.indicator)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Ask."""
        return self._show(self._form())

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Record it and go back to the indicator."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        data = form.cleaned_data
        try:
            indicator_breaks.record(
                indicator=self.indicator,
                starts_on=data["starts_on"],
                kind=BreakKind(data["kind"]),
                text=data["text"],
                source=data["source"],
                common_period=self.periods.get(data.get("common_period", "")),
                old_release=self.releases.get(data.get("old_release", "")),
                by=self.person,
                at=self.now,
            )
        except indicator_breaks.BreakThereError as error:
            form.add_error("starts_on", str(error))
            return self._show(form, status=422)
        except indicator_breaks.BridgeError as error:
            form.add_error("common_period", str(error))
            return self._show(form, status=422)
        messages.success(request, "The break is recorded.")
        return redirect("catalogue:indicator", self.indicator.code)

    def _form(self, data: Any = None) -> BreakForm:
        return BreakForm(data).with_bridges(
            periods=[(key, one.label) for key, one in self.periods.items()],
            releases=[(key, one.title) for key, one in self.releases.items()],
        )

    def _show(self, form: BreakForm, *, status: int = 200) -> HttpResponse:
        return self.again(
            form,
            status=status,
            caption=self.indicator.name,
            title="Record a break in comparability",
            lead="Charts mark it, and no trend or change is computed across it.",
            button="Record the break",
        )


class BreakWithdraw(DescribingPage):
    """A recorded break is said to be none."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the break, of this indicator only."""
        super().setup(request, *args, **kwargs)
        if kwargs["break_id"] > 2**63 - 1:
            raise Http404
        indicator = get_object_or_404(Indicator, code=kwargs["code"])
        self.recorded = get_object_or_404(indicator.breaks, pk=kwargs["break_id"])
        self.indicator = indicator

    def back(self) -> Link:
        """Return where the form leads back to."""
        return _back_to(self.indicator)

    def get(self, request: HttpRequest, code: str, break_id: int) -> HttpResponse:
        """Ask why."""
        return self._show(WithdrawForm())

    def post(self, request: HttpRequest, code: str, break_id: int) -> HttpResponse:
        """Withdraw it and go back to the indicator."""
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            indicator_breaks.withdraw(
                recorded=self.recorded,
                reason=form.cleaned_data["reason"],
                by=self.person,
                at=self.now,
            )
        except indicator_breaks.BreakWithdrawnError as error:
            messages.info(request, str(error))
        else:
            messages.success(request, "The break is withdrawn. It stays on record.")
        return redirect("catalogue:indicator", self.indicator.code)

    def _show(self, form: WithdrawForm, *, status: int = 200) -> HttpResponse:
        return self.again(
            form,
            status=status,
            caption=self.indicator.name,
            title="Withdraw a break in comparability",
            lead=self.recorded.text,
            button="Withdraw the break",
        )
