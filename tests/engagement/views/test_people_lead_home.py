"""The home page of who looks after people, and does no other work."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from tests.factories.authorities import BoardFactory, InvitationFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client):
    made = MembershipFactory(role=Role.PEOPLE_LEAD)
    client.force_login(made.user)
    return made


def home(client) -> str:
    return client.get(reverse("home")).content.decode()


def test_it_leads_to_the_people_of_each_body(client, lead):
    board = MembershipFactory(role=Role.PEOPLE_LEAD, user=lead.user, body=BoardFactory()).body

    page = home(client)

    assert f'href="/authorities/{lead.body.slug}/people/"' in page
    assert f'href="/icbs/{board.slug}/people/"' in page


def test_it_says_what_waits(client, lead):
    old = timezone.now() - timedelta(days=350)
    MembershipFactory(body=lead.body, started_at=old)
    InvitationFactory(body=lead.body)

    page = home(client)

    assert "1 role to confirm" in page
    assert "1 invitation waits" in page


def test_it_shows_nothing_of_the_work_and_links_to_none_of_it(client, lead):
    page = home(client)

    assert "Due in the next" not in page
    assert f"/authorities/{lead.body.slug}/records/" not in page
    assert "You hold no role" not in page


def test_who_also_works_there_sees_both(client, lead):
    MembershipFactory(body=lead.body, user=lead.user)

    page = home(client)

    assert "People whom you look after" in page
    assert f"/authorities/{lead.body.slug}/records/" in page


def test_an_editor_finds_the_people_of_the_body(client):
    member = MembershipFactory()
    client.force_login(member.user)

    page = home(client)

    assert f'href="/authorities/{member.body.slug}/people/"' in page
    assert "People whom you look after" not in page
