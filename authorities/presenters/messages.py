"""What the pages of messages show: what is due, what failed and what was sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.utils import timezone

from authorities.notices import kinds
from authorities.presenters.links import BackLink
from authorities.presenters.register_feeds import moment_text
from authorities.presenters.tables import Cell, Column
from authorities.presenters.words import day_text
from authorities.queries.messages import (
    DAYS_AHEAD,
    DueNotice,
    FailedMessage,
    MessageList,
    SentNotice,
)

DUE_COLUMNS = (
    Column("Body"),
    Column("What"),
    Column("On"),
    Column("People", numeric=True),
)
_SENT = (Column("Body"), Column("What"), Column("Sent"), Column("People", numeric=True))


@dataclass(frozen=True)
class FailedRow:
    """One mail that could not be sent; `url` tries it again, for who may."""

    body: str
    what: str
    subject: str
    address: str
    error: str
    when: str
    url: str


@dataclass(frozen=True)
class Pages:
    """Where one list of the page stands; `url` ends where a page's number goes."""

    page: int
    pages: int
    url: str


@dataclass(frozen=True)
class MessagesPage:
    """The page: what is due, the failures, and what was sent, each with pages of its own."""

    title: str
    lead: str
    back: BackLink | None
    due_heading: str
    due_columns: tuple[Column, ...]
    due: tuple[tuple[Cell, ...], ...]
    due_caption: str
    due_pages: Pages
    failed: tuple[FailedRow, ...]
    failed_caption: str
    failed_pages: Pages
    sent_columns: tuple[Column, ...]
    sent: tuple[tuple[Cell, ...], ...]
    sent_caption: str
    sent_pages: Pages


def messages_page(
    *,
    title: str,
    due: MessageList[DueNotice],
    failed: MessageList[FailedMessage],
    sent: MessageList[SentNotice],
    shows_addresses: bool,
    try_again: Callable[[str, UUID], str],
    back: BackLink | None = None,
) -> MessagesPage:
    """Return the page; addresses, and another try, are for who looks after messages.

    try_again: the address that tries a `message` or a `notice` again, by its key.
    """
    stands = {"failed": failed.page, "due": due.page, "page": sent.page}
    return MessagesPage(
        title=title,
        lead="Who is written to is asked when a message is sent: whoever has submitted, or has "
        "left, gets nothing. Each mail is in the words of its kind, and quotes no answer.",
        back=back,
        due_heading=f"Due in the next {DAYS_AHEAD} days",
        due_columns=DUE_COLUMNS,
        due=tuple(_due(row) for row in due.rows),
        due_caption=f"{_messages(due.count)} due, as things stand today",
        due_pages=Pages(due.page, due.pages, _url("due", stands)),
        failed=tuple(_failed(row, shows_addresses, try_again) for row in failed.rows),
        failed_caption=f"{_messages(failed.count)} could not be sent",
        failed_pages=Pages(failed.page, failed.pages, _url("failed", stands)),
        sent_columns=_SENT,
        sent=tuple(_sent(row, shows_addresses) for row in sent.rows),
        sent_caption=f"{_messages(sent.count)} sent",
        sent_pages=Pages(sent.page, sent.pages, _url("page", stands)),
    )


def label_of(*, kind: str) -> str:
    """Return what lists call a kind; its own name where no module knows it any more."""
    known = kinds().get(kind)
    return known.label if known is not None else kind


def _url(name: str, stands: Mapping[str, int]) -> str:
    """Return the address of a list's pages; the other lists stay where they are."""
    others = {key: page for key, page in stands.items() if key != name and page > 1}
    return f"?{urlencode({**others, name: ''})}"


def _messages(count: int) -> str:
    return "1 message" if count == 1 else f"{count:,} messages"


def _due(row: DueNotice) -> tuple[Cell, ...]:
    return (
        Cell(row.body or "Several bodies"),
        Cell(label_of(kind=row.kind)),
        Cell(_weekday(row.day)),
        Cell("Asked when sent" if row.people is None else f"{row.people:,}"),
    )


def _weekday(day: date) -> str:
    return f"{day:%A} {day_text(day=day)}"


def _failed(
    row: FailedMessage, shows_addresses: bool, try_again: Callable[[str, UUID], str]
) -> FailedRow:
    url = ""
    if shows_addresses and row.message_id is not None:
        url = try_again("message", row.message_id)
    elif shows_addresses and row.notice_id is not None:
        url = try_again("notice", row.notice_id)
    return FailedRow(
        body=row.body or "Several bodies",
        what=label_of(kind=row.kind),
        subject=row.subject or "It could not be worked out whom it concerns.",
        address=row.address if shows_addresses else "",
        error=row.error,
        when=moment_text(moment=timezone.localtime(row.failed_at)),
        url=url,
    )


def _sent(row: SentNotice, shows_addresses: bool) -> tuple[Cell, ...]:
    return (
        Cell(row.body or "Several bodies", note=row.subject),
        Cell(label_of(kind=row.kind)),
        Cell(moment_text(moment=row.sent_at)),
        Cell(
            f"{len(row.addresses):,}",
            note=", ".join(row.addresses) if shows_addresses else "",
        ),
    )
