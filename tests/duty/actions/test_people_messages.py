"""Of whom has never signed in a body hears on the fifth working day of a round."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from authorities.models import Role, User
from duty.actions import people_messages
from duty.models import Round, RoundState
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import ExpectedReturnFactory, RoundFactory

pytestmark = pytest.mark.django_db

# A Wednesday; Good Friday is the third of April, Easter Monday the sixth.
OPENS = date(2026, 4, 1)
FIFTH = date(2026, 4, 10)
DUE = date(2026, 5, 8)


def opened(**said: object) -> Round:
    """A round around the Easter of 2026 that expects one authority; nobody has signed in."""
    days_of_it = {"opens_on": OPENS, "due_on": DUE, "edits_until": DUE + timedelta(days=7)}
    made: Round = RoundFactory(**(days_of_it | said))
    row = ExpectedReturnFactory(round=made)
    for role in (Role.EDITOR, Role.SIGNATORY):
        MembershipFactory(body=row.authority, role=role)
    return made


def days(first: date, last: date) -> list[date]:
    return [draft.day for draft in people_messages.drafts(first=first, last=last)]


def test_bank_holidays_and_week_ends_do_not_count():
    opened()

    assert days(OPENS, DUE) == [FIFTH]
    assert days(OPENS, FIFTH - timedelta(days=1)) == []


def test_a_morning_that_was_missed_is_made_good():
    opened()

    assert days(FIFTH + timedelta(days=3), DUE) == [FIFTH + timedelta(days=3)]


def test_after_the_due_day_it_is_too_late():
    opened(due_on=FIFTH - timedelta(days=1))

    assert days(OPENS, DUE) == []


def test_a_body_whose_people_have_all_signed_in_is_not_told():
    opened()
    User.objects.update(last_login=timezone.now())

    assert days(OPENS, DUE) == []


def test_a_round_that_is_not_open_tells_nobody():
    opened(state=RoundState.CLOSED)

    assert days(OPENS, DUE) == []
