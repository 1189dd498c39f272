"""How people get in: accounts are made by an administrator, never by whoever asks."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm
from allauth.core.exceptions import ReauthenticationRequired
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from authorities.access_notes import note_door, note_entered
from authorities.leaver_words import is_of_leaver
from authorities.models import AccessKind, User
from authorities.spraying import must_wait, note_failure

_WAYS = {
    "mfa_reauthenticate": "Use a code of your app, or a recovery code",
    "mfa_reauthenticate:webauthn": "Use your security key",
    "reauthenticate": "Use your password",
}
_ORGANISATION = "organisation"
_ORDER = ("mfa_reauthenticate", "mfa_reauthenticate:webauthn", _ORGANISATION, "reauthenticate")
_STAGES = {"allauth.mfa.stages.AuthenticateStage": "authorities.two_steps.OwnSecondStep"}


# What is said to who is stopped by a limit.
_LIMITS = frozenset({"too_many_login_attempts", "too_many_codes", "too_many_accounts"})


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
        "too_many_codes": "There were too many wrong codes. Wait 15 minutes and try again.",
        "too_many_accounts": (
            "Several accounts were tried from where you are. Wait 10 seconds and try again."
        ),
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Return what is said, and remember who was stopped by a limit."""
        if code in _LIMITS:
            user = self.request.user
            note_door(
                self.request, AccessKind.LIMITED, person=user if isinstance(user, User) else None
            )
        error: ValidationError = super().validation_error(code, *args)
        return error

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Let through who does not try too often, on one account or on many."""
        if must_wait(request):
            raise self.validation_error("too_many_accounts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Remember which account was tried in vain from where."""
        note_failure(request, email=str(credentials.get("email", "")))

    def is_reauthentication_required(self, *, app: str, **_more: Any) -> bool:
        """Say whether the person must prove anew who they are before changing the second step."""
        user = self.request.user
        if isinstance(user, User) and user.proven_recently:
            return False
        # allauth takes whoever has neither password nor second step here as proven: it knows no
        # proof by an organisation.
        if isinstance(user, User) and not super().get_reauthentication_methods(user):
            raise ReauthenticationRequired
        return True

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, str]]:
        """Return the ways to prove who one is: first the second step, which a password is not."""
        found = super().get_reauthentication_methods(user)
        for way in found:
            way["description"] = _WAYS[way["id"]]
        found += _ways_of_organisations(user)
        return sorted(found, key=lambda way: _ORDER.index(way["id"].partition("=")[0]))

    def get_login_stages(self) -> list[str]:
        """Return the steps of a sign-in, with the second one as two_steps.py asks for it."""
        return [_STAGES.get(stage, stage) for stage in super().get_login_stages()]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail of the sign-in; nothing goes to an address that stands for who left."""
        if not is_of_leaver(address=email):
            super().send_mail(template_prefix, email, context)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: an account comes with a role at a body."""
        return False


def _ways_of_organisations(user: User | AnonymousUser) -> list[dict[str, str]]:
    """Return the organisations whose sign-in this account is linked to."""
    if not settings.SIGN_IN_PROVIDERS or not isinstance(user, User):
        return []
    linked = set(SocialAccount.objects.filter(user_id=user.pk).values_list("provider", flat=True))
    return [
        {
            "id": f"{_ORGANISATION}={provider.id}",
            "description": f"Sign in with {provider.name} again",
            "url": reverse("account_organisation_proof", args=[provider.id]),
        }
        for provider in settings.SIGN_IN_PROVIDERS
        if provider.issuer in linked
    ]


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

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the link where there is such an account, and remember that it was asked for."""
        email = self.cleaned_data["email"]
        note_entered(request, AccessKind.RESET_ASKED, email=email)
        super().save(request, **kwargs)
        return str(email)


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
