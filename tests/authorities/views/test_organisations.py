"""Signing in with an organisation's own account, against a provider that runs beside the tests."""

import logging
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as site
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from authorities.models import AccessEvent, AccessKind, AuditEvent, Invitation, Role, User
from tests.authorities.test_two_steps import code_of
from tests.factories.authorities import MembershipFactory, NationalMembershipFactory, UserFactory
from tests.oidc.provider import (
    ACCOUNTS,
    CLIENT_ID,
    SECRET,
    SPOILT,
    AtWork,
    Running,
    free_port,
    running,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SITE = "http://testserver"
BEGIN, BACK, PROOF = (f"/account/organisations/north/{rest}" for rest in ("", "back/", "confirm/"))
OWN_PASSWORD = "three words that stand alone"


@pytest.fixture(scope="module")
def provider() -> Iterator[Running]:
    with running(site=SITE, accounts=ACCOUNTS) as started:
        yield started


@pytest.fixture(autouse=True)
def configured(provider: Running, settings):
    cache.clear()
    settings.SITE_URL = SITE
    settings.SIGN_IN_PROVIDERS = (provider.configured(),)
    return settings


@pytest.fixture
def officer() -> User:
    return UserFactory(email="officer@north.example")


@pytest.fixture
def at_work() -> AtWork:
    return AtWork(site=SITE)


def come_back(client: Client, at_work: AtWork, *, account: str, next_place: str = ""):
    """Go to the provider, sign in there and come back."""
    away = client.post(BEGIN, {"next": next_place} if next_place else {})
    return client.get(at_work.sign_in(away.url, account=account))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def events(**which):
    return list(AccessEvent.objects.filter(**which).order_by("pk"))


def test_the_first_time_the_verified_address_finds_the_account(client, at_work, officer):
    answer = come_back(client, at_work, account="officer")

    assert (answer.status_code, answer.url) == (302, reverse("home"))
    assert client.session["_auth_user_id"] == str(officer.pk)
    link = SocialAccount.objects.get()
    assert (link.user, link.provider, link.uid) == (*(officer, str(settings_issuer()), "officer"),)
    assert link.extra_data == {}
    audit = AuditEvent.objects.get(action="person.organisation_linked")
    assert (audit.by, audit.detail) == (officer, {"organisation": "north"})
    assert [sent.to for sent in mail.outbox] == [["officer@north.example"]]
    assert "with the sign-in of North Combined for the first time" in mail.outbox[0].body


def settings_issuer() -> str:
    issuer: str = site.SIGN_IN_PROVIDERS[0].issuer
    return issuer


def test_who_came_in_stands_in_the_log_with_the_organisation(client, at_work, officer):
    come_back(client, at_work, account="officer")

    (event,) = events(person=officer)
    assert (event.kind, event.named) == (AccessKind.SIGNED_IN, {"organisation": "north"})


def test_later_the_subject_finds_the_account_whatever_the_address(client, at_work):
    moved = UserFactory(email="new.name@north.example")
    SocialAccount.objects.create(user=moved, provider=settings_issuer(), uid="officer")
    UserFactory(email="officer@north.example")

    come_back(client, at_work, account="officer")

    assert client.session["_auth_user_id"] == str(moved.pk)
    assert SocialAccount.objects.count() == 1
    assert mail.outbox == []


def test_capitals_of_an_address_are_no_other_person(client, at_work, officer):
    come_back(client, at_work, account="officer-in-capitals")

    assert client.session["_auth_user_id"] == str(officer.pk)


@pytest.mark.parametrize(
    ("account", "status", "why", "said"),
    [
        ("nobody", 403, "no-account", "Ask the people lead of your body for an invitation"),
        ("of-another-domain", 403, "other-domain", "…@north.example"),
        ("of-a-subdomain", 403, "other-domain", "…@north.example"),
        ("not-verified", 403, "not-verified", "did not confirm your e-mail address"),
        ("verified-as-a-word", 403, "not-verified", "did not confirm your e-mail address"),
        ("without-address", 403, "not-verified", "did not confirm your e-mail address"),
        ("no such account", 403, "not-let-in", "did not sign you in"),
        *((account, 403, "not-believed", "could not be checked") for account in SPOILT),
    ],
)
def test_who_is_not_let_in_is_told_what_to_do(client, at_work, officer, account, status, why, said):
    UserFactory(email="officer@south.example")
    UserFactory(email="officer@sub.north.example")
    before = User.objects.count()

    answer = come_back(client, at_work, account=account)

    assert answer.status_code == status
    assert said in answer.content.decode()
    assert not is_signed_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)
    (event,) = events()
    assert event.kind == AccessKind.SIGN_IN_FAILED
    assert event.named == {"organisation": "north", "why": why}


