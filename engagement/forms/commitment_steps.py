"""The forms with which a side asks of a commitment, and answers. The actions store."""

from django import forms

from duty.controls.fields import WordLimitedTextField
from duty.controls.widgets import Radios
from engagement.forms.commitments import KeyedForm, Timed
from engagement.models import FINAL_STATUSES, CommitmentStatus

_ENDING_HINTS = {
    CommitmentStatus.MET.value: "What we promised is done",
    CommitmentStatus.CONSTRAINED.value: "It cannot be done, for a reason outside our control",
}


class ChangeForm(Timed, KeyedForm):
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
        *("timing", "target_date", "no_date_reason", "title", "description", "reason"),
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


class SendBackForm(forms.Form):
    """What an update should say."""

    comment = WordLimitedTextField(
        label="What should it say?",
        help_text="Whoever gave it reads this and gives a new update. Yours is kept beside theirs.",
        max_words=100,
        rows=4,
        error_messages={"required": "Say what the update should say"},
    )
