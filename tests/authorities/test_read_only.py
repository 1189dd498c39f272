"""While the site is worked on it can be read, people sign in, and nothing is stored or lost."""

import io
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities import read_only
from authorities.actions import maintenance
from authorities.models import AuditEvent, KeyedRequest, Maintenance, MaintenanceKind
from authorities.queries.maintenance import Standing, standing
from duty.models import Answer, UnsentText
from tests.architecture.addresses import ADDRESSES, Visitor
from tests.architecture.test_addresses import client_of, writes_so_far
from tests.architecture.things import address_of, read_to_its_end
from tests.factories.authorities import UserFactory
from tests.factories.duty import tell_return
from tests.solo_worker import PATIENCE, send, solo_worker

AT = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
# What people need to come in, to say again who they are, and to leave.
_SIGNING_IN = {
    "account_login",
    "account_logout",
    "account_organisation",
    "account_organisation_proof",
    "account_reauthenticate",
    "account_session",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}


@pytest.fixture(autouse=True)
def asks_anew() -> Iterator[None]:
    """Let pages ask at once, and afterwards show what other tests expect: nothing."""
    read_only.show(Standing(), seconds=0)
    yield
    read_only.show(Standing(), seconds=7 * 24 * 60 * 60)


def _switch_on(kind: MaintenanceKind = MaintenanceKind.READ_ONLY) -> Maintenance:
    now = timezone.now()
    return maintenance.begin(
        kind=kind, starts_at=now, until=now + timedelta(hours=2), by=None, at=now
    )


@pytest.mark.django_db
def test_each_switch_is_audited_and_takes_the_place_of_the_one_before() -> None:
    first = maintenance.begin(
        kind=MaintenanceKind.READ_ONLY,
        starts_at=AT,
        until=AT + timedelta(hours=1),
        by=None,
        at=AT,
    )
    later = AT + timedelta(minutes=30)
    maintenance.begin(
        kind=MaintenanceKind.READ_ONLY,
        starts_at=later,
        until=AT + timedelta(hours=3),
        by=None,
        at=later,
    )

    first.refresh_from_db()
    held = standing().read_only
    assert first.ended_at == later
    assert held is not None
    assert held.until == AT + timedelta(hours=3)
    assert maintenance.end(kind=MaintenanceKind.READ_ONLY, by=None, at=later)
    assert not maintenance.end(kind=MaintenanceKind.READ_ONLY, by=None, at=later)
    assert standing() == Standing()
    assert list(
        AuditEvent.objects.filter(action__startswith="maintenance.")
        .order_by("pk")
        .values_list("action", flat=True)
    ) == [
        "maintenance.read_only",
        "maintenance.ended",
        "maintenance.read_only",
        "maintenance.ended",
    ]


@pytest.mark.django_db
def test_a_maintenance_that_is_over_before_it_begins_is_refused() -> None:
    with pytest.raises(maintenance.MaintenanceError, match="later than now"):
        maintenance.begin(
            kind=MaintenanceKind.ANNOUNCED,
            starts_at=AT - timedelta(hours=2),
            until=AT - timedelta(hours=1),
            by=None,
            at=AT,
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("maintenance_kind_is_known", {"kind": "forever"}),
        ("maintenance_lasts_a_while", {"until": AT}),
        ("one_maintenance_a_kind", {}),
    ],
)
def test_the_database_refuses_a_maintenance_without_sense(
    constraint: str, fields: dict[str, object]
) -> None:
    sound = {"kind": "read_only", "starts_at": AT, "until": AT + timedelta(hours=1)}
    Maintenance.objects.create(**sound)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Maintenance.objects.create(**{**sound, **fields})


@pytest.mark.django_db
def test_what_was_said_of_a_maintenance_stays_and_ends_once() -> None:
    said = _switch_on()

    with pytest.raises(DatabaseError, match="maintenance_never_deleted"), transaction.atomic():
        said.delete()
    with (
        pytest.raises(DatabaseError, match="a maintenance stays as it was said"),
        transaction.atomic(),
    ):
        Maintenance.objects.update(until=timezone.now() + timedelta(days=1))
    maintenance.end(kind=MaintenanceKind.READ_ONLY, by=None, at=timezone.now())
    with (
        pytest.raises(DatabaseError, match="a maintenance stays as it was said"),
        transaction.atomic(),
    ):
        Maintenance.objects.update(ended_at=None)


