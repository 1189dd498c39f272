"""Forms about a version of a specification: its name, its sections, its publication."""

from typing import Any

from django import forms

from authorities.models import AuthorityTier, AuthorityType
from duty.controls.widgets import Radios


class RevisionForm(forms.Form):
    """A step that asks nothing but which revision of the draft was read."""

    # Without it the form is of no revision, and so it is overtaken.
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @property
    def seen(self) -> int:
        """The revision that was read."""
        return self.cleaned_data.get("revision") or 0


class WordsForm(RevisionForm):
    """What a version is called, and where its questions come from."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label="What is this version called?",
        help_text="For example, Health duty specification, version 2",
        max_length=200,
        error_messages={"required": "Enter what this version is called"},
    )
    source = forms.CharField(
        label="Where do its questions come from? (optional)",
        help_text="For example, the guidance that it follows. It is kept with the version",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, makes: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if makes:
            del self.fields["revision"]
            self.fields["form_key"].required = True
        else:
            del self.fields["form_key"]


class SectionForm(RevisionForm):
    """What a section is called, and what stands before its questions."""

    title = forms.CharField(
        label="What is the section called?",
        max_length=80,
        error_messages={"required": "Enter what the section is called"},
    )
    intro = forms.CharField(
        label="What stands before its questions? (optional)",
        help_text="Officers read it when they check the section",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class MoveForm(RevisionForm):
    """Moves a question one place."""

    direction = forms.ChoiceField(choices=[("up", "Up"), ("down", "Down")])


class HolderForm(forms.Form):
    """For which kind of authority a version is previewed."""

    type = forms.ChoiceField(label="Type", choices=AuthorityType.choices)
    tier = forms.ChoiceField(label="Tier", choices=AuthorityTier.choices)
    year = forms.ChoiceField(
        label="Age",
        choices=[("later", "After its first year"), ("first", "In its first year")],
        widget=Radios(small=True, inline=True),
    )
