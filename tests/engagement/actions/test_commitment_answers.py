"""Changes, closures and updates sent back: who asks, who answers, once, and what is kept."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from authorities.models import AuditEvent, Notice
from engagement.actions import commitment_answers as answers
from engagement.actions import commitments
from engagement.actions.commitment_answers import Terms
from engagement.actions.commitment_rows import FormUsedError, PastDateError
from engagement.commitment_lifecycle import Event, Guard
from engagement.models import (
    AskedState,
    Commitment,
    CommitmentChange,
    CommitmentClosure,
    CommitmentState,
    CommitmentStatus,
    CommitmentUpdateReturn,
    Side,
)
from tests.engagement.commitment_people import refused
from tests.factories import reorganisations as change
from tests.factories.authorities import UserFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ClosedCommitmentFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LATER = date(2027, 9, 30)


def ask(commitment: Commitment, **said: Any) -> CommitmentChange:
    """Ask for a later date from the ICB's side, or for what is said otherwise."""
    fields = {
        name: said.pop(name)
        for name in ("title", "description", "target_date", "no_date_reason", "visibility")
        if name in said
    }
    terms = Terms(
        **{
            "title": commitment.title,
            "description": commitment.description,
            "target_date": LATER,
            "no_date_reason": "",
            "visibility": commitment.visibility,
            **fields,
        }
    )
    words: dict[str, Any] = {
        "side": Side.BOARD,
        "reason": "The data agreement came late.",
        "form_key": uuid.uuid4(),
        "by": UserFactory(),
        "at": NOW,
    }
    return answers.propose_change(commitment=commitment, terms=terms, **{**words, **said})


def close(commitment: Commitment, **said: Any) -> CommitmentClosure:
    """Ask from the authority's side to close as met, or what is said otherwise."""
    words: dict[str, Any] = {
        "side": Side.AUTHORITY,
        "final_status": CommitmentStatus.MET,
        "ending": "One list is used by all councils.",
        "form_key": uuid.uuid4(),
        "by": UserFactory(),
        "at": NOW,
    }
    return answers.propose_closure(commitment=commitment, **{**words, **said})


def act(event: Event, *, side: Side, **said: Any) -> Commitment:
    """Answer what was asked, as somebody of a side."""
    return answers.answer(event=event, side=side, **{"by": UserFactory(), "at": NOW, **said})


def test_until_the_other_side_answers_what_was_agreed_holds() -> None:
    row = AgreedCommitmentFactory(target_date=date(2027, 3, 31))

    asked = ask(row)

    row.refresh_from_db()
    assert (row.state, row.target_date) == (CommitmentState.AGREED, date(2027, 3, 31))
    assert (asked.old_target_date, asked.target_date) == (date(2027, 3, 31), LATER)
    audited = AuditEvent.objects.get(action="commitment.change_proposed")
    assert audited.body_id == row.pair.board_id
    assert "agreement" not in str(audited.detail)


def test_an_accepted_change_holds_and_keeps_what_was() -> None:
    row = AgreedCommitmentFactory()
    asked = ask(row, title="Share one list by autumn", description="Both sign.")
    before = (row.title, row.target_date)

    done = act(Event.ACCEPT_CHANGE, asked=asked, side=Side.AUTHORITY)

    assert (done.title, done.description, done.target_date) == (
        "Share one list by autumn",
        "Both sign.",
        LATER,
    )
    asked.refresh_from_db()
    assert asked.state == AskedState.ACCEPTED
    assert (asked.old_title, asked.old_target_date) == before


def test_a_refused_change_leaves_the_commitment_and_says_why() -> None:
    row = AgreedCommitmentFactory()
    asked = ask(row)
    with refused(Guard.REASON_GIVEN):
        act(Event.REFUSE_CHANGE, asked=asked, side=Side.AUTHORITY, reason=" ")

    act(Event.REFUSE_CHANGE, asked=asked, side=Side.AUTHORITY, reason="Winter comes first.")

    asked.refresh_from_db()
    row.refresh_from_db()
    assert (asked.state, asked.refused_reason) == (AskedState.REFUSED, "Winter comes first.")
    assert row.target_date == asked.old_target_date
    # It was answered, so another may be asked for.
    assert ask(row).state == AskedState.WAITS


def test_only_the_other_side_answers_and_only_who_asked_takes_back() -> None:
    asked = ask(AgreedCommitmentFactory())

    with refused(None):
        act(Event.ACCEPT_CHANGE, asked=asked, side=Side.BOARD)
    with refused(None):
        act(Event.REFUSE_CHANGE, asked=asked, side=Side.BOARD, reason="No")
    with refused(None):
        act(Event.TAKE_BACK_CHANGE, asked=asked, side=Side.AUTHORITY)
    act(Event.TAKE_BACK_CHANGE, asked=asked, side=Side.BOARD)

    with refused(Guard.STILL_WAITS):
        act(Event.ACCEPT_CHANGE, asked=asked, side=Side.AUTHORITY)


