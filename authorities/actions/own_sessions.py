"""Somebody signs their own account out wherever else it is in use."""

from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.actions.memberships import end_sessions
from authorities.models import User


@transaction.atomic
def end_own_sessions(*, person: User, at: datetime) -> None:
    """End every session of the person; the caller lets the one that asked go on."""
    end_sessions(person=person)
    audit.record(action="person.own_sessions_ended", target=person, by=person, at=at)
