"""One definition of overdue and of the last day, in Python and in SQL."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest

from duty.deadlines import is_overdue, london_date
from duty.models import DutyReturn, ExpectedReturn, Round, RoundState, Submission
from duty.queries.closings import awaiting_sign_off, with_closing
from duty.queries.listed_returns import listed_returns
from duty.queries.loaded import closing_of
from duty.queries.review import returns_of
from tests.factories.authorities import UserFactory
from tests.factories.duty import ExpectedReturnFactory, RoundFactory, send, tell_return, today

pytestmark = pytest.mark.django_db


def submit_once(made: DutyReturn) -> None:
    """Keep a submission of a return, whatever stands in it."""
    Submission.objects.create(
        duty_return=made,
        number=1,
        reference=made.pk.hex[:20],
        content={},
        content_sha256="0" * 64,
        submitted_at=made.started_at,
        submitted_by=UserFactory(),
        late=False,
        form_key=uuid4(),
    )


@pytest.mark.slow
@pytest.mark.parametrize("state", list(RoundState))
@pytest.mark.parametrize(
    ("return_state", "came"),
    [(None, False), ("in_progress", False), ("submitted", True), ("changes_requested", True)],
)
def test_python_and_the_database_say_the_same_on_every_day(state, return_state, came):
    # Clocks change in the midst of it, so the day in London is not always the day in UTC.
    round_ = RoundFactory(
        state=state,
        opens_on=date(2026, 9, 1),
        due_on=date(2026, 10, 20),
        edits_until=date(2026, 11, 3),
    )
    extensions = [None, (2, 3), (10, 20), (20, 20), (0, 33)]
    for extension in extensions:
        row = ExpectedReturnFactory(round=round_)
        if extension:
            row.extended_due_on = round_.due_on + timedelta(days=extension[0])
            row.extended_edits_until = round_.due_on + timedelta(days=extension[1])
            row.extension_reason = "Flood"
            row.save()
        if return_state:
            made = DutyReturn.objects.create(
                round=round_,
                authority=row.authority,
                state=return_state,
                started_at=round_.created_at,
            )
        if came:
            submit_once(made)
    seen = set()
    lists: dict[datetime, dict[UUID, bool]] = {}

    for offset, hour in product(range(-2, 36), (0, 12, 23)):
        day = round_.due_on + timedelta(days=offset)
        now = datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)
        rows = ExpectedReturn.objects.filter(round=round_).select_related("round")
        for found in with_closing(rows, today=london_date(now=now)):
            closing = closing_of(round_=found.round, expected=found)
            overdue = is_overdue(closing_date=closing.due_on, submitted=came, now=now)
            lists.setdefault(now, {})[found.authority_id] = overdue
            assert (found.due, found.until, found.extended) == (
                closing.due_on,
                closing.edits_until,
                closing.extended,
            )
            assert (found.overdue, found.takes_work) == (overdue, closing.is_open(now=now))
            seen.add(found.overdue)

    assert seen == ({False} if came else {True, False})
    # The lists and the API; once a day is enough, since each asks for all authorities.
    for now, said in list(lists.items())[::3]:
        reviewed = returns_of(round_=round_, now=now)
        listed = listed_returns(authorities=None, now=now)
        assert {line.authority_id: line.overdue for line in reviewed} == said
        assert {line.duty_return.authority_id: line.overdue for line in listed} == (
            said if return_state else {}
        )


def test_an_extension_takes_no_time_away_from_a_round_that_was_reopened_for_longer():
    row = ExpectedReturnFactory()
    row.extended_due_on = row.extended_edits_until = row.round.edits_until
    row.extension_reason = "Flood"
    row.save()
    later = row.round.edits_until + timedelta(days=9)
    Round.objects.filter(pk=row.round_id).update(edits_until=later)

    stored = with_closing(ExpectedReturn.objects.filter(pk=row.pk), today=today()).get()

    assert stored.until == later
    assert closing_of(round_=Round.objects.get(), expected=row).edits_until == later


@pytest.mark.slow
def test_only_returns_with_a_signatory_await_sign_off():
    waiting = tell_return()
    send(waiting)
    tell_return(slug="in-progress", round_=waiting.round)
    ExpectedReturnFactory(round=waiting.round)

    rows = awaiting_sign_off(round_id=waiting.round.pk, today=today())

    assert [row.authority for row in rows] == [waiting.authority]
