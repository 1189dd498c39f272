"""Who signed in, was refused, and saw or took away what: one insert a request, and no more."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from authorities import access, access_log
from authorities.access_notes import Sight, sight_of
from authorities.models import AccessEvent, AccessKind, Role
from authorities.permissions import (
    GRANTED_EVERYWHERE,
    SHOWS_PEOPLE,
    SIGHT_IS_LOGGED,
    Permission,
)
from tests.authorities.test_two_steps import code_of, set_up_app
from tests.factories.authorities import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "three words that stand alone"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def person():
    made = UserFactory(email="officer@north.example")
    made.set_password(PASSWORD)
    made.save()
    return made


def sign_in(client, *, login="officer@north.example", password=PASSWORD, **more):
    sent = {"login": login, "password": password}
    return client.post(reverse("account_login"), sent, **more)


def events(**which):
    return list(AccessEvent.objects.filter(**which).order_by("pk"))


def test_who_signed_in_and_out_and_from_which_network(client, person):
    sign_in(client, REMOTE_ADDR="192.0.2.77")
    client.post(reverse("account_logout"), REMOTE_ADDR="192.0.2.78")

    came, left = events()
    assert (came.kind, came.person, came.network) == (AccessKind.SIGNED_IN, person, "192.0.2.0/24")
    assert (left.kind, left.person, left.network) == (
        *(AccessKind.SIGNED_OUT, person, "192.0.2.0/24"),
    )
    assert (came.route, came.named, came.status) == ("account_login", {}, 302)


def test_an_ipv6_network_is_that_of_a_site(client, person):
    sign_in(client, REMOTE_ADDR="2001:db8:12:34::5")

    assert events()[0].network == "2001:db8:12::/48"


def test_a_wrong_password_is_kept_with_the_account_it_was_tried_on(client, person):
    sign_in(client, password="wrong")

    (event,) = events()
    assert (event.kind, event.person, event.unknown_account) == (
        *(AccessKind.SIGN_IN_FAILED, person, ""),
    )


def test_where_there_is_no_account_a_keyed_hash_stands_for_the_address(client, settings):
    sign_in(client, login="nobody@north.example")
    sign_in(client, login="Nobody@North.example")
    sign_in(client, login="other@north.example")
    first, again, other = events()

    assert first.person is None
    assert len(first.unknown_account) == 32
    assert first.unknown_account == again.unknown_account != other.unknown_account
    settings.SECRET_KEY = "another"
    sign_in(client, login="nobody@north.example")
    assert events()[-1].unknown_account != first.unknown_account


def test_known_and_unknown_are_asked_in_the_same_queries(client, person):
    with CaptureQueriesContext(
        connection,
    ) as known:
        sign_in(client, password="wrong", REMOTE_ADDR="192.0.2.1")
    with CaptureQueriesContext(connection) as unknown:
        sign_in(client, login="nobody@north.example", REMOTE_ADDR="198.51.100.1")

    assert len(known) == len(unknown)


def test_who_is_stopped_by_a_limit_is_kept(client, person):
    for number in range(11):
        sign_in(client, password=f"wrong {number}")

    assert [one.kind for one in events()] == [
        *[AccessKind.SIGN_IN_FAILED] * 10,
        AccessKind.LIMITED,
    ]


def test_who_asks_for_a_new_password_is_kept(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    client.post(reverse("account_reset_password"), {"email": "nobody@north.example"})

    known, unknown = events()
    assert (known.kind, known.person) == (AccessKind.RESET_ASKED, person)
    assert (unknown.kind, unknown.person) == (AccessKind.RESET_ASKED, None)
    assert unknown.unknown_account


# allauth tells of a new second step once it is committed.
@pytest.mark.django_db(transaction=True)
def test_a_second_step_set_up_used_failed_and_removed(client, person, settings):
    settings.TWO_STEPS = True
    sign_in(client)
    key, _ = set_up_app(client)
    client.post(reverse("account_logout"))
    cache.clear()
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code_of(key)})
    settings.TWO_STEPS = False
    client.post(reverse("mfa_deactivate_totp"))

    kinds = [one.kind for one in events()]
    assert kinds[:3] == [AccessKind.SIGNED_IN, AccessKind.STEP_ADDED, AccessKind.CODES_MADE]
    assert AccessKind.STEP_FAILED in kinds
    assert kinds.index(AccessKind.STEP_USED) > kinds.index(AccessKind.STEP_FAILED)
    assert AccessKind.STEP_REMOVED in kinds
    assert {one.named["step"] for one in events(kind=AccessKind.STEP_ADDED)} == {"totp"}
    assert not Authenticator.objects.exists()


def test_who_proves_anew_who_they_are_is_kept_once(client, person):
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert [one.kind for one in events()] == [AccessKind.SIGNED_IN, AccessKind.PROVED_ANEW]


def test_a_new_password_is_kept(client, person):
    sign_in(client)
    new = "four other words in a row"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), sent)

    assert AccessKind.PASSWORD_CHANGED in [one.kind for one in events()]


@pytest.fixture
def administrator(client):
    made = MembershipFactory(role=Role.ADMINISTRATOR).user
    client.force_login(made)
    return made


def test_who_sees_people_is_kept_with_the_right_that_showed_them(client, administrator):
    client.get(reverse("authorities:message-list"))

    (event,) = events()
    assert (event.kind, event.person) == (AccessKind.VIEWED, administrator)
    assert (event.route, event.permission) == ("authorities:message-list", "messages_read")
    # Who looks is no question of where they sit.
    assert event.network == ""


def test_who_is_refused_a_right_is_kept(client):
    person = MembershipFactory(role=Role.MODERATOR).user
    client.force_login(person)

    answer = client.get(reverse("authorities:message-list"))

    (event,) = events()
    assert answer.status_code == event.status == 403
    assert (event.kind, event.person) == (AccessKind.REFUSED, person)
    assert event.permission == "messages_read"


def test_a_stranger_who_is_told_that_there_is_nothing_is_kept_too(client):
    person = MembershipFactory(role=Role.READER).user
    client.force_login(person)

    answer = client.get(reverse("authorities:message-list"))

    assert answer.status_code == 404
    assert [(one.kind, one.status) for one in events()] == [(AccessKind.REFUSED, 404)]


def test_a_download_is_kept(client, administrator):
    client.get(reverse("authorities:register-bodies-csv"))

    (event,) = events()
    assert (event.kind, event.route) == (AccessKind.DOWNLOADED, "authorities:register-bodies-csv")


@pytest.mark.parametrize("name", ["authorities:register", "help", "authorities:board-list"])
def test_what_is_public_is_looked_at_without_a_trace(client, administrator, name):
    client.get(reverse(name))

    assert events() == []


def test_nobody_is_traced_who_is_not_signed_in(client):
    client.get(reverse("authorities:register-bodies-csv"))
    client.get(reverse("authorities:message-list"))

    assert events() == []


def test_a_request_is_stored_in_one_insert(client, administrator):
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("authorities:message-list"))

    inserts = [one for one in asked if 'INSERT INTO "authorities_accessevent"' in one["sql"]]
    assert len(inserts) == 1


def test_where_the_row_cannot_be_stored_the_answer_is_not_given(client, administrator, monkeypatch):
    def refuse(_events):
        raise OSError("no disk")

    client.raise_request_exception = False
    monkeypatch.setattr(access_log.AccessEvent.objects, "bulk_create", refuse)

    answer = client.get(reverse("authorities:message-list"))

    assert answer.status_code == 500
    assert b"Messages due" not in answer.content


def test_keys_that_open_an_account_are_not_kept(client, administrator):
    address = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": "1", "key": "abc-secret"}
    )
    for _ in range(21):
        client.get(address)
        client.post(address)

    assert all("secret" not in str(one.named) for one in events())


def test_the_link_of_an_invitation_is_not_kept_by_who_opens_it(rf):
    request = rf.get("/invitations/abc-secret/")
    request.resolver_match = resolve("/invitations/abc-secret/")

    assert access_log._named(request) == {}


# Plans and settings of the site itself: they say nothing of a body's work, nor of a person.
NOT_KEPT = {
    *("reorganisation_read", "round_read", "specification_read", "engagement_draft_read"),
    *("lever_catalogue_read", "mission_definition_read", "progress_method_read"),
    *("register_upkeep_read", "geography_warnings_read", "jobs_read"),
}


def test_every_right_to_read_at_all_bodies_is_kept_or_said_not_to_be():
    held = {right for rights in GRANTED_EVERYWHERE.values() for right in rights}
    reads = {str(right) for right in held if right.endswith("_read")}

    assert reads - SIGHT_IS_LOGGED - SHOWS_PEOPLE == NOT_KEPT


def test_people_of_a_body_see_its_work_without_a_trace_and_others_do_not():
    own = MembershipFactory(role=Role.EDITOR)
    analyst = MembershipFactory(role=Role.ANALYST).user

    access.note_seen(own.user, Permission.COMMITMENT_READ, own.body)
    access.note_seen(analyst, Permission.COMMITMENT_READ, own.body)

    assert sight_of(own.user) is None
    assert sight_of(analyst) == Sight(permission=Permission.COMMITMENT_READ, body=own.body)
