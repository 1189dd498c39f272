"""Who signed in, was refused, and saw or took away what: one insert a request at most.

What is stored and why stands in docs/adr/0021. Where the row cannot be stored, the answer is not
given.
"""

from collections.abc import Callable, Iterator
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as steps
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from authorities.access_notes import (
    DoorNote,
    door_notes_of,
    is_limit_known,
    network_of,
    note_door,
    note_entered,
    person_of,
    sight_of,
    token_of,
)
from authorities.models import AccessEvent, AccessKind, User
from authorities.sessions import organisation_entry

# Pages of sign-in and of invitations carry keys that open accounts: nothing of their addresses is
# kept.
_SECRET_ROUTES = ("account_", "mfa_", "authorities:invitation")
_TOO_MANY = 429
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: User, **_more: object) -> None:
    note_door(request, AccessKind.SIGNED_IN, person=user, **_organisation(request, user))


def _organisation(request: HttpRequest, user: User) -> dict[str, str]:
    """Name the organisation whose sign-in was used, by its id in the settings."""
    entry = organisation_entry(request, user)
    return {} if entry is None else {"organisation": entry.organisation}


@receiver(user_logged_out)
def _signed_out(request: HttpRequest, user: User | None, **_more: object) -> None:
    if isinstance(user, User):
        note_door(request, AccessKind.SIGNED_OUT, person=user)


@receiver(user_login_failed)
def _failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **_more: object
) -> None:
    email = str(credentials.get("email") or credentials.get("username") or "")
    note_entered(request, AccessKind.SIGN_IN_FAILED, email=email)


@receiver(account.authentication_step_completed)
def _proved_anew(
    request: HttpRequest,
    user: User,
    reauthenticated: bool = False,
    organisation: str = "",
    **_more: object,
) -> None:
    if reauthenticated:
        where = {"organisation": organisation} if organisation else {}
        note_door(request, AccessKind.PROVED_ANEW, person=user, **where)


@receiver([account.password_changed, account.password_reset, account.password_set])
def _new_password(request: HttpRequest, user: User, **_more: object) -> None:
    note_door(request, AccessKind.PASSWORD_CHANGED, person=user)


def _step(kind: AccessKind) -> Callable[..., None]:
    def note(
        request: HttpRequest, user: User, authenticator: Authenticator, **more: object
    ) -> None:
        # Proving anew is noted once, by its own signal.
        if not more.get("reauthenticated"):
            is_codes = authenticator.type == Authenticator.Type.RECOVERY_CODES
            made = is_codes and kind is AccessKind.STEP_ADDED
            note_door(
                request,
                AccessKind.CODES_MADE if made else kind,
                person=user,
                step=authenticator.type,
            )

    return note


_OF_STEPS = [
    (steps.authenticator_added, _step(AccessKind.STEP_ADDED)),
    (steps.authenticator_removed, _step(AccessKind.STEP_REMOVED)),
    (steps.authenticator_reset, _step(AccessKind.CODES_MADE)),
    (steps.authenticator_used, _step(AccessKind.STEP_USED)),
    (steps.authentication_failed, _step(AccessKind.STEP_FAILED)),
]
for _signal, _note in _OF_STEPS:
    _signal.connect(_note, weak=False)


class AccessLog:
    """Stores what a request is remembered by, before its answer leaves (a middleware)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on, and store what happened."""
        answer = self.get_response(request)
        events = list(_events(request, answer))
        if events:
            AccessEvent.objects.bulk_create(events)
        return answer


def _events(request: HttpRequest, answer: HttpResponse) -> Iterator[AccessEvent]:
    notes = door_notes_of(request)
    for note in notes:
        yield _at_the_door(request, answer, note)
    # Only a request that somebody signed in for has a person; asking for one may ask the database.
    person = person_of(request)
    if answer.status_code == _TOO_MANY:
        noted = is_limit_known(request) or any(n.kind == AccessKind.LIMITED for n in notes)
        if not noted:
            note = DoorNote(kind=AccessKind.LIMITED, person=person, detail=_by_token(request))
            yield _at_the_door(request, answer, note)
    elif person is not None:
        # The first use of an hour says already where a program wrote.
        is_noted = any(note.kind == AccessKind.TOKEN_USED for note in notes)
        yield from _seen(request, answer, person, wrote=_wrote_by_token(request) and not is_noted)


def _seen(
    request: HttpRequest, answer: HttpResponse, person: User, *, wrote: bool
) -> Iterator[AccessEvent]:
    sight = sight_of(person)
    refused = sight is not None and sight.refused
    if refused and answer.status_code in (403, 404):
        kind = AccessKind.REFUSED
    elif wrote and answer.status_code < 400:
        kind = AccessKind.TOKEN_USED
    elif answer.status_code != 200 or refused:
        return
    elif answer.headers.get("Content-Disposition", "").startswith("attachment"):
        kind = AccessKind.DOWNLOADED
    elif sight is not None and request.method == "GET":
        kind = AccessKind.VIEWED
    else:
        return
    yield AccessEvent(
        at=timezone.now(),
        kind=kind,
        person=person,
        route=_route(request),
        named={**_named(request), **_by_token(request)},
        permission="" if sight is None else sight.permission,
        body=None if sight is None else sight.body,
        status=answer.status_code,
    )


def _wrote_by_token(request: HttpRequest) -> bool:
    """Say whether a program sent something: in the audit that stands as its owner's deed."""
    return token_of(request) is not None and request.method not in _READS


def _by_token(request: HttpRequest) -> dict[str, str]:
    token = token_of(request)
    return {} if token is None else {"token": str(token.pk)}


def _at_the_door(request: HttpRequest, answer: HttpResponse, note: DoorNote) -> AccessEvent:
    return AccessEvent(
        at=timezone.now(),
        kind=note.kind,
        person=note.person,
        unknown_account=note.unknown_account,
        network=network_of(request),
        route=_route(request),
        named=note.detail,
        status=answer.status_code,
    )


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name[:100] if match is not None else ""


def _named(request: HttpRequest) -> dict[str, str]:
    match = request.resolver_match
    if match is None or match.view_name.startswith(_SECRET_ROUTES):
        return {}
    return {name: str(value)[:200] for name, value in match.kwargs.items()}
