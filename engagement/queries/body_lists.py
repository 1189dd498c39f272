"""The commitments of a body with all its partners, as rows of a table: no more than a row shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)

from authorities.models import Body, Pair
from duty.deadlines import london_date
from engagement import standing
from engagement.commitment_lifecycle import SETTLED
from engagement.models import Commitment, CommitmentState, CommitmentStatus, Side
from engagement.queries.body_names import BodyName, called_on
from engagement.queries.commitment_filter import Asked, fitting
from engagement.queries.keyed_pages import keyed_page

PAGE_SIZE = 25
_OWN = {Side.AUTHORITY: "authority", Side.BOARD: "board"}
_SHOWN = (
    *("pk", "title", "theme", "stage", "state", "final_status", "target_date", "decided_at"),
    *("unassigned", "needs_reconfirmation", "pair__authority_id", "pair__board_id"),
    *(f"latest__{own}_{what}" for own in _OWN.values() for what in ("status", "at", "sent_back")),
)


@dataclass(frozen=True)
class Word:
    """A side's latest word; `is_stale` where it is silent for too long since."""

    status: CommitmentStatus | None
    at: datetime | None
    sent_back: bool
    is_stale: bool


@dataclass(frozen=True)
class ListedCommitment:
    """What a row of a table shows. authority, board: their names on the day."""

    id: UUID
    title: str
    theme: str
    stage: str
    state: CommitmentState
    final_status: CommitmentStatus | None
    target_date: date | None
    authority: str
    board: str
    words: Mapping[Side, Word]
    views_differ: bool
    is_overdue: bool
    unassigned: bool
    needs_reconfirmation: bool


@dataclass(frozen=True)
class Partners:
    """A body, and those that it has commitments with, as they are called on the day.

    others: by name. names: of all of them, by key. pairs: keys of the body's pairs, by the other
    side's name in addresses. offered: keys of commitments that the body may go on with, likewise.
    """

    body: BodyName
    others: tuple[BodyName, ...]
    names: Mapping[UUID, str]
    pairs: Mapping[str, frozenset[UUID]]
    offered: Mapping[str, frozenset[UUID]]


@dataclass(frozen=True)
class BodyList:
    """A page of a body's commitments."""

    rows: tuple[ListedCommitment, ...]
    page: int
    pages: int
    count: int


def partners_of(*, body: Body, side: Side, on: date) -> Partners:
    """Return a body's pairs, and what it and its partners are called, from two queries."""
    other = "board" if side == Side.AUTHORITY else "authority"
    has_any = Exists(Commitment.objects.filter(pair=OuterRef("pk")))
    rows = list(
        Pair.objects.filter(**{"authority" if other == "board" else "board": body.pk})
        .annotate(has_any=has_any)
        .values_list("pk", f"{other}_id", "has_any", "possible_commitments__commitment_id")
    )
    shown = {partner for _, partner, has_any, offer in rows if has_any or offer}
    called = called_on(day=on, bodies=[body.pk, *shown])
    pairs: dict[str, set[UUID]] = {}
    offered: dict[str, set[UUID]] = {}
    for pair, partner, _, offer in rows:
        if partner in called:
            pairs.setdefault(called[partner].slug, set()).add(pair)
            offered.setdefault(called[partner].slug, set()).update([offer] if offer else [])
    others = [name for key, name in called.items() if key != body.pk]
    return Partners(
        body=called[body.pk],
        others=tuple(sorted(others, key=lambda one: (one.name, one.slug))),
        names={key: name.name for key, name in called.items()},
        pairs={slug: frozenset(keys) for slug, keys in pairs.items()},
        offered={slug: frozenset(keys) for slug, keys in offered.items()},
    )


def known_partner(*, asked: Asked, partners: Partners) -> Asked:
    """Return what is asked for, without a partner that the body has no commitment with."""
    return asked if asked.partner in partners.pairs else replace(asked, partner="")


