"""National releases: published values, loaded by an operator on the server."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from outcomes.actions import observations
from outcomes.actions.observations import StoreCounts
from outcomes.actions.staging import Staging
from outcomes.models import Release
from outcomes.queries import places
from outcomes.return_file import (
    BULK_LIMITS,
    Layout,
    ReturnFile,
    ReturnFileError,
    ReturnRow,
    RowError,
    read_return_file,
)
from outcomes.return_file.columns import column_letter

_MOST_PERSONAL_NAMED = 20


class PublishedLaterError(ValueError):
    """The day of a publication has not come; nothing is stored."""

    def __init__(self, *, published_on: date, today: date) -> None:
        super().__init__(
            f"{published_on:%-d %B %Y} has not come yet: today is {today:%-d %B %Y}. "
            "Load the file on the day it is published, or give the day it was."
        )


class ReleaseHasErrorsError(ValueError):
    """Rows of the file are wrong, so nothing of it is stored."""

    def __init__(self, *, errors: tuple[RowError, ...], total: int, rows: int) -> None:
        super().__init__(f"{total:,} cells or rows are wrong. Nothing was stored.")
        self.errors = errors
        self.total = total
        self.rows = rows


@dataclass(frozen=True)
class ReleaseFacts:
    """What a national release is and where it comes from."""

    title: str
    source: str = ""
    licence: str = ""
    # How its values were made, as the source names it; what the file says of an indicator beats it.
    method: str = ""
    published_on: date | None = None


@dataclass(frozen=True)
class Imported:
    """What an import read and did, or would do.

    Args:
        rows: rows that were read.
        missing: those of them without a value.
        ignored: blank rows, which say nothing.
        counts: what became of the rows.
        notices: what was read otherwise than it stands in the file.
    """

    rows: int
    missing: int
    ignored: int
    counts: StoreCounts
    notices: tuple[str, ...]


class _NotKeptError(Exception):
    """Nothing is to stay: every row is the same as the current one, or it was a rehearsal."""

    def __init__(self, counts: StoreCounts) -> None:
        super().__init__()
        self.counts = counts


def import_national(
    *,
    content: BinaryIO,
    name: str,
    facts: ReleaseFacts,
    at: datetime,
    layout: Layout | None = None,
    dry_run: bool = False,
) -> Imported:
    """Read a file by the same rules as an upload, and publish its values.

    Where every value is there already, nothing is written, not even the release.

    Args:
        content: the bytes of the file; seekable.
        name: what the file is called.
        facts: what the release is; without a day of publication it is the day of `at`.
        at: the time.
        layout: the layout that the file must have; None where its headings may say.
        dry_run: do all of it, and undo it.

    Raises:
        PublishedLaterError: the day of publication has not come.
        ReturnFileError: the file as a whole cannot be read.
        ReleaseHasErrorsError: rows are wrong; nothing is stored.
        OlderReleaseError: it would replace values that were published later.
    """
    today = timezone.localdate(at)
    facts = replace(facts, published_on=facts.published_on or today)
    if facts.published_on is not None and facts.published_on > today:
        raise PublishedLaterError(published_on=facts.published_on, today=today)
    with Staging() as staging:
        read = read_return_file(
            content=content,
            name=name,
            codes=places.known_codes(today=today),
            limits=BULK_LIMITS,
            layout=layout,
        )
        rows = _Rows(read=read)
        staging.add(rows=rows)
        staging.method, staging.methods = facts.method, read.methods
        if rows.refusal is not None:
            raise rows.refusal
        if read.errors:
            raise ReleaseHasErrorsError(
                errors=read.errors.kept, total=read.errors.total, rows=read.errors.rows
            )
        counts = _publish(staging=staging, facts=facts, at=at, dry_run=dry_run)
        notices = (*(notice.message for notice in read.notices), *_personal(read))
        return Imported(
            rows=staging.rows,
            missing=rows.missing,
            ignored=read.blank_rows,
            counts=counts,
            notices=notices,
        )


def _personal(read: ReturnFile) -> Iterator[str]:
    """Yield where the first texts are that look like a person's details, without the texts."""
    if not read.personal_total:
        return
    first = read.personal[:_MOST_PERSONAL_NAMED]
    cells = ", ".join(
        f"{column_letter(position=read.columns.position(heading))}{row}" for row, heading in first
    )
    more = read.personal_total - len(first)
    also = f" and {more:,} more cells" if more else ""
    yield (
        f"These cells look like a person’s details: {cells}{also}. "
        "Remove the details unless they must be published."
    )


class _Rows:
    """The rows of a file while none is wrong, and a count of those without a value.

    A refusal is kept for later: it must not break off the copying of the rows before it.
    """

    def __init__(self, *, read: ReturnFile) -> None:
        self._read = read
        self.missing = 0
        self.refusal: ReturnFileError | None = None

    def __iter__(self) -> Iterator[ReturnRow]:
        try:
            for chunk in self._read.iter_chunks():
                if not self._read.errors:
                    self.missing += sum(row.value is None for row in chunk)
                    yield from chunk
        except ReturnFileError as refusal:
            self.refusal = refusal


def _publish(*, staging: Staging, facts: ReleaseFacts, at: datetime, dry_run: bool) -> StoreCounts:
    try:
        with transaction.atomic():
            release = Release.objects.create(
                body=None,
                title=facts.title,
                source=facts.source,
                licence=facts.licence,
                published_on=facts.published_on,
                created_at=at,
            )
            counts = observations.store_staged(
                staging=staging, release=release, owner=None, by=None, at=at
            )
            if dry_run or not counts.changed:
                raise _NotKeptError(counts)
    except _NotKeptError as nothing:
        return nothing.counts
    return counts
