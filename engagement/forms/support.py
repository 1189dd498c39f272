"""The forms of support. They convert and check; the actions store."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from duty.controls.fields import GovukDateField, SeenVersionField, WordLimitedTextField
from duty.controls.widgets import Checkboxes, Radios
from engagement.actions.support_offers import OfferText
from engagement.models import Aim, Need, Side

_NO_NEED = "none"
_ANY, _NAMED = "any", "named"


class PairSideField(forms.ChoiceField):
    """A side of a pair; the clean value is the pair's key and the side."""

    @staticmethod
    def choice(*, pair_id: UUID, side: str) -> str:
        """Return the value of one choice."""
        return f"{pair_id}:{side}"

    def clean(self, value: Any) -> tuple[UUID, Side]:
        """Return the pair's key and the side.

        Raises:
            ValidationError: nothing, or none of the choices, was chosen.
        """
        key, _, side = str(super().clean(value)).partition(":")
        return UUID(key), Side(side)


class OfferForm(forms.Form):
    """What there is, for whom, and by whom."""

    title = forms.CharField(
        label="What is the offer called?",
        max_length=120,
        error_messages={"required": "Enter what the offer is called"},
    )
    description = WordLimitedTextField(
        label="What is it?",
        help_text="Everybody can read this once the offer is open",
        max_words=300,
        rows=6,
        error_messages={"required": "Say what the offer is"},
    )
    group_code = forms.ChoiceField(
        label="Which support group is it for?",
        widget=Radios(small=True),
        error_messages={"required": "Select the support group that it is for"},
    )
    aimed_at = forms.ChoiceField(
        label="At which side of a pair is it aimed?",
        choices=Aim.choices,
        widget=Radios(
            hints={
                Aim.LESS_ENGAGED.value: "At both sides of a pair where neither is less engaged",
            },
            small=True,
        ),
        error_messages={"required": "Select at which side it is aimed"},
    )
    need = forms.ChoiceField(
        label="Which need of the returns does it meet?",
        help_text="The answers to “What support would help you go further?”",
        choices=[*Need.choices, (_NO_NEED, "None of these")],
        widget=Radios(divider_before=_NO_NEED, small=True),
        error_messages={"required": "Select the need that it meets, or none of these"},
    )
    run_by = forms.CharField(
        label="Who runs it?",
        help_text="An organisation or a role, not a person’s name",
        max_length=120,
        error_messages={"required": "Enter who runs it"},
    )
    starts_on = GovukDateField(label="First day", name="first day")
    ends_on = GovukDateField(label="Last day (optional)", name="last day", required=False)
    capacity = forms.IntegerField(
        label="How many bodies can take part? (optional)",
        help_text="Leave it empty for as many as like",
        required=False,
        min_value=1,
        max_value=1000,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Enter a whole number, such as 12",
            "min_value": "Enter 1 or more, or leave it empty",
            "max_value": "Enter 1,000 or fewer, or leave it empty",
        },
    )
    notes = WordLimitedTextField(
        label="Notes for the national team (optional)",
        help_text="Only the national team sees these",
        max_words=300,
        rows=3,
        required=False,
    )
    seen = SeenVersionField()
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, groups: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the support groups: code and name."""
        super().__init__(*args, **kwargs)
        field = self.fields["group_code"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = list(groups)

    def text(self) -> OfferText:
        """Return what a valid form says."""
        said = self.cleaned_data
        return OfferText(
            title=said["title"],
            description=said["description"],
            group_code=said["group_code"],
            aimed_at=Aim(said["aimed_at"]),
            need=None if said["need"] == _NO_NEED else Need(said["need"]),
            run_by=said["run_by"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            capacity=said["capacity"],
            notes=said["notes"],
        )


class EnrolForm(forms.Form):
    """The body that is offered to take part, or for which it is asked."""

    to = PairSideField(
        label="Whom do you offer it to?",
        error_messages={"required": "Select a body"},
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        choices: Sequence[tuple[str, str]],
        label: str = "",
        radios: bool = False,
        **kwargs: Any,
    ) -> None:
        """Offer the sides of pairs: value and words."""
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        if radios:
            field.widget = Radios()
            field.choices = list(choices)
        else:
            field.choices = [("", "Select a body"), *choices]
        if label:
            field.label = label


class StepForm(forms.Form):
    """A step, with words where it takes them."""

    words = WordLimitedTextField(label="", max_words=150, rows=4, required=False)

    def __init__(
        self,
        *args: Any,
        label: str,
        hint: str = "",
        required: str = "",
        **kwargs: Any,
    ) -> None:
        """Ask for the words under a label; without one there is nothing to fill in.

        required: what is wrong where nothing is said; empty where nobody has to.
        """
        super().__init__(*args, **kwargs)
        if not label:
            del self.fields["words"]
            return
        field = self.fields["words"]
        field.label, field.help_text = label, hint
        if required:
            field.required = True
            field.error_messages["required"] = required


class NoteForm(forms.Form):
    """A note of the centre. Whom it is for stands above the form."""

    text = WordLimitedTextField(
        label="Note", max_words=300, rows=5, error_messages={"required": "Enter the note"}
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)


class SessionForm(forms.Form):
    """A session that is planned, or that was held."""

    title = forms.CharField(
        label="What is the session called?",
        max_length=120,
        error_messages={"required": "Enter what the session is called"},
    )
    held_on = GovukDateField(label="Day", name="day")
    note = WordLimitedTextField(
        label="Note (optional)",
        help_text="All bodies that take part read this. Name none of them",
        max_words=300,
        rows=4,
        required=False,
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)


class AttendanceForm(forms.Form):
    """Who was there, and what came of it for all."""

    enrolments = forms.TypedMultipleChoiceField(
        label="Which bodies were there?",
        help_text="Each body is shown its own attendance alone",
        coerce=UUID,
        widget=Checkboxes(small=True),
        required=False,
    )
    note = WordLimitedTextField(
        label="Note (optional)",
        help_text="All bodies that take part read this. Name none of them",
        max_words=300,
        rows=4,
        required=False,
    )
    seen = SeenVersionField()

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the bodies that take part: key and name."""
        super().__init__(*args, **kwargs)
        field = self.fields["enrolments"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - narrows the type
        field.choices = list(bodies)


class VolunteerForm(forms.Form):
    """What a body could share, and with whom."""

    to = PairSideField(
        label="With which of your pairs do you volunteer?",
        widget=Radios(),
        error_messages={"required": "Select the pair with which you volunteer"},
    )
    shares = WordLimitedTextField(
        label="What could you share?",
        max_words=150,
        rows=4,
        error_messages={"required": "Say what you could share"},
    )
    whom = forms.ChoiceField(
        label="With whom?",
        choices=[(_ANY, "With any pair"), (_NAMED, "With pairs that we name")],
        widget=Radios(reveals={_NAMED: ["named"]}),
        error_messages={"required": "Select with whom you could share it"},
    )
    named = forms.TypedMultipleChoiceField(
        label="Which pairs?", coerce=UUID, widget=Checkboxes(small=True), required=False
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        own: Sequence[tuple[str, str]],
        others: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Offer one's own green pairs, and the amber ones."""
        super().__init__(*args, **kwargs)
        for name, choices in (("to", own), ("named", others)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
            field.choices = list(choices)

    @property
    def open_to_any(self) -> bool:
        """Whether a valid form names nobody."""
        return bool(self.cleaned_data["whom"] == _ANY)


class LinkForm(forms.Form):
    """An ambassador, and the body that is asked."""

    ambassador = forms.TypedChoiceField(
        label="Ambassador",
        coerce=UUID,
        error_messages={"required": "Select an ambassador"},
    )
    partner = PairSideField(
        label="Who could learn from it?",
        error_messages={"required": "Select a body"},
    )
    about = WordLimitedTextField(
        label="What could the two learn from each other?",
        help_text="Both bodies read this",
        max_words=150,
        rows=4,
        error_messages={"required": "Say what the two could learn from each other"},
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        ambassadors: Sequence[tuple[str, str]],
        partners: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Offer the ambassadors, and the sides of amber pairs."""
        super().__init__(*args, **kwargs)
        for name, choices in (("ambassador", ambassadors), ("partner", partners)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
            field.choices = [("", "Select one"), *choices]


class MeetingForm(forms.Form):
    """A day on which both met."""

    held_on = GovukDateField(label="When did they meet?", name="day they met")
    note = WordLimitedTextField(
        label="What came of it? (optional)",
        help_text="Both bodies read this",
        max_words=150,
        rows=4,
        required=False,
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)


class GoOnForm(forms.Form):
    """With which pair a body goes on after a change of bodies."""

    pair = forms.ChoiceField(
        label="With which pair does your organisation go on?",
        widget=Radios(),
        error_messages={"required": "Select the pair that your organisation goes on with"},
    )

    def __init__(self, data: Any = None, *, pairs: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["pair"].choices = list(pairs)  # type: ignore[attr-defined]
        if len(pairs) == 1:
            self.initial.setdefault("pair", pairs[0][0])
