"""What is asked of commitments. Only both bodies and the centre may be shown the answers.

Whoever calls these has been let in by `access.py`; the public gets `public_page` and no more.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, F, IntegerField, Prefetch, Q, QuerySet, Value, When

from authorities.models import IntegratedCareBoard, Pair, StrategicAuthority
from authorities.queries.dated import names_on
from duty.deadlines import london_date
from engagement import standing
from engagement.models import (
    Commitment,
    CommitmentState,
    CommitmentStatus,
    CommitmentUpdate,
    CommitmentUpdateReturn,
    LatestWords,
    Resources,
    Side,
    Visibility,
)
from engagement.queries.body_names import BodyName, called_on
from engagement.queries.commitment_filter import ALL, Asked, fitting
from engagement.queries.commitment_links import outcome_words
from engagement.queries.commitment_origins import Origin, offered_to, origins_of
from engagement.queries.commitment_steps import AskedFacts, waiting_of
from engagement.queries.keyed_pages import keyed_page
from outcomes.models import TheoryItem

PAGE_SIZE = 20
# One table each: the planner takes longer over a dozen of them than all else here.
_LOADED = ("pair", "latest", "origin_pair", "indicator", "agreement")


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
    # What it serves and rests on: codes, and what the links are called; empty is not said.
    stage: str = ""
    theme: str = ""
    resources: Resources = Resources.UNKNOWN
    visibility: Visibility = Visibility.RESTRICTED
    indicator: str = ""
    outcome: str = ""
    agreement: str = ""

    @property
    def unassigned(self) -> bool:
        """Whether its pair has ended and none was chosen to go on with it."""
        return self.origin is not None and self.origin.unassigned

    @property
    def is_public(self) -> bool:
        """Whether everybody may read that it is promised, once both sides agree to it."""
        return self.visibility == Visibility.PUBLIC

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

    def is_overdue(self, *, on: date) -> bool:
        """Whether its date has passed and nobody has asked to close it."""
        return standing.is_overdue(
            agreed=self.state == CommitmentState.AGREED, target_date=self.target_date, on=on
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


def of_pairs(*, which: Q) -> QuerySet[Commitment]:
    """Return the commitments of pairs, and those that they may go on with."""
    return Commitment.objects.filter(which | Q(pk__in=offered_to(which=which)))


def commitments_of_pair(
    *,
    pair: Pair,
    on: date,
    page: int = 1,
    states: Sequence[str] = CommitmentState.values,
    asked: Asked = ALL,
    since: date | None = None,
    sides: tuple[Side, ...] = tuple(Side),
) -> CommitmentPage:
    """Return a page of the pair's commitments: proposed first, then by date.

    Those that it may go on with, since their own pair ended, are among them. `since` and `sides`
    are of the flags that are asked for, as in `fitting`.
    """
    rows = of_pairs(which=Q(pair=pair))
    rows = fitting(rows=rows, asked=asked, on=on, since=since or on, sides=sides)
    return _page(rows=rows, states=states, on=on, page=page)


def commitments_of_board(
    *,
    board: IntegratedCareBoard,
    on: date,
    page: int = 1,
    states: Sequence[str] = CommitmentState.values,
) -> CommitmentPage:
    """Return a page of the commitments of all pairs of an ICB."""
    return _page(rows=of_pairs(which=Q(pair__board=board)), states=states, on=on, page=page)


def commitments_of_authority(
    *,
    authority: StrategicAuthority,
    on: date,
    page: int = 1,
    states: Sequence[str] = CommitmentState.values,
) -> CommitmentPage:
    """Return a page of the commitments of all pairs of an authority."""
    rows = of_pairs(which=Q(pair__authority=authority))
    return _page(rows=rows, states=states, on=on, page=page)


def readable(
    *, body_ids: Collection[UUID] | None, authority: str = "", icb: str = "", state: str = ""
) -> QuerySet[Commitment]:
    """Return the commitments of bodies, the newest proposal first; None: of everybody.

    Those that they may go on with are among them. `authority` and `icb` are names in addresses;
    what is empty asks for nothing. A page of them is shown by `shown`.
    """
    rows = Commitment.objects.order_by("-proposed_at", "pk")
    named = {"authority__slug": authority, "board__slug": icb}
    named = {path: slug for path, slug in named.items() if slug}
    if named or body_ids is not None:
        # Keys first: one table with an index on pairs is then all that is asked.
        which = Q() if body_ids is None else Q(authority__in=body_ids) | Q(board__in=body_ids)
        rows = rows.filter(
            Q(pair__in=list(Pair.objects.filter(which, **named).values_list("pk", flat=True)))
            | Q(pk__in=[] if body_ids is None else _offered(body_ids=body_ids, named=named))
        )
    return rows.filter(state=state) if state else rows


def _offered(*, body_ids: Collection[UUID], named: Mapping[str, str]) -> list[UUID]:
    """Return what bodies may go on with, of pairs with these names: those that it stands with."""
    which = Q(pair__authority__in=body_ids) | Q(pair__board__in=body_ids)
    stands = {f"commitment__pair__{path}": slug for path, slug in named.items()}
    return list(offered_to(which=which & Q(**stands)))


def commitment_of(*, commitment: Commitment, on: date) -> CommitmentFacts:
    """Return one commitment with the latest word of both sides."""
    return shown(ids=[commitment.pk], on=on)[0]


def names_of_pair(*, pair: Pair, on: date) -> tuple[BodyName, BodyName]:
    """Return the authority and the ICB as they are called on the day."""
    names = names_on(day=on, bodies=[pair.authority_id, pair.board_id])
    return BodyName.called(pair.authority, names), BodyName.called(pair.board, names)


def history_of(*, commitment: Commitment) -> tuple[SideUpdate, ...]:
    """Return every update of both sides, the newest first."""
    rows = CommitmentUpdate.objects.filter(commitment=commitment).select_related("sent_back")
    return tuple(_update(row) for row in rows.order_by("-at", "-pk"))


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
    found = keyed_page(rows=rows, page=page, size=PAGE_SIZE)
    return CommitmentPage(
        rows=shown(ids=found.keys, on=on), page=found.page, pages=found.pages, count=found.count
    )


def listed(*, rows: QuerySet[Commitment], on: date) -> tuple[CommitmentFacts, ...]:
    """Return what is shown of rows that are in order already."""
    return shown(ids=list(rows.values_list("pk", flat=True)), on=on)


def shown(*, ids: Sequence[UUID], on: date) -> tuple[CommitmentFacts, ...]:
    """Return what is shown of commitments, in the order of their keys, from five queries.

    What a row needs is asked for those of one page only: that is why keys come first. Two more
    queries read outcomes of frameworks and where commitments came from, if there is any.
    """
    found = (
        Commitment.objects.select_related(*_LOADED)
        .prefetch_related(
            Prefetch(
                "framework_outcome",
                TheoryItem.objects.select_related("framework_version__framework"),
            )
        )
        .in_bulk(ids)
    )
    return _facts_of(rows=[found[key] for key in ids], on=on)


def _facts_of(*, rows: Sequence[Commitment], on: date) -> tuple[CommitmentFacts, ...]:
    latest = _latest_of(rows)
    waiting = waiting_of(rows=rows)
    called = called_on(
        day=on,
        bodies={body for row in rows for body in (row.pair.authority_id, row.pair.board_id)},
    )
    origins = origins_of(rows=rows)
    return tuple(
        CommitmentFacts(
            id=row.pk,
            pair_id=row.pair_id,
            authority=called[row.pair.authority_id],
            board=called[row.pair.board_id],
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
            stage=row.stage,
            theme=row.theme,
            resources=Resources(row.resources),
            visibility=Visibility(row.visibility),
            indicator=row.indicator.name if row.indicator else "",
            outcome=outcome_words(item=row.framework_outcome) if row.framework_outcome else "",
            agreement=row.agreement.title if row.agreement else "",
        )
        for row in rows
    )


def _latest_of(rows: Sequence[Commitment]) -> dict[tuple[UUID, Side], SideUpdate]:
    words: list[LatestWords] = [row.latest for row in rows if hasattr(row, "latest")]
    keys = {key for one in words for key in (one.authority_update_id, one.board_update_id) if key}
    updates = CommitmentUpdate.objects.filter(pk__in=keys).select_related("sent_back")
    return {(row.commitment_id, Side(row.side)): _update(row) for row in updates}


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
