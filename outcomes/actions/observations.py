"""Values are stored: what is new is added, what differs supersedes, what is the same is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from authorities import audit
from authorities.models import Body, User
from outcomes import recompute
from outcomes.actions.staging import Staging
from outcomes.models import Release, Subject
from outcomes.queries import places
from outcomes.return_file import ReturnRow

REASON = "observations stored"


@dataclass(frozen=True)
class StoreCounts:
    """What storing rows did, and the indicators that it added as drafts."""

    added: int
    unchanged: int
    superseded: int
    drafts: tuple[str, ...] = ()

    @property
    def changed(self) -> int:
        """How many values are new or revised."""
        return self.added + self.superseded


@dataclass(frozen=True)
class Comparison:
    """What storing would do; the fingerprint differs whenever it would do something else."""

    added: int
    unchanged: int
    superseded: int
    fingerprint: str


@transaction.atomic
def store(
    *,
    rows: Iterable[ReturnRow],
    release: Release,
    owner: Body | None,
    at: datetime,
    by: User | None = None,
) -> StoreCounts:
    """Store rows of one release; all of them, or none when anything fails."""
    with Staging() as staging:
        staging.add(rows=rows)
        return store_staged(staging=staging, release=release, owner=owner, by=by, at=at)


@transaction.atomic
def store_staged(
    *, staging: Staging, release: Release, owner: Body | None, by: User | None, at: datetime
) -> StoreCounts:
    """Store what has been staged, and ask for what follows from it.

    Values of one owner (None: national releases) supersede values of that owner only.
    """
    if staging.rows == 0:
        return StoreCounts(added=0, unchanged=0, superseded=0)
    _lock(owner=owner)
    drafts = staging.name_all()
    counts = _write(release=release, owner=owner, at=at, drafts=drafts)
    if counts.changed:
        _ask_for_recomputes(owner=owner, at=at)
    audit.record(
        action="observations.stored",
        target=release,
        body=owner,
        by=by,
        at=at,
        added=counts.added,
        unchanged=counts.unchanged,
        superseded=counts.superseded,
    )
    return counts


@transaction.atomic
def compare_staged(*, staging: Staging, owner: Body | None) -> Comparison:
    """Say what storing the staged rows would do, and store nothing.

    Within a transaction of the caller's, nobody changes the owner's values until that ends.
    """
    if staging.rows == 0:
        return Comparison(added=0, unchanged=0, superseded=0, fingerprint="")
    _lock(owner=owner)
    with transaction.atomic():
        staging.name_all()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE staged_observation")
            cursor.execute("DROP TABLE IF EXISTS pg_temp.compared_observation")
            cursor.execute(_COMPARE, {"owner": owner.pk if owner else None})
            cursor.execute(_COUNT)
            added, unchanged, superseded = cursor.fetchone()
            cursor.execute(_FINGERPRINT)
            replaced = cursor.fetchone()[0]
        # Names of new periods and breakdowns go, too.
        transaction.set_rollback(True)
    return Comparison(
        added=added,
        unchanged=unchanged,
        superseded=superseded,
        fingerprint=f"{added}-{replaced}",
    )


def _lock(*, owner: Body | None) -> None:
    """Let one store of an owner's values wait for another, so that each value is current once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"observations {owner.pk if owner else 'national'}"],
        )


# Rows that are the same as the current ones are counted and go no further. The index of current
# values starts with the four joined columns, so that owners differ by a filter on few rows.
_COMPARE = """
    CREATE TEMPORARY TABLE compared_observation ON COMMIT DROP AS
    SELECT i.id AS indicator_id, p.id AS period_id, b.id AS breakdown_id, s.area_id, s.area_code,
        s.value, s.lower_95, s.upper_95, s.lower_998, s.upper_998, s.count, s.denominator,
        s.note, s.note_text, o.id AS replaced_id,
        o.id IS NOT NULL AND (
            s.value, s.lower_95, s.upper_95, s.lower_998, s.upper_998, s.count, s.denominator,
            s.note, s.note_text
        ) IS NOT DISTINCT FROM (
            o.value, o.lower_95, o.upper_95, o.lower_998, o.upper_998, o.count, o.denominator,
            o.note, o.note_text
        ) AS same
    FROM staged_observation s
    JOIN staged_indicator i ON i.number = s.indicator
    JOIN staged_period p ON p.number = s.period
    JOIN staged_breakdown b ON b.number = s.breakdown
    LEFT JOIN outcomes_observation o ON o.indicator_id = i.id AND o.area_id = s.area_id
        AND o.period_id = p.id AND o.breakdown_id = b.id
        AND o.superseded_at IS NULL AND o.owner_id IS NOT DISTINCT FROM %(owner)s
"""
_COUNT = """
    SELECT count(*) FILTER (WHERE replaced_id IS NULL), count(*) FILTER (WHERE same),
        count(*) FILTER (WHERE replaced_id IS NOT NULL AND NOT same)
    FROM compared_observation
"""
# Values are never edited, so their keys say what is there.
_FINGERPRINT = """
    SELECT md5(coalesce(string_agg(
        replaced_id || CASE WHEN same THEN '=' ELSE '!' END, ',' ORDER BY replaced_id
    ), ''))
    FROM compared_observation WHERE replaced_id IS NOT NULL
"""
_SUPERSEDE = """
    UPDATE outcomes_observation SET superseded_at = %(at)s
    WHERE id IN (SELECT replaced_id FROM compared_observation WHERE NOT same)
"""
_INSERT = """
    INSERT INTO outcomes_observation (
        indicator_id, period_id, breakdown_id, area_id, area_code, value, lower_95, upper_95,
        lower_998, upper_998, count, denominator, note, note_text, release_id, owner_id
    )
    SELECT indicator_id, period_id, breakdown_id, area_id, area_code, value, lower_95, upper_95,
        lower_998, upper_998, count, denominator, note, note_text, %(release)s, %(owner)s
    FROM compared_observation WHERE NOT same
"""


def _write(
    *, release: Release, owner: Body | None, at: datetime, drafts: tuple[str, ...]
) -> StoreCounts:
    given = {"owner": owner.pk if owner else None, "release": release.pk, "at": at}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE staged_observation")
        cursor.execute("DROP TABLE IF EXISTS pg_temp.compared_observation")
        cursor.execute(_COMPARE, given)
        cursor.execute(_COUNT)
        added, unchanged, superseded = cursor.fetchone()
        if superseded:
            cursor.execute(_SUPERSEDE, given)
        cursor.execute(_INSERT, given)
    return StoreCounts(added=added, unchanged=unchanged, superseded=superseded, drafts=drafts)


def _ask_for_recomputes(*, owner: Body | None, at: datetime) -> None:
    """Write a ledger row for each authority whose page shows a value that changed."""
    if owner is not None:
        authorities = [owner.pk]
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT area_id FROM compared_observation WHERE NOT same")
            changed = {area for (area,) in cursor.fetchall()}
        authorities = places.authorities_showing(areas=changed, day=timezone.localdate(at))
    for authority in authorities:
        recompute.request(subject=Subject.AUTHORITY, subject_id=authority, reason=REASON, at=at)
