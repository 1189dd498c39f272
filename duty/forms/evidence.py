"""Forms that add a link or a file to an answer."""

import uuid
from typing import Any

from django import forms

from duty.actions.answers import EvidenceLink
from duty.controls.fields import LinkField, PagesField
from duty.evidence_file import ACCEPTED_WORDS, MOST_BYTES, MOST_FILES_OF_RETURN, FileKind

_TITLE = "What it is (optional)"


class EvidenceFileForm(forms.Form):
    """A file that shows that an answer is so."""

    file = forms.FileField(
        label="File",
        help_text=f"{ACCEPTED_WORDS}, up to {MOST_BYTES // 1_000_000} MB. A return may have "
        f"{MOST_FILES_OF_RETURN} files.",
        # What the file holds decides, and the reader says it in better words.
        allow_empty_file=True,
        error_messages={"required": "Choose a file", "missing": "Choose a file"},
        widget=forms.FileInput(
            attrs={"accept": ",".join(f".{kind.value}" for kind in FileKind) + ",.jpeg"}
        ),
    )
    file_title = forms.CharField(label=_TITLE, max_length=200, required=False)
    # Made for each form shown, so that a double click stores once.
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("form_key", uuid.uuid4())
        super().__init__(*args, **kwargs)


class EvidenceLinkForm(forms.Form):
    """A link that shows that an answer is so."""

    link = LinkField(label="Link", help_text="Starts with https", max_length=500)
    link_title = forms.CharField(label=_TITLE, max_length=200, required=False)
    link_pages = PagesField(
        label="Pages, if only part matters (optional)",
        help_text="Numbers with commas, for example 4, 9",
        max_length=100,
        required=False,
    )

    @property
    def added(self) -> EvidenceLink:
        """The cleaned link."""
        return EvidenceLink(
            url=self.cleaned_data["link"],
            title=self.cleaned_data["link_title"],
            pages=self.cleaned_data["link_pages"],
        )
