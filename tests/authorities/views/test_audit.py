"""The pages of the audit: search, paging by key, files, and what they cost at many rows."""

import csv
import io
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities import audit
from authorities.actions import seals
from authorities.models import AccessEvent, AccessKind, Role
from authorities.queries import audit as queries
from tests.factories.authorities import MembershipFactory, StrategicAuthorityFactory, UserFactory

pytestmark = pytest.mark.django_db

DONE, SEEN = reverse("authorities:audit"), reverse("authorities:audit-access")


@pytest.fixture
def auditor(client):
    cache.clear()
    person = MembershipFactory(role=Role.AUDITOR).user
    client.force_login(person)
    return person


def done(*, by=None, action="return.submit", at=None, body=None, target=None, **detail):
    return audit.record(
        action=action,
        target=target or by or UserFactory(),
        by=by,
        at=at or timezone.now(),
        body=body,
        **detail,
    )


def page_of(client, address=DONE, **asked):
    answer = client.get(address, asked)
    return answer, answer.content.decode()


def test_a_row_says_when_who_what_and_to_what(client, auditor):
    person = UserFactory(full_name="Robin Marsh")
    done(by=person, number=7)

    _, page = page_of(client)

    assert "Robin Marsh" in page
    assert "Return: submitted" in page
    assert "number: 7" in page
    assert str(person.pk) in page


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_auditors_and_administrators_read_it(client, role):
    client.force_login(MembershipFactory(role=role).user)

    assert client.get(DONE).status_code == client.get(SEEN).status_code == 200
    assert f'href="{DONE}"' in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ANALYST, 403), (Role.LEAD_ANALYST, 403), (Role.READER, 404), (Role.EDITOR, 404)],
)
def test_others_do_not(client, role, status):
    client.force_login(MembershipFactory(role=role).user)

    for name in ("audit", "audit-csv", "audit-access", "audit-access-csv"):
        assert client.get(reverse(f"authorities:{name}")).status_code == status


def test_an_auditor_sees_nothing_else(client, auditor):
    for name in ("authorities:message-list", "rounds:list", "assessments:desk", "jobs"):
        assert client.get(reverse(name)).status_code == 404


def test_nobody_sends_anything_to_it(client, auditor):
    assert client.post(DONE).status_code == 405


def test_it_is_searched_by_person_body_action_thing_and_day(client, auditor):
    person, body = UserFactory(full_name="Robin Marsh"), StrategicAuthorityFactory()
    noon = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)
    found = done(by=person, body=body, at=noon, action="return.submit", mark="wanted")
    done(by=UserFactory(), mark="other")
    done(by=person, at=noon - timedelta(days=1), action="return.reopen", mark="other")

    for asked in (
        {"person": person.pk, "what": "return.submit"},
        {"body": body.pk},
        {"thing": found.target_id, "what": "return.submit"},
        {"since": "27/3/2026", "until": "27/3/2026"},
        {"person": person.pk, "since": "2026-03-27"},
    ):
        _, page = page_of(client, **asked)
        assert "mark: wanted" in page, asked
        assert "mark: other" not in page, asked


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"person": "nobody"}, "Choose one of the list"),
        ({"since": "yesterday"}, "From: enter a day, such as 27/3/2026"),
        ({"since": "2/3/2026", "until": "1/3/2026"}, "enter a day that is not before the first"),
    ],
)
def test_a_search_that_is_none_says_what_to_do_and_keeps_what_was_typed(
    client, auditor, asked, said
):
    answer, page = page_of(client, **asked)

    assert answer.status_code == 422
    assert said in page
    assert "since" not in asked or asked["since"] in page
    assert client.get(reverse("authorities:audit-csv"), asked).status_code == 400


@pytest.mark.parametrize(("asked", "problems"), [({}, 0), ({"since": "someday"}, 1)])
def test_a_problem_is_said_once_and_only_where_there_is_one(client, auditor, asked, problems):
    client.force_login(auditor)

    page = client.get(reverse("authorities:audit"), asked).content.decode()

    assert page.count("There is a problem") == problems


def test_pages_follow_each_other_by_key_and_miss_none(client, auditor, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 4)
    at = timezone.now()
    # Several at one instant: the key tells them apart.
    for number in range(10):
        done(at=at, mark=f"m{number}.")
    seen, before = [], ""
    for _ in range(3):
        answer = client.get(DONE, {"before": before} if before else {})
        rows = answer.context["page"].rows
        seen += [row[2].note for row in rows]
        older = parse_qs(urlsplit(answer.context["page"].older_url).query)
        before = older.get("before", [""])[0]

    assert seen[:10] == [f"mark: m{number}." for number in reversed(range(10))]


@pytest.mark.parametrize("before", ["x", "2026-01-01", "~", "2026-01-01T00:00:00+00:00~x", "~9"])
def test_a_key_that_is_none_begins_with_the_newest(client, auditor, before):
    done(mark="newest")

    answer, page = page_of(client, before=before)

    assert answer.status_code == 200
    assert "mark: newest" in page


