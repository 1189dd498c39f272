"""The page behind the link of an invitation."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from authorities.actions import invitations
from authorities.invitation_links import token_of
from authorities.models import Membership, Role, User
from tests.factories.authorities import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

NEW = "new.person@north.example"
PASSWORD = "three words that stand alone"
TYPED = {"full_name": "New Person", "password": PASSWORD}


@pytest.fixture(autouse=True)
def needed(settings):
    """As on a site that is not for demonstration."""
    cache.clear()
    settings.TWO_STEPS = True


@pytest.fixture
def lead() -> Membership:
    return MembershipFactory(role=Role.PEOPLE_LEAD)


def invited(lead: Membership, *, email: str = NEW, days_ago: int = 0):
    row = invitations.invite(
        email=email,
        body=lead.body,
        role=Role.EDITOR,
        role_ends_at=None,
        by=lead.user,
        at=timezone.now() - timedelta(days=days_ago),
    )
    return row, reverse("authorities:invitation", args=[token_of(invitation=row)])


def text(answer) -> str:
    return answer.content.decode()


def test_who_is_new_sets_name_and_password_and_is_led_to_the_second_step(client, lead):
    _, link = invited(lead)

    shown = text(client.get(link))
    answer = client.post(link, TYPED, follow=True)

    assert "Make your account" in shown
    assert answer.redirect_chain[-1][0] == reverse("mfa_index")
    person = User.objects.get(email=NEW)
    assert Membership.objects.get(user=person).body_id == lead.body_id
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"full_name": "", "password": PASSWORD}, "Enter your full name"),
        ({"full_name": "New", "password": "short"}, "at least 12 characters"),
        ({"full_name": "New", "password": "password12345"}, "too common"),
        ({"full_name": "New", "password": "new.person@north"}, "too similar"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(client, lead, typed, said):
    _, link = invited(lead)

    answer = client.post(link, typed)

    assert answer.status_code == 422
    assert said in text(answer)
    assert not User.objects.filter(email=NEW).exists()


def test_who_has_an_account_signs_in_and_accepts(client, lead, settings):
    settings.TWO_STEPS = False
    person = UserFactory(email=NEW, password=PASSWORD)
    _, link = invited(lead)

    shown = text(client.get(link))
    came = client.post(
        f"{reverse('account_login')}?next={link}", {"login": NEW, "password": PASSWORD}
    )
    offered = text(client.get(link))
    accepted = client.post(link)

    assert "You have an account" in shown
    assert came["Location"] == link
    assert ">Accept</button>" in offered
    assert accepted["Location"] == reverse("home")
    assert Membership.objects.get(user=person).role == Role.EDITOR
    # Who has accepted stays signed in, though all other sessions ended.
    assert client.get(reverse("home")).status_code == 200


def test_nothing_is_made_by_a_form_that_is_sent_where_there_is_an_account(client, lead):
    person = UserFactory(email=NEW, password=PASSWORD)
    _, link = invited(lead)

    answer = client.post(link, {"full_name": "Thief", "password": "another password altogether"})

    person.refresh_from_db()
    assert answer.status_code == 422
    assert person.check_password(PASSWORD)
    assert not Membership.objects.filter(user=person).exists()


def test_opened_by_another_person_nothing_happens(client, lead, settings):
    settings.TWO_STEPS = False
    row, link = invited(lead)
    other = UserFactory(full_name="Other Person")
    client.force_login(other)

    shown = text(client.get(link))
    answer = client.post(link, TYPED)

    row.refresh_from_db()
    assert "You are signed in as Other Person. Nothing has happened" in shown
    assert (answer.status_code, row.accepted_at) == (422, None)
    assert not Membership.objects.filter(user=other).exists()


def test_a_link_that_was_used_says_so_and_makes_nothing(client, lead):
    _, link = invited(lead)
    client.post(link, TYPED)
    client.post(reverse("account_logout"))

    shown, sent = client.get(link), client.post(link, TYPED)

    assert {shown.status_code, sent.status_code} == {410}
    assert "accepted already" in text(shown)
    assert Membership.objects.filter(user__email=NEW).count() == 1


def test_an_expired_link_says_what_to_do(client, lead):
    _, link = invited(lead, days_ago=14)

    shown, sent = client.get(link), client.post(link, TYPED)

    assert {shown.status_code, sent.status_code} == {410}
    assert "to send the invitation again" in text(shown)
    assert not User.objects.filter(email=NEW).exists()


def test_a_withdrawn_link_says_whom_to_ask(client, lead):
    row, link = invited(lead)
    invitations.withdraw(invitation=row, by=lead.user, at=timezone.now())

    shown, sent = client.get(link), client.post(link, TYPED)

    assert {shown.status_code, sent.status_code} == {410}
    assert "was withdrawn" in text(shown)


def test_a_garbled_link_says_how_to_get_the_whole_one(client, lead):
    _, link = invited(lead)

    for garbled in (f"{link[:-5]}/", f"{link[:-1]}0/", "/invitations/é/"):
        answer = client.get(garbled)
        assert answer.status_code == 404
        assert "Copy the whole link" in text(answer)
        assert client.post(garbled, TYPED).status_code == 404


def test_a_dead_link_says_the_same_whether_there_is_an_account_or_not(client, lead):
    _, known = invited(lead, days_ago=20)
    _, unknown = invited(lead, email="another@north.example", days_ago=20)
    UserFactory(email=NEW)

    pages = [text(client.get(link)) for link in (known, unknown)]

    assert pages[0] == pages[1]


def test_the_page_is_kept_nowhere(client, lead):
    _, link = invited(lead)

    assert "no-store" in client.get(link)["Cache-Control"]
