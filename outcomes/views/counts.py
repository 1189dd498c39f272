"""What a framework counts: for everybody once it is in force; recorded by its owners' people."""

from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from authorities.permissions import Permission
from authorities.views.csv_files import csv_answer
from outcomes.access import FrameworkShown
from outcomes.actions import count_values
from outcomes.count_forms import CountForm
from outcomes.counts import Days
from outcomes.presenters import counts as presenter
from outcomes.presenters.framework_parts import Part
from outcomes.queries.counts import MeasureFacts, ValueFacts, measures_of
from outcomes.views.framework_parts import FrameworkPart, FrameworkStep


class CountList(FrameworkPart):
    """All that a framework in force counts."""

    part: ClassVar[Part | None] = Part.COUNTS

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show how each measure stands so far."""
        version = self.shown.version
        measures = () if version is None else measures_of(version=version, day=self.today)
        return self.show(
            "outcomes/counts.html",
            page=presenter.count_list(framework=self.shown.framework, measures=measures),
        )


class CountListCsv(FrameworkPart):
    """The same to take away, period by period."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send it."""
        version = self.shown.version
        if version is None:
            raise Http404
        framework = self.shown.framework
        return csv_answer(
            text=presenter.counts_csv(
                framework=framework,
                version=version,
                measures=measures_of(version=version, day=self.today),
            ),
            name=f"{framework.authority.slug}-counts.csv",
        )


class CountDetail(FrameworkPart):
    """One measure with its periods and all of its values."""

    def get(self, request: HttpRequest, lineage: UUID, **kwargs: Any) -> HttpResponse:
        """Show it."""
        measure = _measure(self.shown, lineage, self.today)
        return self.show(
            "outcomes/count.html",
            page=presenter.measure_page(
                framework=self.shown.framework,
                measure=measure,
                may_record=self.may(Permission.FRAMEWORK_EDIT),
            ),
        )


class CountRecord(FrameworkStep):
    """Records what was counted in a period, or corrects it."""

    permission: ClassVar[Permission] = Permission.FRAMEWORK_EDIT

    def get(self, request: HttpRequest, lineage: UUID, **kwargs: Any) -> HttpResponse:
        """Ask for it; of the period in the address, the value that stands is offered."""
        measure = _measure(self.shown, lineage, self.today)
        days = _days_asked(request)
        standing = measure.current_of(days) if days else None
        initial: dict[str, Any] = {}
        if days is not None:
            initial["days"] = days
        if standing is not None:
            initial |= {
                "value": presenter.plain_number(standing.value),
                "numerator": presenter.plain_number(standing.numerator),
                "denominator": presenter.plain_number(standing.denominator),
                "correcting": standing.id,
            }
        return self._page(measure, self._form(measure, standing, initial=initial), standing)

    def post(self, request: HttpRequest, lineage: UUID, **kwargs: Any) -> HttpResponse:
        """Store it."""
        measure = _measure(self.shown, lineage, self.today)
        correcting = request.POST.get("correcting", "")
        standing = next((one for one in measure.values if str(one.id) == correcting), None)
        form = self._form(measure, standing, data=request.POST)
        if not form.is_valid():
            return self._page(measure, form, standing, status=422)
        try:
            count_values.record(
                framework=self.shown.framework,
                lineage=lineage,
                days=form.days,
                said=form.said,
                correcting=form.cleaned_data["correcting"],
                form_key=form.cleaned_data["form_key"],
                acting=self.acting,
                by=self.person,
                at=self.now,
            )
        except count_values.CountRefusedError as error:
            form.add_error(form.field_of(name=error.field), str(error))
            return self._page(measure, form, standing, status=422)
        messages.success(request, f"The value of “{measure.name}” is recorded.")
        return redirect("outcomes:count", framework_id=self.shown.framework.pk, lineage=lineage)

    def _form(self, measure: MeasureFacts, standing: ValueFacts | None, **more: Any) -> CountForm:
        return CountForm(
            aggregation=measure.aggregation,
            unit=measure.unit,
            corrects=standing is not None,
            periods=[
                (f"{one.label}: {presenter.period_text(days=one.days)}", one.days)
                for one in measure.targets
            ],
            **more,
        )

    def _page(
        self,
        measure: MeasureFacts,
        form: CountForm,
        standing: ValueFacts | None,
        *,
        status: int = 200,
    ) -> HttpResponse:
        return self.show(
            "outcomes/count_record.html",
            form=form,
            measure=measure,
            standing=standing,
            status=status,
        )


def _measure(shown: FrameworkShown, lineage: UUID, day: date) -> MeasureFacts:
    """Return what is counted.

    Raises:
        Http404: no version is in force, or it does not count this.
    """
    version = shown.version
    found = () if version is None else measures_of(version=version, day=day, lineage=lineage)
    if not found:
        raise Http404
    return found[0]


def _days_asked(request: HttpRequest) -> Days | None:
    """Return the period in the address; None for none, or for what is no period."""
    try:
        first = date.fromisoformat(request.GET.get("first", ""))
        last = date.fromisoformat(request.GET.get("last", ""))
    except ValueError:
        return None
    return Days(first, last + timedelta(days=1)) if first <= last < date.max else None