def test_who_signed_in_and_saw_what(client, auditor):
    person, body = UserFactory(full_name="Robin Marsh"), StrategicAuthorityFactory()
    AccessEvent.objects.create(
        at=timezone.now(),
        kind=AccessKind.SIGN_IN_FAILED,
        unknown_account="a" * 32,
        status=200,
        network="192.0.2.0/24",
    )
    AccessEvent.objects.create(
        at=timezone.now(),
        kind=AccessKind.DOWNLOADED,
        person=person,
        body=body,
        status=200,
        route="duty:return-pdf",
        permission="submitted_return_read",
    )

    _, page = page_of(client, SEEN)
    _, only = page_of(client, SEEN, what="downloaded", body=body.pk, thing="duty:return-pdf")

    assert "Failed to sign in" in page
    assert "No such account" in page
    assert "from 192.0.2.0/24" in page
    assert "Robin Marsh" in only
    assert "No such account" not in only


def test_reading_the_audit_is_kept_too(client, auditor):
    page_of(client)
    b"".join(client.get(reverse("authorities:audit-csv")).streaming_content)

    assert list(AccessEvent.objects.order_by("pk").values_list("kind", "permission")) == [
        ("viewed", "audit_read"),
        ("downloaded", "audit_read"),
    ]


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_file_has_what_was_searched_for_and_nothing_runs_in_it(client, auditor):
    person = UserFactory(full_name="=HYPERLINK(1)")
    done(by=person, mark="wanted")
    done(by=UserFactory(), mark="other")

    answer = client.get(reverse("authorities:audit-csv"), {"person": person.pk})
    head, row = rows_of(answer)

    assert answer["Content-Disposition"].startswith("attachment")
    assert row[head.index("person")] == "'=HYPERLINK(1)"
    assert row[head.index("what")] == "Return: submitted"
    assert row[head.index("detail")] == '{"mark": "wanted"}'


def test_a_file_is_bounded_and_says_so(client, auditor, monkeypatch):
    monkeypatch.setattr(queries, "MOST_IN_FILE", 6)
    monkeypatch.setattr(queries, "_PIECE", 3)
    monkeypatch.setattr("authorities.presenters.audit.MOST_IN_FILE", 6)
    for number in range(8):
        done(mark=number)

    rows = rows_of(client.get(reverse("authorities:audit-csv")))

    assert len(rows) == 1 + 6 + 1
    assert "Only the newest 6 rows" in rows[-1][1]


def test_the_page_says_how_the_chain_stands(client, auditor):
    assert "Nothing is sealed yet" in page_of(client)[1]
    done()
    seals.seal(at=timezone.now())
    done()

    _, page = page_of(client)

    # One of what was done, and one of this look at it.
    assert "Seal 2 was made on" in page
    assert "1 row waits" in page


# --- What it costs.


def queries_of(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", [DONE, SEEN])
def test_many_rows_are_read_in_as_many_queries_as_few(client, auditor, address):
    body = StrategicAuthorityFactory()
    done(by=UserFactory(), body=body)
    AccessEvent.objects.create(at=timezone.now(), kind="viewed", body=body, status=200)
    client.get(address)
    few = queries_of(client, address)
    for _ in range(60):
        done(by=UserFactory(), body=StrategicAuthorityFactory())
        AccessEvent.objects.create(
            at=timezone.now(), kind="viewed", person=UserFactory(), body=body, status=200
        )

    assert queries_of(client, address) == few <= 16


@pytest.mark.parametrize(
    "asked", [{}, {"person": True}, {"body": True}, {"what": True}, {"thing": True}]
)
def test_each_search_goes_by_an_index_and_sorts_nothing(auditor, asked):
    person, body = UserFactory(), StrategicAuthorityFactory()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO authorities_auditevent
                (at, by_id, action, body_id, target_type, target_id, detail)
            SELECT now() - n * interval '1 minute', CASE WHEN n %% 50 = 0 THEN %s::uuid END,
                'return.' || n %% 40, CASE WHEN n %% 40 = 0 THEN %s::uuid END,
                'duty.dutyreturn', (n %% 3000)::text, '{}'
            FROM generate_series(1, 30000) AS n
            """,
            [person.pk, body.pk],
        )
        cursor.execute("ANALYZE authorities_auditevent")
    values = {"person": person.pk, "body": body.pk, "what": "return.7", "thing": "1500"}
    wanted = queries.Wanted(**{name: values[name] for name in asked})
    before = (timezone.now() - timedelta(days=5), 10**9)

    plan = queries._done(wanted, before)[: queries.PAGE_SIZE].explain(analyze=True)

    assert "Index" in plan
    assert "Seq Scan on authorities_auditevent" not in plan
    # A thing has few rows: they are read and sorted.
    assert "thing" in asked or "Sort" not in plan
