"""Files of others come in, are compared with the register, and their review comes to an end."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.db import connection, transaction

from authorities import audit
from authorities.feed_difference import Comparison, Difference, compare
from authorities.feed_file import MOST_BYTES, Feed, FeedFileError, read_feed
from authorities.models import (
    Body,
    FeedDecision,
    FeedDifference,
    FeedDifferenceKind,
    FeedState,
    RegisterFeed,
    User,
)
from authorities.queries.geography import load_geography
from authorities.received_files import shown_name
from authorities.reorganisation.facts import BodyKey


class KnownFileError(ValueError):
    """Somebody else has uploaded the same file for the same day."""

    def __init__(self, known: RegisterFeed) -> None:
        """Say who has."""
        super().__init__(
            f"{known.uploaded_by.full_name} has uploaded this file for this day already. Go on "
            "with that review, or enter the day that your file describes."
        )


class SettledFeedError(ValueError):
    """The review of the file is at its end."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "The review of this file is at its end. Upload the file again to decide anew."
        )


class UndecidedRowsError(ValueError):
    """Rows wait for a decision, or for a change to be made of them."""


class FeedInUseError(ValueError):
    """A change was made of the file, so it cannot be as if it had never come."""


class ReasonMissingError(ValueError):
    """A decision needs its reason."""


def receive(
    *, file: "File[bytes]", file_name: str, day: date, by: User, at: datetime
) -> RegisterFeed:
    """Keep a file with what is different in it; the same form sent twice gives the same review.

    Raises:
        FeedFileError: it cannot be used; nothing of it is kept.
        KnownFileError: another person is reviewing it.
    """
    try:
        content = _content(file)
        feed = read_feed(content=content)
    except FeedFileError as refusal:
        with transaction.atomic():
            audit.record(action="register_feed.refused", target=by, by=by, at=at, code=refusal.code)
        raise
    return _keep(
        feed=feed, content=content, file_name=shown_name(file_name=file_name), day=day, by=by, at=at
    )


@transaction.atomic
def finish(*, feed: RegisterFeed, by: User, at: datetime) -> None:
    """End the review: each row is decided, and a change is made of what was taken.

    Raises:
        SettledFeedError, UndecidedRowsError: nothing is stored.
    """
    row = _open_feed(feed)
    rows = row.differences.exclude(kind=FeedDifferenceKind.UNKNOWN)
    undecided = rows.filter(decision=FeedDecision.UNDECIDED).count()
    if undecided:
        raise UndecidedRowsError(
            f"{undecided} {'row is' if undecided == 1 else 'rows are'} not decided. Take or leave "
            "each of them first."
        )
    if rows.filter(decision=FeedDecision.TAKE, reorganisation__isnull=True).exists():
        raise UndecidedRowsError("Make a change of the rows that are taken first.")
    _settle(row, FeedState.REVIEWED, "", by=by, at=at)


@transaction.atomic
def discard(*, feed: RegisterFeed, reason: str, by: User, at: datetime) -> None:
    """Put a wrong file aside; it stays on record with the reason.

    Raises:
        SettledFeedError, FeedInUseError, ReasonMissingError: nothing is stored.
    """
    row = _open_feed(feed)
    if not reason.strip():
        raise ReasonMissingError("Enter why the file is discarded.")
    if row.differences.filter(reorganisation__isnull=False).exists():
        raise FeedInUseError(
            "A change was made of this file, so it cannot be discarded. Finish the review instead."
        )
    _settle(row, FeedState.DISCARDED, reason.strip(), by=by, at=at)


def open_feed(feed_id: UUID) -> RegisterFeed:
    """Lock a file whose review goes on. The caller holds the transaction.

    Raises:
        SettledFeedError: it is at its end.
    """
    row = RegisterFeed.objects.select_for_update().get(pk=feed_id)
    if row.state != FeedState.TO_REVIEW:
        raise SettledFeedError
    return row


def _open_feed(feed: RegisterFeed) -> RegisterFeed:
    return open_feed(feed.pk)


def _settle(row: RegisterFeed, state: FeedState, reason: str, *, by: User, at: datetime) -> None:
    row.state, row.settled_reason = state, reason
    row.settled_by, row.settled_at = by, at
    row.save(update_fields=["state", "settled_reason", "settled_by", "settled_at"])
    audit.record(action=f"register_feed.{state.value}", target=row, by=by, at=at)


def _content(file: "File[bytes]") -> bytes:
    if file.size > MOST_BYTES:
        raise FeedFileError(
            "too-large",
            f"The file is larger than {MOST_BYTES // 1_000_000} MB. Take the names and codes of "
            "one kind of body, not the file of postcodes.",
        )
    file.seek(0)
    content: bytes = file.read()
    return content


@transaction.atomic
def _keep(
    *, feed: Feed, content: bytes, file_name: str, day: date, by: User, at: datetime
) -> RegisterFeed:
    digest = sha256(content).hexdigest()
    with connection.cursor() as cursor:
        # The second click waits here until the first is stored.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"feed {digest} {day}"]
        )
    known = (
        RegisterFeed.objects.filter(sha256=digest, day=day, state=FeedState.TO_REVIEW)
        .select_related("uploaded_by")
        .first()
    )
    if known is not None:
        if known.uploaded_by_id != by.pk:
            raise KnownFileError(known)
        return known
    found = compare(feed=feed, geography=load_geography(), day=day)
    made = _feed_row(feed, found, day)
    made.file_name, made.size, made.sha256 = file_name, len(content), digest
    made.uploaded_by, made.uploaded_at = by, at
    made.file.save(f"{made.pk}.csv", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            made.save()
            _store_differences(made, found.differences)
            audit.record(
                action="register_feed.received",
                target=made,
                by=by,
                at=at,
                layout=made.layout,
                day=day.isoformat(),
                sha256=digest,
            )
    except BaseException:
        made.file.delete(save=False)
        raise
    return made


def _feed_row(feed: Feed, found: Comparison, day: date) -> RegisterFeed:
    return RegisterFeed(
        layout=feed.layout.value,
        scheme=feed.scheme.value,
        covers=sorted(feed.covers),
        kinds=list(feed.kinds),
        day=day,
        row_count=len(feed.rows),
        same_count=found.same,
        over_count=found.over,
        notices=[*feed.notices, *found.notices],
    )


def _store_differences(feed: RegisterFeed, found: Sequence[Difference]) -> None:
    named = {one.body for one in found} | {one.group for one in found}
    keys = {key for key in named if key is not None}
    bodies = {
        BodyKey(kind, slug): pk
        for kind, slug, pk in Body.objects.filter(
            slug__in=sorted({key.slug for key in keys})
        ).values_list("kind", "slug", "pk")
    }
    FeedDifference.objects.bulk_create(
        [
            FeedDifference(
                feed=feed,
                position=position,
                kind=one.kind.value,
                aspect=one.aspect.value,
                body_kind=one.body_kind,
                scheme=one.scheme,
                code=one.code,
                name=one.name,
                detail=one.detail,
                row=one.row,
                body_id=bodies[one.body] if one.body else None,
                group_id=bodies[one.group] if one.group else None,
                value=one.value,
                other_codes=[list(code) for code in one.other_codes],
                offers=[key.slug for key in one.offers],
            )
            for position, one in enumerate(found, start=1)
        ],
        batch_size=500,
    )
