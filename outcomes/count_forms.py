"""The form in which a framework's owners record what was counted."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms

from authorities.forms.choices import DayField
from outcomes.actions.count_values import Said
from outcomes.counts import Aggregation, Days
from outcomes.framework_forms.fields import FormPart

# Neither of the periods with a target, but a part of one.
OTHER = "other"


def _number(label: str, *, help_text: str = "", error: str) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}),
        error_messages={"required": error, "invalid": "Enter a number, such as 120 or 12.5"},
    )


def _key(days: Days) -> str:
    return f"{days.start.isoformat()}/{days.last.isoformat()}"


class CountForm(forms.Form):
    """A value of a period, or both parts of a percentage."""

    period = forms.ChoiceField(
        label="Which period was counted?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the period"},
    )
    first_day = DayField(
        label="First day, of another part",
        required=False,
        error_messages={"invalid": "Enter a real date"},
    )
    last_day = DayField(
        label="Last day, of another part",
        help_text="A part of a period with a target",
        required=False,
        error_messages={"invalid": "Enter a real date"},
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
        periods: Sequence[tuple[str, Days]],
        **kwargs: Any,
    ) -> None:
        initial: dict[str, Any] = {"form_key": uuid.uuid4(), **kwargs.get("initial", {})}
        offered = [(_key(days), words) for words, days in periods]
        asked: Days | None = initial.pop("days", None)
        if asked is not None and _key(asked) in dict(offered):
            initial["period"] = _key(asked)
        elif asked is not None:
            initial |= {"period": OTHER, "first_day": asked.start, "last_day": asked.last}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            *offered,
            (OTHER, "Another part of a period"),
        ]
        self._days = {_key(days): days for _, days in periods}
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
        """Ask for both days of another part, the last one not before the first."""
        said = super().clean() or {}
        if said.get("period") != OTHER:
            return said
        first, last = said.get("first_day"), said.get("last_day")
        for name, words in (("first_day", "first"), ("last_day", "last")):
            if said.get(name) is None and name not in self.errors:
                self.add_error(name, f"Enter the {words} day")
        if first and last and last < first:
            self.add_error("last_day", "The last day must not be before the first")
        return said

    def field_of(self, *, name: str) -> str | None:
        """Return the field at which a fault is shown; None where it is the whole form's."""
        if name in ("first_day", "last_day") and self.cleaned_data.get("period") != OTHER:
            return "period"
        return name if name in self.fields else None

    @property
    def parts(self) -> tuple[FormPart, ...]:
        """What the page shows, in order."""
        return tuple(
            FormPart(field=field, only="other" if field.name in ("first_day", "last_day") else "")
            for field in self.visible_fields()
        )

    @property
    def days(self) -> Days:
        """The period, of a form that is right."""
        said = self.cleaned_data
        if said["period"] != OTHER:
            return self._days[said["period"]]
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
