"""The release log: which values came when, from where, and what they replaced."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q

from authorities.models import AuditEvent, BodyName
from outcomes.models import Release, ReleaseIndicator, ReleaseKind, ReleaseState

ROWS_A_PAGE = 25
# What a store keeps of itself. Source: outcomes/actions/observations.py.
_STORED = "observations.stored"


@dataclass(frozen=True)
class LoggedRelease:
    """A release; counts are None where the log does not hold them.

    added and superseded are values: a superseding value is not counted as added.
    """

    id: UUID
    title: str
    kind: str
    state: str
    body_name: str
    source: str
    licence: str
    published_on: date | None
    stored_at: datetime
    indicators: tuple[tuple[str, str], ...]
    added: int | None
    superseded: int | None
    unchanged: int | None


@dataclass(frozen=True)
class ReleasePage:
    """One page of the log, the newest first."""

    rows: tuple[LoggedRelease, ...]
    total: int
    waiting: int
    page: int
    pages: int


def release_page(*, with_waiting: bool, page: int | None) -> ReleasePage:
    """Return releases that are published and, for the centre, those that wait.

    Args:
        with_waiting: also what bodies sent in and nobody has approved yet.
        page: from 1; beyond the last it is the last; None for all on one page.
    """
    kinds = [ReleaseKind.NATIONAL, ReleaseKind.APPROVED]
    shown = Release.objects.filter(kind__in=kinds, state=ReleaseState.PUBLISHED)
    waiting = Release.objects.waiting()
    waits = waiting.count() if with_waiting else 0
    if with_waiting:
        shown = Release.objects.filter(
            Q(kind__in=kinds, state=ReleaseState.PUBLISHED) | Q(pk__in=waiting.values("pk"))
        )
    total = shown.count()
    size = ROWS_A_PAGE if page is not None else max(1, total)
    pages = max(1, -(-total // size))
    number = min(max(page or 1, 1), pages)
    rows = list(
        shown.select_related("body", "approved_from").order_by(
            F("published_on").desc(nulls_first=True), "-created_at", "-pk"
        )[(number - 1) * size : number * size]
    )
    return ReleasePage(
        rows=_logged(rows, with_drafts=with_waiting),
        total=total,
        waiting=waits,
        page=number,
        pages=pages,
    )


def _logged(rows: list[Release], *, with_drafts: bool) -> tuple[LoggedRelease, ...]:
    keys = [row.pk for row in rows]
    indicators: defaultdict[UUID, list[tuple[str, str]]] = defaultdict(list)
    contents = ReleaseIndicator.objects.filter(release__in=keys)
    if not with_drafts:
        contents = contents.filter(indicator__draft=False)
    for key, code, name in contents.order_by("indicator__name", "pk").values_list(
        "release_id", "indicator__code", "indicator__name"
    ):
        indicators[key].append((code, name))
    counts: dict[str, dict[str, int]] = {}
    events = AuditEvent.objects.filter(
        target_type=Release._meta.label_lower,
        target_id__in=[str(key) for key in keys],
        action=_STORED,
    ).order_by("pk")
    for event in events:
        own = counts.setdefault(event.target_id, {})
        for name in ("added", "superseded", "unchanged"):
            own[name] = own.get(name, 0) + int(event.detail.get(name, 0))
    bodies = {row.pk: _body_of(row) for row in rows}
    names = dict(
        BodyName.objects.filter(body__in={key for key in bodies.values() if key})
        .order_by("body_id", "valid")
        .values_list("body_id", "short_name")
    )
    return tuple(
        LoggedRelease(
            id=row.pk,
            title=row.title,
            kind=row.kind,
            state=row.state,
            body_name=names.get(body, "") if (body := bodies[row.pk]) else "",
            source=row.source,
            licence=row.licence,
            published_on=row.published_on,
            stored_at=row.created_at,
            indicators=tuple(indicators[row.pk]),
            added=counts.get(str(row.pk), {}).get("added"),
            superseded=counts.get(str(row.pk), {}).get("superseded"),
            unchanged=counts.get(str(row.pk), {}).get("unchanged"),
        )
        for row in rows
    )


def _body_of(row: Release) -> UUID | None:
    origin = row.approved_from if row.approved_from is not None else row
    return origin.body_id
