"""Sessions that say when they end, and that last as long as they are used, at most a day's work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db.models import OuterRef, QuerySet
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from authorities.models import Membership, Role, User

# A session in use is written anew only when a twelfth of it is over: most pages write nothing.
_UNUSED_PART = 12
# What a session knows of itself: when somebody signed in and when they last proved who they are,
# how long it may lie unused, and whether a second step stood behind the sign-in.
_BEGAN, _PROVEN = "signed_in_at", "proven_at"
_UNUSED_SECONDS, _TWO_STEPS = "unused_seconds", "two_steps"


class SessionStore(DatabaseStore):
    """A session in the database that knows its own end (the setting SESSION_ENGINE)."""

    _stored_end: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """When the session ends unless it is used again, as this answer will leave it."""
        # Loads the session where nothing did so before.
        self.get(SESSION_KEY)
        if self.modified or self._stored_end is None:
            return self.get_expiry_date()
        return self._stored_end

    def begin(self, *, unused_seconds: int, now: datetime, proven_at: float | None = None) -> None:
        """Note that somebody has just signed in, and how long the session may lie unused.

        Args:
            unused_seconds: after how long without a page it ends.
            now: the instant of the sign-in.
            proven_at: when the person showed who they are, in seconds of POSIX, where that was not
                now: an organisation's own sign-in may let in whoever was there this morning.
        """
        self[_BEGAN] = now.timestamp()
        self[_PROVEN] = now.timestamp() if proven_at is None else min(proven_at, now.timestamp())
        self[_UNUSED_SECONDS] = unused_seconds

    def prove(self, *, now: datetime) -> None:
        """Note that the person has proven anew who they are."""
        self[_PROVEN] = now.timestamp()

    def is_proven(self, *, now: datetime) -> bool:
        """Say whether the person proved a short while ago who they are."""
        return float(self.get(_PROVEN, 0)) > (
            now.timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        )

    @property
    def has_two_steps(self) -> bool:
        """Whether a second step stands behind the sign-in."""
        return bool(self.get(_TWO_STEPS, False))

    @has_two_steps.setter
    def has_two_steps(self, has: bool) -> None:
        self[_TWO_STEPS] = has

    def get_session_cookie_age(self) -> int:
        """Return for how many seconds from now the session lasts if nobody uses it again.

        However much it is used, it ends SESSION_LONGEST seconds after the sign-in.
        """
        unused = int(self.get(_UNUSED_SECONDS, settings.SESSION_COOKIE_AGE))
        if _BEGAN not in self:
            return unused
        left = self[_BEGAN] + settings.SESSION_LONGEST - timezone.now().timestamp()
        return max(0, min(unused, int(left)))

    def prolong(self) -> None:
        """Let the session's whole length begin anew."""
        self.modified = True

    def is_due(self, *, now: datetime) -> bool:
        """Say whether so much of the session is over that using it should prolong it."""
        length = timedelta(seconds=self.get_expiry_age())
        return self.ends_at < now + length * (_UNUSED_PART - 1) / _UNUSED_PART

    def load(self) -> dict[str, Any]:
        """Read what is stored, and its end; nothing of a session that is over."""
        row = Session.objects.filter(
            session_key=self.session_key, expire_date__gt=timezone.now()
        ).first()
        if row is None:
            self._session_key = None
            return {}
        self._stored_end = row.expire_date
        return self.decode(row.session_data)

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Note the end that is about to be stored."""
        row = super().create_model_instance(data)
        self._stored_end = row.expire_date
        return row


def session_of(request: HttpRequest) -> SessionStore | None:
    """Return the session of a request, if it has one of ours."""
    session = getattr(request, "session", None)
    return session if isinstance(session, SessionStore) else None


def second_steps_of(user: User | OuterRef) -> QuerySet[Any]:
    """Return the second steps of a person; recovery codes only stand in for one of them."""
    found: QuerySet[Any] = Authenticator.objects.filter(
        user=user, type__in=(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    )
    return found


@dataclass(frozen=True)
class OrganisationEntry:
    """How somebody came in by their organisation's sign-in, as the session's record says it.

    Attributes:
        organisation: the id of the provider in the settings.
        has_two_steps: whether a second step was taken there.
        shown_at: when the person showed who they are there, in seconds of POSIX; 0 where that is
            not said. None where a second step here came after it.
    """

    organisation: str
    has_two_steps: bool
    shown_at: float | None


# What allauth calls the two first steps of a sign-in: an organisation's, and a password.
ORGANISATION_METHOD = "socialaccount"
_FIRST_STEPS = frozenset({ORGANISATION_METHOD, "password"})


def organisation_entry(request: HttpRequest, user: User) -> OrganisationEntry | None:
    """Return how a person came in who did so by their organisation; None by a password."""
    records = get_authentication_records(request, user)
    first = next((one for one in reversed(records) if one["method"] in _FIRST_STEPS), None)
    if first is None or first["method"] != ORGANISATION_METHOD:
        return None
    return OrganisationEntry(
        organisation=str(first["organisation"]),
        has_two_steps=bool(first["has_two_steps"]),
        shown_at=float(first.get("shown_at", 0)) if records[-1] is first else None,
    )


@receiver(user_logged_in)
def begin_session(sender: type, request: HttpRequest, user: User, **_more: object) -> None:
    """Note when the session began, how long it may lie unused, and whether two steps led in."""
    session = session_of(request)
    if session is None:
        return
    entry = organisation_entry(request, user)
    administers = Membership.objects.current().filter(user=user, role=Role.ADMINISTRATOR).exists()
    session.begin(
        unused_seconds=settings.SESSION_AGE_OF_ADMINISTRATORS
        if administers
        else settings.SESSION_COOKIE_AGE,
        now=timezone.now(),
        proven_at=None if entry is None else entry.shown_at,
    )
    # Who has a second step is not signed in before it is taken, here or at their organisation.
    taken_there = entry is not None and entry.has_two_steps
    session.has_two_steps = taken_there or second_steps_of(user).exists()


class SlidingSession:
    """Prolongs the session of whoever is signed in and opens a page (a middleware).

    A view whose `prolongs_session` is False only looks at the session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        """Prolong the session before the page is made, so that the page can say until when."""
        session = request.session
        if not isinstance(session, SessionStore) or SESSION_KEY not in session:
            return
        if isinstance(request.user, User):
            request.user.proven_recently = session.is_proven(now=timezone.now())
        if not getattr(getattr(view, "view_class", None), "prolongs_session", True):
            return
        if session.is_due(now=timezone.now()):
            session.prolong()
