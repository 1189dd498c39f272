"""The second step of signing in: a code of an app, or a security key; and codes for a lost phone.

django-allauth does the work. Here stand its words, how its secrets are kept, and what a session
knows of it.
"""

import base64
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.signals import authentication_step_completed
from allauth.core import context, ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes

from authorities.models import User
from authorities.sessions import SessionStore, organisation_entry, second_steps_of, session_of

SERVICE = "Health Duty Tracker"
# What somebody can open who has no second step yet, beside the pages on which they set it up.
_OPEN = frozenset(
    {
        "account_logout",
        "account_session",
        "account_reauthenticate",
        "account_organisation_proof",
        "account_organisation_back",
    }
)


def _keys() -> MultiFernet:
    """Return the key made of SECRET_KEY, and those of the keys before it, which still open."""
    return MultiFernet(
        [
            Fernet(
                base64.urlsafe_b64encode(
                    HKDF(
                        algorithm=hashes.SHA256(), length=32, salt=None, info=b"second step"
                    ).derive(force_bytes(secret))
                )
            )
            for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        ]
    )


class TwoStepsAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """allauth's second step, with secrets that a copy of the database does not give away."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": (
            "This code is not right, or it was used already. Wait for the next code in your app "
            "and enter that one."
        ),
        "cannot_delete_authenticator": (
            "This is your only second step. Set up another one first, then remove this one."
        ),
        "cannot_generate_recovery_codes": "Set up an app or a security key first.",
    }

    def get_totp_issuer(self) -> str:
        """Return what the app shows above the code."""
        return SERVICE

    def _get_site_name(self) -> str:
        return SERVICE

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret."""
        return _keys().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Say whether another second step is left, where one is needed."""
        if not settings.TWO_STEPS:
            return True
        return bool(second_steps_of(authenticator.user).exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(
        self,
        user: User,
        type: Authenticator.Type,  # noqa: A002 - allauth names it so
    ) -> str:
        """Propose how a person calls the next security key."""
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Security key" if held == 0 else f"Security key {held + 1}"


class OwnSecondStep(AuthenticateStage):  # type: ignore[misc] # allauth has no types
    """The site's own second step, unless the organisation's sign-in took one already."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        entry = organisation_entry(request, user) if isinstance(user, User) else None
        if entry is not None and entry.has_two_steps:
            return False
        return bool(super()._should_handle(request))


class _AsksForCode:
    """Words of a form's field for a code."""

    label = "Code"
    hint = "The 6 digits that your app shows now, or one of your recovery codes."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]  # type: ignore[attr-defined] # of the form beside it
        field.label, field.help_text = self.label, self.hint
        field.error_messages["required"] = "Enter the code"
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs |= {"class": "govuk-input--width-10", "spellcheck": "false"}


class _LimitsCodes:
    """Refuses a code after five that were wrong, the right one too."""

    user: User

    def clean_code(self) -> str:
        """Return the code, if it is right and not one too many."""
        key = f"second-step-{self.user.pk}"
        if not ratelimit.consume(context.request, action="second_step", key=key):
            raise get_account_adapter().validation_error("too_many_codes")
        code: str = super().clean_code()  # type: ignore[misc] # of the form beside it
        ratelimit.clear(context.request, action="second_step", key=key)
        return code


class CodeForm(_LimitsCodes, _AsksForCode, AuthenticateForm):  # type: ignore[misc] # allauth has no types
    """The code of the app, or a recovery code, when signing in."""


class CodeAgainForm(_LimitsCodes, _AsksForCode, ReauthenticateForm):  # type: ignore[misc] # allauth has no types
    """The same, before something that asks who the person is once more."""


class AppForm(_AsksForCode, ActivateTOTPForm):  # type: ignore[misc] # allauth has no types
    """The first code of an app, which shows that it holds the key."""

    label = "Code that the app shows"
    hint = "6 digits."


class _AsksForName:
    """Words of a form's field for the name of a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["name"]  # type: ignore[attr-defined] # of the form beside it
        field.label = "Name of the key"
        field.help_text = "So that you can tell it from others, such as “blue key at home”."
        field.error_messages["required"] = "Enter a name"


class KeyForm(_AsksForName, AddWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """A security key, and what its owner calls it."""


class KeyNameForm(_AsksForName, EditWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """What its owner calls a security key."""


@receiver(authentication_step_completed)
def note_proof(
    sender: type, request: HttpRequest, reauthenticated: bool = False, **_more: object
) -> None:
    """Note in the session that the person has proven anew who they are."""
    session = session_of(request)
    if reauthenticated and session is not None:
        session.prove(now=timezone.now())
        if isinstance(request.user, User):
            request.user.proven_recently = True


def _has_two_steps(session: SessionStore, user: User) -> bool:
    if not session.has_two_steps:
        # It may have been set up in this session.
        session.has_two_steps = second_steps_of(user).exists()
    return session.has_two_steps


class TwoStepsNeeded:
    """Lets nobody who is signed in by a password alone open anything but the second step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lead to where a second step is set up; tell programs so."""
        if not settings.TWO_STEPS or not isinstance(request.user, User):
            return None
        session = session_of(request)
        name = request.resolver_match.url_name if request.resolver_match else None
        is_open = name is not None and (name in _OPEN or name.startswith("mfa_"))
        if is_open or (session is not None and _has_two_steps(session, request.user)):
            return None
        place = reverse("mfa_index")
        if request.path.startswith("/api/"):
            problem = {
                "code": "second-step-needed",
                "field": "",
                "message": "Your account has no second step of signing in yet.",
                "fix": f"Set one up at {place}, and send it again.",
            }
            return JsonResponse({"errors": [problem], "total": 1}, status=403)
        return redirect(place)
