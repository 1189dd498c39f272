"""Forms of the indicators of a draft."""

from typing import Any
from uuid import UUID

from django import forms

from outcomes.actions.framework_indicators import Standing
from outcomes.actions.framework_targets import ChosenBaseline
from outcomes.framework_forms.fields import (
    Choices,
    NumberField,
    RowsForm,
    VersionedForm,
    long_text,
    reason_field,
)
from outcomes.framework_rules import Wanted
from outcomes.models import TargetKind, TargetMode, TrajectoryKind

_ROLE_HINT = "A role, not a person’s name, such as “director of public health”"
_NONE = "none"


class IndicatorChoiceForm(forms.Form):
    """Which indicator of which area is to come in; the next page asks for whom."""

    item = forms.ChoiceField(label="Which outcome or output does it tell of?")
    indicator = forms.ChoiceField(label="Indicator")
    area = forms.ChoiceField(label="Of which area?")

    def __init__(
        self, *args: Any, items: Choices, indicators: Choices, areas: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("item", items), ("indicator", indicators), ("area", areas)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = list(choices)


class PeopleForm(VersionedForm):
    """For whom the values of an indicator are."""

    people = forms.ChoiceField(
        label="For whom?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for whom the values are"},
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("people", people)


class StandingForm(VersionedForm):
    """Where an indicator stands, and what the authority does about it."""

    item = forms.ChoiceField(label="Which outcome or output does it tell of?")
    determinant = forms.ChoiceField(
        label="Which wider determinant of health does it stand for?",
        required=False,
    )
    authority_role = long_text(
        "What is the authority’s own role?",
        "What it does itself, funds or convenes. Needed where it stands for a determinant",
        required=False,
    )

    def __init__(self, *args: Any, items: Choices, determinants: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("item", items)
        self.offer("determinant", [("", "None"), *determinants])

    def to_standing(self) -> Standing:
        """Return what a valid form says."""
        data = self.cleaned_data
        return Standing(
            item=UUID(data["item"]),
            determinant=data["determinant"],
            authority_role=data["authority_role"],
        )


class OwnersForm(VersionedForm):
    """Who owns an indicator on either side."""

    authority_owner = forms.CharField(
        label="Who owns it at the authority?", help_text=_ROLE_HINT, max_length=120, required=False
    )
    board_owner = forms.CharField(
        label="Who owns it at the ICB?", help_text=_ROLE_HINT, max_length=120, required=False
    )


class BaselineForm(VersionedForm):
    """Where the way begins: a published value, or none and why."""

    baseline = forms.ChoiceField(
        label="Which published value is the baseline?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a value, or that there is none"},
    )
    why_none = long_text(
        "Why is there no baseline?", "Only if you chose that there is none", rows=3, required=False
    )
    reason = reason_field()
    only = {"why_none": "no-baseline"}

    def __init__(self, *args: Any, values: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("baseline", [*values, (_NONE, "There is no baseline")])

    def to_chosen(self) -> ChosenBaseline | None:
        """Return the value that a valid form names; None for none."""
        if self.cleaned_data["baseline"] == _NONE:
            return None
        period, _, release = self.cleaned_data["baseline"].partition(":")
        return ChosenBaseline(period_id=int(period), release_id=UUID(release))


class TargetForm(RowsForm):
    """What is wanted of an indicator."""

    kind = forms.ChoiceField(
        label="What do you want of it?",
        choices=TargetKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you want of it"},
    )
    mode = forms.ChoiceField(
        label="How do you say the target?",
        help_text=(
            "When the publisher revises the baseline, this is what stays. For a fall enter a "
            "change below 0"
        ),
        choices=TargetMode.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    amount = NumberField(label="Target", required=False, wide=True)
    period = forms.CharField(
        label="By which period?",
        required=False,
        max_length=40,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
    )
    trajectory = forms.ChoiceField(
        label="How does the way there run?",
        choices=TrajectoryKind.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    tolerance = NumberField(
        label="Margin",
        help_text=(
            "Only for values without confidence limits, in the indicator’s unit. Empty is a tenth "
            "of the way; to keep it as it is, enter one"
        ),
        required=False,
        wide=True,
    )
    why_none = long_text(
        "Why is there no target yet?",
        "Only if you chose that there is none",
        rows=3,
        required=False,
    )
    reason = reason_field()
    only = {
        **dict.fromkeys(("mode", "amount", "trajectory"), "reach"),
        **dict.fromkeys(("period", "tolerance"), "goal"),
        "milestones": "milestones",
        "why_none": "none",
    }
    rows_name = "milestones"
    rows_legend = "Agreed values on the way"
    rows_hint = "Only for a way through agreed values, in order of time, in the indicator’s unit"
    rows_after = "trajectory"

    def clean(self) -> dict[str, Any]:
        """Refuse values on the way where another way was chosen: they would be lost."""
        data = super().clean()
        if data.get("trajectory") != TrajectoryKind.MILESTONES and self.to_rows():
            self.add_error(
                "trajectory", "You entered agreed values: choose that way, or empty them"
            )
        return data

    def to_wanted(self) -> Wanted:
        """Return what a valid form says."""
        data = self.cleaned_data
        way = data["trajectory"]
        return Wanted(
            kind=data["kind"],
            mode=data["mode"],
            amount=data["amount"],
            period=data["period"],
            trajectory=way,
            milestones=self.to_rows() if way == TrajectoryKind.MILESTONES else (),
            tolerance=data["tolerance"],
        )


class SetChoiceForm(VersionedForm):
    """Which set of indicators to adopt, and for which outcome."""

    set = forms.ChoiceField(
        label="Which set?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a set of indicators"},
    )
    item = forms.ChoiceField(label="Which outcome or output do its indicators tell of?")

    def __init__(self, *args: Any, sets: Choices, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("set", sets)
        self.offer("item", items)
