"""What is asked of commitments. Only both bodies and the centre may be shown the answers.

Whoever calls these has been let in by `access.py`; the public gets `count_agreed` and no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from authorities.models import IntegratedCareBoard, Pair, StrategicAuthority
from authorities.queries.dated import Names, names_on
from duty.deadlines import london_date
from engagement import standing
from engagement.commitment_lifecycle import EVER_AGREED
from engagement.models import (
    Commitment,
    CommitmentState,
    CommitmentStatus,
    CommitmentUpdate,
    CommitmentUpdateReturn,
    Side,
)
from engagement.queries.commitment_origins import Origin, offered_to, origins_of
from engagement.queries.commitment_steps import AskedFacts, waiting_of

PAGE_SIZE = 20
_LOADED = ("pair__authority", "pair__board", "origin_pair")


@dataclass(frozen=True)
class BodyName:
    """A body as it is called on the day."""

    slug: str
    name: str
    short_name: str


@dataclass(frozen=True)
class SentBack:
    """That an update was sent back, and why; `side` is None where the national team did."""

    side: Side | None
    comment: str
    at: datetime


@dataclass(frozen=True)
class SideUpdate:
    """What one side said on a day. Who of the body wrote it is the body's own affair."""

    side: Side
    status: CommitmentStatus
    narrative: str
    at: datetime
    id: int = 0
    sent_back: SentBack | None = None


@dataclass(frozen=True)
class CommitmentFacts:
    """A commitment with the latest word of both sides; None where a side has said nothing."""

    id: UUID
    pair_id: UUID
    authority: BodyName
    board: BodyName
    title: str
    description: str
    specification: str
    authority_owner: str
    board_owner: str
    target_date: date | None
    no_date_reason: str
    lead: Side | None
    state: CommitmentState
    proposed_side: Side
    proposed_at: datetime
    decided_at: datetime | None
    declined_reason: str
    authority_update: SideUpdate | None
    board_update: SideUpdate | None
    # Where it came from, if a reorganisation moved it here or ended its pair.
    origin: Origin | None = None
    # A change or a closure that waits for an answer.
    waiting: AskedFacts | None = None
    final_status: CommitmentStatus | None = None
    closed_at: datetime | None = None

    @property
    def unassigned(self) -> bool:
        """Whether its pair has ended and none was chosen to go on with it."""
        return self.origin is not None and self.origin.unassigned

    @property
    def views_differ(self) -> bool:
        """Whether both sides have said how it stands, and not the same. Never stored."""
        return standing.views_differ(
            authority_status=self.authority_update.status if self.authority_update else None,
            board_status=self.board_update.status if self.board_update else None,
        )

    def update_of(self, side: Side) -> SideUpdate | None:
        """The latest word of a side."""
        return self.authority_update if side == Side.AUTHORITY else self.board_update

    def owner_of(self, side: Side) -> str:
        """The role that owns it on a side."""
        return self.authority_owner if side == Side.AUTHORITY else self.board_owner

    def body_of(self, side: Side) -> BodyName:
        """The body of a side."""
        return self.authority if side == Side.AUTHORITY else self.board

    def is_stale(self, *, side: Side, on: date) -> bool:
        """Whether a side has been silent for too long."""
        if self.state != CommitmentState.AGREED:
            return False
        said = self.update_of(side)
        since = said.at if said else self.decided_at
        return standing.is_stale(
            status=said.status if said else None,
            since=london_date(now=since) if since else None,
            on=on,
        )

    def update_is_due(self, *, side: Side, since: date) -> bool:
        """Whether a side has not said since that day how it stands."""
        if self.state != CommitmentState.AGREED:
            return False
        said = self.update_of(side)
        return standing.update_is_due(
            status=said.status if said else None,
            updated_on=london_date(now=said.at) if said else None,
            since=since,
            sent_back=bool(said and said.sent_back),
        )


@dataclass(frozen=True)
class CommitmentPage:
    """One page of a list, and how long the list is."""

    rows: tuple[CommitmentFacts, ...]
    page: int
    pages: int
    count: int


def commitments_of_pair(
    *, pair: Pair, on: date, page: int = 1, states: Sequence[str] = CommitmentState.values
) -> CommitmentPage:
    """Return a page of the pair's commitments: proposed first, then by date.

    Those that it may go on with, since their own pair ended, are among them.
    """
    rows = Commitment.objects.filter(Q(pair=pair) | Q(pk__in=offered_to(which=Q(pair=pair))))
    return _page(rows=rows, states=states, on=on, page=page)


def commitments_of_board(
    *,
    board: IntegratedCareBoard,
    on: date,
    page: int = 1,
    states: Sequence[str] = CommitmentState.values,
) -> CommitmentPage:
    """Return a page of the commitments of all pairs of an ICB."""
    which = Q(pair__board=board)
    rows = Commitment.objects.filter(which | Q(pk__in=offered_to(which=which)))
    return _page(rows=rows, states=states, on=on, page=page)


