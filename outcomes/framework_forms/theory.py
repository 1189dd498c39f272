"""Forms of a draft's texts and of its theory of change, and of what is taken out."""

from typing import Any
from uuid import UUID

from django import forms

from outcomes.actions.framework_drafts import ItemWords
from outcomes.framework_forms.fields import Choices, VersionedForm, long_text, reason_field


class TextForm(VersionedForm):
    """One of the version's texts."""

    text = long_text("Text", rows=10, required=False)

    def __init__(self, *args: Any, label: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, hint


class ItemForm(VersionedForm):
    """An item of the theory of change."""

    title = forms.CharField(
        label="What is it, in a few words?",
        max_length=200,
        error_messages={"required": "Enter what it is in a few words"},
    )
    text = long_text("More about it (optional)", required=False)
    assumption = long_text(
        "What must hold for it to lead on? (optional)",
        "The assumption behind it, in a sentence or two",
        rows=3,
        required=False,
    )

    def to_words(self) -> ItemWords:
        """Return what a valid form says."""
        data = self.cleaned_data
        return ItemWords(title=data["title"], text=data["text"], assumption=data["assumption"])


class LinksForm(VersionedForm):
    """To what an item leads."""

    effects = forms.MultipleChoiceField(
        label="What does it lead to?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("effects", choices)

    def to_effects(self) -> tuple[UUID, ...]:
        """Return the lineages of a valid form."""
        return tuple(UUID(one) for one in self.cleaned_data["effects"])


class AssumptionForm(VersionedForm):
    """What must hold for one item to lead to another."""

    assumption = long_text("What must hold for the one to lead to the other?", required=False)


class ReasonForm(VersionedForm):
    """A removal, with its reason where one is needed."""

    reason = reason_field()


class ConfirmForm(VersionedForm):
    """A step that asks for nothing more."""
