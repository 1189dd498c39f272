"""Who left so long ago that their name is no longer kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Greatest, Lower

from authorities.leaver_words import AT_DOMAIN
from authorities.models import Invitation, Membership, User


@dataclass(frozen=True)
class Leaver:
    """Somebody who holds no role, now or to come; `left_at`: when the last one ended.

    Who never held one left on the day that their account was made.
    """

    key: UUID
    name: str
    email: str
    left_at: datetime


def leavers(*, before: datetime, at: datetime, most: int | None = None) -> tuple[Leaver, ...]:
    """Return who left at `before` or earlier and still has a name, who left first being first.

    An invitation that can still be accepted is a role to come.

    most: how many at most; None for all.
    """
    holds = Membership.objects.at(at).filter(user=OuterRef("pk"))
    invited = (
        Invitation.objects.waiting()
        .filter(email=Lower(OuterRef("email")), expires_at__gt=at)
        .filter(Q(role_ends_at__isnull=True) | Q(role_ends_at__gt=at))
    )
    rows = (
        User.objects.exclude(email__endswith=AT_DOMAIN)
        .filter(~Exists(holds), ~Exists(invited))
        .annotate(last_end=Max("memberships__ended_at"))
        # Of two instants the later, and the only one where there is one.
        .annotate(left_at=Greatest(F("last_end"), F("joined_at")))
        .filter(left_at__lte=before)
        .order_by("left_at", "pk")
    )
    return tuple(
        Leaver(key=key, name=name, email=email, left_at=left)
        for key, name, email, left in rows[:most].values_list("pk", "full_name", "email", "left_at")
    )


def sessions_of(*, key: UUID) -> tuple[str, ...]:
    """Return the keys of the sessions of a person; what they hold is read one by one."""
    return tuple(session for session, person in _people_of_sessions() if person == str(key))


def sessions_of_leavers() -> tuple[str, ...]:
    """Return the keys of people without a name who have a session all the same."""
    gone = {
        str(key)
        for key in User.objects.filter(email__endswith=AT_DOMAIN).values_list("pk", flat=True)
    }
    if not gone:
        return ()
    return tuple(sorted({person for _, person in _people_of_sessions() if person in gone}))


def _people_of_sessions() -> Iterator[tuple[str, str]]:
    for row in Session.objects.iterator():
        yield row.session_key, str(row.get_decoded().get(SESSION_KEY, ""))
