"""The centre writes what support there is: who may change what, once, and what the audit keeps."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest

from authorities.models import AuditEvent
from engagement.actions import support_offers
from engagement.actions.support_offers import (
    FormUsedError,
    OfferRefusedError,
    OfferText,
    StaleOfferError,
)
from engagement.models import Aim, EnrolmentState, Need, OfferState, SupportOffer
from engagement.support_lifecycle import Event, SupportRefusedError
from tests.factories import support as make
from tests.factories.authorities import UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _groups() -> None:
    make.groups()


def text(**said: Any) -> OfferText:
    words: dict[str, Any] = {
        "title": " Peer group ",
        "description": "Six meetings.",
        "group_code": "amber",
        "aimed_at": Aim.BOTH,
        "need": Need.PEER_LEARNING,
        "run_by": "A partner",
        "starts_on": date(2026, 5, 1),
        "ends_on": None,
        "capacity": 6,
        "notes": "",
    }
    return OfferText(**{**words, **said})


def draft(**said: Any) -> SupportOffer:
    key = said.pop("form_key", uuid.uuid4())
    return support_offers.draft(text=text(**said), form_key=key, by=UserFactory(), at=NOW)


def test_a_draft_is_stored_once_with_its_audit_row() -> None:
    key = uuid.uuid4()

    made, again = draft(form_key=key), draft(form_key=key)

    assert made.pk == again.pk
    assert (made.title, made.state, made.need) == ("Peer group", "draft", "peer_learning")
    assert AuditEvent.objects.filter(action="support_offer.drafted").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"description": ""}, "description"),
        ({"run_by": ""}, "run_by"),
        ({"group_code": "blue"}, "group_code"),
        ({"ends_on": date(2026, 4, 30)}, "ends_on"),
        ({"capacity": 0}, "capacity"),
    ],
)
def test_an_incomplete_offer_is_refused_at_its_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(OfferRefusedError) as refused:
        draft(**wrong)

    assert refused.value.field == field
    assert not SupportOffer.objects.exists()


def test_a_stale_change_is_refused() -> None:
    made = draft()
    by = UserFactory()
    support_offers.change(offer=made, text=text(title="Another"), seen=1, by=by, at=NOW)

    with pytest.raises(StaleOfferError):
        support_offers.change(offer=made, text=text(title="Third"), seen=1, by=by, at=NOW)

    assert SupportOffer.objects.get().title == "Another"


def test_once_a_body_answered_the_last_day_and_the_notes_alone_change() -> None:
    made = make.stepped(draft(), OfferState.OPEN)
    make.answered(EnrolmentState.DECLINED, offer=made)
    by = UserFactory()

    with pytest.raises(OfferRefusedError, match="Bodies have answered") as refused:
        support_offers.change(
            offer=made, text=text(title="Peer group", run_by="Another"), seen=1, by=by, at=NOW
        )
    assert refused.value.field == "run_by"

    changed = support_offers.change(
        offer=made,
        text=text(title="Peer group", ends_on=date(2026, 12, 1), notes="Ask again."),
        seen=1,
        by=by,
        at=NOW,
    )
    assert (changed.ends_on, changed.notes) == (date(2026, 12, 1), "Ask again.")


def test_an_offer_is_opened_closed_and_opened_again() -> None:
    made, by = draft(), UserFactory()
    for event, state in (("open", "open"), ("close", "closed"), ("reopen", "open")):
        made = support_offers.take_step(offer=made, event=Event(event), by=by, at=NOW)
        assert made.state == state

    with pytest.raises(SupportRefusedError, match="is open"):
        support_offers.take_step(offer=made, event=Event.OPEN, by=by, at=NOW)


def test_a_session_lies_within_the_offer_and_is_stored_once() -> None:
    made = make.open_offer(starts_on=date(2026, 5, 1), ends_on=date(2026, 6, 1))
    said: dict[str, Any] = {"title": "First", "note": "", "by": UserFactory(), "at": NOW}
    for wrong in (date(2026, 4, 30), date(2026, 6, 2)):
        with pytest.raises(OfferRefusedError, match="between the first and the last day"):
            support_offers.add_session(offer=made, held_on=wrong, form_key=uuid.uuid4(), **said)
    with pytest.raises(OfferRefusedError, match="what the session is called"):
        support_offers.add_session(
            offer=made, held_on=date(2026, 5, 2), form_key=uuid.uuid4(), **{**said, "title": " "}
        )

    key = uuid.uuid4()
    for _ in range(2):
        support_offers.add_session(offer=made, held_on=date(2026, 5, 2), form_key=key, **said)
    assert made.sessions.count() == 1
    with pytest.raises(FormUsedError):
        support_offers.add_session(
            offer=make.open_offer(), held_on=date(2026, 5, 2), form_key=key, **said
        )


def test_who_was_at_a_session_may_be_put_right() -> None:
    one = make.answered(EnrolmentState.ACCEPTED)
    two = make.answered(EnrolmentState.ACCEPTED, EnrolmentState.LEFT, offer=one.offer)
    session: Any = make.SessionFactory(offer=one.offer)
    by = UserFactory()

    session = support_offers.keep_session(
        session=session, enrolments=[one.pk], note="Good.", seen=1, by=by, at=NOW
    )
    session = support_offers.keep_session(
        session=session, enrolments=[two.pk], note="Good.", seen=2, by=by, at=NOW
    )

    assert [row.enrolment_id for row in session.attendances.all()] == [two.pk]
    with pytest.raises(StaleOfferError):
        support_offers.keep_session(session=session, enrolments=[], note="", seen=2, by=by, at=NOW)
    stranger = make.answered(EnrolmentState.ACCEPTED)
    with pytest.raises(OfferRefusedError, match="take part in this offer"):
        support_offers.keep_session(
            session=session, enrolments=[stranger.pk], note="", seen=3, by=by, at=NOW
        )
