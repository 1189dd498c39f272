"""The forms in which a framework's owners write and sign expert reviews."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from authorities.forms.choices import DayField
from outcomes.expert_reviews import RIGHT_THINGS, THINGS_RIGHT, LookedAt, ReviewText
from outcomes.models import Judgement
from outcomes.queries.expert_reviews import Choice, ReviewedFacts


def _judgement(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=Judgement.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )


def _words(label: str, *, rows: int = 4, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReviewForm(forms.Form):
    """A note of a group. What may wait until it is signed may be empty."""

    group_name = forms.CharField(
        label="What is the group called?",
        max_length=160,
        error_messages={"required": "Enter what the group is called"},
    )
    met_on = DayField(
        label="Day of the review",
        error_messages={"required": "Enter the day of the review", "invalid": "Enter a real date"},
    )
    things_right = _judgement(THINGS_RIGHT)
    things_right_text = _words("Why? What is done right, and what is not?")
    right_things = _judgement(RIGHT_THINGS)
    right_things_text = _words("Why? What should be done instead, or as well?")
    indicators = forms.MultipleChoiceField(
        label="Which indicators did the group look at?",
        help_text="How each status reads now is kept with the review",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the indicators of the framework in force"},
    )
    # A form sent twice stores once; a change says which note it was made from.
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    conclusion = _words(
        "What did the group conclude?", help_text="Public once the review is signed"
    )

    def __init__(
        self,
        *args: Any,
        choices: Sequence[Choice],
        said: Sequence[LookedAt] = (),
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {}).setdefault("form_key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        self._lineages = [one.lineage for one in choices]
        self._words = {one.lineage: one.text for one in said}
        self.fields["indicators"].choices = [  # type: ignore[attr-defined]
            (str(one.lineage), f"{one.name} ({one.status})" if one.status else one.name)
            for one in choices
        ]

    @property
    def text(self) -> ReviewText:
        """The note, of a form that is right; what was said of an indicator that stays, stays."""
        said = self.cleaned_data
        chosen = set(said["indicators"])
        return ReviewText(
            **{
                name: said[name]
                for name in (
                    "group_name",
                    "met_on",
                    "things_right",
                    "things_right_text",
                    "right_things",
                    "right_things_text",
                    "conclusion",
                )
            },
            looked_at=tuple(
                LookedAt(lineage, self._words.get(lineage, ""))
                for lineage in self._lineages
                if str(lineage) in chosen
            ),
        )


def initial_of(*, text: ReviewText) -> dict[str, Any]:
    """Return what a form shows of a note that is stored."""
    return {
        "group_name": text.group_name,
        "met_on": text.met_on,
        "things_right": text.things_right,
        "things_right_text": text.things_right_text,
        "right_things": text.right_things,
        "right_things_text": text.right_things_text,
        "conclusion": text.conclusion,
        "indicators": [str(one.lineage) for one in text.looked_at],
    }


class ReviewWordsForm(forms.Form):
    """What a group says of each indicator that it looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, looked_at: Sequence[ReviewedFacts], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lineages = [one.lineage for one in looked_at]
        for number, one in enumerate(looked_at, start=1):
            status = f"Its status reads: {one.status_then}" if one.status_then else ""
            self.fields[f"text_{number}"] = _words(one.name, rows=2, help_text=status)
            self.fields[f"text_{number}"].initial = one.text

    @property
    def looked_at(self) -> tuple[LookedAt, ...]:
        """The indicators with what is said of them, of a form that is right."""
        return tuple(
            LookedAt(lineage, self.cleaned_data[f"text_{number}"])
            for number, lineage in enumerate(self._lineages, start=1)
        )


class SignReviewForm(forms.Form):
    """Signs a review for the group."""

    role = forms.CharField(
        label="Who signs for the group?",
        help_text="A role, no name: for example chair of the outcomes group. It is public",
        max_length=120,
        error_messages={"required": "Enter the role of the person who signs for the group"},
    )
    declare = forms.BooleanField(
        label="The group agreed this note, and I sign it",
        help_text="It is public from now on and cannot change",
        error_messages={"required": "Confirm that the group agreed this note"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class GiveUpReviewForm(forms.Form):
    """Deletes a draft."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": "Open the page again: this form names no draft."},
    )
