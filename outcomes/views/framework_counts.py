"""What a draft counts, and the targets of that, one thing a page."""

from typing import Any

from outcomes.actions import framework_counts as counts
from outcomes.actions.framework_drafts import Edit, GoneError
from outcomes.framework_content import Content, Measure
from outcomes.framework_forms.counts import CountTargetsForm, MeasureForm
from outcomes.framework_forms.fields import Choices, VersionedForm
from outcomes.framework_forms.theory import ReasonForm
from outcomes.models import ItemKind
from outcomes.views.framework_edit import DraftPage, MovePage

_MORE_ROWS = 4


def countable_items(content: Content) -> Choices:
    """Return the inputs, processes and outputs of a draft as choices."""
    return [
        (str(item.lineage), f"{item.kind.capitalize()}: {item.title}")
        for kind in (ItemKind.INPUT, ItemKind.PROCESS, ItemKind.OUTPUT)
        for item in sorted(content.items, key=lambda one: one.order)
        if item.kind == kind
    ]


class CountAdd(DraftPage):
    """Something is counted."""

    title = "Add a count"
    button = "Add it"
    part = "counts"
    done = "The count is added. Enter its targets next."

    def form(self, data: Any = None) -> MeasureForm:
        """Return the form."""
        form = MeasureForm(
            data,
            initial=self.initial(margin_percent=15.0),
            items=countable_items(self.content),
        )
        del form.fields["reason"]
        return form

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Add it."""
        assert isinstance(form, MeasureForm)  # noqa: S101 - its own form
        counts.add_measure(edit=edit, facts=form.to_facts())


class _CountPage(DraftPage):
    """A page of one count."""

    part = "counts"
    measure: Measure

    def find(self) -> None:
        """Find the count.

        Raises:
            GoneError: it is not there.
        """
        found = [one for one in self.content.measures if one.lineage == self.kwargs["lineage"]]
        if not found:
            raise GoneError
        self.measure = found[0]


class CountEdit(_CountPage):
    """A count is said otherwise."""

    title = "Change a count"

    def form(self, data: Any = None) -> MeasureForm:
        """Return the form."""
        own = self.measure
        return MeasureForm(
            data,
            initial=self.initial(
                name=own.name,
                unit=own.unit,
                item=str(own.item),
                aggregation=own.aggregation,
                direction=own.direction,
                margin_percent=own.margin_percent,
            ),
            items=countable_items(self.content),
        )

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Store it."""
        assert isinstance(form, MeasureForm)  # noqa: S101 - its own form
        counts.change_measure(
            edit=edit,
            lineage=self.measure.lineage,
            facts=form.to_facts(),
            reason=form.cleaned_data["reason"],
        )


class CountTargets(_CountPage):
    """What a count shall be in each period."""

    def find(self) -> None:
        """Find the count."""
        super().find()
        self.title = f"Targets: {self.measure.name}"
        self.lead = f"In {self.measure.unit}. Empty rows are left out."

    def form(self, data: Any = None) -> CountTargetsForm:
        """Return the form with a row for each target, and some more."""
        stored = self.measure.targets
        rows: dict[str, Any] = {}
        for row, one in enumerate(stored):
            rows |= {f"period_{row}": one.period.label, f"value_{row}": one.value}
        return CountTargetsForm(data, initial=self.initial(**rows), rows=len(stored) + _MORE_ROWS)

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Store them."""
        assert isinstance(form, CountTargetsForm)  # noqa: S101 - its own form
        counts.set_count_targets(
            edit=edit,
            lineage=self.measure.lineage,
            rows=form.to_rows(),
            reason=form.cleaned_data["reason"],
        )


class CountMove(MovePage, _CountPage):
    """A count changes its place."""

    def store(self, form: VersionedForm, edit: Edit) -> str:
        """Move it."""
        counts.move_measure(edit=edit, lineage=self.measure.lineage, earlier=self.earlier)
        return f"“{self.measure.name}” is moved."


class CountRemove(_CountPage):
    """A count goes with its targets."""

    lead = "Its targets go with it. What was counted stays on record."
    button = "Take it out"
    done = "Taken out."
    warns = True

    def find(self) -> None:
        """Find the count."""
        super().find()
        self.title = f"Take out “{self.measure.name}”"

    def form(self, data: Any = None) -> ReasonForm:
        """Return the form."""
        return ReasonForm(data, initial=self.initial())

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Take it out."""
        counts.remove_measure(
            edit=edit, lineage=self.measure.lineage, reason=form.cleaned_data["reason"]
        )
