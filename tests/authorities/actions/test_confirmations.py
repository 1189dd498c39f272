"""Once a year a role is confirmed, or asked for twice and then ended."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from authorities.actions import confirmations, memberships, messages
from authorities.confirmations import standing_of
from authorities.models import AuditEvent, Membership, Message, Notice, Role
from tests.factories.authorities import MembershipFactory, NationalMembershipFactory

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 1, 15, 12, tzinfo=UTC)
DAY = timedelta(days=1)
DUE = BEGAN + 365 * DAY


@pytest.fixture
def lead() -> Membership:
    return MembershipFactory(role=Role.PEOPLE_LEAD, started_at=DUE)


@pytest.fixture
def held(lead) -> Membership:
    return MembershipFactory(body=lead.body, started_at=BEGAN)


def look(at: datetime) -> int:
    return confirmations.look_at_roles(today=timezone.localdate(at), at=at)


def told(at: datetime) -> dict[str, str]:
    messages.address_due(at=at + DAY)
    return dict(Message.objects.values_list("recipient__email", "subject"))


def ended(row: Membership) -> bool:
    row.refresh_from_db()
    return row.ended_at is not None


def test_a_role_stands_by_days():
    day = BEGAN.date()
    standings = [
        standing_of(confirmed_on=day, today=day + timedelta(days=number))
        for number in (334, 335, 365, 366)
    ]

    assert [(one.is_asked, one.is_overdue) for one in standings] == [
        (False, False),
        (True, False),
        (True, False),
        (True, True),
    ]


def test_it_is_asked_thirty_days_before_and_once(lead, held):
    counts = [look(DUE - 31 * DAY), look(DUE - 30 * DAY), look(DUE - 30 * DAY), look(DUE - 8 * DAY)]

    assert counts == [0, 1, 0, 0]
    [subject] = told(DUE - 8 * DAY).items()
    assert subject[0] == lead.user.email
    assert "confirm who still needs a role" in subject[1]


def test_it_is_asked_again_seven_days_before_and_once(held):
    look(DUE - 30 * DAY)

    counts = [look(DUE - 7 * DAY), look(DUE - 7 * DAY), look(DUE)]

    assert counts == [1, 0, 0]
    assert Notice.objects.filter(kind="people.to_confirm").count() == 2


def test_fourteen_days_after_its_day_it_ends_and_both_are_told(lead, held):
    look(DUE - 30 * DAY)
    look(DUE - 7 * DAY)
    counts = [look(DUE + 13 * DAY), look(DUE + 14 * DAY), look(DUE + 14 * DAY)]

    assert counts == [0, 1, 0]
    assert ended(held)
    assert AuditEvent.objects.get(action="membership.ended_unconfirmed").by is None
    letters = told(DUE + 14 * DAY)
    assert "has ended" in letters[held.user.email]
    assert "a role ended that nobody confirmed" in letters[lead.user.email]


def test_what_was_confirmed_is_left_alone_for_another_year(lead, held):
    look(DUE - 30 * DAY)
    at = DUE - 20 * DAY
    memberships.confirm(members=[held], body=lead.body, by=lead.user, at=at)

    assert look(DUE + 14 * DAY) == 0
    assert not ended(held)
    assert look(at + 335 * DAY) > 0


def test_after_a_long_silence_of_the_job_nobody_loses_a_role_unasked(held):
    late = DUE + 200 * DAY

    first = look(late)

    assert first > 0
    assert not ended(held)
    look(late + 13 * DAY)
    assert not ended(held)
    look(late + 14 * DAY)
    assert ended(held)


@pytest.mark.parametrize("role", [Role.SIGNATORY, Role.PEOPLE_LEAD])
def test_the_last_of_a_role_never_ends_by_itself(role):
    last = MembershipFactory(role=role, started_at=BEGAN)
    administrator = NationalMembershipFactory(role=Role.ADMINISTRATOR, started_at=DUE)
    look(DUE - 30 * DAY)

    look(DUE + 100 * DAY)

    assert not ended(last)
    assert administrator.user.email in told(DUE + 100 * DAY)


def test_of_two_signatories_who_are_not_confirmed_one_stays(lead):
    rows = [
        MembershipFactory(body=lead.body, role=Role.SIGNATORY, started_at=BEGAN) for _ in range(2)
    ]
    look(DUE - 30 * DAY)

    look(DUE + 14 * DAY)

    assert sorted(ended(row) for row in rows) == [False, True]


def test_the_last_administrator_stays():
    last = NationalMembershipFactory(role=Role.ADMINISTRATOR, started_at=BEGAN)
    look(DUE - 30 * DAY)

    look(DUE + 100 * DAY)

    assert not ended(last)


def test_where_nobody_leads_administrators_are_asked():
    MembershipFactory(started_at=BEGAN)
    administrator = NationalMembershipFactory(role=Role.ADMINISTRATOR, started_at=DUE)

    look(DUE - 30 * DAY)

    assert list(told(DUE - 30 * DAY)) == [administrator.user.email]


def test_a_lead_who_is_alone_is_confirmed_by_administrators():
    lead = MembershipFactory(role=Role.PEOPLE_LEAD, started_at=BEGAN)
    administrator = NationalMembershipFactory(role=Role.ADMINISTRATOR, started_at=DUE)

    look(DUE - 30 * DAY)

    assert list(told(DUE - 30 * DAY)) == [administrator.user.email]
    assert not ended(lead)


def test_a_role_that_ends_by_itself_before_is_not_asked_for(lead):
    MembershipFactory(body=lead.body, started_at=BEGAN, ended_at=DUE - DAY)

    assert look(DUE - 30 * DAY) == 0


def test_many_roles_are_taken_in_batches(lead, monkeypatch):
    monkeypatch.setattr(confirmations, "BATCH", 2)
    for _ in range(5):
        MembershipFactory(body=lead.body, started_at=BEGAN)

    assert look(DUE - 30 * DAY) == 5
    # All of a body in one mail.
    assert Notice.objects.filter(kind="people.to_confirm").count() == 1


def test_what_is_confirmed_before_the_mail_leaves_is_not_asked_for(lead, held):
    at = DUE - 30 * DAY
    look(at)
    memberships.confirm(members=[held], body=lead.body, by=lead.user, at=at)

    assert told(at) == {}
