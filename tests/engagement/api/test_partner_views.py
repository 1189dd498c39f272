"""The API of views of the other side: each reader their part, each side its own."""

import json

import pytest
from django.urls import reverse

from authorities.models import Role
from engagement.models import PartnerView
from tests.engagement import sight
from tests.factories import engagement as make
from tests.factories import engagement_partner_views as partner

pytestmark = pytest.mark.django_db
LIST = "/api/v1/partner-views/"


def url(pair, round, name="detail") -> str:
    slugs = [round.slug, pair.authority.slug, pair.board.slug]
    return reverse(f"partner-view-{name}", args=slugs)


def send(client, address, body, *, method="post", key="one"):
    return getattr(client, method)(
        address,
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def statements(level="high", **first) -> list[dict[str, str]]:
    rows = [{"theme": theme.code, "level": level} for theme in make.themes("icb")]
    evidence = {"evidence_title": "Minutes", "evidence_url": "https://www.example.org/minutes"}
    rows[0] |= {**evidence, **first}
    return rows


@pytest.fixture
def signatory(pair):
    return sight.sign_in(make.member(pair.authority, Role.SIGNATORY))


def test_a_side_saves_confirms_and_releases(signatory, pair, round):
    body = {"expected_version": 0, "statements": statements()}
    saved = send(signatory, url(pair, round), body, method="put", key="save")
    confirmed = send(
        signatory,
        url(pair, round, "confirm"),
        {"expected_version": 1, "level": "high", "private_note": "A note."},
        key="confirm",
    )
    released = send(signatory, url(pair, round, "release"), {"expected_version": 2}, key="release")

    assert (saved.status_code, saved.json()["state"]) == (200, "draft")
    assert (confirmed.json()["state"], confirmed.json()["private_note"]) == ("confirmed", "A note.")
    assert released.json()["state"] == "released"
    assert released.json()["statements"][0]["evidence_title"] == "Minutes"


def test_the_same_request_with_the_same_key_is_done_once(signatory, pair, round):
    body = {"expected_version": 0, "statements": statements()}

    first = send(signatory, url(pair, round), body, method="put")
    again = send(signatory, url(pair, round), body, method="put")

    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert PartnerView.objects.get().version == 1


@pytest.mark.parametrize(
    ("body", "code", "status"),
    [
        ({"expected_version": 7, "statements": [{"theme": "I2", "level": "low"}]}, "stale", 409),
        (
            {"expected_version": 0, "statements": [{"theme": "S1", "level": "low"}]},
            "unknown-theme",
            400,
        ),
        (
            {"expected_version": 0, "statements": [{"theme": "I1", "level": "low"}] * 2},
            "theme-twice",
            400,
        ),
        ({"expected_version": 0, "statements": [], "level": "low"}, "unknown-field", 400),
    ],
)
def test_a_wrong_draft_is_refused_with_its_reason(signatory, pair, round, body, code, status):
    if code == "stale":
        partner.drafted(pair=pair, round=round, side="sa")

    answer = send(signatory, url(pair, round), body, method="put")

    assert answer.status_code == status
    assert answer.json()["errors"][0]["code"] == code


def test_half_evidence_and_a_wrong_link_are_refused(signatory, pair, round):
    for first in ({"evidence_url": ""}, {"evidence_url": "javascript:alert(1)"}):
        body = {"expected_version": 0, "statements": statements(**first)}
        answer = send(signatory, url(pair, round), body, method="put", key=str(first))
        assert answer.status_code == 400

    assert not PartnerView.objects.exists()


def test_a_draft_is_not_released_and_a_released_one_not_opened_again(signatory, pair, round):
    view = partner.drafted(pair=pair, round=round, side="sa")
    early = send(signatory, url(pair, round, "release"), {"expected_version": view.version})
    send(
        signatory,
        url(pair, round, "confirm"),
        {"expected_version": view.version, "level": "low"},
        key="confirm",
    )
    send(signatory, url(pair, round, "release"), {"expected_version": 2}, key="release")
    late = send(
        signatory, url(pair, round, "reopen"), {"expected_version": 3, "reason": "No."}, key="open"
    )

    assert (early.status_code, early.json()["errors"][0]["code"]) == (409, "not-confirmed")
    assert (late.status_code, late.json()["errors"][0]["code"]) == (409, "locked")


def test_the_list_gives_each_reader_their_part(pair, other_pair, round):
    partner.released(pair=pair, round=round, side="icb", note="canary-note")
    partner.drafted(pair=pair, round=round, side="sa")

    def rows(person):
        return sight.sign_in(person).get(LIST).json()["results"]

    author, other = rows(make.member(pair.board)), rows(make.member(pair.authority))
    centre = rows(make.central())

    assert [(one["written_by"], one["private_note"]) for one in author] == [("icb", "canary-note")]
    assert [(one["written_by"], one["private_note"]) for one in other] == [
        ("icb", None),
        ("sa", ""),
    ]
    assert {one["evidence_url"] for one in other[0]["statements"]} == {None}
    assert [(one["written_by"], one["private_note"]) for one in centre] == [("icb", "canary-note")]
    assert rows(make.member(other_pair.authority)) == []


def test_nobody_else_is_let_in(pair, other_pair, round):
    partner.confirmed(pair=pair, round=round, side="sa")
    stranger = sight.sign_in(make.member(other_pair.authority, Role.SIGNATORY))
    reader = sight.sign_in(make.central(Role.READER))
    analyst = sight.sign_in(make.central())
    editor = sight.sign_in(make.member(pair.authority))

    assert reader.get(LIST).status_code == 404
    assert sight.sign_in(None).get(LIST).status_code == 401
    assert stranger.get(url(pair, round)).status_code == 404
    assert analyst.get(url(pair, round)).status_code == 403
    refused = send(editor, url(pair, round, "release"), {"expected_version": 2})
    assert refused.status_code == 403
    assert PartnerView.objects.get().released_at is None


def test_the_list_is_filtered_and_no_other_filter_is_taken(pair, round):
    partner.confirmed(pair=pair, round=round, side="sa")
    client = sight.sign_in(make.central())

    found = client.get(LIST, {"authority": pair.authority.slug, "written_by": "sa"}).json()
    none = client.get(LIST, {"icb": "elsewhere"}).json()
    wrong = client.get(LIST, {"level": "low"})

    assert (found["count"], none["count"], wrong.status_code) == (1, 0, 400)
