"""National releases: published values, loaded by an operator on the server."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction

from outcomes.actions import observations
from outcomes.actions.observations import StoreCounts
from outcomes.actions.staging import Staging
from outcomes.models import Release
from outcomes.queries import places
from outcomes.return_file import BULK_LIMITS, ReturnFile, RowError, read_return_file


class ReleaseHasErrorsError(ValueError):
    """Rows of the file are wrong, so nothing of it is stored."""

    def __init__(self, *, errors: tuple[RowError, ...], total: int) -> None:
        super().__init__(f"{total:,} cells or rows are wrong. Nothing was stored.")
        self.errors = errors
        self.total = total


@dataclass(frozen=True)
class ReleaseFacts:
    """What a national release is and where it comes from."""

    title: str
    source: str = ""
    licence: str = ""
    published_on: date | None = None


@dataclass(frozen=True)
class Imported:
    """What an import read and did."""

    rows: int
    missing: int
    counts: StoreCounts
    notices: tuple[str, ...]


class _NothingNew(Exception):
    """Every row is the same as the current one."""

    def __init__(self, counts: StoreCounts) -> None:
        super().__init__()
        self.counts = counts


def import_national(*, content: BinaryIO, name: str, facts: ReleaseFacts, at: datetime) -> Imported:
    """Read a file by the same rules as an upload, and publish its values.

    Where every value is there already, nothing is written, not even the release.

    Raises:
        ReturnFileError: the file as a whole cannot be read.
        ReleaseHasErrorsError: rows are wrong; nothing is stored.
    """
    with Staging() as staging:
        read = read_return_file(
            content=content, name=name, codes=places.known_codes(), limits=BULK_LIMITS
        )
        missing = _stage(read=read, staging=staging)
        if read.errors:
            raise ReleaseHasErrorsError(errors=read.errors.kept, total=read.errors.total)
        counts = _publish(staging=staging, facts=facts, at=at)
        notices = tuple(notice.message for notice in read.notices)
        return Imported(rows=staging.rows, missing=missing, counts=counts, notices=notices)


def _stage(*, read: ReturnFile, staging: Staging) -> int:
    missing = 0
    for chunk in read.iter_chunks():
        if not read.errors:
            staging.add(rows=chunk)
            missing += sum(row.value is None for row in chunk)
    return missing


def _publish(*, staging: Staging, facts: ReleaseFacts, at: datetime) -> StoreCounts:
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
            if not counts.changed:
                raise _NothingNew(counts)
    except _NothingNew as nothing:
        return nothing.counts
    return counts
