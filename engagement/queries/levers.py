"""What is asked of levers: an authority's own list, and the catalogue of what was shared.

Lists are by function and title: no lever is said to be better than another. The catalogue reads
copies alone, in which no judgement stands.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from authorities.models import Pair, StrategicAuthority
from engagement.models import (
    Commitment,
    CommitmentState,
    Lever,
    LeverCommitment,
    LeverState,
    SharedLever,
)
from engagement.queries.bodies import names_of

PAGE_SIZE = 20


@dataclass(frozen=True)
class Asked:
    """What is looked for; empty is all."""

    function: str = ""
    state: str = ""


@dataclass(frozen=True)
class LeverPage:
    """One page of an authority's levers."""

    rows: tuple[Lever, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class SharedFacts:
    """What others read of a lever, and whose it is."""

    id: UUID
    authority_id: UUID
    authority: str
    authority_slug: str
    kind: str
    title: str
    function: str
    determinants: tuple[str, ...]
    description: str
    shared_at: datetime


@dataclass(frozen=True)
class SharedPage:
    """One page of the catalogue."""

    rows: tuple[SharedFacts, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class Turned:
    """A commitment that was made of a lever, with its pair."""

    commitment: Commitment
    pair: Pair


def own_levers(*, authorities: Collection[UUID], asked: Asked) -> QuerySet[Lever]:
    """Return the levers of authorities, drafts too, by function and title; for their own people."""
    rows = Lever.objects.filter(authority__in=list(authorities)).select_related(
        "authority", "edited_by"
    )
    if asked.function:
        rows = rows.filter(function=asked.function)
    if asked.state:
        rows = rows.filter(state=asked.state)
    return rows.order_by("function", "title", "pk")


def own_page(*, authority: StrategicAuthority, asked: Asked, page: int) -> LeverPage:
    """Return a page of an authority's levers; without a state asked for, archived ones aside."""
    rows = own_levers(authorities=[authority.pk], asked=asked)
    if not asked.state:
        rows = rows.exclude(state=LeverState.ARCHIVED)
    count, pages, number = _paged(rows.count(), page)
    shown = rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return LeverPage(rows=tuple(shown), page=number, pages=pages, count=count)


def shared_rows() -> QuerySet[SharedLever]:
    """Return what is shared now, for other questions to narrow."""
    return SharedLever.objects.filter(ended_at__isnull=True)


def shared_now(*, lever: Lever) -> SharedLever | None:
    """Return what others read of a lever now, None where it is not shared."""
    return shared_rows().filter(lever=lever).first()


def shared_ids(*, levers: Collection[UUID]) -> frozenset[UUID]:
    """Return which of the levers are shared now."""
    return frozenset(
        shared_rows().filter(lever__in=list(levers)).values_list("lever_id", flat=True)
    )


def catalogue(*, function: str, authority: str = "", on: date) -> QuerySet[SharedLever]:
    """Return what authorities that exist on the day share, by function and title."""
    rows = (
        shared_rows()
        .filter(Q(authority__closed_on__isnull=True) | Q(authority__closed_on__gt=on))
        .select_related("authority")
    )
    if function:
        rows = rows.filter(function=function)
    if authority:
        rows = rows.filter(authority__slug=authority)
    return rows.order_by("function", "title", "pk")


def catalogue_page(*, function: str, page: int, on: date) -> SharedPage:
    """Return a page of the catalogue."""
    rows = catalogue(function=function, on=on)
    count, pages, number = _paged(rows.count(), page)
    shown = list(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    return SharedPage(rows=facts_of(rows=shown, on=on), page=number, pages=pages, count=count)


def facts_of(*, rows: Collection[SharedLever], on: date) -> tuple[SharedFacts, ...]:
    """Return shared levers with the names of their authorities."""
    names = names_of(body_ids={row.authority_id for row in rows}, on=on)
    return tuple(
        SharedFacts(
            id=row.pk,
            authority_id=row.authority_id,
            authority=names[row.authority_id].name,
            authority_slug=row.authority.slug,
            kind=row.kind,
            title=row.title,
            function=row.function,
            determinants=tuple(row.determinants),
            description=row.description,
            shared_at=row.shared_at,
        )
        for row in rows
    )


def turned_into(*, levers: Collection[UUID]) -> dict[UUID, tuple[Turned, ...]]:
    """Return the commitments that were made of levers, the earliest first."""
    found: dict[UUID, tuple[Turned, ...]] = {}
    rows = (
        LeverCommitment.objects.filter(lever__in=list(levers))
        .select_related("commitment__pair__authority", "commitment__pair__board")
        .order_by("made_at", "pk")
    )
    for row in rows:
        one = Turned(commitment=row.commitment, pair=row.commitment.pair)
        found[row.lever_id] = (*found.get(row.lever_id, ()), one)
    return found


def turned_pairs(*, lever: Lever) -> frozenset[UUID]:
    """Return the pairs that have a commitment of the lever which was not declined."""
    return frozenset(
        LeverCommitment.objects.filter(lever=lever)
        .exclude(commitment__state=CommitmentState.DECLINED)
        .values_list("commitment__pair_id", flat=True)
    )


def lever_behind(*, commitment: Commitment) -> Lever | None:
    """Return the lever that a commitment was made of; only its authority's people read it."""
    return (
        Lever.objects.select_related("authority").filter(commitments__commitment=commitment).first()
    )


def _paged(count: int, page: int) -> tuple[int, int, int]:
    pages = max(1, -(-count // PAGE_SIZE))
    return count, pages, min(max(page, 1), pages)
