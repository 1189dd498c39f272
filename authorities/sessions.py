"""Sessions that say when they end, and that last as long as they are used."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

# A session in use is written anew only when a twelfth of it is over: most pages write nothing.
_UNUSED_PART = 12


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
        if not getattr(getattr(view, "view_class", None), "prolongs_session", True):
            return
        if session.is_due(now=timezone.now()):
            session.prolong()
