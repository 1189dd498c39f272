"""Everybody sees where their account is in use, and ends it everywhere else."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import AccessEvent, AccessKind, AuditEvent, User
from tests.factories.authorities import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "tulip lamp otter"
PAGE = "/account/sign-ins/"


@pytest.fixture
def person() -> User:
    return UserFactory(password=PASSWORD)


def signed_in(person: User) -> Client:
    client = Client()
    sent = {"login": person.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), sent).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def test_a_sign_in_of_ones_own_is_shown_and_nobody_elses(person: User) -> None:
    client = signed_in(person)
    other = signed_in(UserFactory(password=PASSWORD))
    Client().post(reverse("account_login"), {"login": person.email, "password": "wrong"})

    shown, others = (one.get(PAGE).content.decode() for one in (client, other))

    assert shown.count("Signed in") == 1
    assert "Failed to sign in" in shown
    assert "127.0.0.0/24" in shown
    assert "Failed to sign in" not in others


def test_what_somebody_looked_at_or_did_long_ago_is_not_there(person: User) -> None:
    client = signed_in(person)
    now = timezone.now()
    for kind, at in (
        (AccessKind.VIEWED, now),
        (AccessKind.STEP_REMOVED, now - timedelta(days=31)),
    ):
        AccessEvent.objects.create(at=at, kind=kind, person=person, status=200)

    shown = client.get(PAGE).content.decode()

    assert "Looked at" not in shown
    assert "Removed a second step" not in shown


def test_who_signs_out_everywhere_else_stays_in_here_alone(person: User) -> None:
    here, there = signed_in(person), signed_in(person)
    stranger = signed_in(UserFactory(password=PASSWORD))
    before = here.cookies[settings.SESSION_COOKIE_NAME].value

    answer = here.post(PAGE, follow=True)

    assert "signed out everywhere but here" in answer.content.decode()
    assert (is_in(here), is_in(there), is_in(stranger)) == (True, False, True)
    assert here.cookies[settings.SESSION_COOKIE_NAME].value != before
    told = AuditEvent.objects.get(action="person.own_sessions_ended")
    assert (told.by, told.target_id) == (person, str(person.pk))


def test_that_asks_for_proof_of_who_one_is(person: User) -> None:
    client, there = signed_in(person), signed_in(person)
    session = client.session
    session["proven_at"] = 0
    session.save()

    answer = client.post(PAGE)

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert is_in(there)


def test_nobody_else_gets_there() -> None:
    for answer in (Client().get(PAGE), Client().post(PAGE)):
        assert answer["Location"].startswith(reverse("account_login"))


def test_it_is_paged(person: User) -> None:
    client = signed_in(person)
    at = timezone.now()
    AccessEvent.objects.bulk_create(
        AccessEvent(at=at, kind=AccessKind.SIGN_IN_FAILED, person=person, status=200)
        for _ in range(30)
    )

    assert "Pages of what happened" in client.get(PAGE).content.decode()
    assert "Signed in" in client.get(f"{PAGE}?page=2").content.decode()