@pytest.mark.parametrize(
    ("said", "guard"),
    [
        ({"reason": " "}, Guard.REASON_GIVEN),
        ({"title": " "}, Guard.DATE_OR_REASON),
        ({"target_date": None}, Guard.DATE_OR_REASON),
        ({"no_date_reason": "It depends"}, Guard.DATE_OR_REASON),
        ({"target_date": date(2027, 3, 31)}, Guard.SOMETHING_CHANGES),
    ],
)
def test_an_incomplete_change_is_refused_and_not_stored(said: dict[str, Any], guard: Guard) -> None:
    row = AgreedCommitmentFactory(target_date=date(2027, 3, 31))

    with refused(guard):
        ask(row, **said)

    assert not CommitmentChange.objects.exists()


def test_a_new_date_is_still_to_come_and_an_old_one_may_stay() -> None:
    row = AgreedCommitmentFactory(target_date=date(2026, 10, 1))

    with pytest.raises(PastDateError):
        ask(row, target_date=date(2026, 11, 22))

    assert ask(row, title="Other words", target_date=date(2026, 10, 1)).pk


def test_one_change_waits_at_a_time_and_none_is_closed_over() -> None:
    row = AgreedCommitmentFactory()
    ask(row)

    with refused(Guard.NO_CHANGE_WAITS):
        ask(row, title="Other words", side=Side.AUTHORITY)
    with refused(Guard.NO_CHANGE_WAITS):
        close(row)


@pytest.mark.parametrize("send", [ask, close])
def test_the_same_form_asks_once_and_stands_for_nothing_else(send: Any) -> None:
    row, key = AgreedCommitmentFactory(), uuid.uuid4()
    first = send(row, form_key=key)

    assert send(row, form_key=key).pk == first.pk
    with pytest.raises(FormUsedError):
        send(AgreedCommitmentFactory(), form_key=key)


def test_a_commitment_is_closed_by_both_and_then_nothing_changes() -> None:
    row = AgreedCommitmentFactory()
    asked = close(row)
    row.refresh_from_db()
    assert row.state == CommitmentState.CLOSING

    done = act(Event.CONFIRM_CLOSURE, asked=asked, side=Side.BOARD)

    assert (done.state, done.final_status, done.closed_at) == ("closed", "met", NOW)
    with refused(None):
        ask(row)
    with refused(None):
        close(row)
    with refused(None):
        commitments.update(
            commitment=row,
            side=Side.BOARD,
            status=CommitmentStatus.MET,
            narrative="",
            form_key=uuid.uuid4(),
            by=UserFactory(),
            at=NOW,
        )


def test_who_keeps_it_open_says_why_and_it_can_be_asked_again() -> None:
    row = AgreedCommitmentFactory()
    asked = close(row)
    with refused(Guard.REASON_GIVEN):
        act(Event.REFUSE_CLOSURE, asked=asked, side=Side.BOARD, reason="")

    done = act(Event.REFUSE_CLOSURE, asked=asked, side=Side.BOARD, reason="One council is out.")
    again = close(row)

    assert done.state == CommitmentState.AGREED
    with refused(Guard.STILL_WAITS):
        act(Event.CONFIRM_CLOSURE, asked=asked, side=Side.BOARD)
    assert act(Event.CONFIRM_CLOSURE, asked=again, side=Side.BOARD).state == "closed"


def test_nobody_closes_alone_and_who_asked_may_take_it_back() -> None:
    row = AgreedCommitmentFactory()
    asked = close(row)

    with refused(None):
        act(Event.CONFIRM_CLOSURE, asked=asked, side=Side.AUTHORITY)
    with refused(None):
        act(Event.TAKE_BACK_CLOSURE, asked=asked, side=Side.BOARD)
    done = act(Event.TAKE_BACK_CLOSURE, asked=asked, side=Side.AUTHORITY)

    assert done.state == CommitmentState.AGREED


@pytest.mark.parametrize(
    "said",
    [
        {"final_status": CommitmentStatus.ON_TRACK},
        {"final_status": CommitmentStatus.NO_PROGRESS},
        {"final_status": ""},
        {"ending": " "},
    ],
)
def test_closing_needs_a_final_status_and_a_sentence(said: dict[str, Any]) -> None:
    with refused(Guard.FINAL_STATUS):
        close(AgreedCommitmentFactory(), **said)

    assert not CommitmentClosure.objects.exists()


