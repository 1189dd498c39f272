"""The second step of signing in: set up, asked for, lost, and needed of everybody."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse

from authorities.models import AuditEvent
from tests.factories.authorities import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "three words that stand alone"


@pytest.fixture(autouse=True)
def needed(settings):
    """As on a site that is not for demonstration."""
    cache.clear()
    settings.TWO_STEPS = True


@pytest.fixture
def person():
    made = UserFactory(email="officer@north.example")
    made.set_password(PASSWORD)
    made.save()
    return made


def sign_in(client, *, person):
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def code_of(key: str, *, at: float | None = None) -> str:
    """The code that an app shows for a key, by RFC 6238 as allauth computes it."""
    return format_hotp_value(hotp_value(key, int(time.time() if at is None else at) // 30))


def set_up_app(client) -> tuple[str, list[str]]:
    """Set up an app, and return its key and the recovery codes."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    key = re.search(r'app-code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(key)}, follow=True)
    return key, re.findall(r'app-code">([0-9a-z-]+)<', answer.content.decode())


@pytest.fixture
def with_app(client, person) -> tuple[str, list[str]]:
    """An app of the person, who is signed out again."""
    sign_in(client, person=person)
    made = set_up_app(client)
    client.post(reverse("account_logout"))
    cache.clear()
    return made


@pytest.mark.parametrize(("hotp_counter", "code"), [(0, "755224"), (1, "287082"), (9, "520489")])
def test_codes_are_those_of_the_standard(hotp_counter, code):
    # RFC 4226, appendix D: the secret is the 20 ASCII digits 1234567890 1234567890.
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    assert format_hotp_value(hotp_value(secret, hotp_counter)) == code


def test_whoever_has_none_is_led_to_set_one_up(client, person):
    sign_in(client, person=person)

    answer = client.get(reverse("account"), follow=True)

    assert answer.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "Until then you can open no other page" in answer.content.decode()


def test_an_app_is_set_up_and_then_asked_for(client, person):
    sign_in(client, person=person)

    key, codes = set_up_app(client)
    page = client.get(reverse("account")).status_code
    client.post(reverse("account_logout"))
    cache.clear()
    first = sign_in(client, person=person)
    before = "_auth_user_id" in client.session
    second = client.post(reverse("mfa_authenticate"), {"code": code_of(key)})

    assert len(codes) == 10
    assert page == 200
    assert first.url == reverse("mfa_authenticate")
    assert not before
    assert second.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.get(reverse("account")).status_code == 200


def test_a_mail_tells_the_owner(client, person):
    sign_in(client, person=person)
    set_up_app(client)
    new = "four words nobody else has"

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert [message.to for message in mail.outbox] == [[person.email]]
    assert "If this was not you" in mail.outbox[0].body


def test_the_key_cannot_be_read_in_the_database(client, person):
    sign_in(client, person=person)

    key, codes = set_up_app(client)

    stored = " ".join(str(row.data) for row in Authenticator.objects.all())
    assert key not in stored
    assert not any(code in stored for code in codes)


def test_a_wrong_code_is_refused_with_what_to_do(client, person, with_app):
    sign_in(client, person=person)

    page = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()

    assert "Wait for the next code" in page
    assert "_auth_user_id" not in client.session


def test_a_code_opens_once(client, person, with_app):
    key, _ = with_app
    code = code_of(key)
    sign_in(client, person=person)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(reverse("account_logout"))
    sign_in(client, person=person)

    client.post(reverse("mfa_authenticate"), {"code": code})

    assert "_auth_user_id" not in client.session


def test_after_ten_wrong_codes_the_right_one_is_refused_too(client, person, with_app):
    key, _ = with_app
    sign_in(client, person=person)
    for _ in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    page = client.post(reverse("mfa_authenticate"), {"code": code_of(key)}).content.decode()

    assert "Wait 15 minutes" in page
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_opens_once(client, person, with_app):
    _, codes = with_app
    entered = []
    for _ in range(2):
        sign_in(client, person=person)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        entered.append("_auth_user_id" in client.session)
        client.post(reverse("account_logout"))

    assert entered == [True, False]


def test_recovery_codes_are_shown_once(client, person):
    sign_in(client, person=person)
    _, codes = set_up_app(client)

    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()

    assert not any(code in page for code in codes)
    assert "10 of 10 are left" in page


def test_the_only_second_step_is_not_removed(client, person):
    sign_in(client, person=person)
    set_up_app(client)

    page = client.get(reverse("mfa_deactivate_totp")).content.decode()
    client.post(reverse("mfa_deactivate_totp"))

    assert "This is your only second step" in page
    assert Authenticator.objects.filter(type="totp").exists()


def test_who_lost_all_is_let_in_anew_and_every_session_ends(client, person, capsys):
    sign_in(client, person=person)
    set_up_app(client)

    call_command("remove_second_steps", " Officer@north.example ")

    assert "Removed: 2." in capsys.readouterr().out
    assert client.get(reverse("account")).url.startswith(reverse("account_login"))
    assert sign_in(client, person=person).url == reverse("home")
    assert client.get(reverse("account")).url == reverse("mfa_index")
    assert AuditEvent.objects.get(action="person.second_steps_removed").detail == {"number": 2}


def test_removing_what_is_not_there_changes_nothing(person, capsys):
    call_command("remove_second_steps", person.email)

    assert "Nothing was changed" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no account with this e-mail address"):
        call_command("remove_second_steps", "nobody@north.example")
    assert not AuditEvent.objects.filter(action="person.second_steps_removed").exists()


def test_a_new_password_keeps_the_second_step(client, person, with_app):
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = next(
        word for message in mail.outbox for word in message.body.split() if "reset/key" in word
    )
    address = client.get(link, follow=True).redirect_chain[-1][0]
    new = "four words nobody else has"
    client.post(address, {"password1": new, "password2": new})

    answer = client.post(reverse("account_login"), {"login": person.email, "password": new})

    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_a_demonstration_asks_for_none(client, person, settings):
    settings.TWO_STEPS = False
    sign_in(client, person=person)

    assert client.get(reverse("account")).status_code == 200
    steps = client.get(reverse("mfa_index")).content.decode()
    assert "Set up an app" in steps
    assert "Until then you can open no other page" not in steps


def test_who_has_one_is_asked_for_it_even_where_none_is_needed(client, person, with_app, settings):
    settings.TWO_STEPS = False

    assert sign_in(client, person=person).url == reverse("mfa_authenticate")
