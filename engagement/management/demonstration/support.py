"""Invented offers of support, and what bodies of the demonstration answered to them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from authorities.models import Pair, User
from engagement.actions import enrolments, peers, support_offers
from engagement.actions.support_offers import OfferText
from engagement.models import (
    Aim,
    Ambassador,
    Enrolment,
    Need,
    PeerLink,
    Side,
    SupportOffer,
)
from engagement.queries.current_placements import newest_publication, placements_of
from engagement.support_lifecycle import Actor, Event

_ANALYST = "analyst@dhsc.example"
_SY = ("south-yorkshire", "south-yorkshire")
_YNY = ("york-and-north-yorkshire", "humber-and-north-yorkshire")
_WY = ("west-yorkshire", "west-yorkshire")
# Its board is formed anew later: what stands of this goes on with the board that follows.
_CE = ("cambridgeshire-and-peterborough", "central-east")
# Who answers for which side of those pairs; the demonstration has no account for the others.
_SIGNATORIES = {
    (_SY, Side.AUTHORITY): "signatory@south-yorkshire.example",
    (_SY, Side.BOARD): "signatory@south-yorkshire-icb.example",
    (_YNY, Side.AUTHORITY): "signatory@york-and-north-yorkshire.example",
    (_YNY, Side.BOARD): "signatory@humber-and-north-yorkshire-icb.example",
    (_WY, Side.BOARD): "signatory@west-yorkshire-icb.example",
    (_CE, Side.BOARD): "signatory@central-east-icb.example",
}


@dataclass(frozen=True)
class _Offer:
    key: str
    title: str
    description: str
    group: str
    aim: Aim
    need: Need | None
    run_by: str
    capacity: int | None
    notes: str = ""
    opened: bool = True
    closed: bool = False


_OFFERS = (
    _Offer(
        "showcase",
        "Showcase days",
        "Two days a year on which areas show what they tried, what came of it and what they would "
        "do differently. Invented for the demonstration.",
        "green",
        Aim.BOTH,
        None,
        "National team, with an area as host",
        None,
    ),
    _Offer(
        "peers",
        "Peer group on work and health",
        "Six meetings of areas that plan for work and health together, each on one question that "
        "an area brings. Invented for the demonstration.",
        "amber",
        Aim.BOTH,
        Need.PEER_LEARNING,
        "A learning partner",
        12,
        notes="Ask for a second group once ten bodies take part.",
    ),
    _Offer(
        "depth",
        "In-depth support for working together",
        "Up to ten days with a team that knows both kinds of body, to agree shared aims and who "
        "does what. Invented for the demonstration.",
        "pink",
        Aim.LESS_ENGAGED,
        Need.IN_DEPTH_SUPPORT,
        "National team",
        6,
    ),
    _Offer(
        "core",
        "Health and devolution: the case for working together",
        "Four short courses for both sides on why it matters and how others began. Invented for "
        "the demonstration.",
        "red",
        Aim.BOTH,
        Need.CORE_LEARNING,
        "A learning partner",
        None,
    ),
    _Offer(
        "clinic",
        "Data and analysis clinic",
        "An analyst for a day, for one question of yours. Invented for the demonstration.",
        "amber",
        Aim.BOTH,
        Need.DATA_AND_ANALYSIS,
        "Analysts of the national team",
        None,
        closed=True,
    ),
    _Offer(
        "funding",
        "Funding surgeries",
        "An hour with who knows the funds. Invented for the demonstration.",
        "pink",
        Aim.BOTH,
        Need.FUNDING_ADVICE,
        "National team",
        None,
        opened=False,
    ),
)


def fill(*, people: Mapping[str, User], by: User, at: datetime) -> None:
    """Write the offers, make some, and answer them by the bodies' own people.

    by: who answers for a body without an account.
    """
    if SupportOffer.objects.exists():
        return
    analyst = people[_ANALYST]
    offers = {one.key: _written(one, by=analyst, at=at) for one in _OFFERS}
    _enrolments(offers=offers, people=people, at=at)
    for one in _OFFERS:
        if one.closed:
            support_offers.take_step(
                offer=offers[one.key], event=Event.CLOSE, by=analyst, at=at + timedelta(days=45)
            )
    _peers(people=people, by=by, at=at)


def _written(one: _Offer, *, by: User, at: datetime) -> SupportOffer:
    starts_on: date = at.date() + timedelta(days=10)
    made = support_offers.draft(
        text=OfferText(
            title=one.title,
            description=one.description,
            group_code=one.group,
            aimed_at=one.aim,
            need=one.need,
            run_by=one.run_by,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=300),
            capacity=one.capacity,
            notes=one.notes,
        ),
        form_key=uuid.uuid4(),
        by=by,
        at=at,
    )
    if one.opened:
        support_offers.take_step(offer=made, event=Event.OPEN, by=by, at=at)
    return made


def _enrolments(
    *, offers: Mapping[str, SupportOffer], people: Mapping[str, User], at: datetime
) -> None:
    analyst = people[_ANALYST]

    def made(key: str, pair: tuple[str, str], side: Side, *, asked: bool = False) -> Enrolment:
        begin = enrolments.ask_for if asked else enrolments.offer_to
        return begin(
            offer=offers[key],
            pair=Pair.objects.get(authority__slug=pair[0], board__slug=pair[1]),
            side=side,
            form_key=uuid.uuid4(),
            by=people[_SIGNATORIES[pair, side]] if asked else analyst,
            at=at + timedelta(days=2),
        )

    def step(row: Enrolment, event: Event, *, day: int, words: str = "") -> None:
        side, pair = Side(row.side), _key(row.pair)
        body = event in (Event.ACCEPT, Event.DECLINE, Event.LEAVE)
        enrolments.take_step(
            enrolment=row,
            event=event,
            actor=Actor.BODY if body else Actor.CENTRE,
            words=words,
            by=people[_SIGNATORIES[pair, side]] if body else analyst,
            at=at + timedelta(days=day),
        )

    # Left for whoever tries the site: an offer to answer, and one that was asked for.
    made("peers", _SY, Side.BOARD)
    made("depth", _SY, Side.AUTHORITY, asked=True)
    under_way = made("peers", _YNY, Side.AUTHORITY)
    step(under_way, Event.ACCEPT, day=5)
    step(under_way, Event.START, day=12)
    enrolments.share_note(
        enrolment=under_way,
        text="The first question of the group is yours: how councils share their figures.",
        form_key=uuid.uuid4(),
        by=analyst,
        at=at + timedelta(days=14),
    )
    enrolments.keep_note(
        enrolment=under_way,
        text="Ask the learning partner for a second facilitator.",
        form_key=uuid.uuid4(),
        by=analyst,
        at=at + timedelta(days=14),
    )
    declined = made("core", _YNY, Side.BOARD)
    step(declined, Event.DECLINE, day=6, words="We have a course of our own this year.")
    accepted = made("peers", _WY, Side.BOARD)
    step(accepted, Event.ACCEPT, day=8)
    ended = made("clinic", _WY, Side.BOARD)
    step(ended, Event.ACCEPT, day=4)
    step(ended, Event.START, day=20)
    step(ended, Event.END, day=40, words="Two analysts now share one method for small areas.")
    _sessions(offer=offers["peers"], attending=under_way, by=analyst, at=at)
    goes_on = made("peers", _CE, Side.BOARD)
    step(goes_on, Event.ACCEPT, day=7)
    step(goes_on, Event.START, day=12)
    asked_for = made("core", _CE, Side.BOARD, asked=True)
    step(asked_for, Event.GIVE, day=9)


def _sessions(*, offer: SupportOffer, attending: Enrolment, by: User, at: datetime) -> None:
    held = support_offers.add_session(
        offer=offer,
        held_on=at.date() + timedelta(days=21),
        title="First meeting",
        note="",
        form_key=uuid.uuid4(),
        by=by,
        at=at + timedelta(days=12),
    )
    support_offers.keep_session(
        session=held,
        enrolments=[attending.pk],
        note="We agreed to meet every second month and to bring one question each time.",
        seen=held.version,
        by=by,
        at=at + timedelta(days=22),
    )
    support_offers.add_session(
        offer=offer,
        held_on=at.date() + timedelta(days=81),
        title="Second meeting",
        note="",
        form_key=uuid.uuid4(),
        by=by,
        at=at + timedelta(days=22),
    )


def _peers(*, people: Mapping[str, User], by: User, at: datetime) -> None:
    """Let one side of a green pair volunteer, and link it with a body of an amber one."""
    publication = newest_publication()
    placed = placements_of(publication=publication) if publication else ()
    green = [one.pair for one in placed if one.group == peers.GREEN]
    amber = [one.pair for one in placed if one.group == peers.AMBER]
    if not green or not amber:
        return

    def signatory(pair: Pair, side: Side) -> User:
        email = _SIGNATORIES.get((_key(pair), side), "")
        return people.get(email, by)

    def known(pair: Pair) -> bool:
        return signatory(pair, Side.BOARD) == by

    # Bodies with an account first, so that there is something to look at.
    host, guest = min(green, key=known), min(amber, key=lambda one: (_key(one) != _YNY, known(one)))
    ambassador = peers.volunteer(
        pair=host,
        side=Side.BOARD,
        shares="How a joint plan for work and health came about, and what we would do otherwise.",
        open_to_any=True,
        named=(),
        form_key=uuid.uuid4(),
        by=signatory(host, Side.BOARD),
        at=at + timedelta(days=3),
    )
    link = _linked(ambassador, guest, people=people, by=signatory(guest, Side.BOARD), at=at)
    peers.add_meeting(
        link=link,
        held_on=at.date() + timedelta(days=30),
        note="A morning on how the plan was agreed, and by whom.",
        form_key=uuid.uuid4(),
        by=people[_ANALYST],
        at=at + timedelta(days=31),
    )
    for goes_on in (one for one in amber if _key(one) == _CE):
        _linked(ambassador, goes_on, people=people, by=signatory(goes_on, Side.BOARD), at=at)


def _key(pair: Pair) -> tuple[str, str]:
    return pair.authority.slug, pair.board.slug


def _linked(
    ambassador: Ambassador, guest: Pair, *, people: Mapping[str, User], by: User, at: datetime
) -> PeerLink:
    """Link the ambassador with the guest's ICB, which says yes."""
    link = peers.propose_link(
        ambassador=ambassador,
        pair=guest,
        side=Side.BOARD,
        about="How to begin a joint plan with several councils.",
        form_key=uuid.uuid4(),
        by=people[_ANALYST],
        at=at + timedelta(days=7),
    )
    return peers.take_step(
        link=link,
        event=Event.ACCEPT,
        actor=Actor.BODY,
        body=link.body,
        words="",
        by=by,
        at=at + timedelta(days=9),
    )
