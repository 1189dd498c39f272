"""What the pages of messages show: what is due, what failed and what was sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from authorities.notices import kinds
from authorities.presenters.links import BackLink
from authorities.presenters.register_feeds import moment_text
from authorities.presenters.tables import Cell, Column
from authorities.presenters.words import day_text
from authorities.queries.messages import DueNotice, FailedMessage, SentNotice, SentPage

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
class MessagesPage:
    """The page: a table of what is due, the failures, and a page of what was sent."""

    title: str
    lead: str
    back: BackLink | None
    due_columns: tuple[Column, ...]
    due: tuple[tuple[Cell, ...], ...]
    failed: tuple[FailedRow, ...]
    sent_columns: tuple[Column, ...]
    sent: tuple[tuple[Cell, ...], ...]
    sent_caption: str
    page: int
    pages: int


def messages_page(
    *,
    title: str,
    due: tuple[DueNotice, ...],
    failed: tuple[FailedMessage, ...],
    sent: SentPage,
    shows_addresses: bool,
    try_again: Callable[[str, UUID], str],
    back: BackLink | None = None,
) -> MessagesPage:
    """Return the page; addresses, and another try, are for who looks after messages.

    try_again: the address that tries a `message` or a `notice` again, by its key.
    """
    return MessagesPage(
        title=title,
        lead="Who is written to is asked when a message is sent: whoever has submitted, or has "
        "left, gets nothing. Each mail is in the words of its kind, and quotes no answer.",
        back=back,
        due_columns=DUE_COLUMNS,
        due=tuple(_due(row) for row in due),
        failed=tuple(_failed(row, shows_addresses, try_again) for row in failed),
        sent_columns=_SENT,
        sent=tuple(_sent(row, shows_addresses) for row in sent.rows),
        sent_caption=f"{sent.count:,} {'message' if sent.count == 1 else 'messages'} sent",
        page=sent.page,
        pages=sent.pages,
    )


def label_of(*, kind: str) -> str:
    """Return what lists call a kind; its own name where no module knows it any more."""
    known = kinds().get(kind)
    return known.label if known is not None else kind


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
