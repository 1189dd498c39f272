"""Who may read what of support: canaries are looked for in every answer to everybody."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from engagement.models import Enrolment, EnrolmentState, LinkState, PeerLink, Side
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories import support as make
from tests.factories.engagement import load_configuration

pytestmark = pytest.mark.django_db

PRIVATE = "canary-private-note"
DECLINED = "canary-declined-reason"
LINK_DECLINED = "canary-link-reason"
OFFER_NOTES = "canary-offer-notes"
SHARED = "canary-shared-note"
OUTCOME = "canary-outcome"
DRAFT = "canary-draft"
CENTRE = {"analyst", "moderator", "lead_analyst", "administrator"}
BOARD = {"board_editor", "board_signatory"}


@dataclass(frozen=True)
class Scene:
    """Everything that may leak, and whose it is."""

    people: People
    declined: Enrolment
    ended: Enrolment
    link: PeerLink

    def addresses(self) -> dict[str, str]:
        """Every page, file and answer of the API that could tell of it."""
        pair = self.people.pair
        offers = {row.offer_id for row in (self.declined, self.ended)}
        rows = [self.declined, self.ended]
        return {
            "home": reverse("home"),
            "pair": reverse("engagement:pair", args=[pair.authority.slug, pair.board.slug]),
            "list": reverse("support:list"),
            "desk": reverse("support:desk"),
            "suggested": reverse("support:suggested"),
            "asked-for": reverse("support:asked-for"),
            "movement": reverse("support:movement"),
            "movement-csv": reverse("support:movement-csv"),
            "api": reverse("support-offer-list"),
            **{
                f"own {body.slug} {body.kind}": reverse("support:own", args=[body.pk])
                for body in (pair.authority, pair.board)
            },
            **{f"offer {key}": reverse("support:offer", args=[key]) for key in offers},
            **{f"desk offer {key}": reverse("support:desk-offer", args=[key]) for key in offers},
            **{f"enrolment {row.pk}": reverse("support:enrolment", args=[row.pk]) for row in rows},
            **{
                f"desk enrolment {row.pk}": reverse("support:desk-enrolment", args=[row.pk])
                for row in rows
            },
            "link": reverse("support:link", args=[self.link.pk]),
            "desk link": reverse("support:desk-link", args=[self.link.pk]),
        }


@pytest.fixture
def scene() -> Scene:
    load_configuration()
    people = people_of_a_pair()
    offer = make.open_offer(notes=OFFER_NOTES)
    declined = make.EnrolmentFactory(offer=offer, pair=people.pair)
    make.stepped(
        declined,
        EnrolmentState.DECLINED,
        declined_reason=DECLINED,
        answered_at=make.BEGAN,
        answered_by=people.by_role["board_signatory"],
    )
    ended = make.answered(
        EnrolmentState.ACCEPTED, EnrolmentState.UNDER_WAY, pair=people.pair, side=Side.BOARD
    )
    make.stepped(ended, EnrolmentState.ENDED, outcome=OUTCOME, finished_at=make.BEGAN)
    for row in (declined, ended):
        make.PrivateNoteFactory(enrolment=row, text=PRIVATE)
        make.SharedNoteFactory(enrolment=row, text=SHARED)
    stranger = people.by_role["other_authority_editor"].memberships.get().body
    link = make.LinkFactory(
        pair=people.pair,
        ambassador=make.AmbassadorFactory(pair=stranger.strategicauthority.pairs.get()),
    )
    make.stepped(
        link,
        LinkState.DECLINED,
        declined_reason=LINK_DECLINED,
        answered_at=make.BEGAN,
        answered_by=people.by_role["board_signatory"],
    )
    return Scene(people=people, declined=declined, ended=ended, link=link)


def answers(scene: Scene, person: User | None) -> dict[str, str]:
    """What each address answers to the person, refusals included."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return {
        name: client.get(address, follow=True).content.decode()
        for name, address in scene.addresses().items()
    }


Answers = dict[str, dict[str, str]]


def everything(scene: Scene) -> Answers:
    """What each address answers to everybody."""
    everybody: dict[str, User | None] = {"anybody": None, **scene.people.by_role}
    return {who: answers(scene, person) for who, person in everybody.items()}


def seen(found: Answers, canary: str) -> set[tuple[str, str]]:
    """Who finds the canary on which kind of page."""
    return {
        (who, name.rsplit(" ", 1)[0] if name.startswith("desk ") else name.split(" ", 1)[0])
        for who, pages in found.items()
        for name, text in pages.items()
        if canary in text
    }


def test_each_canary_is_read_where_it_may_be_and_nowhere_else(scene: Scene) -> None:
    draft = make.OfferFactory(title=DRAFT)
    found = everything(scene)

    # For the centre alone.
    assert seen(found, PRIVATE) == {(who, "desk enrolment") for who in CENTRE}
    assert seen(found, DECLINED) == {(who, "desk enrolment") for who in CENTRE}
    assert seen(found, LINK_DECLINED) == {(who, "desk") for who in CENTRE}
    assert seen(found, OFFER_NOTES) == {(who, "desk offer") for who in CENTRE}
    assert seen(found, draft.title) == {(who, "desk") for who in CENTRE}
    # For the body and the centre, and not for the body's partner.
    for canary in (SHARED, OUTCOME):
        assert seen(found, canary) == {
            *((who, "enrolment") for who in BOARD),
            *((who, "desk enrolment") for who in CENTRE),
        }


def test_nobody_else_learns_who_was_offered_what(scene: Scene) -> None:
    shown = answers(scene, scene.people.by_role["authority_signatory"])

    assert "Your own support in this pair" in shown["pair"]
    for row in (scene.declined, scene.ended):
        assert not any(str(row.pk) in text for text in shown.values())


def test_an_ambassador_does_not_learn_of_a_declined_link(scene: Scene) -> None:
    host = scene.people.by_role["other_authority_signatory"]
    client = Client()
    client.force_login(host)

    assert client.get(reverse("support:link", args=[scene.link.pk])).status_code == 404
    own = client.get(reverse("support:own", args=[scene.link.ambassador.body_id]))
    assert str(scene.link.pk) not in own.content.decode()


def test_an_accepted_link_is_read_by_both_bodies_and_no_other(scene: Scene) -> None:
    link = make.accepted_link(
        pair=scene.people.pair,
        ambassador=scene.link.ambassador,
        placement=scene.link.placement,
        about="canary-accepted",
    )
    address = reverse("support:link", args=[link.pk])
    statuses = {}
    for who, person in scene.people.by_role.items():
        client = Client()
        client.force_login(person)
        statuses[who] = client.get(address).status_code

    readers = {*BOARD, "other_authority_editor", "other_authority_signatory"}
    assert statuses == {
        who: 200 if who in readers else 403 if who in CENTRE else 404 for who in statuses
    }


def test_a_draft_is_no_offer_to_others(scene: Scene) -> None:
    draft = make.OfferFactory()

    for person in (None, scene.people.by_role["board_signatory"]):
        client = Client()
        if person:
            client.force_login(person)
        assert client.get(reverse("support:offer", args=[draft.pk])).status_code == 404
