"""The form that adds the document of an agreement."""

import uuid
from typing import Any

from django import forms

from duty.evidence_file import ACCEPTED_WORDS, MOST_BYTES, FileKind


class AgreementDocumentForm(forms.Form):
    """A file of the agreement itself."""

    file = forms.FileField(
        label="File of the agreement",
        help_text=f"{ACCEPTED_WORDS}, up to {MOST_BYTES // 1_000_000} MB",
        # What the file holds decides, and the reader says it in better words.
        allow_empty_file=True,
        error_messages={"required": "Choose a file", "missing": "Choose a file"},
        widget=forms.FileInput(
            attrs={"accept": ",".join(f".{kind.value}" for kind in FileKind) + ",.jpeg"}
        ),
    )
    # Made for each form shown, so that a double click stores once.
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("form_key", uuid.uuid4())
        super().__init__(*args, **kwargs)
