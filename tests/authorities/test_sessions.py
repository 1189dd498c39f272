"""Sessions last as long as they are used, and say when they end."""

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.actions import memberships
from authorities.models import Role
from tests.factories.authorities import (
    MembershipFactory,
    NationalBodyFactory,
    StrategicAuthorityFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

SCRIPT = {"Accept": "application/json"}
LENGTH = timedelta(minutes=30)
LONGEST = timedelta(hours=12)


@pytest.fixture
def visitor(client: Client) -> Client:
    client.force_login(UserFactory())
    return client


def left() -> timedelta:
    """How much of the only session is left."""
    return Session.objects.get().expire_date - timezone.now()


def age(*, minutes: float) -> None:
    """Let the session lie unused for so long."""
    end = timezone.now() + LENGTH - timedelta(minutes=minutes)
    Session.objects.update(expire_date=end)


def test_opening_a_page_prolongs_a_session_that_is_partly_over(visitor):
    age(minutes=12)

    visitor.get(reverse("account"))

    assert left() > LENGTH - timedelta(seconds=30)


def test_a_fresh_session_is_not_written_by_each_page(visitor):
    age(minutes=1.5)

    visitor.get(reverse("account"))

    assert left() < LENGTH - timedelta(minutes=1)


def test_the_page_knows_when_it_ends(visitor):
    age(minutes=12)

    page = visitor.get(reverse("account")).content.decode()

    shown = page.split('data-ends="')[1].split('"')[0]
    assert abs(datetime.fromisoformat(shown) - Session.objects.get().expire_date) < timedelta(
        seconds=2
    )


def test_nobody_who_is_not_signed_in_is_warned(client):
    assert "data-ends" not in client.get(reverse("help")).content.decode()


def test_asking_for_the_end_does_not_prolong_it(visitor):
    age(minutes=12)

    said = visitor.get(reverse("account_session"), headers=SCRIPT).json()

    assert datetime.fromisoformat(said["ends_at"]) == Session.objects.get().expire_date
    assert left() < LENGTH - timedelta(minutes=11)


def test_staying_signed_in_prolongs_it(visitor):
    age(minutes=29.9)

    said = visitor.post(reverse("account_session"), headers=SCRIPT).json()

    assert left() > LENGTH - timedelta(seconds=30)
    assert datetime.fromisoformat(said["ends_at"]) > timezone.now() + LENGTH / 2


def test_staying_signed_in_without_scripts_leads_home(visitor):
    assert visitor.post(reverse("account_session")).url == reverse("home")


def test_a_session_that_is_over_is_not_prolonged(visitor):
    age(minutes=31)

    answered = visitor.post(reverse("account_session"), headers=SCRIPT)

    assert answered.status_code == 302
    assert answered.url.startswith(reverse("account_login"))


def began(visitor: Client, *, ago: timedelta) -> None:
    """Let the sign-in be so long ago."""
    session = visitor.session
    session.begin(unused_seconds=int(LENGTH.total_seconds()), now=timezone.now() - ago)
    session.save()


def test_however_much_it_is_used_it_ends_after_a_days_work(visitor):
    began(visitor, ago=LONGEST - timedelta(minutes=10))

    visitor.post(reverse("account_session"), headers=SCRIPT)

    assert timedelta(minutes=9) < left() <= timedelta(minutes=10)


@pytest.mark.parametrize(("seconds", "status"), [(-60, 200), (60, 302)])
def test_a_minute_before_the_longest_it_answers_and_a_minute_after_no_more(
    visitor, seconds, status
):
    began(visitor, ago=LONGEST + timedelta(seconds=seconds))

    assert visitor.get(reverse("account")).status_code == status


def test_who_administers_is_signed_out_sooner(client):
    client.force_login(MembershipFactory(role=Role.ADMINISTRATOR, body=NationalBodyFactory()).user)

    client.get(reverse("account"))

    assert timedelta(minutes=14) < left() <= timedelta(minutes=15)


def cookie_of(client: Client) -> str:
    return client.cookies["sessionid"].value


def answers_to(cookie: str) -> int:
    """What the account page answers to a cookie that somebody kept."""
    other = Client()
    other.cookies["sessionid"] = cookie
    return other.get(reverse("account")).status_code


def test_signing_in_makes_a_new_session(client):
    person = UserFactory()
    client.get(reverse("account_login"))
    client.force_login(person)
    first = cookie_of(client)
    client.post(reverse("account_logout"))
    client.force_login(person)

    assert cookie_of(client) != first


def test_a_cookie_that_was_kept_opens_nothing_after_signing_out(visitor):
    kept = cookie_of(visitor)
    before = answers_to(kept)

    visitor.post(reverse("account_logout"))

    assert (before, answers_to(kept)) == (200, 302)


def test_a_cookie_that_was_kept_opens_nothing_after_a_new_password(client):
    person = UserFactory()
    client.force_login(person)

    person.set_password("four words nobody else has")
    person.save()

    assert answers_to(cookie_of(client)) == 302


def test_a_cookie_that_was_kept_opens_nothing_once_the_account_is_closed(client):
    person = UserFactory()
    client.force_login(person)

    person.is_active = False
    person.save()

    assert answers_to(cookie_of(client)) == 302


def test_a_role_that_is_given_or_taken_ends_every_session(client):
    person, by = UserFactory(), UserFactory()
    body = StrategicAuthorityFactory()
    client.force_login(person)
    first = cookie_of(client)
    held = memberships.grant(person=person, body=body, role=Role.EDITOR, by=by, at=timezone.now())
    after_grant = answers_to(first)
    person.refresh_from_db()
    client.force_login(person)
    second = cookie_of(client)
    before_end = answers_to(second)

    memberships.end(membership=held, by=by, at=timezone.now())

    assert (after_grant, before_end, answers_to(second)) == (302, 200, 302)