def commitments_of_authority(
    *,
    authority: StrategicAuthority,
    on: date,
    page: int = 1,
    states: Sequence[str] = CommitmentState.values,
) -> CommitmentPage:
    """Return a page of the commitments of all pairs of an authority."""
    which = Q(pair__authority=authority)
    rows = Commitment.objects.filter(which | Q(pk__in=offered_to(which=which)))
    return _page(rows=rows, states=states, on=on, page=page)


def commitment_of(*, commitment: Commitment, on: date) -> CommitmentFacts:
    """Return one commitment with the latest word of both sides."""
    row = Commitment.objects.select_related(*_LOADED).get(pk=commitment.pk)
    return facts_of(rows=[row], on=on)[0]


def names_of_pair(*, pair: Pair, on: date) -> tuple[BodyName, BodyName]:
    """Return the authority and the ICB as they are called on the day."""
    names = names_on(day=on, bodies=[pair.authority_id, pair.board_id])
    return _name(pair.authority, names), _name(pair.board, names)


def history_of(*, commitment: Commitment) -> tuple[SideUpdate, ...]:
    """Return every update of both sides, the newest first."""
    rows = CommitmentUpdate.objects.filter(commitment=commitment).select_related("sent_back")
    return tuple(_update(row) for row in rows.order_by("-at", "-pk"))


def count_agreed(*, pair: Pair) -> int:
    """Return how many commitments the pair has agreed, the closed ones too.

    It is all that the public is told.
    """
    return Commitment.objects.filter(pair=pair, state__in=EVER_AGREED).count()


def _page(
    *, rows: QuerySet[Commitment], states: Sequence[str], on: date, page: int
) -> CommitmentPage:
    order = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(CommitmentState)),
        output_field=IntegerField(),
    )
    wanted = rows.filter(state__in=list(states))
    ordered = wanted.order_by(order, F("target_date").asc(nulls_last=True), "proposed_at", "pk")
    return paged(rows=ordered, on=on, page=page)


def paged(*, rows: QuerySet[Commitment], on: date, page: int) -> CommitmentPage:
    """Return a page of rows that are in order already; a page past the end is the last one."""
    count = rows.count()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE_SIZE
    found = listed(rows=rows[first : first + PAGE_SIZE], on=on)
    return CommitmentPage(rows=found, page=page, pages=pages, count=count)


def listed(*, rows: QuerySet[Commitment], on: date) -> tuple[CommitmentFacts, ...]:
    """Return what is shown of rows that are in order already."""
    return facts_of(rows=list(rows.select_related(*_LOADED)), on=on)


def facts_of(*, rows: Sequence[Commitment], on: date) -> tuple[CommitmentFacts, ...]:
    """Return what is shown of rows whose pairs are loaded, from four queries.

    A fifth one names where they came from, if any of them moved.
    """
    latest = {
        (row.commitment_id, Side(row.side)): _update(row)
        for row in CommitmentUpdate.objects.filter(commitment__in=[row.pk for row in rows])
        .select_related("sent_back")
        .order_by("commitment_id", "side", "-at", "-pk")
        .distinct("commitment_id", "side")
    }
    waiting = waiting_of(rows=rows)
    names = names_on(
        day=on,
        bodies={body for row in rows for body in (row.pair.authority_id, row.pair.board_id)},
    )
    origins = origins_of(rows=rows)
    return tuple(
        CommitmentFacts(
            id=row.pk,
            pair_id=row.pair_id,
            authority=_name(row.pair.authority, names),
            board=_name(row.pair.board, names),
            title=row.title,
            description=row.description,
            specification=row.specification,
            authority_owner=row.authority_owner,
            board_owner=row.board_owner,
            target_date=row.target_date,
            no_date_reason=row.no_date_reason,
            lead=Side(row.lead) if row.lead else None,
            state=CommitmentState(row.state),
            proposed_side=Side(row.proposed_side),
            proposed_at=row.proposed_at,
            decided_at=row.decided_at,
            declined_reason=row.declined_reason,
            authority_update=latest.get((row.pk, Side.AUTHORITY)),
            board_update=latest.get((row.pk, Side.BOARD)),
            origin=origins.get(row.pk),
            waiting=waiting.get(row.pk),
            final_status=CommitmentStatus(row.final_status) if row.final_status else None,
            closed_at=row.closed_at,
        )
        for row in rows
    )


def _update(row: CommitmentUpdate) -> SideUpdate:
    return SideUpdate(
        side=Side(row.side),
        status=CommitmentStatus(row.status),
        narrative=row.narrative,
        at=row.at,
        id=row.pk,
        sent_back=_sent_back(row),
    )


def _sent_back(row: CommitmentUpdate) -> SentBack | None:
    found: CommitmentUpdateReturn | None = getattr(row, "sent_back", None)
    if found is None:
        return None
    return SentBack(
        side=Side(found.side) if found.side else None, comment=found.comment, at=found.at
    )


def _name(body: StrategicAuthority | IntegratedCareBoard, names: Names) -> BodyName:
    """The body as it is called; one that has ended as it was last called."""
    name, short_name = names.name(body.pk), names.short_name(body.pk)
    return BodyName(
        slug=body.slug, name=name or body.slug, short_name=short_name or name or body.slug
    )
