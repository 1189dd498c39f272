"""How people get in: accounts are made by an administrator, never by whoever asks."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """allauth's sign-in without its sign-up, with sentences that say what to do."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "Check your e-mail address and password: one of them is not right. "
            "Passwords tell capital letters from small ones."
        ),
        "too_many_login_attempts": (
            "There were too many wrong passwords. Wait 15 minutes and try again, "
            "or set a new password."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: an account comes with a role at a body."""
        return False


def _ask(form: Any, name: str, *, label: str, required: str, hint: str = "") -> None:
    field = form.fields[name]
    field.label = label
    field.help_text = hint
    field.error_messages["required"] = required
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "login", label="E-mail address", required="Enter your e-mail address")
        _ask(self, "password", label="Password", required="Enter your password")
        self.fields["login"].error_messages["invalid"] = (
            "Enter an e-mail address, such as name@example.gov.uk"
        )


class ResetForm(ResetPasswordForm):
    """The address that a link for a new password is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "email", label="E-mail address", required="Enter your e-mail address")


class NewPasswordForm(ChangePasswordForm):
    """The old password once and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "oldpassword", label="Password now", required="Enter the password that you use")
        _ask(
            self,
            "password1",
            label="New password",
            required="Enter a new password",
            hint="At least 12 characters. Three words that only you would put together are good.",
        )
        _ask(self, "password2", label="New password again", required="Enter the new password again")