@pytest.mark.parametrize(("account", "part"), SPOILT.items())
def test_the_log_says_what_could_not_be_believed(client, at_work, officer, caplog, account, part):
    come_back(client, at_work, account=account)

    assert f"Sign-in with north was refused: not-believed {part}" in caplog.text
    assert "officer" not in caplog.text


def test_an_unknown_address_is_kept_as_a_keyed_hash(client, at_work):
    come_back(client, at_work, account="nobody")

    (event,) = events()
    assert (event.person, len(event.unknown_account)) == (None, 32)
    assert "nobody" not in str(vars(event))


def test_an_issuer_trusted_for_its_domains_need_not_verify(
    client, at_work, officer, provider, settings
):
    settings.SIGN_IN_PROVIDERS = (provider.configured(addresses_are_verified=True),)

    come_back(client, at_work, account="not-verified")

    assert is_signed_in(client)


def test_a_closed_account_stays_closed(client, at_work, officer):
    officer.is_active = False
    officer.save()

    answer = come_back(client, at_work, account="officer")

    assert answer.status_code == 403
    assert "Your account is closed" in answer.content.decode()
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_an_account_that_was_closed_after_it_was_linked_is_closed(client, at_work, officer):
    come_back(client, at_work, account="officer")
    client.post(reverse("account_logout"))
    officer.is_active = False
    officer.save()

    answer = come_back(client, at_work, account="officer")

    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_a_second_subject_does_not_take_over_the_account(client, at_work, officer):
    come_back(client, at_work, account="officer")
    client.post(reverse("account_logout"))

    answer = come_back(client, AtWork(site=SITE), account="officer-anew")

    assert answer.status_code == 409
    assert "belongs to another sign-in" in answer.content.decode()
    assert not is_signed_in(client)
    assert [link.uid for link in SocialAccount.objects.all()] == ["officer"]
    failed = events(kind=AccessKind.SIGN_IN_FAILED)
    assert [(one.person, one.named["why"]) for one in failed] == [(officer, "other-person")]


def test_the_database_holds_one_link_an_account(officer):
    SocialAccount.objects.create(user=officer, provider=settings_issuer(), uid="one")

    with (
        pytest.raises(IntegrityError, match="one_organisation_link_an_account"),
        transaction.atomic(),
    ):
        SocialAccount.objects.create(user=officer, provider=settings_issuer(), uid="two")


def test_once_unlinked_the_subject_of_then_is_linked(client, at_work, officer, capsys):
    come_back(client, at_work, account="officer")

    call_command("unlink_organisations", "Officer@north.example")
    ended = client.get(reverse("account")).status_code
    come_back(client, AtWork(site=SITE), account="officer-anew")

    assert "Removed: 1." in capsys.readouterr().out
    assert ended == 302
    assert [link.uid for link in SocialAccount.objects.all()] == ["officer-anew"]
    assert AuditEvent.objects.get(action="person.organisation_unlinked").detail == {"number": 1}


def test_there_may_be_nothing_to_unlink(officer, capsys):
    call_command("unlink_organisations", "officer@north.example")

    assert "Nothing was changed" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no account"):
        call_command("unlink_organisations", "nobody@north.example")


