"""Looks through the newest file of each kind of body, week by week: is the register still right?"""

from datetime import date, datetime
from hashlib import sha256

from django.db import connection, transaction

from authorities.feed_difference import Difference, DifferenceKind, compare
from authorities.feed_file import Feed, FeedFileError, read_feed
from authorities.models import BodyKind, FeedFinding, FeedScheme, RegisterFeed
from authorities.queries.geography import load_geography
from authorities.queries.register_feeds import newest_feed
from authorities.reorganisation.facts import Geography

_SCHEMES = (FeedScheme.ONS, FeedScheme.ODS)
_KINDS = (BodyKind.STRATEGIC_AUTHORITY, BodyKind.INTEGRATED_CARE_BOARD, BodyKind.COUNCIL)
_AWAY = "The file could not be found. Upload it again."
_ALTERED = "The file is not as it was uploaded. Upload it again."


@transaction.atomic
def check_feeds(*, today: date, at: datetime) -> int:
    """Store what the newest files say of the register as it is today; return how many there are.

    Raises:
        Nothing: a file that cannot be read is a finding.
    """
    with connection.cursor() as cursor:
        # Two workers at once would each delete the other's findings.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('check register feeds', 0))")
    newest = {
        (scheme, kind): feed
        for scheme in _SCHEMES
        for kind in _KINDS
        if (feed := newest_feed(scheme=scheme, kind=kind)) is not None
    }
    geography = load_geography() if newest else None
    found = [
        _finding(feed, scheme, kind, geography, today=today, at=at)
        for (scheme, kind), feed in newest.items()
        if geography is not None
    ]
    FeedFinding.objects.all().delete()
    FeedFinding.objects.bulk_create(found)
    return len(found)


def _finding(
    feed: RegisterFeed,
    scheme: FeedScheme,
    kind: BodyKind,
    geography: Geography,
    *,
    today: date,
    at: datetime,
) -> FeedFinding:
    made = FeedFinding(feed=feed, scheme=scheme.value, kind=kind.value, computed_at=at)
    try:
        read = _read(feed)
    except OSError:
        made.fault = _AWAY
    except FeedFileError:
        made.fault = _ALTERED
    else:
        differences = [
            one
            for one in compare(feed=read, geography=geography, day=today).differences
            if one.body_kind == kind.value
        ]
        made.absent = _listed(differences, DifferenceKind.CLOSED)
        made.unknown = _listed(differences, DifferenceKind.ADDED)
    return made


def _read(feed: RegisterFeed) -> Feed:
    with feed.file.open("rb") as kept:
        content: bytes = kept.read()
    if sha256(content).hexdigest() != feed.sha256:
        raise FeedFileError("unreadable", _ALTERED)
    return read_feed(content=content)


def _listed(differences: list[Difference], kind: DifferenceKind) -> list[list[str]]:
    return [[one.code, one.name] for one in differences if one.kind == kind]