@pytest.mark.django_db
def test_the_command_switches_without_a_restart_and_says_what_holds() -> None:
    def say(*words: str) -> str:
        said = io.StringIO()
        call_command("maintenance", *words, stdout=said)
        return said.getvalue()

    assert "the site can be written to" in say("show")
    assert "can only be read, expected" in say("read_only", "--until", "2099-12-01T20:00")
    said = say("announce", "--from", "2099-12-24T18:00", "--until", "2099-12-24T20:00")
    assert "from 24 December 2099 18:00 until 24 December 2099 20:00" in said
    assert "the site can be written to" in say("end")
    with pytest.raises(CommandError, match="--until"):
        say("read_only")
    with pytest.raises(CommandError, match="--from"):
        say("announce", "--until", "2099-12-01T20:00")
    with pytest.raises(CommandError, match="later than now"):
        say("read_only", "--until", "2020-01-01T00:00")


def _hidden(page: str) -> dict[str, str]:
    """Return what the page's form would send, as a browser reads it."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


@pytest.mark.django_db
def test_what_was_typed_is_on_the_page_and_is_saved_once_the_work_is_over() -> None:
    story = tell_return()
    page = reverse(
        "duty:return-question", args=[story.round.slug, story.authority.slug, "about", "AB1"]
    )
    client = Client(enforce_csrf_checks=True)
    client.force_login(story.editor)
    typed = {
        **_hidden(client.get(page).text),
        "answer_text": 'Typed for an hour: "a < b" & more\nin two lines',
        "private_note": "Ours",
        "stay": "1",
    }
    _switch_on()

    refused = client.post(page, typed)
    stored_meanwhile = (Answer.objects.count(), UnsentText.objects.count())
    maintenance.end(kind=MaintenanceKind.READ_ONLY, by=None, at=timezone.now())
    sent_again = client.post(page, _hidden(refused.text))

    assert refused.status_code == 503
    assert 7000 < int(refused.headers["Retry-After"]) <= 7200
    assert "Nothing can be saved now" in refused.text
    assert "a &lt; b&quot; &amp; more<br>" in refused.text
    assert stored_meanwhile == (0, 0)
    assert sent_again.status_code == 302, sent_again.text
    saved = Answer.objects.get()
    assert saved.value["text"].splitlines() == ['Typed for an hour: "a < b" & more', "in two lines"]
    assert saved.private_note == "Ours"


@pytest.mark.django_db
def test_a_file_cannot_be_kept_and_is_named(client) -> None:
    story = tell_return()
    client.force_login(story.editor)
    _switch_on()

    answer = client.post(
        reverse("outcomes:upload-create", args=[story.authority.slug]),
        {"words": "Kept", "file": SimpleUploadedFile("figures.csv", b"a,b\n")},
    )

    assert answer.status_code == 503
    assert "choose this file again: figures.csv" in answer.text
    assert 'value="Kept"' in answer.text


@pytest.mark.django_db
def test_no_password_is_written_into_a_page(client) -> None:
    client.force_login(UserFactory())
    _switch_on()

    refused = client.post(reverse("account_change_password"), {"password1": "secret words here"})

    assert refused.status_code == 503
    assert "secret words here" not in refused.text


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_says_when_to_come_again(client, method: str) -> None:
    _switch_on()

    address = "/api/v1/returns/7f1f3a52-5d0c-4c2b-9f41-2f5a7f6a5f10/sign/"
    answer = getattr(client, method)(address, content_type="application/json")

    assert answer.status_code == 503
    assert answer.json()["errors"][0]["code"] == "read-only"
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.django_db
def test_people_sign_in_and_out_meanwhile(client) -> None:
    person = UserFactory()
    person.set_password("a-long-password-of-theirs")
    person.save()
    _switch_on()

    answer = client.post(
        reverse("account_login"), {"login": person.email, "password": "a-long-password-of-theirs"}
    )

    assert answer.status_code == 302
    assert client.post(reverse("account_logout")).status_code == 302


@pytest.mark.django_db
def test_a_form_whose_token_does_not_fit_is_not_repeated() -> None:
    client = Client(enforce_csrf_checks=True)
    _switch_on()

    answer = client.post(reverse("account_change_password"), {"words": "of somebody else"})

    assert answer.status_code == 503
    assert "of somebody else" not in answer.text
    assert UnsentText.objects.count() == 0


@pytest.mark.django_db
def test_the_environment_switches_without_a_query(
    client, settings, django_assert_num_queries
) -> None:
    settings.READ_ONLY = True
    settings.READ_ONLY_UNTIL = datetime(2099, 12, 1, 18, 0, tzinfo=UTC)

    with django_assert_num_queries(0):
        held = read_only.standing_now().read_only

    assert held is not None
    assert held.until == settings.READ_ONLY_UNTIL
    answer = client.get(reverse("account_login"))
    assert answer.status_code == 200
    assert "until about 1 December 2099 at 6pm" in answer.text


@pytest.mark.django_db
def test_pages_ask_once_in_some_seconds_and_writes_each_time(
    client, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        read_only.shown_standing()
        read_only.shown_standing()
    _switch_on()

    assert read_only.shown_standing() == Standing()
    with django_assert_num_queries(1):
        assert read_only.is_read_only()
    read_only.show(Standing(), seconds=0)
    assert read_only.shown_standing().read_only is not None


@pytest.mark.django_db
def test_an_announcement_is_shown_and_stops_nothing(client) -> None:
    person = UserFactory()
    person.set_password("a-long-password-of-theirs")
    person.save()
    client.force_login(person)
    _switch_on(MaintenanceKind.ANNOUNCED)

    page = client.get(reverse("home"))
    sent = client.post(reverse("account_change_password"), {"password1": "x"})

    assert "The service will be worked on from" in page.text
    assert sent.status_code == 200


@pytest.mark.slow
def test_no_address_takes_a_write_while_the_site_can_only_be_read(things: dict[str, str]) -> None:
    client = client_of(Visitor.OWN_SIGNATORY)
    _switch_on()
    before = writes_so_far()

    # One method each suffices: what reads is named, and every other one is refused alike.
    taken = {
        name
        for number, name in enumerate(ADDRESSES)
        if name not in _SIGNING_IN
        for method in ("post", ("put", "patch", "delete")[number % 3])
        if getattr(client, method)(address_of(name, things=things)).status_code != 503
    }

    assert taken == set()
    assert writes_so_far() == before


@pytest.mark.slow
def test_reading_goes_on_with_a_notice_on_each_page(things: dict[str, str]) -> None:
    client = client_of(Visitor.OWN_EDITOR)
    _switch_on()

    unseen = []
    for name, rule in ADDRESSES.items():
        if rule.get[Visitor.OWN_EDITOR] != 200:
            continue
        answer = read_to_its_end(client.get(address_of(name, things=things)))
        assert answer.status_code == 200, name
        is_page = answer.headers["Content-Type"].startswith("text/html")
        if is_page and 'aria-label="Maintenance notice"' not in answer.text:
            unseen.append(name)

    assert unseen == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_leaves_its_jobs_for_later(tmp_path, capfd) -> None:
    KeyedRequest.objects.create(
        user=UserFactory(),
        credential="user:1",
        key="of-last-week",
        method="PUT",
        path="/",
        body_sha256="0" * 64,
        status=200,
        answered_at=timezone.now() - timedelta(days=9),
    )
    _switch_on()

    with solo_worker(folder=tmp_path) as (process, queue):
        send(queue=queue, task="authorities.forget_keyed_requests")
        end, logged = time.monotonic() + PATIENCE, ""
        while "forget_keyed_requests is left for later" not in logged and time.monotonic() < end:
            logged += capfd.readouterr().err
            time.sleep(0.1)
        kept = KeyedRequest.objects.count()
        maintenance.end(kind=MaintenanceKind.READ_ONLY, by=None, at=timezone.now())
        send(queue=queue, task="authorities.forget_keyed_requests")
        end = time.monotonic() + PATIENCE
        while KeyedRequest.objects.exists() and time.monotonic() < end:
            assert process.poll() is None
            time.sleep(0.1)

    assert kept == 1
    assert not KeyedRequest.objects.exists()
