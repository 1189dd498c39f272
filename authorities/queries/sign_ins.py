"""What happened lately at the door of one's own account."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator

from authorities.models import AccessEvent, AccessKind, User

PER_PAGE = 25
# What somebody saw or took away is for auditors; who came in is for the owner of the account too.
_AT_THE_DOOR = frozenset(AccessKind) - {
    AccessKind.REFUSED,
    AccessKind.VIEWED,
    AccessKind.DOWNLOADED,
}


@dataclass(frozen=True)
class SignInsPage:
    """One page of what happened, the newest first."""

    events: tuple[AccessEvent, ...]
    page: int
    pages: int


def sign_ins_of(*, person: User, since: datetime, page: int) -> SignInsPage:
    """Return a page of what happened at a person's account since then; two queries."""
    rows = AccessEvent.objects.filter(person=person, kind__in=_AT_THE_DOOR, at__gte=since)
    found = Paginator(rows.order_by("-at", "-id"), PER_PAGE).get_page(page)
    return SignInsPage(tuple(found), found.number, found.paginator.num_pages)
