"""The pages of support, from a draft of the centre to what came of it."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from engagement.models import (
    Ambassador,
    Enrolment,
    EnrolmentState,
    PeerLink,
    Side,
    SupportOffer,
    SupportSession,
)
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories import support as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    make.groups()
    return people_of_a_pair()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def offer_fields(**said: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "title": "Peer group",
        "description": "Six meetings.",
        "group_code": "amber",
        "aimed_at": "both",
        "need": "peer_learning",
        "run_by": "A partner",
        "starts_on_0": today.day,
        "starts_on_1": today.month,
        "starts_on_2": today.year,
        "capacity": "2",
        "notes": "",
        "form_key": uuid.uuid4(),
        **said,
    }


def test_from_a_draft_to_what_came_of_it(people: People) -> None:
    centre = signed_in(people.by_role["analyst"])
    body = signed_in(people.by_role["board_signatory"])
    fields = offer_fields()
    date_names = [name for name in centre_form_names(centre) if name.startswith("starts_on")]
    fields |= dict(
        zip(
            date_names,
            [fields["starts_on_0"], fields["starts_on_1"], fields["starts_on_2"]],
            strict=True,
        )
    )

    assert centre.post(reverse("support:desk-offer-new"), fields).status_code == 302
    offer = SupportOffer.objects.get()
    assert "Peer group" not in body.get(reverse("support:list")).content.decode()
    centre.post(reverse("support:desk-offer-step", args=[offer.pk, "open"]))
    assert "Peer group" in body.get(reverse("support:list")).content.decode()

    to = f"{people.pair.pk}:icb"
    centre.post(
        reverse("support:desk-enrol", args=[offer.pk]), {"to": to, "form_key": uuid.uuid4()}
    )
    row = Enrolment.objects.get()
    home = body.get(reverse("home")).content.decode()
    assert "Support offered: Peer group" in home
    page = body.get(reverse("support:enrolment", args=[row.pk])).content.decode()
    assert "Declining has no consequence" in page

    body.post(reverse("support:enrolment-step", args=[row.pk, "accept"]))
    centre.post(reverse("support:desk-enrolment-step", args=[row.pk, "start"]))
    refused = centre.post(
        reverse("support:desk-enrolment-step", args=[row.pk, "end"]), {"words": ""}
    )
    assert (refused.status_code, "Say what came of it" in refused.content.decode()) == (422, True)
    centre.post(
        reverse("support:desk-enrolment-step", args=[row.pk, "end"]), {"words": "One plan."}
    )
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("ended", "One plan.")
    assert "One plan." in body.get(reverse("support:enrolment", args=[row.pk])).content.decode()


def centre_form_names(client: Client) -> list[str]:
    """The names of the fields, as the page has them."""
    page = client.get(reverse("support:desk-offer-new")).content.decode()
    return list(dict.fromkeys(re.findall(r'name="([a-z_0-9-]+)"', page)))


def test_a_signatory_declines_without_a_word_and_an_editor_may_not(people: People) -> None:
    row = make.EnrolmentFactory(pair=people.pair)
    step = reverse("support:enrolment-step", args=[row.pk, "decline"])

    assert signed_in(people.by_role["board_editor"]).post(step).status_code == 403
    assert signed_in(people.by_role["authority_signatory"]).post(step).status_code == 404
    editor = signed_in(people.by_role["board_editor"])
    shown = editor.get(reverse("support:enrolment", args=[row.pk])).content.decode()
    assert "A signatory of your organisation answers." in shown
    assert step not in shown

    assert signed_in(people.by_role["board_signatory"]).post(step).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.declined_reason) == ("declined", "")


def test_a_step_that_came_too_late_is_refused_in_words(people: People) -> None:
    row = make.EnrolmentFactory(pair=people.pair)
    make.stepped(row, EnrolmentState.WITHDRAWN)

    answer = signed_in(people.by_role["board_signatory"]).post(
        reverse("support:enrolment-step", args=[row.pk, "accept"])
    )

    assert answer.status_code == 422
    assert "was withdrawn, so you cannot accept it" in answer.content.decode()


@pytest.mark.parametrize("event", ["start", "no-such-step", "give"])
def test_a_step_of_the_centre_is_none_of_a_body(people: People, event: str) -> None:
    row = make.EnrolmentFactory(pair=people.pair)
    address = reverse("support:enrolment-step", args=[row.pk, event])

    assert signed_in(people.by_role["board_signatory"]).post(address).status_code == 404


def test_a_body_asks_for_an_offer_for_its_own_pair_alone(people: People) -> None:
    offer = make.open_offer()
    client = signed_in(people.by_role["authority_signatory"])
    address = reverse("support:ask", args=[offer.pk])

    wrong = client.post(address, {"to": f"{people.pair.pk}:icb", "form_key": uuid.uuid4()})
    assert wrong.status_code == 422
    done = client.post(address, {"to": f"{people.pair.pk}:sa", "form_key": uuid.uuid4()})
    assert done.status_code == 302
    assert Enrolment.objects.get().asked
    assert (
        "We would like this"
        in client.get(reverse("support:offer", args=[offer.pk])).content.decode()
    )


def test_what_was_typed_stays_when_an_offer_is_refused(people: People) -> None:
    client = signed_in(people.by_role["lead_analyst"])

    answer = client.post(
        reverse("support:desk-offer-new"), offer_fields(run_by="", description="Typed words")
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Typed words" in page
    assert "Enter who runs it" in page


def test_a_session_is_planned_and_each_body_reads_its_own_attendance(people: People) -> None:
    mine = make.answered(EnrolmentState.ACCEPTED, pair=people.pair)
    other = make.answered(EnrolmentState.ACCEPTED, offer=mine.offer)
    session = make.SessionFactory(offer=mine.offer, title="Autumn meeting")
    centre = signed_in(people.by_role["analyst"])

    centre.post(
        reverse("support:session", args=[session.pk]),
        {"enrolments": [str(other.pk)], "note": "We met.", "seen": session.version},
    )

    assert SupportSession.objects.get().attendances.get().enrolment_id == other.pk
    page = signed_in(people.by_role["board_editor"]).get(
        reverse("support:enrolment", args=[mine.pk])
    )
    assert "We met." in page.content.decode()
    assert "The body was there." not in page.content.decode()
    # The note is for those who take part; who was offered it and has not answered is none.
    only_offered = make.EnrolmentFactory(offer=mine.offer, pair=people.pair, side=Side.AUTHORITY)
    page = signed_in(people.by_role["authority_editor"]).get(
        reverse("support:enrolment", args=[only_offered.pk])
    )
    assert "Autumn meeting" in page.content.decode()
    assert "We met." not in page.content.decode()


def test_a_green_body_volunteers_and_is_linked(people: People) -> None:
    make.placed(people.pair, "green")
    guest = people.by_role["other_board_editor"].memberships.get().body.integratedcareboard
    guest_pair = guest.pairs.get()
    make.placed(guest_pair, "amber")
    host = signed_in(people.by_role["authority_signatory"])
    volunteer = reverse("support:volunteer", args=[people.pair.authority_id])
    assert (
        volunteer
        in host.get(reverse("support:own", args=[people.pair.authority_id])).content.decode()
    )

    refused = host.post(
        volunteer,
        {
            "to": f"{people.pair.pk}:sa",
            "shares": "A plan.",
            "whom": "named",
            "form_key": uuid.uuid4(),
        },
    )
    assert "Select at least one pair" in refused.content.decode()
    host.post(
        volunteer,
        {
            "to": f"{people.pair.pk}:sa",
            "shares": "A plan.",
            "whom": "named",
            "named": [str(guest_pair.pk)],
            "form_key": uuid.uuid4(),
        },
    )
    ambassador = Ambassador.objects.get()
    centre = signed_in(people.by_role["analyst"])
    centre.post(
        reverse("support:desk-link-new"),
        {
            "ambassador": str(ambassador.pk),
            "partner": f"{guest_pair.pk}:icb",
            "about": "How to begin.",
            "form_key": uuid.uuid4(),
        },
    )
    link = PeerLink.objects.get()
    asked = signed_in(people.by_role["other_board_signatory"])
    assert "Peer link proposed with" in asked.get(reverse("home")).content.decode()
    asked.post(reverse("support:link-step", args=[link.pk, "accept"]))
    assert "Accepted" in host.get(reverse("support:link", args=[link.pk])).content.decode()
    # The ambassador answers no proposal, and may end what was agreed.
    assert host.post(reverse("support:link-step", args=[link.pk, "accept"])).status_code == 404
    host.post(reverse("support:link-step", args=[link.pk, "end"]), {"words": "A plan came."})
    link.refresh_from_db()
    assert link.state == "ended"
    host.post(reverse("support:ambassador-withdraw", args=[ambassador.pk]))
    ambassador.refresh_from_db()
    assert ambassador.withdrawn_at is not None


def test_a_body_that_is_not_green_is_not_asked_to_volunteer(people: People) -> None:
    make.placed(people.pair, "amber")
    client = signed_in(people.by_role["authority_signatory"])

    page = client.get(reverse("support:own", args=[people.pair.authority_id])).content.decode()

    assert "Volunteer as an ambassador" not in page


def test_the_pages_say_support_and_never_performance(people: People) -> None:
    make.placed(people.pair, None)
    make.answered(EnrolmentState.ACCEPTED, pair=people.pair)
    centre = signed_in(people.by_role["moderator"])
    pages = {
        name: centre.get(reverse(f"support:{name}")).content.decode()
        for name in ("list", "desk", "suggested", "movement")
    }

    assert "support, not performance management" in pages["list"]
    assert "It does not say that one came of the other" in pages["movement"]
    assert "not assessed, which is not low" in pages["suggested"]
    for page in pages.values():
        for word in ("worst", "league", "score", "best performing", "top of"):
            assert word not in page.lower()


def test_a_reader_of_the_desk_is_offered_no_form(people: People) -> None:
    row = make.EnrolmentFactory(state=EnrolmentState.ASKED, asked=True, pair=people.pair)
    address = reverse("support:desk-enrolment", args=[row.pk])

    assert "/give/" not in signed_in(people.by_role["moderator"]).get(address).content.decode()
    assert "/give/" in signed_in(people.by_role["analyst"]).get(address).content.decode()


def test_the_text_of_an_ended_session_is_kept(people: People) -> None:
    row = make.EnrolmentFactory(pair=people.pair)
    person = people.by_role["board_signatory"]
    client = signed_in(person)
    address = reverse("support:enrolment-step", args=[row.pk, "decline"])
    page = client.get(address).content.decode()
    found = re.search(r'name="typed_by" value="([^"]+)"', page)
    assert found is not None
    client.logout()
    client.post(address, {"words": "Typed before the session ended", "typed_by": found[1]})
    client.force_login(person)

    assert "Typed before the session ended" in client.get(address).content.decode()


def test_a_session_is_shown_on_the_desk_with_how_many_came(people: People) -> None:
    mine = make.answered(EnrolmentState.ACCEPTED, pair=people.pair)
    session = make.SessionFactory(
        offer=mine.offer, held_on=timezone.localdate() + timedelta(days=2)
    )
    session.attendances.create(enrolment=mine)
    page = signed_in(people.by_role["administrator"]).get(
        reverse("support:desk-offer", args=[mine.offer_id])
    )

    assert "1 body was there." in page.content.decode()


def test_home_tells_the_desk_who_asks_and_readers_of_it_not(people: People) -> None:
    make.EnrolmentFactory(state=EnrolmentState.ASKED, asked=True, pair=people.pair)
    home = reverse("home")

    told = signed_in(people.by_role["analyst"]).get(home).content.decode()
    reading = signed_in(people.by_role["moderator"]).get(home).content.decode()

    assert "1 body asks for support" in told
    assert "asks for support" not in reading


def test_side_of_an_enrolment_is_one_body(people: People) -> None:
    row = make.EnrolmentFactory(pair=people.pair, side=Side.AUTHORITY)

    board = signed_in(people.by_role["board_signatory"])

    assert board.get(reverse("support:enrolment", args=[row.pk])).status_code == 404
