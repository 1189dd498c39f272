"""What a visitor of a dashboard may ask for, and what an owner may say."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms

from outcomes.actions.owner_notes import LONGEST_TEXT


class DashboardForm(forms.Form):
    """What a dashboard shows, as it stands in the address; anything unknown is left out."""

    status = forms.CharField(label="Status", required=False, widget=forms.Select)
    show = forms.CharField(label="Indicator in each area", required=False, widget=forms.Select)
    sex = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.full_clean()

    def asked(self, name: str) -> str:
        """Return what a field asks for; nothing where it asks for nothing."""
        return str(self.cleaned_data.get(name) or "")

    def showing(
        self,
        *,
        shown: Mapping[str, str],
        statuses: Sequence[tuple[str, str]],
        drawn: Sequence[tuple[str, str]],
    ) -> None:
        """Let the form say what the page shows, and offer what else there is."""
        self.data = dict(shown)
        for name, offered in (("status", statuses), ("show", drawn)):
            if len(offered) < 2:
                del self.fields[name]
                continue
            widget = self.fields[name].widget
            assert isinstance(widget, forms.Select)  # noqa: S101 - tells the type checker
            widget.choices = list(offered)


class BaselineConfirmForm(forms.Form):
    """An owner confirms a revised baseline: the value that was read comes along."""

    value = forms.FloatField(widget=forms.HiddenInput)


class OwnerNoteForm(forms.Form):
    """What an owner says beside a computed status."""

    role = forms.CharField(
        label="Your role",
        help_text="For example, director of population health. No names.",
        max_length=120,
        error_messages={
            "required": "Enter the role in which you say it",
            "max_length": "Use at most 120 characters for your role",
        },
    )
    text = forms.CharField(
        label="What do you want to say beside this status?",
        help_text="Anybody can read it. It changes no status.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Enter what you want to say",
            "max_length": f"Use at most {LONGEST_TEXT:,} characters",
        },
    )
    contested = forms.BooleanField(
        label="We contest this status",
        help_text="The computed status stays as it is; the word ‘contested’ stands beside it.",
        required=False,
    )
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @classmethod
    def fresh(cls) -> "OwnerNoteForm":
        """Return an empty form with a key of its own, so that a double click stores once."""
        return cls(initial={"form_key": uuid4()})

    def clean_form_key(self) -> UUID:
        """Return the form's key; one without a key is a form of its own."""
        key: UUID | None = self.cleaned_data.get("form_key")
        return key or uuid4()
