"""What analysts enter about files of others."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from authorities.actions.feed_decisions import Decision
from authorities.actions.reorganisations import Heading
from authorities.feed_operations import Entered
from authorities.models import (
    AuthorityTier,
    AuthorityType,
    BodyKind,
    Certainty,
    FeedAspect,
    FeedDecision,
    FeedDifference,
    FeedDifferenceKind,
)
from authorities.timetable import months_after

_DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"]
_NO_DAY = "Enter a date as year, month and day, for example 2026-04-01"
_MOST_MONTHS_AHEAD = 12
# Before this there was no body that the register holds.
_FIRST_DAY = date(2000, 7, 3)
NEW_BODY = "=new"
Choices = Sequence[tuple[str, str]]


def _day_field(label: str, help_text: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        input_formats=_DAY_FORMATS,
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"class": "govuk-input--width-10", "autocomplete": "off"}
        ),
        error_messages={"invalid": _NO_DAY, "required": _NO_DAY},
    )


class FeedUploadForm(forms.Form):
    """A file, and the day that it describes."""

    file = forms.FileField(
        label="The file",
        help_text="A CSV file of up to 10 MB",
        # What the file holds decides, and the reader says it in better words.
        allow_empty_file=True,
        error_messages={"required": "Choose a file", "missing": "Choose a file"},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    day = _day_field(
        "The day that the file describes",
        "Not the day on which it was published. For example, 2026-04-01 for “April 2026”.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_day(self) -> date:
        """Keep the day within what the register can know."""
        day: date = self.cleaned_data["day"]
        latest = months_after(day=self._today, months=_MOST_MONTHS_AHEAD)
        if not _FIRST_DAY <= day <= latest:
            raise forms.ValidationError(
                f"Enter a day from {_FIRST_DAY.isoformat()} to {latest.isoformat()}"
            )
        return day


class FeedDecisionForm(forms.Form):
    """What becomes of one difference. Which questions it has depends on the row."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="What should become of this row?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether to take the row or to leave it"},
    )
    match = forms.ChoiceField(label="Which body is it?", required=False)
    name = forms.CharField(label="Name", max_length=200, required=False)
    short_name = forms.CharField(
        label="Short name",
        max_length=120,
        required=False,
        help_text="As lists and maps show it, such as Greater Manchester",
    )
    slug = forms.CharField(
        label="Address",
        max_length=100,
        required=False,
        help_text="Small letters, figures and hyphens, such as greater-manchester. It never "
        "changes and is never used again.",
    )
    region = forms.ChoiceField(label="NHS region", required=False)
    type = forms.ChoiceField(label="Legal type", required=False)
    tier = forms.ChoiceField(label="Tier", required=False)
    successor = forms.ChoiceField(
        label="Which body takes over all of its area? (optional)",
        required=False,
        help_text="Leave it empty where several do, or where you do not know: you say it in the "
        "change.",
    )
    reason = forms.CharField(
        label="Why is the row left?",
        required=False,
        help_text="Only where it is left. For example, “ONS has not yet published the new code”.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        row: FeedDifference,
        offers: Choices,
        others: Choices,
        successors: Choices,
        regions: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._row = row
        for name in self.fields.keys() - _questions_of(row):
            del self.fields[name]
        if row.kind == FeedDifferenceKind.ADDED:
            for name in ("name", "short_name", "slug", "region", "type", "tier"):
                if name in self.fields:
                    label = str(self.fields[name].label)
                    self.fields[name].label = f"{label} of a new body"
        self._choose("decision", _DECISIONS.get(row.kind, ()))
        grouped: list[Any] = [("", "Choose one"), (NEW_BODY, "A new body")]
        if offers:
            grouped.append(("Names like it", list(offers)))
        if others:
            grouped.append(("Other bodies of ours", list(others)))
        self._choose("match", grouped)
        self._choose("region", [("", "Choose one"), *regions])
        self._choose("type", [("", "Choose one"), *AuthorityType.choices])
        self._choose("tier", [("", "Choose one"), *AuthorityTier.choices])
        self._choose("successor", [("", "None, or not known"), *successors])

    def clean(self) -> dict[str, Any]:
        """Have it said whether an added row is a new body: that is never guessed."""
        cleaned = super().clean() or {}
        if (
            "match" in self.fields
            and cleaned.get("decision") == FeedDecision.TAKE
            and not cleaned.get("match")
            and "match" not in self.errors
        ):
            self.add_error("match", "Choose whether it is a new body or one of ours")
        return cleaned

    def to_decision(self) -> Decision:
        """Return the decision as a value."""
        cleaned = self.cleaned_data
        match = cleaned.get("match", "")
        entered = {
            name: " ".join(cleaned.get(name, "").split()) for name in Entered.__dataclass_fields__
        }
        is_match = match not in ("", NEW_BODY)
        return Decision(
            decision=FeedDecision(cleaned["decision"]),
            reason=cleaned["reason"],
            match=match if is_match else "",
            entered=Entered() if is_match else Entered(**entered),
        )

    def _choose(self, name: str, choices: Sequence[Any]) -> None:
        if isinstance(field := self.fields.get(name), forms.ChoiceField):
            field.choices = choices


_DECISIONS: dict[str, Choices] = {
    FeedDifferenceKind.ADDED: (
        (FeedDecision.TAKE.value, "Take it: a body begins, or one of ours has this code"),
        (FeedDecision.LEAVE.value, "Leave it as it is here"),
        (FeedDecision.UNDECIDED.value, "Decide later"),
    ),
    FeedDifferenceKind.CHANGED: (
        (FeedDecision.TAKE.value, "Take it as it is in the file"),
        (FeedDecision.LEAVE.value, "Leave it as it is here"),
        (FeedDecision.UNDECIDED.value, "Decide later"),
    ),
    FeedDifferenceKind.CLOSED: (
        (FeedDecision.TAKE.value, "Take it: the body ends"),
        (FeedDecision.LEAVE.value, "Leave it: the body goes on"),
        (FeedDecision.UNDECIDED.value, "Decide later"),
    ),
}


def _questions_of(row: FeedDifference) -> frozenset[str]:
    names = {"version", "decision", "reason"}
    if row.kind == FeedDifferenceKind.ADDED:
        names |= {"match", "name", "short_name", "slug"}
        if row.body_kind == BodyKind.INTEGRATED_CARE_BOARD:
            names.add("region")
        if row.body_kind == BodyKind.STRATEGIC_AUTHORITY:
            names |= {"type", "tier"}
    elif row.kind == FeedDifferenceKind.CLOSED:
        names.add("successor")
    elif row.aspect == FeedAspect.NAME:
        names |= {"name", "short_name"}
    return frozenset(names)


class FeedChangeForm(forms.Form):
    """The heading of the change that the taken rows become."""

    title = forms.CharField(label="Title", max_length=200)
    effective_date = _day_field(
        "The day on which it takes effect", "The first day on which things are as in the file"
    )
    source = forms.CharField(
        label="Source",
        help_text="The order, statement or decision that says so, besides the file",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    certainty = forms.ChoiceField(
        label="How sure is it?", choices=Certainty.choices, widget=forms.RadioSelect
    )

    def to_heading(self) -> Heading:
        """Return the heading as a value."""
        cleaned = self.cleaned_data
        return Heading(
            title=cleaned["title"],
            effective_date=cleaned["effective_date"],
            source=cleaned["source"],
            certainty=cleaned["certainty"],
        )


class FeedEndForm(forms.Form):
    """How the review of a file ends."""

    FINISH, DISCARD = "finish", "discard"

    outcome = forms.ChoiceField(
        label="How does the review end?",
        choices=(
            (FINISH, "It is done: each row is decided"),
            (DISCARD, "The file is the wrong one: discard it"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the review ends"},
    )
    reason = forms.CharField(
        label="Why is the file discarded?",
        required=False,
        help_text="Only where it is discarded",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
