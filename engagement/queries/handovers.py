"""What came to a body by a change of bodies: what waits for its word, and what is settled."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from authorities.models import Body, BodyKind, Pair, Succession
from authorities.queries.dated import NameHistory
from duty.deadlines import london_date
from duty.queries.agreements import taken_over_by
from duty.queries.successions import OpenReturn, open_returns
from engagement.commitment_lifecycle import OPEN_STATES
from engagement.models import Commitment, Enrolment, Side
from engagement.queries.commitment_origins import offered_to
from engagement.queries.finding_replies import NoReplyYet, without_reply
from engagement.queries.successions import ViewsToFinish, views_to_finish
from engagement.queries.support_successions import gone_on_with, to_go_on_with
from outcomes.queries.framework_handovers import inherited_frameworks
from outcomes.queries.framework_lists import WaitKind


class Ask(StrEnum):
    """What a body is asked to do with something that came to it."""

    CONFIRM_AGAIN = "confirm_again"
    # The answer to a proposal confirms it as well.
    ANSWER = "answer"
    CHOOSE_PAIR = "choose_pair"
    STAND_BY = "stand_by"
    CHOOSE_OWNER = "choose_owner"
    GO_ON = "go_on"
    GO_ON_WITH_ONE = "go_on_with_one"


class Noun(StrEnum):
    """What came over."""

    COMMITMENT = "commitment"
    FRAMEWORK = "framework"
    ENROLMENT = "enrolment"
    LINK = "link"
    AGREEMENT = "agreement"


@dataclass(frozen=True)
class Inherited:
    """Something that came to a body. ask: None once it has said what becomes of it.

    origin: the names, on the day before the change, of the pair or the authority that had it; empty
        where that is not known.
    waits_for_other: the other side of the pair has still to say the same.
    """

    noun: Noun
    id: UUID
    title: str
    origin: str
    on: date | None
    ask: Ask | None
    number: int = 0
    waits_for_other: bool = False


@dataclass(frozen=True)
class ToFinish:
    """What bodies before this one may still finish."""

    returns: tuple[OpenReturn, ...]
    views: tuple[ViewsToFinish, ...]
    replies: tuple[NoReplyYet, ...]


@dataclass(frozen=True)
class _Found:
    """As `Inherited`, before anything has a name."""

    noun: Noun
    id: UUID
    title: str
    bodies: tuple[UUID, ...]
    on: date | None
    ask: Ask | None
    number: int = 0
    waits_for_other: bool = False
    named: UUID | None = None


def inherited(*, body: Body, days: dict[UUID, date], on: date) -> tuple[Inherited, ...]:
    """Return what came to a body, by kind; a fixed number of queries, however much there is.

    Args:
        body: an authority or an ICB.
        days: since when it followed which body, as `predecessors_of`.
        on: the day as of which others are named.
    """
    rows = (
        *_commitments(body_id=body.pk, side=_side(body)),
        *_frameworks(body_id=body.pk, days=days),
        *(_agreements(body_id=body.pk) if _side(body) == Side.BOARD else ()),
        *_support(body_id=body.pk, on=on),
    )
    wanted = {key for row in rows for key in row.bodies} | {row.named for row in rows if row.named}
    names = NameHistory.of(bodies=wanted)
    return tuple(
        Inherited(
            noun=row.noun,
            id=row.id,
            title=f"Peer link with {names.name(row.named, day=on)}" if row.named else row.title,
            origin=" and ".join(
                names.name(key, day=(row.on or on) - timedelta(days=1)) for key in row.bodies
            ),
            on=row.on,
            ask=row.ask,
            number=row.number,
            waits_for_other=row.waits_for_other,
        )
        for row in rows
    )


def predecessors_of(*, body_id: UUID, on: date) -> dict[UUID, date]:
    """Return the bodies that a body followed up to a day, and since when."""
    return dict(
        Succession.objects.filter(successor=body_id, on_date__lte=on)
        .order_by("on_date", "predecessor_id")
        .values_list("predecessor_id", "on_date")
    )


def to_finish(*, body_ids: Collection[UUID], on: date) -> ToFinish:
    """Return what bodies that ended may still finish; nothing is asked where there is none."""
    if not body_ids:
        return ToFinish(returns=(), views=(), replies=())
    return ToFinish(
        returns=tuple(one for one in open_returns(authority_ids=body_ids) if one.edits_until >= on),
        views=tuple(views_to_finish(body_ids=body_ids, on=on)),
        replies=without_reply(on=on, body_ids=body_ids),
    )


def _side(body: Body) -> Side:
    return Side.AUTHORITY if body.kind == BodyKind.STRATEGIC_AUTHORITY else Side.BOARD


def _pair(pair: Pair | None) -> tuple[UUID, ...]:
    return (pair.authority_id, pair.board_id) if pair else ()


def _commitments(*, body_id: UUID, side: Side) -> list[_Found]:
    own = "authority" if side == Side.AUTHORITY else "board"
    offered = set(offered_to(which=Q(**{f"pair__{own}": body_id})))
    rows = (
        Commitment.objects.filter(
            Q(**{f"pair__{own}": body_id}, unassigned=False) | Q(pk__in=offered),
            origin_pair__isnull=False,
            state__in=OPEN_STATES,
        )
        .select_related("origin_pair")
        .order_by("moved_on", "title", "pk")
    )
    found = []
    for row in rows:
        said = {Side.AUTHORITY: row.authority_reconfirmed_at, Side.BOARD: row.board_reconfirmed_at}
        ask = None
        if row.unassigned:
            ask = Ask.CHOOSE_PAIR
        elif row.needs_reconfirmation and said[side] is None:
            answers = row.decided_at is None and row.proposed_side != side
            ask = Ask.ANSWER if answers else Ask.CONFIRM_AGAIN
        found.append(
            _Found(
                noun=Noun.COMMITMENT,
                id=row.pk,
                title=row.title,
                bodies=_pair(row.origin_pair),
                on=row.moved_on,
                ask=ask,
                waits_for_other=ask is None and row.needs_reconfirmation,
            )
        )
    return found


def _frameworks(*, body_id: UUID, days: dict[UUID, date]) -> list[_Found]:
    asks = {WaitKind.ADOPT: Ask.STAND_BY, WaitKind.ASSIGN: Ask.CHOOSE_OWNER}
    return [
        _Found(
            noun=Noun.FRAMEWORK,
            id=one.id,
            title=one.name,
            bodies=_pair(one.pair) or ((one.authority_id,) if one.authority_id else ()),
            on=one.on or (days.get(one.authority_id) if one.authority_id else None),
            ask=asks[one.ask] if one.ask else None,
            number=one.number,
        )
        for one in inherited_frameworks(body_id=body_id)
    ]


def _agreements(*, body_id: UUID) -> list[_Found]:
    return [
        _Found(
            noun=Noun.AGREEMENT,
            id=one.agreement_id,
            title=one.title,
            bodies=(one.authority_id, one.before_id),
            on=london_date(now=one.at),
            ask=Ask.CONFIRM_AGAIN if one.waits else None,
        )
        for one in taken_over_by(board_id=body_id)
    ]


def _support(*, body_id: UUID, on: date) -> list[_Found]:
    nouns = {"enrolments": Noun.ENROLMENT, "links": Noun.LINK}
    found = [
        _Found(
            noun=nouns[one.noun],
            id=one.id,
            title=one.title,
            bodies=_pair(one.origin),
            on=one.moved_on,
            ask=Ask.GO_ON_WITH_ONE if one.chooses else Ask.GO_ON,
        )
        for one in to_go_on_with(body_ids=[body_id], on=on)
    ]
    for row in gone_on_with(body_id=body_id):
        is_enrolment = isinstance(row, Enrolment)
        found.append(
            _Found(
                noun=Noun.ENROLMENT if is_enrolment else Noun.LINK,
                id=row.pk,
                title=row.offer.title if isinstance(row, Enrolment) else "",
                bodies=_pair(row.origin_pair),
                on=row.moved_on,
                ask=None,
                named=None if isinstance(row, Enrolment) else row.ambassador.body_id,
            )
        )
    return found
