"""Nobody reads or sends what is not theirs, at any address of the site."""

import json
import re
import uuid
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from authorities.models import User
from tests.architecture.addresses import ADDRESSES, Rule, Visitor
from tests.architecture.sessions_kept import known_client
from tests.architecture.things import address_of, read_to_its_end

pytestmark = pytest.mark.slow

# What looking may write: the session of who signs in, the counters of the limits on sign-in, maps,
# which are drawn once for the days on which they stay the same, who looked, and how often callers
# of the API called.
LOOKING_WRITES = frozenset(
    {
        *("django_session", "cache_entry", "authorities_drawing", "authorities_accessevent"),
        "authorities_callcount",
    }
)
# Who takes a body's own file away is in the audit.
AUDITED_DOWNLOADS = frozenset(
    {
        "assessments:challenges-csv",
        "assessments:partner-views-csv",
        "outcomes:upload-report-csv",
        "outcomes:upload-marked",
        "changes:preview-pairs-csv",
        "changes:preview-governance-csv",
        "changes:preview-people-csv",
        "rounds:returns-csv",
        "rounds:answers-csv",
        "rounds:answers-wide-csv",
        "rounds:answers-xlsx",
        "rounds:dictionary-csv",
        "rounds:evidence-csv",
        "duty:return-answers-csv",
        "duty:return-answers-xlsx",
        "duty:return-pdf",
        "publications:shared-return-pdf",
        "publications:shared-return-answers",
        "publications:shared-return-answers-csv",
        "publications:published-answers",
        "publications:published-answers-csv",
        "submission-detail",
        "support:movement-csv",
        "three-steps:csv",
        "duty:evidence-file",
        "agreements:document-file",
    }
)

SLUGS = frozenset(
    {
        *("authority", "board", "council", "cluster", "nhs_region", "round"),
        *("indicator", "indicator_set", "indicator_domain"),
    }
)


def patterns(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Give the full name of every pattern below."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join([*spaces, pattern.name or f"(no name: {pattern.pattern})"])
        else:
            inner = (pattern.namespace,) if pattern.namespace else ()
            yield from patterns(pattern, (*spaces, *inner))


def client_of(visitor: Visitor, *, checks_origin: bool = False) -> Client:
    client = Client(enforce_csrf_checks=checks_origin, raise_request_exception=False)
    if visitor is not Visitor.ANYBODY:
        client.force_login(User.objects.get(email=visitor))
    return client


def clients() -> dict[Visitor, Client]:
    """Return everybody who asks."""
    return {visitor: known_client(visitor) for visitor in Visitor}


def writes_so_far() -> dict[str, int]:
    """Return how often this transaction wrote to each table, whatever became of it.

    The database keeps count itself: reading that is a tenth of the time of counting all rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
            WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
        """)
        found = dict(cursor.fetchall())
    return {name: number for name, number in found.items() if name not in LOOKING_WRITES}


def test_every_pattern_has_a_rule_and_every_rule_a_pattern() -> None:
    assert sorted(patterns(get_resolver())) == sorted(ADDRESSES)


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_visitor_may_read_what_is_theirs(name: str, things: dict[str, str]) -> None:
    address = address_of(name, things=things)
    asking = clients()
    before = writes_so_far()

    answered = {
        visitor: read_to_its_end(client.get(address)).status_code
        for visitor, client in asking.items()
    }

    written = {table for table, times in writes_so_far().items() if times != before.get(table, 0)}
    assert answered == dict(ADDRESSES[name].get)
    assert written == ({"authorities_auditevent"} if name in AUDITED_DOWNLOADS else set())


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_visitor_may_send_what_is_theirs(name: str, things: dict[str, str]) -> None:
    address = address_of(name, things=things)
    rule = ADDRESSES[name]
    refused = [
        visitor
        for visitor, status in rule.post.items()
        if status in (403, 404, 405) or (visitor is Visitor.ANYBODY and status == 302)
    ]
    asking = clients()
    before = writes_so_far()
    answered = {visitor: asking[visitor].post(address).status_code for visitor in refused}
    after = writes_so_far()

    answered |= {v: asking[v].post(address).status_code for v in Visitor if v not in refused}

    assert answered == dict(rule.post)
    assert after == before


