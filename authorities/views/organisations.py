"""Signing in with an organisation's own account, and proving anew with it who one is."""

import logging
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import passthrough_next_redirect_url, perform_login
from allauth.account.views import LoginView
from allauth.core import ratelimit
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.cache import never_cache

from authorities import openid, read_only
from authorities.access_notes import note_door, note_entered
from authorities.actions import organisation_links as links
from authorities.id_tokens import TokenRefusedError
from authorities.models import AccessKind, User
from authorities.sessions import ORGANISATION_METHOD
from authorities.sign_in_providers import SignInProvider

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Refusal:
    """What is said to whom a sign-in opens nothing; why: a word for the log of access."""

    why: str
    status: int


# By what went wrong; the first that fits. The words stand in the template.
_REFUSALS: tuple[tuple[type[Exception], _Refusal], ...] = (
    (openid.ProviderUnreachableError, _Refusal("unreachable", 502)),
    (openid.SignInOverError, _Refusal("over", 400)),
    (openid.ProviderRefusedError, _Refusal("not-let-in", 403)),
    (TokenRefusedError, _Refusal("not-believed", 403)),
    (links.OtherDomainError, _Refusal("other-domain", 403)),
    (links.AddressNotVerifiedError, _Refusal("not-verified", 403)),
    (links.NoAccountError, _Refusal("no-account", 403)),
    (links.AccountClosedError, _Refusal("closed", 403)),
    (links.OtherPersonError, _Refusal("other-person", 409)),
)
_CAUGHT = tuple(error for error, _ in _REFUSALS)


def _configured(organisation: str) -> SignInProvider:
    for provider in settings.SIGN_IN_PROVIDERS:
        if provider.id == organisation:
            found: SignInProvider = provider
            return found
    raise Http404


def _next_place(request: HttpRequest) -> str:
    """Return where a person goes on afterwards; empty unless it is on this site."""
    said = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, ""))
    return said if url_has_allowed_host_and_scheme(said, allowed_hosts=None) else ""


def _may_lead_away(answer: HttpResponseBase) -> HttpResponseBase:
    """Let forms of this page lead to the configured organisations, and of no other page."""
    origins = {one for provider in settings.SIGN_IN_PROVIDERS for one in provider.origins}
    if origins:
        # Read by django-csp: browsers hold redirects of a form to its policy, too.
        answer._csp_update = {"form-action": sorted(origins)}  # type: ignore[attr-defined]
    return answer


def _refuse(request: HttpRequest, provider: SignInProvider, error: Exception) -> HttpResponse:
    refusal = next(one for kind, one in _REFUSALS if isinstance(error, kind))
    # Our own errors alone come here: their texts hold nothing that anybody sent.
    _log.warning("Sign-in with %s was refused: %s %s", provider.id, refusal.why, error)
    return render(
        request,
        "account/organisation_refused.html",
        {"organisation": provider.name, "why": refusal.why, "domains": sorted(provider.domains)},
        status=refusal.status,
    )


def _note(
    request: HttpRequest,
    provider: SignInProvider,
    error: Exception,
    *,
    address: str = "",
    person: User | None = None,
) -> None:
    why = next(one.why for kind, one in _REFUSALS if isinstance(error, kind))
    said = {"organisation": provider.id, "why": why}
    if address:
        note_entered(request, AccessKind.SIGN_IN_FAILED, email=address, **said)
    else:
        note_door(request, AccessKind.SIGN_IN_FAILED, person=person, **said)


class SignIn(LoginView):
    """E-mail address and password, and the organisations that people may sign in with instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer as allauth does; the forms of the page may lead to the organisations."""
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return _may_lead_away(answer)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the organisations."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"organisations": settings.SIGN_IN_PROVIDERS}


@method_decorator(never_cache, name="dispatch")
class OrganisationSignIn(View):
    """Sends a person to their organisation's sign-in."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the organisation before anything is said of methods."""
        self.provider = _configured(kwargs["organisation"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, organisation: str) -> HttpResponse:
        """Go there."""
        if request.user.is_authenticated:
            return redirect(_next_place(request) or settings.LOGIN_REDIRECT_URL)
        if not ratelimit.consume(request, action="organisation"):
            return _too_often(request)
        return _set_out(request, self.provider)


@method_decorator(never_cache, name="dispatch")
class OrganisationProof(LoginRequiredMixin, View):
    """Sends a person to their organisation's sign-in once more, before something that is final."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the organisation, which must be one that the person's account is linked to."""
        self.provider = _configured(kwargs["organisation"])
        if request.user.is_authenticated and not _is_linked(request.user, self.provider):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, organisation: str) -> HttpResponseBase:
        """Say what comes; a link alone starts nothing."""
        page = render(
            request,
            "account/organisation_proof.html",
            {
                "organisation": self.provider.name,
                "next_place": _next_place(request),
                "reauthentication_alternatives": _other_ways(request),
            },
        )
        return _may_lead_away(page)

    def post(self, request: HttpRequest, organisation: str) -> HttpResponse:
        """Go there."""
        if not ratelimit.consume(request, action="organisation"):
            return _too_often(request)
        assert isinstance(request.user, User)  # noqa: S101 - the mixin lets nobody else in
        return _set_out(request, self.provider, proving=request.user)