def of_body(
    *, partners: Partners, side: Side, asked: Asked, on: date, since: date
) -> QuerySet[Any]:
    """Return a body's commitments that are looked for, and those that it may go on with.

    By keys that are known already: one table with an index on pairs is all that is asked.

    Args:
        partners: of the body.
        side: which side of its pairs it is.
        asked: what is looked for, with a known partner.
        on: the day that flags are of.
        since: the day from which an update counts.
    """
    slugs = [asked.partner] if asked.partner else list(partners.pairs)
    pairs = [key for slug in slugs for key in partners.pairs[slug]]
    offered = [key for slug in slugs for key in partners.offered[slug]]
    rows = Commitment.objects.filter(Q(pair__in=pairs) | Q(pk__in=offered))
    return fitting(rows=rows, asked=asked, on=on, since=since, sides=(side,))


def body_list(
    *, rows: QuerySet[Any], names: Mapping[UUID, str], on: date, page: int = 1
) -> BodyList:
    """Return a page of commitments, from two queries; one past the end is the last.

    What is open comes first, by date. A third query names bodies that are not among `names`: of a
    pair that ended.

    Args:
        rows: as `of_body` gives them.
        names: of bodies, as they are called on the day.
        on: the day that names and flags are of.
        page: from 1.
    """
    settled = ExpressionWrapper(
        Q(state__in=[state.value for state in SETTLED]), output_field=BooleanField()
    )
    ordered = rows.order_by(settled, F("target_date").asc(nulls_last=True), "proposed_at", "pk")
    keyed = keyed_page(rows=ordered, page=page, size=PAGE_SIZE)
    return BodyList(
        rows=rows_of(keys=keyed.keys, names=names, on=on),
        page=keyed.page,
        pages=keyed.pages,
        count=keyed.count,
    )


def rows_of(
    *, keys: Sequence[UUID], names: Mapping[UUID, str], on: date
) -> tuple[ListedCommitment, ...]:
    """Return what rows show of the commitments with these keys, in their order, from one query.

    A second query names bodies that are not among `names`.
    """
    found = {row["pk"]: row for row in Commitment.objects.filter(pk__in=keys).values(*_SHOWN)}
    bodies = {row[f"pair__{own}_id"] for row in found.values() for own in _OWN.values()}
    if unnamed := bodies - names.keys():
        called = called_on(day=on, bodies=unnamed)
        names = {**names, **{key: name.name for key, name in called.items()}}
    return tuple(_row(found[key], names=names, on=on) for key in keys)


def _row(row: Mapping[str, Any], *, names: Mapping[UUID, str], on: date) -> ListedCommitment:
    agreed = row["state"] == CommitmentState.AGREED
    return ListedCommitment(
        id=row["pk"],
        title=row["title"],
        theme=row["theme"],
        stage=row["stage"],
        state=CommitmentState(row["state"]),
        final_status=CommitmentStatus(row["final_status"]) if row["final_status"] else None,
        target_date=row["target_date"],
        authority=names[row["pair__authority_id"]],
        board=names[row["pair__board_id"]],
        words={side: _word(row, own=own, agreed=agreed, on=on) for side, own in _OWN.items()},
        views_differ=standing.views_differ(
            authority_status=row["latest__authority_status"],
            board_status=row["latest__board_status"],
        ),
        is_overdue=standing.is_overdue(agreed=agreed, target_date=row["target_date"], on=on),
        unassigned=row["unassigned"],
        needs_reconfirmation=row["needs_reconfirmation"],
    )


def _word(row: Mapping[str, Any], *, own: str, agreed: bool, on: date) -> Word:
    status, at = row[f"latest__{own}_status"], row[f"latest__{own}_at"]
    since = (at or row["decided_at"]) if agreed else None
    return Word(
        status=CommitmentStatus(status) if status else None,
        at=at,
        sent_back=bool(row[f"latest__{own}_sent_back"]),
        is_stale=standing.is_stale(
            status=status, since=london_date(now=since) if since else None, on=on
        ),
    )
