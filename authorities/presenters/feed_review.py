"""The review of one file: its differences, one of them, and the change that they become."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from authorities.csv_text import write_csv
from authorities.feed_difference import NOUNS
from authorities.feed_operations import Entered, suggested
from authorities.models import (
    FeedAspect,
    FeedDecision,
    FeedDifference,
    FeedDifferenceKind,
    FeedScheme,
    FeedState,
    RegisterFeed,
    Reorganisation,
    ReorganisationState,
)
from authorities.presenters.register_feeds import kinds_text, moment_text
from authorities.presenters.tables import Cell, Column, SummaryRow, address
from authorities.presenters.words import day_text
from authorities.queries.register_feeds import DifferencePage, FeedCounts, taken_of

TO_DECIDE = "to-decide"
ALL = "all"
COLUMNS = (
    Column("Body"),
    Column("Difference"),
    Column("What differs"),
    Column("Decision"),
)
CSV_HEADINGS = (
    "position",
    "difference",
    "aspect",
    "kind_of_body",
    "scheme",
    "code",
    "name",
    "row",
    "body_slug",
    "authority_slug_in_file",
    "new_code",
    "detail",
    "decision",
    "reason",
    "match_slug",
    "decided_at",
    "change",
    "to_complete",
)
_EMPTY = {
    TO_DECIDE: "Every row is decided.",
    ALL: "The file says what the register says.",
    FeedDifferenceKind.ADDED: "The file has no code that is unknown to us.",
    FeedDifferenceKind.CHANGED: "No name, code or membership differs.",
    FeedDifferenceKind.CLOSED: "The file has every open body of ours that it could have.",
    FeedDifferenceKind.UNKNOWN: "Every row could be placed.",
}


@dataclass(frozen=True)
class CountBox:
    """A number with what it counts."""

    number: str
    label: str
    of: str = ""
    kind: str = ""


@dataclass(frozen=True)
class FilterLink:
    """Which differences are shown."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class ChangeLine:
    """A change made of the file, and what it still needs."""

    title: str
    url: str
    state: str
    to_complete: tuple[str, ...]


@dataclass(frozen=True)
class FeedPage:
    """One file with its differences."""

    title: str
    lede: str
    summary: tuple[SummaryRow, ...]
    notices: tuple[str, ...]
    counts: tuple[CountBox, ...]
    changes: tuple[ChangeLine, ...]
    filters: tuple[FilterLink, ...]
    columns: tuple[Column, ...]
    caption: str
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    page: int
    pages: int
    page_url: str
    csv_url: str
    change_words: str
    change_url: str
    end_url: str


@dataclass(frozen=True)
class RowPage:
    """One difference."""

    title: str
    caption: str
    feed_url: str
    feed_name: str
    summary: tuple[SummaryRow, ...]
    closed_words: str


@dataclass(frozen=True)
class ChangePage:
    """The rows that a change is made of."""

    feed_url: str
    feed_name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str


def feed_page(
    *,
    feed: RegisterFeed,
    counts: FeedCounts,
    differences: DifferencePage,
    changes: Sequence[Reorganisation],
    to_complete: Iterable[FeedDifference],
    shown: str,
    may_decide: bool,
) -> FeedPage:
    """Return the page of one file; `shown` is a kind of difference, to-decide or all."""
    url = address("authorities:feed", str(feed.pk))
    going_on = may_decide and feed.state == FeedState.TO_REVIEW
    left = list(to_complete)
    return FeedPage(
        title=feed.file_name,
        lede=_lede(feed),
        summary=_summary(feed),
        notices=tuple(feed.notices),
        counts=_counts(feed, counts),
        changes=tuple(_change(change, left) for change in changes),
        filters=_filters(counts, url, shown),
        columns=COLUMNS,
        caption=f"{differences.count:,} {'row' if differences.count == 1 else 'rows'}",
        rows=tuple(_row(row) for row in differences.rows),
        empty=_EMPTY[shown],
        page=differences.page,
        pages=differences.pages,
        page_url=f"{url}?show={shown}&page=",
        csv_url=address("authorities:feed-differences-csv", str(feed.pk)),
        change_words=(
            f"Make a change of the {counts.to_change} "
            f"{'row' if counts.to_change == 1 else 'rows'} taken"
        )
        if going_on and counts.to_change
        else "",
        change_url=address("authorities:feed-change", str(feed.pk)),
        end_url=address("authorities:feed-end", str(feed.pk)) if going_on else "",
    )