def test_a_link_opens_nothing_of_a_domain_that_was_taken_away(
    client, at_work, officer, provider, settings
):
    come_back(client, at_work, account="officer")
    client.post(reverse("account_logout"))
    settings.SIGN_IN_PROVIDERS = (provider.configured(domains=["south.example"]),)

    answer = come_back(client, at_work, account="officer")

    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_where_people_are_sent_is_exact(client, officer):
    away = client.post(BEGIN, headers={"host": "localhost"})

    place = urlsplit(away.url)
    asked = {name: value[0] for name, value in parse_qs(place.query).items()}
    assert f"{place.scheme}://{place.netloc}{place.path}" == f"{settings_issuer()}/auth"
    assert asked["redirect_uri"] == f"{SITE}{BACK}"
    assert (asked["client_id"], asked["response_type"]) == (CLIENT_ID, "code")
    assert asked["code_challenge_method"] == "S256"
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert len(asked["nonce"]) >= 43
    assert len(asked["state"]) >= 16
    assert SECRET not in away.url


def test_what_is_asked_of_the_provider_cannot_be_changed_from_outside(client):
    away = client.post(f"{BEGIN}?scope=profile&auth_params=prompt%3Dnone&process=connect")

    assert "profile" not in away.url
    assert "prompt" not in away.url


def test_another_state_is_none(client, at_work, officer):
    away = client.post(BEGIN)
    back = at_work.sign_in(away.url.replace("state=", "state=x"), account="officer")

    answer = client.get(back)

    assert answer.status_code == 400
    assert "Begin again on the sign-in page" in answer.content.decode()
    assert not is_signed_in(client)


def test_what_another_browser_began_is_none_of_this_one(client, at_work, officer):
    away = Client().post(BEGIN)

    answer = client.get(at_work.sign_in(away.url, account="officer"))

    assert answer.status_code == 400
    assert not is_signed_in(client)


def test_a_way_back_leads_in_once(client, at_work, officer):
    away = client.post(BEGIN)
    back = at_work.sign_in(away.url, account="officer")
    first = client.get(back)
    client.post(reverse("account_logout"))

    second = client.get(back)

    assert (first.status_code, second.status_code) == (302, 400)
    assert not is_signed_in(client)


def test_another_nonce_is_not_believed(client, at_work, officer):
    away = client.post(BEGIN)
    back = at_work.sign_in(away.url.replace("nonce=", "nonce=x"), account="officer")

    answer = client.get(back)

    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_the_code_of_another_sign_in_gives_no_token(client, at_work, officer):
    other = Client().post(BEGIN)
    stolen = parse_qs(urlsplit(at_work.sign_in(other.url, account="officer")).query)["code"][0]
    own = parse_qs(urlsplit(client.post(BEGIN).url).query)["state"][0]

    answer = client.get(BACK, {"code": stolen, "state": own, "iss": settings_issuer()})

    assert answer.status_code == 502
    assert not is_signed_in(client)


@pytest.mark.parametrize("said", [{"iss": "https://elsewhere.example"}, {}])
def test_an_answer_of_another_issuer_is_none(client, officer, said):
    own = parse_qs(urlsplit(client.post(BEGIN).url).query)["state"][0]

    answer = client.get(BACK, {"code": "x", "state": own, **said})

    assert answer.status_code == 403
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("next_place", "led_to"),
    [
        ("/register/", "/register/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_people_go_on_to_this_site_alone(client, at_work, officer, next_place, led_to):
    answer = come_back(client, at_work, account="officer", next_place=next_place)

    assert answer.url == led_to


@pytest.mark.parametrize("account", ["officer", "officer-by-level"])
def test_a_second_step_there_counts_here(client, at_work, officer, settings, account):
    settings.TWO_STEPS = True

    come_back(client, at_work, account=account)

    assert client.get(reverse("account")).status_code == 200


def test_without_one_there_it_is_set_up_here(client, at_work, officer, settings):
    settings.TWO_STEPS = True

    come_back(client, at_work, account="officer-by-password")

    assert client.get(reverse("account")).url == reverse("mfa_index")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def with_app(person: User) -> str:
    """Give a person an app, and return its key."""
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    TOTP.activate(person, key)
    return key


def test_without_one_there_the_code_is_asked_for_here(client, at_work, officer, settings):
    settings.TWO_STEPS = True
    key = with_app(officer)

    answer = come_back(client, at_work, account="officer-by-password")
    before = is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(key)})

    assert answer.url == reverse("mfa_authenticate")
    assert not before
    assert client.get(reverse("account")).status_code == 200
    assert events(kind=AccessKind.SIGNED_IN)[0].named == {"organisation": "north"}


