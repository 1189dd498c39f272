"""Programs that show a token: let in as its owner, within its scope, until it ends."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from authorities.actions import maintenance, people, tokens
from authorities.api import callers
from authorities.models import (
    AccessEvent,
    AccessKind,
    ApiToken,
    AuditEvent,
    CallCount,
    KeyedRequest,
    MaintenanceKind,
    Membership,
    Role,
    TokenScope,
)
from authorities.sign_in_providers import read_providers
from duty.models import Answer, Submission
from tests.authorities.test_read_only import asks_anew as asks_anew
from tests.duty.api.callers import client_of, codes, new_key, send
from tests.factories.authorities import NationalMembershipFactory
from tests.factories.duty import complete
from tests.factories.duty import send as send_for_sign_off
from tests.tokens import DAY, bearer, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

RETURNS = "/api/v1/returns/"
PUBLIC = "/api/v1/icbs/"


@pytest.fixture
def program():
    """A client that has no session."""
    return Client(raise_request_exception=False)


@pytest.fixture
def made(story):
    """A token of the editor that reads and writes."""
    return token_of(story.editor)


@pytest.fixture
def address(base):
    return f"{base}answers/AB1/"


def ask(program, text, path=RETURNS):
    return program.get(path, headers=bearer(text))


def write(program, text, address, *, words="Ours", **headers):
    body: dict[str, object] = {"value": {"text": words}}
    if "If-Match" not in headers:
        body["expected_version"] = 0
    return send(program, "PUT", address, body, **bearer(text), **headers)


def refused(answer):
    return (answer.status_code, *codes(answer).values())


class Clock:
    """A clock that a test holds still."""

    def __init__(self, at):
        self.at = at

    def now(self):
        return self.at


# --- What a token opens.


def test_a_program_reads_what_its_owner_reads(program, made, story, base):
    by_session = client_of(story.editor).get(base)

    by_token = ask(program, made.text, base)

    assert by_token.status_code == 200
    assert by_token.content == by_session.content
    assert by_token["Cache-Control"] == "private, no-store"
    assert not by_token.cookies


def test_what_is_public_is_not_kept_on_the_way_where_a_token_was_shown(program, made):
    assert "no-store" in ask(program, made.text, PUBLIC)["Cache-Control"]
    assert "no-store" not in program.get(PUBLIC).headers.get("Cache-Control", "")


def test_a_program_is_a_stranger_where_its_owner_is(program, story, base):
    other = token_of(NationalMembershipFactory(role=Role.READER).user)

    assert refused(ask(program, other.text, base)) == (404, "not_found")


def test_a_program_writes_and_the_audit_names_its_owner(program, made, story, address):
    saved = write(program, made.text, address)
    removed = send(program, "DELETE", address, **bearer(made.text), **{"If-Match": saved["ETag"]})

    assert (saved.status_code, removed.status_code) == (200, 204)
    assert AuditEvent.objects.latest("pk").by == story.editor
    events = AccessEvent.objects.filter(kind=AccessKind.TOKEN_USED, route="return-answer")
    assert [(one.person, one.named["token"], one.status) for one in events.order_by("pk")] == [
        (story.editor, str(made.token.pk), 200),
        (story.editor, str(made.token.pk), 204),
    ]


def test_a_token_needs_no_token_against_forgery_and_a_session_still_does(made, address, story):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(story.editor)

    by_session = send(client, "PUT", address, {"value": {"text": "Ours"}, "expected_version": 0})
    by_token = write(client, made.text, address)

    assert (by_session.status_code, by_token.status_code) == (403, 200)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_token_that_reads_writes_nothing(program, story, address, method):
    made = token_of(story.editor, scope=TokenScope.READ)

    answer = send(program, method, address, {"value": {"text": "Ours"}}, **bearer(made.text))

    assert refused(answer) == (403, "token-only-reads")
    assert not Answer.objects.exists()
    assert ask(program, made.text, address).status_code == 200


def test_versions_count_for_programs_too(program, made, address):
    saved = write(program, made.text, address)

    stale = write(program, made.text, address, words="Other", **{"If-Match": '"0"'})
    fresh = write(program, made.text, address, words="Third", **{"If-Match": saved["ETag"]})

    assert (stale.status_code, fresh.status_code) == (412, 200)


def test_a_key_of_one_credential_means_nothing_to_another(program, made, story, address):
    complete(story)
    second = token_of(story.editor, name="Another program")
    key = new_key()
    asked = f"{address.partition('answers')[0]}send-for-sign-off/"

    first = send(program, "POST", asked, key=key, **bearer(made.text))
    again = send(program, "POST", asked, key=key, **bearer(made.text))
    other = send(program, "POST", asked, key=key, **bearer(second.text))
    session = send(client_of(story.editor), "POST", asked, key=key)

    assert first.status_code == again.status_code == 200
    assert again.content == first.content
    assert again["Idempotency-Replayed"] == "true"
    assert (other.status_code, session.status_code) == (409, 409)
    kept = KeyedRequest.objects.get()
    assert (kept.credential, kept.user) == (f"token:{made.token.pk}", story.editor)


def test_a_token_signs_nothing(program, story, base):
    send_for_sign_off(story)
    made = token_of(story.signatory)
    read = ask(program, made.text, base).json()
    body = {
        "declaration": True,
        "declaration_version": read["declaration"]["version"],
        "expected_version": read["version"],
    }

    by_token = send(program, "POST", f"{base}sign/", body, key=new_key(), **bearer(made.text))
    none = Submission.objects.exists()
    # The same by the session of the same person, who has just signed in.
    by_session = send(client_of(story.signatory), "POST", f"{base}sign/", body, key=new_key())

    assert refused(by_token) == (403, "not-by-token")
    assert not none
    assert by_session.status_code == 201


def test_a_token_acts_alone_beside_the_session_of_another(made, story, base):
    client = client_of(NationalMembershipFactory(role=Role.READER).user)

    shown = ask(client, made.text, base)

    assert client.get(base).status_code == 404
    assert shown.status_code == 200


def test_pages_are_not_opened_by_a_token(program, made):
    answer = program.get("/account/", headers=bearer(made.text))

    assert answer.status_code == 302


def test_while_the_site_is_read_only_a_program_reads(program, made, address):
    now = timezone.now()
    maintenance.begin(
        kind=MaintenanceKind.READ_ONLY, starts_at=now, until=now + DAY, by=None, at=now
    )

    assert ask(program, made.text, address).status_code == 200
    refusal = write(program, made.text, address)
    assert refused(refusal) == (503, "read-only")
    assert refusal["Retry-After"]


# --- What a token no longer opens.


def test_a_revoked_token_opens_nothing_from_the_next_call_on(program, made, story):
    before = ask(program, made.text)
    tokens.revoke(token=made.token, by=story.editor, at=timezone.now())

    after = ask(program, made.text)

    assert before.status_code == 200
    assert refused(after) == (401, "token-revoked")
    assert after["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    # What everybody may read is refused, too: a program learns that its token has gone.
    assert refused(ask(program, made.text, PUBLIC)) == (401, "token-revoked")


def test_a_token_works_up_to_its_end(program, story):
    ended = token_of(story.editor, ago=DAY, lasts=DAY)
    works = token_of(story.editor, ago=DAY, lasts=DAY + timedelta(minutes=5), name="Other")

    assert refused(ask(program, ended.text)) == (401, "token-ended")
    assert ask(program, works.text).status_code == 200


def test_a_token_of_a_closed_account_opens_nothing(program, made, story):
    administrator = NationalMembershipFactory(role=Role.ADMINISTRATOR).user
    people.close_account(person=story.editor, by=administrator, at=timezone.now())

    assert refused(ask(program, made.text)) == (401, "token-without-owner")


def test_a_token_of_whose_roles_have_ended_opens_nothing(program, made, story):
    Membership.objects.filter(user=story.editor).update(ended_at=timezone.now())

    assert refused(ask(program, made.text)) == (401, "token-without-owner")


def test_one_role_that_ended_takes_what_it_gave(program, made, story, base):
    NationalMembershipFactory(role=Role.READER, user=story.editor)
    Membership.objects.filter(user=story.editor, role=Role.EDITOR).update(ended_at=timezone.now())

    assert ask(program, made.text).status_code == 200
    assert refused(ask(program, made.text, base)) == (404, "not_found")


def test_where_two_steps_are_needed_a_token_needs_its_owner_to_have_them(
    program, made, story, settings
):
    settings.TWO_STEPS = True

    without = ask(program, made.text)
    Authenticator.objects.create(user=story.editor, type=Authenticator.Type.RECOVERY_CODES, data={})
    with_codes = ask(program, made.text)
    Authenticator.objects.create(user=story.editor, type=Authenticator.Type.TOTP, data={})

    assert refused(without) == refused(with_codes) == (401, "token-needs-second-step")
    assert ask(program, made.text).status_code == 200


@pytest.mark.parametrize(("claims", "status"), [({"amr": ["mfa"]}, 200), ({}, 401)])
def test_a_second_step_at_ones_organisation_counts_where_it_counts_at_the_door(
    program, made, story, settings, claims, status
):
    settings.TWO_STEPS = True
    configured = {
        "id": "north",
        "name": "North",
        "issuer": "https://login.north.example",
        "client_id": "site",
        "client_secret": "not a secret",
        "domains": ["north.example"],
        "second_step": claims,
    }
    settings.SIGN_IN_PROVIDERS = read_providers(json.dumps([configured]))
    SocialAccount.objects.create(
        user=story.editor, provider="https://login.north.example", uid="someone"
    )

    assert ask(program, made.text).status_code == status


# --- What is no token.


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "bearer null",
        "Bearer hdt_",
        f"Bearer hdt_{'a' * 43}",
        f"Bearer hdt_{'a' * 43}\x00",
        f"Bearer {'a' * 100_000}",
        "Bearer \x00",
        "Bearer ääää",
        "Bearer 😀",
        "Bearer ' OR 1=1 --",
    ],
    ids=lambda header: header[:20],
)
def test_what_is_no_token_is_refused_alike(program, made, header):
    for path in (RETURNS, PUBLIC):
        answer = program.get(path, headers={"Authorization": header})

        assert refused(answer) == (401, "token-not-known")
        assert answer["WWW-Authenticate"] == 'Bearer error="invalid_token"'
        assert header[11:] == "" or header[11:] not in answer.content.decode()


def test_two_headers_are_none(program, made):
    # A server joins two headers of one name with a comma.
    for header in (
        f"Bearer {made.text}, Bearer {made.text}",
        f"Bearer {made.text},Bearer {made.text}",
        f"Bearer {made.text},Basic YTpi",
    ):
        answer = program.get(RETURNS, headers={"Authorization": header})

        assert refused(answer) == (401, "token-not-known")


@pytest.mark.parametrize("scheme", ["Basic", "Token", ""])
def test_other_schemes_are_nobodys(program, made, scheme):
    header = {"Authorization": f"{scheme} {made.text}".strip()}

    answer = program.get(RETURNS, headers=header)

    assert refused(answer) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"] == "Bearer, Session"
    assert "Bearer" in answer.json()["errors"][0]["fix"]
    assert program.get(PUBLIC, headers=header).status_code == 200


@pytest.mark.parametrize("name", ["token", "access_token", "Authorization", "key"])
def test_a_token_in_an_address_or_a_body_is_ignored(program, made, address, name):
    asked = program.get(RETURNS, {name: made.text})
    sent = send(program, "PUT", address, {name: made.text})

    assert refused(asked) == refused(sent) == (401, "not_authenticated")
    assert ApiToken.objects.get().last_used_at is None


# --- What is kept of it.


def test_the_first_call_of_an_hour_is_kept_with_person_token_and_network(program, made, story):
    for _ in range(3):
        program.get(RETURNS, headers=bearer(made.text), REMOTE_ADDR="192.0.2.77")

    event = AccessEvent.objects.get(kind=AccessKind.TOKEN_USED)
    assert (event.person, event.network, event.status) == (story.editor, "192.0.2.0/24", 200)
    assert event.named == {"token": str(made.token.pk)}
    assert ApiToken.objects.get().last_used_at is not None


def test_what_a_program_is_shown_or_refused_is_kept_with_its_token(program, story):
    analyst = token_of(NationalMembershipFactory(role=Role.ANALYST).user)
    reader = token_of(NationalMembershipFactory(role=Role.READER).user)
    send_for_sign_off(story)

    ask(program, reader.text, f"/api/v1/returns/{story.duty_return.pk}/")

    refusal = AccessEvent.objects.get(kind=AccessKind.REFUSED)
    assert (refusal.person, refusal.named["token"]) == (
        *(reader.token.owner, str(reader.token.pk)),
    )
    assert analyst.token.owner != reader.token.owner


def test_a_refused_token_is_a_sign_in_that_failed(program, made, story):
    tokens.revoke(token=made.token, by=story.editor, at=timezone.now())
    ask(program, made.text)
    ask(program, f"hdt_{'a' * 43}")
    ask(program, f"hdt_{'a' * 43}")
    ask(program, "secret words")

    known, first, again, other = AccessEvent.objects.filter(
        kind=AccessKind.SIGN_IN_FAILED
    ).order_by("pk")
    assert (known.person, known.named, known.status) == (
        *(story.editor, {"token": str(made.token.pk)}),
        401,
    )
    assert first.person is again.person is None
    assert first.unknown_account == again.unknown_account != other.unknown_account
    assert other.named == {"token": "not known"}
    assert known.network


# --- How often.


@pytest.fixture
def clock(monkeypatch):
    """Noon and five seconds, for the counts of calls."""
    held = Clock(datetime(2026, 11, 30, 12, 0, 5, tzinfo=UTC))
    monkeypatch.setattr(callers, "timezone", held)
    cache.clear()
    return held


def count(caller, calls, clock):
    CallCount.objects.update_or_create(
        caller=caller, defaults={"minute": clock.at.replace(second=0), "calls": calls}
    )


def test_a_token_calls_600_times_a_minute(program, made, story, clock):
    other = token_of(story.editor, name="Another program")
    count(f"token:{made.token.pk}", 599, clock)

    last = ask(program, made.text)
    one_more = ask(program, made.text)
    two_more = ask(program, made.text)

    assert last.status_code == 200
    assert refused(one_more) == refused(two_more) == (429, "too-many-calls")
    assert one_more["Retry-After"] == "55"
    assert set(one_more.json()) == {"errors", "total"}
    # Each credential has a limit of its own.
    assert ask(program, other.text).status_code == 200
    assert client_of(story.editor).get(RETURNS).status_code == 200
    # A program that goes on fills no log.
    event = AccessEvent.objects.get(kind=AccessKind.LIMITED)
    assert (event.person, event.named) == (story.editor, {"token": str(made.token.pk)})

    clock.at += timedelta(seconds=55)
    assert ask(program, made.text).status_code == 200


def test_a_session_calls_as_often(story, clock):
    client, other = client_of(story.editor), client_of(story.signatory)
    count(f"user:{story.editor.pk}", 599, clock)

    answers = [client.get(RETURNS), client.get(RETURNS), client.get(RETURNS)]

    assert [answer.status_code for answer in answers] == [200, 429, 429]
    assert other.get(RETURNS).status_code == 200
    assert AccessEvent.objects.filter(kind=AccessKind.LIMITED).count() == 1


def test_a_write_that_is_one_too_many_stores_nothing(program, made, address, clock):
    count(f"token:{made.token.pk}", 600, clock)

    answer = write(program, made.text, address, **{"Idempotency-Key": new_key()})

    assert answer.status_code == 429
    assert not Answer.objects.exists()
    assert not KeyedRequest.objects.exists()


def test_nobody_who_shows_nothing_is_counted(program, clock):
    program.get(PUBLIC)

    assert not CallCount.objects.exists()


def test_tokens_that_are_refused_are_limited_by_address(program, made, clock):
    def wrong(number, place="192.0.2.1"):
        text = f"hdt_{number:043d}"
        return program.get(RETURNS, headers=bearer(text), REMOTE_ADDR=place)

    answers = [wrong(number).status_code for number in range(22)]

    assert answers == [401] * 20 + [429] * 2
    assert wrong(1)["Retry-After"] == "55"
    assert wrong(1, place="192.0.2.2").status_code == 401
    assert program.get(RETURNS, headers=bearer(made.text), REMOTE_ADDR="192.0.2.1").status_code == (
        200
    )
    assert AccessEvent.objects.filter(kind=AccessKind.LIMITED).count() == 1
    clock.at += timedelta(seconds=55)
    assert wrong(1).status_code == 401


def test_where_it_came_from_is_kept_as_a_keyed_hash(program, clock):
    program.get(RETURNS, headers=bearer("no"), REMOTE_ADDR="192.0.2.1")

    assert "192.0.2" not in CallCount.objects.get().caller


def test_a_token_is_looked_up_in_one_query(program, made, django_assert_num_queries):
    ask(program, made.text, "/api/v1/rubrics/")

    # The token, the count of calls, and what the list itself asks.
    with django_assert_num_queries(2 + 1):
        ask(program, made.text, "/api/v1/rubrics/")
