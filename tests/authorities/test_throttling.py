"""Limits on guessing: one less than the limit, the limit, and one more."""

from contextlib import suppress

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse

from authorities import spraying
from authorities.models import AccessEvent, AccessKind
from authorities.spraying import ACCOUNTS, PAUSE_SECONDS, WITHIN_SECONDS
from tests.authorities.test_two_steps import code_of, set_up_app
from tests.factories.authorities import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "three words that stand alone"
TOO_MANY_CODES = "too many wrong codes"
TOO_MANY_ACCOUNTS = "Several accounts were tried from where you are"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def clock(monkeypatch):
    """A clock of the limits that a test may put forward."""

    class Clock:
        now = 1_800_000_000.0

        def time(self):
            return self.now

    made = Clock()
    monkeypatch.setattr(spraying, "time", made)
    return made


@pytest.fixture
def person():
    made = UserFactory(email="officer@north.example")
    made.set_password(PASSWORD)
    made.save()
    return made


def sign_in(client, *, login="officer@north.example", password=PASSWORD, address="192.0.2.1"):
    sent = {"login": login, "password": password}
    return client.post(reverse("account_login"), sent, REMOTE_ADDR=address)


# --- Codes of the second step: five.


@pytest.fixture
def asked_for_code(client, person, settings):
    """A person who has given the password, and is asked for the code of this key."""
    settings.TWO_STEPS = True
    sign_in(client)
    key, _ = set_up_app(client)
    client.post(reverse("account_logout"))
    cache.clear()
    sign_in(client)
    return key


def give_code(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


@pytest.mark.parametrize("wrong", [3, 4])
def test_the_right_code_counts_up_to_the_fifth_try(client, asked_for_code, wrong):
    for _ in range(wrong):
        assert TOO_MANY_CODES not in give_code(client, "000000").content.decode()

    assert give_code(client, code_of(asked_for_code)).status_code == 302
    assert "_auth_user_id" in client.session


def test_the_sixth_code_is_refused_even_if_it_is_right(client, asked_for_code):
    for _ in range(5):
        assert TOO_MANY_CODES not in give_code(client, "000000").content.decode()

    answer = give_code(client, code_of(asked_for_code))

    assert TOO_MANY_CODES in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert AccessEvent.objects.filter(kind=AccessKind.LIMITED).count() == 1
    assert AccessEvent.objects.filter(kind=AccessKind.STEP_FAILED).count() == 5


def test_a_right_code_forgets_the_wrong_ones_before_it(client, asked_for_code):
    for _ in range(4):
        give_code(client, "000000")
    give_code(client, code_of(asked_for_code))
    again = reverse("mfa_reauthenticate")

    said = [client.post(again, {"code": "000000"}).content.decode() for _ in range(6)]

    assert [TOO_MANY_CODES in one for one in said] == [False] * 5 + [True]


# --- Many accounts from one address.


@pytest.mark.parametrize(("tried", "is_slowed"), [(2, False), (3, True), (4, True)])
def test_who_tries_three_accounts_is_slowed_down(client, person, clock, tried, is_slowed):
    for number in range(tried):
        sign_in(client, login=f"no{number}@north.example")
        clock.now += PAUSE_SECONDS

    clock.now -= PAUSE_SECONDS - 1
    answer = sign_in(client)

    assert (TOO_MANY_ACCOUNTS in answer.content.decode()) is is_slowed
    assert ("_auth_user_id" in client.session) is not is_slowed


def test_the_same_account_again_is_one_account(client, person, clock):
    for _ in range(4):
        sign_in(client, login="no@north.example")

    assert sign_in(client).status_code == 302


@pytest.mark.parametrize(("wait", "is_slowed"), [(-1, True), (0, False), (1, False)])
def test_who_waits_gets_in(client, person, clock, wait, is_slowed):
    for number in range(ACCOUNTS):
        sign_in(client, login=f"no{number}@north.example")
    clock.now += PAUSE_SECONDS + wait

    assert (TOO_MANY_ACCOUNTS in sign_in(client).content.decode()) is is_slowed


def test_another_address_is_not_slowed_down(client, person, clock):
    for number in range(ACCOUNTS):
        sign_in(client, login=f"no{number}@north.example")

    assert sign_in(client, address="192.0.2.2").status_code == 302


def test_five_minutes_later_nothing_is_held_against_an_address(client, person, clock):
    for number in range(ACCOUNTS):
        sign_in(client, login=f"no{number}@north.example")
    clock.now += WITHIN_SECONDS
    sign_in(client, login="late@north.example")

    assert sign_in(client).status_code == 302


def test_known_and_unknown_are_slowed_down_in_the_same_words(client, person, clock):
    for number in range(ACCOUNTS):
        sign_in(client, login=f"no{number}@north.example")

    known = sign_in(client, password="wrong")
    unknown = sign_in(client, login="nobody@north.example")

    assert known.status_code == unknown.status_code
    assert TOO_MANY_ACCOUNTS in known.content.decode()
    assert TOO_MANY_ACCOUNTS in unknown.content.decode()


# --- A new password.


def test_five_links_a_minute_are_asked_for_and_no_sixth(client, person, mailoutbox):
    address = reverse("account_reset_password")

    answers = [client.post(address, {"email": person.email}).status_code for _ in range(6)]

    assert answers == [302] * 5 + [429]
    assert len(mailoutbox) == 5


def test_who_is_told_to_wait_is_told_so_by_a_page_of_the_site(client, person):
    for number in range(6):
        answer = client.post(
            reverse("account_reset_password"), {"email": f"no{number}@north.example"}
        )

    page = answer.content.decode()
    assert answer.status_code == 429
    assert "Wait a minute" in page
    assert '<html lang="en-GB"' in page
    assert AccessEvent.objects.filter(kind=AccessKind.LIMITED).count() == 1


# --- The time that a failed sign-in takes.


def test_the_measure_is_for_a_demonstration(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="demonstration"):
        call_command("measure_sign_in")


def test_the_measure_compares_what_both_are_told(settings, person, capsys):
    settings.DEMONSTRATION = True
    # How long it took is no matter of this test: the machine may be busy.
    with suppress(SystemExit):
        call_command("measure_sign_in", tries=2)

    printed = capsys.readouterr().out
    assert "known: 2 tries" in printed
    assert "status and text: the same" in printed
