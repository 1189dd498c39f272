"""Values are stored: what is new is added, what differs supersedes, what is the same is left."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from authorities import audit
from authorities.models import Body, User
from outcomes import recompute
from outcomes.actions import mission_requests
from outcomes.actions.locked_values import (
    LockedPeriodError,
    LockedRow,
    hold_locks,
    locked_rows,
)
from outcomes.actions.staging import Named, Staging
from outcomes.models import Release, ReleaseState, Subject
from outcomes.queries import places
from outcomes.return_file import ReturnRow

REASON = "observations stored"


class OlderReleaseError(ValueError):
    """A release was published before one whose values it would supersede; nothing is stored."""

    def __init__(self, *, published_on: date, newest: date) -> None:
        super().__init__(
            f"Values that were published on {newest:%-d %B %Y} differ from those of this file, "
            f"which is said to be of {published_on:%-d %B %Y}. An earlier publication cannot "
            "replace a later one."
        )


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
    """What storing would do; the fingerprint differs whenever it would do something else.

    superseded: current values that others replace.
    resent: those of them that were returned, and come again as they were.
    locked: the rows for which storing would be refused, all of it.
    """

    added: int
    unchanged: int
    superseded: int
    fingerprint: str
    resent: int = 0
    locked: tuple[LockedRow, ...] = ()


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

    Raises:
        OlderReleaseError: a value would be superseded by one that was published before it.
        LockedPeriodError: a value of the owner would change in a period that is locked.
    """
    if staging.rows == 0:
        return StoreCounts(added=0, unchanged=0, superseded=0)
    lock_values(owner=owner)
    if owner is not None:
        hold_locks(alone=False)
    with _for_many_rows():
        counts, areas = _write(staging=staging, release=release, owner=owner, at=at)
    if counts.changed:
        _ask_for_recomputes(owner=owner, areas=areas, at=at)
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
    lock_values(owner=owner)
    if owner is not None:
        hold_locks(alone=False)
    with transaction.atomic():
        named = staging.name_all()
        with _for_many_rows():
            met = _compare(named=named, owner=owner)
        locked = locked_rows(named=named, owner=owner) if owner is not None else ()
        with connection.cursor() as cursor:
            cursor.execute(_FINGERPRINT)
            replaced = cursor.fetchone()[0]
        # Names of new periods and breakdowns go, too.
        transaction.set_rollback(True)
    added = staging.rows - met.same - met.different
    return Comparison(
        added=added,
        unchanged=met.same,
        superseded=met.different,
        resent=met.resent,
        fingerprint=f"{added}-{replaced}",
        locked=locked,
    )


def lock_values(*, owner: Body | None) -> None:
    """Let one store of an owner's values wait for another, so that each value is current once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"observations {owner.pk if owner else 'national'}"],
        )


_EQUAL = """(
    s.value, s.lower_95, s.upper_95, s.lower_998, s.upper_998, s.count, s.denominator,
    s.note, s.note_text, s.provisional, s.publishers_comparison
) IS NOT DISTINCT FROM (
    o.value, o.lower_95, o.upper_95, o.lower_998, o.upper_998, o.count, o.denominator,
    o.note, o.note_text, o.provisional, o.publishers_comparison
)"""
# Nobody decides on a value that was returned: the same value has to come anew.
_RETURNED = "o.release_id = ANY (%(returned)s::uuid[])"
# Only rows that meet a current value are written here: none, where all are new.
_COMPARE = f"""
    CREATE TEMPORARY TABLE compared_observation ON COMMIT DROP AS
    SELECT s.number, o.id AS replaced_id, o.release_id AS replaced_release_id,
        {_EQUAL} AND NOT {_RETURNED} AS same, {_RETURNED} AND {_EQUAL} AS resent
    FROM staged_observation s
    JOIN outcomes_observation o
        ON o.indicator_id = (%(indicators)s::bigint[])[s.indicator + 1]
        AND o.period_id = (%(periods)s::bigint[])[s.period + 1]
        AND o.breakdown_id = (%(breakdowns)s::bigint[])[s.breakdown + 1]
        AND o.area_id = s.area_id
    WHERE o.indicator_id = ANY (%(indicators)s) AND o.superseded_at IS NULL
        AND o.owner_id IS NOT DISTINCT FROM %(owner)s
"""  # noqa: S608
_COUNT = """
    SELECT count(*) FILTER (WHERE same), count(*) FILTER (WHERE NOT same),
        count(*) FILTER (WHERE resent)
    FROM compared_observation
"""
# Values are never edited, so their keys say what is there.
_FINGERPRINT = """
    SELECT md5(coalesce(string_agg(
        replaced_id || CASE WHEN same THEN '=' ELSE '!' END, ',' ORDER BY replaced_id
    ), ''))
    FROM compared_observation
"""
_NEWEST_REPLACED = """
    SELECT max(published_on) FROM outcomes_release
    WHERE id IN (SELECT replaced_release_id FROM compared_observation WHERE NOT same)
"""
_SUPERSEDE = """
    UPDATE outcomes_observation SET superseded_at = %(at)s
    WHERE id IN (SELECT replaced_id FROM compared_observation WHERE NOT same)
