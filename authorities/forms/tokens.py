"""What is asked when a token for a program is made."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from authorities.forms.choices import DayField, RevealingRadios
from authorities.models import TokenScope

_USUAL = timedelta(days=90)
_LONGEST = timedelta(days=365)
_HINTS = {
    TokenScope.READ.value: "For figures that another system shows. It changes nothing.",
    TokenScope.WRITE.value: "For answers, figures and updates that another system sends in. It "
    "never signs, publishes or administers.",
}


class TokenForm(forms.Form):
    """Which program, what it may do, and until when."""

    name = forms.CharField(
        label="What is it for?",
        max_length=60,
        help_text="The name of the program and where it runs, such as “Planning system, test”. Do "
        "not write the token or a password here.",
        error_messages={
            "required": "Enter what the token is for",
            "max_length": "Write at most 60 characters",
        },
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(
        label="What may the program do?",
        choices=TokenScope.choices,
        widget=RevealingRadios(hints=_HINTS),
        error_messages={"required": "Choose what the program may do"},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["last_day"] = DayField(
            label="Last day on which it works",
            initial=today + _USUAL,
            help_text="Within a year. For example, 31 March 2027",
            error_messages={
                "required": "Enter the last day",
                "invalid": "Enter a day, such as 1 April 2027",
            },
        )

    def clean_last_day(self) -> date:
        """Refuse a day that is over, or more than a year ahead."""
        day: date = self.cleaned_data["last_day"]
        latest = self.today + _LONGEST
        if not self.today <= day <= latest:
            raise ValidationError(f"Enter a day from {_words(self.today)} to {_words(latest)}")
        return day


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
