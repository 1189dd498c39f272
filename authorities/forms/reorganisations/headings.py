"""What a change is called, its day and where it comes from."""

from typing import Any

from django import forms

from authorities.actions.reorganisations import Heading
from authorities.forms.choices import DayField, RevealingRadios
from authorities.forms.reorganisations.problems import ProblemForm
from authorities.models import Certainty, Reorganisation
from authorities.reorganisation.guards import Field

_CERTAINTY_HINTS = {
    Certainty.HIGH.value: "An order or a decision says so",
    Certainty.MEDIUM.value: "Announced, and not yet decided",
    Certainty.LOW.value: "Proposed or expected",
}


class HeadingForm(ProblemForm):
    """A change without its operations."""

    # Whatever does not fit a heading does not fit its day.
    places = dict.fromkeys(Field, "effective_date")

    title = forms.CharField(
        label="What is it called?",
        help_text="For example, Merger of two ICBs in the north",
        max_length=200,
        error_messages={"required": "Enter what the change is called"},
    )
    effective_date = DayField(
        label="On which day does it take effect?",
        help_text="The first day on which everything is as it will be. For example, 1 April 2027",
        error_messages={
            "required": "Enter the day on which it takes effect",
            "invalid": "Enter a real day, for example 1 April 2027",
        },
    )
    source = forms.CharField(
        label="Where does it say so?",
        help_text="The order, statement or decision, so that others can find it",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter the order, statement or decision that says so"},
    )
    certainty = forms.ChoiceField(
        label="How sure is it?",
        choices=Certainty.choices,
        widget=RevealingRadios(hints=_CERTAINTY_HINTS),
        error_messages={"required": "Choose how sure it is"},
    )
    reason = forms.CharField(
        label="Why is it made? (optional)",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def heading(self, *, what_if: bool) -> Heading:
        """Return what was entered."""
        said = self.cleaned_data
        return Heading(
            title=said["title"],
            effective_date=said["effective_date"],
            source=said["source"],
            certainty=said["certainty"],
            reason=said["reason"],
            what_if=what_if,
        )


def heading_of(reorganisation: Reorganisation) -> dict[str, Any]:
    """Return what is stored, as the form shows it."""
    return {
        "title": reorganisation.title,
        "effective_date": reorganisation.effective_date,
        "source": reorganisation.source,
        "certainty": reorganisation.certainty,
        "reason": reorganisation.reason,
    }
