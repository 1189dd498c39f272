"""Bodies are told of what they are offered, who offered it of the answer, and of sessions soon."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from authorities.actions import messages
from authorities.models import Message, Notice, User
from authorities.notices import drafts
from engagement.actions import enrolments, peers, support_messages
from engagement.models import Enrolment, EnrolmentState, Side
from engagement.support_lifecycle import Actor, Event
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories import support as make
from tests.factories.authorities import MembershipFactory

pytestmark = pytest.mark.django_db

CANARY = "canary-77e0"


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


def told(kind: str) -> set[User]:
    """Who is written to, after the morning's mail."""
    messages.address_due(at=timezone.now() + timedelta(days=1))
    found = Message.objects.filter(notice__kind=kind).select_related("recipient")
    return {row.recipient for row in found}


def side_of(people: People, side: str) -> set[User]:
    return {people.by_role[f"{side}_editor"], people.by_role[f"{side}_signatory"]}


def offered(people: People, **said: object) -> Enrolment:
    row: Enrolment = make.EnrolmentFactory(
        pair=people.pair,
        offer=make.open_offer(title=CANARY),
        began_by=people.by_role["analyst"],
        **said,
    )
    support_messages.tell_of_beginning(enrolment=row, at=timezone.now())
    return row


def step(row: Enrolment, event: Event, people: People, *, words: str = "") -> None:
    enrolments.take_step(
        enrolment=row,
        event=event,
        actor=Actor.BODY,
        words=words,
        by=people.by_role["board_signatory"],
        at=timezone.now(),
    )


def test_an_offer_is_told_to_its_body_alone_and_quotes_nothing(people: People) -> None:
    row = offered(people)

    assert told("support.offered") == side_of(people, "board")
    text = Message.objects.all()[0].text
    assert f"/support/enrolments/{row.pk}/" in text
    assert "voluntary" in text
    assert CANARY not in text


def test_it_is_told_once(people: People) -> None:
    row = offered(people)
    support_messages.tell_of_beginning(enrolment=row, at=timezone.now())

    assert Notice.objects.filter(kind="support.offered").count() == 1


def test_what_was_withdrawn_before_the_mail_is_not_told(people: People) -> None:
    make.stepped(offered(people), EnrolmentState.WITHDRAWN)

    assert told("support.offered") == set()


@pytest.mark.parametrize(
    ("event", "words"), [(Event.ACCEPT, "accepted"), (Event.DECLINE, "declined")]
)
def test_an_answer_is_told_to_who_offered_it_and_never_the_word_why(
    people: People, event: Event, words: str
) -> None:
    step(offered(people), event, people, words=CANARY)

    assert told("support.answered") == {people.by_role["analyst"]}
    message = Message.objects.get(notice__kind="support.answered")
    assert words in message.subject
    assert CANARY not in message.text + message.subject


def test_a_request_is_told_to_those_who_write_on_the_desk(people: People) -> None:
    offered(people, state=EnrolmentState.ASKED, asked=True)

    assert told("support.asked") == {people.by_role["analyst"], people.by_role["lead_analyst"]}


@pytest.mark.parametrize("event", [Event.GIVE, Event.TURN_DOWN])
def test_what_the_centre_decides_is_told_to_the_body(people: People, event: Event) -> None:
    row = offered(people, state=EnrolmentState.ASKED, asked=True)
    enrolments.take_step(
        enrolment=row,
        event=event,
        actor=Actor.CENTRE,
        words=CANARY,
        by=people.by_role["analyst"],
        at=timezone.now(),
    )

    assert told("support.decided") == side_of(people, "board")
    assert not Message.objects.filter(text__contains=CANARY).exists()


def test_a_session_is_told_three_days_ahead_to_who_takes_part_once() -> None:
    one = make.answered(EnrolmentState.ACCEPTED)
    make.EnrolmentFactory(offer=one.offer)
    make.answered(EnrolmentState.ACCEPTED, EnrolmentState.LEFT, offer=one.offer)
    session = make.SessionFactory(offer=one.offer, held_on=date(2026, 3, 20))

    def due(first: date) -> list[tuple[date, object]]:
        found = drafts(first=first, last=first)
        return [(row.day, row.body_id) for row in found if row.kind == "support.session_soon"]

    assert due(date(2026, 3, 16)) == []
    assert due(date(2026, 3, 17)) == [(date(2026, 3, 17), one.body_id)]
    # A missed morning is made good, under the same key.
    assert due(date(2026, 3, 19)) == [(date(2026, 3, 19), one.body_id)]
    assert due(date(2026, 3, 20)) == []
    keys = {
        row.key
        for day in (17, 18, 19)
        for row in support_messages.drafts(first=date(2026, 3, day), last=date(2026, 3, day))
    }
    assert keys == {f"{session.pk} {one.body_id} 2026-03-20"}


def test_a_session_that_is_moved_is_told_anew_and_the_day_before_no_more() -> None:
    one = make.answered(EnrolmentState.ACCEPTED)
    session = make.SessionFactory(offer=one.offer, held_on=timezone.localdate() + timedelta(days=3))
    person = MembershipFactory(body=one.body, role="signatory").user
    # The day's notices are written from 7 in London on.
    at = datetime.combine(timezone.localdate(), time(12), tzinfo=UTC)
    messages.announce_day(at=at)
    session.held_on += timedelta(days=1)
    session.save()
    messages.announce_day(at=at + timedelta(days=1))

    messages.address_due(at=at + timedelta(days=2))

    days = [row.notice.details["held_on"] for row in Message.objects.filter(recipient=person)]
    assert days == [session.held_on.isoformat()]


def test_a_peer_link_is_told_to_who_is_asked_and_then_to_the_ambassador(people: People) -> None:
    host = make.AmbassadorFactory(
        pair=people.pair, side=Side.AUTHORITY, shares=CANARY, open_to_any=True
    )
    guest = people_pair_of_strangers(people)
    link = make.LinkFactory(
        ambassador=host,
        pair=guest,
        proposed_by=people.by_role["analyst"],
        about=CANARY,
    )
    support_messages.tell_of_link(link=link, at=timezone.now())
    asked = side_of(people, "other_board")

    assert told("support.link_proposed") == asked
    assert told("support.link_answered") == set()

    peers.take_step(
        link=link,
        event=Event.ACCEPT,
        actor=Actor.BODY,
        body=link.body,
        words="",
        by=people.by_role["other_board_signatory"],
        at=timezone.now(),
    )
    assert told("support.link_answered") == {
        people.by_role["analyst"],
        *side_of(people, "authority"),
    }
    assert not Message.objects.filter(text__contains=CANARY).exists()


def people_pair_of_strangers(people: People) -> object:
    """The pair whose bodies the other people of the fixture are of."""
    body = people.by_role["other_board_editor"].memberships.get().body
    return body.integratedcareboard.pairs.get()
