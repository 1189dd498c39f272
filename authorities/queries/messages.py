"""What is due to be told, what could not be, and what was sent."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from authorities.models import WORKING_ROLES, Membership, Message, Notice
from authorities.notices import MOST_ATTEMPTS, Draft, drafts, foreseen
from authorities.queries.dated import names_on

_Row = TypeVar("_Row", bound=Model)
_Shown = TypeVar("_Shown")

PAGE_SIZE = 25
DAYS_AHEAD = 7
_UNADDRESSED = Q(addressed_at__isnull=True, attempts__lt=MOST_ATTEMPTS)
_STUCK = Q(addressed_at__isnull=True, attempts__gte=MOST_ATTEMPTS)


@dataclass(frozen=True)
class DueNotice:
    """Something that will be told.

    day: when it falls due, in London.
    people: how many hold a role at the body now that it would go to; None where it has no body.
    """

    kind: str
    body: str
    day: date
    people: int | None


@dataclass(frozen=True)
class FailedMessage:
    """A mail that waits for somebody; `message_id` or `notice_id` is what may be tried again."""

    kind: str
    body: str
    subject: str
    address: str
    error: str
    failed_at: datetime
    message_id: UUID | None = None
    notice_id: UUID | None = None


@dataclass(frozen=True)
class SentNotice:
    """Something that was told, to how many, and when the last of them was sent it."""

    kind: str
    body: str
    subject: str
    sent_at: datetime
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class MessageList(Generic[_Shown]):
    """One page of a list; `count` is of all of its rows."""

    rows: tuple[_Shown, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class MessageCounts:
    """How many mails wait to be sent, and how many wait for somebody."""

    waiting: int
    failed: int


def due_page(*, today: date, page: int, occasion: UUID | None = None) -> MessageList[DueNotice]:
    """Return a page of what the next days ask for and bring as things stand, and of what waits.

    page: a page beyond the end is the last, in each of these lists.
    occasion: a round, to leave out everything else.
    """
    last = today + timedelta(days=DAYS_AHEAD)
    asked = [
        draft
        for draft in (*drafts(first=today, last=last), *foreseen(first=today, last=last))
        if occasion is None or draft.occasion == occasion
    ]
    known = set(
        Notice.objects.filter(
            kind__in={draft.kind for draft in asked}, key__in=[draft.key for draft in asked]
        ).values_list("kind", "key")
    )
    asked = [draft for draft in asked if (draft.kind, draft.key) not in known]
    waiting = list(_of(Notice.objects.filter(_UNADDRESSED), occasion).order_by("due_at", "pk"))
    body_ids = {draft.body_id for draft in asked} | {row.body_id for row in waiting}
    names = _names(body_ids, today)
    people = _people_by_role({key for key in body_ids if key is not None})
    found = [
        *(_due_of_draft(draft, names, people) for draft in asked),
        *(
            DueNotice(
                kind=row.kind,
                body=names.get(row.body_id, ""),
                day=timezone.localtime(row.due_at).date(),
                people=_count(people, row.body_id, tuple(WORKING_ROLES)),
            )
            for row in waiting
        ),
    ]
    found.sort(key=lambda row: (row.day, row.kind, row.body))
    page, pages, first = _place(page, len(found))
    return MessageList(tuple(found[first : first + PAGE_SIZE]), page, pages, len(found))


def failed_page(
    *, today: date, page: int, occasion: UUID | None = None
) -> MessageList[FailedMessage]:
    """Return a page of what could not be addressed, then of what could not be sent.

    Each part has its newest first; five queries.
    """
    notices = _of(Notice.objects.filter(_STUCK), occasion)
    messages = _of(Message.objects.filter(failed_at__isnull=False), occasion, "notice__")
    unaddressed = notices.count()
    count = unaddressed + messages.count()
    page, pages, first = _place(page, count)
    last = first + PAGE_SIZE
    stuck = list(notices.order_by("-next_attempt_at", "-pk")[first:last])
    rows = list(
        messages.select_related("notice", "recipient").order_by("-failed_at", "-pk")[
            max(0, first - unaddressed) : max(0, last - unaddressed)
        ]
    )
    names = _names({row.notice.body_id for row in rows} | {row.body_id for row in stuck}, today)
    shown = (
        *(
            FailedMessage(
                kind=row.kind,
                body=names.get(row.body_id, ""),
                subject="",
                address="",
                error=row.error,
                failed_at=row.next_attempt_at,
                notice_id=row.pk,
            )
            for row in stuck
        ),
        *(
            FailedMessage(
                kind=row.notice.kind,
                body=names.get(row.notice.body_id, ""),
                subject=row.subject,
                address=row.goes_to,
                error=row.error,
                failed_at=row.failed_at or row.next_attempt_at,
                message_id=row.pk,
            )
            for row in rows
        ),
    )
    return MessageList(shown, page, pages, count)


def sent_page(*, today: date, page: int, occasion: UUID | None = None) -> MessageList[SentNotice]:
    """Return a page of what was sent, the newest first, from four queries."""
    sent = Message.objects.filter(notice=OuterRef("pk"), sent_at__isnull=False)
    told = _of(Notice.objects.filter(Exists(sent)), occasion)
    count = told.count()
    page, pages, first = _place(page, count)
    rows = list(told.order_by("-due_at", "-pk")[first : first + PAGE_SIZE])
    messages: defaultdict[UUID, list[Message]] = defaultdict(list)
    for message in (
        Message.objects.filter(notice__in=rows, sent_at__isnull=False)
        .select_related("recipient")
        .order_by("sent_at", "recipient__email", "pk")
    ):
        messages[message.notice_id].append(message)
    names = _names({row.body_id for row in rows}, today)
    return MessageList(
        rows=tuple(_sent(row, messages[row.pk], names) for row in rows if messages[row.pk]),
        page=page,
        pages=pages,
        count=count,
    )


def message_counts() -> MessageCounts:
    """Return how many mails wait, from three queries."""
    unfinished = Message.objects.filter(sent_at__isnull=True, withdrawn_at__isnull=True)
    return MessageCounts(
        waiting=unfinished.filter(failed_at__isnull=True).count(),
        failed=unfinished.filter(failed_at__isnull=False).count()
        + Notice.objects.filter(_STUCK).count(),
    )


def _place(page: int, count: int) -> tuple[int, int, int]:
    """Return the page that there is, how many there are, and the place of its first row."""
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, page), pages)
    return page, pages, (page - 1) * PAGE_SIZE


def _of(rows: QuerySet[_Row], occasion: UUID | None, path: str = "") -> QuerySet[_Row]:
    return rows if occasion is None else rows.filter(**{f"{path}occasion": occasion})


def _names(body_ids: set[UUID | None], today: date) -> dict[UUID | None, str]:
    known = [key for key in body_ids if key is not None]
    names = names_on(day=today, bodies=known) if known else None
    return {key: names.name(key) for key in known} if names is not None else {}


def _people_by_role(body_ids: set[UUID]) -> dict[UUID, dict[UUID, set[str]]]:
    """Return who holds which roles at the bodies, each person once at each."""
    found: defaultdict[UUID, defaultdict[UUID, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = Membership.objects.current().filter(body_id__in=body_ids, role__in=WORKING_ROLES)
    for body_id, person, role in rows.values_list("body_id", "user_id", "role"):
        found[body_id][person].add(role)
    return {body_id: dict(people) for body_id, people in found.items()}


def _count(
    people: Mapping[UUID, Mapping[UUID, set[str]]],
    body_id: UUID | None,
    roles: Collection[str],
) -> int | None:
    if body_id is None:
        return None
    return sum(1 for held in people.get(body_id, {}).values() if held & set(roles))


def _due_of_draft(
    draft: Draft,
    names: Mapping[UUID | None, str],
    people: Mapping[UUID, Mapping[UUID, set[str]]],
) -> DueNotice:
    return DueNotice(
        kind=draft.kind,
        body=names.get(draft.body_id, ""),
        day=draft.day,
        people=_count(people, draft.body_id, draft.roles),
    )


def _sent(row: Notice, messages: list[Message], names: Mapping[UUID | None, str]) -> SentNotice:
    newest = messages[-1]
    return SentNotice(
        kind=row.kind,
        body=names.get(row.body_id, ""),
        subject=newest.subject,
        sent_at=newest.sent_at or row.due_at,
        addresses=tuple(message.goes_to for message in messages),
    )
