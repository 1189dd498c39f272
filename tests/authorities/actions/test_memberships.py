"""Roles end now or on a day, the last of them not unnoticed, and are confirmed by somebody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from authorities.actions import memberships, messages
from authorities.models import AuditEvent, Membership, Message, Role, User
from tests.factories.authorities import MembershipFactory, NationalMembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
LATER = datetime(2030, 3, 31, 23, tzinfo=UTC)


@pytest.fixture
def lead() -> Membership:
    return MembershipFactory(role=Role.PEOPLE_LEAD)


def test_a_role_that_ends_on_a_day_is_held_until_then(lead):
    held = MembershipFactory(body=lead.body)

    memberships.change_end(membership=held, ends_at=LATER, by=lead.user, at=AT)

    assert held in Membership.objects.current()
    assert held not in Membership.objects.at(LATER)
    [row] = AuditEvent.objects.filter(action="membership.end_changed")
    assert row.detail == {"role": "editor", "lasts_until": "2030-03-31T23:00:00+00:00"}


def test_a_role_whose_end_lies_ahead_may_end_now(lead):
    held = MembershipFactory(body=lead.body, ended_at=LATER)

    memberships.end(membership=held, by=lead.user, at=AT)

    held.refresh_from_db()
    held.user.refresh_from_db()
    assert (held.ended_at, held.user.sessions_ended) == (AT, 1)


def test_a_role_that_is_held_until_a_day_is_not_given_twice(lead):
    held = MembershipFactory(body=lead.body, ended_at=LATER)

    again = memberships.grant(
        person=held.user, body=held.body, role=Role.EDITOR, by=lead.user, at=AT
    )

    assert again == held


def test_an_end_that_is_over_is_refused(lead):
    held = MembershipFactory(body=lead.body)

    with pytest.raises(memberships.PastEndError):
        memberships.change_end(membership=held, ends_at=AT, by=lead.user, at=AT)


def test_what_has_ended_stays_ended(lead):
    held = MembershipFactory(body=lead.body, ended_at=AT)

    with pytest.raises(memberships.RoleOverError):
        memberships.change_end(membership=held, ends_at=None, by=lead.user, at=AT)


def test_nobody_keeps_their_own_role_for_longer(lead):
    own = MembershipFactory(body=lead.body, user=lead.user, ended_at=LATER)

    with pytest.raises(memberships.OwnEndError):
        memberships.change_end(membership=own, ends_at=None, by=lead.user, at=AT)

    sooner = memberships.change_end(
        membership=own, ends_at=LATER - timedelta(days=1), by=lead.user, at=AT
    )
    assert sooner.ended_at == LATER - timedelta(days=1)


@pytest.mark.parametrize("role", [Role.SIGNATORY, Role.PEOPLE_LEAD])
def test_the_last_of_a_role_does_not_end_unless_it_is_meant(lead, role):
    last = lead if role == Role.PEOPLE_LEAD else MembershipFactory(body=lead.body, role=role)
    administrator = NationalMembershipFactory(role=Role.ADMINISTRATOR).user

    with pytest.raises(memberships.LastOfRoleError):
        memberships.end(membership=last, by=administrator, at=AT, last_is_meant=False)
    with pytest.raises(memberships.LastOfRoleError):
        memberships.change_end(
            membership=last, ends_at=LATER, by=administrator, at=AT, last_is_meant=False
        )
    memberships.end(membership=last, by=administrator, at=AT, last_is_meant=True)

    messages.address_due(at=AT + timedelta(days=1))
    told = set(Message.objects.values_list("recipient__email", flat=True))
    assert administrator.email in told


def test_somebody_who_leaves_sooner_is_no_other_signatory(lead):
    one = MembershipFactory(body=lead.body, role=Role.SIGNATORY)
    MembershipFactory(body=lead.body, role=Role.SIGNATORY, ended_at=LATER - timedelta(days=1))

    with pytest.raises(memberships.LastOfRoleError):
        memberships.change_end(
            membership=one, ends_at=LATER, by=lead.user, at=AT, last_is_meant=False
        )


def test_one_of_two_signatories_may_go(lead):
    one = MembershipFactory(body=lead.body, role=Role.SIGNATORY)
    MembershipFactory(body=lead.body, role=Role.SIGNATORY)

    memberships.end(membership=one, by=lead.user, at=AT, last_is_meant=False)

    assert not Membership.objects.at(AT).filter(pk=one.pk).exists()


def test_the_last_administrator_of_the_site_stays(lead):
    last = NationalMembershipFactory(role=Role.ADMINISTRATOR)

    with pytest.raises(memberships.LastAdministratorError):
        memberships.end(membership=last, by=last.user, at=AT, last_is_meant=True)

    NationalMembershipFactory(role=Role.ADMINISTRATOR)
    memberships.end(membership=last, by=last.user, at=AT)
    assert not Membership.objects.at(AT).filter(pk=last.pk).exists()


def test_roles_are_confirmed_as_the_list_was_read(lead):
    held = [MembershipFactory(body=lead.body, asked_at=AT) for _ in range(2)]

    count = memberships.confirm(members=held, body=lead.body, by=lead.user, at=AT)

    rows = Membership.objects.filter(pk__in=[one.pk for one in held])
    assert count == 2
    assert {(one.confirmed_at, one.confirmed_by, one.asked_at) for one in rows} == {
        (AT, lead.user, None)
    }
    assert AuditEvent.objects.filter(action="membership.confirmed", by=lead.user).count() == 2


@pytest.mark.parametrize("kind", ["own", "ended", "of another body"])
def test_what_one_may_not_confirm_confirms_nothing(lead, kind):
    held = MembershipFactory(body=lead.body)
    other = {
        "own": lambda: lead,
        "ended": lambda: MembershipFactory(body=lead.body, ended_at=AT),
        "of another body": MembershipFactory,
    }[kind]()

    with pytest.raises(memberships.ListChangedError):
        memberships.confirm(members=[held, other], body=lead.body, by=lead.user, at=AT)

    assert not Membership.objects.filter(confirmed_at__isnull=False).exists()


def test_the_system_may_end_a_role(lead):
    held = MembershipFactory(body=lead.body, user=UserFactory())

    memberships.end(membership=held, by=None, at=AT)

    assert AuditEvent.objects.get(action="membership.ended").by is None


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_signatories_who_end_each_others_role_at_once_one_is_the_last() -> None:
    body = MembershipFactory(role=Role.PEOPLE_LEAD).body
    one, other = (MembershipFactory(body=body, role=Role.SIGNATORY) for _ in range(2))
    now, both = timezone.now(), Barrier(2, timeout=20)

    def end(member: Membership, by: User) -> str:
        try:
            both.wait()
            memberships.end(membership=member, by=by, at=now, last_is_meant=False)
        except memberships.LastOfRoleError:
            return "refused"
        finally:
            connection.close()
        return "ended"

    with ThreadPoolExecutor(2) as threads:
        answers = [
            threads.submit(end, one, other.user),
            threads.submit(end, other, one.user),
        ]

    assert sorted(answer.result() for answer in answers) == ["ended", "refused"]
    assert Membership.objects.at(now).filter(role=Role.SIGNATORY).count() == 1