"""
# Rows go in area by area: the indexes are written page by page, not all over the place.
_INSERT = """
    WITH stored AS (
        INSERT INTO outcomes_observation (
            indicator_id, period_id, breakdown_id, area_id, area_code, value, lower_95, upper_95,
            lower_998, upper_998, count, denominator, note, note_text, provisional,
            publishers_comparison, release_id, owner_id
        )
        SELECT (%(indicators)s::bigint[])[s.indicator + 1], (%(periods)s::bigint[])[s.period + 1],
            (%(breakdowns)s::bigint[])[s.breakdown + 1], s.area_id, s.area_code, s.value,
            s.lower_95, s.upper_95, s.lower_998, s.upper_998, s.count, s.denominator, s.note,
            s.note_text, s.provisional, s.publishers_comparison, %(release)s, %(owner)s
        FROM staged_observation s
        WHERE NOT EXISTS (
            SELECT FROM compared_observation c WHERE c.number = s.number AND c.same
        )
        ORDER BY s.area_id
        RETURNING indicator_id, area_id
    ), contents AS (
        INSERT INTO outcomes_releaseindicator (
            release_id, indicator_id, indicator_version, method, rows
        )
        SELECT %(release)s, indicator_id, i.version,
            (%(methods)s::text[])[array_position(%(indicators)s::bigint[], indicator_id)], count(*)
        FROM stored JOIN outcomes_indicator i ON i.id = indicator_id
        GROUP BY indicator_id, i.version
    )
    SELECT DISTINCT area_id FROM stored
"""


# A million rows are joined and sorted in memory, not by way of files. Loops over rows are never
# the way for so many, but what is planned before new rows are counted would have them.
_SETTINGS = """
    SET LOCAL work_mem = '96MB';
    SET LOCAL enable_nestloop = off;
    SET LOCAL enable_mergejoin = off;
    SET LOCAL jit = off
"""
_SETTINGS_BACK = """
    SET LOCAL work_mem TO DEFAULT;
    SET LOCAL enable_nestloop TO DEFAULT;
    SET LOCAL enable_mergejoin TO DEFAULT;
    SET LOCAL jit TO DEFAULT
"""


@dataclass(frozen=True)
class _Met:
    """How many rows meet a current value: the same, or one that they replace."""

    same: int
    different: int
    resent: int


def _compare(*, named: Named, owner: Body | None) -> _Met:
    """Hold the staged rows against the owner's current values."""
    returned: list[UUID] = []
    if owner is not None:
        returned = list(
            Release.objects.filter(body=owner, state=ReleaseState.RETURNED).values_list(
                "pk", flat=True
            )
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE staged_observation")
        cursor.execute("DROP TABLE IF EXISTS pg_temp.compared_observation")
        cursor.execute(
            _COMPARE,
            {
                "owner": owner.pk if owner else None,
                "indicators": named.indicators,
                "periods": named.periods,
                "breakdowns": named.breakdowns,
                "returned": returned,
            },
        )
        cursor.execute(_COUNT)
        return _Met(*cursor.fetchone())


def _refuse_older(*, release: Release) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST_REPLACED)
        newest: date | None = cursor.fetchone()[0]
    if newest is not None and release.published_on is not None and newest > release.published_on:
        raise OlderReleaseError(published_on=release.published_on, newest=newest)


def _write(
    *, staging: Staging, release: Release, owner: Body | None, at: datetime
) -> tuple[StoreCounts, frozenset[UUID]]:
    """Write what is new or differs; return the counts, and the areas with such a value."""
    named = staging.name_all()
    met = _compare(named=named, owner=owner)
    counts = StoreCounts(
        added=staging.rows - met.same - met.different,
        unchanged=met.same,
        superseded=met.different,
        drafts=named.drafts,
    )
    if not counts.changed:
        return counts, frozenset()
    if owner is not None and (locked := locked_rows(named=named, owner=owner)):
        raise LockedPeriodError(hits=tuple(dict.fromkeys(row.hit for row in locked)))
    given = {
        "owner": owner.pk if owner else None,
        "release": release.pk,
        "at": at,
        "indicators": named.indicators,
        "methods": named.methods,
        "periods": named.periods,
        "breakdowns": named.breakdowns,
    }
    with connection.cursor() as cursor:
        if met.different:
            _refuse_older(release=release)
            cursor.execute(_SUPERSEDE, given)
        cursor.execute(_INSERT, given)
        areas = frozenset(area for (area,) in cursor.fetchall())
    return counts, areas


@contextmanager
def _for_many_rows() -> Iterator[None]:
    """Plan for a million rows until the block ends."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTINGS)
        yield
        cursor.execute(_SETTINGS_BACK)


def _ask_for_recomputes(*, owner: Body | None, areas: frozenset[UUID], at: datetime) -> None:
    """Write a ledger row for each authority whose page shows a value that changed."""
    if owner is not None:
        authorities = [owner.pk]
    else:
        authorities = places.authorities_showing(areas=areas, day=timezone.localdate(at))
        mission_requests.request(reason=REASON, at=at)
    for authority in authorities:
        recompute.request(subject=Subject.AUTHORITY, subject_id=authority, reason=REASON, at=at)
