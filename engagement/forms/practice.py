"""The forms of the practice library. They convert and check; the actions store."""

from collections.abc import Sequence
from typing import Any

from django import forms

from authorities.models import DevolvedFunction
from duty.controls.fields import (
    GovukDateField,
    LinkField,
    SeenVersionField,
    WordLimitedTextField,
)
from duty.controls.widgets import Checkboxes
from engagement.actions.practice import ExampleText


def _words(label: str, hint: str, error: str, *, words: int = 300, rows: int = 5) -> forms.Field:
    return WordLimitedTextField(
        label=label,
        help_text=hint,
        max_words=words,
        rows=rows,
        error_messages={"required": error},
    )


class ExampleForm(forms.Form):
    """What an example says."""

    title = forms.CharField(
        label="What is the example called?",
        max_length=150,
        error_messages={"required": "Enter what the example is called"},
    )
    summary = _words(
        "In a sentence or two", "", "Say in a sentence or two what it is", words=60, rows=3
    )
    what_was_done = _words("What was done?", "", "Say what was done")
    what_came = _words("What came of it?", "Also what did not work", "Say what came of it")
    evidence = WordLimitedTextField(
        label="How do you know? (optional)",
        help_text="What shows it: an evaluation, figures, what people said; or that none does yet",
        max_words=200,
        rows=3,
        required=False,
    )
    place = forms.CharField(
        label="Where was it?", max_length=120, error_messages={"required": "Enter where it was"}
    )
    period = forms.CharField(
        label="When was it?",
        help_text="For example, 2024 to 2026",
        max_length=60,
        error_messages={"required": "Enter when it was"},
    )
    by_whom = forms.CharField(
        label="By whom?",
        help_text="Organisations, no person’s name",
        max_length=200,
        error_messages={"required": "Enter by whom it was done"},
    )
    source_title = forms.CharField(
        label="Source",
        help_text="Where others can read more: title and publisher",
        max_length=200,
        error_messages={"required": "Enter the source"},
    )
    source_url = LinkField(label="Address of the source", max_length=500)
    source_date = GovukDateField(
        label="Day of the source (optional)", name="day of the source", required=False
    )
    themes = forms.MultipleChoiceField(
        label="For which themes of the rubric? (optional)",
        widget=Checkboxes(small=True),
        required=False,
    )
    function = forms.ChoiceField(
        label="Which function of an authority was used? (optional)",
        choices=[("", "None in particular"), *DevolvedFunction.choices],
        required=False,
    )
    determinants = forms.MultipleChoiceField(
        label="Which determinants of health? (optional)",
        widget=Checkboxes(small=True),
        required=False,
    )
    seen = SeenVersionField()
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        themes: Sequence[tuple[str, str]],
        determinants: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Offer themes and determinants: code and name."""
        super().__init__(*args, **kwargs)
        for name, choices in (("themes", themes), ("determinants", determinants)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - narrows the type
            field.choices = list(choices)

    def text(self) -> ExampleText:
        """Return what a valid form says."""
        said = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("seen", "form_key")
        }
        said["themes"], said["determinants"] = tuple(said["themes"]), tuple(said["determinants"])
        return ExampleText(**said)


class ReasonForm(forms.Form):
    """Why an example is returned or withdrawn."""

    reason = WordLimitedTextField(
        label="Why?",
        help_text="The body that shared it reads this",
        max_words=150,
        rows=4,
        error_messages={"required": "Say why"},
    )
