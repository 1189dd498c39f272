"""Forms for the steps of a return: completing a section, signing, declining."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from duty.controls.fields import SeenVersionField, WordLimitedTextField
from duty.controls.widgets import Checkboxes

# Code and title of each section, as the round's version has them.
SectionChoices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Unusual:
    """A warning that asks for a reason: its key, the question that it is about, and its words."""

    key: str
    heading: str
    message: str


class CompleteSectionForm(forms.Form):
    """Says that a section is done, why questions were left out, and why odd answers are right."""

    def __init__(self, *, gaps: int, unusual: Sequence[Unusual] = (), **more: Any) -> None:
        super().__init__(**more)
        self._unusual = tuple(unusual)
        for one in self._unusual:
            self.fields[one.key] = forms.CharField(
                label=f"{one.message} Why is it right?",
                help_text=f"“{one.heading}”. A few words, which analysts see; or change the "
                "answer.",
                max_length=200,
                error_messages={
                    "required": f"Say why it is right, or change the answer: {one.message}"
                },
            )
        if gaps:
            questions = "1 question is" if gaps == 1 else f"{gaps} questions are"
            self.fields["gaps_reason"] = WordLimitedTextField(
                label=f"{questions} not answered. Why can they be left out?"
                if gaps > 1
                else f"{questions} not answered. Why can it be left out?",
                help_text="A few words are enough. They stay with the return.",
                max_words=100,
                rows=2,
                error_messages={"required": "Say why the questions can be left unanswered"},
            )

    @property
    def warning_reasons(self) -> dict[str, str]:
        """The reasons by the keys of their warnings."""
        return {one.key: self.cleaned_data[one.key] for one in self._unusual}


class _ReadForm(forms.Form):
    """Says which version of the return was read, and is stored once."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    version = SeenVersionField()


class SignForm(_ReadForm):
    """A signatory's declaration."""

    declaration_version = SeenVersionField()
    declaration = forms.BooleanField(
        label="I make this declaration",
        error_messages={"required": "Tick the declaration to sign"},
    )


class SubmitForm(_ReadForm):
    """Submitting in a round that asks no signature."""


class DeclineForm(forms.Form):
    """A signatory's refusal: why, which sections need work, and which version was read."""

    # The form for signing stands on the same page.
    version = SeenVersionField(widget=forms.HiddenInput(attrs={"id": "id_declined_version"}))
    sections = forms.MultipleChoiceField(
        label="Which sections need changes?",
        help_text="The others keep their answers and only ask to be checked again.",
        widget=Checkboxes(small=True),
        required=False,
    )
    reason = WordLimitedTextField(
        label="What needs to change?",
        help_text="Your editors see this text.",
        max_words=200,
        rows=4,
        error_messages={"required": "Say what needs to change"},
    )

    def __init__(self, *args: Any, sections: SectionChoices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["sections"].choices = sections  # type: ignore[attr-defined]
