"""The database refuses what must never hold of support, whoever writes."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from engagement.models import (
    AmbassadorPair,
    Enrolment,
    EnrolmentState,
    LinkState,
    OfferState,
    PeerLink,
    SessionAttendance,
    Side,
    SupportOffer,
)
from engagement.support_lifecycle import LIVES, STATES_OF, Noun
from tests.factories import support as make
from tests.factories.authorities import PairFactory, UserFactory

pytestmark = pytest.mark.django_db

MAKE = {
    "offer": make.OfferFactory,
    "enrolment": make.EnrolmentFactory,
    "session": make.SessionFactory,
    "ambassador": make.AmbassadorFactory,
    "link": make.LinkFactory,
    "shared": make.SharedNoteFactory,
    "private": make.PrivateNoteFactory,
}


def refused(words: str) -> Any:
    return pytest.raises(DatabaseError, match=words)


@pytest.mark.parametrize(
    ("what", "wrong", "constraint"),
    [
        ("offer", {"title": ""}, "offer_says_what_it_is"),
        ("offer", {"group_code": ""}, "offer_says_what_it_is"),
        ("offer", {"ends_on": date(2026, 1, 4)}, "offer_ends_after_it_starts"),
        ("offer", {"capacity": 0}, "offer_has_a_place_at_least"),
        (
            "enrolment",
            {"declined_reason": "No time."},
            "only_a_declined_enrolment_says_why",
        ),
        ("session", {"title": ""}, "session_has_a_title"),
        ("ambassador", {"shares": ""}, "ambassador_says_what_it_shares"),
        ("ambassador", {"withdrawn_at": make.BEGAN}, "withdrawn_ambassador_says_by_whom"),
        ("link", {"declined_reason": "No time."}, "only_a_declined_link_says_why"),
        ("shared", {"text": ""}, "sharedsupportnote_says_something"),
        ("private", {"text": ""}, "privatesupportnote_says_something"),
    ],
)
def test_an_incomplete_row_is_refused(what: str, wrong: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        MAKE[what](**wrong)


@pytest.mark.parametrize(
    ("row", "state", "constraint"),
    [
        ("enrolment", "accepted", "answered_enrolment_says_when_and_by_whom"),
        ("enrolment", "declined", "answered_enrolment_says_when_and_by_whom"),
        ("link", "accepted", "answered_link_says_when_and_by_whom"),
        ("link", "declined", "answered_link_says_when_and_by_whom"),
    ],
)
def test_an_answer_says_when_and_by_whom(row: str, state: str, constraint: str) -> None:
    made = MAKE[row]()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make.stepped(made, state)


def test_an_end_says_what_came_of_it() -> None:
    under_way = make.answered(EnrolmentState.ACCEPTED, EnrolmentState.UNDER_WAY)
    with refused("ended_enrolment_says_what_came_of_it"), transaction.atomic():
        make.stepped(under_way, EnrolmentState.ENDED, outcome="")

    asked = make.EnrolmentFactory(state=EnrolmentState.ASKED, asked=True)
    with refused("enrolment_not_given_says_why"), transaction.atomic():
        make.stepped(asked, EnrolmentState.NOT_GIVEN)

    link = make.accepted_link()
    with refused("ended_link_says_what_came_of_it"), transaction.atomic():
        make.stepped(link, LinkState.ENDED, ended_at=make.BEGAN)


def test_a_state_is_one_that_there_is() -> None:
    # The triggers refuse an unknown state first; the constraints hold without them.
    names = {
        constraint.name
        for model in (SupportOffer, Enrolment, PeerLink)
        for constraint in model._meta.constraints
    }

    assert {
        "offer_state_is_known",
        "enrolment_state_is_known",
        "peer_link_state_is_known",
    } <= names


def _at(noun: Noun, state: str) -> Any:
    """A row in a state, by the shortest way that the table has."""
    if noun is Noun.OFFER:
        ways = {"draft": (), "open": ("open",), "closed": ("open", "closed")}
        return make.stepped(make.OfferFactory(), *ways[state])
    if noun is Noun.LINK:
        ways = {"offered": (), "ended": ("accepted", "ended")}
        said = {
            "answered_at": make.BEGAN,
            "answered_by": UserFactory(),
            "ended_at": make.BEGAN,
            "ended_words": "Done.",
        }
        return make.stepped(make.LinkFactory(), *ways.get(state, (state,)), **said)
    if state in ("asked", "not_given"):
        made = make.EnrolmentFactory(state="asked", asked=True)
        return make.stepped(
            made, *((state,) if state == "not_given" else ()), not_given_reason="Full."
        )
    ways = {
        "offered": (),
        "under_way": ("accepted", "under_way"),
        "ended": ("accepted", "under_way", "ended"),
        "left": ("accepted", "left"),
    }
    return make.answered(*ways.get(state, (state,)))


@pytest.mark.parametrize(
    ("noun", "before"), [(noun, state) for noun in Noun for state in STATES_OF[noun]]
)
def test_a_state_changes_by_steps_of_the_table_alone(noun: Noun, before: Any) -> None:
    row = _at(noun, before.value)
    allowed = set(LIVES[noun].changes())
    for after in STATES_OF[noun]:
        if after == before or (before.value, after.value) in allowed:
            continue
        with refused(f"a support {noun.value} does not go from"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(state=after.value)


@pytest.mark.parametrize(
    ("what", "state", "words"),
    [
        ("offer", "open", "a support offer does not begin as"),
        ("enrolment", "accepted", "a support enrolment does not begin as"),
        ("link", "accepted", "a support link does not begin as"),
    ],
)
def test_nothing_begins_in_the_middle(what: str, state: str, words: str) -> None:
    with refused(words), transaction.atomic():
        MAKE[what](state=state)


@pytest.mark.parametrize(
    ("what", "trigger"),
    [
        ("offer", "offer_never_deleted"),
        ("enrolment", "enrolment_never_deleted"),
        ("session", "session_never_deleted"),
        ("ambassador", "ambassador_never_deleted"),
        ("link", "link_never_deleted"),
        ("shared", "append_only"),
        ("private", "append_only"),
    ],
)
def test_nothing_is_deleted(what: str, trigger: str) -> None:
    made = MAKE[what]()

    with refused(trigger), transaction.atomic():
        type(made).objects.filter(pk=made.pk).delete()


@pytest.mark.parametrize("what", ["shared", "private"])
def test_a_note_is_never_changed(what: str) -> None:
    made = MAKE[what]()

    with refused("append_only"), transaction.atomic():
        type(made).objects.filter(pk=made.pk).update(text="Other words")


def test_a_meeting_and_a_named_pair_stay() -> None:
    meeting = make.MeetingFactory()
    named = AmbassadorPair.objects.create(
        ambassador=meeting.link.ambassador, pair=meeting.link.pair
    )

    for row in (meeting, named):
        with refused("append_only"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()
    with refused("ambassador_names_a_pair_once"), transaction.atomic():
        AmbassadorPair.objects.create(ambassador=named.ambassador, pair=named.pair)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", "Another"),
        ("description", "Another"),
        ("group_code", "red"),
        ("aimed_at", "less_engaged"),
        ("need", "peer_learning"),
        ("run_by", "Another"),
        ("starts_on", date(2026, 2, 1)),
        ("capacity", 3),
    ],
)
def test_what_bodies_read_stays_once_they_answered(column: str, value: Any) -> None:
    made = make.answered(EnrolmentState.DECLINED)

    with refused("an offer stays as bodies read it when they answered"), transaction.atomic():
        SupportOffer.objects.filter(pk=made.offer_id).update(**{column: value})


def test_the_last_day_the_notes_and_the_state_may_change_after_an_answer() -> None:
    made = make.answered(EnrolmentState.ACCEPTED)

    SupportOffer.objects.filter(pk=made.offer_id).update(
        ends_on=date(2027, 1, 1), notes="Ask for another.", state=OfferState.CLOSED
    )

    assert SupportOffer.objects.get(pk=made.offer_id).notes == "Ask for another."


def test_an_offer_that_nobody_answered_may_change() -> None:
    made = make.EnrolmentFactory()

    SupportOffer.objects.filter(pk=made.offer_id).update(title="Another")

    assert SupportOffer.objects.get(pk=made.offer_id).title == "Another"


@pytest.mark.parametrize("what", ["enrolment", "ambassador", "link"])
@pytest.mark.parametrize("side", Side.values)
def test_a_body_is_that_side_of_its_pair(what: str, side: str) -> None:
    pair = PairFactory()
    other = Side.BOARD if side == Side.AUTHORITY else Side.AUTHORITY

    with refused("the body is not that side of the pair"), transaction.atomic():
        MAKE[what](pair=pair, side=side, body=make.body_of(pair, other))


@pytest.mark.parametrize(
    ("what", "group", "words"),
    [
        ("ambassador", "amber", "the published group of this pair is not green"),
        ("ambassador", None, "the published group of this pair is not green"),
        ("link", "green", "the published group of this pair is not amber"),
        ("link", "red", "the published group of this pair is not amber"),
    ],
)
def test_peers_are_of_the_groups_for_it(what: str, group: str | None, words: str) -> None:
    pair = PairFactory()
    placement = make.placed(pair, group)

    with refused(words), transaction.atomic():
        MAKE[what](pair=pair, placement=placement)


def test_the_placement_is_of_the_same_pair() -> None:
    with refused("the published group of this pair is not green"), transaction.atomic():
        make.AmbassadorFactory(placement=make.placed(PairFactory(), "green"))


@pytest.mark.parametrize("changed", [{"asked": True}, {"began_at": make.BEGAN.replace(day=3)}])
def test_whose_an_enrolment_is_and_how_it_began_stays(changed: dict[str, Any]) -> None:
    made = make.EnrolmentFactory()

    with refused("enrolment_stays_whose_it_is"), transaction.atomic():
        Enrolment.objects.filter(pk=made.pk).update(**changed)


def test_one_enrolment_of_a_side_stands_at_a_time() -> None:
    one = make.EnrolmentFactory()
    again = {"offer": one.offer, "pair": one.pair, "side": one.side, "body": one.body}

    with refused("enrolment_stands_once"), transaction.atomic():
        make.EnrolmentFactory(**again)

    make.stepped(one, EnrolmentState.WITHDRAWN)
    assert make.EnrolmentFactory(**again).pk


def test_one_link_and_one_ambassador_stand_at_a_time() -> None:
    link = make.LinkFactory()
    placement = link.placement

    with refused("link_stands_once"), transaction.atomic():
        make.LinkFactory(ambassador=link.ambassador, pair=link.pair, placement=placement)
    host = link.ambassador
    with refused("ambassador_once_for_a_side"), transaction.atomic():
        make.AmbassadorFactory(pair=host.pair, placement=host.placement)


def test_an_ambassador_is_marked_once_and_never_changed() -> None:
    made = make.AmbassadorFactory()
    with refused("an ambassador stays as it was written"), transaction.atomic():
        type(made).objects.filter(pk=made.pk).update(shares="Other words")
    made.refresh_from_db()
    made.withdrawn_at, made.withdrawn_by = make.BEGAN, UserFactory()
    made.save()

    with refused("an ambassador stays as it was written"), transaction.atomic():
        type(made).objects.filter(pk=made.pk).update(withdrawn_at=None, withdrawn_by=None)


def test_the_last_place_is_taken_once() -> None:
    offer = make.open_offer(capacity=1)
    first, second = (make.EnrolmentFactory(offer=offer) for _ in range(2))
    given = {"answered_at": make.BEGAN, "answered_by": UserFactory()}
    make.stepped(first, EnrolmentState.ACCEPTED, **given)

    with (
        refused("the offer is not open, or all its places are taken"),
        transaction.atomic(),
    ):
        make.stepped(second, EnrolmentState.ACCEPTED, **given)

    make.stepped(first, EnrolmentState.LEFT)
    second.refresh_from_db()
    assert make.stepped(second, EnrolmentState.ACCEPTED, **given).state == "accepted"


def test_nobody_joins_what_is_closed() -> None:
    made = make.EnrolmentFactory()
    make.stepped(made.offer, OfferState.CLOSED)

    with (
        refused("the offer is not open, or all its places are taken"),
        transaction.atomic(),
    ):
        make.stepped(
            made, EnrolmentState.ACCEPTED, answered_at=make.BEGAN, answered_by=UserFactory()
        )


def test_a_body_attends_what_it_takes_part_in_and_is_counted_once() -> None:
    taking_part = make.answered(EnrolmentState.ACCEPTED)
    session = make.SessionFactory(offer=taking_part.offer)
    SessionAttendance.objects.create(session=session, enrolment=taking_part)

    with refused("attendance_once_a_session"), transaction.atomic():
        SessionAttendance.objects.create(session=session, enrolment=taking_part)
    for other in (
        make.answered(EnrolmentState.ACCEPTED),
        make.EnrolmentFactory(offer=taking_part.offer),
    ):
        with refused("a body attends sessions of what it takes part in"), transaction.atomic():
            SessionAttendance.objects.create(session=session, enrolment=other)