@pytest.mark.parametrize("name", [name for name, rule in ADDRESSES.items() if rule.takes_forms])
def test_a_form_of_another_site_is_refused(name: str, things: dict[str, str]) -> None:
    address = address_of(name, things=things)
    asking = [
        known_client(visitor, checks_origin=True)
        for visitor in (Visitor.OWN_SIGNATORY, Visitor.ADMINISTRATOR)
    ]
    before = writes_so_far()

    answered = {client.post(address).status_code for client in asking}

    assert answered <= {403, 404}
    assert 403 in answered
    assert writes_so_far() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_address_takes_other_methods(method: str, things: dict[str, str]) -> None:
    client = known_client(Visitor.OWN_SIGNATORY)
    before = writes_so_far()

    answered = {
        name: getattr(client, method)(address_of(name, things=things)).status_code
        for name in ADDRESSES
    }

    # Django's form views take PUT as POST, and allauth's pages of sign-in any method; the API
    # answers what is no JSON, or names no version, with what is wrong.
    unexpected = {
        name: status
        for name, status in answered.items()
        if status not in (400, 403, 404, 405, 415)
        and not name.startswith(("account_", "mfa_"))
        and not (method == "put" and status == ADDRESSES[name].post[Visitor.OWN_SIGNATORY] == 422)
    }
    assert unexpected == {}
    assert writes_so_far() == before


def key_of_nothing(name: str, thing: str) -> str:
    """Return a key of the same shape that nothing has; a word of a list stays as it is."""
    if name in SLUGS or name.endswith("_round"):
        return "no-such"
    if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", thing):
        return str(uuid.uuid4())
    # A number that every field of numbers holds.
    return "30000" if thing.isdigit() else thing


def strangers_to(rule: Rule) -> list[Visitor]:
    """Return who is kept out and must not tell a thing from none.

    Where everybody is led on, what is there is public: a redirect asks nobody to sign in.
    """
    if set(rule.get.values()) == {302}:
        return []
    return [v for v in (Visitor.ANYBODY, Visitor.READER) if rule.get[v] in (302, 404)]


@pytest.mark.parametrize("name", [name for name, rule in ADDRESSES.items() if rule.named])
def test_an_address_of_nothing_says_no_more_to_strangers(name: str, things: dict[str, str]) -> None:
    nothing = {name: key_of_nothing(name, thing) for name, thing in things.items()}

    answers = {
        visitor: (
            known_client(visitor).get(address_of(name, things=things)),
            known_client(visitor).get(address_of(name, things=nothing)),
        )
        for visitor in strangers_to(ADDRESSES[name])
    }

    for there, missing in answers.values():
        assert there.status_code == missing.status_code
        assert there.get("Location", "").split("?")[0] == missing.get("Location", "").split("?")[0]


def test_a_password_alone_opens_only_what_sets_up_the_second_step(
    things: dict[str, str], settings: Settings
) -> None:
    settings.TWO_STEPS = True
    opened = set()
    for name in ADDRESSES:
        # Anew each time: one of the addresses signs out.
        client = client_of(Visitor.LEAD_ANALYST)
        for send in (client.get, client.post):
            answer = send(address_of(name, things=things))
            refused = answer.status_code == 403 and b"second-step-needed" in answer.content
            led = answer.get("Location", "").startswith(reverse("mfa_index"))
            if not refused and not led:
                opened.add(name)

    steps = {name for name in ADDRESSES if name.startswith("mfa_")}
    organisation = {"account_organisation_proof", "account_organisation_back"}
    own = {"account_logout", "account_session", "account_reauthenticate"}
    assert opened == {*own, *organisation, *steps}


def test_a_signed_out_visitor_comes_back_after_signing_in(things: dict[str, str]) -> None:
    address = address_of("duty:return-tasks", things=things)

    response = known_client(Visitor.ANYBODY).get(address)

    assert response["Location"] == f"{reverse('account_login')}?next={address}"


def test_the_api_answers_refusals_as_json(things: dict[str, str]) -> None:
    response = known_client(Visitor.ANYBODY).get("/api/v1/icbs/no-such-board/")

    assert response.status_code == 404
    assert json.loads(response.content)["errors"][0]["code"] == "not_found"
