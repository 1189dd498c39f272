"""What visitors of the register may ask, and what its keepers enter."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms


class DayForm(forms.Form):
    """The day on which the register is looked at."""

    as_at = forms.DateField(
        label="Show the register on",
        required=False,
        help_text="For example, 2026-04-01. Leave it empty for today.",
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"class": "govuk-input--width-10", "autocomplete": "off"}
        ),
        error_messages={
            "invalid": "Enter a date as year, month and day, for example 2026-04-01",
        },
    )


class DataDayForm(DayForm):
    """The day of the data to take; without one, all of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["as_at"]
        field.label = "Take the register as on"
        field.help_text = "For example, 2026-04-01. Leave it empty for everything on record."


class WarningFilterForm(DayForm):
    """Which timetable warnings of a day to show; every field may be left alone."""

    kind = forms.ChoiceField(label="Kind of warning", required=False)
    authority = forms.ChoiceField(label="Strategic authority", required=False)

    def __init__(
        self,
        data: Any,
        *,
        kinds: Sequence[tuple[str, str]],
        authorities: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        for name, choices in (
            ("kind", [("", "All kinds"), *kinds]),
            ("authority", [("", "All authorities, and areas without one"), *authorities]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = choices

    def asked(self, name: str) -> str:
        """Return what is asked for; a value that is no choice asks for nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class BoundaryImportForm(forms.Form):
    """A file of official boundaries, and what the file itself does not say."""

    file = forms.FileField(
        label="File",
        help_text=(
            "A GeoJSON file of counties and unitary authorities (CTYUA) by the Office for National "
            "Statistics, up to 30 MB. Areas generalised to 200 m or 500 m (BSC or BUC) are as fine "
            "as the maps here."
        ),
        # What the file holds decides, and the reader says it in better words.
        allow_empty_file=True,
        error_messages={"required": "Choose a file", "missing": "Choose a file"},
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
    )
    name = forms.CharField(
        label="Name",
        help_text="What maps call these boundaries, for example Counties and unitary authorities, "
        "December 2026",
        max_length=120,
        error_messages={"required": "Enter a name"},
    )
    valid_from = forms.DateField(
        label="First day",
        help_text="Maps of earlier days keep the boundaries that they have. For example, "
        "2026-04-01.",
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"class": "govuk-input--width-10", "autocomplete": "off"}
        ),
        error_messages={
            "required": "Enter the first day",
            "invalid": "Enter a date as year, month and day, for example 2026-04-01",
        },
    )
    source = forms.CharField(
        label="Source",
        help_text="Who published them, and when. It stands under every map.",
        max_length=500,
        error_messages={"required": "Enter the source"},
    )
    licence = forms.CharField(
        label="Licence",
        max_length=500,
        initial="Contains OS data © Crown copyright and database right. Open Government Licence "
        "v3.0",
        error_messages={"required": "Enter the licence"},
    )
    # Made for each form shown, so that a double click stores once.
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("form_key", uuid.uuid4())
        super().__init__(*args, **kwargs)
