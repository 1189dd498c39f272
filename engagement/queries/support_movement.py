"""What was offered, what was taken up, and how pairs moved in later published rounds.

A description in time and nothing more: what moved after support did not move because of it, as far
as anybody can say from here.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from duty.deadlines import london_date
from engagement import picture
from engagement.models import Enrolment, EnrolmentState, Publication, PublishedPlacement
from engagement.queries.bodies import names_of
from engagement.queries.body_names import BodyName
from engagement.queries.enrolments import TOOK_PART


@dataclass(frozen=True)
class LaterRound:
    """How a pair moved in a round that was published after it was offered support."""

    round_name: str
    movement: str


@dataclass(frozen=True)
class MovementRow:
    """One body with one offer, and what its pair did afterwards."""

    offer_id: UUID
    title: str
    pair_name: str
    authority: BodyName
    board: BodyName
    side: str
    asked: bool
    state: EnrolmentState
    took_up: bool
    began_on: date
    answered_on: date | None
    group: str | None
    later: tuple[LaterRound, ...]


@dataclass(frozen=True)
class OfferCounts:
    """Of one offer: how many bodies, each with the number that it is out of.

    moved: of those that took it up and have a later published round, by the newest movement.
    """

    offer_id: UUID
    title: str
    begun: int
    answered: int
    took_up: int
    with_later_round: int
    moved: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class SupportMovement:
    """All of it: counts of each offer, and each body, in alphabetical order."""

    offers: tuple[OfferCounts, ...]
    rows: tuple[MovementRow, ...]


def support_movement(*, on: date) -> SupportMovement:
    """Return all enrolments with what moved afterwards, from a fixed number of queries."""
    enrolments = list(
        Enrolment.objects.select_related("offer", "pair").defer("declined_reason", "offer__notes")
    )
    later: defaultdict[UUID, list[PublishedPlacement]] = defaultdict(list)
    placed = (
        PublishedPlacement.objects.filter(
            publication__in=Publication.objects.current(),
            pair__in=[one.pair_id for one in enrolments],
        )
        .select_related("publication__round")
        .defer("content")
        .order_by("publication__round__covers_to", "publication__round__opens_on", "pk")
    )
    for one in placed:
        later[one.pair_id].append(one)
    names = names_of(
        body_ids={
            body for one in enrolments for body in (one.pair.authority_id, one.pair.board_id)
        },
        on=on,
    )
    rows = sorted(
        (_row(one, later=later[one.pair_id], names=names) for one in enrolments),
        key=lambda row: (row.title, row.pair_name, row.side, row.began_on),
    )
    by_offer: defaultdict[UUID, list[MovementRow]] = defaultdict(list)
    for row in rows:
        by_offer[row.offer_id].append(row)
    return SupportMovement(
        offers=tuple(_counts(rows=found) for found in by_offer.values()), rows=tuple(rows)
    )


def _row(
    one: Enrolment, *, later: list[PublishedPlacement], names: dict[UUID, BodyName]
) -> MovementRow:
    began_on = london_date(now=one.began_at)
    authority, board = names[one.pair.authority_id], names[one.pair.board_id]
    return MovementRow(
        offer_id=one.offer_id,
        title=one.offer.title,
        pair_name=picture.pair_name(authority=authority.short_name, board=board.short_name),
        authority=authority,
        board=board,
        side=one.side,
        asked=one.asked,
        state=EnrolmentState(one.state),
        # Who asked and left before an answer never took part.
        took_up=one.state in TOOK_PART and one.answered_at is not None,
        began_on=began_on,
        answered_on=_day(one.answered_at),
        group=one.group,
        later=tuple(
            LaterRound(round_name=placed.publication.round.name, movement=placed.movement)
            for placed in later
            if placed.publication.round.covers_to > began_on
        ),
    )


def _day(moment: datetime | None) -> date | None:
    return london_date(now=moment) if moment else None


def _counts(*, rows: list[MovementRow]) -> OfferCounts:
    took_up = [row for row in rows if row.took_up]
    # Both sides of a pair may take part: the pair moves once.
    newest = {(row.authority.slug, row.board.slug): row.later[-1] for row in took_up if row.later}
    moved: defaultdict[str, int] = defaultdict(int)
    for one in newest.values():
        moved[one.movement] += 1
    return OfferCounts(
        offer_id=rows[0].offer_id,
        title=rows[0].title,
        begun=len(rows),
        answered=sum(row.answered_on is not None for row in rows),
        took_up=len(took_up),
        with_later_round=len(newest),
        moved=tuple(sorted(moved.items())),
    )