def row_page(*, row: FeedDifference) -> RowPage:
    """Return the page of one difference."""
    closed_words = ""
    if row.kind == FeedDifferenceKind.UNKNOWN:
        closed_words = "There is nothing to decide: the row is of no body that we could place."
    elif row.feed.state != FeedState.TO_REVIEW:
        closed_words = "The review of this file is at its end."
    elif in_change(row):
        closed_words = (
            "This row is part of a change. Correct the change itself, or cancel it to decide anew."
        )
    return RowPage(
        title=row.name,
        caption=f"{_difference(row)}, row {row.position} of the differences",
        feed_url=address("authorities:feed", str(row.feed_id)),
        feed_name=row.feed.file_name,
        summary=tuple(_row_summary(row)),
        closed_words=closed_words,
    )


def change_page(*, feed: RegisterFeed, rows: Sequence[FeedDifference]) -> ChangePage:
    """Return the page that makes a change of rows."""
    return ChangePage(
        feed_url=address("authorities:feed", str(feed.pk)),
        feed_name=feed.file_name,
        columns=COLUMNS,
        rows=tuple(_row(row) for row in rows),
        caption=f"{len(rows)} {'row' if len(rows) == 1 else 'rows'} taken",
    )


def first_entered(*, row: FeedDifference) -> Entered:
    """Return what the form of a row starts with: what was entered, else what the row suggests."""
    [taken] = taken_of([row])
    return taken.entered if row.entered else suggested(difference=taken.difference)


def in_change(row: FeedDifference) -> bool:
    """Whether the row is part of a change that goes on or has been applied."""
    change = row.reorganisation
    return change is not None and change.state != ReorganisationState.CANCELLED


def differences_csv(*, rows: Iterable[FeedDifference]) -> str:
    """Return every difference with its decision as CSV."""
    return write_csv(headings=CSV_HEADINGS, rows=(_csv_row(row) for row in rows))


def _lede(feed: RegisterFeed) -> str:
    kinds = kinds_text(kinds=feed.kinds)
    return (
        f"{feed.get_layout_display()} of {kinds} on {day_text(day=feed.day)}, beside the register "
        "as it was on that day when the file was uploaded. Nothing changes the register until a "
        "change is approved."
    )


def _summary(feed: RegisterFeed) -> tuple[SummaryRow, ...]:
    rows = [
        SummaryRow("Bodies in the file", f"{feed.row_count:,}"),
        SummaryRow(
            "Uploaded", f"{moment_text(moment=feed.uploaded_at)} by {feed.uploaded_by.full_name}"
        ),
        SummaryRow("Review", feed.get_state_display()),
    ]
    if feed.settled_by and feed.settled_at:
        ended = f"{moment_text(moment=feed.settled_at)} by {feed.settled_by.full_name}"
        reason = f"\n{feed.settled_reason}" if feed.settled_reason else ""
        rows.append(SummaryRow("Review ended", f"{ended}{reason}"))
    if feed.over_count:
        rows.append(SummaryRow("Closed before that day and never ours", f"{feed.over_count:,}"))
    return tuple(rows)


def _counts(feed: RegisterFeed, counts: FeedCounts) -> tuple[CountBox, ...]:
    words = {
        FeedDifferenceKind.ADDED: "added: codes that are unknown to us",
        FeedDifferenceKind.CHANGED: "changed: another name, code or membership",
        FeedDifferenceKind.CLOSED: "closed: open here, and not in the file",
        FeedDifferenceKind.UNKNOWN: "unknown: of no kind that we could place",
    }
    boxes = [CountBox(f"{counts.kinds.get(kind, 0):,}", label) for kind, label in words.items()]
    return (*boxes, CountBox(f"{feed.same_count:,}", "the same here", kind="na"))