def test_with_one_there_no_code_is_asked_for_here(client, at_work, officer, settings):
    settings.TWO_STEPS = True
    with_app(officer)

    come_back(client, at_work, account="officer")

    assert client.get(reverse("account")).status_code == 200


def test_what_was_shown_there_in_vain_counts_for_no_later_password(
    client, at_work, officer, settings
):
    settings.TWO_STEPS = True
    officer.set_password(OWN_PASSWORD)
    officer.save()
    come_back(client, at_work, account="officer")
    client.post(reverse("account_logout"))

    client.post(reverse("account_login"), {"login": officer.email, "password": OWN_PASSWORD})

    assert client.get(reverse("account")).url == reverse("mfa_index")


def test_an_administrators_session_is_short_here_too(client, at_work, officer, settings):
    NationalMembershipFactory(user=officer, role=Role.ADMINISTRATOR)

    come_back(client, at_work, account="officer")

    assert client.session["unused_seconds"] == settings.SESSION_AGE_OF_ADMINISTRATORS


@pytest.fixture
def away_long(client, at_work, officer) -> User:
    """Be signed in, and have proven who one is too long ago."""
    come_back(client, at_work, account="officer")
    forget_proof(client)
    return officer


def forget_proof(client: Client) -> None:
    session = client.session
    session["proven_at"] = time.time() - 60 * 60
    session.save()