@method_decorator(never_cache, name="dispatch")
class OrganisationBack(View):
    """Where people come back to from their organisation's sign-in."""

    http_method_names = ["get"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the organisation before anything is said of methods."""
        self.provider = _configured(kwargs["organisation"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, organisation: str) -> HttpResponse:
        """Let in whoever it is, or take their proof; or say what to do instead."""
        now = timezone.now()
        try:
            arrival = openid.arrive(request, self.provider, at=now)
        except _CAUGHT as error:
            person = request.user if isinstance(request.user, User) else None
            _note(request, self.provider, error, person=person)
            return _refuse(request, self.provider, error)
        try:
            opened = links.open_account(
                provider=self.provider,
                subject=arrival.identity.subject,
                address=arrival.address,
                is_verified=arrival.is_verified,
                may_link=not arrival.proves and not read_only.is_read_only(),
                at=now,
            )
        except links.LinkLaterError:
            return self._later(request, arrival)
        except _CAUGHT as error:
            _note(request, self.provider, error, address=arrival.address)
            return _refuse(request, self.provider, error)
        if arrival.proves:
            return self._take_proof(request, arrival, opened.person)
        return self._let_in(request, arrival, opened)

    def _later(self, request: HttpRequest, arrival: openid.Arrival) -> HttpResponse:
        span = read_only.standing_now().read_only
        if arrival.proves or span is None:
            # Somebody else of the organisation signed in there.
            return self._other_person(request, None)
        return read_only.refuse(request=request, span=span, repeats=False)

    def _other_person(self, request: HttpRequest, person: User | None) -> HttpResponse:
        error = links.OtherPersonError()
        _note(request, self.provider, error, person=person)
        return _refuse(request, self.provider, error)

    def _let_in(
        self, request: HttpRequest, arrival: openid.Arrival, opened: links.Opened
    ) -> HttpResponse:
        if request.user.is_authenticated:
            # Of another tab, perhaps of another person: nothing of it goes on.
            get_adapter(request).logout(request)
        self._record(request, arrival, opened.person)
        if opened.is_new:
            get_adapter(request).send_notification_mail(
                "account/email/organisation_linked",
                opened.person,
                context={"organisation": self.provider.name},
            )
        answer: HttpResponse = perform_login(
            request, opened.person, redirect_url=arrival.next_place or None
        )
        return answer

    def _take_proof(
        self, request: HttpRequest, arrival: openid.Arrival, person: User
    ) -> HttpResponse:
        user = request.user
        if not isinstance(user, User) or not str(user.pk) == str(person.pk) == arrival.proves:
            return self._other_person(request, user if isinstance(user, User) else None)
        self._record(request, arrival, user, reauthenticated=True)
        # What was being done goes on from where it was stopped; allauth looks for it by its place.
        query = request.GET.copy()
        query[REDIRECT_FIELD_NAME] = arrival.next_place
        request.GET = query  # type: ignore[assignment]
        return resume_request(request) or redirect(settings.LOGIN_REDIRECT_URL)

    def _record(
        self, request: HttpRequest, arrival: openid.Arrival, person: User, **how: bool
    ) -> None:
        shown_at = arrival.identity.authenticated_at
        record_authentication(
            request,
            person,
            ORGANISATION_METHOD,
            organisation=self.provider.id,
            has_two_steps=self.provider.took_two_steps(arrival.identity.claims),
            shown_at=shown_at.timestamp() if shown_at else None,
            **how,
        )


def _set_out(
    request: HttpRequest, provider: SignInProvider, proving: User | None = None
) -> HttpResponse:
    try:
        return openid.begin(
            request,
            provider,
            next_place=_next_place(request),
            at=timezone.now(),
            proving=proving,
        )
    except openid.ProviderUnreachableError as error:
        return _refuse(request, provider, error)


def _too_often(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = ratelimit.respond_429(request)
    return answer


def _is_linked(user: Any, provider: SignInProvider) -> bool:
    links_of_user = SocialAccount.objects.filter(user_id=user.pk, provider=provider.issuer)
    return bool(links_of_user.exists())


def _other_ways(request: HttpRequest) -> list[dict[str, str]]:
    """Return the other ways to prove who one is, each with where it goes on."""
    return [
        {**way, "url": passthrough_next_redirect_url(request, way["url"], REDIRECT_FIELD_NAME)}
        for way in get_adapter(request).get_reauthentication_methods(request.user)
        if way["url"] != request.path
    ]
