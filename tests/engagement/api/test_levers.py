"""The API of levers: an authority's own, written by its people, and the catalogue."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from authorities.models import Role
from engagement.models import Lever, SharedLever
from tests.engagement import sight
from tests.factories import engagement as people
from tests.factories import levers as make

pytestmark = pytest.mark.django_db
LIST, CATALOGUE = "/api/v1/levers/", "/api/v1/lever-catalogue/"


def send(client, address, body, *, method="post", key=None):
    return getattr(client, method)(
        address,
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": key or str(uuid4())},
    )


def body(pair=None, **said) -> dict[str, object]:
    text = {
        "kind": "lever",
        "title": "Bus franchising",
        "function": "transport",
        "description": "Routes can be planned.",
        "strategic_fit": "close",
        "strategic_fit_reason": "It serves our plan.",
        "impact": "large",
        "impact_reason": "It reaches many.",
        "window": "open",
        "window_reason": "It is decided this year.",
    }
    return {**text, **({"authority": pair.authority.slug} if pair else {}), **said}


@pytest.fixture
def signatory(pair):
    return sight.sign_in(people.member(pair.authority, Role.SIGNATORY))


def test_a_lever_is_drafted_kept_shared_and_archived(signatory, pair):
    made = send(signatory, LIST, body(pair))
    address = made["Location"]
    steps = [
        send(signatory, f"{address}{step}/", {"expected_version": version, **more}).json()
        for version, step, more in (
            (1, "keep", {}),
            (2, "share", {}),
            (3, "archive", {"reason": "Over."}),
            (4, "bring-back", {}),
        )
    ]

    assert made.status_code == 201
    assert [(one["state"], one["shared"]) for one in steps] == [
        ("kept", False),
        ("kept", True),
        ("archived", False),
        ("draft", False),
    ]
    assert steps[2]["archived_reason"] == "Over."
    assert SharedLever.objects.get().ended_at is not None


def test_the_same_request_with_the_same_key_is_done_once(signatory, pair):
    first = send(signatory, LIST, body(pair), key="one")
    again = send(signatory, LIST, body(pair), key="one")

    assert first.json() == again.json()
    assert Lever.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"function": "weather"}, "invalid_choice", "function"),
        ({"title": ""}, "blank", "title"),
        ({"strategic_fit_reason": ""}, "wrong-lever", "strategic_fit_reason"),
        ({"determinants": ["nowhere"]}, "wrong-lever", "determinants"),
        ({"score": 3}, "unknown-field", "score"),
        ({"description": "word " * 201}, "max_words", "description"),
        ({"impact_reason": "word " * 61}, "max_words", "impact_reason"),
    ],
)
def test_a_wrong_lever_is_refused_at_its_field(signatory, pair, said, code, field):
    answer = send(signatory, LIST, body(pair, **said))

    problem = answer.json()["errors"][0]
    assert answer.status_code == 400
    assert (problem["code"], problem["field"]) == (code, field)
    assert not Lever.objects.exists()


def test_a_stale_change_and_a_wrong_step_are_refused(signatory, pair):
    lever = make.LeverFactory(authority=pair.authority, version=3)
    address = reverse("lever-detail", args=[lever.pk])

    stale = send(signatory, address, body(expected_version=2), method="put")
    unjudged = send(signatory, f"{address}keep/", {"expected_version": 3})
    early = send(signatory, f"{address}share/", {"expected_version": 3})

    found = [(one.status_code, one.json()["errors"][0]["code"]) for one in (stale, unjudged, early)]
    assert found == [(409, "stale"), (409, "judged"), (409, "not-now")]


def test_a_change_is_stored_with_its_version(signatory, pair):
    lever = make.KeptLeverFactory(authority=pair.authority)
    address = reverse("lever-detail", args=[lever.pk])

    changed = send(signatory, address, body(title="Changed", expected_version=1), method="put")

    assert (changed.json()["title"], changed.json()["version"]) == ("Changed", 2)
    assert signatory.get(address).json() == changed.json()


def test_nobody_else_is_let_in(pair, other_pair):
    lever = make.KeptLeverFactory(authority=pair.authority)
    address = reverse("lever-detail", args=[lever.pk])
    visitors = sight.people_of(pair) | {"stranger": people.member(other_pair.authority)}

    read = {who: sight.sign_in(one).get(address).status_code for who, one in visitors.items()}
    written = {
        who: send(sight.sign_in(one), f"{address}share/", {"expected_version": 1}).status_code
        for who, one in visitors.items()
        if who != "authority signatory"
    }

    assert {who for who, status in read.items() if status == 200} == {
        "authority editor",
        "authority signatory",
    }
    assert {status for who, status in read.items() if who != "anybody"} == {200, 404}
    assert read["anybody"] == 401
    assert set(written.values()) == {401, 403, 404}
    assert not SharedLever.objects.exists()


def test_an_editor_drafts_for_no_other_authority(pair, other_pair):
    client = sight.sign_in(people.member(pair.authority))

    assert send(client, LIST, body(other_pair)).status_code == 404
    assert not Lever.objects.exists()


def test_lists_are_filtered_and_take_no_other_filter(signatory, pair):
    make.shared(authority=pair.authority, function="fire")
    make.LeverFactory(authority=pair.authority)
    make.shared()

    found = signatory.get(LIST, {"state": "kept"}).json()
    fire = signatory.get(CATALOGUE, {"function": "fire"}).json()
    mine = signatory.get(CATALOGUE, {"authority": pair.authority.slug}).json()

    assert (found["count"], fire["count"], mine["count"]) == (1, 1, 1)
    assert signatory.get(CATALOGUE, {"impact": "large"}).status_code == 400


def test_the_catalogue_is_for_the_centre_and_for_authorities(pair):
    found = {
        who: sight.sign_in(one).get(CATALOGUE).status_code
        for who, one in sight.people_of(pair).items()
    }

    assert {who for who, status in found.items() if status == 200} == {
        *("authority editor", "authority signatory", "analyst", "moderator", "lead analyst"),
        "administrator",
    }
    assert {found[who] for who in ("board editor", "board signatory", "reader")} == {404}
