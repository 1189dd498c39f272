"""A person's own tokens on their pages: made with proof, shown once, and revoked."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.actions import tokens as actions
from authorities.models import ApiToken, AuditEvent, Role, TokenScope
from authorities.queries.tokens import shown_token
from tests.authorities.test_two_steps import PASSWORD
from tests.factories.authorities import (
    MembershipFactory,
    NationalMembershipFactory,
    StrategicAuthorityFactory,
    UserFactory,
)
from tests.tokens import DAY, token_of

pytestmark = pytest.mark.django_db

LIST, NEW = "/account/tokens/", "/account/tokens/new/"
SHORT = timedelta(seconds=site.ACCOUNT_REAUTHENTICATION_TIMEOUT)


@pytest.fixture
def person(client):
    cache.clear()
    made = MembershipFactory(role=Role.EDITOR, user=UserFactory(full_name="Alex Reed")).user
    made.set_password(PASSWORD)
    made.save()
    client.force_login(made)
    return made


def sent(**changes):
    last_day = timezone.localdate() + timedelta(days=30)
    return {
        "name": "Planning system",
        "scope": "read",
        "last_day": f"{last_day:%d/%m/%Y}",
        **changes,
    }


def text_in(answer) -> str:
    return re.search(r'id="token">(hdt_[A-Za-z0-9_-]{43})<', answer.content.decode())[1]


def test_a_token_is_made_and_shown_once(client, person):
    answer = client.post(NEW, sent(scope="write"))

    text = text_in(answer)
    found = shown_token(text=text).token
    assert (found.owner, found.scope, found.name) == (person, TokenScope.WRITE, "Planning system")
    # The last day in London is the last day.
    last = timezone.localdate(found.ends_at - timedelta(microseconds=1))
    assert last == timezone.localdate() + timedelta(days=30)
    assert "no-store" in answer["Cache-Control"]
    listed = client.get(LIST).content.decode()
    assert "Planning system" in listed
    assert f"{text[:10]}…" in listed
    assert text not in listed
    assert text not in str(dict(client.session))


def test_the_owner_is_told_by_a_mail_without_the_token(client, person):
    mail.outbox.clear()

    text = text_in(client.post(NEW, sent()))

    (told,) = mail.outbox
    assert told.to == [person.email]
    assert f"{site.SITE_URL}{LIST}" in told.body
    assert "If this was not you" in told.body
    assert text[4:] not in told.subject + told.body
    assert text[:10] not in told.subject + told.body


def test_without_a_mail_server_the_token_is_shown_all_the_same(client, person, settings):
    # Nothing listens there.
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    answer = client.post(NEW, sent())

    assert shown_token(text=text_in(answer)).token.owner == person


def test_the_page_of_an_account_leads_to_tokens(client, person):
    assert f'href="{LIST}"' in client.get(reverse("account")).content.decode()
    assert "You have no token that works." in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Enter what the token is for"),
        ({"name": "   "}, "Enter what the token is for"),
        ({"name": "a" * 61}, "Write at most 60 characters"),
        ({"name": "a\x00b"}, "Null characters are not allowed"),
        ({"scope": ""}, "Choose what the program may do"),
        ({"scope": "administer"}, "administer"),
        ({"last_day": ""}, "Enter the last day"),
        ({"last_day": "31 February 2027"}, "Enter a day, such as 1 April 2027"),
        ({"last_day": "1/1/2020"}, "Enter a day from"),
        ({"last_day": "1/1/2400"}, "Enter a day from"),
        ({"last_day": "31/12/9999"}, "Enter a day from"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_made(client, person, changes, said):
    answer = client.post(NEW, sent(**changes))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'href="#id_' in answer.content.decode()
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(("days", "status"), [(0, 200), (365, 200), (-1, 422), (366, 422)])
def test_a_last_day_is_today_or_within_a_year(client, person, days, status):
    day = timezone.localdate() + timedelta(days=days)

    assert client.post(NEW, sent(last_day=day.isoformat())).status_code == status


def test_a_name_of_a_token_that_works_is_refused_at_its_field(client, person):
    client.post(NEW, sent())

    again = client.post(NEW, sent())

    assert again.status_code == 422
    assert "You have a token with this name" in again.content.decode()
    assert ApiToken.objects.count() == 1


def test_who_proved_long_ago_who_they_are_does_so_before_a_token_is_made(client, person):
    session = client.session
    session.prove(now=timezone.now() - SHORT - timedelta(seconds=5))
    session.save()

    asked = client.get(NEW)
    confirm = client.post(NEW, sent()).url
    wrong = client.post(confirm, {"password": "not the password"})
    made = ApiToken.objects.exists()
    done = client.post(confirm, {"password": PASSWORD})

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert (wrong.status_code, made) == (200, False)
    # What was sent is done then, and its answer shows the token.
    assert shown_token(text=text_in(done)).token.owner == person


def test_one_revokes_ones_own_without_proof(client, person):
    token = token_of(person).token
    session = client.session
    session.prove(now=timezone.now() - SHORT - timedelta(seconds=5))
    session.save()
    address = reverse("authorities:token-revoke", args=[token.pk])

    page = client.get(address).content.decode()
    done = client.post(address, follow=True).content.decode()
    twice = client.post(address, follow=True).content.decode()
    late = client.get(address, follow=True).content.decode()

    assert token.first_characters in page
    assert "The token is revoked." in done
    assert "by Alex Reed" in done
    assert "This token is revoked already." in twice
    assert "This token works no more." in late
    assert ApiToken.objects.get().revoked_by == person


def test_a_token_of_another_person_is_not_there(client, person):
    token = token_of(MembershipFactory().user).token
    address = reverse("authorities:token-revoke", args=[token.pk])

    assert client.get(address).status_code == client.post(address).status_code == 404
    assert "Planning system" not in client.get(LIST).content.decode()
    assert ApiToken.objects.get().revoked_at is None


def test_who_is_not_signed_in_is_asked_to(db):
    for address in (LIST, NEW):
        assert Client().get(address).url.startswith(reverse("account_login"))


# --- By who looks after people.


def test_an_administrator_revokes_all_of_a_person(client, person):
    for name in ("One", "Two"):
        token_of(person, name=name)
    client.force_login(NationalMembershipFactory(role=Role.ADMINISTRATOR).user)
    address = reverse("authorities:person", args=[person.pk])

    page = client.get(address).content.decode()
    step = reverse("authorities:person-step", args=[person.pk, "revoke-tokens"])
    done = client.post(step, follow=True).content.decode()
    again = client.post(step, follow=True).content.decode()

    assert "2 in force" in page
    assert step in page
    assert "The tokens are revoked." in done
    assert "None in force" in done
    assert f'action="{step}"' not in done
    assert "This person has no token in force." in again
    assert AuditEvent.objects.filter(action="token.revoked").count() == 2


def revoke_address(member):
    return reverse(
        "authorities:people-revoke-tokens", args=["authorities", member.body.slug, member.pk]
    )


def test_a_people_lead_revokes_those_of_who_has_a_role_there(client):
    member = MembershipFactory(role=Role.EDITOR, body=StrategicAuthorityFactory())
    token_of(member.user)
    lead = MembershipFactory(role=Role.PEOPLE_LEAD, body=member.body)
    client.force_login(lead.user)
    role = reverse("authorities:people-role", args=["authorities", member.body.slug, member.pk])

    page = client.get(role).content.decode()
    done = client.post(revoke_address(member), follow=True)

    assert revoke_address(member) in page
    assert done.redirect_chain == [(role, 302)]
    assert "The tokens are revoked." in done.content.decode()
    assert revoke_address(member) not in done.content.decode()
    assert ApiToken.objects.get().revoked_by == lead.user
    assert AuditEvent.objects.get(action="token.revoked").body_id == member.body_id


def test_a_people_lead_revokes_none_of_who_has_left_or_works_elsewhere(client):
    ended = MembershipFactory(
        role=Role.EDITOR, ended_at=timezone.now() - DAY, body=StrategicAuthorityFactory()
    )
    MembershipFactory(role=Role.EDITOR, user=ended.user)
    elsewhere = MembershipFactory(role=Role.EDITOR)
    for member in (ended, elsewhere):
        token_of(member.user)
    client.force_login(MembershipFactory(role=Role.PEOPLE_LEAD, body=ended.body).user)

    answers = [client.post(revoke_address(one)).status_code for one in (ended, elsewhere)]

    assert answers == [404, 404]
    assert ApiToken.objects.in_force(timezone.now()).count() == 2
    role = reverse("authorities:people-role", args=["authorities", ended.body.slug, ended.pk])
    assert revoke_address(ended) not in client.get(role).content.decode()


def test_an_editor_revokes_nobodys(client, person):
    member = MembershipFactory(role=Role.EDITOR, body=person.memberships.get().body)
    token_of(member.user)

    assert client.post(revoke_address(member)).status_code == 403
    assert ApiToken.objects.get().revoked_at is None


def test_who_has_no_role_is_told_so(client):
    client.force_login(UserFactory())

    answer = client.post(NEW, sent())

    assert answer.status_code == 422
    assert "You hold no role at a body now" in answer.content.decode()


def test_the_list_shows_the_newest_of_those_that_ended(client, person):
    now = timezone.now()
    for number in range(22):
        made = token_of(person, name=f"Program {number}", ago=DAY, lasts=2 * DAY)
        actions.revoke(token=made.token, by=person, at=now)

    page = client.get(LIST).content.decode()

    assert "22 tokens have ended, the newest 20" in page
