"""Limits on what is sent and taken away: one less than the limit, the limit, and one more."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.actions import call_counts
from authorities.models import AccessEvent, AccessKind, CallCount, Role
from authorities.queries.maintenance import Span, Standing
from authorities.views import page_limits
from tests.factories.authorities import NationalMembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

MOST = 3
FILE = "/geography/pairs.csv"


@pytest.fixture(autouse=True)
def limits(settings):
    settings.CHANGES_A_MINUTE = settings.FILES_A_MINUTE = MOST


@pytest.fixture(autouse=True)
def minute(monkeypatch):
    """One minute for the whole test, which it may put forward."""

    class Clock:
        at = timezone.now().replace(second=48)

        def now(self):
            return self.at

    made = Clock()
    monkeypatch.setattr(page_limits, "timezone", made)
    return made


def signed_in(**more):
    client = Client()
    client.force_login(NationalMembershipFactory(role=Role.ADMINISTRATOR, **more).user)
    return client


def change(client, text="", **more):
    person = UserFactory()
    path = reverse("authorities:person-step", args=[person.pk, "end-sessions"])
    return client.post(path, {"note": text}, **more)


def test_one_form_too_many_is_refused_and_nothing_is_done():
    client = signed_in()

    answers = [change(client).status_code for _ in range(MOST)]
    person = UserFactory()
    path = reverse("authorities:person-step", args=[person.pk, "end-sessions"])
    refused = client.post(path)

    person.refresh_from_db()
    assert answers == [302] * MOST
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "12")
    assert person.sessions_ended == 0


def test_what_was_typed_stands_on_the_page_and_can_be_sent_again(minute):
    client = signed_in()
    for _ in range(MOST):
        change(client)

    page = change(client, text="Two <words> more").content.decode()

    assert "<h1" in page
    assert "Wait <strong>12 seconds</strong>" in page
    assert 'name="note" value="Two &lt;words&gt; more"' in page
    assert "Send it again" in page
    assert 'name="csrfmiddlewaretoken"' in page


def test_the_next_minute_begins_anew(minute):
    client = signed_in()
    for _ in range(MOST + 1):
        change(client)
    minute.at = minute.at + timedelta(seconds=12)

    assert change(client).status_code == 302


def test_another_person_is_not_affected():
    client = signed_in()
    for _ in range(MOST + 1):
        change(client)

    assert change(signed_in()).status_code == 302


def test_only_the_first_refusal_is_in_the_log_of_access():
    client = signed_in()
    for _ in range(MOST + 3):
        change(client)

    assert AccessEvent.objects.filter(kind=AccessKind.LIMITED).count() == 1


def test_who_looks_only_is_not_counted():
    client = signed_in()

    answers = {client.get(reverse("authorities:all-people")).status_code for _ in range(MOST + 2)}

    assert answers == {200}
    assert not CallCount.objects.exists()


@pytest.mark.parametrize("is_known", [True, False])
def test_one_file_too_many_is_refused(is_known):
    client = signed_in() if is_known else Client()

    answers = [client.get(FILE).status_code for _ in range(MOST + 1)]

    assert answers == [200] * MOST + [429]


def test_places_are_told_apart():
    client = Client()
    for _ in range(MOST + 1):
        client.get(FILE, REMOTE_ADDR="192.0.2.1")

    assert client.get(FILE, REMOTE_ADDR="192.0.2.2").status_code == 200
    assert client.get(FILE, REMOTE_ADDR="192.0.2.1").status_code == 429


def test_a_forwarded_address_counts_where_a_proxy_stands_before(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client()
    for _ in range(MOST + 1):
        client.get(FILE, HTTP_X_FORWARDED_FOR="9.9.9.9, 192.0.2.1")

    assert client.get(FILE, HTTP_X_FORWARDED_FOR="9.9.9.9, 192.0.2.2").status_code == 200
    # Nobody gets another count by what they write to the left.
    assert client.get(FILE, HTTP_X_FORWARDED_FOR="8.8.8.8, 192.0.2.1").status_code == 429


def test_without_the_proxy_that_was_said_to_be_there_all_share_one_limit(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    client = Client()

    answers = [client.get(FILE).status_code for _ in range(MOST + 1)]

    assert answers == [200] * MOST + [429]


def test_a_file_without_its_ending_in_the_address_is_counted_as_it_leaves(rf):
    def answer(request):
        made = page_limits.HttpResponse("text")
        made.headers["Content-Disposition"] = 'attachment; filename="evidence.pdf"'
        return made

    def ask():
        request = rf.get("/evidence/", HTTP_ACCEPT="application/json")
        request.user = person
        return page_limits.PageLimits(answer)(request)

    person = UserFactory()

    assert [ask().status_code for _ in range(MOST + 1)] == [200] * MOST + [429]


def test_a_program_is_told_in_json():
    client = signed_in()
    for _ in range(MOST):
        change(client)

    answer = change(client, HTTP_ACCEPT="application/json")

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "12")
    assert answer.json()["errors"][0]["code"] == "too-many-calls"
    assert answer.json()["total"] == 1


def test_who_leaves_is_never_refused():
    client = signed_in()
    for _ in range(MOST + 1):
        change(client)

    assert client.post(reverse("account_logout")).status_code == 302


def test_the_api_counts_by_itself():
    client = signed_in()
    for _ in range(MOST + 1):
        change(client)

    assert client.get("/api/v1/").status_code != 429
    assert not CallCount.objects.filter(caller__contains="api").exists()


def test_nothing_is_counted_while_the_site_is_read_only(monkeypatch):
    standing = Standing(read_only=Span(starts_at=None, until=None))
    monkeypatch.setattr(page_limits, "shown_standing", lambda: standing)
    client = Client()

    assert {client.get(FILE).status_code for _ in range(MOST + 1)} == {200}
    assert not CallCount.objects.exists()


def test_no_limit_is_no_count(settings):
    settings.FILES_A_MINUTE = 0

    assert {Client().get(FILE).status_code for _ in range(MOST + 1)} == {200}
    assert not CallCount.objects.exists()


def test_counts_are_forgotten_with_those_of_the_api(minute):
    Client().get(FILE)

    assert call_counts.forget_old(at=minute.at + timedelta(days=2)) == 1
