"""Forms of what a draft counts."""

from typing import Any
from uuid import UUID

from django import forms

from outcomes.actions.framework_counts import MeasureFacts
from outcomes.framework_forms.fields import (
    Choices,
    NumberField,
    RowsForm,
    VersionedForm,
    reason_field,
)
from outcomes.models import Aggregation, CountDirection


class MeasureForm(VersionedForm):
    """What is counted, and how."""

    name = forms.CharField(
        label="What is counted?",
        help_text="For example, homes insulated",
        max_length=200,
        error_messages={"required": "Enter what is counted"},
    )
    unit = forms.CharField(
        label="Unit",
        help_text="For example, homes",
        max_length=60,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
        error_messages={"required": "Enter the unit"},
    )
    item = forms.ChoiceField(label="Which input, process or output is it of?")
    aggregation = forms.ChoiceField(
        label="What do the values of several periods make together?",
        choices=Aggregation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how periods are put together"},
    )
    direction = forms.ChoiceField(
        label="Which side of a target is good?",
        choices=CountDirection.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether more or less is good"},
    )
    margin_percent = NumberField(
        label="Margin in per cent",
        help_text="Within how many per cent of the target a value counts as on target",
        error_messages={"required": "Enter the margin, 0 for none"},
    )
    reason = reason_field()

    def __init__(self, *args: Any, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("item", items)

    def to_facts(self) -> MeasureFacts:
        """Return what a valid form says."""
        data = self.cleaned_data
        return MeasureFacts(
            item=UUID(data["item"]),
            name=data["name"],
            unit=data["unit"],
            aggregation=data["aggregation"],
            direction=data["direction"],
            margin_percent=data["margin_percent"],
        )


class CountTargetsForm(RowsForm):
    """What a count shall be in each period."""

    reason = reason_field()
    rows_name = "targets"
    rows_legend = "Targets"
    rows_hint = "A period such as 2026/27, 2027 or 2026/27 Q1, and the number wanted for it"
    value_label = "Target"
