"""Forms of the sliver threshold."""

from uuid import UUID, uuid4

from django import forms

from authorities.thresholds import PercentError, read_percent
from duty.controls.fields import GovukDateField
from engagement.forms.reading_drafts import reason_field


class ProposeThresholdForm(forms.Form):
    """Proposes a threshold for a day."""

    percent = forms.CharField(
        label="Smallest share of an authority’s people that makes a pair, in per cent",
        help_text="For example, 2.5. A smaller overlap is listed as a sliver and not assessed",
        max_length=12,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
        error_messages={"required": "Enter a percentage from 0 to 100, for example 2.5"},
    )
    holds_from = GovukDateField(
        name="day from which it holds",
        label="From which day does it hold?",
        help_text="Today or later: what was published does not move. For example, 1 4 2027",
    )
    reason = reason_field(
        "Why does the threshold change?", "Everybody can read it beside the threshold"
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_percent(self) -> object:
        """Return the share, 0 to 1."""
        try:
            return read_percent(text=self.cleaned_data["percent"])
        except PercentError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_form_key(self) -> UUID:
        """Return the form's key; one without a key is a form of its own."""
        key: UUID | None = self.cleaned_data.get("form_key")
        return key or uuid4()


class ApproveThresholdForm(forms.Form):
    """Lets a threshold hold, with a declaration."""

    declare = forms.BooleanField(
        label="I have read which pairs would come and go, and I approve this threshold",
        error_messages={"required": "Confirm that you have read it and approve it"},
    )


class DeclineThresholdForm(forms.Form):
    """Gives a proposal up."""

    reason = reason_field("Why is it declined?", "People of the centre can read it")
