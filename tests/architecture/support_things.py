"""What stands in the addresses of support in the demonstration."""

from datetime import date

from authorities.models import Pair
from engagement.models import (
    Ambassador,
    Enrolment,
    EnrolmentState,
    LinkState,
    PeerLink,
    PracticeVersion,
    PublishedPlacement,
    Side,
    SupportOffer,
    SupportSession,
)
from tests.factories import practice as library
from tests.factories import support as make
from tests.factories.authorities import StrategicAuthorityFactory


def support_things(*, pair: Pair) -> dict[str, str]:
    """Return what stands in addresses of support, by the rules' names; its ICB was offered some."""
    own = Enrolment.objects.get(pair=pair, side=Side.BOARD, state=EnrolmentState.OFFERED)
    asked = Enrolment.objects.get(pair=pair, side=Side.AUTHORITY, state=EnrolmentState.ASKED)
    return {
        "authority_id": str(pair.authority_id),
        "support_offer": str(SupportOffer.objects.get(group_code="red").pk),
        "enrolment": str(own.pk),
        **_gone_on(pair=pair),
        "asked_enrolment": str(asked.pk),
        "ambassador": str(Ambassador.objects.get(pair=pair, side=Side.BOARD).pk),
        "peer_link": str(PeerLink.objects.get(state=LinkState.ACCEPTED, moved_on=None).pk),
        "support_session": str(SupportSession.objects.earliest("held_on").pk),
        "own_step": "decline",
        "desk_step": "turn-down",
        "offer_step": "close",
        "link_step": "end",
        **_practice(pair=pair),
    }


def _gone_on(*, pair: Pair) -> dict[str, str]:
    """Make support of the ICB that moved to the pair in a change, and waits to be confirmed."""
    ambassador = Ambassador.objects.exclude(links__pair=pair).earliest("volunteered_at")
    # A pair is linked with an ambassador once, and the demonstration linked one of the amber pairs.
    linked = set(ambassador.links.values_list("pair", flat=True))
    placed = next(one for one in _once_a_pair(group="amber") if one.pair_id not in linked)
    began = placed.pair
    moved = make.answered(EnrolmentState.ACCEPTED, pair=began)
    link = make.LinkFactory(pair=began, placement=placed, ambassador=ambassador)
    for row in (moved, link):
        row.origin_pair, row.moved_on, row.needs_reconfirmation = began, date(2026, 4, 1), True
        row.pair, row.body_id = pair, pair.board_id
        row.save()
    return {"moved_enrolment": str(moved.pk), "moved_link": str(link.pk)}


def _practice(*, pair: Pair) -> dict[str, str]:
    """Find an example of the project's own, and propose one of the authority."""
    published = PracticeVersion.objects.filter(state="published").earliest("pk")
    proposed = library.proposed(example__body=pair.authority)
    return {
        "practice_published": str(published.example_id),
        "practice_proposed": str(proposed.example_id),
    }


def more_practice(*, pair: Pair) -> None:
    """Let many bodies share many examples, some in several versions."""
    for number in range(15):
        version = library.published(
            example__body=StrategicAuthorityFactory() if number % 2 else pair.authority,
            title=f"Example {number}",
            themes=["S1", "S3", "I1"],
        )
        library.VersionFactory(example=version.example, number=2)
        library.proposed(example__body=pair.authority)


def more_support(*, pair: Pair) -> None:
    """Write many offers, make them to many bodies, and link many."""
    make.groups()
    amber = _once_a_pair(group="amber")
    for number in range(8):
        offer = make.open_offer(title=f"Offer {number}", need="peer_learning")
        for placed in amber:
            taken = make.answered(
                EnrolmentState.ACCEPTED, offer=offer, pair=placed.pair, group="amber"
            )
        make.EnrolmentFactory(offer=offer, pair=pair)
        session = make.SessionFactory(offer=offer)
        session.attendances.create(enrolment=taken)
        own = make.answered(
            EnrolmentState.ACCEPTED,
            offer=offer,
            pair=pair,
            side=Side.AUTHORITY,
            group="green",
        )
        make.SharedNoteFactory(enrolment=own)
        make.PrivateNoteFactory(enrolment=own)
    for placed in _once_a_pair(group="green"):
        host = make.AmbassadorFactory(
            pair=placed.pair, placement=placed, side=Side.AUTHORITY, open_to_any=False
        )
        for guest in amber:
            host.named_pairs.create(pair=guest.pair)
            link = make.accepted_link(ambassador=host, pair=guest.pair, placement=guest)
            make.MeetingFactory(link=link)


def _once_a_pair(*, group: str) -> list[PublishedPlacement]:
    """A published placement of each pair that was ever in a group."""
    rows = PublishedPlacement.objects.filter(group=group).select_related("pair")
    # By what the bodies are called: keys are drawn anew each time a world is made.
    rows = rows.order_by("pair__authority__slug", "pair__board__slug", "publication__published_at")
    return list({row.pair_id: row for row in rows}.values())
