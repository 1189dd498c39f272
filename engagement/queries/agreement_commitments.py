"""The commitments under a partnership agreement, by theme."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from duty.standing_records import Theme
from engagement.models import Commitment, CommitmentState
from engagement.queries.body_lists import PAGE_SIZE, BodyList, rows_of
from engagement.queries.keyed_pages import keyed_page


@dataclass(frozen=True)
class ThemeCount:
    """How many commitments of a theme there are, and how many of them both sides have agreed.

    theme: its code; empty for none.
    """

    theme: str
    count: int
    agreed: int


def under_agreement(*, agreement_id: UUID, boards: Collection[UUID] | None) -> QuerySet[Commitment]:
    """Return the commitments under an agreement, of the pairs with some ICBs alone.

    boards: keys of the ICBs; None for all.
    """
    rows = Commitment.objects.filter(agreement=agreement_id)
    return rows if boards is None else rows.filter(pair__board__in=boards)


def counts_by_theme(*, rows: QuerySet[Any]) -> tuple[ThemeCount, ...]:
    """Return the counts of each theme that there is; one query."""
    agreed = Q(state__in=[CommitmentState.AGREED, CommitmentState.CLOSING, CommitmentState.CLOSED])
    found = rows.values("theme").annotate(all=Count("pk"), agreed=Count("pk", filter=agreed))
    return tuple(
        ThemeCount(one["theme"], one["all"], one["agreed"]) for one in found.order_by("theme")
    )


def list_by_theme(
    *, rows: QuerySet[Any], names: Mapping[UUID, str], on: date, page: int
) -> BodyList:
    """Return a page of commitments, in the order of themes and by date; three queries at most."""
    themes = [When(theme=one.value, then=Value(at)) for at, one in enumerate(Theme)]
    by_theme = Case(*themes, default=Value(len(themes)))
    ordered = rows.order_by(by_theme, F("target_date").asc(nulls_last=True), "proposed_at", "pk")
    keyed = keyed_page(rows=ordered, page=page, size=PAGE_SIZE)
    return BodyList(
        rows=rows_of(keys=keyed.keys, names=names, on=on),
        page=keyed.page,
        pages=keyed.pages,
        count=keyed.count,
    )
