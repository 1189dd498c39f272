"""What is asked when people are invited, come in, and leave."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from authorities.forms.choices import DayField, RevealingForm, RevealingRadios
from authorities.models import Role, User

_PAST = "Enter a day that is not over: {today} or later"
ROLE_HINTS = {
    Role.EDITOR.value: "Writes: answers, values, views and commitments.",
    Role.SIGNATORY.value: "Writes, and signs for the body.",
    Role.PEOPLE_LEAD.value: "Says who works at the body, and does none of its work.",
    Role.ANALYST.value: "Reads what is submitted, drafts national views and runs support.",
    Role.MODERATOR.value: "Reads what is submitted, and decides about drafts of others.",
    Role.LEAD_ANALYST.value: "An analyst who also decides, proposes publication and takes back.",
    Role.READER.value: "Reads returns of published rounds.",
    Role.ADMINISTRATOR.value: "Looks after people, rounds and the site.",
    Role.AUDITOR.value: "Reads who did and saw what, and changes nothing.",
}


class _LastDay(DayField):
    """The last day on which somebody holds a role."""

    def __init__(self, *, label: str, today: date, **more: Any) -> None:
        super().__init__(
            label=label,
            error_messages={"invalid": "Enter a day, such as 1 April 2027"},
            **more,
        )
        self.today = today

    def clean(self, value: Any) -> Any:
        """Refuse a day that is over."""
        day = super().clean(value)
        if day is not None and day < self.today:
            raise ValidationError(_PAST.format(today=f"{self.today.day} {self.today:%B %Y}"))
        return day


class InviteForm(forms.Form):
    """Whom, to which role, and until when."""

    email = forms.EmailField(
        label="E-mail address at work",
        max_length=254,
        help_text="The link in the mail is for this person alone. Do not use a shared address.",
        error_messages={
            "required": "Enter the e-mail address of the person",
            "invalid": "Enter an e-mail address, such as name@example.gov.uk",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label="Role")

    def __init__(self, *args: Any, roles: Iterable[Role], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(roles)
        self.fields["role"] = forms.ChoiceField(
            label="Role",
            choices=[(role.value, role.label) for role in known],
            widget=RevealingRadios(hints=ROLE_HINTS),
            error_messages={"required": "Choose a role"},
        )
        self.fields["last_day"] = _LastDay(
            label="Last day in the role (optional)",
            today=today,
            required=False,
            help_text="Where you know it, such as the end of a secondment. For example, "
            "31 March 2027",
        )


class RoleForm(RevealingForm):
    """Until when somebody holds a role."""

    NOW, DAY, LASTS = "now", "day", "lasts"

    def __init__(
        self, *args: Any, today: date, ends: bool, is_last: bool, noun: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(self.NOW, "It ends now"), (self.DAY, "It ends on a day")]
        if ends:
            choices.append((self.LASTS, "It has no end"))
        self.fields["what"] = forms.ChoiceField(
            label="When does the role end?",
            choices=choices,
            widget=RevealingRadios(reveals={self.DAY: ["last_day"]}),
            error_messages={"required": "Choose when the role ends"},
        )
        self.fields["last_day"] = _LastDay(
            label="Last day in the role", today=today, required=False
        )
        if is_last:
            self.fields["last_is_meant"] = forms.BooleanField(
                label=f"I understand that nobody will be {noun} here then",
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the day where one is needed."""
        cleaned = super().clean() or {}
        missing = not cleaned.get("last_day") and "last_day" not in self.errors
        if cleaned.get("what") == self.DAY and missing:
            self.add_error("last_day", "Enter the last day in the role")
        return cleaned


class JoinForm(forms.Form):
    """Who comes in: a name, and a password."""

    full_name = forms.CharField(
        label="Full name",
        max_length=120,
        help_text="As your colleagues know you.",
        error_messages={"required": "Enter your full name"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=200,
        help_text="At least 12 characters. Three words that only you would put together are good.",
        error_messages={"required": "Enter a password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is short, common, or like name or address."""
        cleaned = super().clean() or {}
        if "password" in cleaned:
            person = User(email=self.email, full_name=cleaned.get("full_name", ""))
            try:
                validate_password(cleaned["password"], user=person)
            except ValidationError as refusal:
                self.add_error("password", refusal)
        return cleaned


class PeopleFilterForm(forms.Form):
    """Whom the list of all people shows."""

    q = forms.CharField(label="Name or e-mail address", required=False, max_length=100)
    body = forms.ChoiceField(label="Body", required=False)
    role = forms.ChoiceField(
        label="Role", required=False, choices=[("", "Any role"), *Role.choices]
    )
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "Everybody"),
            ("never", "Never signed in"),
            ("overdue", "With a role that was to be confirmed"),
            ("without", "Without a role now"),
            ("closed", "With a closed account"),
        ],
    )

    def __init__(self, *args: Any, bodies: Iterable[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = forms.ChoiceField(
            label="Body",
            required=False,
            choices=[("", "Any body"), *((str(key), name) for key, name in bodies)],
        )
