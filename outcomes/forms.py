"""Forms of the outcomes pages."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms

from outcomes.actions.upload_steps import LONGEST_REASON


class DroppedFile(forms.FileInput):
    """A plain control for a file, on which one may be dropped where scripts run."""

    template_name = "outcomes/drop_file.html"


class UploadForm(forms.Form):
    """A file with values of indicators."""

    file = forms.FileField(
        label="Your file",
        help_text="A CSV file or an Excel workbook (.xlsx), up to 10 MB and 20,000 rows",
        # What the file holds decides, and the reader says it in better words.
        allow_empty_file=True,
        error_messages={"required": "Choose a file", "missing": "Choose a file"},
        widget=DroppedFile(
            attrs={
                "accept": (
                    ".csv,.xlsx,text/csv,"
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                )
            }
        ),
    )
    # Made for each form shown, so that a double click stores once.
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("form_key", uuid.uuid4())
        super().__init__(*args, **kwargs)


class ReasonsForm(forms.Form):
    """Why each kind of warning of a file is right: a field a kind, named by its code."""

    def __init__(self, *args: Any, questions: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, question in questions.items():
            self.fields[code] = forms.CharField(
                label=question,
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={
                    "required": "Say why these values are right",
                    "max_length": f"Use at most {LONGEST_REASON:,} characters",
                },
            )


class TemplateForm(forms.Form):
    """Which template is wanted; what is not known is as if nothing were said."""

    set = forms.SlugField(required=False, max_length=60)
    round = forms.SlugField(required=False, max_length=40)
