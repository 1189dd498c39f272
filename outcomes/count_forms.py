"""The form in which a framework's owners record what was counted."""

import uuid
from datetime import timedelta
from typing import Any

from django import forms

from authorities.forms.choices import DayField
from outcomes.actions.count_values import Said
from outcomes.counts import Aggregation, Days


def _number(label: str, *, help_text: str = "", error: str) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}),
        error_messages={"required": error, "invalid": "Enter a number, such as 120 or 12.5"},
    )


class CountForm(forms.Form):
    """A value of a period, or both parts of a percentage."""

    first_day = DayField(
        label="First day of the period",
        error_messages={"required": "Enter the first day", "invalid": "Enter a real date"},
    )
    last_day = DayField(
        label="Last day of the period",
        help_text="A period with a target, or a part of one",
        error_messages={"required": "Enter the last day", "invalid": "Enter a real date"},
    )
    # The value that was read, where it is corrected; a form sent twice stores once.
    correcting = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        aggregation: Aggregation,
        unit: str,
        corrects: bool,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {}).setdefault("form_key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        if aggregation is Aggregation.PERCENTAGE:
            self.fields["numerator"] = _number(
                "How many is it true of?",
                help_text=f"Unit: {unit}",
                error="Enter how many it is true of",
            )
            self.fields["denominator"] = _number(
                "Of how many?", error="Enter of how many, more than 0"
            )
        else:
            total = aggregation is Aggregation.CUMULATIVE_LATEST
            self.fields["value"] = _number(
                "The total at the end of the period" if total else "What was counted in the period",
                help_text=f"Unit: {unit}",
                error="Enter what was counted, such as 120",
            )
        self.fields["note"] = forms.CharField(
            label="Why is it corrected?" if corrects else "Note (optional)",
            help_text="It is public",
            required=corrects,
            max_length=2_000,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": "Say why the value is corrected"},
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        said = super().clean() or {}
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day must not be before the first")
        return said

    @property
    def days(self) -> Days:
        """The period, of a form that is right."""
        said = self.cleaned_data
        return Days(said["first_day"], said["last_day"] + timedelta(days=1))

    @property
    def said(self) -> Said:
        """What was counted, of a form that is right."""
        said = self.cleaned_data
        return Said(
            value=said.get("value"),
            numerator=said.get("numerator"),
            denominator=said.get("denominator"),
            note=said["note"],
        )
