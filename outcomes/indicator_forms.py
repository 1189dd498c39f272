"""What a visitor of an indicator's pages may ask for; every field may be left alone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

Options = Sequence[tuple[str, str]]


class StateForm(forms.Form):
    """What is shown, as it stands in the address: for whom, and as published on which day."""

    sex = forms.CharField(label="Sex", required=False, widget=forms.Select)
    age = forms.CharField(label="Age", required=False, widget=forms.Select)
    as_published = forms.DateField(
        label="As published on",
        required=False,
        help_text="For example, 2026-05-01. Leave it empty for today.",
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"class": "govuk-input--width-10", "autocomplete": "off"}
        ),
        error_messages={
            "invalid": "Enter a date as year, month and day, for example 2026-05-01",
        },
    )

    def __init__(self, data: Mapping[str, Any], *, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.full_clean()

    def clean_as_published(self) -> date | None:
        """Refuse a day that has not come."""
        day: date | None = self.cleaned_data["as_published"]
        if day is not None and day > self.today:
            raise forms.ValidationError("Enter today or an earlier day")
        return day

    def asked(self, name: str) -> str:
        """Return what a field asks for; what cannot be asked for is nothing."""
        return str(self.cleaned_data.get(name) or "")

    @property
    def day(self) -> date | None:
        """The day asked for; None for today."""
        day: date | None = self.cleaned_data.get("as_published")
        return day

    def showing(self, *, shown: Mapping[str, str], options: Mapping[str, Options]) -> None:
        """Let the form say what the page shows, and offer what else there is.

        Args:
            shown: the chosen option of each field.
            options: value and words of what each field offers; a field with none is left out.
        """
        self.data = {**shown, "as_published": self.data.get("as_published", "")}
        for name, offered in options.items():
            if len(offered) < 2:
                del self.fields[name]
                continue
            widget = self.fields[name].widget
            assert isinstance(widget, forms.Select)  # noqa: S101 - tells the type checker
            widget.choices = list(offered)


class AreaForm(StateForm):
    """What the page of one area shows."""

    comparator = forms.CharField(label="Compared with", required=False, widget=forms.Select)
    breakdown = forms.CharField(label="Groups", required=False, widget=forms.Select)
    breakdown_period = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("sex", "age", "comparator", "breakdown", "as_published")


class AreaListForm(StateForm):
    """What the list of areas shows."""

    kind = forms.CharField(label="Areas", required=False, widget=forms.Select)
    period = forms.CharField(label="Period", required=False, widget=forms.Select)
    sort = forms.CharField(label="Order", required=False, widget=forms.Select)
    page = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ("kind", "period", "sex", "age", "sort", "as_published")

    @property
    def page_number(self) -> int:
        """The page asked for, 1 where none is."""
        number: int | None = self.cleaned_data.get("page")
        return number or 1
