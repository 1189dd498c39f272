"""Signing in at an organisation's own OpenID Connect provider: there, and back with its word.

django-allauth keeps the state of a sign-in, sends people away with PKCE and fetches the tokens.
What a token must say is judged by `id_tokens.py`, and whose account it opens by
`actions/organisation_links.py`.
"""

import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from authorities.id_tokens import LEEWAY, Identity, TokenRefusedError, read_id_token
from authorities.models import User
from authorities.provider_requests import IN_ALL, ImpatientSession
from authorities.sign_in_providers import SignInProvider, is_safe_address

_UNTIL = "_end_of_waiting_for_a_provider"
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
# RFC 9207, section 3: whose answers name their issuer, of that one none comes without.
_SAYS_ISSUER = "authorization_response_iss_parameter_supported"


class ProviderUnreachableError(RuntimeError):
    """The organisation's sign-in does not answer, or not as the standard says."""


class SignInOverError(ValueError):
    """Nobody began this sign-in in this browser, or it took too long, or it is used already."""


class ProviderRefusedError(ValueError):
    """The organisation's sign-in let nobody in, or the person stopped there."""


@dataclass(frozen=True)
class Arrival:
    """Who came back from their organisation's sign-in, and what they had set out for.

    Attributes:
        identity: what the checked ID token says.
        address: their e-mail address, as the provider says it; empty where it says none.
        is_verified: whether the provider vouches for the address.
        next_place: where they go on, on this site; empty for the start.
        proves: the key of the person who set out to prove anew who they are; empty for a sign-in.
    """

    identity: Identity
    address: str
    is_verified: bool
    next_place: str
    proves: str