def _filters(counts: FeedCounts, url: str, shown: str) -> tuple[FilterLink, ...]:
    numbers = {
        TO_DECIDE: counts.to_decide,
        **{kind.value: counts.kinds.get(kind, 0) for kind in FeedDifferenceKind},
        ALL: sum(counts.kinds.values()),
    }
    labels = {TO_DECIDE: "To decide", ALL: "All"} | {
        kind.value: str(kind.label) for kind in FeedDifferenceKind
    }
    return tuple(
        FilterLink(
            label=f"{labels[key]} ({number:,})", url=f"{url}?show={key}", current=key == shown
        )
        for key, number in numbers.items()
    )


def _change(change: Reorganisation, rows: Sequence[FeedDifference]) -> ChangeLine:
    return ChangeLine(
        title=f"{change.title}, on {day_text(day=change.effective_date)}",
        url=address("changes:detail", str(change.pk)),
        state=change.get_state_display(),
        to_complete=tuple(row.to_complete for row in rows if row.reorganisation_id == change.pk),
    )


def _row(row: FeedDifference) -> tuple[Cell, ...]:
    url = address("authorities:feed-row", str(row.feed_id), str(row.position))
    return (
        Cell(text=row.name, url=url, note=_code(row)),
        Cell(text=_difference(row), note=NOUNS.get(row.body_kind, "")),
        Cell(text=row.detail),
        Cell(text=_decision(row), note=_decision_note(row)),
    )


def _code(row: FeedDifference) -> str:
    scheme = "" if row.scheme == FeedScheme.OWN else f"{FeedScheme(row.scheme).label} "
    return f"{scheme}{row.code}"


def _difference(row: FeedDifference) -> str:
    kind = str(FeedDifferenceKind(row.kind).label)
    if row.aspect == FeedAspect.BODY:
        return kind
    # "ICBs" stays as it is written.
    aspect = str(FeedAspect(row.aspect).label)
    return f"{kind}: {aspect if aspect.isupper() or aspect[1].isupper() else aspect.lower()}"


def _decision(row: FeedDifference) -> str:
    if row.kind == FeedDifferenceKind.UNKNOWN:
        return "None needed"
    return str(FeedDecision(row.decision).label)


def _decision_note(row: FeedDifference) -> str:
    if row.decision == FeedDecision.LEAVE:
        return row.reason
    if row.reorganisation is not None:
        state = " (cancelled)" if not in_change(row) else ""
        return f"In the change {row.reorganisation.title}{state}"
    return ""


def _row_summary(row: FeedDifference) -> Iterable[SummaryRow]:
    yield SummaryRow("Code", _code(row))
    yield SummaryRow("Row of the file", f"{row.row:,}" if row.row else "None")
    yield SummaryRow("What differs", row.detail)
    for scheme, value in row.other_codes:
        yield SummaryRow(f"{FeedScheme(scheme).label} code beside it", value)
    if row.decision != FeedDecision.UNDECIDED and row.decided_by and row.decided_at:
        who = f"{moment_text(moment=row.decided_at)} by {row.decided_by.full_name}"
        reason = f"\n{row.reason}" if row.reason else ""
        yield SummaryRow("Decision", f"{_decision(row)}, {who}{reason}")
    if row.reorganisation is not None:
        yield SummaryRow("Change", _decision_note(row))
    if row.to_complete:
        yield SummaryRow("Left to complete", row.to_complete)


def _csv_row(row: FeedDifference) -> tuple[str, ...]:
    return (
        str(row.position),
        row.kind,
        row.aspect,
        row.body_kind,
        row.scheme,
        row.code,
        row.name,
        "" if row.row is None else str(row.row),
        row.body.slug if row.body else "",
        row.group.slug if row.group else "",
        row.value,
        row.detail,
        row.decision,
        row.reason,
        row.match.slug if row.match else "",
        row.decided_at.isoformat(timespec="seconds") if row.decided_at else "",
        str(row.reorganisation_id or ""),
        row.to_complete,
    )
