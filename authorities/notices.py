"""The seam: what people are told of, and whom each kind of notice concerns.

The outbox is here; rounds, returns and commitments are in higher apps, which this one may not
import. The modules that know their kinds stand in the setting `NOTICE_KINDS`, those that know what
a day asks for in `DAILY_NOTICES`, as dotted names.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings

from authorities.models import LOCAL_ROLES, WORKING_ROLES, Membership, Notice, User

# After this many failures a notice or a message waits for a person.
MOST_ATTEMPTS = 8
# What begins the subject of a mail that counts nowhere.
TEST_MARK = "[TEST] "
_EVERY_WORKING_ROLE = tuple(sorted(WORKING_ROLES))


class UnknownNoticeKindError(LookupError):
    """No module of the setting knows this kind."""


@dataclass(frozen=True)
class Letter:
    """What a notice says to one person now.

    subject: one line; it names no person.
    text: what happened, ending where the address follows. It quotes no answer and no reason.
    links: addresses of the site, each with what it is in words, empty where there is one only.
    address: instead of a recipient, of who may have no account.
    """

    recipient: User | None
    subject: str
    text: str
    links: tuple[tuple[str, str], ...]
    address: str = ""


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice.

    label: what lists call it.
    letters: whom it concerns at an instant, and in which words; nobody where it is no longer so.
    daily: whether it may wait until the morning, to share one mail a day with others.
    same_day: whether it is of its day alone: it shares that mail, and goes without it where the
        morning's has gone. Says nothing where `daily` does not hold.
    ends: what stands at the end of a mail to an address and is kept nowhere, as a link that opens
        something;
        asked as the mail leaves.
    """

    label: str
    letters: Callable[[Notice, datetime], Sequence[Letter]]
    daily: bool = False
    same_day: bool = False
    ends: Callable[[Notice], str] | None = None


@dataclass(frozen=True)
class Draft:
    """A notice that a day asks for.

    roles: of whom at the body, for a count ahead of the day.
    """

    kind: str
    key: str
    day: date
    about: UUID
    occasion: UUID | None = None
    body_id: UUID | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    roles: tuple[str, ...] = _EVERY_WORKING_ROLE


class NoticeModule(Protocol):
    """What each module of `NOTICE_KINDS` has."""

    KINDS: Mapping[str, NoticeKind]


class DailyModule(Protocol):
    """What each module of `DAILY_NOTICES` answers."""

    def drafts(self, *, first: date, last: date) -> Sequence[Draft]:
        """Return what the days ask for, each once, as things stand; `first` is today."""


class ForeseeingModule(Protocol):
    """What each module of `FORESEEN_NOTICES` answers."""

    def foreseen(self, *, first: date, last: date) -> Sequence[Draft]:
        """Return what steps with a known day will tell; `first` is today. For lists only."""


@cache
def kinds() -> Mapping[str, NoticeKind]:
    """Return every kind, by its name."""
    modules = (cast(NoticeModule, import_module(name)) for name in settings.NOTICE_KINDS)
    return {name: kind for module in modules for name, kind in module.KINDS.items()}


def kind_of(*, name: str) -> NoticeKind:
    """Return one kind.

    Raises:
        UnknownNoticeKindError: no module knows it.
    """
    try:
        return kinds()[name]
    except KeyError as error:
        raise UnknownNoticeKindError(
            f"No module of the setting NOTICE_KINDS knows the kind {name}."
        ) from error


def drafts(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return what the days ask for, the earliest first; `first` is today."""
    modules = (cast(DailyModule, import_module(name)) for name in settings.DAILY_NOTICES)
    found = [draft for module in modules for draft in module.drafts(first=first, last=last)]
    return tuple(sorted(found, key=lambda draft: (draft.day, draft.kind, draft.key)))


def foreseen(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return what steps of the days will tell as things stand; they write it down themselves."""
    modules = (cast(ForeseeingModule, import_module(name)) for name in settings.FORESEEN_NOTICES)
    return tuple(draft for module in modules for draft in module.foreseen(first=first, last=last))


def people_at(*, body_id: UUID, roles: Collection[str] = WORKING_ROLES) -> list[User]:
    """Return who holds one of the roles at the body now, each once."""
    current = Membership.objects.current().filter(body_id=body_id, role__in=list(roles))
    return list(User.objects.filter(memberships__in=current).distinct().order_by("pk"))


def people_of_centre(*, roles: Collection[str]) -> list[User]:
    """Return who holds one of these roles, which are held at national bodies, each once."""
    current = Membership.objects.current().filter(role__in=list(set(roles) - LOCAL_ROLES))
    return list(User.objects.filter(memberships__in=current).distinct().order_by("pk"))
