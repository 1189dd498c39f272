"""Forms for what the centre does with a submitted return."""

from typing import Any

from django import forms

from duty.controls.fields import SeenVersionField, WordLimitedTextField
from duty.controls.widgets import Checkboxes
from duty.forms.steps import SectionChoices


class ReviewForm(forms.Form):
    """Says which state of the return was read."""

    version = SeenVersionField()


class AcceptForm(ReviewForm):
    """Accepts a return."""


class RequestChangesForm(ReviewForm):
    """Asks for changes, of some sections or of all."""

    sections = forms.MultipleChoiceField(
        label="Which sections need changes?",
        help_text="Only these open again. Select none to ask for changes in all of them.",
        widget=Checkboxes(small=True),
        required=False,
        error_messages={"invalid_choice": "Select sections from the list"},
    )
    reason = WordLimitedTextField(
        label="What needs to change, and why?",
        help_text="Everybody at the authority who works on the return sees this text.",
        max_words=300,
        rows=5,
        error_messages={"required": "Say what needs to change"},
    )

    def __init__(self, *args: Any, sections: SectionChoices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["sections"].choices = sections  # type: ignore[attr-defined]


class ReopenForm(ReviewForm):
    """Reopens a return at the authority's request."""

    reason = WordLimitedTextField(
        label="Why does the authority want it back?",
        help_text="Say who asked and why. The authority sees this text.",
        max_words=200,
        rows=4,
        error_messages={"required": "Say why the return is reopened"},
    )


class UnacceptForm(ReviewForm):
    """Takes an acceptance back."""

    reason = WordLimitedTextField(
        label="Why do you take the acceptance back?",
        help_text="It stays in the history of the return. The authority sees it, too.",
        max_words=200,
        rows=4,
        error_messages={"required": "Say why you take the acceptance back"},
    )
