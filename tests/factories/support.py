"""Offers, enrolments and peer links for tests; every default may be said otherwise."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from authorities.models import Pair
from duty.models import Round, RoundState
from engagement import content as contents
from engagement.models import (
    Aim,
    Ambassador,
    Enrolment,
    EnrolmentState,
    GroupMap,
    LinkState,
    OfferState,
    PeerLink,
    PeerMeeting,
    PrivateSupportNote,
    Publication,
    PublishedPlacement,
    SharedSupportNote,
    Side,
    SupportGroup,
    SupportOffer,
    SupportSession,
)
from tests.factories.authorities import PairFactory, UserFactory
from tests.factories.engagement import LONG_AGO, RoundFactory

# Before the tests' own day, whenever they run: offers of these tests are open for years.
BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEVELS: dict[str | None, tuple[str | None, str | None, int | None, str | None]] = {
    "green": ("high", "high", 0, None),
    "amber": ("partial", "partial", 0, None),
    "pink": ("high", "low", 2, "icb"),
    "red": ("low", "low", 0, None),
    None: (None, "high", None, None),
}


def groups() -> None:
    """A group map with the four groups, where none is loaded."""
    made, new = GroupMap.objects.get_or_create(version=1, defaults={"source": "tests"})
    if new:
        for order, code in enumerate(("green", "amber", "pink", "red"), 1):
            SupportGroup.objects.create(
                group_map=made,
                code=code,
                order=order,
                name=f"Group {code}",
                look=code,
                offer=f"What {code} brings",
                aimed_at="less engaged side" if code == "pink" else "both",
            )


def published_round(
    *, slug: str = "spring-2026", covers_to: date = date(2026, 2, 28)
) -> Publication:
    """A round that everybody may see, with nothing in it yet."""
    round_: Round = RoundFactory(
        slug=slug,
        name=slug.replace("-", " ").title(),
        covers_from=covers_to - timedelta(days=100),
        covers_to=covers_to,
        state=RoundState.PUBLISHED,
    )
    made = Publication.objects.filter(round=round_).first()
    return made or Publication.objects.create(
        round=round_,
        number=1,
        published_at=LONG_AGO,
        proposed_by=UserFactory(),
        approved_by=UserFactory(),
        approved_at=LONG_AGO,
    )


def placed(
    pair: Pair,
    group: str | None,
    *,
    publication: Publication | None = None,
    movement: str = "first",
    less_engaged: str | None = None,
) -> PublishedPlacement:
    """The published placement of a pair in a group; what stands beside it is left out."""
    authority, board, gap, less = LEVELS[group]
    return PublishedPlacement.objects.create(
        publication=publication or published_round(),
        pair=pair,
        authority_level=authority,
        board_level=board,
        group=group,
        gap=gap,
        less_engaged=less_engaged or less,
        movement=movement,
        basis="own_views",
        content=_content(),
    )


def _content() -> dict[str, Any]:
    """The least that a page of the pair can be drawn from."""
    nobody = contents.SideContent(
        level=None,
        computed_level=None,
        changed_reason="",
        confirmed_on=None,
        explanation=(),
        statements=(),
        not_assessed=contents.NO_VIEW,
    )
    body = contents.BodyContent(
        slug="south-testshire", name="Body", short_name="Body", ons_code=None, ods_code=None
    )
    return contents.to_json(
        content=contents.PlacementContent(
            authority=body,
            board=body,
            tier="mayoral",
            nhs_region_slug="",
            nhs_region_name="",
            authority_side=nobody,
            board_side=nobody,
            overlap=contents.OverlapContent(
                population=1,
                population_year=2022,
                share_of_authority=1.0,
                share_of_board=1.0,
                coterminosity="coterminous",
                source="tests",
                as_at="2026-02-28",
            ),
            warnings=(),
            earlier=None,
            rubric_version=1,
            group_map_version=1,
        )
    )


def body_of(pair: Pair, side: str) -> Any:
    """The body of a side."""
    return pair.authority if side == Side.AUTHORITY else pair.board


class OfferFactory(DjangoModelFactory):
    """A draft of an offer for amber pairs."""

    class Meta:
        model = SupportOffer

    title = factory.Sequence(lambda n: f"Peer group {n}")
    description = "Six meetings on a question that an area brings."
    group_code = "amber"
    aimed_at = Aim.BOTH
    run_by = "A learning partner"
    starts_on = date(2026, 1, 5)
    written_at = BEGAN
    written_by = factory.SubFactory(UserFactory)
    form_key = factory.LazyFunction(uuid.uuid4)


def stepped(row: Any, *states: str, **said: Any) -> Any:
    """Take a row through states, one after the other, as the database allows."""
    for state in states:
        row.state = state
        for name, value in said.items():
            setattr(row, name, value)
        row.save()
    return row


def open_offer(**said: Any) -> SupportOffer:
    """An offer that bodies may join."""
    made: SupportOffer = stepped(OfferFactory(**said), OfferState.OPEN)
    return made


class EnrolmentFactory(DjangoModelFactory):
    """An ICB that was offered to take part and has not answered."""

    class Meta:
        model = Enrolment

    offer = factory.LazyFunction(open_offer)
    pair = factory.SubFactory(PairFactory)
    side = Side.BOARD
    body = factory.LazyAttribute(lambda made: body_of(made.pair, made.side))
    state = EnrolmentState.OFFERED
    asked = False
    began_at = BEGAN
    began_by = factory.SubFactory(UserFactory)
    form_key = factory.LazyFunction(uuid.uuid4)


def answered(*states: str, **said: Any) -> Enrolment:
    """An enrolment that was answered, and perhaps went on from there."""
    row = EnrolmentFactory(**said)
    given = {"answered_at": BEGAN, "answered_by": UserFactory(), "outcome": "It helped."}
    made: Enrolment = stepped(row, *states, **given)
    return made


class SessionFactory(DjangoModelFactory):
    """A session of an open offer."""

    class Meta:
        model = SupportSession

    offer = factory.LazyFunction(open_offer)
    held_on = date(2026, 3, 20)
    title = "First meeting"
    form_key = factory.LazyFunction(uuid.uuid4)


class _NoteFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    enrolment = factory.SubFactory(EnrolmentFactory)
    text = "They would like to begin in May."
    at = BEGAN
    by = factory.SubFactory(UserFactory)
    form_key = factory.LazyFunction(uuid.uuid4)


class SharedNoteFactory(_NoteFactory):
    """A note that the body reads."""

    class Meta:
        model = SharedSupportNote


class PrivateNoteFactory(_NoteFactory):
    """A note of the centre alone."""

    class Meta:
        model = PrivateSupportNote


class AmbassadorFactory(DjangoModelFactory):
    """The authority of a green pair that volunteers for any pair."""

    class Meta:
        model = Ambassador

    pair = factory.SubFactory(PairFactory)
    side = Side.AUTHORITY
    body = factory.LazyAttribute(lambda made: body_of(made.pair, made.side))
    placement = factory.LazyAttribute(lambda made: placed(made.pair, "green"))
    shares = "How a joint plan came about."
    open_to_any = True
    volunteered_at = BEGAN
    volunteered_by = factory.SubFactory(UserFactory)
    form_key = factory.LazyFunction(uuid.uuid4)


class LinkFactory(DjangoModelFactory):
    """A link that is proposed to the ICB of an amber pair."""

    class Meta:
        model = PeerLink

    ambassador = factory.SubFactory(AmbassadorFactory)
    pair = factory.SubFactory(PairFactory)
    side = Side.BOARD
    body = factory.LazyAttribute(lambda made: body_of(made.pair, made.side))
    placement = factory.LazyAttribute(lambda made: placed(made.pair, "amber"))
    about = "How to begin."
    proposed_at = BEGAN
    proposed_by = factory.SubFactory(UserFactory)
    form_key = factory.LazyFunction(uuid.uuid4)


def accepted_link(**said: Any) -> PeerLink:
    """A link that both bodies agreed to."""
    made: PeerLink = stepped(
        LinkFactory(**said), LinkState.ACCEPTED, answered_at=BEGAN, answered_by=UserFactory()
    )
    return made


class MeetingFactory(DjangoModelFactory):
    """A day on which both of a link met."""

    class Meta:
        model = PeerMeeting

    link = factory.LazyFunction(accepted_link)
    held_on = date(2026, 3, 30)
    note = "How the plan was agreed."
    at = BEGAN
    by = factory.SubFactory(UserFactory)
    form_key = factory.LazyFunction(uuid.uuid4)