@pytest.mark.parametrize("factory", [CommitmentFactory, ClosedCommitmentFactory])
def test_only_what_is_agreed_is_changed_or_closed(factory: Any) -> None:
    row = factory()

    with refused(None):
        ask(row)
    with refused(None):
        close(row)


def test_the_same_answer_twice_is_one() -> None:
    asked, person = close(AgreedCommitmentFactory()), UserFactory()

    once = act(Event.CONFIRM_CLOSURE, asked=asked, side=Side.BOARD, by=person)
    again = act(Event.CONFIRM_CLOSURE, asked=asked, side=Side.BOARD, by=person)

    assert once.closed_at == again.closed_at
    assert AuditEvent.objects.filter(action="commitment.confirm_closure").count() == 1


@pytest.mark.parametrize(("side", "body"), [(Side.BOARD, "board"), (None, "")])
def test_the_other_side_and_the_centre_send_an_update_back(side: Side | None, body: str) -> None:
    update = CommitmentUpdateFactory(side=Side.AUTHORITY)

    made = answers.send_back(
        update=update, side=side, comment="Which councils?", by=UserFactory(), at=NOW
    )

    assert (made.update, made.side, made.comment) == (update, side or "", "Which councils?")
    audited = AuditEvent.objects.get(action="commitment.update_sent_back")
    pair = update.commitment.pair
    assert audited.body_id == (getattr(pair, body).pk if body else None)
    told = Notice.objects.get(kind="commitment.update_returned")
    assert told.body_id == pair.authority_id


def test_what_may_not_be_sent_back_is_not() -> None:
    update = CommitmentUpdateFactory(side=Side.AUTHORITY, at=NOW)
    person = UserFactory()

    with refused(None):
        answers.send_back(update=update, side=Side.AUTHORITY, comment="Hm", by=person, at=NOW)
    with refused(Guard.COMMENT_GIVEN):
        answers.send_back(update=update, side=Side.BOARD, comment=" ", by=person, at=NOW)
    answers.send_back(update=update, side=Side.BOARD, comment="Which?", by=person, at=NOW)
    # The same again is one; another comment comes too late.
    answers.send_back(update=update, side=Side.BOARD, comment="Which?", by=person, at=NOW)
    with refused(Guard.NOT_SENT_BACK_YET):
        answers.send_back(update=update, side=None, comment="Where?", by=UserFactory(), at=NOW)
    assert CommitmentUpdateReturn.objects.count() == 1


def test_an_update_that_was_followed_by_another_is_not_sent_back() -> None:
    first = CommitmentUpdateFactory(side=Side.AUTHORITY)
    CommitmentUpdateFactory(commitment=first.commitment, side=Side.AUTHORITY, at=NOW)

    with refused(Guard.NEWEST_OF_ITS_SIDE):
        answers.send_back(update=first, side=Side.BOARD, comment="Which?", by=UserFactory(), at=NOW)


def test_the_other_side_is_told_what_it_is_asked_and_who_asked_of_the_answer() -> None:
    row = AgreedCommitmentFactory()
    act(Event.REFUSE_CHANGE, asked=ask(row), side=Side.AUTHORITY, reason="Winter first.")
    act(Event.CONFIRM_CLOSURE, asked=close(row), side=Side.BOARD)

    told = dict(Notice.objects.values_list("kind", "body_id"))
    pair = row.pair
    assert told["commitment.change_proposed"] == pair.authority_id
    assert told["commitment.change_refused"] == pair.board_id
    assert told["commitment.closure_proposed"] == pair.board_id
    assert told["commitment.closed"] == pair.authority_id


@pytest.mark.parametrize("send", [ask, close])
def test_what_waits_when_a_body_ends_is_taken_back_and_the_commitment_goes_on(send: Any) -> None:
    change.small_country()
    row: Commitment = AgreedCommitmentFactory(pair=change.pair("south", "mid"))
    asked = send(row, at=timezone.now())

    change.applied(change.boards_merge())

    row.refresh_from_db()
    asked.refresh_from_db()
    assert (row.state, row.needs_reconfirmation) == (CommitmentState.AGREED, True)
    assert row.origin_pair == change.pair("south", "mid")
    assert (asked.state, asked.answered_by) == (AskedState.TAKEN_BACK, None)


def test_what_is_closed_stays_with_the_pair_that_closed_it() -> None:
    change.small_country()
    row: Commitment = ClosedCommitmentFactory(pair=change.pair("south", "mid"))

    change.applied(change.boards_merge())

    row.refresh_from_db()
    assert (row.pair, row.state) == (change.pair("south", "mid"), CommitmentState.CLOSED)
