"""The forms with which a side asks of a commitment, and answers. The actions store."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from authorities.models import User
from duty import words
from duty.controls.fields import MoneyField, WordLimitedTextField
from duty.controls.widgets import Radios
from duty.record_words import PREVENTION_WORDS
from duty.standing_records import LARGEST_AMOUNT, Prevention
from engagement.forms.commitments import PARTICULARS, Described, KeyedForm, Seen, Timed
from engagement.models import FINAL_STATUSES, CommitmentStatus, MoneySource

# Whether an amount is known: the choices of `known`.
AMOUNT, NO_AMOUNT = "amount", "not_known"
_YEARS_BACK, _YEARS_ON = 3, 10
_ENDING_HINTS = {
    CommitmentStatus.MET.value: "What we promised is done",
    CommitmentStatus.CONSTRAINED.value: "It cannot be done, for a reason outside our control",
}


def years_offered(*, on: date, more: Iterable[int] = ()) -> list[tuple[int, str]]:
    """Return the financial years that money may be stated for: some before this one and after it.

    `more` are years that are offered beside these.
    """
    this = on.year - (on.month < 4)
    years = {*range(this - _YEARS_BACK, this + _YEARS_ON + 1), *more}
    return [(year, words.financial_year(first=year)) for year in sorted(years)]


class ChangeForm(Seen, Timed, KeyedForm):
    """What shall be promised from now on, and why it changes."""

    title = forms.CharField(
        label="What do you promise together?",
        max_length=200,
        error_messages={
            "required": "Enter what you promise together",
            "max_length": "Use 200 characters or fewer",
        },
    )
    description = WordLimitedTextField(
        label="What does each side do for it? (optional)", max_words=200, rows=4, required=False
    )
    reason = WordLimitedTextField(
        label="Why does it change?",
        help_text="The other side reads this before it answers",
        max_words=100,
        rows=3,
        error_messages={"required": "Say why it changes"},
    )

    field_order = [
        *("timing", "target_date", "no_date_reason", "title", "description"),
        *("visibility", "reason"),
        *("form_key", "back"),
    ]


class ClosureForm(KeyedForm):
    """How it ended."""

    final_status = forms.ChoiceField(
        label="How did it end?",
        choices=[(status.value, status.label) for status in FINAL_STATUSES],
        widget=Radios(hints=_ENDING_HINTS, small=True),
        error_messages={"required": "Select how it ended"},
    )
    ending = WordLimitedTextField(
        label="Say in a sentence or two how it ended",
        help_text="It stays on record when the commitment is closed",
        max_words=100,
        rows=3,
        error_messages={"required": "Say how it ended"},
    )


class DescribeForm(Described):
    """What a commitment serves and rests on, and the owner on one's own side."""

    owner = forms.CharField(
        label="Who owns it on your side?",
        help_text="A role, not a person’s name, such as “head of population health”",
        max_length=120,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    field_order = [*PARTICULARS, "owner", "version"]


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic to the checker only
    """A choice among people, by their names."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what a person is called, and by which address they are told apart."""
        return f"{obj.full_name} ({obj.email})"


class OwnerForm(forms.Form):
    """Who owns a commitment on one's own side, of the people of one's own body."""

    person = PersonField(
        label="Who owns it on your side?",
        help_text="People who have a role at your body today",
        queryset=User.objects.none(),
        empty_label="Nobody by name",
        required=False,
        error_messages={
            "invalid_choice": "Select somebody who has a role at your own body today, or nobody"
        },
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        """Offer the people."""
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        field.queryset = people


class MoneyForm(KeyedForm):
    """A line of money: one source, one financial year, one kind."""

    source = forms.ChoiceField(
        label="Where does the money come from?",
        choices=MoneySource.choices,
        widget=Radios(small=True),
        error_messages={"required": "Select where it comes from. Not known is one of the choices"},
    )
    year = forms.TypedChoiceField(
        label="Financial year",
        coerce=int,
        widget=forms.Select,
        error_messages={"required": "Select the financial year"},
    )
    known = forms.ChoiceField(
        label="How much is it?",
        choices=[(AMOUNT, "An amount"), (NO_AMOUNT, "Not known")],
        widget=Radios(reveals={AMOUNT: ["amount"]}),
        error_messages={"required": "Select whether the amount is known"},
    )
    amount = MoneyField(
        label="Amount in pounds",
        help_text="In full, such as 1,200,000",
        maximum=LARGEST_AMOUNT,
        required=False,
    )
    prevention = forms.ChoiceField(
        label="Is it for prevention?",
        choices=[(one.value, PREVENTION_WORDS[one]) for one in Prevention],
        widget=Radios(small=True),
        error_messages={"required": "Select whether it is for prevention"},
    )
    purpose = forms.CharField(label="What is it for? (optional)", max_length=200, required=False)

    field_order = [
        *("source", "year", "known", "amount", "prevention", "purpose", "form_key", "back")
    ]

    def __init__(self, *args: Any, years: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the years: the first one, and how it is written."""
        super().__init__(*args, **kwargs)
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = [("", "Select a year"), *years]

    def clean(self) -> dict[str, Any]:
        """Keep an amount only where one is known, and ask for it there."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("known") == NO_AMOUNT:
            cleaned["amount"] = None
            self.errors.pop("amount", None)
        elif (
            cleaned.get("known") == AMOUNT
            and cleaned.get("amount") is None
            and "amount" not in self.errors
        ):
            self.add_error("amount", "Enter the amount in pounds")
        return cleaned


class WithdrawMoneyForm(forms.Form):
    """Why a line of money counts no more."""

    reason = WordLimitedTextField(
        label="Why do you withdraw it?",
        help_text="The other side reads this",
        max_words=100,
        rows=3,
        error_messages={"required": "Say why you withdraw it"},
    )


class SendBackForm(forms.Form):
    """What an update should say."""

    comment = WordLimitedTextField(
        label="What should it say?",
        help_text="Whoever gave it reads this and gives a new update. Yours is kept beside theirs.",
        max_words=100,
        rows=4,
        error_messages={"required": "Say what the update should say"},
    )
