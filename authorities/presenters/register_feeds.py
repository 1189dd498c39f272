"""The list of files that the register is compared with, and what the weekly look found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from authorities.feed_difference import NOUNS, PLURALS
from authorities.models import FeedFinding, FeedScheme, FeedState, RegisterFeed
from authorities.presenters.tables import Cell, Column, address
from authorities.presenters.words import day_text
from authorities.queries.register_feeds import FeedPage

_MOST_NAMED = 10
_NEVER = "The register has not been looked through yet. It is every Monday, once there is a file."
COLUMNS = (
    Column("File"),
    Column("What it is"),
    Column("Describes"),
    Column("Uploaded"),
    Column("To decide", numeric=True),
    Column("Review"),
)


@dataclass(frozen=True)
class FindingLine:
    """What the newest file of a kind says of the register."""

    text: str
    file_name: str
    url: str
    absent: str
    unknown: str


@dataclass(frozen=True)
class FeedListPage:
    """The page of files."""

    checked: str
    findings: tuple[FindingLine, ...]
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    page: int
    pages: int
    may_upload: bool


def feed_list_page(
    *, feeds: FeedPage, findings: Sequence[FeedFinding], may_upload: bool
) -> FeedListPage:
    """Return the page of files."""
    checked = max((one.computed_at for one in findings), default=None)
    return FeedListPage(
        checked=f"Last checked {moment_text(moment=checked)}." if checked else _NEVER,
        findings=tuple(_finding(one) for one in findings),
        caption=f"{feeds.count} {'file' if feeds.count == 1 else 'files'}",
        columns=COLUMNS,
        rows=tuple(_row(feed) for feed in feeds.rows),
        page=feeds.page,
        pages=feeds.pages,
        may_upload=may_upload,
    )


def _finding(one: FeedFinding) -> FindingLine:
    source = (
        f"the newest {FeedScheme(one.scheme).label} file of {PLURALS[one.kind]} "
        f"({day_text(day=one.feed.day)})"
    )
    if one.fault:
        text = f"{source[0].upper()}{source[1:]} could not be compared. {one.fault}"
    elif not one.absent and not one.unknown:
        text = f"Nothing is absent from {source}, and no code in it is unknown to us."
    else:
        text = (
            f"{_count(len(one.absent), 'open body', 'open bodies')} absent from {source}, "
            f"{_count(len(one.unknown), 'code', 'codes')} unknown to us."
        )
    return FindingLine(
        text=text,
        file_name=one.feed.file_name,
        url=address("authorities:feed", str(one.feed_id)),
        absent=_named(one.absent),
        unknown=_named(one.unknown),
    )


def _count(number: int, one: str, more: str) -> str:
    return f"1 {one} is" if number == 1 else f"{number} {more} are"


def _named(bodies: Sequence[Sequence[str]]) -> str:
    named = [f"{name} ({code})" for code, name in bodies[:_MOST_NAMED]]
    more = len(bodies) - len(named)
    return f"{', '.join(named)}{f' and {more} more' if more else ''}"


def _row(feed: RegisterFeed) -> tuple[Cell, ...]:
    to_decide: int = getattr(feed, "to_decide", 0)
    return (
        Cell(
            text=feed.file_name,
            url=address("authorities:feed", str(feed.pk)),
            note=f"{feed.row_count:,} {'body' if feed.row_count == 1 else 'bodies'}",
        ),
        Cell(text=feed.get_layout_display(), note=kinds_text(kinds=feed.kinds)),
        Cell(text=day_text(day=feed.day)),
        Cell(text=moment_text(moment=feed.uploaded_at), note=feed.uploaded_by.full_name),
        Cell(text=f"{to_decide:,}" if feed.state == FeedState.TO_REVIEW else "0"),
        Cell(text=feed.get_state_display(), note=feed.settled_reason),
    )


def kinds_text(*, kinds: Sequence[str]) -> str:
    """Return the kinds of body in words, such as 'councils and ICBs'."""
    names = [PLURALS[kind] for kind in kinds if kind in NOUNS]
    return " and ".join(names)


def moment_text(*, moment: datetime) -> str:
    """Return an instant as people in London write it: 1 April 2026 at 4:05pm."""
    there = timezone.localtime(moment)
    hour = there.hour % 12 or 12
    half = "am" if there.hour < 12 else "pm"
    return f"{day_text(day=there.date())} at {hour}:{there:%M}{half}"
