"""What commitments ask of one side: an update, an answer, or nothing now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    F,
    FilteredRelation,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from duty.deadlines import closes_at
from duty.models import Round
from engagement import standing
from engagement.commitment_lifecycle import OPEN_STATES
from engagement.models import (
    AskedState,
    Commitment,
    CommitmentState,
    CommitmentStatus,
    Side,
)
from engagement.queries.commitment_filter import ALL, Asked, fitting
from engagement.queries.commitment_origins import offered_to, unassigned_of_bodies
from engagement.queries.commitments import (
    PAGE_SIZE,
    CommitmentFacts,
    CommitmentPage,
    listed,
    paged,
)

# In the order in which a page shows them.
NEEDS_UPDATE, NEEDS_ANSWER, _NOTHING, _OTHER_ANSWERS = range(4)


@dataclass(frozen=True)
class Needs:
    """How many open commitments ask what of a side.

    reconfirm: came from another pair and wait for the side's new confirmation; each is also
        counted under what else it asks.
    unassigned: belong to a pair that ended, and a pair of the body may go on with them.
    overdue: are agreed, and their date has passed; each is counted above as well.
    """

    update: int
    answer: int
    nothing: int
    other_answers: int
    reconfirm: int = 0
    unassigned: int = 0
    overdue: int = 0

    @property
    def agreed(self) -> int:
        """How many are agreed."""
        return self.update + self.nothing


@dataclass(frozen=True)
class Target:
    """An agreed commitment with its target date; `status` is the side's newest word, or empty."""

    id: UUID
    title: str
    day: date
    status: str


def updates_since(*, round: Round | None, on: date) -> date:
    """Return the day from which an update counts: the open round's first, or six months ago."""
    if round is not None:
        return round.opens_on
    return standing.months_before(day=on, months=standing.STALE_AFTER_MONTHS)


def open_commitments(
    *, body_id: UUID, side: Side, since: date, on: date, page: int = 1, asked: Asked = ALL
) -> CommitmentPage:
    """Return a page of a body's open commitments, what waits for it first."""
    rows = with_need(side=side, since=since).filter(_of_bodies([body_id], side=side))
    rows = fitting(rows=rows, asked=asked, on=on, since=since, sides=(side,))
    return paged(
        rows=rows.order_by("need", F("target_date").asc(nulls_last=True), "proposed_at", "pk"),
        on=on,
        page=page,
    )


def unassigned_commitments(*, body_id: UUID, side: Side, on: date) -> tuple[CommitmentFacts, ...]:
    """Return a body's commitments whose pair ended, of its own and of those it may go on with."""
    which = _of_bodies([body_id], side=side)
    rows = Commitment.objects.filter(
        which | Q(pk__in=offered_to(which=which)), unassigned=True
    ).order_by(F("target_date").asc(nulls_last=True), "proposed_at", "pk")
    return listed(rows=rows[:PAGE_SIZE], on=on)


def needs_of(*, body_ids: Iterable[UUID], side: Side, since: date, on: date) -> dict[UUID, Needs]:
    """Return what the open commitments of bodies of one side ask of them, from two queries."""
    ids = list(body_ids)
    own = "authority" if side == Side.AUTHORITY else "board"
    body = f"pair__{own}_id"
    marked = Q(needs_reconfirmation=True, **{f"{own}_reconfirmed_at__isnull": True})
    counted: dict[UUID, dict[int, int]] = {body_id: {} for body_id in ids}
    again, late = dict.fromkeys(ids, 0), dict.fromkeys(ids, 0)
    past = Q(state=CommitmentState.AGREED, target_date__lt=on)
    rows = (
        with_need(side=side, since=since)
        .filter(_of_bodies(ids, side=side))
        .values_list(body, "need")
        .annotate(
            number=Count("pk"), marked=Count("pk", filter=marked), past=Count("pk", filter=past)
        )
        .order_by(body, "need")
    )
    for body_id, need, number, to_confirm, overdue in rows:
        counted[body_id][need] = number
        again[body_id] += to_confirm
        late[body_id] += overdue
    unassigned = unassigned_of_bodies(body_ids=ids, side=side)
    return {
        body_id: Needs(
            update=found.get(NEEDS_UPDATE, 0),
            answer=found.get(NEEDS_ANSWER, 0),
            nothing=found.get(_NOTHING, 0),
            other_answers=found.get(_OTHER_ANSWERS, 0),
            reconfirm=again[body_id],
            unassigned=unassigned.get(body_id, 0),
            overdue=late[body_id],
        )
        for body_id, found in counted.items()
    }


def targets_of(
    *, body_ids: Iterable[UUID], side: Side, first: date, last: date
) -> dict[UUID, tuple[Target, ...]]:
    """Return the agreed commitments of bodies of one side with a target date on the days.

    Those that the side calls met are left out. From one query.
    """
    ids = list(body_ids)
    own = "authority" if side == Side.AUTHORITY else "board"
    rows = (
        with_need(side=side, since=first)
        .filter(_of_bodies(ids, side=side), state=CommitmentState.AGREED)
        .filter(
            Q(own_status__isnull=True) | ~Q(own_status=CommitmentStatus.MET),
            target_date__range=(first, last),
        )
        .order_by("target_date", "title", "pk")
        .values_list(f"pair__{own}_id", "pk", "title", "target_date", "own_status")
    )
    found: dict[UUID, list[Target]] = {}
    for body_id, key, title, day, status in rows:
        found.setdefault(body_id, []).append(Target(key, title, day, status or ""))
    return {body_id: tuple(targets) for body_id, targets in found.items()}


def _of_bodies(ids: list[UUID], *, side: Side) -> Q:
    return Q(pair__authority_id__in=ids) if side == Side.AUTHORITY else Q(pair__board_id__in=ids)


def with_need(*, side: Side, since: date) -> QuerySet[Any]:
    """Return the open commitments with what each asks of the side, one thing: an update first.

    The same rule as `standing.update_is_due`, said in SQL so that lists can be ordered by it.
    """
    own = "authority" if side == Side.AUTHORITY else "board"
    opened_at = closes_at(closing_date=since - timedelta(days=1))
    agreed = Q(state=CommitmentState.AGREED)
    silent = Q(own_at__isnull=True) | Q(own_at__lt=opened_at)
    unfinished = Q(own_status__isnull=True) | ~Q(own_status=CommitmentStatus.MET)
    return (
        Commitment.objects.filter(state__in=OPEN_STATES, unassigned=False)
        .annotate(
            own_status=F(f"latest__{own}_status"),
            own_at=F(f"latest__{own}_at"),
            own_sent_back=F(f"latest__{own}_sent_back"),
            # One waits at the most, so that no row comes twice.
            change=FilteredRelation("changes", condition=Q(changes__state=AskedState.WAITS)),
            closure=FilteredRelation("closures", condition=Q(closures__state=AskedState.WAITS)),
        )
        .annotate(asked_by=Coalesce("change__side", "closure__side"))
        .annotate(
            need=Case(
                When(
                    agreed & (Q(own_sent_back=True) | silent & unfinished),
                    then=Value(NEEDS_UPDATE),
                ),
                When(
                    Q(asked_by__isnull=False) & ~Q(asked_by=side),
                    then=Value(NEEDS_ANSWER),
                ),
                When(agreed, then=Value(_NOTHING)),
                When(Q(proposed_side=side) | Q(asked_by=side), then=Value(_OTHER_ANSWERS)),
                default=Value(NEEDS_ANSWER),
                output_field=IntegerField(),
            )
        )
    )