def prove(client: Client, at_work: AtWork, *, account: str, next_place: str):
    away = client.post(PROOF, {"next": next_place})
    asked = parse_qs(urlsplit(away.url).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    return client.get(at_work.sign_in(away.url, account=account))


def test_who_has_no_password_proves_anew_with_the_organisation(client, at_work, away_long):
    wanted = reverse("mfa_activate_totp")

    led = client.get(wanted)
    page = client.get(led.url).content.decode()
    answer = prove(client, at_work, account="officer", next_place=wanted)

    assert urlsplit(led.url).path == PROOF
    assert "Sign in with North Combined" in page
    assert answer.url == wanted
    assert client.get(wanted).status_code == 200
    (proved,) = events(kind=AccessKind.PROVED_ANEW)
    assert (proved.person, proved.named) == (away_long, {"organisation": "north"})


def test_what_was_sent_goes_on_after_the_proof(client, at_work, officer):
    membership = MembershipFactory(user=officer, role=Role.PEOPLE_LEAD)
    come_back(client, at_work, account="officer")
    forget_proof(client)
    address = reverse(
        "authorities:people-invite", args=[membership.body.kind, membership.body.slug]
    )
    sent = {"email": "new@north.example", "role": Role.EDITOR}

    led = client.post(address, sent)
    answer = prove(client, at_work, account="officer", next_place=address)

    assert urlsplit(led.url).path == PROOF
    assert answer.status_code == 302
    assert Invitation.objects.get().email == "new@north.example"


def test_a_session_there_proves_nothing(client, at_work, officer, caplog):
    account, wanted = "officer-of-this-morning", reverse("mfa_activate_totp")
    come_back(client, at_work, account=account)

    answer = prove(client, at_work, account=account, next_place=wanted)

    assert answer.status_code == 403
    assert "not-believed age" in caplog.text
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    assert is_signed_in(client)


def test_who_stops_there_stays_signed_in_here(client, away_long):
    answer = prove(client, AtWork(site=SITE), account="no such account", next_place="/account/")

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You have not confirmed that it is you" in page
    assert "You stay signed in here" in page
    assert is_signed_in(client)


def test_somebody_elses_sign_in_there_proves_nothing(client, away_long):
    other = UserFactory(email="other@north.example")
    SocialAccount.objects.create(user=other, provider=settings_issuer(), uid="nobody")
    wanted = reverse("mfa_activate_totp")

    answer = prove(client, AtWork(site=SITE), account="nobody", next_place=wanted)

    assert answer.status_code == 409
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    assert client.session["_auth_user_id"] == str(away_long.pk)


def test_who_came_in_by_an_older_session_there_has_not_proven_who_they_are(
    client, at_work, officer
):
    come_back(client, at_work, account="officer-of-this-morning")

    assert is_signed_in(client)
    assert urlsplit(client.get(reverse("mfa_activate_totp")).url).path == PROOF


def test_who_is_not_linked_proves_nothing_there(client, officer):
    client.force_login(officer)

    assert client.get(PROOF).status_code == 404
    assert client.post(PROOF).status_code == 404


def test_who_has_a_second_step_here_may_choose(client, away_long):
    with_app(away_long)

    led = client.get(reverse("mfa_activate_totp"))
    page = client.get(reverse("mfa_reauthenticate")).content.decode()

    assert led.status_code == 302
    assert f'href="{PROOF}"' in page
    assert "Sign in with North Combined again" in page
    assert "Use a code of your app" in client.get(PROOF).content.decode()


def test_where_the_provider_is_down_nothing_is_lost(client, officer, provider, settings):
    gone = provider.configured(issuer=f"http://127.0.0.1:{free_port()}")
    settings.SIGN_IN_PROVIDERS = (gone,)

    answer = client.post(BEGIN, {"next": "/register/"})

    assert answer.status_code == 502
    assert "North Combined does not answer" in answer.content.decode()
    assert client.get(reverse("account_login")).status_code == 200


def test_where_it_goes_down_on_the_way_nobody_gets_in(client, officer, settings):
    with running(site=SITE, accounts=ACCOUNTS) as brief:
        settings.SIGN_IN_PROVIDERS = (brief.configured(),)
        away = client.post(BEGIN)
        back = AtWork(site=SITE).sign_in(away.url, account="officer")

    answer = client.get(back)

    assert answer.status_code == 502
    assert not is_signed_in(client)
    assert [one.named["why"] for one in events()] == ["unreachable"]


def test_a_description_of_another_issuer_is_not_followed(client, provider, settings):
    other = provider.configured(issuer=f"http://localhost:{provider.port}")
    settings.SIGN_IN_PROVIDERS = (other,)

    assert client.post(BEGIN).status_code == 502


def test_forms_of_the_sign_in_page_alone_may_lead_there(client, officer):
    policy = client.get(reverse("account_login")).headers["Content-Security-Policy"]
    elsewhere = client.get(reverse("home")).headers["Content-Security-Policy"]

    assert f"form-action 'self' {settings_issuer()}" in policy
    assert settings_issuer() not in elsewhere


def test_the_secret_stands_on_no_page_and_in_no_log(client, at_work, officer, caplog):
    caplog.set_level(logging.DEBUG)
    pages = [client.get(reverse("account_login")), client.post(BEGIN)]
    pages += [come_back(client, at_work, account="nobody")]
    pages += [come_back(client, AtWork(site=SITE), account="officer")]

    assert not any(SECRET in page.content.decode() for page in pages)
    assert SECRET not in caplog.text
    assert SECRET not in str([event.named for event in events()])
    assert SECRET not in repr(site.SIGN_IN_PROVIDERS)


def test_too_many_begin_from_one_place(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "organisation": "1/m/ip"}

    assert [client.post(BEGIN).status_code for _ in range(2)] == [302, 429]


def test_while_the_site_can_only_be_read_linked_people_come_in(client, at_work, officer, settings):
    come_back(client, at_work, account="officer")
    client.post(reverse("account_logout"))
    settings.READ_ONLY = True
    new = UserFactory(email="nobody@north.example")

    come_back(client, at_work, account="officer")
    linked = is_signed_in(client)
    client.post(reverse("account_logout"))
    answer = come_back(client, AtWork(site=SITE), account="nobody")

    assert linked
    assert answer.status_code == 503
    assert not SocialAccount.objects.filter(user=new).exists()


def test_who_is_signed_in_already_is_led_on(client, officer):
    client.force_login(officer)

    assert client.post(BEGIN, {"next": "/register/"}).url == "/register/"


@pytest.mark.parametrize("address", [BEGIN, BACK, PROOF])
def test_where_none_is_configured_nothing_of_it_is_there(client, officer, settings, address):
    settings.SIGN_IN_PROVIDERS = ()

    page = client.get(reverse("account_login")).content.decode()

    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert "organisation’s account" not in page


def test_another_organisation_than_the_configured_is_none(client):
    assert client.post("/account/organisations/south/").status_code == 404
