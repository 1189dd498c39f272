"""The forms of commitments. They convert and check; the actions store."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from authorities.models import Pair
from duty.controls.fields import GovukDateField, WordLimitedTextField
from duty.controls.widgets import Radios
from duty.models import PartnershipAgreement, Section
from duty.record_words import THEME_WORDS
from duty.standing_records import Theme
from engagement.actions.commitment_drafts import TypedUpdate
from engagement.models import Commitment, CommitmentStatus, Resources, Side, Visibility
from engagement.queries import commitment_links
from outcomes.models import Indicator, ItemKind, TheoryItem

_STATUS_HINTS = {
    CommitmentStatus.MET.value: "What we promised is done",
    CommitmentStatus.ON_TRACK.value: "It will be done by the date",
    CommitmentStatus.NO_PROGRESS.value: "Nothing has moved since the last update",
    CommitmentStatus.CONSTRAINED.value: "Something outside our control is in the way",
}
_READER_HINTS = {
    Visibility.PUBLIC.value: (
        "Once both agree: its title, theme, date or reason for none, and how it ends. Never "
        "updates, money or owners"
    ),
    Visibility.RESTRICTED.value: "Both sides and the national team; others read a count",
}
_NO_SPECIFICATION = "none"
_BOTH = "both"
# When it will be done: the choices of `timing`.
DATE, NO_DATE = "date", "no_date"


class KeyedForm(forms.Form):
    """A form that the server can tell from its copy when it is sent twice."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    back = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)


