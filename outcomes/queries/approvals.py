"""What bodies sent in and nobody has decided on: releases, and what the public would see."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from authorities.models import Body, BodyKind, CouncilMembership, CouncilRole
from authorities.queries.dated import names_on
from outcomes.approval_plan import Decision, Facts, PublicFigure, SentFigure, decide
from outcomes.disclosure import Place, Rule
from outcomes.models import (
    Indicator,
    Note,
    Observation,
    Release,
    ReleaseKind,
    ReleaseState,
    Upload,
)

PAGE_SIZE = 25
_FACTS = tuple(field.name for field in fields(Facts))
_KEY = (
    "indicator_id",
    "period_id",
    "area_id",
    "breakdown__sex",
    "breakdown__age",
    "breakdown__category_type",
    "breakdown__category",
)


@dataclass(frozen=True)
class SentRelease:
    """A release of a body, as lists show it; `values` counts those that still stand."""

    id: UUID
    body: str
    body_slug: str
    title: str
    state: str
    sent_by: str
    sent_at: datetime
    values: int
    comment: str
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True)
class ReleaseList:
    """A page of releases."""

    rows: tuple[SentRelease, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class NamedFigure:
    """A decision with its names; `public` is the value that everybody has now, as text of notes."""

    decision: Decision
    indicator: str
    area: str
    period: str
    value: float | None
    note: str
    public_value: float | None
    public_note: str | None


def releases_of_bodies(*, state: ReleaseState, page: int, today: date) -> ReleaseList:
    """Return a page of what bodies sent in, what waits longest first, from four queries."""
    order = ("created_at", "pk") if state == ReleaseState.SUBMITTED else ("-decided_at", "pk")
    of_state = Release.objects.filter(kind=ReleaseKind.BODY, state=state)
    if state == ReleaseState.SUBMITTED:
        of_state = Release.objects.waiting()
    rows = _with_values(of_state)
    count = of_state.count()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE_SIZE
    found = list(rows.order_by(*order)[first : first + PAGE_SIZE])
    names = names_on(day=today, bodies={row.body_id for row in found if row.body_id})
    return ReleaseList(
        rows=tuple(_sent(row, names.name(row.body_id)) for row in found if row.body_id),
        page=page,
        pages=pages,
        count=count,
    )


def release_of_body(*, pk: UUID) -> Release | None:
    """Return a release that a body sent in, or None."""
    return (
        Release.objects.filter(pk=pk, kind=ReleaseKind.BODY)
        .select_related("body", "created_by", "decided_by")
        .first()
    )


def sent_in_by(*, release: Release) -> frozenset[UUID]:
    """Return who stands behind a release: who sent the file, and who had it stored."""
    upload = Upload.objects.filter(release=release).values_list("uploaded_by", flat=True)
    return frozenset(person for person in (release.created_by_id, *upload) if person)


def sent_release(*, pk: UUID, today: date) -> SentRelease | None:
    """Return a release that a body sent in as lists show it, or None."""
    row = _with_values(Release.objects.filter(pk=pk, kind=ReleaseKind.BODY)).first()
    if row is None or row.body_id is None:
        return None
    return _sent(row, names_on(day=today, bodies=[row.body_id]).name(row.body_id))


def decisions_on(*, release: Release, today: date) -> tuple[Decision, ...]:
    """Return what would become of each value of a release that still stands.

    From five queries, however many values there are. Sums of areas are those of the day.
    """
    own = list(
        Observation.objects.current()
        .filter(owner=release.body_id)
        .filter(
            indicator__in=release.observations.values("indicator"),
            period__in=release.observations.values("period"),
        )
        .order_by("indicator_id", "period_id", "area_id", "breakdown_id")
        .values_list("pk", "release_id", *_KEY, *_FACTS)
    )
    tables = {(row[2], row[3]) for row in own if row[1] == release.pk}
    own = [row for row in own if (row[2], row[3]) in tables]
    members = _members(body_id=release.body_id, areas={row[4] for row in own}, today=today)
    councils = {one for all_ in members.values() for one in all_}
    public = _public(tables=tables, areas={row[4] for row in own} | set(members) | councils)
    then = _hidden_then(body_id=release.body_id, tables=tables)
    sent = [
        SentFigure(
            key=row[0],
            indicator=row[2],
            period=row[3],
            place=Place(*row[4:9]),
            facts=Facts(*row[9:]),
            to_decide=row[1] == release.pk,
            hidden_then=then.get((row[2], row[3], Place(*row[4:9]))),
        )
        for row in own
    ]
    return decide(sent=sent, public=public, members=members, rules=_rules({row[2] for row in own}))


def named(*, decisions: Sequence[Decision], today: date) -> tuple[NamedFigure, ...]:
    """Return decisions with names and with what is public now, from two queries."""
    rows = {
        row.pk: row
        for row in Observation.objects.filter(
            pk__in=[one.figure.key for one in decisions]
        ).select_related("indicator", "period")
    }
    public = {
        (row.indicator_id, row.period_id, row.area_id, row.breakdown_id): row
        for row in Observation.objects.current()
        .published()
        .filter(
            indicator__in={row.indicator_id for row in rows.values()},
            period__in={row.period_id for row in rows.values()},
            area__in={row.area_id for row in rows.values()},
        )
    }
    names = names_on(day=today, bodies={row.area_id for row in rows.values()})
    found = []
    for one in decisions:
        row = rows[one.figure.key]
        there = public.get((row.indicator_id, row.period_id, row.area_id, row.breakdown_id))
        found.append(
            NamedFigure(
                decision=one,
                indicator=row.indicator.name,
                area=names.name(row.area_id),
                period=row.period.label,
                value=row.value,
                note=row.note,
                public_value=there.value if there else None,
                public_note=there.note if there else None,
            )
        )
    return tuple(found)


def _with_values(rows: QuerySet[Release]) -> QuerySet[Release]:
    return rows.select_related("body", "created_by", "decided_by").annotate(
        standing=Count("observations", filter=Q(observations__superseded_at__isnull=True))
    )


def _sent(row: Release, name: str) -> SentRelease:
    return SentRelease(
        id=row.pk,
        body=name,
        body_slug=row.body.slug if row.body else "",
        title=row.title,
        state=row.state,
        sent_by=row.created_by.full_name if row.created_by else "",
        sent_at=row.created_at,
        values=getattr(row, "standing", 0),
        comment=row.comment,
        decided_by=row.decided_by.full_name if row.decided_by else "",
        decided_at=row.decided_at,
    )


def _members(
    *, body_id: UUID | None, areas: set[UUID], today: date
) -> dict[UUID, tuple[UUID, ...]]:
    """Return the councils of each authority among the areas, where they make it up."""
    authorities = set(
        Body.objects.filter(pk__in=areas, kind=BodyKind.STRATEGIC_AUTHORITY).values_list(
            "pk", flat=True
        )
    ) | ({body_id} if body_id else set())
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for authority, council in (
        CouncilMembership.objects.as_at(today)
        .filter(authority__in=authorities, role=CouncilRole.CONSTITUENT)
        .order_by("authority_id", "council_id")
        .values_list("authority_id", "council_id")
    ):
        found[authority].append(council)
    return {authority: tuple(councils) for authority, councils in found.items()}


def _public(
    *, tables: set[tuple[int, int]], areas: set[UUID]
) -> dict[tuple[int, int, Place], PublicFigure]:
    rows = (
        Observation.objects.current()
        .published()
        .filter(
            indicator__in={indicator for indicator, _ in tables},
            period__in={period for _, period in tables},
            area__in=areas,
        )
        .values_list("pk", "release__kind", *_KEY, *_FACTS)
    )
    return {
        (row[2], row[3], Place(*row[4:9])): PublicFigure(
            key=row[0],
            national=row[1] == ReleaseKind.NATIONAL,
            facts=Facts(*row[9:]),
        )
        for row in rows
        if (row[2], row[3]) in tables
    }


def _hidden_then(
    *, body_id: UUID | None, tables: set[tuple[int, int]]
) -> dict[tuple[int, int, Place], float]:
    """Return the counts behind what an approval of this body's figures has hidden."""
    hidden = (
        Observation.objects.current()
        .published()
        .filter(
            release__kind=ReleaseKind.APPROVED,
            release__approved_from__body=body_id,
            note=Note.SUPPRESSED,
            indicator__in={indicator for indicator, _ in tables},
            period__in={period for _, period in tables},
        )
        .values("release__approved_from")
    )
    rows = (
        Observation.objects.filter(
            owner=body_id,
            release__in=hidden,
            count__isnull=False,
            indicator__in={indicator for indicator, _ in tables},
            period__in={period for _, period in tables},
        )
        .order_by("pk")
        .values_list(*_KEY, "count")
    )
    return {(row[0], row[1], Place(*row[2:7])): row[7] for row in rows}


def _rules(indicators: set[int]) -> dict[int, Rule]:
    return {
        pk: Rule(counts_to=counts, denominators_to=denominators, round_to=base)
        for pk, counts, denominators, base in Indicator.objects.filter(
            pk__in=indicators
        ).values_list("pk", "suppress_counts_to", "suppress_denominators_to", "round_counts_to")
    }
