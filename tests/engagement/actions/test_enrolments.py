"""Bodies are offered support, ask for it, answer and leave; nothing moves by it."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest

from authorities.models import AuditEvent, Pair
from engagement.actions import enrolments
from engagement.actions.enrolments import EmptyNoteError, EnrolmentRefusedError, FormUsedError
from engagement.models import Enrolment, EnrolmentState, OfferState, Side
from engagement.support_lifecycle import Actor, Event, SupportRefusedError
from outcomes.models import RecomputeRequest
from tests.factories import support as make
from tests.factories.authorities import PairFactory, UserFactory, between

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, 10, 0, tzinfo=UTC)
CANARY = "canary-5ab1"


def offer_to(*, pair: Pair | None = None, **said: Any) -> Enrolment:
    words: dict[str, Any] = {
        "offer": said.pop("offer", None) or make.open_offer(),
        "side": Side.BOARD,
        "form_key": uuid.uuid4(),
        "by": UserFactory(),
        "at": NOW,
    }
    return enrolments.offer_to(pair=pair or PairFactory(), **{**words, **said})


def step(row: Enrolment, event: str, *, actor: str = "body", words: str = "") -> Enrolment:
    return enrolments.take_step(
        enrolment=row,
        event=Event(event),
        actor=Actor(actor),
        words=words,
        by=UserFactory(),
        at=NOW,
    )


def test_an_offer_to_a_body_keeps_the_published_group_and_moves_nothing() -> None:
    pair = PairFactory()
    make.placed(pair, "pink")

    made = offer_to(pair=pair)

    assert (made.state, made.body_id, made.group, made.asked) == (
        EnrolmentState.OFFERED,
        pair.board_id,
        "pink",
        False,
    )
    assert AuditEvent.objects.get(action="enrolment.offered").body_id == pair.board_id
    assert not RecomputeRequest.objects.exists()


def test_a_working_placement_is_not_looked_at() -> None:
    assert offer_to().group is None


def test_the_same_form_is_stored_once_and_stands_for_one_body() -> None:
    pair, offer, key = PairFactory(), make.open_offer(), uuid.uuid4()

    one = offer_to(pair=pair, offer=offer, form_key=key)
    again = offer_to(pair=pair, offer=offer, form_key=key)

    assert one.pk == again.pk
    with pytest.raises(FormUsedError):
        offer_to(pair=PairFactory(), offer=offer, form_key=key)


@pytest.mark.parametrize("state", [OfferState.DRAFT, OfferState.CLOSED])
def test_only_an_open_offer_is_made(state: str) -> None:
    offer = make.OfferFactory()
    if state == OfferState.CLOSED:
        make.stepped(offer, OfferState.OPEN, OfferState.CLOSED)

    with pytest.raises(EnrolmentRefusedError, match="not open"):
        offer_to(offer=offer)


def test_an_offer_whose_last_day_is_over_is_not_made() -> None:
    with pytest.raises(EnrolmentRefusedError, match="is over"):
        offer_to(offer=make.open_offer(ends_on=date(2026, 3, 31)))


def test_a_pair_that_ended_is_offered_nothing() -> None:
    ended = PairFactory(overlap__valid=between(date(2020, 1, 1), date(2026, 1, 1)))

    with pytest.raises(EnrolmentRefusedError, match="serve no area together"):
        offer_to(pair=ended)


def test_what_stands_is_not_offered_again_and_what_was_declined_may_be() -> None:
    first = offer_to()
    with pytest.raises(EnrolmentRefusedError, match="already"):
        offer_to(pair=first.pair, offer=first.offer)

    step(first, "decline")

    assert offer_to(pair=first.pair, offer=first.offer).pk != first.pk


def test_a_body_asks_whatever_its_group_and_is_given_a_place() -> None:
    pair = PairFactory()
    made = enrolments.ask_for(
        offer=make.open_offer(),
        pair=pair,
        side=Side.AUTHORITY,
        form_key=uuid.uuid4(),
        by=UserFactory(),
        at=NOW,
    )

    given = step(made, "give", actor="centre")

    assert (made.state, made.asked, made.body_id) == ("asked", True, pair.authority_id)
    assert (given.state, given.answered_at) == ("accepted", NOW)


def test_a_request_that_cannot_be_given_says_why() -> None:
    made = make.EnrolmentFactory(state=EnrolmentState.ASKED, asked=True)
    with pytest.raises(SupportRefusedError, match="sentence or two"):
        step(made, "turn-down", actor="centre", words=" ")

    assert step(made, "turn-down", actor="centre", words="It is full.").not_given_reason == (
        "It is full."
    )


def test_the_whole_way_is_kept_with_its_days_and_what_came_of_it() -> None:
    row = offer_to()
    row = step(row, "accept")
    row = step(row, "start", actor="centre")
    row = step(row, "end", actor="centre", words="A shared plan.")

    assert (row.state, row.outcome) == ("ended", "A shared plan.")
    assert row.answered_at == row.started_at == row.finished_at == NOW
    kept = AuditEvent.objects.filter(target_id=str(row.pk)).order_by("pk")
    assert [one.action for one in kept] == [
        "enrolment.offered",
        "enrolment.accept",
        "enrolment.start",
        "enrolment.end",
    ]


def test_a_decline_needs_no_word_and_its_word_is_in_no_audit_row() -> None:
    assert step(offer_to(), "decline").declined_reason == ""

    assert step(offer_to(), "decline", words=CANARY).declined_reason == CANARY
    assert not AuditEvent.objects.filter(detail__icontains=CANARY).exists()


def test_a_body_leaves_at_any_time() -> None:
    for states in ((EnrolmentState.ACCEPTED,), (EnrolmentState.ACCEPTED, EnrolmentState.UNDER_WAY)):
        left = step(make.answered(*states), "leave")
        assert (left.state, left.finished_at) == ("left", NOW)


def test_the_last_place_is_refused_in_words_and_free_again_once_somebody_leaves() -> None:
    offer = make.open_offer(capacity=1)
    first, second = (make.EnrolmentFactory(offer=offer) for _ in range(2))
    step(first, "accept")
    with pytest.raises(SupportRefusedError, match="All places"):
        step(second, "accept")

    step(first, "leave")

    assert step(second, "accept").state == "accepted"


def test_the_same_answer_sent_twice_is_one_answer() -> None:
    row, by = offer_to(), UserFactory()
    said: dict[str, Any] = {"event": Event.ACCEPT, "actor": Actor.BODY, "words": "", "at": NOW}

    enrolments.take_step(enrolment=row, by=by, **said)
    enrolments.take_step(enrolment=row, by=by, **said)

    assert AuditEvent.objects.filter(action="enrolment.accept").count() == 1
    with pytest.raises(SupportRefusedError):
        enrolments.take_step(enrolment=row, by=UserFactory(), **said)


def test_notes_of_both_kinds_are_kept_apart_and_once() -> None:
    row, by = offer_to(), UserFactory()
    shared, private = uuid.uuid4(), uuid.uuid4()
    for _ in range(2):
        enrolments.share_note(enrolment=row, text=" For you ", form_key=shared, by=by, at=NOW)
        enrolments.keep_note(enrolment=row, text=CANARY, form_key=private, by=by, at=NOW)

    assert [note.text for note in row.shared_notes.all()] == ["For you"]
    assert [note.text for note in row.private_notes.all()] == [CANARY]
    # No list of what happened at the body shows that the centre wrote for itself.
    assert AuditEvent.objects.get(action="enrolment.note_kept").body_id is None
    for write in (enrolments.share_note, enrolments.keep_note):
        with pytest.raises(EmptyNoteError):
            write(enrolment=row, text=" ", form_key=uuid.uuid4(), by=by, at=NOW)
