"""What commitments ask of bodies in a week: an update, an answer, or a new confirmation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from duty.deadlines import london_date
from engagement import standing
from engagement.models import CommitmentState, CommitmentStatus, Side
from engagement.queries.commitment_needs import NEEDS_ANSWER, NEEDS_UPDATE, with_need


class Ask(StrEnum):
    """What one commitment asks of one side, the most pressing first."""

    RECONFIRM = "reconfirm"
    ANSWER = "answer"
    STALE = "stale"
    OVERDUE = "overdue"
    UPDATE = "update"


@dataclass(frozen=True)
class DigestItem:
    """A commitment, the body that it asks something of, and the body on the other side."""

    id: UUID
    body_id: UUID
    other_id: UUID
    ask: Ask


def asked_of_bodies(
    *, since: date, on: date, body_ids: Collection[UUID] | None = None
) -> tuple[DigestItem, ...]:
    """Return what is asked of all bodies, or of some, from a query for each side.

    `since` is the day from which an update counts. A commitment asks one update at the most, and
    may ask for an answer or a new confirmation beside it.
    """
    found = [item for side in Side for item in _of_side(side, since, on, body_ids)]
    order = list(Ask)
    return tuple(sorted(found, key=lambda item: order.index(item.ask)))


def _of_side(
    side: Side, since: date, on: date, body_ids: Collection[UUID] | None
) -> list[DigestItem]:
    own, other = ("authority", "board") if side == Side.AUTHORITY else ("board", "authority")
    agreed = Q(state=CommitmentState.AGREED)
    unfinished = Q(own_status__isnull=True) | ~Q(own_status=CommitmentStatus.MET)
    marked = Q(needs_reconfirmation=True, **{f"{own}_reconfirmed_at__isnull": True})
    rows = with_need(side=side, since=since).filter(
        Q(need__in=[NEEDS_UPDATE, NEEDS_ANSWER]) | marked | agreed & unfinished
    )
    if body_ids is not None:
        rows = rows.filter(**{f"pair__{own}_id__in": body_ids})
    values = rows.order_by("proposed_at", "pk").values_list(
        *("pk", f"pair__{own}_id", f"pair__{other}_id", "need", "state", "target_date"),
        *("own_status", "own_at", "decided_at", "asked_by", "needs_reconfirmation"),
        f"{own}_reconfirmed_at",
    )
    items: list[DigestItem] = []
    for (
        key,
        body,
        across,
        need,
        state,
        target,
        status,
        said_at,
        decided,
        asked,
        moved,
        done,
    ) in values:
        asks: list[Ask] = []
        if moved and done is None:
            asks.append(Ask.RECONFIRM)
        if need == NEEDS_ANSWER or (asked is not None and asked != side):
            asks.append(Ask.ANSWER)
        if state == CommitmentState.AGREED:
            since_day = said_at or decided
            if standing.is_stale(
                status=status, since=since_day and london_date(now=since_day), on=on
            ):
                asks.append(Ask.STALE)
            elif target is not None and target < on and status != CommitmentStatus.MET:
                asks.append(Ask.OVERDUE)
            elif need == NEEDS_UPDATE:
                asks.append(Ask.UPDATE)
        items += [DigestItem(key, body, across, ask) for ask in asks]
    return items