class Timed(forms.Form):
    """When it will be done: a date, or why there is none."""

    timing = forms.ChoiceField(
        label="When will it be done?",
        choices=[(DATE, "By a date"), (NO_DATE, "There is no date yet")],
        widget=Radios(reveals={DATE: ["target_date"], NO_DATE: ["no_date_reason"]}),
        error_messages={"required": "Select whether there is a date"},
    )
    target_date = GovukDateField(
        label="Date",
        name="date",
        help_text="For example, 31 3 2027",
        required=False,
    )
    no_date_reason = WordLimitedTextField(
        label="Why is there no date?", max_words=50, rows=2, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Keep only what belongs to the choice of 'when', and ask for it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("timing") == DATE:
            cleaned["no_date_reason"] = ""
            self.errors.pop("no_date_reason", None)
            if cleaned.get("target_date") is None and "target_date" not in self.errors:
                self.add_error("target_date", "Enter the date by which it will be done")
        elif cleaned.get("timing") == NO_DATE:
            cleaned["target_date"] = None
            self.errors.pop("target_date", None)
            if not cleaned.get("no_date_reason") and "no_date_reason" not in self.errors:
                self.add_error("no_date_reason", "Say why there is no date")
        return cleaned


class Seen(forms.Form):
    """Who may read that it was promised; without a choice, both sides alone."""

    visibility = forms.ChoiceField(
        label="Who may read that you promise this?",
        choices=Visibility.choices,
        widget=Radios(hints=_READER_HINTS, small=True),
        initial=Visibility.RESTRICTED,
        required=False,
    )

    def clean_visibility(self) -> Visibility:
        """Return the readers as the domain's type."""
        return Visibility(self.cleaned_data["visibility"] or Visibility.RESTRICTED)


class IndicatorField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic to the checker only
    """A choice among indicators, by their names."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what an indicator is called."""
        return str(obj.name)


class Described(forms.Form):
    """What a commitment serves and rests on; links are those that both sides know."""

    specification = forms.ChoiceField(
        label="Which part of the duty does it serve?",
        choices=[
            *[choice for choice in Section.choices if choice[0] != Section.ABOUT],
            (_NO_SPECIFICATION, "None of these"),
        ],
        widget=Radios(divider_before=_NO_SPECIFICATION, small=True),
        error_messages={"required": "Select the part of the duty that it serves"},
    )
    stage = forms.ChoiceField(
        label="Where does it stand in the theory of change? (optional)",
        choices=[("", "Not said"), *ItemKind.choices],
        widget=forms.Select,
        required=False,
    )
    theme = forms.ChoiceField(
        label="Which theme is it about? (optional)",
        choices=[("", "Not said"), *((one.value, THEME_WORDS[one]) for one in Theme)],
        widget=forms.Select,
        required=False,
    )
    resources = forms.ChoiceField(
        label="Are the resources for it there?",
        choices=Resources.choices,
        widget=Radios(small=True),
        initial=Resources.UNKNOWN,
        required=False,
    )
    indicator = IndicatorField(
        label="Which indicator would show it? (optional)",
        queryset=Indicator.objects.none(),
        empty_label="Not said",
        required=False,
    )
    framework_outcome = forms.ModelChoiceField(
        label="Which outcome of your framework does it serve? (optional)",
        help_text="Outcomes of the framework in force that both sides own",
        queryset=TheoryItem.objects.none(),
        empty_label="Not said",
        required=False,
    )
    agreement = forms.ModelChoiceField(
        label="Which partnership agreement does it come from? (optional)",
        help_text="Signed agreements of the authority to which the ICB is a party",
        queryset=PartnershipAgreement.objects.none(),
        empty_label="Not said",
        required=False,
    )

    def __init__(
        self, *args: Any, pair: Pair, linked: Commitment | None = None, **kwargs: Any
    ) -> None:
        """Offer what both sides of the pair know, and what `linked` names already."""
        super().__init__(*args, **kwargs)
        for name, rows in commitment_links.offered(pair=pair, linked=linked).items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
            field.queryset = rows

    def clean_specification(self) -> str:
        """Return the section's code, or nothing for 'None of these'."""
        chosen: str = self.cleaned_data["specification"]
        return "" if chosen == _NO_SPECIFICATION else chosen

    def clean_resources(self) -> str:
        """Return what is known of them; without a choice, nothing is."""
        return self.cleaned_data["resources"] or Resources.UNKNOWN.value


PARTICULARS = (
    *("specification", "stage", "theme", "resources"),
    *("indicator", "framework_outcome", "agreement"),
)


class CommitmentUpdateForm(KeyedForm):
    """How a commitment stands, from one side."""

    status = forms.ChoiceField(
        label="How does it stand, from our side?",
        choices=CommitmentStatus.choices,
        widget=Radios(hints=_STATUS_HINTS, small=True),
        error_messages={"required": "Select how it stands from your side"},
    )
    narrative = WordLimitedTextField(
        label="In a sentence or two",
        help_text="Needed for On track and Constrained",
        max_words=100,
        rows=2,
        required=False,
    )

    # The side's newest update that the page showed, 0 for none.
    after = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    field_order = ["status", "narrative", "form_key", "after", "back"]

    def clean_status(self) -> CommitmentStatus:
        """Return the status as the domain's type."""
        return CommitmentStatus(self.cleaned_data["status"])

    def typed(self) -> TypedUpdate:
        """Return what stands in a form that was sent, finished or not."""
        self.is_valid()
        status = str(self["status"].data or "")
        return TypedUpdate(
            status=status if status in CommitmentStatus.values else "",
            # PostgreSQL keeps no such character.
            narrative=str(self["narrative"].data or "").replace("\0", "").strip(),
            form_key=self.cleaned_data.get("form_key") or uuid.uuid4(),
            after=self.cleaned_data.get("after"),
        )


class CommitmentProposeForm(Described, Seen, Timed, KeyedForm):
    """What one side offers the other to promise together."""

    title = forms.CharField(
        label="What do you promise together?",
        help_text=(
            "One thing that both can see is done or not, such as “Share one list of people out "
            "of work with long-term conditions”"
        ),
        max_length=200,
        error_messages={
            "required": "Enter what you promise together",
            "max_length": "Use 200 characters or fewer",
        },
    )
    description = WordLimitedTextField(
        label="What does each side do for it? (optional)", max_words=200, rows=4, required=False
    )
    own_owner = forms.CharField(
        label="Who owns it on your side?",
        help_text="A role, not a person’s name, such as “head of population health”",
        max_length=120,
        error_messages={"required": "Enter the role that owns it on your side"},
    )
    other_owner = forms.CharField(
        label="Who could own it on the other side? (optional)",
        help_text="They name their owner when they confirm",
        max_length=120,
        required=False,
    )
    lead = forms.ChoiceField(
        label="Which side leads?",
        choices=[
            (Side.AUTHORITY.value, "The authority"),
            (Side.BOARD.value, "The ICB"),
            (_BOTH, "Both"),
        ],
        widget=Radios(small=True),
        error_messages={"required": "Select which side leads"},
    )
    field_order = [
        *("title", "description", "own_owner", "other_owner", "lead"),
        *("timing", "target_date", "no_date_reason", *PARTICULARS),
        *("visibility", "form_key", "back"),
    ]

    def clean_lead(self) -> Side | None:
        """Return the leading side, None for both."""
        chosen: str = self.cleaned_data["lead"]
        return None if chosen == _BOTH else Side(chosen)


class CommitmentConfirmForm(forms.Form):
    """The owner on one's own side."""

    owner = forms.CharField(
        label="Who owns it on your side?",
        help_text="A role, not a person’s name, such as “head of population health”",
        max_length=120,
        error_messages={"required": "Enter the role that owns it on your side"},
    )


class CommitmentDeclineForm(forms.Form):
    """Why a side does not agree."""

    reason = WordLimitedTextField(
        label="Why does your side not agree?",
        help_text="The other side sees this",
        max_words=100,
        rows=4,
        error_messages={"required": "Say why your side does not agree"},
    )


class CommitmentReconfirmForm(forms.Form):
    """A side stands by what it took over: there is nothing to fill in."""


class CommitmentAssignForm(forms.Form):
    """The pair that goes on with a commitment whose own pair ended."""

    pair = forms.ChoiceField(
        label="Which pair goes on with it?",
        widget=Radios(),
        error_messages={"required": "Select the pair that goes on with it"},
    )

    def __init__(self, *args: Any, pairs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the pairs: key and names."""
        super().__init__(*args, **kwargs)
        field = self.fields["pair"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = list(pairs)
