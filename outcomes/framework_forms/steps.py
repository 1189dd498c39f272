"""Forms of the steps of a framework's life."""

import uuid
from typing import Any

from django import forms

from outcomes.framework_forms.fields import Choices, VersionedForm, long_text


class StartForm(forms.Form):
    """A framework is begun: its name, and the ICBs that own it."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label="What is the framework called?",
        help_text="For example, Healthier for longer in South Yorkshire",
        max_length=160,
        error_messages={"required": "Enter a name for the framework"},
    )
    boards = forms.MultipleChoiceField(
        label="Which ICBs own it with the authority?",
        help_text="All of them sign it",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one ICB"},
    )

    def __init__(self, *args: Any, boards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["boards"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = list(boards)

    @classmethod
    def first(cls, *, boards: Choices, chosen: list[str]) -> "StartForm":
        """Return the form as it is first shown, with a key of its own."""
        return cls(boards=boards, initial={"form_key": uuid.uuid4(), "boards": chosen})


class _ContentForm(forms.Form):
    """A decision on the content that was read."""

    content_read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class SignForm(_ContentForm):
    """A signature."""

    declared = forms.BooleanField(
        label="I sign it", error_messages={"required": "Tick to say that you sign it"}
    )

    def __init__(self, *args: Any, declaration: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["declared"].label = declaration


class DeclineForm(_ContentForm):
    """Why a proposal is not signed."""

    reason = long_text(
        "Why does your side not sign it?",
        "All owners can read this",
        error_messages={"required": "Say why your side does not sign it"},
    )


class DiscardForm(VersionedForm):
    """Why a version is given up."""

    reason = long_text(
        "Why is it given up?",
        "All owners can read this",
        error_messages={"required": "Say why it is given up"},
    )


class ChangeForm(forms.Form):
    """Why an agreed framework is to change."""

    reason = long_text(
        "Why is the agreed framework to change?",
        "Everybody can read this beside the new version, once it is agreed",
        error_messages={"required": "Say why the agreed framework is to change"},
    )


class EndForm(forms.Form):
    """Why an agreed framework ends."""

    reason = long_text(
        "Why does it end?",
        "Everybody can read this",
        error_messages={"required": "Say why the framework ends"},
    )


NOBODY = "nobody"


class AssignForm(forms.Form):
    """Who goes on in place of an owner that ended."""

    partner = forms.IntegerField(widget=forms.HiddenInput)
    pair = forms.ChoiceField(
        label="Who goes on with it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who goes on with it"},
    )

    def __init__(self, *args: Any, pairs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pair"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = list(pairs)

    @property
    def pair_id(self) -> uuid.UUID | None:
        """The pair chosen; None for nobody."""
        chosen = self.cleaned_data["pair"]
        return None if chosen == NOBODY else uuid.UUID(chosen)


class AdoptForm(forms.Form):
    """A successor stands by what was agreed: there is nothing to fill in."""
