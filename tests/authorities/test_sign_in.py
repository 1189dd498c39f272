"""Who gets in, what is said to who does not, and when it is too often."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from tests.factories.authorities import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "three words that stand alone"
WRONG = "one of them is not right"
TOO_OFTEN = "too many wrong passwords"


@pytest.fixture
def person():
    cache.clear()
    made = UserFactory(email="officer@north.example")
    made.set_password(PASSWORD)
    made.save()
    return made


def sign_in(client, *, login="officer@north.example", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


def test_the_right_password_leads_home(client, person):
    answer = sign_in(client)

    assert answer.status_code == 302
    assert answer.url == reverse("home")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_an_address_is_the_same_in_capitals(client, person):
    answer = sign_in(client, login="Officer@North.Example")

    assert answer.status_code == 302


def test_a_closed_account_does_not_get_in(client, person):
    person.is_active = False
    person.save()

    sign_in(client)

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("login", ["officer@north.example", "nobody@north.example"])
def test_a_wrong_password_says_the_same_to_known_and_unknown(client, person, login):
    answer = sign_in(client, login=login, password="not the password")

    assert WRONG in answer.content.decode()
    assert "not the password" not in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_what_is_missing_is_said_at_the_field(client, person):
    answer = sign_in(client, login="", password="")

    page = answer.content.decode()
    assert "Enter your e-mail address" in page
    assert "Enter your password" in page
    assert 'href="#id_login"' in page


def test_the_eleventh_try_is_refused_even_with_the_right_password(client, person):
    said = [sign_in(client, password=f"wrong {number}") for number in range(11)]

    assert all(WRONG in answer.content.decode() for answer in said[:10])
    assert TOO_OFTEN in said[10].content.decode()
    assert TOO_OFTEN in sign_in(client).content.decode()
    assert "_auth_user_id" not in client.session


def test_another_person_is_not_held_up_by_it(client, person):
    other = UserFactory(email="other@north.example")
    other.set_password(PASSWORD)
    other.save()
    for number in range(11):
        sign_in(client, password=f"wrong {number}")

    answer = sign_in(client, login="other@north.example")

    assert answer.status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_off_the_site(client, person, target):
    answer = sign_in(client, next=target)

    assert answer.status_code == 302
    assert answer.url == reverse("home")


def test_signing_in_leads_back_to_where_one_was(client, person):
    answer = sign_in(client, next="/account/")

    assert answer.url == "/account/"


def test_nobody_makes_an_account(client):
    page = client.get(reverse("account_signup"))
    answer = client.post(
        reverse("account_signup"), {"email": "new@north.example", "password1": PASSWORD}
    )

    assert "You cannot make an account yourself" in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert "You cannot make an account yourself" in answer.content.decode()


def test_signing_out_takes_a_form(client, person):
    sign_in(client)

    client.get(reverse("account_logout"))
    still_in = "_auth_user_id" in client.session
    client.post(reverse("account_logout"))

    assert still_in
    assert "_auth_user_id" not in client.session


def test_a_reset_says_the_same_to_known_and_unknown(client, person):
    known = client.post(reverse("account_reset_password"), {"email": "officer@north.example"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@north.example"})

    assert known.status_code == unknown.status_code == 302
    assert known.url == unknown.url == reverse("account_reset_password_done")
    assert "http" in mail.outbox[0].body
    assert not any(
        "password/reset/key" in message.body
        for message in mail.outbox
        if message.to == ["nobody@north.example"]
    )


def test_a_reset_link_sets_the_password_once(client, person):
    client.post(reverse("account_reset_password"), {"email": "officer@north.example"})
    link = next(word for word in mail.outbox[0].body.split() if "password/reset/key" in word)
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    new = "four words nobody else has"

    client.post(address, {"password1": new, "password2": new})

    assert sign_in(client, password=new).status_code == 302
    assert "This link no longer works" in client.get(link, follow=True).content.decode()
