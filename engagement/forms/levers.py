"""The forms of levers. They convert and check; the actions store."""

from collections.abc import Sequence
from typing import Any

from django import forms

from authorities.models import DevolvedFunction
from duty.controls.fields import SeenVersionField, WordLimitedTextField
from duty.controls.widgets import Checkboxes, Radios
from engagement.actions.levers import MOST_DESCRIPTION_WORDS, MOST_REASON_WORDS, LeverContent
from engagement.models import Fit, Impact, LeverKind, Window
from engagement.models.lever import JUDGED

_LATER = "later"
_HINTS: dict[str, str] = {
    Fit.CLOSE.value: "It serves what we already set out to do",
    Fit.PARTLY.value: "It serves some of it",
    Fit.DISTANT.value: "It serves other things",
    Impact.LARGE.value: "Many people, or those with the poorest health",
    Impact.MODERATE.value: "Some people, or a small change for many",
    Impact.SMALL.value: "Few people, or little change",
    Window.OPEN.value: "It can be decided or used this year",
    Window.OPENING.value: "Something is coming that will allow it",
    Window.NOT_IN_SIGHT.value: "Nothing allows it yet",
}


def _judgement(label: str, hint: str, scale: type[Fit] | type[Impact] | type[Window]) -> Any:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=[*scale.choices, (_LATER, "Judge this later")],
        widget=Radios(hints=_HINTS, divider_before=_LATER, small=True),
        required=False,
    )


def _reason(label: str) -> WordLimitedTextField:
    return WordLimitedTextField(
        label=label,
        help_text="A word of reason is enough",
        max_words=MOST_REASON_WORDS,
        rows=2,
        required=False,
    )


class LeverForm(forms.Form):
    """What a lever is, and how its authority judges it."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=LeverKind.choices,
        widget=Radios(
            hints={
                LeverKind.LEVER.value: "A power, budget, role or voice that you have",
                LeverKind.OPPORTUNITY.value: "Something that comes up and can be used",
            },
            small=True,
        ),
        error_messages={"required": "Select whether it is a lever or an opportunity"},
    )
    title = forms.CharField(
        label="What is it called?",
        help_text="Such as “Bus franchising” or “New adult skills fund”",
        max_length=150,
        error_messages={"required": "Enter what the lever is called"},
    )
    function = forms.ChoiceField(
        label="To which of your functions does it belong?",
        choices=[("", "Select a function"), *DevolvedFunction.choices],
        error_messages={"required": "Select one of the functions"},
    )
    determinants = forms.MultipleChoiceField(
        label="Which determinants of health could it change? (optional)",
        widget=Checkboxes(small=True),
        required=False,
    )
    description = WordLimitedTextField(
        label="What is it, and what could be done with it?",
        help_text="If you share it, others read this, the title, the function and the determinants",
        max_words=MOST_DESCRIPTION_WORDS,
        rows=5,
        error_messages={"required": "Say in a few sentences what it is"},
    )
    fit = _judgement(
        "Strategic fit", "How well does it fit what your authority wants to reach?", Fit
    )
    fit_reason = _reason("Why does it fit so?")
    impact = _judgement(
        "Public health impact",
        "What could it do for people’s health and for inequalities between them?",
        Impact,
    )
    impact_reason = _reason("Why this impact?")
    window = _judgement("Window of opportunity", "Do politics and timing allow it?", Window)
    window_reason = _reason("Why this window?")
    seen = SeenVersionField()
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, determinants: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer determinants: code and name."""
        super().__init__(*args, **kwargs)
        field = self.fields["determinants"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - narrows the type
        field.choices = list(determinants)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of each judgement, and for the judgement of each reason."""
        values = super().clean() or {}
        for name in JUDGED:
            if values.get(name) == _LATER:
                values[name] = ""
            label = str(self.fields[name].label).lower()
            judged, reason = values.get(name), values.get(f"{name}_reason")
            if judged and not reason and not self.has_error(f"{name}_reason"):
                self.add_error(f"{name}_reason", f"Give a word of reason for the {label}")
            if reason and not judged and not self.has_error(name):
                self.add_error(name, f"Judge the {label}, or remove its reason")
        return values

    def content(self) -> LeverContent:
        """Return what a valid form says."""
        said = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("seen", "form_key")
        }
        return LeverContent(**{**said, "determinants": tuple(said["determinants"])})


class ArchiveForm(forms.Form):
    """Why a lever is archived."""

    reason = WordLimitedTextField(
        label="Why is it archived?",
        help_text="Your colleagues read this. The lever stays on record and can be brought back.",
        max_words=100,
        rows=3,
        error_messages={"required": "Say why it is archived"},
    )
    seen = SeenVersionField()


class SeenForm(forms.Form):
    """A step that needs no words: the version that was read."""

    seen = SeenVersionField()
