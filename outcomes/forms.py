"""Forms of the outcomes pages."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from authorities.forms.choices import DayField
from authorities.models import Body, BodyKind
from authorities.queries.body_choices import bodies_to_choose
from outcomes.actions.upload_steps import LONGEST_REASON
from outcomes.models import Indicator


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


def _reason(label: str, error: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": error},
    )


class ApproveValuesForm(forms.Form):
    """Approves values that a body sent in, with a declaration."""

    declare = forms.BooleanField(
        label="I have read what becomes public, and I approve it",
        error_messages={"required": "Confirm that you have read it and approve it"},
    )


class ReturnValuesForm(forms.Form):
    """Returns values to who sent them in."""

    comment = _reason("What is to be corrected?", "Enter what is to be corrected")


class LiftLockForm(forms.Form):
    """Lifts a lock of periods."""

    reason = _reason("Why is the lock lifted?", "Enter why the lock is lifted")


class PeriodLockForm(forms.Form):
    """Locks the values of periods against files of bodies."""

    first_day = DayField(
        label="First day",
        error_messages={"required": "Enter the first day", "invalid": "Enter a real date"},
    )
    last_day = DayField(
        label="Last day",
        help_text="A period is locked when all of it lies between the two days",
        error_messages={"required": "Enter the last day", "invalid": "Enter a real date"},
    )
    indicator = forms.ModelChoiceField(
        label="Indicator",
        queryset=Indicator.objects.filter(draft=False).order_by("name"),
        required=False,
        empty_label="Every indicator",
        to_field_name="code",
    )
    body = forms.ChoiceField(label="Whose values?", required=False)
    reason = _reason("Why are they locked?", "Enter why the periods are locked")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            ("", "Every body's"),
            *(
                (choice.key.slug, choice.name)
                for choice in bodies_to_choose(kind=BodyKind.STRATEGIC_AUTHORITY, on=day)
            ),
        ]

    def clean_body(self) -> Body | None:
        """Return the authority that was chosen, or None for every body."""
        slug = self.cleaned_data["body"]
        if not slug:
            return None
        return Body.objects.get(kind=BodyKind.STRATEGIC_AUTHORITY, slug=slug)

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        said = super().clean() or {}
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day must not be before the first")
        return said


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