class ProviderAdapter(DefaultSocialAccountAdapter):
    """allauth's sign-in elsewhere: configured by the settings alone, and never for long."""

    def list_apps(
        self, request: HttpRequest, provider: Any = None, client_id: Any = None
    ) -> list[Any]:
        """Return none: what stands in a table configures nothing, and nobody signs up."""
        return []

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up: an account comes with a role at a body."""
        return False

    def get_requests_session(self) -> ImpatientSession:
        """Return a session; all that one request asks of a provider shares one patience."""
        until = self.request.__dict__.setdefault(_UNTIL, time.monotonic() + IN_ALL)
        return ImpatientSession(until=until)


class _Protocol(OpenIDConnectOAuth2Adapter):
    """What a provider says of itself, asked anew for each step of a sign-in."""

    def __init__(
        self, request: HttpRequest, provider: "_Provider", configured: SignInProvider
    ) -> None:
        super().__init__(request, provider.sub_id)
        self._provider, self._configured = provider, configured

    def get_provider(self) -> "_Provider":
        return self._provider

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        # Never from the Host header: the provider compares it with what is registered there.
        place = reverse("account_organisation_back", args=[self._configured.id])
        return f"{settings.SITE_URL}{place}"

    @property
    def openid_config(self) -> dict[str, Any]:
        if not hasattr(self, "_description"):
            self._description = self._describe()
        return self._description

    def _describe(self) -> dict[str, Any]:
        said = self.ask(self._configured.description_address)
        if said.get("issuer") != self._configured.issuer:
            raise ProviderUnreachableError("it calls itself by another issuer")
        if not all(is_safe_address(said.get(name)) for name in _ENDPOINTS):
            raise ProviderUnreachableError("it names an address that is not https")
        return said

    def ask(self, address: str, **how: Any) -> dict[str, Any]:
        """Return an object that the provider answers with."""
        with ProviderAdapter(self.request).get_requests_session() as session:
            answer = session.get(address, **how)
        if answer.status_code != 200:
            raise ProviderUnreachableError(f"it answers {answer.status_code}")
        said = answer.json()
        if not isinstance(said, dict):
            raise ProviderUnreachableError("it answers something else than an object")
        return said


class _Provider(OpenIDConnectProvider):
    """A configured provider, as allauth takes it; its states are bound to its issuer."""

    def __init__(self, request: HttpRequest, configured: SignInProvider) -> None:
        self._configured = configured
        app = SocialApp(
            provider=self.id,
            provider_id=configured.issuer,
            name=configured.name,
            client_id=configured.client_id,
            secret=configured.client_secret,
            settings={
                "server_url": configured.description_address,
                "oauth_pkce_enabled": True,
                "scope": list(configured.scopes),
                "token_auth_method": configured.token_auth_method,
            },
        )
        super().__init__(request, app=app)

    def get_oauth2_adapter(self, request: HttpRequest) -> _Protocol:
        return _Protocol(request, self, self._configured)


def begin(
    request: HttpRequest,
    provider: SignInProvider,
    *,
    next_place: str,
    at: datetime,
    proving: User | None = None,
) -> HttpResponse:
    """Send a person to their organisation's sign-in.

    Args:
        request: keeps in its session what the way back is checked against.
        provider: where.
        next_place: where they go on afterwards, on this site.
        at: the instant at which they set out.
        proving: who proves anew who they are, and must sign in there once more for it.

    Raises:
        ProviderUnreachableError: it does not answer.
    """
    nonce = secrets.token_urlsafe(32)
    asked = {
        "nonce": nonce,
        # A session there that is older than one here may be is none.
        "max_age": "0" if proving else str(settings.SESSION_LONGEST),
    }
    if proving:
        asked["prompt"] = "login"
    if provider.acr_values:
        asked["acr_values"] = provider.acr_values
    try:
        answer: HttpResponse = _Provider(request, provider).redirect(
            request,
            "login",
            next_url=next_place,
            auth_params=asked,
            nonce=nonce,
            set_out_at=at.timestamp(),
            proves=str(proving.pk) if proving else "",
        )
    except requests.RequestException as error:
        raise ProviderUnreachableError("it does not answer") from error
    return answer


def arrive(request: HttpRequest, provider: SignInProvider, *, at: datetime) -> Arrival:
    """Return who came back with this request.

    Raises:
        SignInOverError: this browser set out for nothing that this could be the end of.
        ProviderRefusedError: nobody was let in there.
        ProviderUnreachableError: it does not answer, or not as the standard says.
        TokenRefusedError: what it says cannot be believed.
    """
    state = statekit.unstash_state(
        request, state_id=request.GET.get("state", ""), provider_id=provider.issuer
    )
    if state is None:
        raise SignInOverError("unknown")
    # RFC 9207: an answer of another provider is none of this one.
    if request.GET.get("iss", provider.issuer) != provider.issuer:
        raise TokenRefusedError("issuer")
    if "error" in request.GET or not request.GET.get("code"):
        raise ProviderRefusedError("refused")
    configured = _Provider(request, provider)
    protocol = configured.get_oauth2_adapter(request)
    try:
        if protocol.openid_config.get(_SAYS_ISSUER) is True and "iss" not in request.GET:
            raise TokenRefusedError("issuer")
        tokens = protocol.get_access_token_data(
            request,
            configured.app,
            protocol.get_client(request, configured.app),
            pkce_code_verifier=state["pkce_code_verifier"],
        )
        if not isinstance(tokens, dict):
            raise ProviderUnreachableError("it answers something else than an object")
        identity = read_id_token(
            tokens.get("id_token"),
            keys=protocol.ask(protocol.openid_config["jwks_uri"]),
            issuer=provider.issuer,
            client_id=provider.client_id,
            nonce=state["nonce"],
            at=at,
        )
        proves = state["proves"]
        _check_age(identity, set_out_at=state["set_out_at"], proves=bool(proves), at=at)
        told = _address_claims(protocol, identity, access_token=tokens["access_token"])
    # Of allauth's error nothing goes on: its text holds what the provider sent.
    except (requests.RequestException, OAuth2Error, KeyError):
        raise ProviderUnreachableError("it gives no tokens, or not as asked") from None
    address = told.get("email")
    return Arrival(
        identity=identity,
        address=address.strip().lower() if isinstance(address, str) else "",
        is_verified=told.get("email_verified") is True,
        next_place=state.get("next", ""),
        proves=proves,
    )


def _check_age(identity: Identity, *, set_out_at: float, proves: bool, at: datetime) -> None:
    """Refuse who showed themselves there too long ago, where that was asked."""
    shown_at = identity.authenticated_at
    if shown_at is not None and shown_at > at + LEEWAY:
        raise TokenRefusedError("time")
    if proves:
        # Whoever sits down at an open screen has a session there, too: it must be a new sign-in.
        if shown_at is None or shown_at < datetime.fromtimestamp(set_out_at, tz=UTC) - LEEWAY:
            raise TokenRefusedError("age")
        return
    oldest = at - timedelta(seconds=settings.SESSION_LONGEST) - LEEWAY
    if shown_at is not None and shown_at < oldest:
        raise TokenRefusedError("age")


def _address_claims(
    protocol: _Protocol, identity: Identity, *, access_token: str
) -> dict[str, Any]:
    """Return the claims that hold the address: of the token, or else of a second question."""
    endpoint = protocol.openid_config.get("userinfo_endpoint")
    if "email" in identity.claims or not is_safe_address(endpoint):
        return dict(identity.claims)
    told = protocol.ask(str(endpoint), headers={"Authorization": f"Bearer {access_token}"})
    # OpenID Connect Core 1.0, section 5.3.2: of somebody else it says nothing of this person.
    if told.get("sub") != identity.subject:
        raise TokenRefusedError("subject")
    return told
