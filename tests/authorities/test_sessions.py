"""Sessions last as long as they are used, and say when they end."""

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.authorities import UserFactory

pytestmark = pytest.mark.django_db

SCRIPT = {"Accept": "application/json"}
LENGTH = timedelta(hours=12)


@pytest.fixture
def visitor(client: Client) -> Client:
    client.force_login(UserFactory())
    return client


def left() -> timedelta:
    """How much of the only session is left."""
    return Session.objects.get().expire_date - timezone.now()


def age(*, hours: float) -> None:
    """Let the session be so old."""
    end = timezone.now() + LENGTH - timedelta(hours=hours)
    Session.objects.update(expire_date=end)


def test_opening_a_page_prolongs_a_session_that_is_partly_over(visitor):
    age(hours=5)

    visitor.get(reverse("account"))

    assert left() > LENGTH - timedelta(minutes=1)


def test_a_fresh_session_is_not_written_by_each_page(visitor):
    age(hours=0.5)

    visitor.get(reverse("account"))

    assert left() < LENGTH - timedelta(minutes=20)


def test_the_page_knows_when_it_ends(visitor):
    age(hours=5)

    page = visitor.get(reverse("account")).content.decode()

    shown = page.split('data-ends="')[1].split('"')[0]
    assert abs(datetime.fromisoformat(shown) - Session.objects.get().expire_date) < timedelta(
        seconds=2
    )


def test_nobody_who_is_not_signed_in_is_warned(client):
    assert "data-ends" not in client.get(reverse("help")).content.decode()


def test_asking_for_the_end_does_not_prolong_it(visitor):
    age(hours=5)

    said = visitor.get(reverse("account_session"), headers=SCRIPT).json()

    assert datetime.fromisoformat(said["ends_at"]) == Session.objects.get().expire_date
    assert left() < LENGTH - timedelta(hours=4)


def test_staying_signed_in_prolongs_it(visitor):
    age(hours=11.99)

    said = visitor.post(reverse("account_session"), headers=SCRIPT).json()

    assert left() > LENGTH - timedelta(minutes=1)
    assert datetime.fromisoformat(said["ends_at"]) > timezone.now() + LENGTH / 2


def test_staying_signed_in_without_scripts_leads_home(visitor):
    assert visitor.post(reverse("account_session")).url == reverse("home")


def test_a_session_that_is_over_is_not_prolonged(visitor):
    age(hours=13)

    answered = visitor.post(reverse("account_session"), headers=SCRIPT)

    assert answered.status_code == 302
    assert answered.url.startswith(reverse("account_login"))
