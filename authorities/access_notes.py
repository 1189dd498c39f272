"""What a request will be remembered by, noted while it is answered and stored at its end.

Rights are asked in `access.py` and people sign in by allauth, both far below the answer. So what
was seen is noted with the person of the request, and what happened at the door with the request;
`access_log.py` stores both in one statement.
"""

import ipaddress
from dataclasses import dataclass, field

from allauth.account.adapter import get_adapter
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from authorities.models import AccessKind, ApiToken, Body, User
from authorities.permissions import Permission

_SIGHT = "_sight_of_request"
_AT_THE_DOOR = "_noted_at_the_door"
_SHOWN = "_token_of_request"
_LIMIT_IS_KNOWN = "_limit_is_known"
# Enough to see that tries come from one place, too little to say from which desk.
_IPV4_BITS, _IPV6_BITS = 24, 48


@dataclass(frozen=True)
class Sight:
    """What a right was asked for, and whether it was refused."""

    permission: Permission
    body: Body | None = None
    refused: bool = False


@dataclass(frozen=True)
class DoorNote:
    """Something that happened while signing in or out."""

    kind: AccessKind
    person: User | None = None
    unknown_account: str = ""
    detail: dict[str, str] = field(default_factory=dict)


def note_sight(
    visitor: User | AnonymousUser,
    permission: Permission,
    body: Body | None = None,
    *,
    refused: bool = False,
) -> None:
    """Remember what the person of a request is shown, or was refused; the last is what counts."""
    if isinstance(visitor, User):
        setattr(visitor, _SIGHT, Sight(permission=permission, body=body, refused=refused))


def sight_of(visitor: User | AnonymousUser) -> Sight | None:
    """Return what was noted last."""
    found: Sight | None = getattr(visitor, _SIGHT, None)
    return found


def note_door(
    request: HttpRequest | None, kind: AccessKind, *, person: User | None = None, **detail: str
) -> None:
    """Remember what happened to a person's account."""
    _add(request, DoorNote(kind=kind, person=person, detail=detail))


def note_entered(
    request: HttpRequest | None, kind: AccessKind, *, email: str, **detail: str
) -> None:
    """Remember what was done with an e-mail address that somebody entered.

    The same is asked and computed whether or not there is such an account: time says nothing.
    """
    entered = email.strip().lower()
    key = salted_hmac("authorities.unknown_account", entered, algorithm="sha256").hexdigest()[:32]
    found = User.objects.filter(email=entered).first()
    _add(
        request,
        DoorNote(
            kind=kind,
            person=found,
            unknown_account="" if found is not None else key,
            detail=detail,
        ),
    )


def note_token(request: HttpRequest, token: ApiToken) -> None:
    """Remember that a program showed this token, and was let in as its owner."""
    request.__dict__[_SHOWN] = token


def token_of(request: HttpRequest) -> ApiToken | None:
    """Return the token by which a program was let in."""
    found: ApiToken | None = request.__dict__.get(_SHOWN)
    return found


def person_of(request: HttpRequest) -> User | None:
    """Return who a request came from, by a token or a session that was looked at; asks nothing."""
    token = token_of(request)
    if token is not None:
        return token.owner
    person = getattr(request, "_cached_user", None)
    return person if isinstance(person, User) else None


def note_refused_token(request: HttpRequest, *, shown: str, token: ApiToken | None) -> None:
    """Remember that a program showed a token and was not let in.

    Of what is no token of ours a keyed hash is kept, as of an address that is no account.
    """
    if token is not None:
        _add(
            request,
            DoorNote(
                kind=AccessKind.SIGN_IN_FAILED,
                person=token.owner,
                detail={"token": str(token.pk)},
            ),
        )
        return
    key = salted_hmac(
        "authorities.unknown_token", shown.encode(errors="replace"), algorithm="sha256"
    ).hexdigest()[:32]
    _add(
        request,
        DoorNote(
            kind=AccessKind.SIGN_IN_FAILED, unknown_account=key, detail={"token": "not known"}
        ),
    )


def note_limit_is_known(request: HttpRequest) -> None:
    """Say that a stop by a limit was stored a moment ago: a program that goes on fills no log."""
    request.__dict__[_LIMIT_IS_KNOWN] = True


def is_limit_known(request: HttpRequest) -> bool:
    """Say whether the stop of this request by a limit needs no row of its own."""
    return _LIMIT_IS_KNOWN in request.__dict__


def _add(request: HttpRequest | None, note: DoorNote) -> None:
    if request is not None:
        request.__dict__.setdefault(_AT_THE_DOOR, []).append(note)


def door_notes_of(request: HttpRequest) -> tuple[DoorNote, ...]:
    """Return what was noted at the door, in order."""
    return tuple(request.__dict__.get(_AT_THE_DOOR, ()))


def network_of(request: HttpRequest) -> str:
    """Return the shortened network that a request comes from; empty where that is not known."""
    try:
        address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        return ""
    bits = _IPV4_BITS if address.version == 4 else _IPV6_BITS
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
