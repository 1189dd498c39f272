"""Forms of the outcomes pages."""

import uuid
from typing import Any

from django import forms


class UploadForm(forms.Form):
    """A file with values of indicators."""

    file = forms.FileField(
        label="Your file",
        help_text="A CSV file in the Fingertips layout, up to 10 MB and 20,000 rows",
        # What the file holds decides, and the reader says it in better words.
        allow_empty_file=True,
        error_messages={"required": "Choose a file", "missing": "Choose a file"},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    # Made for each form shown, so that a double click stores once.
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("form_key", uuid.uuid4())
        super().__init__(*args, **kwargs)
