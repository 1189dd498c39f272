"""All people of the site: found, and accounts closed, opened and signed out."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import AuditEvent, Role
from tests.factories.authorities import MembershipFactory, NationalMembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    made = NationalMembershipFactory(
        role=Role.ADMINISTRATOR,
        user=UserFactory(full_name="Chris Lowe", last_login=timezone.now()),
        started_at=timezone.now(),
    )
    client.force_login(made.user)
    return made


@pytest.fixture
def member():
    return MembershipFactory(user=UserFactory(full_name="Alex Reed"), started_at=timezone.now())


def found(client, **asked) -> str:
    return client.get(reverse("authorities:all-people"), asked).content.decode()


def step(client, person, name: str):
    return client.post(reverse("authorities:person-step", args=[person.pk, name]))


def test_people_are_found_by_parts_of_name_and_address(client, administrator, member):
    by_name, by_address, nobody = (
        found(client, q=words) for words in ("reed alex", member.user.email[:9], "nobody")
    )

    assert "Alex Reed" in by_name
    assert f"/people/{administrator.user.pk}/" not in by_name
    assert "Alex Reed" in by_address
    assert "Nobody fits" in nobody


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"role": "editor"}, {"Alex Reed", "Old Hand"}),
        ({"show": "never"}, {"Alex Reed", "Old Hand", "No Role"}),
        ({"show": "overdue"}, {"Old Hand"}),
        ({"show": "without"}, {"No Role", "Shut Out"}),
        ({"show": "closed"}, {"Shut Out"}),
        ({"role": "signatory"}, set()),
        ({"show": "nonsense"}, {"Alex Reed", "Old Hand", "No Role", "Shut Out", "Chris Lowe"}),
    ],
)
def test_the_list_is_narrowed(client, administrator, member, asked, names):
    UserFactory(full_name="No Role")
    UserFactory(full_name="Shut Out", is_active=False, last_login=timezone.now())
    MembershipFactory(
        user=UserFactory(full_name="Old Hand"), started_at=timezone.now() - timedelta(days=400)
    )

    page = found(client, **asked)

    shown = {"Alex Reed", "Old Hand", "No Role", "Shut Out", "Chris Lowe"}
    assert {name for name in shown if f">{name}</a>" in page} == names


def test_the_people_of_one_body(client, administrator, member):
    MembershipFactory(user=UserFactory(full_name="Else Where"))

    page = found(client, body=str(member.body_id))

    assert ">Alex Reed</a>" in page
    assert ">Else Where</a>" not in page


def test_a_long_list_has_pages_that_keep_what_was_asked(client, administrator):
    for _ in range(30):
        MembershipFactory()

    first, second = found(client, role="editor"), found(client, role="editor", page="2")

    assert "30 people" in first
    assert "?role=editor&amp;page=2" in first
    assert first.count("@example.org") == 25
    assert second.count("@example.org") == 5


def test_an_account_that_is_closed_is_signed_out_at_once(client, administrator, member):
    theirs = Client()
    theirs.force_login(member.user)

    step(client, member.user, "close")

    assert theirs.get(reverse("account"))["Location"].startswith(reverse("account_login"))
    member.user.refresh_from_db()
    assert not member.user.is_active
    [row] = AuditEvent.objects.filter(action="person.closed")
    assert (row.by, row.target_id) == (administrator.user, str(member.user.pk))


def test_an_account_is_opened_again_with_its_roles(client, administrator, member):
    step(client, member.user, "close")
    step(client, member.user, "open")
    member.user.refresh_from_db()

    theirs = Client()
    theirs.force_login(member.user)

    assert theirs.get(reverse("account")).status_code == 200
    assert AuditEvent.objects.filter(action="person.opened").count() == 1


def test_all_sessions_end(client, administrator, member):
    theirs = Client()
    theirs.force_login(member.user)

    step(client, member.user, "end-sessions")

    assert theirs.get(reverse("account")).status_code == 302
    assert AuditEvent.objects.filter(action="person.sessions_ended").count() == 1


def test_second_steps_are_removed(client, administrator, member):
    Authenticator.objects.create(user=member.user, type=Authenticator.Type.TOTP, data={})

    step(client, member.user, "remove-steps")

    assert not Authenticator.objects.exists()


def test_nobody_closes_their_own_account(client, administrator):
    answer = step(client, administrator.user, "close")

    page = client.get(answer["Location"]).content.decode()
    assert "You cannot close your own account" in page
    administrator.user.refresh_from_db()
    assert administrator.user.is_active


def test_the_person_shows_roles_of_all_bodies(client, administrator, member):
    other = MembershipFactory(user=member.user, ended_at=timezone.now())

    page = client.get(reverse("authorities:person", args=[member.user.pk])).content.decode()

    for one in (member, other):
        assert f"/authorities/{one.body.slug}/people/{one.pk}/" in page
    assert "Ended" in page


def test_what_is_not_among_the_steps_is_not_found(client, administrator, member):
    assert step(client, member.user, "delete").status_code == 404
